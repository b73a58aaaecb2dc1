// Generated from approval.sql by tools/sqlgen.ts. Do not edit.
import { exec, many, one, opt, type Db } from "#platform/db/query.ts";

export type RefundAloneArgs = {
  readonly orderNumber: string;
  readonly currency: string;
};
export type RefundAloneRow = {
  readonly aloneMinor: bigint;
  readonly limitMinor: bigint;
};
const refundAloneText = `select coalesce((
    select sum(r.amount_minor) from payment.refund r
    where r.order_number = $1 and r.requested_by is not null and r.status <> 'failed'
      and not exists (select from ops.refund_approval a where a.order_number = r.order_number and a.cause = r.cause and a.status = 'approved')
  ), 0)::bigint as "alone_minor!",
  coalesce((select l.amount_minor from ops.refund_limit l where l.currency = $2), 0) as "limit_minor!"`;
/** What people gave back of an order without a second one, and what they may, in its currency. Reads only; the order is held. */
export function refundAlone(db: Db, args: RefundAloneArgs): Promise<RefundAloneRow> {
  return one(db, "ops.refundAlone", refundAloneText, [args.orderNumber, args.currency], (row): RefundAloneRow => ({
    aloneMinor: row[0],
    limitMinor: row[1],
  }));
}

export type ApprovalOfCauseArgs = {
  readonly cause: string;
};
export type ApprovalOfCauseRow = {
  readonly approvalId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
};
const approvalOfCauseText = `select a.approval_id, a.amount_minor, a.currency from ops.refund_approval a where a.cause = $1 and a.status = 'waiting'`;
/** What waits for the same cause already. Reads only; the order is held, so no other can come between. */
export function approvalOfCause(db: Db, args: ApprovalOfCauseArgs): Promise<ApprovalOfCauseRow | null> {
  return opt(db, "ops.approvalOfCause", approvalOfCauseText, [args.cause], (row): ApprovalOfCauseRow => ({
    approvalId: row[0],
    amountMinor: row[1],
    currency: row[2],
  }));
}

export type ApprovalAskArgs = {
  readonly approvalId: string;
  readonly orderNumber: string;
  readonly wish: unknown;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly reason: string;
  readonly cause: string;
  readonly requestId: string | null;
  readonly askedBy: string;
};
const approvalAskText = `insert into ops.refund_approval (approval_id, order_number, wish, amount_minor, currency, reason, cause, request_id, asked_by)
values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;
/** Writes down a refund that needs a second person. The order is held by whoever asks. */
export function approvalAsk(db: Db, args: ApprovalAskArgs): Promise<number> {
  return exec(db, "ops.approvalAsk", approvalAskText, [args.approvalId, args.orderNumber, JSON.stringify(args.wish), args.amountMinor, args.currency, args.reason, args.cause, args.requestId, args.askedBy]);
}

export type ApprovalTakeArgs = {
  readonly approvalId: string;
};
export type ApprovalTakeRow = {
  readonly approvalId: string;
  readonly orderNumber: string;
  readonly wish: unknown;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly reason: string;
  readonly cause: string;
  readonly requestId: string | null;
  readonly status: string;
  readonly askedBy: string;
};
const approvalTakeText = `select a.approval_id, a.order_number, a.wish, a.amount_minor, a.currency, a.reason, a.cause, a.request_id, a.status, a.asked_by
from ops.refund_approval a where a.approval_id = $1
for update`;
/** One of them, to be answered. Locks it, before the request and the order. */
export function approvalTake(db: Db, args: ApprovalTakeArgs): Promise<ApprovalTakeRow | null> {
  return opt(db, "ops.approvalTake", approvalTakeText, [args.approvalId], (row): ApprovalTakeRow => ({
    approvalId: row[0],
    orderNumber: row[1],
    wish: row[2],
    amountMinor: row[3],
    currency: row[4],
    reason: row[5],
    cause: row[6],
    requestId: row[7],
    status: row[8],
    askedBy: row[9],
  }));
}

export type ApprovalAnswerArgs = {
  readonly status: string;
  readonly answeredBy: string;
  readonly approvalId: string;
};
const approvalAnswerText = `update ops.refund_approval a set status = $1, answered_by = $2, answered_at = now() where a.approval_id = $3`;
/** The second person's word. The row is held. */
export function approvalAnswer(db: Db, args: ApprovalAnswerArgs): Promise<number> {
  return exec(db, "ops.approvalAnswer", approvalAnswerText, [args.status, args.answeredBy, args.approvalId]);
}

export type ApprovalsWithdrawArgs = {
  readonly answeredBy: string;
  readonly requestId: string;
};
export type ApprovalsWithdrawRow = {
  readonly approvalId: string;
};
const approvalsWithdrawText = `update ops.refund_approval a set status = 'declined', answered_by = $1, answered_at = now()
where a.request_id = $2 and a.status = 'waiting'
returning a.approval_id`;
/** A shopper's request was declined: what was to be given for it is not asked for any more. Locks the rows. */
export function approvalsWithdraw(db: Db, args: ApprovalsWithdrawArgs): Promise<ApprovalsWithdrawRow[]> {
  return many(db, "ops.approvalsWithdraw", approvalsWithdrawText, [args.answeredBy, args.requestId], (row): ApprovalsWithdrawRow => ({
    approvalId: row[0],
  }));
}

export type ApprovalListArgs = {
  readonly status: string;
  readonly limit: number;
  readonly offset: number;
};
export type ApprovalListRow = {
  readonly approvalId: string;
  readonly orderNumber: string;
  readonly storeName: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly reason: string;
  readonly totalMinor: bigint;
  readonly refundedMinor: bigint;
  readonly requestId: string | null;
  readonly status: string;
  readonly askedBy: string;
  readonly askedAt: Date;
  readonly answeredBy: string | null;
  readonly answeredAt: Date | null;
  readonly total: bigint;
};
const approvalListText = `select a.approval_id, a.order_number, o.store_name, a.amount_minor, a.currency, a.reason, o.total_minor, o.refunded_minor, a.request_id, a.status,
  a.asked_by, a.asked_at, a.answered_by, a.answered_at, count(*) over () as "total!"
from ops.refund_approval a join orders.store_order o using (order_number)
where a.status = $1
order by case when a.status = 'waiting' then a.asked_at end, a.answered_at desc, a.approval_id
limit $2::int offset $3::int`;
/** Those that wait, the oldest first; those that were answered, the newest first. Reads only. */
export function approvalList(db: Db, args: ApprovalListArgs): Promise<ApprovalListRow[]> {
  return many(db, "ops.approvalList", approvalListText, [args.status, args.limit, args.offset], (row): ApprovalListRow => ({
    approvalId: row[0],
    orderNumber: row[1],
    storeName: row[2],
    amountMinor: row[3],
    currency: row[4],
    reason: row[5],
    totalMinor: row[6],
    refundedMinor: row[7],
    requestId: row[8],
    status: row[9],
    askedBy: row[10],
    askedAt: row[11],
    answeredBy: row[12],
    answeredAt: row[13],
    total: row[14],
  }));
}

export type RefundLimitsRow = {
  readonly currency: string;
  readonly amountMinor: bigint;
};
const refundLimitsText = `select l.currency, l.amount_minor from ops.refund_limit l order by l.currency`;
/** What one person may give back of an order alone. Reads only. */
export function refundLimits(db: Db): Promise<RefundLimitsRow[]> {
  return many(db, "ops.refundLimits", refundLimitsText, [], (row): RefundLimitsRow => ({
    currency: row[0],
    amountMinor: row[1],
  }));
}
