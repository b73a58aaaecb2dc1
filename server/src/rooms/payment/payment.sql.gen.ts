// Generated from payment.sql by tools/sqlgen.ts. Do not edit.
import { exec, many, one, opt, type Db } from "#platform/db/query.ts";

export type PaymentDueTakeArgs = {
  readonly countMax: bigint;
};
export type PaymentDueTakeRow = {
  readonly paymentId: string;
  readonly sessionId: string;
  readonly status: "started" | "requires_action" | "unknown" | "succeeded" | "failed" | "canceled";
  readonly providerRef: string | null;
  readonly generation: number;
  readonly intentAmountMinor: bigint;
  readonly checks: number;
  readonly attemptId: string;
  readonly attemptNumber: number;
  readonly methodRef: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly ageSeconds: number;
};
const paymentDueTakeText = `with due as (
  select p.payment_id from payment.payment p
  where p.check_at <= now() and p.status in ('started', 'requires_action', 'unknown')
  order by p.check_at limit $1
  for update skip locked
), taken as (
  update payment.payment p
  set checks = p.checks + 1, check_at = now() + least(600, 0.5 * 2 ^ least(p.checks + 1, 11)) * interval '1 second'
  from due where p.payment_id = due.payment_id
  returning p.payment_id, p.session_id, p.status, p.provider_ref, p.generation, p.amount_minor, p.checks
)
select t.payment_id as "payment_id!", t.session_id as "session_id!", t.status as "status!", t.provider_ref, t.generation as "generation!",
  t.amount_minor as "intent_amount_minor!", t.checks as "checks!", a.attempt_id as "attempt_id!", a.number as "attempt_number!",
  a.method_ref as "method_ref!", a.amount_minor as "amount_minor!", a.currency as "currency!",
  extract(epoch from now() - a.created_at)::int as "age_seconds!"
from taken t
join payment.attempt a on a.payment_id = t.payment_id
  and a.number = (select max(l.number) from payment.attempt l where l.payment_id = t.payment_id)`;
/**
 * Takes payments whose outcome is due to be asked for, and puts the next asking off, so that several workers do not ask
 * the provider about one payment at once. Rows that another worker is taking are skipped.
 */
export function paymentDueTake(db: Db, args: PaymentDueTakeArgs): Promise<PaymentDueTakeRow[]> {
  return many(db, "payment.paymentDueTake", paymentDueTakeText, [args.countMax], (row): PaymentDueTakeRow => ({
    paymentId: row[0],
    sessionId: row[1],
    status: row[2],
    providerRef: row[3],
    generation: row[4],
    intentAmountMinor: row[5],
    checks: row[6],
    attemptId: row[7],
    attemptNumber: row[8],
    methodRef: row[9],
    amountMinor: row[10],
    currency: row[11],
    ageSeconds: row[12],
  }));
}

export type PaymentFindArgs = {
  readonly paymentId: string | null;
  readonly providerRef: string | null;
  readonly sessionId: string | null;
};
export type PaymentFindRow = {
  readonly paymentId: string;
  readonly sessionId: string;
  readonly status: "started" | "requires_action" | "unknown" | "succeeded" | "failed" | "canceled";
  readonly providerRef: string | null;
  readonly generation: number;
  readonly intentAmountMinor: bigint;
  readonly checks: number;
  readonly attemptId: string;
  readonly attemptNumber: number;
  readonly methodRef: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly ageSeconds: number;
};
const paymentFindText = `select p.payment_id, p.session_id, p.status, p.provider_ref, p.generation, p.amount_minor as intent_amount_minor, p.checks,
  a.attempt_id, a.number as attempt_number, a.method_ref, a.amount_minor, a.currency,
  extract(epoch from now() - a.created_at)::int as "age_seconds!"
from payment.payment p
join payment.attempt a on a.payment_id = p.payment_id
  and a.number = (select max(l.number) from payment.attempt l where l.payment_id = p.payment_id)
where p.payment_id = $1 or (p.provider = 'stripe' and p.provider_ref = $2) or p.session_id = $3`;
/**
 * One payment with its newest attempt, by its own id, the provider's or its session's: what an event or a job names. Reads
 * only.
 */
export function paymentFind(db: Db, args: PaymentFindArgs): Promise<PaymentFindRow | null> {
  return opt(db, "payment.paymentFind", paymentFindText, [args.paymentId, args.providerRef, args.sessionId], (row): PaymentFindRow => ({
    paymentId: row[0],
    sessionId: row[1],
    status: row[2],
    providerRef: row[3],
    generation: row[4],
    intentAmountMinor: row[5],
    checks: row[6],
    attemptId: row[7],
    attemptNumber: row[8],
    methodRef: row[9],
    amountMinor: row[10],
    currency: row[11],
    ageSeconds: row[12],
  }));
}

export type PaymentsAdoptArgs = {
  readonly toAccountId: string;
  readonly fromAccountId: string;
};
const paymentsAdoptText = `update payment.payment set account_id = $1 where account_id = $2`;
/** A visitor turned out to be somebody: their payments are that person's. Locks the visitor's payments. */
export function paymentsAdopt(db: Db, args: PaymentsAdoptArgs): Promise<number> {
  return exec(db, "payment.paymentsAdopt", paymentsAdoptText, [args.toAccountId, args.fromAccountId]);
}

export type DisputeNoteArgs = {
  readonly disputeId: string;
  readonly provider: string;
  readonly providerRef: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly reason: string;
  readonly status: string;
  readonly withdrawnMinor: bigint;
  readonly movementCount: number;
  readonly evidenceDueAt: Date | null;
  readonly openedAt: Date;
};
export type DisputeNoteRow = {
  readonly outcome: string;
};
const disputeNoteText = `select payment.dispute_note_1($1, ($2::text)::payment.provider, $3, $4, $5, $6, $7,
  $8, $9, $10, $11) as "outcome!"`;
/** Records what the provider says of a dispute, with what the ledger has to follow. Locks the payment's row. */
export function disputeNote(db: Db, args: DisputeNoteArgs): Promise<DisputeNoteRow> {
  return one(db, "payment.disputeNote", disputeNoteText, [args.disputeId, args.provider, args.providerRef, args.amountMinor, args.currency, args.reason, args.status, args.withdrawnMinor, args.movementCount, args.evidenceDueAt, args.openedAt], (row): DisputeNoteRow => ({
    outcome: row[0],
  }));
}
