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
  m4PayoutsPosted: {
    sql: ({ payoutId }) => [
      `update ledger.payout set status = 'failed', failure = 'returned', failed_by = 'acc_x', failed_at = now() where payout_id = '${payoutId}'`,
      // Its letter is there, as no trigger writes one here.
      `insert into notify.mail (mail_id, kind, dedupe_key, payout_id, locale, status, try_at)
       values ('msg_returned', 'payout_returned', 'payout_returned:${payoutId}', '${payoutId}', 'en', 'dropped', null)`,
    ],
  },
  m4PayoutsCovered: {
    sql: ({ sellerId }) => [
      `insert into ledger.payout (payout_id, seller_id, currency, amount_minor, available_minor, needs_second, prepared_by)
       values ('po_surplus', '${sellerId}', 'USD', 100000, 100000, false, 'acc_x')`,
      `with made as (
         insert into ledger.entry (cause, cause_id, currency) values ('payout_prepared', 'po_surplus', 'USD') returning entry_id)
       insert into ledger.posting (entry_id, line_no, account, owner_id, amount_minor)
       select m.entry_id, s.line_no, s.account::ledger.account, s.owner_id, s.amount_minor
       from made m cross join (values (1, 'seller_payable', '${sellerId}', 100000), (2, 'payouts', null, -100000)) as s (line_no, account, owner_id, amount_minor)`,
    ],
  },
  m4PayoutsAgreed: {
    sql: ({ payoutId }) => [
      "alter table ledger.payout drop constraint second_agreed",
      `update ledger.payout set needs_second = true where payout_id = '${payoutId}'`,
    ],
  },
  m4DisputesPosted: {
    sql: ({ disputeId }) => [
      `update payment.dispute set withdrawn_minor = withdrawn_minor + 1 where dispute_id = '${disputeId}'`,
    ],
  },
};
