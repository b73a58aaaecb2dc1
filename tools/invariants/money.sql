-- name: m1PaymentsOfSession :many
-- M1 at every moment: a session has one payment, and so one intent that can succeed.
select p.session_id as subject, format('%s payments: %s', count(*), string_agg(p.payment_id, ', ')) as detail
from payment.payment p group by p.session_id having count(*) > 1;

-- name: m1IntentsShared :many
-- M1 at every moment: an intent at the provider stands for one payment.
select p.provider_ref as subject, format('stands for %s payments', count(*)) as detail
from payment.payment p where p.provider_ref is not null group by p.provider, p.provider_ref having count(*) > 1;

-- name: m1AttemptsOfPayment :many
-- M1 at every moment: a payment has at most one attempt in the air, and exactly one that succeeded when it succeeded.
select p.payment_id as subject,
  format('%s, with %s attempts in the air and %s that succeeded', p.status, coalesce(a.live, 0), coalesce(a.succeeded, 0)) as detail
from payment.payment p
left join (
  select t.payment_id, count(*) filter (where t.status in ('started', 'requires_action', 'unknown')) as live,
    count(*) filter (where t.status = 'succeeded') as succeeded
  from payment.attempt t group by t.payment_id
) a using (payment_id)
where coalesce(a.live, 0) > 1 or coalesce(a.succeeded, 0) <> (p.status = 'succeeded')::int
  or (p.status = 'succeeded' and coalesce(a.live, 0) > 0);

-- name: m1ChargesTold :many
-- M1 at every moment: the provider has told of no second intent that took money for the same payment and has not given it back.
select i.object_ref as subject, format('took money for payment %s, which was paid through %s', p.payment_id, p.provider_ref) as detail
from webhook.inbox i join payment.payment p on p.payment_id = i.payment_id
where i.source = 'stripe' and i.type = 'payment_intent.succeeded' and p.status = 'succeeded' and p.provider_ref <> i.object_ref
  and i.outcome is distinct from 'surplus_given_back';

-- name: m2NothingOwed :many
-- M2 eventually: what was charged, less what went back, is the sum of the orders that stand, less what went back of them.
-- A refund counts when the provider has confirmed it, while it waits for its owner to name an account, and while it is a bank's
-- to decide whose the money is. A bank may be in the way of several for the same money: no more than is left counts of those.
-- Late payments given back whole have no order that stands.
with asked as (
  select r.payment_id, r.order_number,
    coalesce(sum(r.amount_minor) filter (where r.status in ('succeeded', 'account_needed')), 0) as amount_minor,
    coalesce(sum(r.amount_minor) filter (where payment.refund_at_bank_1(r)), 0) as at_bank_minor,
    greatest(max(r.updated_at), (select max(d.updated_at) from payment.dispute d where d.payment_id = r.payment_id)) as touched_at
  from payment.refund r group by r.payment_id, r.order_number
), back as (
  select a.payment_id, a.order_number, a.touched_at,
    a.amount_minor + greatest(0, least(a.at_bank_minor, coalesce(o.total_minor, p.amount_minor) - a.amount_minor)) as amount_minor
  from asked a join payment.payment p using (payment_id) left join orders.store_order o using (order_number)
), refunded as (
  select b.payment_id, coalesce(sum(b.amount_minor), 0) as amount_minor, max(b.touched_at) as touched_at from back b group by b.payment_id
), standing as (
  select o.session_id, coalesce(sum(o.total_minor - coalesce(b.amount_minor, 0)) filter (
      where o.status not in ('failed', 'cancelled') and o.payment_status <> 'unpaid'), 0) as amount_minor,
    max(o.updated_at) as touched_at
  from orders.store_order o left join back b on b.order_number = o.order_number group by o.session_id
)
select p.session_id as subject,
  format('charged %s, gave back %s, orders stand for %s %s', p.amount_minor, coalesce(r.amount_minor, 0), coalesce(s.amount_minor, 0), p.currency) as detail
