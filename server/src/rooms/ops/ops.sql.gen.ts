// Generated from ops.sql by tools/sqlgen.ts. Do not edit.
import { exec, many, one, opt, type Db } from "#platform/db/query.ts";

export type AuditAddArgs = {
  readonly accountId: string;
  readonly role: string;
  readonly action: string;
  readonly subject: string;
  readonly detail: unknown;
};
const auditAddText = `insert into ops.audit (account_id, role, action, subject, detail) values ($1, $2, $3, $4, $5)`;
/** One line of who of the house did what, in the transaction of what it tells of. Locks nothing. */
export function auditAdd(db: Db, args: AuditAddArgs): Promise<number> {
  return exec(db, "ops.auditAdd", auditAddText, [args.accountId, args.role, args.action, args.subject, JSON.stringify(args.detail)]);
}

export type AuditListArgs = {
  readonly subject: string | null;
  readonly accountId: string | null;
  readonly action: string | null;
  readonly beforeId: bigint | null;
  readonly limit: number;
};
export type AuditListRow = {
  readonly auditId: bigint;
  readonly at: Date;
  readonly accountId: string;
  readonly role: string;
  readonly action: string;
  readonly subject: string;
  readonly detail: unknown;
};
const auditListText = `select a.audit_id, a.at, a.account_id, a.role, a.action, a.subject, a.detail
from ops.audit a
where ($1::text is null or a.subject = $1) and ($2::text is null or a.account_id = $2)
  and ($3::text is null or a.action = $3 or starts_with(a.action, $3 || '.'))
  and ($4::bigint is null or a.audit_id < $4)
order by a.audit_id desc limit $5::int`;
/** The trail, newest first, from below a place in it: all of it, or what was done to one thing. Reads only. */
export function auditList(db: Db, args: AuditListArgs): Promise<AuditListRow[]> {
  return many(db, "ops.auditList", auditListText, [args.subject, args.accountId, args.action, args.beforeId, args.limit], (row): AuditListRow => ({
    auditId: row[0],
    at: row[1],
    accountId: row[2],
    role: row[3],
    action: row[4],
    subject: row[5],
    detail: row[6],
  }));
}

export type MetricsSpanArgs = {
  readonly fromAt: Date | null;
  readonly toAt: Date | null;
};
export type MetricsSpanRow = {
  readonly fromAt: Date;
  readonly toAt: Date;
};
const metricsSpanText = `select coalesce($1::timestamptz, coalesce($2::timestamptz, now()) - interval '30 days') as "from_at!",
  coalesce($2::timestamptz, now()) as "to_at!"`;
/** The time that is asked for, by the database's clock: the thirty days up to now where nothing is said. Reads only. */
export function metricsSpan(db: Db, args: MetricsSpanArgs): Promise<MetricsSpanRow> {
  return one(db, "ops.metricsSpan", metricsSpanText, [args.fromAt, args.toAt], (row): MetricsSpanRow => ({
    fromAt: row[0],
    toAt: row[1],
  }));
}

