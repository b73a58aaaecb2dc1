-- name: o1OrdersOfSession :many
-- O1 at every moment: a paid session has exactly one order for each retailer and each digital product of its snapshot.
with frozen as (
  select s.session_id, g ->> 'key' as group_key from checkout.session s cross join lateral jsonb_array_elements(s.snapshot -> 'groups') g
  where s.paid_at is not null
), ordered as (
  select o.session_id, o.group_key, count(*) as orders from orders.store_order o join checkout.session s using (session_id)
  where s.paid_at is not null group by o.session_id, o.group_key
)
select coalesce(f.session_id, o.session_id) as subject, format('%s orders for %s', coalesce(o.orders, 0), coalesce(f.group_key, o.group_key)) as detail
from frozen f
full join ordered o on o.session_id = f.session_id and o.group_key = f.group_key
where f.session_id is null or o.orders is distinct from 1;

-- name: o1OrdersAlone :many
-- O1 at every moment: no order is without its session, and none is there twice.
select o.session_id || ' ' || o.group_key as subject, format('%s orders: %s', count(*), string_agg(o.order_number, ', ')) as detail
from orders.store_order o left join checkout.session s using (session_id)
group by o.session_id, o.group_key having count(*) > 1 or count(s.session_id) = 0;

-- name: o2PaidFirst :many
-- O2 at every moment: what is placed, or on its way to a store, was paid before.
-- Five seconds are allowed between clocks of transactions that overlap.
select o.order_number as subject,
  format('%s and %s, payment %s at %s, placed at %s, first attempt at %s', o.status, o.payment_status, coalesce(p.status::text, 'missing'),
    p.succeeded_at, o.placed_at, a.started_at) as detail
from orders.store_order o
left join payment.payment p using (session_id)
left join placement.placement pl using (order_number)
left join lateral (select min(t.started_at) as started_at from placement.attempt t where t.order_number = o.order_number) a on true
where (o.status not in ('pending', 'cancelled') or o.payment_status <> 'unpaid' or o.placed_at is not null or pl.order_number is not null)
  and (p.status is distinct from 'succeeded' or o.payment_status = 'unpaid'
    or least(o.placed_at, a.started_at) < p.succeeded_at - interval '5 seconds');

-- name: o3PlacedOnce :many
-- O3 at every moment: of all attempts to place an order one succeeded at most, none began while another was open or after it succeeded.
select a.order_number as subject,
  format('attempt %s %s, then attempt %s %s', a.fence, a.status, b.fence, b.status) as detail
from placement.attempt a
join placement.attempt b on b.order_number = a.order_number and b.fence > a.fence
where a.status in ('started', 'unknown', 'placed');

-- name: o3NumberAtStore :many
-- O3 at every moment: a placed order has the number that its placed attempt was given, and no other order of the store has it.
select o.order_number as subject, format('has %s, its attempt %s', o.store_order_number, a.store_order_number) as detail
from orders.store_order o
join placement.attempt a on a.order_number = o.order_number and a.status = 'placed'
where o.placed_at is not null and a.store_order_number is distinct from o.store_order_number
union all
select string_agg(o.order_number, ', '), format('both have %s at %s', o.store_order_number, o.store_id)
from orders.store_order o where o.store_order_number is not null group by o.store_id, o.store_order_number having count(*) > 1;

-- name: o3Fenced :many
-- O3 at every moment: a placement that is running or unknown has exactly one open attempt, its newest; one that waits or has ended has none.
select pl.order_number as subject,
  format('%s at fence %s, with %s open attempts, the newest at fence %s', pl.status, pl.fence, coalesce(a.live, 0), a.newest) as detail
from placement.placement pl
left join (
  select t.order_number, count(*) filter (where t.status in ('started', 'unknown')) as live,
    max(t.fence) filter (where t.status in ('started', 'unknown')) as live_fence, max(t.fence) as newest,
    count(*) filter (where t.status = 'placed') as placed, bool_or(t.status = 'unknown') as is_unknown
  from placement.attempt t group by t.order_number
) a using (order_number)
where coalesce(a.newest, 0) > pl.fence or coalesce(a.live, 0) > 1
  or (a.live = 1 and a.live_fence <> pl.fence)
  or (pl.status in ('running', 'unknown') and coalesce(a.live, 0) <> 1)
  or (pl.status = 'unknown' and not a.is_unknown)
  or (pl.status in ('waiting', 'placed', 'failed', 'cancelled') and coalesce(a.live, 0) > 0)
  or (pl.status = 'placed' and coalesce(a.placed, 0) <> 1);

