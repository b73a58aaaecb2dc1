// Generated from series.sql by tools/sqlgen.ts. Do not edit.
import { many, one, type Db } from "#platform/db/query.ts";

export type SeriesSalesArgs = {
  readonly bucketSeconds: number;
  readonly fromAt: Date;
  readonly toAt: Date;
};
export type SeriesSalesRow = {
  readonly at: Date;
  readonly started: bigint;
  readonly paid: bigint;
  readonly lost: bigint;
  readonly medianSeconds: number | null;
  readonly multiStore: bigint;
  readonly values: unknown;
};
const seriesSalesText = `with begun as (
  select date_bin(make_interval(secs => $1), s.created_at, $2) as at, s.session_id, s.status, s.currency, s.created_at, s.paid_at,
    s.paid_at is not null and s.late_payment is distinct from 'refunded' as is_paid,
    s.status = 'cancelled' and exists (
      select from checkout.session later
      where later.account_id = s.account_id and later.created_at > s.created_at and later.created_at < s.expires_at) as is_replaced
  from checkout.session s
  where s.created_at >= $2 and s.created_at < $3
), bought as (
  select b.at, b.currency, b.session_id, count(*) as orders, min(o.store_id) <> max(o.store_id) as is_multi, sum(o.total_minor) as sold_minor
  from begun b join orders.store_order o using (session_id)
  where b.is_paid
  group by b.at, b.currency, b.session_id
), multi as materialized (
  select b.at, count(*) as checkouts from bought b where b.is_multi group by b.at
), by_currency as materialized (
  select b.at, b.currency, sum(b.orders) as orders, sum(b.sold_minor) as sold_minor from bought b group by b.at, b.currency
)
select b.at as "at!", count(*) as "started!", count(*) filter (where b.is_paid) as "paid!",
  count(*) filter (where not b.is_paid and not b.is_replaced and b.status in ('expired', 'cancelled', 'failed')) as "lost!",
  percentile_cont(0.5) within group (order by extract(epoch from b.paid_at - b.created_at)) filter (where b.is_paid) as median_seconds,
  coalesce((select m.checkouts from multi m where m.at = b.at), 0) as "multi_store!",
  coalesce((select jsonb_agg(jsonb_build_object('currency', c.currency, 'orders', c.orders, 'soldCents', c.sold_minor,
      'averageOrderCents', round(c.sold_minor / c.orders)) order by c.currency) from by_currency c where c.at = b.at), '[]') as "values!"
from begun b
group by b.at
order by b.at`;
/**
 * Checkouts by the bucket in which they began, and what came of them; as metricsSales counts them. What is counted by bucket
 * is counted once, not for each bucket. Reads only.
 */
export function seriesSales(db: Db, args: SeriesSalesArgs): Promise<SeriesSalesRow[]> {
  return many(db, "ops.seriesSales", seriesSalesText, [args.bucketSeconds, args.fromAt, args.toAt], (row): SeriesSalesRow => ({
    at: row[0],
    started: row[1],
    paid: row[2],
    lost: row[3],
    medianSeconds: row[4],
    multiStore: row[5],
    values: row[6],
  }));
}

export type SeriesPaymentsArgs = {
  readonly bucketSeconds: number;
  readonly fromAt: Date;
  readonly toAt: Date;
};
export type SeriesPaymentsRow = {
  readonly at: Date;
  readonly attempts: bigint;
  readonly failed: bigint;
};
const seriesPaymentsText = `select date_bin(make_interval(secs => $1), a.created_at, $2) as "at!", count(*) as "attempts!",
  count(*) filter (where a.status = 'failed') as "failed!"
from payment.attempt a
where a.created_at >= $2 and a.created_at < $3 and a.status in ('succeeded', 'failed')
  and a.failure_code is distinct from 'replaced' and a.failure_code is distinct from 'canceled'
group by 1 order by 1`;
/** What was tried with cards, by bucket; as metricsSales counts it. Reads only. */
export function seriesPayments(db: Db, args: SeriesPaymentsArgs): Promise<SeriesPaymentsRow[]> {
  return many(db, "ops.seriesPayments", seriesPaymentsText, [args.bucketSeconds, args.fromAt, args.toAt], (row): SeriesPaymentsRow => ({
    at: row[0],
    attempts: row[1],
    failed: row[2],
  }));
}

export type SeriesAttemptsArgs = {
  readonly bucketSeconds: number;
  readonly fromAt: Date;
  readonly toAt: Date;
};
export type SeriesAttemptsRow = {
  readonly storeId: string;
  readonly storeName: string;
  readonly method: "api" | "headless" | "manual" | "digital";
  readonly at: Date;
  readonly attempts: bigint;
  readonly placed: bigint;
  readonly refused: bigint;
  readonly unavailable: bigint;
  readonly open: bigint;
};
const seriesAttemptsText = `select o.store_id, min(o.store_name) as "store_name!", a.method, date_bin(make_interval(secs => $1), a.started_at, $2) as "at!",
  count(*) as "attempts!", count(*) filter (where a.status = 'placed') as "placed!", count(*) filter (where a.status = 'refused') as "refused!",
  count(*) filter (where a.status = 'unavailable') as "unavailable!", count(*) filter (where a.status in ('started', 'unknown')) as "open!"
from placement.attempt a join orders.store_order o using (order_number)
where a.started_at >= $2 and a.started_at < $3
group by o.store_id, a.method, 4
order by min(o.store_name), o.store_id, a.method, 4`;
/** What came of the tries to place orders that began in each bucket, by store and method. Reads only. */
export function seriesAttempts(db: Db, args: SeriesAttemptsArgs): Promise<SeriesAttemptsRow[]> {
  return many(db, "ops.seriesAttempts", seriesAttemptsText, [args.bucketSeconds, args.fromAt, args.toAt], (row): SeriesAttemptsRow => ({
    storeId: row[0],
    storeName: row[1],
    method: row[2],
    at: row[3],
    attempts: row[4],
    placed: row[5],
    refused: row[6],
    unavailable: row[7],
    open: row[8],
  }));
}

