-- name: seriesSales :many
-- Checkouts by the bucket in which they began, and what came of them; as metricsSales counts them. What is counted by bucket
-- is counted once, not for each bucket. Reads only.
with begun as (
  select date_bin(make_interval(secs => :bucket_seconds), s.created_at, :from_at) as at, s.session_id, s.status, s.currency, s.created_at, s.paid_at,
    s.paid_at is not null and s.late_payment is distinct from 'refunded' as is_paid,
    s.status = 'cancelled' and exists (
      select from checkout.session later
      where later.account_id = s.account_id and later.created_at > s.created_at and later.created_at < s.expires_at) as is_replaced
  from checkout.session s
  where s.created_at >= :from_at and s.created_at < :to_at
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
order by b.at;

-- name: seriesPayments :many
-- What was tried with cards, by bucket; as metricsSales counts it. Reads only.
select date_bin(make_interval(secs => :bucket_seconds), a.created_at, :from_at) as "at!", count(*) as "attempts!",
  count(*) filter (where a.status = 'failed') as "failed!"
from payment.attempt a
where a.created_at >= :from_at and a.created_at < :to_at and a.status in ('succeeded', 'failed')
  and a.failure_code is distinct from 'replaced' and a.failure_code is distinct from 'canceled'
group by 1 order by 1;

-- name: seriesAttempts :many
-- What came of the tries to place orders that began in each bucket, by store and method. Reads only.
select o.store_id, min(o.store_name) as "store_name!", a.method, date_bin(make_interval(secs => :bucket_seconds), a.started_at, :from_at) as "at!",
  count(*) as "attempts!", count(*) filter (where a.status = 'placed') as "placed!", count(*) filter (where a.status = 'refused') as "refused!",
  count(*) filter (where a.status = 'unavailable') as "unavailable!", count(*) filter (where a.status in ('started', 'unknown')) as "open!"
from placement.attempt a join orders.store_order o using (order_number)
where a.started_at >= :from_at and a.started_at < :to_at
group by o.store_id, a.method, 4
order by min(o.store_name), o.store_id, a.method, 4;

-- name: seriesPlaced :many
-- How long orders took from their payment to their store's number, by the bucket in which they were placed: by store and
-- method, and over all (without a store). An order that took more than a week is not looked for. Reads only.
select o.store_id, o.placement_method as method, date_bin(make_interval(secs => :bucket_seconds), o.placed_at, :from_at) as "at!",
  percentile_cont(0.5) within group (order by extract(epoch from o.placed_at - s.paid_at)) as median_seconds,
  percentile_cont(0.95) within group (order by extract(epoch from o.placed_at - s.paid_at)) as p95_seconds
from orders.store_order o join checkout.session s using (session_id)
where o.created_at >= :from_at::timestamptz - interval '7 days' and o.placed_at >= :from_at and o.placed_at < :to_at and s.paid_at is not null
  and o.placement_method is distinct from 'digital'
group by grouping sets ((o.store_id, o.placement_method, 3), (3))
order by 3;

-- name: seriesQueue :many
-- People's work by bucket: tasks that came and went, and what stood open at its end. Reads only.
with bucket as (
  select b.at, least(b.at + make_interval(secs => :bucket_seconds), :to_at::timestamptz) as ends
  from generate_series(:from_at::timestamptz, :to_at::timestamptz - interval '1 microsecond', make_interval(secs => :bucket_seconds)) as b (at)
), task as (
  select t.opened_at, t.closed_at from placement.manual_task t where t.closed_at is null or t.closed_at >= :from_at
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
order by b.at;

-- name: seriesSpan :one
-- From the beginning of the first bucket to now, by the database's clock; the last bucket is not over. Reads only.
select date_bin(make_interval(secs => :bucket_seconds), now(), timestamptz '2001-01-01 00:00+00') - (:bucket_count::int - 1) * make_interval(secs => :bucket_seconds) as "from_at!",
  now() as "to_at!";
