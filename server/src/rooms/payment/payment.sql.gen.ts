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
  readonly foundAt: Date;
  readonly isDepositOverdue: boolean;
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
  extract(epoch from now() - a.created_at)::int as "age_seconds!", now() as "found_at!",
  exists (select from payment.deposit d where d.payment_id = t.payment_id and d.due_at < now()) as "is_deposit_overdue!"
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
    foundAt: row[13],
    isDepositOverdue: row[14],
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
  readonly foundAt: Date;
  readonly isDepositOverdue: boolean;
};
const paymentFindText = `select p.payment_id, p.session_id, p.status, p.provider_ref, p.generation, p.amount_minor as intent_amount_minor, p.checks,
  a.attempt_id, a.number as attempt_number, a.method_ref, a.amount_minor, a.currency,
  extract(epoch from now() - a.created_at)::int as "age_seconds!", now() as "found_at!",
  exists (select from payment.deposit d where d.payment_id = p.payment_id and d.due_at < now()) as "is_deposit_overdue!"
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
    foundAt: row[13],
    isDepositOverdue: row[14],
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

export type DisputesDueTakeArgs = {
  readonly countMax: number;
};
export type DisputesDueTakeRow = {
  readonly disputeId: string;
};
const disputesDueTakeText = `update payment.dispute d set look_at = now() + interval '1 hour'
where d.dispute_id in (
  select x.dispute_id from payment.dispute x where x.closed_at is null and x.look_at <= now()
  order by x.look_at limit $1::int for update skip locked)
returning d.dispute_id`;
/**
 * Open disputes that nobody has looked at for an hour: an event that never came would leave a buyer's files frozen for ever.
 * Others that look at this moment are let by; whoever dies over one leaves it for the next hour.
 */
export function disputesDueTake(db: Db, args: DisputesDueTakeArgs): Promise<DisputesDueTakeRow[]> {
  return many(db, "payment.disputesDueTake", disputesDueTakeText, [args.countMax], (row): DisputesDueTakeRow => ({
    disputeId: row[0],
  }));
}

export type DisputesMissingArgs = {
  readonly countMax: number;
};
export type DisputesMissingRow = {
  readonly paymentId: string;
  readonly providerRef: string;
};
const disputesMissingText = `select p.payment_id, p.provider_ref as "provider_ref!" from payment.refund r join payment.payment p using (payment_id)
where r.status = 'failed' and r.failure_code = 'charge_disputed' and r.updated_at > now() - interval '30 days' and p.provider = 'stripe'
  and p.provider_ref is not null
  and not exists (select from payment.dispute d where d.payment_id = r.payment_id and (d.closed_at is null or d.closed_at >= r.created_at))