from payment.payment p
left join refunded r using (payment_id)
left join standing s on s.session_id = p.session_id
where p.status = 'succeeded' and p.amount_minor - coalesce(r.amount_minor, 0) <> coalesce(s.amount_minor, 0)
  and greatest(p.updated_at, r.touched_at, s.touched_at) < now() - make_interval(secs => :settled_seconds);

-- name: m2RefundsOfPayment :many
-- M2 at every moment: refunds never pass the charge, are in its currency and of its orders, and the payment's own count of them is right.
select p.payment_id as subject,
  format('%s of %s %s counted as refunded, its refunds come to %s; %s of them are of another currency or session',
    p.refunded_minor, p.amount_minor, p.currency, coalesce(r.amount_minor, 0), coalesce(r.strange, 0)) as detail
from payment.payment p
left join (
  select x.payment_id, sum(x.amount_minor) filter (where x.status <> 'failed') as amount_minor,
    count(*) filter (where x.currency <> y.currency or o.session_id <> y.session_id) as strange
  from payment.refund x
  join payment.payment y using (payment_id)
  left join orders.store_order o on o.order_number = x.order_number
  group by x.payment_id
) r using (payment_id)
where p.refunded_minor <> coalesce(r.amount_minor, 0) or p.refunded_minor > p.amount_minor or coalesce(r.strange, 0) > 0
  or (r.amount_minor > 0 and p.status <> 'succeeded');

-- name: m2RefundsOfOrder :many
-- M2 at every moment: refunds of an order never pass its total, and the order's own count of them is right.
select o.order_number as subject,
  format('%s of %s counted as refunded, its refunds come to %s', o.refunded_minor, o.total_minor, coalesce(r.amount_minor, 0)) as detail
from orders.store_order o
left join (
  select x.order_number, sum(x.amount_minor) as amount_minor from payment.refund x
  where x.status <> 'failed' and x.order_number is not null group by x.order_number
) r using (order_number)
where o.refunded_minor <> coalesce(r.amount_minor, 0) or o.refunded_minor > o.total_minor;

-- name: m2PaymentStatus :many
-- M2 at every moment: an order says that money went back when, and only when, the provider has confirmed it.
-- A refund that the provider took back leaves the order's word as it was; that is the one exception.
select o.order_number as subject,
  format('is %s, and %s of %s went back', o.payment_status, coalesce(r.amount_minor, 0), o.total_minor) as detail
from orders.store_order o
left join (
  select x.order_number, sum(x.amount_minor) filter (where x.status = 'succeeded') as amount_minor, bool_or(x.status = 'failed') as has_failed
  from payment.refund x where x.order_number is not null group by x.order_number
) r using (order_number)
cross join lateral (
  select case when coalesce(r.amount_minor, 0) = 0 then 'paid' when r.amount_minor < o.total_minor then 'partially_refunded'
    else 'refunded' end::orders.payment_status as payment_status
) should
where case o.payment_status when 'unpaid' then coalesce(r.amount_minor, 0) > 0
  else o.payment_status < should.payment_status or (o.payment_status > should.payment_status and not coalesce(r.has_failed, false)) end;

-- name: m2RefundsForgotten :many
-- M2 eventually: no refund waits past the time at which it was to be tried. Uses the index refund_due.
select r.refund_id as subject, format('%s since %s, was to be tried at %s', r.status, r.updated_at, r.try_at) as detail
from payment.refund r
where r.status in ('created', 'unknown', 'pending') and r.try_at < now() - make_interval(secs => :settled_seconds)
  and r.updated_at < now() - make_interval(secs => :settled_seconds);

-- name: m2RefundsAddressed :many
-- M2 at every moment: money that was paid into an account is sent back only into one that its owner has named.
select r.refund_id as subject, format('%s, and nobody has said where it goes', r.status) as detail
from payment.refund r
where r.status in ('created', 'unknown', 'pending') and payment.is_deposited_1(r.payment_id)
  and not exists (select from payment.refund_account a where a.refund_id = r.refund_id);

