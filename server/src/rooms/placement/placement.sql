-- name: placementsClaim :many
-- Claims due orders and writes the attempts that fence them, in one commit, with everything their stores have to be told:
-- the one read of a placement. Skips rows that another worker is claiming.
select c.attempt_id as "attempt_id!", c.order_number as "order_number!", c.session_id as "session_id!", c.store_id as "store_id!",
  c.method as "method!", c.connector, c.base_url, c.timeout_ms as "timeout_ms!", c.wrapped_key, c.sealed, c.master_key_id, c.request as "request!"
from placement.claim_1(:worker_id, (:methods::text[])::store.placement_method[], :count_max) c;

-- name: attemptEnd :one
-- What came of an attempt, with all that follows from it, and whether its checkout waits for anything else. Locks the order,
-- its placement, the attempt, its task, and by the order's trigger the session.
select t.outcome as "outcome!", t.is_settled as "is_settled!"
from placement.attempt_tell_1(:attempt_id, (:status::text)::placement.attempt_status, :reason?, :detail?, :store_order_number?,
  :store_total_minor?, make_interval(secs => :retry_after_seconds?), make_interval(secs => :lookup_after_seconds?)) t;

-- name: attemptSubmitting :one
-- The browser's leave to press the button, once: the fence is written before it is. Locks the order, its placement, the attempt.
select placement.submitting_1(:attempt_id) as "may_submit!";

-- name: overdueAbandon :one
-- Attempts whose worker never said what came of them become unknown. Locks the orders that nobody is busy with.
select placement.abandon_overdue_1(:count_max) as "abandoned!";

-- name: placementsUnstick :one
-- Orders that no worker will claim as they stand go on to their next tier. Locks the orders that nobody is busy with.
select placement.unstick_1((:methods::text[])::store.placement_method[], make_interval(secs => :patience_seconds), :count_max) as "unstuck!";

-- name: lookUpsClaim :many
-- Takes unknown attempts whose look-up is due and puts the next one off. Skips rows that another worker is taking.
select l.attempt_id as "attempt_id!", l.order_number as "order_number!", l.session_id as "session_id!", l.store_id as "store_id!", l.method as "method!",
  l.connector, l.base_url, l.timeout_ms, l.lookups as "lookups!", l.age_ms as "age_ms!", l.wrapped_key, l.sealed, l.master_key_id, l.clue
from placement.lookup_claim_1((:methods::text[])::store.placement_method[], :count_max) l;

-- name: orderCancel :one
-- Takes an order back, at once or as a wish. Locks the order, its placement, its task.
select placement.cancel_1(:order_number, :reason) as "outcome!";

-- name: orderOwned :opt
-- Whether the order is this shopper's, and how it stands: another's does not exist (P3). Reads only.
select o.status, o.payment_status <> 'unpaid' as "is_paid!", o.refunded_minor, o.currency from orders.store_order o
where o.order_number = :order_number and o.account_id = :account_id;

-- name: cancelTake :one
-- Takes one cancellation to ask its store about, and puts the next asking off. Locks the order and its placement.
select c.outcome as "outcome!", c.store_id, c.method, c.connector, c.base_url, c.timeout_ms, c.store_order_number, c.tries, c.wrapped_key, c.sealed,
  c.master_key_id, c.attempt_id, c.clue
from placement.cancel_take_1(:order_number, make_interval(secs => :lease_seconds)) c;

-- name: cancelEnd :one
-- What a store said to a cancellation, with all that follows. Locks the order, its placement, its task.
select placement.cancel_end_1(:order_number, :answer, :detail?, make_interval(secs => :again_after_seconds?)) as "outcome!";

-- name: cancelsRing :one
-- Rings again for cancellations whose job was lost, and ends orders that are wanted back and that nobody holds. Locks the
-- latter.
select placement.cancel_overdue_1(:count_max) + placement.cancel_unheld_1(:count_max) as "found!";

-- name: taskList :many
-- The manual queue, what is due first at the top; closed tasks only when they are asked for. Reads only.
select t.order_number, t.kind, t.status, t.why, t.outcome_unknown, t.opened_at, t.deadline_at, t.deadline_at <= now() and t.closed_at is null as "is_overdue!",
  case when t.claimed_until > now() then t.claimed_by end as claimed_by, case when t.claimed_until > now() then t.claimed_until end as claimed_until,
  o.store_id, o.store_name, o.item_count, o.total_minor, o.currency, o.cancel_requested_at is not null as "is_cancel_requested!",
  count(*) over () as "total!"
