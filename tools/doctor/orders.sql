-- name: sessionsOverdue :many
-- Sessions whose thirty minutes are long over and which nobody has ended, by the partial index on pending ones.
select 'session_overdue' as cause, s.session_id as subject, s.expires_at as since, 'its time is over and it still holds its stock' as note,
  null::timestamptz as next_at
from checkout.session s where s.status = 'pending' and s.expires_at < now() - interval '1 minute'
order by s.expires_at limit :limit_max;

-- name: sessionsPaid :many
-- Paid sessions that should be further: without orders, or with none left to wait for. By the partial index on those at work.
with paid as (
  select s.session_id, s.paid_at, (select count(*) from orders.store_order o where o.session_id = s.session_id) as orders,
    (select count(*) from orders.store_order o where o.session_id = s.session_id and o.status = 'pending') as pending
  from checkout.session s where s.status = 'processing' and s.paid_at < now() - interval '1 minute'
  order by s.paid_at limit 1000
)
select case when p.orders = 0 then 'paid_without_orders' else 'session_not_ended' end as cause, p.session_id as subject, p.paid_at as since,
  case when p.orders = 0 then 'it was paid and has no order' else 'each of its orders is over, the session is not' end as note, null::timestamptz as next_at
from paid p where p.pending = 0
order by p.paid_at limit :limit_max;

-- name: ordersUnplaced :many
-- Paid orders that are in nobody's line, by the sessions still at work.
select 'order_without_placement' as cause, o.order_number as subject, s.paid_at as since, 'it is paid, and in no line for its store' as note,
  null::timestamptz as next_at
from checkout.session s
join orders.store_order o on o.session_id = s.session_id
where s.status = 'processing' and s.paid_at < now() - interval '15 seconds' and o.status = 'pending' and o.payment_status = 'paid'
  and o.kind = 'physical' and not exists (select from placement.placement p where p.order_number = o.order_number)
order by s.paid_at limit :limit_max;

-- name: placementsWaiting :many
-- Orders whose turn has come and gone, by the partial index on those in line.
select 'placement_unclaimed' as cause, p.order_number as subject, p.next_attempt_at as since,
  format('it waits for %s (tier %s) after %s tries%s', p.method, p.tier_position, p.tries, coalesce('; the last: ' || p.reason, '')) as note, null::timestamptz as next_at
from placement.placement p where p.status = 'waiting' and p.held_at is null and p.next_attempt_at < now() - interval '30 seconds'
order by p.next_attempt_at limit :limit_max;

-- name: attemptsOverdue :many
-- Attempts whose worker must be dead by now, by the partial index on those that were begun.
select 'attempt_overdue' as cause, format('%s (%s)', a.order_number, a.attempt_id) as subject, a.started_at as since,
  format('the store should have answered long ago%s', coalesce('; it was at ' || a.worker_id, '')) as note, null::timestamptz as next_at
from placement.attempt a where a.status = 'started' and a.deadline_at < now() - interval '10 seconds'
order by a.deadline_at limit :limit_max;

-- name: attemptsUnknown :many
-- Attempts of which nobody knows what became of them, by the partial index on those that are looked up.
select 'attempt_unknown' as cause, format('%s (%s)', a.order_number, a.attempt_id) as subject, a.started_at as since,
  format('it is not known whether the store has it%s; looked up %s times', coalesce(' (' || a.reason || ')', ''), a.lookups) as note, a.lookup_at as next_at
from placement.attempt a where a.status = 'unknown' and a.lookup_at is not null
order by a.lookup_at limit :limit_max;

-- name: cancelsOverdue :many
-- Stores that should have been asked to take an order back, by the partial index on those.
select 'cancel_overdue' as cause, p.order_number as subject, p.cancel_at as since, format('the store was asked %s times to take it back', p.cancel_tries) as note,
  null::timestamptz as next_at
from placement.placement p where p.cancel_at < now() - interval '1 minute'
order by p.cancel_at limit :limit_max;

-- name: tasksOverdue :many
-- What people were to do and have not, by the partial index on open tasks.
select 'task_overdue' as cause, t.order_number as subject, t.deadline_at as since,
  format('%s by hand (%s), %s', case t.kind when 'place' then 'to be placed' else 'to be taken back' end, t.why,
    case when t.claimed_until > now() then 'somebody is at it' else 'nobody is at it' end) as note, null::timestamptz as next_at
from placement.manual_task t where t.status in ('open', 'claimed') and t.deadline_at < now()
order by t.deadline_at limit :limit_max;

-- name: reservationsOverdue :many
-- Stock that is held for longer than it was promised, by the partial index on what is held.
select case when s.status = 'processing' then 'reservation_of_payment' else 'reservation_leaked' end as cause,
  format('%s × %s of %s', r.quantity, r.variant_id, r.session_id) as subject, r.expires_at as since,
  case when s.status = 'processing' then 'its session is being paid, whose outcome decides' else format('its session is %s', coalesce(s.status::text, 'gone')) end as note,
  null::timestamptz as next_at
from inventory.reservation r left join checkout.session s using (session_id)
where r.status = 'active' and r.expires_at < now() - interval '1 minute'
order by r.expires_at limit :limit_max;
