// Generated from placement.sql by tools/sqlgen.ts. Do not edit.
import { exec, many, one, opt, type Db } from "#platform/db/query.ts";

export type PlacementsClaimArgs = {
  readonly workerId: string;
  readonly methods: readonly string[];
  readonly countMax: number;
};
export type PlacementsClaimRow = {
  readonly attemptId: string;
  readonly orderNumber: string;
  readonly sessionId: string;
  readonly storeId: string;
  readonly method: "api" | "headless" | "manual" | "digital";
  readonly connector: string | null;
  readonly baseUrl: string | null;
  readonly timeoutMs: number;
  readonly wrappedKey: Buffer | null;
  readonly sealed: Buffer | null;
  readonly masterKeyId: string | null;
  readonly request: unknown;
};
const placementsClaimText = `select c.attempt_id as "attempt_id!", c.order_number as "order_number!", c.session_id as "session_id!", c.store_id as "store_id!",
  c.method as "method!", c.connector, c.base_url, c.timeout_ms as "timeout_ms!", c.wrapped_key, c.sealed, c.master_key_id, c.request as "request!"
from placement.claim_1($1, ($2::text[])::store.placement_method[], $3) c`;
/**
 * Claims due orders and writes the attempts that fence them, in one commit, with everything their stores have to be told:
 * the one read of a placement. Skips rows that another worker is claiming.
 */
export function placementsClaim(db: Db, args: PlacementsClaimArgs): Promise<PlacementsClaimRow[]> {
  return many(db, "placement.placementsClaim", placementsClaimText, [args.workerId, args.methods, args.countMax], (row): PlacementsClaimRow => ({
    attemptId: row[0],
    orderNumber: row[1],
    sessionId: row[2],
    storeId: row[3],
    method: row[4],
    connector: row[5],
    baseUrl: row[6],
    timeoutMs: row[7],
    wrappedKey: row[8],
    sealed: row[9],
    masterKeyId: row[10],
    request: row[11],
  }));
}

export type AttemptEndArgs = {
  readonly attemptId: string;
  readonly status: string;
  readonly reason: string | null;
  readonly detail: string | null;
  readonly storeOrderNumber: string | null;
  readonly storeTotalMinor: bigint | null;
  readonly retryAfterSeconds: number | null;
  readonly lookupAfterSeconds: number | null;
};
export type AttemptEndRow = {
  readonly outcome: string;
  readonly isSettled: boolean;
};
const attemptEndText = `select t.outcome as "outcome!", t.is_settled as "is_settled!"
from placement.attempt_tell_1($1, ($2::text)::placement.attempt_status, $3, $4, $5,
  $6, make_interval(secs => $7), make_interval(secs => $8)) t`;
/**
 * What came of an attempt, with all that follows from it, and whether its checkout waits for anything else. Locks the order,
 * its placement, the attempt, its task, and by the order's trigger the session.
 */
export function attemptEnd(db: Db, args: AttemptEndArgs): Promise<AttemptEndRow> {
  return one(db, "placement.attemptEnd", attemptEndText, [args.attemptId, args.status, args.reason, args.detail, args.storeOrderNumber, args.storeTotalMinor, args.retryAfterSeconds, args.lookupAfterSeconds], (row): AttemptEndRow => ({
    outcome: row[0],
    isSettled: row[1],
  }));
}

export type AttemptSubmittingArgs = {
  readonly attemptId: string;
};
export type AttemptSubmittingRow = {
  readonly maySubmit: boolean;
};
const attemptSubmittingText = `select placement.submitting_1($1) as "may_submit!"`;
/** The browser's leave to press the button, once: the fence is written before it is. Locks the order, its placement, the attempt. */
export function attemptSubmitting(db: Db, args: AttemptSubmittingArgs): Promise<AttemptSubmittingRow> {
  return one(db, "placement.attemptSubmitting", attemptSubmittingText, [args.attemptId], (row): AttemptSubmittingRow => ({
    maySubmit: row[0],
  }));
}