group by p.payment_id order by random() limit $1::int`;
/**
 * What was charged for payments whose refund was refused for a dispute that we know nothing of: no event has told of it. In any
 * order, so that those of which the provider knows none either keep no other from being asked about. Reads only.
 */
export function disputesMissing(db: Db, args: DisputesMissingArgs): Promise<DisputesMissingRow[]> {
  return many(db, "payment.disputesMissing", disputesMissingText, [args.countMax], (row): DisputesMissingRow => ({
    paymentId: row[0],
    providerRef: row[1],
  }));
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
  readonly isAppeal: boolean;
};
export type DisputeNoteRow = {
  readonly outcome: string;
};
const disputeNoteText = `select payment.dispute_note_1($1, ($2::text)::payment.provider, $3, $4, $5, $6, $7,
  $8, $9, $10, $11, $12) as "outcome!"`;
/** Records what the provider says of a dispute, with what the ledger has to follow. Locks the payment's row. */
export function disputeNote(db: Db, args: DisputeNoteArgs): Promise<DisputeNoteRow> {
  return one(db, "payment.disputeNote", disputeNoteText, [args.disputeId, args.provider, args.providerRef, args.amountMinor, args.currency, args.reason, args.status, args.withdrawnMinor, args.movementCount, args.evidenceDueAt, args.openedAt, args.isAppeal], (row): DisputeNoteRow => ({
    outcome: row[0],
  }));
}

export type TossOrderOpenArgs = {
  readonly orderId: string;
  readonly sessionId: string;
  readonly amountMinor: bigint;
};
const tossOrderOpenText = `insert into payment.toss_order (order_id, session_id, amount_minor) values ($1, $2, $3)`;
/** What is on the button, before Toss's window opens. Locks nothing. */
export function tossOrderOpen(db: Db, args: TossOrderOpenArgs): Promise<number> {
  return exec(db, "payment.tossOrderOpen", tossOrderOpenText, [args.orderId, args.sessionId, args.amountMinor]);
}

export type TossOrderMismatchArgs = {
  readonly orderId: string;
};
const tossOrderMismatchText = `update payment.toss_order t set mismatched_at = coalesce(t.mismatched_at, now()) where t.order_id = $1`;
/** Somebody came back from the window with another amount: kept, for whoever looks into it. Locks the order's row. */
export function tossOrderMismatch(db: Db, args: TossOrderMismatchArgs): Promise<number> {
  return exec(db, "payment.tossOrderMismatch", tossOrderMismatchText, [args.orderId]);
}

export type TossOrderFindArgs = {
  readonly orderId: string;
};
export type TossOrderFindRow = {
  readonly sessionId: string;
  readonly secret: string | null;
};
const tossOrderFindText = `select t.session_id as "session_id!", d.secret
from payment.toss_order t
left join payment.payment p on p.session_id = t.session_id
left join payment.deposit d on d.payment_id = p.payment_id
where t.order_id = $1`;
/** Whose payment an order of ours at Toss is of, and the secret of the account it was given, if any. Reads only. */
export function tossOrderFind(db: Db, args: TossOrderFindArgs): Promise<TossOrderFindRow | null> {
  return opt(db, "payment.tossOrderFind", tossOrderFindText, [args.orderId], (row): TossOrderFindRow => ({
    sessionId: row[0],
    secret: row[1],
  }));
}

export type DepositRevertedArgs = {
  readonly paymentId: string;
  readonly isReverted: boolean;
  readonly readAt: Date;
};
export type DepositRevertedRow = {
  readonly changed: boolean;
};
const depositRevertedText = `select payment.deposit_reverted_1($1, $2, $3) as "changed!"`;
/**
 * The bank took back what had been paid in, or it is there again; all that follows, in the same commit. Locks the deposit's row,
 * the checkout's orders, their placements.
 */
export function depositReverted(db: Db, args: DepositRevertedArgs): Promise<DepositRevertedRow> {
  return one(db, "payment.depositReverted", depositRevertedText, [args.paymentId, args.isReverted, args.readAt], (row): DepositRevertedRow => ({
    changed: row[0],
  }));
}

export type DepositsMissingTakeArgs = {
  readonly countMax: number;
};
export type DepositsMissingTakeRow = {
  readonly sessionId: string;
};
const depositsMissingTakeText = `update payment.deposit d set look_at = now() + interval '10 minutes'
from payment.payment p
where p.payment_id = d.payment_id and d.payment_id in (
  select x.payment_id from payment.deposit x join payment.payment y using (payment_id)
  where x.reverted_at is not null and x.look_at <= now() and y.status = 'succeeded' and y.refunded_minor < y.amount_minor
  order by x.look_at limit $1::int for update of x skip locked)