from placement.manual_task t join orders.store_order o using (order_number)
where (case when :status?::text is null then t.closed_at is null else t.status = (:status?::text)::placement.task_status end)
  -- Says again what makes a task live, in the words of its index.
  and (:status?::text is not null or t.status in ('open', 'claimed'))
  and (:store_id?::text is null or o.store_id = :store_id?)
  and (:claimed_by?::text is null or (t.claimed_by = :claimed_by? and t.claimed_until > now()))
  and (:is_claimed?::boolean is null or coalesce(t.claimed_until > now(), false) = :is_claimed?)
order by t.deadline_at, t.order_number, t.kind
limit :limit::int offset :offset::int;

-- name: taskStats :one
-- How long the manual queue is, and what came out of it in the last thirty days. Reads only.
with live as (
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
      from closed c where c.closed_by is not null group by c.closed_by) d), '[]') as "per_operator!";

-- name: taskRead :opt
-- Everything a person needs to place an order or to have it taken back; the live task, else the newest. Reads only.
select t.order_number, t.kind, t.status, t.why, t.detail, t.outcome_unknown, t.opened_at, t.deadline_at,
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
where t.order_number = :order_number
order by t.closed_at is null desc, t.opened_at desc
limit 1;

-- name: taskClaim :one
-- A lease on the task. Locks the task.
select placement.task_claim_1(:order_number, :operator, make_interval(secs => :lease_seconds)) as "outcome!";

-- name: taskRelease :one
-- Gives the task back. Locks the order, then the task.
select placement.task_release_1(:order_number, :operator) as "outcome!";

-- name: taskPlace :one
-- A person placed the order. Locks the order, its placement, its task.
select placement.task_place_1(:order_number, :operator, :store_order_number, :paid_minor?) as "outcome!";

-- name: taskFail :one
-- A person says that the order cannot be had. Locks the order, its placement, its task.
select placement.task_fail_1(:order_number, :operator, :reason, :note?) as "outcome!";

-- name: taskCancel :one
-- A person says what the store answered to a cancellation. Locks the order, its placement, its task.
select placement.task_cancel_1(:order_number, :operator, :is_cancelled, :note?) as "outcome!";

-- name: storeLimitPut :exec
-- How many orders may be at work with a store at once, over all workers.
insert into placement.store_limit as l (store_id, method, running_max) values (:store_id, (:method::text)::store.placement_method, :running_max)
on conflict (store_id, method) do update set running_max = excluded.running_max;

-- name: attemptsOfOrder :opt
-- Every try at an order's store, oldest first; nothing of an order that is not there. Reads only.
select o.order_number, coalesce((
    select jsonb_agg(jsonb_build_object('attemptId', a.attempt_id, 'fence', a.fence, 'method', a.method, 'connector', a.connector,
      'status', a.status, 'reason', a.reason, 'detail', a.detail, 'storeOrderNumber', a.store_order_number, 'startedAt', a.started_at,
      'submittingAt', a.submitting_at, 'endedAt', a.ended_at,
      'evidenceUntil', case when a.evidence_until > now() then a.evidence_until end) order by a.fence)
    from placement.attempt a where a.order_number = o.order_number), '[]') as "attempts!"
from orders.store_order o where o.order_number = :order_number;

-- name: evidenceOf :opt
-- Whether what an attempt's browser left is still kept. Reads only.
select a.attempt_id from placement.attempt a where a.attempt_id = :attempt_id and a.evidence_until > now();

-- name: evidenceExpired :many
-- Attempts whose folders are to be deleted. Reads only.
select a.attempt_id from placement.attempt a where a.evidence_until <= now() order by a.evidence_until limit :count_max::int;

-- name: evidenceGone :exec
-- Their folders are deleted. Locks the attempts.
update placement.attempt a set evidence_until = null where a.attempt_id = any (:attempt_ids::text[]) and a.evidence_until <= now();

-- name: placementsGauge :many
-- How many orders are in which state, and since when the oldest waits: for the metrics. Reads only.
select p.status, count(*) as "count!", coalesce(extract(epoch from now() - min(p.updated_at))::int, 0) as "oldest_seconds!"
from placement.placement p where p.status in ('waiting', 'running', 'unknown', 'manual')
group by p.status;