export type OverdueAbandonArgs = {
  readonly countMax: number;
};
export type OverdueAbandonRow = {
  readonly abandoned: number;
};
const overdueAbandonText = `select placement.abandon_overdue_1($1) as "abandoned!"`;
/** Attempts whose worker never said what came of them become unknown. Locks the orders that nobody is busy with. */
export function overdueAbandon(db: Db, args: OverdueAbandonArgs): Promise<OverdueAbandonRow> {
  return one(db, "placement.overdueAbandon", overdueAbandonText, [args.countMax], (row): OverdueAbandonRow => ({
    abandoned: row[0],
  }));
}

export type PlacementsUnstickArgs = {
  readonly methods: readonly string[];
  readonly patienceSeconds: number;
  readonly countMax: number;
};
export type PlacementsUnstickRow = {
  readonly unstuck: number;
};
const placementsUnstickText = `select placement.unstick_1(($1::text[])::store.placement_method[], make_interval(secs => $2), $3) as "unstuck!"`;
/** Orders that no worker will claim as they stand go on to their next tier. Locks the orders that nobody is busy with. */
export function placementsUnstick(db: Db, args: PlacementsUnstickArgs): Promise<PlacementsUnstickRow> {
  return one(db, "placement.placementsUnstick", placementsUnstickText, [args.methods, args.patienceSeconds, args.countMax], (row): PlacementsUnstickRow => ({
    unstuck: row[0],
  }));
}

export type LookUpsClaimArgs = {
  readonly methods: readonly string[];
  readonly countMax: number;
};
export type LookUpsClaimRow = {
  readonly attemptId: string;
  readonly orderNumber: string;
  readonly sessionId: string;
  readonly storeId: string;
  readonly method: "api" | "headless" | "manual" | "digital";
  readonly connector: string | null;
  readonly baseUrl: string | null;
  readonly timeoutMs: number | null;
  readonly lookups: number;
  readonly ageMs: bigint;
  readonly wrappedKey: Buffer | null;
  readonly sealed: Buffer | null;
  readonly masterKeyId: string | null;
  readonly clue: unknown;
};
const lookUpsClaimText = `select l.attempt_id as "attempt_id!", l.order_number as "order_number!", l.session_id as "session_id!", l.store_id as "store_id!", l.method as "method!",
  l.connector, l.base_url, l.timeout_ms, l.lookups as "lookups!", l.age_ms as "age_ms!", l.wrapped_key, l.sealed, l.master_key_id, l.clue
from placement.lookup_claim_1(($1::text[])::store.placement_method[], $2) l`;
/** Takes unknown attempts whose look-up is due and puts the next one off. Skips rows that another worker is taking. */
export function lookUpsClaim(db: Db, args: LookUpsClaimArgs): Promise<LookUpsClaimRow[]> {
  return many(db, "placement.lookUpsClaim", lookUpsClaimText, [args.methods, args.countMax], (row): LookUpsClaimRow => ({
    attemptId: row[0],
    orderNumber: row[1],
    sessionId: row[2],
    storeId: row[3],
    method: row[4],
    connector: row[5],
    baseUrl: row[6],
    timeoutMs: row[7],
    lookups: row[8],
    ageMs: row[9],
    wrappedKey: row[10],
    sealed: row[11],
    masterKeyId: row[12],
    clue: row[13],
  }));
}

export type OrderCancelArgs = {
  readonly orderNumber: string;
  readonly reason: string;
};
export type OrderCancelRow = {
  readonly outcome: string;
};
const orderCancelText = `select placement.cancel_1($1, $2) as "outcome!"`;
/** Takes an order back, at once or as a wish. Locks the order, its placement, its task. */
export function orderCancel(db: Db, args: OrderCancelArgs): Promise<OrderCancelRow> {
  return one(db, "placement.orderCancel", orderCancelText, [args.orderNumber, args.reason], (row): OrderCancelRow => ({
    outcome: row[0],
  }));
}

export type OrderOwnedArgs = {
  readonly orderNumber: string;
  readonly accountId: string;
};
export type OrderOwnedRow = {
  readonly status: "pending" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
  readonly isPaid: boolean;
  readonly refundedMinor: bigint;
  readonly currency: string;
};
const orderOwnedText = `select o.status, o.payment_status <> 'unpaid' as "is_paid!", o.refunded_minor, o.currency from orders.store_order o
where o.order_number = $1 and o.account_id = $2`;
/** Whether the order is this shopper's, and how it stands: another's does not exist (P3). Reads only. */
export function orderOwned(db: Db, args: OrderOwnedArgs): Promise<OrderOwnedRow | null> {
  return opt(db, "placement.orderOwned", orderOwnedText, [args.orderNumber, args.accountId], (row): OrderOwnedRow => ({
    status: row[0],
    isPaid: row[1],
    refundedMinor: row[2],
    currency: row[3],
  }));
}