-- name: o4OrdersStuck :many
-- O4 eventually: a paid order that is not placed has somebody at it: a worker whose time has not passed, or a person.
-- The store's queue (placement) says when it is due; an order that nobody has taken in hand is due at once.
select o.order_number as subject,
  format('%s %s, placement %s, %s, was due at %s', o.kind, o.status, coalesce(pl.status::text, 'missing'), coalesce('attempt ' || a.status, 'no attempt open'), due.at) as detail
from orders.store_order o
left join placement.placement pl using (order_number)
left join placement.attempt a on a.order_number = o.order_number and a.status in ('started', 'unknown')
left join placement.manual_task t on t.order_number = o.order_number and t.kind = 'place' and t.status in ('open', 'claimed')
cross join lateral (
  select greatest(o.updated_at, case pl.status
    when 'waiting' then pl.next_attempt_at
    when 'running' then coalesce(a.deadline_at, pl.updated_at)
    when 'unknown' then coalesce(a.lookup_at, pl.updated_at)
    else pl.updated_at end) as at
) due
where o.status = 'pending' and o.payment_status <> 'unpaid' and t.order_number is null and pl.held_at is null
  and due.at < now() - make_interval(secs => :settled_seconds);

-- name: o4CancelsStuck :many
-- O4 eventually: an order that is wanted back is asked for at its store, or a person sees to it.
select o.order_number as subject, format('%s, wanted back since %s, to be asked for at %s', o.status, o.cancel_requested_at, pl.cancel_at) as detail
from orders.store_order o
left join placement.placement pl using (order_number)
where o.cancel_requested_at is not null and o.cancel_refused_at is null and o.status in ('placed', 'confirmed')
  and not exists (select from placement.manual_task t where t.order_number = o.order_number and t.status in ('open', 'claimed'))
  and greatest(o.updated_at, pl.updated_at, pl.cancel_at) < now() - make_interval(secs => :settled_seconds);

-- name: o4SessionsStuck :many
-- O4 eventually: no session waits for a payment that nobody asks about, or lies past its end.
select s.session_id as subject,
  format('%s since %s, payment %s, to be asked about at %s', s.status, s.updated_at, coalesce(p.status::text, 'missing'), p.check_at) as detail
from checkout.session s
left join payment.payment p using (session_id)
where greatest(s.updated_at, p.updated_at) < now() - make_interval(secs => :settled_seconds)
  and case s.status
    when 'pending' then s.expires_at < now() - make_interval(secs => :settled_seconds)
    when 'processing' then s.paid_at is null and (
      p.status is null or p.status not in ('started', 'unknown') or p.check_at is null or p.check_at < now() - make_interval(secs => :settled_seconds))
    -- An ended session's intent must be dead at the provider, or a card's owner could still confirm it.
    when 'expired' then p.status not in ('canceled', 'succeeded') and not (p.status = 'failed' and p.provider_ref is null)
    when 'cancelled' then p.status not in ('canceled', 'succeeded') and not (p.status = 'failed' and p.provider_ref is null)
    else false end;

-- name: o4SessionFollows :many
-- O4 at every moment: a paid session is over when, and only when, each of its orders is.
select s.session_id as subject,
  format('%s, of %s orders %s are open and %s lost', s.status, o.orders, o.open, o.lost) as detail
from checkout.session s
join (
  select x.session_id, count(*) as orders, count(*) filter (where x.status = 'pending') as open,
    count(*) filter (where x.status in ('failed', 'cancelled')) as lost, count(*) filter (where x.status = 'failed') as failed,
    count(*) filter (where x.status in ('placed', 'confirmed') and x.cancel_refused_at is null) as revocable
  from orders.store_order x group by x.session_id
) o using (session_id)
where s.paid_at is not null and s.late_payment is distinct from 'refunded' and case s.status
    when 'completed' then o.open > 0
    when 'failed' then o.lost < o.orders
    when 'processing' then o.open = 0 and not (s.on_store_failure = 'all_or_nothing' and o.failed > 0 and o.revocable > 0)
    else false end
  or (s.paid_at is null and s.status in ('completed', 'failed'));

-- name: o4PaidAgrees :many
-- O4 at every moment: session, payment and orders agree on being paid; a payment that came too late is honoured or given back whole.
select s.session_id as subject,
  format('%s, paid at %s, late payment %s, payment %s; %s orders paid, %s unpaid', s.status, s.paid_at, coalesce(s.late_payment::text, 'none'),
    coalesce(p.status::text, 'missing'), coalesce(o.paid, 0), coalesce(o.unpaid, 0)) as detail
