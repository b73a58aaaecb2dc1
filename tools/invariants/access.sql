-- name: s1EditionKept :many
-- S1 at every moment: of a limited edition as many copies are counted as are held, and never more than there are.
select coalesce(p.product_id, e.product_id) as subject,
  format('%s counted, %s held, of %s', coalesce(e.copies, 0), held.count, coalesce(p.edition_limit::text, 'no edition')) as detail
from (select x.product_id, x.edition_limit from catalog.product x where x.edition_limit is not null) p
full join access.edition e using (product_id)
cross join lateral (
  select count(*) from access.holding h where h.product_id = coalesce(p.product_id, e.product_id) and h.revoked_at is null
) held
where coalesce(e.copies, 0) <> held.count or held.count > p.edition_limit or p.edition_limit is null;

-- name: s3HoldingPaid :many
-- S3 at every moment: what is held is given by a paid order of the same account for the same digital product.
select h.order_number as subject, format('held, while its order is %s and %s, of %s', o.kind, o.payment_status, o.group_key) as detail
from access.holding h
join orders.store_order o using (order_number)
where h.revoked_at is null and (o.kind <> 'digital' or o.payment_status = 'unpaid' or o.account_id <> h.account_id
  or not exists (select from orders.order_item i where i.order_number = h.order_number and i.product_id = h.product_id));

-- name: s3PaidAtOnce :many
-- S3 at every moment: the commit that marks a file's order paid gives it or ends it: none is left waiting in between.
select o.order_number as subject, format('%s, and still %s', o.payment_status, o.status) as detail
from orders.store_order o
where o.kind = 'digital' and o.payment_status <> 'unpaid' and o.status = 'pending';

-- name: s3PaidHolds :many
-- S3 at every moment: a paid digital order that stands gives what was bought, unless a lost dispute took it.
select o.order_number as subject, format('%s and %s, and nothing is held', o.status, o.payment_status) as detail
from orders.store_order o
left join access.holding h using (order_number)
where o.kind = 'digital' and o.payment_status in ('paid', 'partially_refunded') and o.status in ('placed', 'confirmed', 'shipped', 'delivered')
  and (h.order_number is null or h.revoke_reason not in ('dispute_lost', 'duplicate'));

-- name: s3RefundedGone :many
-- S3 at every moment: of what was paid back whole nothing is held.
select o.order_number as subject, format('refunded, and held since %s', h.granted_at) as detail
from orders.store_order o
join access.holding h using (order_number)
where o.kind = 'digital' and o.payment_status = 'refunded' and h.revoked_at is null;

-- name: s3DisputedFrozen :many
-- S3 at every moment: what is held is frozen while, and only while, a bank disputes its charge or has taken its deposit back.
select h.order_number as subject,
  format('%s, with %s disputes of %s open, deposit %s', coalesce('frozen at ' || h.frozen_at, 'not frozen'), d.open, p.payment_id,
    coalesce('gone at ' || t.reverted_at, 'not gone')) as detail
from access.holding h
join orders.store_order o using (order_number)
join payment.payment p using (session_id)
cross join lateral (
  select count(*) as open from payment.dispute x where x.payment_id = p.payment_id and x.status in ('needs_response', 'under_review')
) d
left join payment.deposit t on t.payment_id = p.payment_id
where h.revoked_at is null and (h.frozen_at is not null) <> (d.open > 0 or t.reverted_at is not null);

-- name: s3LostGone :many
-- S3 at every moment: what a lost dispute paid back is held no more.
select h.order_number as subject, format('held, and %s was lost at %s', d.dispute_id, d.closed_at) as detail
from payment.dispute d
join payment.payment p using (payment_id)
join orders.store_order o using (session_id)
join access.holding h using (order_number)
where d.status = 'lost' and h.revoked_at is null;

-- name: s4OwnedOnce :many
-- S4 at every moment: nobody owns the same digital product twice.
select o.account_id || ' ' || o.group_key as subject, format('bought %s times: %s', count(*), string_agg(o.order_number, ', ')) as detail
from orders.store_order o
where o.kind = 'digital' and o.payment_status in ('paid', 'partially_refunded') and o.status in ('placed', 'confirmed', 'shipped', 'delivered')
  -- Taken back when a visitor turned out to be somebody who owns it; its money is on the way. Or with what a bank took, and
  -- bought again.
  and not exists (select from access.holding h where h.order_number = o.order_number and h.revoke_reason in ('duplicate', 'dispute_lost'))
group by o.account_id, o.group_key having count(*) > 1;