export type CancelTakeArgs = {
  readonly orderNumber: string;
  readonly leaseSeconds: number;
};
export type CancelTakeRow = {
  readonly outcome: string;
  readonly storeId: string | null;
  readonly method: "api" | "headless" | "manual" | "digital" | null;
  readonly connector: string | null;
  readonly baseUrl: string | null;
  readonly timeoutMs: number | null;
  readonly storeOrderNumber: string | null;
  readonly tries: number | null;
  readonly wrappedKey: Buffer | null;
  readonly sealed: Buffer | null;
  readonly masterKeyId: string | null;
  readonly attemptId: string | null;
  readonly clue: unknown;
};
const cancelTakeText = `select c.outcome as "outcome!", c.store_id, c.method, c.connector, c.base_url, c.timeout_ms, c.store_order_number, c.tries, c.wrapped_key, c.sealed,
  c.master_key_id, c.attempt_id, c.clue
from placement.cancel_take_1($1, make_interval(secs => $2)) c`;
/** Takes one cancellation to ask its store about, and puts the next asking off. Locks the order and its placement. */
export function cancelTake(db: Db, args: CancelTakeArgs): Promise<CancelTakeRow> {
  return one(db, "placement.cancelTake", cancelTakeText, [args.orderNumber, args.leaseSeconds], (row): CancelTakeRow => ({
    outcome: row[0],
    storeId: row[1],
    method: row[2],
    connector: row[3],
    baseUrl: row[4],
    timeoutMs: row[5],
    storeOrderNumber: row[6],
    tries: row[7],
    wrappedKey: row[8],
    sealed: row[9],
    masterKeyId: row[10],
    attemptId: row[11],
    clue: row[12],
  }));
}

export type CancelEndArgs = {
  readonly orderNumber: string;
  readonly answer: string;
  readonly detail: string | null;
  readonly againAfterSeconds: number | null;
};
export type CancelEndRow = {
  readonly outcome: string;
};
const cancelEndText = `select placement.cancel_end_1($1, $2, $3, make_interval(secs => $4)) as "outcome!"`;
/** What a store said to a cancellation, with all that follows. Locks the order, its placement, its task. */
export function cancelEnd(db: Db, args: CancelEndArgs): Promise<CancelEndRow> {
  return one(db, "placement.cancelEnd", cancelEndText, [args.orderNumber, args.answer, args.detail, args.againAfterSeconds], (row): CancelEndRow => ({
    outcome: row[0],
  }));
}

export type CancelsRingArgs = {
  readonly countMax: number;
};
export type CancelsRingRow = {
  readonly found: number;
};
const cancelsRingText = `select placement.cancel_overdue_1($1) + placement.cancel_unheld_1($1) as "found!"`;
/**
 * Rings again for cancellations whose job was lost, and ends orders that are wanted back and that nobody holds. Locks the
 * latter.
 */
export function cancelsRing(db: Db, args: CancelsRingArgs): Promise<CancelsRingRow> {
  return one(db, "placement.cancelsRing", cancelsRingText, [args.countMax], (row): CancelsRingRow => ({
    found: row[0],
  }));
}