export type MetricsSalesArgs = {
  readonly fromAt: Date;
  readonly toAt: Date;
};
export type MetricsSalesRow = {
  readonly started: bigint;
  readonly paid: bigint;
  readonly lost: bigint;
  readonly medianSeconds: number | null;
  readonly multiStore: bigint;
  readonly attempts: bigint;
  readonly failed: bigint;
  readonly failures: unknown;
  readonly values: unknown;
};
const metricsSalesText = `with begun as (
  select s.session_id, s.status, s.currency, s.total_minor, s.created_at, s.paid_at,
    s.paid_at is not null and s.late_payment is distinct from 'refunded' as is_paid,
    s.status = 'cancelled' and exists (
      select from checkout.session later
      where later.account_id = s.account_id and later.created_at > s.created_at and later.created_at < s.expires_at) as is_replaced
  from checkout.session s
  where s.created_at >= $1 and s.created_at < $2
), bought as (
  select b.session_id, b.currency, b.total_minor, count(*) as orders, count(distinct o.store_id) as stores,
    sum(o.refunded_minor) as refunded_minor, sum(o.total_minor) as orders_minor
  from begun b join orders.store_order o using (session_id)
  where b.is_paid
  group by b.session_id, b.currency, b.total_minor
), tried as (
  select a.status, a.failure_code from payment.attempt a
  where a.created_at >= $1 and a.created_at < $2 and a.status in ('succeeded', 'failed')
    and a.failure_code is distinct from 'replaced' and a.failure_code is distinct from 'canceled'
)
select (select count(*) from begun) as "started!", (select count(*) from begun b where b.is_paid) as "paid!",
  (select count(*) from begun b where not b.is_paid and not b.is_replaced and b.status in ('expired', 'cancelled', 'failed')) as "lost!",
  (select percentile_cont(0.5) within group (order by extract(epoch from b.paid_at - b.created_at)) from begun b where b.is_paid) as median_seconds,
  (select count(*) from bought b where b.stores > 1) as "multi_store!",
  (select count(*) from tried) as "attempts!", (select count(*) from tried t where t.status = 'failed') as "failed!",
  coalesce((select jsonb_agg(jsonb_build_object('code', f.code, 'count', f.count) order by f.count desc, f.code) from (
    select coalesce(t.failure_code, 'unknown') as code, count(*) as count from tried t where t.status = 'failed' group by 1) f), '[]') as "failures!",
  coalesce((select jsonb_agg(jsonb_build_object('currency', v.currency, 'checkouts', v.checkouts, 'orders', v.orders, 'soldMinor', v.sold_minor,
      'checkoutMinor', round(v.sold_minor / v.checkouts), 'orderMinor', round(v.sold_minor / v.orders), 'refundedMinor', v.refunded_minor) order by v.currency)
    from (select b.currency, count(*) as checkouts, sum(b.orders) as orders, sum(b.orders_minor) as sold_minor, sum(b.refunded_minor) as refunded_minor
      from bought b group by b.currency) v), '[]') as "values!"`;
/** Checkouts that began in a span of time, what came of them, and what was tried with cards in it. Reads only. */
export function metricsSales(db: Db, args: MetricsSalesArgs): Promise<MetricsSalesRow> {
  return one(db, "ops.metricsSales", metricsSalesText, [args.fromAt, args.toAt], (row): MetricsSalesRow => ({
    started: row[0],
    paid: row[1],
    lost: row[2],
    medianSeconds: row[3],
    multiStore: row[4],
    attempts: row[5],
    failed: row[6],
    failures: row[7],
    values: row[8],
  }));
}

export type MetricsPlacementsArgs = {
  readonly fromAt: Date;
  readonly toAt: Date;
};
export type MetricsPlacementsRow = {
  readonly storeId: string;
  readonly storeName: string;
  readonly method: "api" | "headless" | "manual" | "digital";
  readonly attempts: bigint;
  readonly placed: bigint;
  readonly refused: bigint;
  readonly unavailable: bigint;
  readonly open: bigint;
  readonly medianMs: number | null;
  readonly p95Ms: number | null;
  readonly reasons: unknown;
};
const metricsPlacementsText = `with tried as (
  select o.store_id, o.store_name, a.method, a.status, a.reason, extract(epoch from a.ended_at - a.started_at) * 1000 as ms
  from placement.attempt a join orders.store_order o using (order_number)
  where a.started_at >= $1 and a.started_at < $2
), reasons as (
  select r.store_id, r.method, jsonb_agg(jsonb_build_object('reason', r.reason, 'count', r.count) order by r.count desc, r.reason) as reasons
  from (select t.store_id, t.method, coalesce(t.reason, 'unknown') as reason, count(*) as count from tried t where t.status <> 'placed' group by 1, 2, 3) r
  group by r.store_id, r.method
)
select t.store_id as "store_id!", min(t.store_name) as "store_name!", t.method as "method!", count(*) as "attempts!",
  count(*) filter (where t.status = 'placed') as "placed!", count(*) filter (where t.status = 'refused') as "refused!",
  count(*) filter (where t.status = 'unavailable') as "unavailable!", count(*) filter (where t.status in ('started', 'unknown')) as "open!",
  percentile_cont(0.5) within group (order by t.ms) filter (where t.status = 'placed' and t.method <> 'manual') as median_ms,
  percentile_cont(0.95) within group (order by t.ms) filter (where t.status = 'placed' and t.method <> 'manual') as p95_ms,
  coalesce((select r.reasons from reasons r where r.store_id = t.store_id and r.method = t.method), '[]') as "reasons!"
from tried t
group by t.store_id, t.method
order by min(t.store_name), t.store_id, t.method`;
/** What came of the attempts to place orders that began in a span of time, by store and method. Reads only. */
export function metricsPlacements(db: Db, args: MetricsPlacementsArgs): Promise<MetricsPlacementsRow[]> {
  return many(db, "ops.metricsPlacements", metricsPlacementsText, [args.fromAt, args.toAt], (row): MetricsPlacementsRow => ({
    storeId: row[0],
    storeName: row[1],
    method: row[2],
    attempts: row[3],
    placed: row[4],
    refused: row[5],
    unavailable: row[6],
    open: row[7],
    medianMs: row[8],
    p95Ms: row[9],
    reasons: row[10],
  }));
}