export type SeriesPlacedArgs = {
  readonly bucketSeconds: number;
  readonly fromAt: Date;
  readonly toAt: Date;
};
export type SeriesPlacedRow = {
  readonly storeId: string | null;
  readonly method: "api" | "headless" | "manual" | "digital" | null;
  readonly at: Date;
  readonly medianSeconds: number | null;
  readonly p95Seconds: number | null;
};
const seriesPlacedText = `select o.store_id, o.placement_method as method, date_bin(make_interval(secs => $1), o.placed_at, $2) as "at!",
  percentile_cont(0.5) within group (order by extract(epoch from o.placed_at - s.paid_at)) as median_seconds,
  percentile_cont(0.95) within group (order by extract(epoch from o.placed_at - s.paid_at)) as p95_seconds
from orders.store_order o join checkout.session s using (session_id)
where o.created_at >= $2::timestamptz - interval '7 days' and o.placed_at >= $2 and o.placed_at < $3 and s.paid_at is not null
  and o.placement_method is distinct from 'digital'
group by grouping sets ((o.store_id, o.placement_method, 3), (3))
order by 3`;
/**
 * How long orders took from their payment to their store's number, by the bucket in which they were placed: by store and
 * method, and over all (without a store). An order that took more than a week is not looked for. Reads only.
 */
export function seriesPlaced(db: Db, args: SeriesPlacedArgs): Promise<SeriesPlacedRow[]> {
  return many(db, "ops.seriesPlaced", seriesPlacedText, [args.bucketSeconds, args.fromAt, args.toAt], (row): SeriesPlacedRow => ({
    storeId: row[0],
    method: row[1],
    at: row[2],
    medianSeconds: row[3],
    p95Seconds: row[4],
  }));
}

export type SeriesQueueArgs = {
  readonly bucketSeconds: number;
  readonly toAt: Date;
  readonly fromAt: Date;
};
export type SeriesQueueRow = {
  readonly at: Date;
  readonly opened: bigint;
  readonly closed: bigint;
  readonly medianSeconds: number | null;
  readonly depth: bigint;
  readonly oldestAgeSeconds: number;
};
const seriesQueueText = `with bucket as (
  select b.at, least(b.at + make_interval(secs => $1), $2::timestamptz) as ends
  from generate_series($3::timestamptz, $2::timestamptz - interval '1 microsecond', make_interval(secs => $1)) as b (at)
), task as (
  select t.opened_at, t.closed_at from placement.manual_task t where t.closed_at is null or t.closed_at >= $3
)
select b.at as "at!", (select count(*) from task t where t.opened_at >= b.at and t.opened_at < b.ends) as "opened!",
  c.closed as "closed!", c.median_seconds, l.depth as "depth!", l.oldest_s as "oldest_age_seconds!"
from bucket b
cross join lateral (
  select count(*) as closed, percentile_cont(0.5) within group (order by extract(epoch from t.closed_at - t.opened_at)) as median_seconds
  from task t where t.closed_at >= b.at and t.closed_at < b.ends
) c
cross join lateral (
  select count(*) as depth, coalesce(extract(epoch from b.ends - min(t.opened_at)), 0)::int as oldest_s
  from task t where t.opened_at < b.ends and (t.closed_at is null or t.closed_at >= b.ends)
) l
order by b.at`;
/** People's work by bucket: tasks that came and went, and what stood open at its end. Reads only. */
export function seriesQueue(db: Db, args: SeriesQueueArgs): Promise<SeriesQueueRow[]> {
  return many(db, "ops.seriesQueue", seriesQueueText, [args.bucketSeconds, args.toAt, args.fromAt], (row): SeriesQueueRow => ({
    at: row[0],
    opened: row[1],
    closed: row[2],
    medianSeconds: row[3],
    depth: row[4],
    oldestAgeSeconds: row[5],
  }));
}

export type SeriesSpanArgs = {
  readonly bucketSeconds: number;
  readonly bucketCount: number;
};
export type SeriesSpanRow = {
  readonly fromAt: Date;
  readonly toAt: Date;
};
const seriesSpanText = `select date_bin(make_interval(secs => $1), now(), timestamptz '2001-01-01 00:00+00') - ($2::int - 1) * make_interval(secs => $1) as "from_at!",
  now() as "to_at!"`;
/** From the beginning of the first bucket to now, by the database's clock; the last bucket is not over. Reads only. */
export function seriesSpan(db: Db, args: SeriesSpanArgs): Promise<SeriesSpanRow> {
  return one(db, "ops.seriesSpan", seriesSpanText, [args.bucketSeconds, args.bucketCount], (row): SeriesSpanRow => ({
    fromAt: row[0],
    toAt: row[1],
  }));
}