export type TaskListArgs = {
  readonly status: string | null;
  readonly storeId: string | null;
  readonly claimedBy: string | null;
  readonly isClaimed: boolean | null;
  readonly limit: number;
  readonly offset: number;
};
export type TaskListRow = {
  readonly orderNumber: string;
  readonly kind: "place" | "cancel";
  readonly status: "open" | "claimed" | "placed" | "failed" | "cancelled" | "refused" | "withdrawn";
  readonly why: string;
  readonly outcomeUnknown: boolean;
  readonly openedAt: Date;
  readonly deadlineAt: Date;
  readonly isOverdue: boolean;
  readonly claimedBy: string | null;
  readonly claimedUntil: Date | null;
  readonly storeId: string;
  readonly storeName: string;
  readonly itemCount: number;
  readonly totalMinor: bigint;
  readonly currency: string;
  readonly isCancelRequested: boolean;
  readonly total: bigint;
};
const taskListText = `select t.order_number, t.kind, t.status, t.why, t.outcome_unknown, t.opened_at, t.deadline_at, t.deadline_at <= now() and t.closed_at is null as "is_overdue!",
  case when t.claimed_until > now() then t.claimed_by end as claimed_by, case when t.claimed_until > now() then t.claimed_until end as claimed_until,
  o.store_id, o.store_name, o.item_count, o.total_minor, o.currency, o.cancel_requested_at is not null as "is_cancel_requested!",
  count(*) over () as "total!"
from placement.manual_task t join orders.store_order o using (order_number)
where (case when $1::text is null then t.closed_at is null else t.status = ($1::text)::placement.task_status end)
  and ($1::text is not null or t.status in ('open', 'claimed'))
  and ($2::text is null or o.store_id = $2)
  and ($3::text is null or (t.claimed_by = $3 and t.claimed_until > now()))
  and ($4::boolean is null or coalesce(t.claimed_until > now(), false) = $4)
order by t.deadline_at, t.order_number, t.kind
limit $5::int offset $6::int`;
/** The manual queue, what is due first at the top; closed tasks only when they are asked for. Reads only. */
export function taskList(db: Db, args: TaskListArgs): Promise<TaskListRow[]> {
  return many(db, "placement.taskList", taskListText, [args.status, args.storeId, args.claimedBy, args.isClaimed, args.limit, args.offset], (row): TaskListRow => ({
    orderNumber: row[0],
    kind: row[1],
    status: row[2],
    why: row[3],
    outcomeUnknown: row[4],
    openedAt: row[5],
    deadlineAt: row[6],
    isOverdue: row[7],
    claimedBy: row[8],
    claimedUntil: row[9],
    storeId: row[10],
    storeName: row[11],
    itemCount: row[12],
    totalMinor: row[13],
    currency: row[14],
    isCancelRequested: row[15],
    total: row[16],
  }));
}

export type TaskStatsRow = {
  readonly depth: bigint;
  readonly unclaimed: bigint;
  readonly overdue: bigint;
  readonly oldestAgeSeconds: number;
  readonly perDay: unknown;
  readonly perOperator: unknown;
};
const taskStatsText = `with live as (
  select t.opened_at, t.deadline_at, t.claimed_until from placement.manual_task t
  where t.closed_at is null and t.status in ('open', 'claimed')
), closed as (
  select (t.closed_at at time zone 'UTC')::date as day, t.closed_by, t.status in ('placed', 'cancelled') as is_placed
  from placement.manual_task t
  where t.closed_at > now() - interval '30 days' and t.status in ('placed', 'failed') and t.kind = 'place'
)
select (select count(*) from live) as "depth!",
  (select count(*) from live l where l.claimed_until is null or l.claimed_until <= now()) as "unclaimed!",
  (select count(*) from live l where l.deadline_at <= now()) as "overdue!",
  coalesce((select extract(epoch from now() - min(l.opened_at))::int from live l), 0) as "oldest_age_seconds!",
  coalesce((select jsonb_agg(jsonb_build_object('day', d.day, 'placed', d.placed, 'failed', d.failed) order by d.day desc)
    from (select c.day, count(*) filter (where c.is_placed) as placed, count(*) filter (where not c.is_placed) as failed from closed c group by c.day) d),
    '[]') as "per_day!",
  coalesce((select jsonb_agg(jsonb_build_object('operator', d.closed_by, 'placed', d.placed, 'failed', d.failed) order by d.placed desc, d.closed_by)
    from (select c.closed_by, count(*) filter (where c.is_placed) as placed, count(*) filter (where not c.is_placed) as failed
      from closed c where c.closed_by is not null group by c.closed_by) d), '[]') as "per_operator!"`;
/** How long the manual queue is, and what came out of it in the last thirty days. Reads only. */
export function taskStats(db: Db): Promise<TaskStatsRow> {
  return one(db, "placement.taskStats", taskStatsText, [], (row): TaskStatsRow => ({
    depth: row[0],
    unclaimed: row[1],
    overdue: row[2],
    oldestAgeSeconds: row[3],
    perDay: row[4],
    perOperator: row[5],
  }));
}

