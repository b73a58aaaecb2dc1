-- name: checkoutList :many
-- A shopper's orders, grouped by the checkout they were bought in, newest first; a checkout is never split over two pages.
-- What was never paid is an attempt and not an order to a person, but for one whose transfer is on its way. Reads only.
with mine as (
  select o.session_id, o.order_number, o.store_id, o.store_name, o.kind, o.total_minor, o.refunded_minor, o.currency, o.status, o.payment_status,
    o.tracking_number, o.placed_at, o.delivery_from, o.delivery_to, o.item_count, o.created_at,
    :status?::text is null or o.status::text = :status? as is_shown
  from orders.store_order o
  where o.account_id = :account_id and (o.payment_status <> 'unpaid' or (o.status = 'pending' and exists (
    select from payment.payment p join payment.deposit d using (payment_id)
    where p.session_id = o.session_id and p.status = 'requires_action')))
), checkouts as (
  select m.session_id, min(m.created_at) as created_at, min(m.currency) as currency, sum(m.total_minor)::bigint as total_minor,
    jsonb_agg(jsonb_build_object('orderNumber', m.order_number, 'storeId', m.store_id, 'storeName', m.store_name, 'kind', m.kind,
      'totalMinor', m.total_minor, 'refundedMinor', m.refunded_minor, 'status', m.status, 'paymentStatus', m.payment_status,
      'trackingNumber', m.tracking_number, 'deliveryFrom', m.delivery_from, 'deliveryTo', m.delivery_to, 'itemCount', m.item_count,
      'placedAt', (extract(epoch from m.placed_at) * 1000)::bigint) order by m.created_at, m.order_number) filter (where m.is_shown) as orders
  from mine m
  group by m.session_id
  having bool_or(m.is_shown)
)
select c.session_id, c.created_at as "created_at!", c.currency as "currency!", c.total_minor as "total_minor!", c.orders as "orders!",
  (select coalesce(jsonb_agg(jsonb_build_object('orderNumber', i.order_number, 'title', i.title, 'imageUrl', i.image_url, 'quantity', i.quantity)
      order by i.order_number, i.line_no), '[]')
    from mine m join orders.order_item i using (order_number) where m.session_id = c.session_id and m.is_shown) as "items!",
  (select count(*) from mine m where m.is_shown) as "order_count!", (select count(*) from checkouts) as "checkout_count!"
from checkouts c
order by c.created_at desc, c.session_id
limit :limit::int offset :offset::int;

-- name: orderCount :one
-- How many orders a shopper's list has, for a page beyond the last one. Reads only.
select count(*) as "orders!", count(distinct o.session_id) as "checkouts!"
from orders.store_order o
where o.account_id = :account_id and (:status?::text is null or o.status::text = :status?)
  and (o.payment_status <> 'unpaid' or (o.status = 'pending' and exists (
    select from payment.payment p join payment.deposit d using (payment_id)
    where p.session_id = o.session_id and p.status = 'requires_action')));

-- name: orderStats :one
-- What a shopper has bought so far: the orders that the list has. Money that went back, or is yet to come, is not counted as
-- spent. Reads only.
with mine as (
  select o.status, o.currency, o.store_id, o.store_name, o.payment_status <> 'unpaid' as is_paid, o.total_minor - o.refunded_minor as spent_minor
  from orders.store_order o
  where o.account_id = :account_id and (o.payment_status <> 'unpaid' or (o.status = 'pending' and exists (
    select from payment.payment p join payment.deposit d using (payment_id)
    where p.session_id = o.session_id and p.status = 'requires_action')))
)
select (select count(*) from mine) as "order_count!",
  coalesce((select jsonb_agg(jsonb_build_object('currency', s.currency, 'spentMinor', s.spent_minor) order by s.currency)
    from (select m.currency, sum(m.spent_minor) as spent_minor from mine m where m.is_paid group by m.currency) s), '[]') as "spent!",
  coalesce((select jsonb_object_agg(s.status, s.count) from (select m.status, count(*) as count from mine m group by m.status) s), '{}') as "by_status!",
  coalesce((select jsonb_agg(jsonb_build_object('storeId', s.store_id, 'storeName', s.store_name, 'orderCount', s.count) order by s.count desc, s.store_id)
    from (select m.store_id, min(m.store_name) as store_name, count(*) as count from mine m group by m.store_id) s), '[]') as "stores!";