export type MetricsNowRow = {
  readonly depth: bigint;
  readonly overdue: bigint;
  readonly oldestAgeSeconds: number;
  readonly medianAgeSeconds: number;
  readonly refundRequests: bigint;
  readonly eventsOverdue: bigint;
};
const metricsNowText = `with live as (
  select extract(epoch from now() - t.opened_at) as age_s, t.deadline_at <= now() as is_overdue
  from placement.manual_task t where t.status in ('open', 'claimed')
)
select (select count(*) from live) as "depth!", (select count(*) from live l where l.is_overdue) as "overdue!",
  coalesce((select max(l.age_s)::int from live l), 0) as "oldest_age_seconds!",
  coalesce((select (percentile_cont(0.5) within group (order by l.age_s))::int from live l), 0) as "median_age_seconds!",
  (select count(*) from orders.refund_request q where q.status = 'open') as "refund_requests!",
  (select count(*) from webhook.inbox i
    where i.processed_at is null and (i.work_at < now() - interval '1 minute' or i.tries >= 8)) as "events_overdue!"`;
/**
 * What waits at this moment: for people, and for machines that are late, or that have worked an event eight times in vain.
 * Reads only.
 */
export function metricsNow(db: Db): Promise<MetricsNowRow> {
  return one(db, "ops.metricsNow", metricsNowText, [], (row): MetricsNowRow => ({
    depth: row[0],
    overdue: row[1],
    oldestAgeSeconds: row[2],
    medianAgeSeconds: row[3],
    refundRequests: row[4],
    eventsOverdue: row[5],
  }));
}

export type OrderListArgs = {
  readonly status: string | null;
  readonly storeId: string | null;
  readonly paymentStatus: string | null;
  readonly query: string | null;
  readonly email: string | null;
  readonly fromAt: Date | null;
  readonly toAt: Date | null;
  readonly limit: number;
  readonly offset: number;
};
export type OrderListRow = {
  readonly orderNumber: string;
  readonly sessionId: string;
  readonly accountId: string;
  readonly storeId: string;
  readonly storeName: string;
  readonly storeOrderNumber: string | null;
  readonly trackingNumber: string | null;
  readonly status: "pending" | "placed" | "confirmed" | "shipped" | "delivered" | "failed" | "cancelled";
  readonly paymentStatus: "unpaid" | "paid" | "partially_refunded" | "refunded";
  readonly placementMethod: "api" | "headless" | "manual" | "digital" | null;
  readonly placement: "waiting" | "running" | "unknown" | "manual" | "placed" | "failed" | "cancelled" | null;
  readonly reason: string | null;
  readonly totalMinor: bigint;
  readonly refundedMinor: bigint;
  readonly currency: string;
  readonly createdAt: Date;
  readonly placedAt: Date | null;
  readonly total: bigint;
};
const orderListText = `with found as (
  select o.order_number, o.created_at
  from orders.store_order o
  where ($1::text is null or o.status = ($1::text)::orders.order_status)
    and ($2::text is null or o.store_id = $2)
    and (case when $3::text is not null then o.payment_status = ($3::text)::orders.payment_status
      else o.payment_status <> 'unpaid' or $4::text is not null or $5::text is not null end)
    and ($6::timestamptz is null or o.created_at >= $6) and ($7::timestamptz is null or o.created_at < $7)
    and ($5::text is null or o.order_number in (
      select x.order_number from account."user" u join orders.store_order x on x.account_id = u.id where u.email = lower($5)
      union all
      select x.order_number from checkout.session s join orders.store_order x using (session_id) where lower(s.contact_email) = lower($5)))
    and ($4::text is null or o.order_number in (
      select upper($4)
      union all
      select x.order_number from orders.store_order x where x.session_id = $4
      union all
      select x.order_number from store.store s join orders.store_order x using (store_id) where x.store_order_number = $4
      union all
      select x.order_number from shipment.shipment x where x.tracking_number = $4))
  order by o.created_at desc, o.order_number
  limit 10000
)
select o.order_number as "order_number!", o.session_id as "session_id!", o.account_id as "account_id!", o.store_id as "store_id!",
  o.store_name as "store_name!", o.store_order_number, o.tracking_number, o.status as "status!", o.payment_status as "payment_status!",
  o.placement_method, (select p.status from placement.placement p where p.order_number = o.order_number) as placement, o.reason,
  o.total_minor as "total_minor!", o.refunded_minor as "refunded_minor!", o.currency as "currency!", o.created_at as "created_at!", o.placed_at,
  (select count(*) from found) as "total!"
from orders.store_order o
where o.order_number in (select f.order_number from found f order by f.created_at desc, f.order_number limit $8::int offset $9::int)
order by o.created_at desc, o.order_number`;
/**
 * Orders for operators, newest first, and how many there are, counted up to ten thousand. What was never paid is shown when
 * it is asked for or named. What names an order is looked up by an index each, never by reading all orders. Reads only.
 */