export type TaskReadArgs = {
  readonly orderNumber: string;
};
export type TaskReadRow = {
  readonly orderNumber: string;
  readonly kind: "place" | "cancel";
  readonly status: "open" | "claimed" | "placed" | "failed" | "cancelled" | "refused" | "withdrawn";
  readonly why: string;
  readonly detail: string | null;
  readonly outcomeUnknown: boolean;
  readonly openedAt: Date;
  readonly deadlineAt: Date;
  readonly isOverdue: boolean;
  readonly closedAt: Date | null;
  readonly closedBy: string | null;
  readonly note: string | null;
  readonly claimedBy: string | null;
  readonly claimedUntil: Date | null;
  readonly storeId: string;
  readonly storeName: string;
  readonly itemCount: number;
  readonly totalMinor: bigint;
  readonly currency: string;
  readonly storeOrderNumber: string | null;
  readonly isCancelRequested: boolean;
  readonly chargeMaxMinor: bigint;
  readonly homepage: string | null;
  readonly shippingOptionId: string | null;
  readonly shippingAddress: unknown;
  readonly shippingOptionName: string | null;
  readonly contactEmail: string | null;
  readonly items: unknown;
  readonly attempts: unknown;
};
const taskReadText = `select t.order_number, t.kind, t.status, t.why, t.detail, t.outcome_unknown, t.opened_at, t.deadline_at,
  t.deadline_at <= now() and t.closed_at is null as "is_overdue!", t.closed_at, t.closed_by, t.note,
  case when t.claimed_until > now() then t.claimed_by end as claimed_by, case when t.claimed_until > now() then t.claimed_until end as claimed_until,
  o.store_id, o.store_name, o.item_count, o.total_minor, o.currency, o.store_order_number, o.cancel_requested_at is not null as "is_cancel_requested!",
  (o.subtotal_minor - o.discount_minor + o.shipping_minor) * (10000 + st.price_margin_bp) / 10000 as "charge_max_minor!",
  st.homepage, o.shipping_option_id, s.shipping_address,
  (select q.name from quote.shipping_option q where q.store_id = o.store_id and q.option_id = o.shipping_option_id) as shipping_option_name,
  coalesce(s.contact_email, (select u.email from account."user" u where u.id = o.account_id and not u.is_anonymous)) as contact_email,
  (select jsonb_agg(jsonb_build_object('lineNo', i.line_no, 'sku', i.sku, 'title', i.title, 'size', i.size, 'color', i.color,
      'quantity', i.quantity, 'unitPriceCents', i.unit_price_minor, 'productUrl', i.product_url) order by i.line_no)
    from orders.order_item i where i.order_number = o.order_number) as "items!",
  coalesce((select jsonb_agg(jsonb_build_object('attemptId', a.attempt_id, 'hasEvidence', coalesce(a.evidence_until > now(), false),
      'fence', a.fence, 'method', a.method, 'connector', a.connector, 'status', a.status,
      'reason', a.reason, 'detail', a.detail, 'lookUps', greatest(0, a.lookups - 1), 'storeOrderNumber', a.store_order_number,
      'startedAt', a.started_at, 'endedAt', a.ended_at) order by a.fence)
    from placement.attempt a where a.order_number = o.order_number), '[]') as "attempts!"
from placement.manual_task t
join orders.store_order o using (order_number)
join store.store st on st.store_id = o.store_id
join checkout.session s on s.session_id = o.session_id
where t.order_number = $1
order by t.closed_at is null desc, t.opened_at desc
limit 1`;
/** Everything a person needs to place an order or to have it taken back; the live task, else the newest. Reads only. */
export function taskRead(db: Db, args: TaskReadArgs): Promise<TaskReadRow | null> {
  return opt(db, "placement.taskRead", taskReadText, [args.orderNumber], (row): TaskReadRow => ({
    orderNumber: row[0],
    kind: row[1],
    status: row[2],
    why: row[3],
    detail: row[4],
    outcomeUnknown: row[5],
    openedAt: row[6],
    deadlineAt: row[7],
    isOverdue: row[8],
    closedAt: row[9],
    closedBy: row[10],
    note: row[11],
    claimedBy: row[12],
    claimedUntil: row[13],
    storeId: row[14],
    storeName: row[15],
    itemCount: row[16],
    totalMinor: row[17],
    currency: row[18],
    storeOrderNumber: row[19],
    isCancelRequested: row[20],
    chargeMaxMinor: row[21],
    homepage: row[22],
    shippingOptionId: row[23],
    shippingAddress: row[24],
    shippingOptionName: row[25],
    contactEmail: row[26],
    items: row[27],
    attempts: row[28],
  }));
}