-- name: orderRead :opt
-- One order with all that belongs to it, in one round trip: items, history, parcels, refunds. Whoever was given its number may
-- read it before it is paid: of a transfer that takes days. The account may be null for operators; another shopper's order
-- does not exist (P3). Reads only.
select o.order_number, o.session_id, o.account_id, o.store_id, o.store_name, o.store_order_number, o.kind, o.status, o.payment_status,
  o.placement_method, o.currency, o.item_count, o.subtotal_minor, o.discount_minor, o.shipping_minor, o.tax_minor, o.total_minor,
  o.refunded_minor, o.refunded_shipping_minor, o.delivery_from, o.delivery_to, o.tracking_number, o.carrier, o.reason, o.cancel_requested_at,
  o.cancel_refused_at, o.placed_at, o.created_at, s.shipping_address, s.contact_email, s.customer_name, s.paid_at, st.return_policy, st.texts as store_texts,
  (select h.name from quote.shipping_option h where h.store_id = o.store_id and h.option_id = o.shipping_option_id) as shipping_option_name,
  (select p.status from placement.placement p where p.order_number = o.order_number) as placement_status,
  (select w.wording from access.waiver w where w.order_number = o.order_number) as waiver_wording,
  (select w.waived_at from access.waiver w where w.order_number = o.order_number) as waived_at,
  coalesce((select jsonb_agg(jsonb_build_object(
      'lineNo', i.line_no, 'productId', i.product_id, 'variantId', i.variant_id, 'title', i.title, 'size', i.size, 'color', i.color,
      'imageUrl', i.image_url, 'productUrl', i.product_url, 'quantity', i.quantity, 'unitPriceMinor', i.unit_price_minor,
      'originalPriceMinor', i.original_price_minor, 'lineTotalMinor', i.line_total_minor, 'discountMinor', i.discount_minor,
      'taxMinor', i.tax_minor, 'itemStatus', i.item_status, 'refundedQuantity', i.refunded_quantity, 'refundedMinor', i.refunded_minor)
      order by i.line_no)
    from orders.order_item i where i.order_number = o.order_number), '[]') as "items!",
  coalesce((select jsonb_agg(jsonb_build_object('from', h.from_status, 'to', h.to_status, 'at', h.at) order by h.history_id)
    from orders.order_status_history h where h.order_number = o.order_number), '[]') as "history!",
  coalesce((select jsonb_agg(jsonb_build_object('carrier', sh.carrier, 'trackingNumber', sh.tracking_number, 'status', sh.status,
      'lineNos', sh.line_nos, 'estimatedDelivery', sh.estimated_delivery, 'deliveredAt', sh.delivered_at,
      'events', (select coalesce(jsonb_agg(jsonb_build_object('at', e.occurred_at, 'status', e.status, 'description', e.description,
          'location', e.location) order by e.occurred_at), '[]') from shipment.event e where e.shipment_id = sh.shipment_id))
      order by sh.created_at, sh.shipment_id)
    from shipment.shipment sh where sh.order_number = o.order_number), '[]') as "shipments!",
  coalesce((select jsonb_agg(jsonb_build_object('refundId', r.refund_id, 'amountMinor', r.amount_minor, 'reason', r.reason,
      'status', r.status, 'createdAt', r.created_at, 'succeededAt', r.succeeded_at) order by r.created_at, r.refund_id)
    from payment.refund r where r.order_number = o.order_number), '[]') as "refunds!",
  (select d.due_at from payment.deposit d join payment.payment p using (payment_id)
    where p.session_id = o.session_id and p.status = 'requires_action' and o.payment_status = 'unpaid' and o.status = 'pending') as deposit_due_at,
  (select d.reverted_at from payment.deposit d join payment.payment p using (payment_id)
    where p.session_id = o.session_id and p.refunded_minor < p.amount_minor) as deposit_reverted_at,
  (select payment.refund_account_json_1(p.payment_id) from payment.payment p where p.session_id = o.session_id and p.provider = 'toss') as refund_account,
  (select jsonb_build_object('requestId', q.request_id, 'status', q.status, 'reason', q.reason, 'lines', q.lines, 'createdAt', q.created_at)
    from orders.refund_request q where q.order_number = o.order_number order by q.created_at desc limit 1) as refund_request