export function orderList(db: Db, args: OrderListArgs): Promise<OrderListRow[]> {
  return many(db, "ops.orderList", orderListText, [args.status, args.storeId, args.paymentStatus, args.query, args.email, args.fromAt, args.toAt, args.limit, args.offset], (row): OrderListRow => ({
    orderNumber: row[0],
    sessionId: row[1],
    accountId: row[2],
    storeId: row[3],
    storeName: row[4],
    storeOrderNumber: row[5],
    trackingNumber: row[6],
    status: row[7],
    paymentStatus: row[8],
    placementMethod: row[9],
    placement: row[10],
    reason: row[11],
    totalMinor: row[12],
    refundedMinor: row[13],
    currency: row[14],
    createdAt: row[15],
    placedAt: row[16],
    total: row[17],
  }));
}

export type OrderBehindArgs = {
  readonly orderNumber: string;
};
export type OrderBehindRow = {
  readonly accountId: string | null;
  readonly session: unknown;
  readonly payment: unknown;
  readonly placement: unknown;
  readonly refunds: unknown;
  readonly manualTasks: unknown;
};
const orderBehindText = `select o.account_id,
  jsonb_build_object('checkoutSessionId', s.session_id, 'status', s.status, 'onStoreFailure', s.on_store_failure, 'latePayment', s.late_payment,
    'contactEmail', s.contact_email, 'totalCents', s.total_minor, 'createdAt', s.created_at, 'paidAt', s.paid_at, 'finishedAt', s.finished_at,
    'siblings', coalesce((select jsonb_agg(jsonb_build_object('museOrderNumber', x.order_number, 'storeName', x.store_name, 'status', x.status)
        order by x.order_number)
      from orders.store_order x where x.session_id = o.session_id and x.order_number <> o.order_number), '[]')) as "session!",
  case when p.payment_id is not null then jsonb_build_object('paymentId', p.payment_id, 'provider', p.provider, 'providerRef', p.provider_ref, 'status', p.status,
    'amountCents', p.amount_minor, 'refundedCents', p.refunded_minor, 'currency', p.currency, 'succeededAt', p.succeeded_at,
    'attempts', coalesce((select jsonb_agg(jsonb_build_object('number', a.number, 'status', a.status, 'failureCode', a.failure_code,
        'declineCode', a.decline_code, 'createdAt', a.created_at, 'endedAt', a.ended_at) order by a.number)
      from payment.attempt a where a.payment_id = p.payment_id), '[]')) end as payment,
  (select jsonb_build_object('status', pl.status, 'method', pl.method, 'tierPosition', pl.tier_position, 'tries', pl.tries, 'reason', pl.reason,
      'nextAttemptAt', pl.next_attempt_at, 'attempts', coalesce((select jsonb_agg(jsonb_build_object('attemptId', a.attempt_id, 'fence', a.fence,
          'method', a.method, 'connector', a.connector, 'status', a.status, 'workerId', a.worker_id, 'reason', a.reason, 'detail', a.detail,
          'lookUps', a.lookups, 'storeOrderNumber', a.store_order_number, 'storeTotalCents', a.store_total_minor, 'startedAt', a.started_at,
          'endedAt', a.ended_at) order by a.fence)
        from placement.attempt a where a.order_number = pl.order_number), '[]'))
    from placement.placement pl where pl.order_number = o.order_number) as placement,
  coalesce((select jsonb_agg(jsonb_build_object('refundId', r.refund_id, 'amountCents', r.amount_minor, 'reason', r.reason, 'status', r.status,
      'source', r.source, 'providerRef', r.provider_ref, 'requestedBy', r.requested_by, 'failureCode', r.failure_code, 'tries', r.tries, 'createdAt', r.created_at,
      'succeededAt', r.succeeded_at) order by r.created_at, r.refund_id)
    from payment.refund r where r.order_number = o.order_number), '[]') as "refunds!",
  coalesce((select jsonb_agg(jsonb_build_object('task', t.kind, 'status', t.status, 'why', t.why, 'detail', t.detail,
      'isOutcomeUnknown', t.outcome_unknown, 'openedAt', t.opened_at, 'deadlineAt', t.deadline_at, 'claimedBy', t.claimed_by,
      'claimedUntil', t.claimed_until, 'closedAt', t.closed_at, 'closedBy', t.closed_by, 'note', t.note) order by t.opened_at)
    from placement.manual_task t where t.order_number = o.order_number), '[]') as "manual_tasks!"
from orders.store_order o
join checkout.session s using (session_id)
left join payment.payment p using (session_id)
where o.order_number = $1`;
/**
 * What stands behind an order: its session, payment, placement, refunds and tasks, as JSON whose times end in At or Until. An
 * order whose payer has not come back from Toss's window has no payment. Reads only.
 */
