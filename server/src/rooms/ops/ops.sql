-- name: auditAdd :exec
-- One line of who of the house did what, in the transaction of what it tells of. Locks nothing.
insert into ops.audit (account_id, role, action, subject, detail) values (:account_id, :role, :action, :subject, :detail);

-- name: auditList :many
-- The trail, newest first, from below a place in it: all of it, or what was done to one thing. Reads only.
select a.audit_id, a.at, a.account_id, a.role, a.action, a.subject, a.detail
from ops.audit a
where (:subject?::text is null or a.subject = :subject?) and (:account_id?::text is null or a.account_id = :account_id?)
  and (:action?::text is null or a.action = :action? or starts_with(a.action, :action? || '.'))
  and (:before_id?::bigint is null or a.audit_id < :before_id?)
order by a.audit_id desc limit :limit::int;

-- name: metricsSpan :one
-- The time that is asked for, by the database's clock: the thirty days up to now where nothing is said. Reads only.
select coalesce(:from_at?::timestamptz, coalesce(:to_at?::timestamptz, now()) - interval '30 days') as "from_at!",
  coalesce(:to_at?::timestamptz, now()) as "to_at!";

-- name: metricsSales :one
-- Checkouts that began in a span of time, what came of them, and what was tried with cards in it. Reads only.
with begun as (
  select s.session_id, s.status, s.currency, s.total_minor, s.created_at, s.paid_at,
    s.paid_at is not null and s.late_payment is distinct from 'refunded' as is_paid,
    -- The shopper changed the cart and went on with another session.
    s.status = 'cancelled' and exists (
      select from checkout.session later
      where later.account_id = s.account_id and later.created_at > s.created_at and later.created_at < s.expires_at) as is_replaced
  from checkout.session s
  where s.created_at >= :from_at and s.created_at < :to_at
), bought as (
  select b.session_id, b.currency, b.total_minor, count(*) as orders, count(distinct o.store_id) as stores,
    sum(o.refunded_minor) as refunded_minor, sum(o.total_minor) as orders_minor
  from begun b join orders.store_order o using (session_id)
  where b.is_paid
  group by b.session_id, b.currency, b.total_minor
), tried as (
  select a.status, a.failure_code from payment.attempt a
  where a.created_at >= :from_at and a.created_at < :to_at and a.status in ('succeeded', 'failed')
    -- Neither is the card's refusal: another card took its place, or the session had ended.
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
      from bought b group by b.currency) v), '[]') as "values!";

-- name: metricsPlacements :many
-- What came of the attempts to place orders that began in a span of time, by store and method. Reads only.
with tried as (
  select o.store_id, o.store_name, a.method, a.status, a.reason, extract(epoch from a.ended_at - a.started_at) * 1000 as ms
  from placement.attempt a join orders.store_order o using (order_number)
  where a.started_at >= :from_at and a.started_at < :to_at
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
order by min(t.store_name), t.store_id, t.method;

-- name: metricsNow :one
-- What waits at this moment: for people, and for machines that are late, or that have worked an event eight times in vain.
-- Reads only.
with live as (
  select extract(epoch from now() - t.opened_at) as age_s, t.deadline_at <= now() as is_overdue
  from placement.manual_task t where t.status in ('open', 'claimed')
)
select (select count(*) from live) as "depth!", (select count(*) from live l where l.is_overdue) as "overdue!",
  coalesce((select max(l.age_s)::int from live l), 0) as "oldest_age_seconds!",
  coalesce((select (percentile_cont(0.5) within group (order by l.age_s))::int from live l), 0) as "median_age_seconds!",
  (select count(*) from orders.refund_request q where q.status = 'open') as "refund_requests!",
  (select count(*) from webhook.inbox i
    where i.processed_at is null and (i.work_at < now() - interval '1 minute' or i.tries >= 8)) as "events_overdue!";

-- name: orderList :many
-- Orders for operators, newest first, and how many there are, counted up to ten thousand. What was never paid is shown when
-- it is asked for or named. What names an order is looked up by an index each, never by reading all orders. Reads only.
with found as (
  select o.order_number, o.created_at
  from orders.store_order o
  where (:status?::text is null or o.status = (:status?::text)::orders.order_status)
    and (:store_id?::text is null or o.store_id = :store_id?)
    and (case when :payment_status?::text is not null then o.payment_status = (:payment_status?::text)::orders.payment_status
      else o.payment_status <> 'unpaid' or :query?::text is not null or :email?::text is not null end)
    and (:from_at?::timestamptz is null or o.created_at >= :from_at?) and (:to_at?::timestamptz is null or o.created_at < :to_at?)
    and (:email?::text is null or o.order_number in (
      select x.order_number from account."user" u join orders.store_order x on x.account_id = u.id where u.email = lower(:email?)
      union all
      select x.order_number from checkout.session s join orders.store_order x using (session_id) where lower(s.contact_email) = lower(:email?)))
    and (:query?::text is null or o.order_number in (
      select upper(:query?)
      union all
      select x.order_number from orders.store_order x where x.session_id = :query?
      union all
      select x.order_number from store.store s join orders.store_order x using (store_id) where x.store_order_number = :query?
      union all
      select x.order_number from shipment.shipment x where x.tracking_number = :query?))
  order by o.created_at desc, o.order_number
  limit 10000
)
select o.order_number as "order_number!", o.session_id as "session_id!", o.account_id as "account_id!", o.store_id as "store_id!",
  o.store_name as "store_name!", o.store_order_number, o.tracking_number, o.status as "status!", o.payment_status as "payment_status!",
  o.placement_method, (select p.status from placement.placement p where p.order_number = o.order_number) as placement, o.reason,
  o.total_minor as "total_minor!", o.refunded_minor as "refunded_minor!", o.currency as "currency!", o.created_at as "created_at!", o.placed_at,
  (select count(*) from found) as "total!"
from orders.store_order o
where o.order_number in (select f.order_number from found f order by f.created_at desc, f.order_number limit :limit::int offset :offset::int)
order by o.created_at desc, o.order_number;

-- name: orderBehind :opt
-- What stands behind an order: its session, payment, placement, refunds and tasks, as JSON whose times end in At or Until. An
-- order whose payer has not come back from Toss's window has no payment. Reads only.
select o.account_id,
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
where o.order_number = :order_number;

-- name: shippingList :many
-- How these stores deliver, in the order in which it is shown. Reads only.
select x.store_id, x.option_id, x.name, x.kind, x.amount_minor, x.per_item_minor, x.free_above_minor, x.days_min, x.days_max
from quote.shipping_option x
where x.store_id = any(:store_ids::text[])
order by x.store_id, x.position, x.option_id;

-- name: refundRequestTake :opt
-- One request, to be answered: its row is held, so that two operators do not answer it differently. Locks the request,
-- before the order that an approval locks.
select q.request_id, q.order_number, q.lines, q.status, q.reason from orders.refund_request q where q.request_id = :request_id
for update;

-- name: eventRing :one
-- Has a worker work an event that was opened again, at once. Adds a job; locks nothing.
select (graphile_worker.add_job('webhook.process', json_build_object('source', :source::text, 'eventId', :event_id::text),
  job_key => 'webhook.process:' || :source || ':' || :event_id)).id as "job_id!";