from orders.store_order o
join checkout.session s on s.session_id = o.session_id
join store.store st on st.store_id = o.store_id
where o.order_number = :order_number and (:account_id?::text is null or o.account_id = :account_id?);

-- name: sessionOrders :many
-- The orders of one checkout, paid or not, for its owner: one row without an order where there is none yet, and no row where
-- there is no such checkout of theirs (P3). Reads only.
select o.order_number
from checkout.session s left join orders.store_order o on o.session_id = s.session_id and o.account_id = :account_id
where s.session_id = :session_id and (s.account_id = :account_id or o.account_id = :account_id)
order by o.created_at, o.order_number;

-- name: refundRequestOpen :one
-- Opens a shopper's request for a refund, or finds the one that is open. Locks the order.
select r.outcome as "outcome!", r.request_id
from orders.refund_request_open_1(:request_id, :order_number, :account_id, :lines?, :reason, :is_valid) r;

-- name: refundRequestAnswer :opt
-- An operator's answer to a request. Locks the request's row; one that was answered before stays as it was.
update orders.refund_request q
set status = (:status::text)::orders.refund_request_status, answered_by = :answered_by, answered_at = now()
where q.request_id = :request_id and q.status = 'open'
returning q.request_id, q.order_number;

-- name: refundRequestList :many
-- Requests that wait for an operator, oldest first. Reads only.
select q.request_id, q.order_number, q.lines, q.reason, q.status, q.created_at, o.store_name, o.currency, o.total_minor, o.refunded_minor
from orders.refund_request q join orders.store_order o using (order_number)
where q.status = 'open'
order by q.created_at, q.request_id limit :limit::int offset :offset::int;

-- name: orderHold :opt
-- One order with what of it has gone back, its row held for the rest of the transaction: two refunds racing are serial.
select o.order_number, o.status, o.payment_status, o.currency, o.total_minor, o.refunded_minor, o.refunded_shipping_minor
from orders.store_order o where o.order_number = :order_number
for update;

-- name: refundOfCause :opt
-- The refund that this cause has led to before. Read under `orderHold`.
select r.refund_id, r.amount_minor, r.currency from payment.refund r where r.cause = :cause;

-- name: itemShares :many
-- What was paid for each line, discount and tax included, and what of it has gone back. Read under `orderHold`.
select i.line_no, i.quantity, i.refunded_quantity, i.line_total_minor - i.discount_minor + i.tax_minor as "paid_minor!", i.refunded_minor
from orders.order_item i where i.order_number = :order_number
order by i.line_no;

-- name: refundOpen :one
-- Writes the intent to refund, the shares of the lines and the job, in one commit. Locks the order, then the payment.
select r.outcome as "outcome!", r.refund_id
from orders.refund_open_1(:order_number, :cause, :amount_minor, :reason, :requested_by?, :lines) r;

-- name: refundRead :opt
-- A refund with what the provider has to be told. Reads only: the row itself is the intent, and its id the provider's key.
select r.refund_id as "refund_id!", r.order_number, r.amount_minor as "amount_minor!", r.status as "status!", r.provider_ref as refund_ref, r.round as "round!",
  r.tries as "tries!",
  (extract(epoch from now() - r.ask_from) * 1000)::bigint as "age_ms!", p.provider as "provider!", p.provider_ref,
  a.wrapped_key, a.sealed, a.master_key_id
from payment.refund r join payment.payment p using (payment_id) left join payment.refund_account a using (refund_id)
where r.refund_id = :refund_id;

-- name: refundSettle :one
-- What the provider said of a refund, with all that follows for the order. Locks the order, the payment, the refund.
select orders.refund_settled_1(:refund_id, (:status::text)::payment.refund_status, :provider_ref?, :failure_code?,
  now() + make_interval(secs => :try_after_seconds?)) as "changed!";

-- name: refundsRing :one
-- Rings again for refunds whose time has come and whose job may be lost. A job that waits already keeps its place.
select count(*) as "rung!" from (
  select graphile_worker.add_job('order.refund', json_build_object('refundId', due.refund_id), job_key => 'order.refund:' || due.refund_id,
    job_key_mode => 'preserve_run_at')
  from (
    select r.refund_id from payment.refund r
    where r.status in ('created', 'unknown', 'pending') and r.try_at <= now() - make_interval(secs => :patience_seconds)
    order by r.try_at limit :count_max::int
  ) due
) rung;