-- name: m5OrderSums :many
-- M5 at every moment: an order's goods, discount and tax are allocated to its lines to the cent; what tax remains is the delivery's.
select o.order_number as subject,
  format('goods %s of %s, discount %s of %s, tax %s of %s, units %s of %s', i.goods, o.subtotal_minor, i.discount, o.discount_minor,
    i.tax, o.tax_minor, i.units, o.item_count) as detail
from orders.store_order o
left join (
  select x.order_number, sum(x.line_total_minor) as goods, sum(x.discount_minor) as discount, sum(x.tax_minor) as tax, sum(x.quantity) as units,
    bool_and(x.line_total_minor = x.unit_price_minor * x.quantity) as is_exact
  from orders.order_item x group by x.order_number
) i using (order_number)
where i.order_number is null or not i.is_exact or i.goods <> o.subtotal_minor or i.discount <> o.discount_minor or i.units <> o.item_count
  or i.tax > o.tax_minor or (o.shipping_minor = 0 and i.tax <> o.tax_minor)
  or o.total_minor <> o.subtotal_minor - o.discount_minor + o.shipping_minor + o.tax_minor;

-- name: m5SessionSums :many
-- M5 at every moment: the orders of a session that is being paid, or was, sum to its totals exactly, part by part. One whose
-- payment came too late, or for a total that the shopper had changed meanwhile, was given back whole (M2) and has none.
select s.session_id as subject,
  format('total %s, its orders %s; goods %s/%s, discount %s/%s, delivery %s/%s, tax %s/%s', s.total_minor, o.total, s.subtotal_minor, o.subtotal,
    s.discount_minor, o.discount, s.shipping_minor, o.shipping, s.tax_minor, o.tax) as detail
from checkout.session s
join (
  select x.session_id, sum(x.subtotal_minor) as subtotal, sum(x.discount_minor) as discount, sum(x.shipping_minor) as shipping,
    sum(x.tax_minor) as tax, sum(x.total_minor) as total, bool_or(x.currency <> y.currency) as is_mixed
  from orders.store_order x join checkout.session y using (session_id) group by x.session_id
) o using (session_id)
where (s.paid_at is not null or s.status = 'processing') and s.late_payment is distinct from 'refunded'
  and (s.total_minor <> o.total or s.subtotal_minor <> o.subtotal or s.discount_minor <> o.discount or s.shipping_minor <> o.shipping
    or s.tax_minor <> o.tax or o.is_mixed or s.total_minor <> s.subtotal_minor - s.discount_minor + s.shipping_minor + s.tax_minor);

-- name: m5RefundLines :many
-- M5 at every moment: what an order has given back is the sum over its lines and its delivery, and each refund's lines sum to it.
select o.order_number as subject,
  format('gave back %s, its lines %s and its delivery %s', o.refunded_minor, coalesce(i.lines, 0), o.refunded_shipping_minor) as detail
from orders.store_order o
left join (select x.order_number, sum(x.refunded_minor) as lines from orders.order_item x group by x.order_number) i using (order_number)
where o.refunded_minor <> coalesce(i.lines, 0) + o.refunded_shipping_minor
union all
select r.refund_id, format('is %s, its lines sum to something else: %s', r.amount_minor, r.lines)
from payment.refund r
where r.lines is not null and r.amount_minor <> (select coalesce(sum((l ->> 'amountMinor')::bigint), 0) from jsonb_array_elements(r.lines) l);

-- name: m6Charged :many
-- M6 at every moment: what is charged is the total of the session, in its currency; what came too late is given back (M2).
select p.payment_id as subject, format('%s %s for a session of %s %s', p.amount_minor, p.currency, s.total_minor, s.currency) as detail
from payment.payment p
left join checkout.session s using (session_id)
where s.session_id is null
  or ((p.status = 'succeeded' or s.status = 'processing') and s.late_payment is distinct from 'refunded'
    and (p.amount_minor <> s.total_minor or p.currency <> s.currency));