export function orderBehind(db: Db, args: OrderBehindArgs): Promise<OrderBehindRow | null> {
  return opt(db, "ops.orderBehind", orderBehindText, [args.orderNumber], (row): OrderBehindRow => ({
    accountId: row[0],
    session: row[1],
    payment: row[2],
    placement: row[3],
    refunds: row[4],
    manualTasks: row[5],
  }));
}

export type ShippingListArgs = {
  readonly storeIds: readonly string[];
};
export type ShippingListRow = {
  readonly storeId: string;
  readonly optionId: string;
  readonly name: string;
  readonly kind: "flat" | "per_item";
  readonly amountMinor: bigint;
  readonly perItemMinor: bigint;
  readonly freeAboveMinor: bigint | null;
  readonly daysMin: number;
  readonly daysMax: number;
};
const shippingListText = `select x.store_id, x.option_id, x.name, x.kind, x.amount_minor, x.per_item_minor, x.free_above_minor, x.days_min, x.days_max
from quote.shipping_option x
where x.store_id = any($1::text[])
order by x.store_id, x.position, x.option_id`;
/** How these stores deliver, in the order in which it is shown. Reads only. */
export function shippingList(db: Db, args: ShippingListArgs): Promise<ShippingListRow[]> {
  return many(db, "ops.shippingList", shippingListText, [args.storeIds], (row): ShippingListRow => ({
    storeId: row[0],
    optionId: row[1],
    name: row[2],
    kind: row[3],
    amountMinor: row[4],
    perItemMinor: row[5],
    freeAboveMinor: row[6],
    daysMin: row[7],
    daysMax: row[8],
  }));
}

export type RefundRequestTakeArgs = {
  readonly requestId: string;
};
export type RefundRequestTakeRow = {
  readonly requestId: string;
  readonly orderNumber: string;
  readonly lines: unknown;
  readonly status: "open" | "approved" | "declined";
  readonly reason: string;
};
const refundRequestTakeText = `select q.request_id, q.order_number, q.lines, q.status, q.reason from orders.refund_request q where q.request_id = $1
for update`;
/**
 * One request, to be answered: its row is held, so that two operators do not answer it differently. Locks the request,
 * before the order that an approval locks.
 */
export function refundRequestTake(db: Db, args: RefundRequestTakeArgs): Promise<RefundRequestTakeRow | null> {
  return opt(db, "ops.refundRequestTake", refundRequestTakeText, [args.requestId], (row): RefundRequestTakeRow => ({
    requestId: row[0],
    orderNumber: row[1],
    lines: row[2],
    status: row[3],
    reason: row[4],
  }));
}

export type EventRingArgs = {
  readonly source: string;
  readonly eventId: string;
};
export type EventRingRow = {
  readonly jobId: bigint;
};
const eventRingText = `select (graphile_worker.add_job('webhook.process', json_build_object('source', $1::text, 'eventId', $2::text),
  job_key => 'webhook.process:' || $1 || ':' || $2)).id as "job_id!"`;
/** Has a worker work an event that was opened again, at once. Adds a job; locks nothing. */
export function eventRing(db: Db, args: EventRingArgs): Promise<EventRingRow> {
  return one(db, "ops.eventRing", eventRingText, [args.source, args.eventId], (row): EventRingRow => ({
    jobId: row[0],
  }));
}
