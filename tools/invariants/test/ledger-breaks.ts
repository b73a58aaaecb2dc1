/** Deliberate breaches of what the books promise. */
import type { Break } from "./break.ts";

export const ledgerBreaks: Record<string, Break> = {
  m4Balanced: {
    sql: ({ mixed }) => [
      `update ledger.posting set amount_minor = amount_minor - 1 where account = 'shopper_funds'
       and entry_id = (select entry_id from ledger.entry where cause = 'payment_captured' and cause_id = '${mixed.paymentId}')`,
    ],
  },
  m4Captured: {
    sql: ({ mixed }) => [
      `update ledger.posting set amount_minor = amount_minor + sign(amount_minor)
       where entry_id = (select entry_id from ledger.entry where cause = 'payment_captured' and cause_id = '${mixed.paymentId}')`,
    ],
  },
  m4RefundsPosted: {
    sql: ({ refundId }) => [
      `delete from ledger.posting where entry_id = (select entry_id from ledger.entry where cause = 'refund_paid' and cause_id = '${refundId}')`,
      `delete from ledger.entry where cause = 'refund_paid' and cause_id = '${refundId}'`,
    ],
  },
  m4OrdersPosted: {
    sql: ({ twins: [{ orders }] }) => {
      const numbers = Object.values(orders).map((number) => `'${number}'`);
      return [
        `delete from ledger.posting where order_number in (${numbers.join(",")})`,
        `delete from ledger.entry where cause = 'order_placed' and cause_id in (${numbers.join(",")})`,
      ];
    },
  },
  m4DisputesPosted: {
    sql: ({ disputeId }) => [
      `update payment.dispute set withdrawn_minor = withdrawn_minor + 1 where dispute_id = '${disputeId}'`,
    ],
  },
};