-- name: m6Quoted :many
-- M6 at every moment: a session's total is its frozen snapshot's prices plus the delivery and tax that were quoted.
with quoted as (
  select s.session_id, sum((g.value ->> 'shippingMinor')::bigint) as shipping, sum((g.value ->> 'taxMinor')::bigint) as tax,
    sum((g.value ->> 'discountMinor')::bigint) as discount
  from checkout.session s cross join lateral jsonb_each(s.quote -> 'groups') g
  where s.quote is not null group by s.session_id
), frozen as (
  select s.session_id, sum((l ->> 'unitPriceMinor')::bigint * (l ->> 'quantity')::bigint) as goods, sum((l ->> 'quantity')::bigint) as units
  from checkout.session s
  cross join lateral jsonb_array_elements(s.snapshot -> 'groups') g
  cross join lateral jsonb_array_elements(g -> 'items') l
  group by s.session_id
)
select s.session_id as subject,
  format('goods %s/%s, delivery %s/%s, tax %s/%s, discount %s/%s', s.subtotal_minor, f.goods, s.shipping_minor, coalesce(q.shipping, 0),
    s.tax_minor, coalesce(q.tax, 0), s.discount_minor, coalesce(q.discount, 0)) as detail
from checkout.session s
left join frozen f using (session_id)
left join quoted q using (session_id)
where s.subtotal_minor is distinct from f.goods or s.item_count is distinct from f.units or s.shipping_minor <> coalesce(q.shipping, 0)
  or s.tax_minor <> coalesce(q.tax, 0) or s.discount_minor <> coalesce(q.discount, 0);

-- name: m6LinesAsFrozen :many
-- M6 at every moment: an order's lines are those of its session's snapshot: the same goods, quantities and prices, none more, none less.
with frozen as (
  select s.session_id, g ->> 'key' as group_key, (l ->> 'lineNo')::int as line_no, l ->> 'variantId' as variant_id, l ->> 'sku' as sku,
    (l ->> 'quantity')::int as quantity, (l ->> 'unitPriceMinor')::bigint as unit_price_minor
  from checkout.session s
  cross join lateral jsonb_array_elements(s.snapshot -> 'groups') g
  cross join lateral jsonb_array_elements(g -> 'items') l
  where s.paid_at is not null or s.status = 'processing'
), ordered as (
  select o.session_id, o.group_key, i.line_no::int as line_no, i.variant_id, i.sku, i.quantity, i.unit_price_minor
  from orders.store_order o join orders.order_item i using (order_number) join checkout.session s using (session_id)
  where s.paid_at is not null or s.status = 'processing'
)
select coalesce(f.session_id, o.session_id) as subject,
  format('line %s of %s: frozen %s × %s at %s, ordered %s × %s at %s', coalesce(f.line_no, o.line_no), coalesce(f.group_key, o.group_key),
    f.quantity, f.variant_id, f.unit_price_minor, o.quantity, o.variant_id, o.unit_price_minor) as detail
from frozen f
full join ordered o on o.session_id = f.session_id and o.group_key = f.group_key and o.line_no = f.line_no
where f.session_id is null or o.session_id is null or f.variant_id <> o.variant_id or f.sku <> o.sku or f.quantity <> o.quantity
  or f.unit_price_minor <> o.unit_price_minor;

-- name: m6TossAsked :many
-- M6 at every moment: what was charged in won is what was on the button when Toss's window was opened.
select p.payment_id as subject,
  format('%s %s charged; the window was opened for %s', p.amount_minor, p.currency, coalesce(t.amount_minor::text, 'nothing of this session')) as detail
from payment.payment p
join payment.attempt a on a.payment_id = p.payment_id and a.status = 'succeeded'
left join payment.toss_order t on t.order_id = split_part(a.method_ref, ':', 1) and t.session_id = p.session_id
where p.provider = 'toss' and p.status = 'succeeded' and a.method_ref <> 'erased' and t.amount_minor is distinct from p.amount_minor;