returning p.session_id`;
/**
 * Whose deposits the bank has taken back, of payments that are not given back, and that nobody has looked at for ten minutes.
 * The next look moves on with each, so that those that never come back let newer ones be looked at. Others that look at this
 * moment are let by.
 */
export function depositsMissingTake(db: Db, args: DepositsMissingTakeArgs): Promise<DepositsMissingTakeRow[]> {
  return many(db, "payment.depositsMissingTake", depositsMissingTakeText, [args.countMax], (row): DepositsMissingTakeRow => ({
    sessionId: row[0],
  }));
}

export type TossPaymentsArgs = {
  readonly orderIds: readonly string[];
};
export type TossPaymentsRow = {
  readonly orderId: string;
  readonly paymentId: string;
};
const tossPaymentsText = `select t.order_id, p.payment_id
from payment.toss_order t
join payment.payment p using (session_id)
where t.order_id = any ($1::text[])`;
/** Whose payments orders of ours at Toss are of: its own books name no more than these orders. Reads only. */
export function tossPayments(db: Db, args: TossPaymentsArgs): Promise<TossPaymentsRow[]> {
  return many(db, "payment.tossPayments", tossPaymentsText, [args.orderIds], (row): TossPaymentsRow => ({
    orderId: row[0],
    paymentId: row[1],
  }));
}

export type RefundRefsKnownArgs = {
  readonly providerRefs: readonly string[];
};
export type RefundRefsKnownRow = {
  readonly providerRef: string;
};
const refundRefsKnownText = `select r.provider_ref as "provider_ref!" from payment.refund r where r.provider_ref = any ($1::text[])`;
/** Of these movements at a provider those that we know as refunds. Reads only. */
export function refundRefsKnown(db: Db, args: RefundRefsKnownArgs): Promise<RefundRefsKnownRow[]> {
  return many(db, "payment.refundRefsKnown", refundRefsKnownText, [args.providerRefs], (row): RefundRefsKnownRow => ({
    providerRef: row[0],
  }));
}

export type RefundIsKnownArgs = {
  readonly refundId: string;
};
export type RefundIsKnownRow = {
  readonly isKnown: boolean;
};
const refundIsKnownText = `select exists (select from payment.refund r where r.refund_id = $1) as "is_known!"`;
/**
 * Whether a refund that says it is ours is in our books. Its row is committed before the provider hears of it and is never
 * deleted, so one that is not was made after the moment that they were restored to. Reads only.
 */
export function refundIsKnown(db: Db, args: RefundIsKnownArgs): Promise<RefundIsKnownRow> {
  return one(db, "payment.refundIsKnown", refundIsKnownText, [args.refundId], (row): RefundIsKnownRow => ({
    isKnown: row[0],
  }));
}

export type RefundsWaitingArgs = {
  readonly sessionId: string;
};
export type RefundsWaitingRow = {
  readonly refundId: string;
  readonly orderNumber: string | null;
};
const refundsWaitingText = `select r.refund_id, r.order_number from payment.refund r join payment.payment p using (payment_id)
where p.session_id = $1 and r.status = 'account_needed' order by r.created_at, r.refund_id`;
/** Refunds of a checkout that wait for an account to go into. Reads only: whether each still waits is found out when it is given. */
export function refundsWaiting(db: Db, args: RefundsWaitingArgs): Promise<RefundsWaitingRow[]> {
  return many(db, "payment.refundsWaiting", refundsWaitingText, [args.sessionId], (row): RefundsWaitingRow => ({
    refundId: row[0],
    orderNumber: row[1],
  }));
}

export type RefundAccountGiveArgs = {
  readonly refundId: string;
  readonly bankCode: string;
  readonly lastDigits: string;
  readonly wrappedKey: Uint8Array;
  readonly sealed: Uint8Array;
  readonly masterKeyId: string;
  readonly givenBy: string;
};
export type RefundAccountGiveRow = {
  readonly isGiven: boolean;
};
const refundAccountGiveText = `select payment.refund_account_give_1($1, $2, $3, $4, $5, $6, $7) as "is_given!"`;
/** Gives a waiting refund its account, sealed, and has it sent. Locks the payment, then the refund. */
export function refundAccountGive(db: Db, args: RefundAccountGiveArgs): Promise<RefundAccountGiveRow> {
  return one(db, "payment.refundAccountGive", refundAccountGiveText, [args.refundId, args.bankCode, args.lastDigits, args.wrappedKey, args.sealed, args.masterKeyId, args.givenBy], (row): RefundAccountGiveRow => ({
    isGiven: row[0],
  }));
}

export type RefundAccountRefusedArgs = {
  readonly refundId: string;
  readonly round: number;
  readonly failureCode: string;
};
export type RefundAccountRefusedRow = {
  readonly changed: boolean;
};
const refundAccountRefusedText = `select payment.refund_account_refused_1($1, $2, $3) as "changed!"`;
/** Toss would not have the account of this round, or nobody can read it: its owner is asked again. Locks the payment, then the refund. */
export function refundAccountRefused(db: Db, args: RefundAccountRefusedArgs): Promise<RefundAccountRefusedRow> {
  return one(db, "payment.refundAccountRefused", refundAccountRefusedText, [args.refundId, args.round, args.failureCode], (row): RefundAccountRefusedRow => ({
    changed: row[0],
  }));
}

export type RefundRoundNextArgs = {
  readonly failureCode: string;
  readonly tryAfterSeconds: number;
  readonly refundId: string;
  readonly round: number;
};
const refundRoundNextText = `update payment.refund r
set round = r.round + 1, failure_code = $1, tries = r.tries + 1,
    try_at = now() + make_interval(secs => $2), updated_at = now()