-- name: paymentOfRef :opt
-- Whose payment the provider means, once it has succeeded. Reads only.
select p.payment_id, p.session_id, p.currency from payment.payment p
where p.provider = (:provider::text)::payment.provider and p.provider_ref = :provider_ref and p.status = 'succeeded';

-- name: sessionOrdersHold :many
-- A checkout's orders with what of each has gone back, their rows held for the rest of the transaction, in the order in which
-- everybody locks.
select o.order_number, o.status, o.payment_status, o.total_minor, o.refunded_minor, o.refunded_shipping_minor,
  o.cancel_requested_at is not null as "is_cancelling!"
from orders.store_order o where o.session_id = :session_id
order by o.order_number for update;

-- name: paymentHold :one
-- What is left of a payment, its row held for the rest of the transaction.
select p.amount_minor - p.refunded_minor as "left_minor!" from payment.payment p where p.payment_id = :payment_id for update;

-- name: refundsOfRef :many
-- What we know of a refund at the provider: by its name there, or as ours by what it says itself. Read under `paymentHold`.
select r.refund_id, r.status, r.source as "source!" from payment.refund r
where r.payment_id = :payment_id and (r.provider_ref = :provider_ref or r.refund_id = :own_id?)
order by r.refund_id;

-- name: refundsAsking :many
-- Refunds of a payment that wait for an account, or that no machine asks for any more without having had an answer, the oldest
-- first. Read under `paymentHold`.
select r.refund_id, r.order_number, r.amount_minor, r.status <> 'account_needed' as "is_unanswered!" from payment.refund r
where r.payment_id = :payment_id and (r.status = 'account_needed'
  or (r.status in ('created', 'unknown') and r.provider_ref is null and r.ask_from <= now() - interval '20 hours'))
order by r.created_at, r.refund_id;

-- name: refundsOwed :many
-- Refunds of ours of just this amount that failed and that nothing has replaced, the oldest first. Read under `paymentHold`.
select r.order_number, r.amount_minor, r.lines from payment.refund r
where r.payment_id = :payment_id and r.status = 'failed' and r.source = 'muse' and r.amount_minor = :amount_minor
  and not orders.refund_replaced_1(r)
order by r.created_at, r.refund_id;

-- name: refundOpenWhole :one
-- Writes the intent to refund a payment that no order stands for. Locks the payment.
select r.outcome as "outcome!", r.refund_id
from payment.refund_open_1('re_' || replace(gen_random_uuid()::text, '-', ''), :payment_id, null, :cause, :amount_minor, :reason, null, null) r;

-- name: refundByProvider :exec
-- It was made at the provider, past Muse. Locks the refund's row, under its payment's.
select payment.refund_by_provider_1(:refund_id, :provider_ref);

-- name: refundRepeat :one
-- Asks again for a refund that a bank's dispute was in the way of, once that was won. Locks the order, then the payment.
select orders.refund_repeat_1() as "repeated!";

-- name: refundsStuck :many
-- Refunds that no machine will bring to an end: refused by the provider, or without an answer for too long. For operators.
-- Reads only.
select r.refund_id, r.order_number, p.session_id, r.amount_minor, r.currency, r.status, r.reason, r.failure_code, r.tries, r.created_at
from payment.refund r join payment.payment p using (payment_id)
where (r.status = 'failed' and not payment.refund_at_bank_1(r) and not orders.refund_replaced_1(r))
  or (r.status in ('created', 'unknown') and r.ask_from <= now() - interval '20 hours')
  -- These wait for the shopper, who may have told somebody by telephone.
  or r.status = 'account_needed'
order by r.created_at limit :limit::int;

-- name: ordersAdopt :exec
-- A visitor turned out to be somebody: what they bought is that person's from now on. Locks the visitor's orders.
with adopted as (
  update orders.store_order o set account_id = :to_account_id where o.account_id = :from_account_id returning o.order_number
)
update orders.refund_request q set account_id = :to_account_id where q.account_id = :from_account_id;
