-- name: s1StockSound :many
-- S1 at every moment: of tracked stock never more is reserved than there is, and never less than none.
select s.variant_id as subject, format('%s on hand, %s reserved', s.on_hand, s.reserved) as detail
from inventory.stock s where s.on_hand < 0 or s.reserved < 0 or s.reserved > s.on_hand;

-- name: s1ReservedSum :many
-- S1 at every moment: what a variant has reserved is the sum of its active reservations. Uses the index reservation_due.
select s.variant_id as subject, format('%s counted as reserved, its reservations come to %s', s.reserved, coalesce(r.quantity, 0)) as detail
from inventory.stock s
left join (
  select x.variant_id, sum(x.quantity) as quantity from inventory.reservation x where x.status = 'active' group by x.variant_id
) r using (variant_id)
where s.reserved <> coalesce(r.quantity, 0);

-- name: s2ReservationEnds :many
-- S2 at every moment: a reservation is active while its session is open, committed when it was paid, given back otherwise.
select r.session_id || ' ' || r.variant_id as subject,
  format('%s, its session %s, paid at %s', r.status, coalesce(s.status::text, 'missing'), s.paid_at) as detail
from inventory.reservation r
left join checkout.session s using (session_id)
where s.session_id is null
  or (r.status = 'active' and (s.status not in ('pending', 'processing') or s.paid_at is not null))
  or (r.status = 'committed' and (s.paid_at is null or s.late_payment is not distinct from 'refunded'))
  or (r.status in ('released', 'expired') and s.status in ('pending', 'processing') and s.paid_at is null);

-- name: s2SoldAsOrdered :many
-- S2 at every moment: units of an order that stands are sold, in the quantity ordered; units of one that was lost before it was sent are back.
select o.order_number || ' ' || i.variant_id as subject,
  format('%s, %s ordered, reservation %s of %s', o.status, i.quantity, r.status, r.quantity) as detail
from orders.store_order o
join orders.order_item i using (order_number)
join inventory.reservation r on r.session_id = o.session_id and r.variant_id = i.variant_id
where o.payment_status <> 'unpaid'
  and case when o.status in ('failed', 'cancelled')
    then r.status = 'committed' and not exists (
      select from orders.order_status_history h where h.order_number = o.order_number and h.to_status = 'shipped')
    else r.status <> 'committed' or r.quantity <> i.quantity end;

-- name: s2ReservationsLeak :many
-- S2 eventually: no reservation outlives its time, unless its session's payment is in the air. Uses the index reservation_due.
select r.session_id || ' ' || r.variant_id as subject, format('%s held, was to end at %s, session %s', r.quantity, r.expires_at, coalesce(s.status::text, 'missing')) as detail
from inventory.reservation r
left join checkout.session s using (session_id)
where r.status = 'active' and r.expires_at < now() - make_interval(secs => :settled_seconds) and s.status is distinct from 'processing';