where r.refund_id = $3 and r.status in ('created', 'unknown') and r.round = $4`;
/**
 * Toss has sent nothing and would say so for as long as it knows the key: the next try has another one, into the same account. A
 * late word about an older round changes nothing. Locks the refund.
 */
export function refundRoundNext(db: Db, args: RefundRoundNextArgs): Promise<number> {
  return exec(db, "payment.refundRoundNext", refundRoundNextText, [args.failureCode, args.tryAfterSeconds, args.refundId, args.round]);
}

export type RefundAccountReadArgs = {
  readonly sessionId: string;
  readonly accountId: string | null;
};
export type RefundAccountReadRow = {
  readonly currency: string;
  readonly wanted: unknown;
};
const refundAccountReadText = `select p.currency as "currency!", payment.refund_account_json_1(p.payment_id) as wanted
from payment.payment p
where p.session_id = $1 and ($2::text is null or p.account_id = $2)`;
/** What the payer of a checkout is asked, or has answered; nothing where another account asks. Reads only. */
export function refundAccountRead(db: Db, args: RefundAccountReadArgs): Promise<RefundAccountReadRow | null> {
  return opt(db, "payment.refundAccountRead", refundAccountReadText, [args.sessionId, args.accountId], (row): RefundAccountReadRow => ({
    currency: row[0],
    wanted: row[1],
  }));
}

export type RefundAccountsUnderArgs = {
  readonly masterKeyId: string;
  readonly afterRefundId: string;
};
export type RefundAccountsUnderRow = {
  readonly refundId: string;
  readonly wrappedKey: Buffer;
  readonly sealed: Buffer;
  readonly masterKeyId: string;
};
const refundAccountsUnderText = `select a.refund_id, a.wrapped_key as "wrapped_key!", a.sealed as "sealed!", a.master_key_id as "master_key_id!"
from payment.refund_account a
where a.sealed is not null and a.master_key_id <> $1 and a.refund_id > $2
order by a.refund_id limit 100`;
/** Sealed accounts that another master key than this one wraps, some of them after a place in the list. Locks nothing. */
export function refundAccountsUnder(db: Db, args: RefundAccountsUnderArgs): Promise<RefundAccountsUnderRow[]> {
  return many(db, "payment.refundAccountsUnder", refundAccountsUnderText, [args.masterKeyId, args.afterRefundId], (row): RefundAccountsUnderRow => ({
    refundId: row[0],
    wrappedKey: row[1],
    sealed: row[2],
    masterKeyId: row[3],
  }));
}

export type RefundAccountRewrapArgs = {
  readonly wrappedKey: Uint8Array;
  readonly masterKeyId: string;
  readonly refundId: string;
  readonly oldWrappedKey: Uint8Array;
};
export type RefundAccountRewrapRow = {
  readonly refundId: string;
};
const refundAccountRewrapText = `update payment.refund_account a set wrapped_key = $1, master_key_id = $2
where a.refund_id = $3 and a.wrapped_key = $4
returning a.refund_id`;
/** The same account with its key under another master key; nothing where another was given meanwhile. Locks the row. */
export function refundAccountRewrap(db: Db, args: RefundAccountRewrapArgs): Promise<RefundAccountRewrapRow | null> {
  return opt(db, "payment.refundAccountRewrap", refundAccountRewrapText, [args.wrappedKey, args.masterKeyId, args.refundId, args.oldWrappedKey], (row): RefundAccountRewrapRow => ({
    refundId: row[0],
  }));
}

export type DisputeAnswerPutArgs = {
  readonly answerId: string;
  readonly disputeId: string;
  readonly evidence: unknown;
  readonly askedBy: string;
};
export type DisputeAnswerPutRow = {
  readonly outcome: string;
};
const disputeAnswerPutText = `select payment.dispute_answer_1($1, $2, $3, $4) as "outcome!"`;
/**
 * The first beat of answering a dispute: the intent, in the transaction of its audit row; see payment.dispute_answer_1. Locks
 * the dispute.
 */
export function disputeAnswerPut(db: Db, args: DisputeAnswerPutArgs): Promise<DisputeAnswerPutRow> {
  return one(db, "payment.disputeAnswerPut", disputeAnswerPutText, [args.answerId, args.disputeId, JSON.stringify(args.evidence), args.askedBy], (row): DisputeAnswerPutRow => ({
    outcome: row[0],
  }));
}

export type DisputeAnswerClaimArgs = {
  readonly leaseSeconds: number;
};
export type DisputeAnswerClaimRow = {
  readonly answerId: string;
  readonly disputeId: string;
  readonly evidence: unknown;
  readonly tries: number;
};
const disputeAnswerClaimText = `with due as (
  select a.answer_id from payment.dispute_answer a where a.try_at <= now() order by a.try_at limit 1 for update skip locked
)
update payment.dispute_answer a
set status = 'unknown', tries = a.tries + 1, try_at = now() + make_interval(secs => $1)
from due
where a.answer_id = due.answer_id
returning a.answer_id, a.dispute_id, a.evidence, a.tries`;
/**
 * An answer that is to be sent, or whose outcome is not known, becomes ours for a while; whoever dies with it leaves it unknown.
 * Skips what another worker is at.
 */
export function disputeAnswerClaim(db: Db, args: DisputeAnswerClaimArgs): Promise<DisputeAnswerClaimRow | null> {
  return opt(db, "payment.disputeAnswerClaim", disputeAnswerClaimText, [args.leaseSeconds], (row): DisputeAnswerClaimRow => ({
    answerId: row[0],
    disputeId: row[1],
    evidence: row[2],
    tries: row[3],
  }));
}

export type DisputeAnswerSettleArgs = {
  readonly status: "started" | "unknown" | "submitted" | "refused";
  readonly error: string | null;
  readonly tryAfterSeconds: number;
  readonly answerId: string;
  readonly try: number;
};
const disputeAnswerSettleText = `update payment.dispute_answer a
set status = $1, error = $2,
    try_at = case when $1 = 'unknown'::payment.answer_status then now() + make_interval(secs => $3) end,
    settled_at = case when $1 <> 'unknown'::payment.answer_status then now() end
where a.answer_id = $4 and a.try_at is not null and (a.tries = $5 or $1 <> 'unknown'::payment.answer_status)`;
/** The third beat. What is proved counts from whoever says so; that it is still unknown only from the newest try. Locks its row. */
export function disputeAnswerSettle(db: Db, args: DisputeAnswerSettleArgs): Promise<number> {
  return exec(db, "payment.disputeAnswerSettle", disputeAnswerSettleText, [args.status, args.error, args.tryAfterSeconds, args.answerId, args.try]);
}