export type TaskClaimArgs = {
  readonly orderNumber: string;
  readonly operator: string;
  readonly leaseSeconds: number;
};
export type TaskClaimRow = {
  readonly outcome: string;
};
const taskClaimText = `select placement.task_claim_1($1, $2, make_interval(secs => $3)) as "outcome!"`;
/** A lease on the task. Locks the task. */
export function taskClaim(db: Db, args: TaskClaimArgs): Promise<TaskClaimRow> {
  return one(db, "placement.taskClaim", taskClaimText, [args.orderNumber, args.operator, args.leaseSeconds], (row): TaskClaimRow => ({
    outcome: row[0],
  }));
}

export type TaskReleaseArgs = {
  readonly orderNumber: string;
  readonly operator: string;
};
export type TaskReleaseRow = {
  readonly outcome: string;
};
const taskReleaseText = `select placement.task_release_1($1, $2) as "outcome!"`;
/** Gives the task back. Locks the order, then the task. */
export function taskRelease(db: Db, args: TaskReleaseArgs): Promise<TaskReleaseRow> {
  return one(db, "placement.taskRelease", taskReleaseText, [args.orderNumber, args.operator], (row): TaskReleaseRow => ({
    outcome: row[0],
  }));
}

export type TaskPlaceArgs = {
  readonly orderNumber: string;
  readonly operator: string;
  readonly storeOrderNumber: string;
  readonly paidMinor: bigint | null;
};
export type TaskPlaceRow = {
  readonly outcome: string;
};
const taskPlaceText = `select placement.task_place_1($1, $2, $3, $4) as "outcome!"`;
/** A person placed the order. Locks the order, its placement, its task. */
export function taskPlace(db: Db, args: TaskPlaceArgs): Promise<TaskPlaceRow> {
  return one(db, "placement.taskPlace", taskPlaceText, [args.orderNumber, args.operator, args.storeOrderNumber, args.paidMinor], (row): TaskPlaceRow => ({
    outcome: row[0],
  }));
}

export type TaskFailArgs = {
  readonly orderNumber: string;
  readonly operator: string;
  readonly reason: string;
  readonly note: string | null;
};
export type TaskFailRow = {
  readonly outcome: string;
};
const taskFailText = `select placement.task_fail_1($1, $2, $3, $4) as "outcome!"`;
/** A person says that the order cannot be had. Locks the order, its placement, its task. */
export function taskFail(db: Db, args: TaskFailArgs): Promise<TaskFailRow> {
  return one(db, "placement.taskFail", taskFailText, [args.orderNumber, args.operator, args.reason, args.note], (row): TaskFailRow => ({
    outcome: row[0],
  }));
}

export type TaskCancelArgs = {
  readonly orderNumber: string;
  readonly operator: string;
  readonly isCancelled: boolean;
  readonly note: string | null;
};
export type TaskCancelRow = {
  readonly outcome: string;
};
const taskCancelText = `select placement.task_cancel_1($1, $2, $3, $4) as "outcome!"`;
/** A person says what the store answered to a cancellation. Locks the order, its placement, its task. */
export function taskCancel(db: Db, args: TaskCancelArgs): Promise<TaskCancelRow> {
  return one(db, "placement.taskCancel", taskCancelText, [args.orderNumber, args.operator, args.isCancelled, args.note], (row): TaskCancelRow => ({
    outcome: row[0],
  }));
}

export type StoreLimitPutArgs = {
  readonly storeId: string;
  readonly method: string;
  readonly runningMax: number;
};
const storeLimitPutText = `insert into placement.store_limit as l (store_id, method, running_max) values ($1, ($2::text)::store.placement_method, $3)
on conflict (store_id, method) do update set running_max = excluded.running_max`;
/** How many orders may be at work with a store at once, over all workers. */
export function storeLimitPut(db: Db, args: StoreLimitPutArgs): Promise<number> {
  return exec(db, "placement.storeLimitPut", storeLimitPutText, [args.storeId, args.method, args.runningMax]);
}

