/** Deliberate breaches of what is promised about payments in won. */
import type { Outside, OutsideRecord } from "../outside.ts";
import type { World } from "./sound-world.ts";

type TossBreak = {
  readonly sql?: (world: World) => readonly string[];
  readonly outside?: (outside: Outside, world: World) => Outside;
  readonly along?: readonly string[];
};

const ago = "now() - interval '10 minutes'";
const at = new Date(Date.now() - 3_600_000).toISOString();

const charge = (paymentKey: string, orderId: string): OutsideRecord => ({
  seq: 1,
  at,
  part: "toss",
  kind: "charge",
  data: { paymentKey, orderId, amount: 100, currency: "krw" },
});

/** A paid session, as if Toss had been paid. */
const asToss = ({ waiting }: World): string[] => [
  `update payment.payment set provider = 'toss', succeeded_at = ${ago} where payment_id = '${waiting.paymentId}'`,
  `update payment.attempt set method_ref = 'to_made:key' where payment_id = '${waiting.paymentId}'`,
];

const asked = ({ waiting }: World, amountMinor: number): string =>
  `insert into payment.toss_order (order_id, session_id, amount_minor) values ('to_made', '${waiting.sessionId}', ${amountMinor})`;

/** As if it had been paid into an account. */
const deposited = (paymentId: string): string =>
  `insert into payment.deposit (payment_id, provider_ref, bank_code, account_number, holder_name, due_at, secret)
   select p.payment_id, p.provider_ref, '20', 'X1', 'A', now(), 's' from payment.payment p where p.payment_id = '${paymentId}'`;

const withoutCharge = (all: Outside, { waiting }: World): Outside => ({
  ...all,
  charges: all.charges.filter(({ data }) => !JSON.stringify(data).includes(waiting.paymentId)),
});

export const tossBreaks: Readonly<Record<string, TossBreak>> = {
  m1TossChargesOfSession: {
    sql: (world) => [asked(world, 100)],
    outside: (all) => ({ ...all, charges: [...all.charges, charge("one", "to_made"), charge("two", "to_made")] }),
    along: ["m3TossChargesKnown"],
  },
  m3TossChargesKnown: {
    outside: (all) => ({ ...all, charges: [...all.charges, charge("strange", "to_strange")] }),
  },
  m3TossPaymentsCharged: {
    sql: (world) => [...asToss(world), asked(world, world.waiting.amountMinor)],
    outside: withoutCharge,
  },
  m3TossRefundsKnown: {
    outside: (all) => ({
      ...all,
      refunds: [
        ...all.refunds,
        { seq: 1, at, part: "toss", kind: "refund", data: { transactionKey: "T", amount: 1, currency: "krw" } },
      ],
    }),
  },
  m3TossRefundsMade: {
    along: ["m4RefundsPosted"],
    sql: (world) => [
      ...asToss(world),
      asked(world, world.waiting.amountMinor),
      `insert into payment.refund (refund_id, payment_id, cause, amount_minor, currency, reason, status, provider_ref, succeeded_at, updated_at)
       values ('re_made', '${world.waiting.paymentId}', 'made', 1, 'USD', 'made', 'succeeded', 'T', ${ago}, now())`,
      `update payment.payment set refunded_minor = 1, updated_at = now() where payment_id = '${world.waiting.paymentId}'`,
    ],
    outside: (all, world) => ({
      ...withoutCharge(all, world),
      charges: [
        ...withoutCharge(all, world).charges,
        {
          ...charge(world.waiting.intent, "to_made"),
          data: {
            paymentKey: world.waiting.intent,
            orderId: "to_made",
            amount: world.waiting.amountMinor,
            currency: "usd",
          },
        },
      ],
    }),
  },
  m2RefundsAddressed: {
    sql: ({ waiting }) => [
      deposited(waiting.paymentId),
      `insert into payment.refund (refund_id, payment_id, cause, amount_minor, currency, reason)
       values ('re_made', '${waiting.paymentId}', 'made', 1, 'USD', 'made')`,
      `update payment.payment set refunded_minor = 1, updated_at = now() where payment_id = '${waiting.paymentId}'`,
    ],
    along: ["m4RefundsPosted"],
  },
  p4RefundAccountsSealed: {
    sql: ({ refundId }) => [
      `insert into payment.refund_account (refund_id, bank_code, last_digits, wrapped_key, sealed, master_key_id, given_by)
       values ('${refundId}', '88', '789', decode(repeat('ff', 60), 'hex'), decode(repeat('ff', 60), 'hex'), repeat('a', 16), 'acc_made')`,
    ],
  },
  m6TossAsked: {
    sql: (world) => [...asToss(world), asked(world, world.waiting.amountMinor - 1)],
    outside: withoutCharge,
    along: ["m3TossPaymentsCharged"],
  },
};