from checkout.session s
left join payment.payment p using (session_id)
left join (
  select x.session_id, count(*) filter (where x.payment_status <> 'unpaid') as paid, count(*) filter (where x.payment_status = 'unpaid') as unpaid,
    count(*) filter (where x.payment_status = 'unpaid' and x.status <> 'cancelled') as unpaid_open
  from orders.store_order x group by x.session_id
) o using (session_id)
where (s.paid_at is not null) <> (p.status is not null and p.status = 'succeeded')
  or (s.paid_at is null and o.paid > 0)
  or (s.paid_at is not null and s.late_payment is distinct from 'refunded' and (o.unpaid > 0 or s.status in ('pending', 'expired', 'cancelled')))
  or (s.late_payment = 'refunded' and (o.paid > 0 or o.unpaid_open > 0 or s.status not in ('expired', 'cancelled')
    or not exists (select from payment.refund r where r.payment_id = p.payment_id and r.order_number is null)));

-- name: o4PlacementAgrees :many
-- O4 at every moment: a placement and its order agree on being placed, failed or cancelled.
select o.order_number as subject, format('order %s, placement %s', o.status, coalesce(pl.status::text, 'missing')) as detail
from orders.store_order o
left join placement.placement pl using (order_number)
where case pl.status
    when 'placed' then o.status = 'pending'
    when 'failed' then o.status not in ('failed', 'cancelled')
    when 'cancelled' then o.status <> 'cancelled'
    when 'waiting' then o.status <> 'pending'
    when 'running' then o.status <> 'pending'
    when 'unknown' then o.status <> 'pending'
    when 'manual' then o.status <> 'pending'
    else o.kind = 'physical' and o.status in ('placed', 'confirmed', 'shipped', 'delivered') end;

-- name: o4TaskAgrees :many
-- O4 at every moment: an order is in people's hands when, and only when, a task to place it is open, and closed tasks had their effect.
select pl.order_number as subject, format('placement %s, task to place it %s', pl.status, coalesce(t.status::text, 'missing')) as detail
from placement.placement pl
left join placement.manual_task t on t.order_number = pl.order_number and t.kind = 'place'
where (pl.status = 'manual') <> (t.status is not null and t.status in ('open', 'claimed'))
  or (t.status = 'placed' and pl.status not in ('placed', 'cancelled'))
  or (t.status = 'failed' and pl.status not in ('failed', 'cancelled'));

-- name: o5History :many
-- O5 at every moment: an order's history is one unbroken chain from its making to its status, through allowed steps alone.
with step as (
  select h.order_number, h.history_id, h.from_status, h.to_status,
    lag(h.to_status) over (partition by h.order_number order by h.history_id) as before,
    row_number() over (partition by h.order_number order by h.history_id) as n
  from orders.order_status_history h
), chain as (
  select s.order_number, (array_agg(s.to_status order by s.history_id desc))[1] as last,
    string_agg(coalesce(s.from_status::text, 'none') || ' to ' || s.to_status, ', ' order by s.history_id) as told,
    bool_or(s.from_status is distinct from s.before or (s.n = 1) <> (s.from_status is null)
      or (s.from_status is not null and (s.from_status, s.to_status) not in (
        ('pending', 'placed'), ('pending', 'failed'), ('pending', 'cancelled'), ('placed', 'confirmed'), ('placed', 'shipped'),
        ('placed', 'cancelled'), ('confirmed', 'shipped'), ('confirmed', 'cancelled'), ('shipped', 'delivered'), ('shipped', 'cancelled')))) as is_broken
  from step s group by s.order_number
)
select o.order_number as subject, format('%s, its history: %s', o.status, coalesce(c.told, 'empty')) as detail
from orders.store_order o
left join chain c using (order_number)
where c.last is distinct from o.status or c.is_broken;

-- name: o6CartCleared :many
-- O6 at every moment: whoever paid has had their cart cleared since. What of it was cleared is held by tests: a cart keeps no past.
-- Account merges move a paid session to a cart that was never in it. A write that waited for the payment's commit carries an
-- earlier time than it by as long as it waited: five seconds at most.
select s.session_id as subject, format('paid at %s, the cart was last touched at %s', s.paid_at, c.updated_at) as detail
from checkout.session s
join cart.cart c on c.account_id = s.account_id
where s.paid_at is not null and s.late_payment is distinct from 'refunded' and c.updated_at < s.paid_at - interval '5 seconds'
  and not exists (select from account.merge m where m.to_account_id = s.account_id);

-- name: p3OneOwner :many
-- P3 at every moment: a session, its payment and its orders belong to one account.
select s.session_id as subject, format('of %s, its order %s of %s', s.account_id, o.order_number, o.account_id) as detail
from orders.store_order o join checkout.session s using (session_id) where o.account_id <> s.account_id
union all
select s.session_id, format('of %s, its payment %s of %s', s.account_id, p.payment_id, p.account_id)
from payment.payment p join checkout.session s using (session_id) where p.account_id <> s.account_id;