export type AttemptsOfOrderArgs = {
  readonly orderNumber: string;
};
export type AttemptsOfOrderRow = {
  readonly orderNumber: string;
  readonly attempts: unknown;
};
const attemptsOfOrderText = `select o.order_number, coalesce((
    select jsonb_agg(jsonb_build_object('attemptId', a.attempt_id, 'fence', a.fence, 'method', a.method, 'connector', a.connector,
      'status', a.status, 'reason', a.reason, 'detail', a.detail, 'storeOrderNumber', a.store_order_number, 'startedAt', a.started_at,
      'submittingAt', a.submitting_at, 'endedAt', a.ended_at,
      'evidenceUntil', case when a.evidence_until > now() then a.evidence_until end) order by a.fence)
    from placement.attempt a where a.order_number = o.order_number), '[]') as "attempts!"
from orders.store_order o where o.order_number = $1`;
/** Every try at an order's store, oldest first; nothing of an order that is not there. Reads only. */
export function attemptsOfOrder(db: Db, args: AttemptsOfOrderArgs): Promise<AttemptsOfOrderRow | null> {
  return opt(db, "placement.attemptsOfOrder", attemptsOfOrderText, [args.orderNumber], (row): AttemptsOfOrderRow => ({
    orderNumber: row[0],
    attempts: row[1],
  }));
}

export type EvidenceOfArgs = {
  readonly attemptId: string;
};
export type EvidenceOfRow = {
  readonly attemptId: string;
};
const evidenceOfText = `select a.attempt_id from placement.attempt a where a.attempt_id = $1 and a.evidence_until > now()`;
/** Whether what an attempt's browser left is still kept. Reads only. */
export function evidenceOf(db: Db, args: EvidenceOfArgs): Promise<EvidenceOfRow | null> {
  return opt(db, "placement.evidenceOf", evidenceOfText, [args.attemptId], (row): EvidenceOfRow => ({
    attemptId: row[0],
  }));
}

export type EvidenceExpiredArgs = {
  readonly countMax: number;
};
export type EvidenceExpiredRow = {
  readonly attemptId: string;
};
const evidenceExpiredText = `select a.attempt_id from placement.attempt a where a.evidence_until <= now() order by a.evidence_until limit $1::int`;
/** Attempts whose folders are to be deleted. Reads only. */
export function evidenceExpired(db: Db, args: EvidenceExpiredArgs): Promise<EvidenceExpiredRow[]> {
  return many(db, "placement.evidenceExpired", evidenceExpiredText, [args.countMax], (row): EvidenceExpiredRow => ({
    attemptId: row[0],
  }));
}

export type EvidenceGoneArgs = {
  readonly attemptIds: readonly string[];
};
const evidenceGoneText = `update placement.attempt a set evidence_until = null where a.attempt_id = any ($1::text[]) and a.evidence_until <= now()`;
/** Their folders are deleted. Locks the attempts. */
export function evidenceGone(db: Db, args: EvidenceGoneArgs): Promise<number> {
  return exec(db, "placement.evidenceGone", evidenceGoneText, [args.attemptIds]);
}

export type PlacementsGaugeRow = {
  readonly status: "waiting" | "running" | "unknown" | "manual" | "placed" | "failed" | "cancelled";
  readonly count: bigint;
  readonly oldestSeconds: number;
};
const placementsGaugeText = `select p.status, count(*) as "count!", coalesce(extract(epoch from now() - min(p.updated_at))::int, 0) as "oldest_seconds!"
from placement.placement p where p.status in ('waiting', 'running', 'unknown', 'manual')
group by p.status`;
/** How many orders are in which state, and since when the oldest waits: for the metrics. Reads only. */
export function placementsGauge(db: Db): Promise<PlacementsGaugeRow[]> {
  return many(db, "placement.placementsGauge", placementsGaugeText, [], (row): PlacementsGaugeRow => ({
    status: row[0],
    count: row[1],
    oldestSeconds: row[2],
  }));
}
