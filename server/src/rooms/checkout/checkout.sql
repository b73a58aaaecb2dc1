-- name: sessionStart :one
-- Freezes the account's cart (or what of it is in one currency, or one each of the digital products named) into a session
-- and reserves its stock, or finds the live session of the same. Serial per account by an advisory lock; locks older
-- sessions of the account and stock rows by id.
select r.outcome as "outcome!", r.problem, r.session
from checkout.session_start_3(:account_id, :session_id, make_interval(secs => :ttl_seconds), :locale, :product_ids?, :currency?) r;

-- name: sessionRead :opt
-- The whole session with its payment and orders, for its owner: one read for the page, the place call and the event
-- stream. Another account's session does not exist (P3).
select checkout.session_json_1(s) as "session!", p.status as payment_status, p.failure_code, p.client_secret, p.action_url,
  (select a.decline_code from payment.attempt a where a.payment_id = p.payment_id order by a.number desc limit 1) as decline_code,
  (select jsonb_build_object('bankCode', d.bank_code, 'accountNumber', d.account_number, 'holderName', d.holder_name,
      'dueAt', (extract(epoch from d.due_at) * 1000)::bigint, 'isReverted', d.reverted_at is not null)
    from payment.deposit d where d.payment_id = p.payment_id and (p.status = 'requires_action' or d.reverted_at is not null)) as deposit,
  case when p.provider = 'toss' then payment.refund_account_json_1(p.payment_id) end as refund_account,
  coalesce((
    select jsonb_agg(jsonb_build_object(
      'orderNumber', o.order_number, 'groupKey', o.group_key, 'storeName', o.store_name, 'storeOrderNumber', o.store_order_number, 'status', o.status,
      'paymentStatus', o.payment_status, 'reason', o.reason, 'totalMinor', o.total_minor, 'refundedMinor', o.refunded_minor,
      'placedAt', (extract(epoch from o.placed_at) * 1000)::bigint, 'placement', pl.status,
      'refund', (
        select case when count(*) > 0 then jsonb_build_object('amountMinor', sum(r.amount_minor), 'status', case when bool_and(r.status = 'succeeded') then 'succeeded' when bool_or(r.status = 'failed') then 'failed' else 'pending' end,
          'requestedAt', (extract(epoch from min(r.created_at)) * 1000)::bigint,
          'succeededAt', case when bool_and(r.status = 'succeeded') then (extract(epoch from max(r.succeeded_at)) * 1000)::bigint end) end
        from payment.refund r
        where r.order_number = o.order_number and not (r.status = 'failed' and orders.refund_replaced_1(r)))) order by o.created_at, o.order_number)
    from orders.store_order o left join placement.placement pl using (order_number)
    where o.session_id = s.session_id
  ), '[]') as "orders!"
from checkout.session s
left join payment.payment p on p.session_id = s.session_id
where s.session_id = :session_id and s.account_id = :account_id;

-- name: sessionQuote :one
-- Writes address, quote and totals onto the session they were computed from: another version, or a session that is no
-- longer open, is refused. Locks the session's row.
with target as (
  select s.session_id, s.status, s.version, s.expires_at > now() as is_in_time
  from checkout.session s where s.session_id = :session_id and s.account_id = :account_id
  for update
), changed as (
  update checkout.session s
  set shipping_address = coalesce(:shipping_address?, s.shipping_address), contact_email = coalesce(:contact_email?, s.contact_email),
      quote = :quote, shipping_minor = :shipping_minor, tax_minor = :tax_minor, discount_minor = :discount_minor,
      total_minor = s.subtotal_minor - :discount_minor + :shipping_minor + :tax_minor, version = s.version + 1, updated_at = now()
  from target t
  where s.session_id = t.session_id and t.status = 'pending' and t.is_in_time and t.version = :version
  returning s
)
select
  (case
    when not exists (select from target) then 'not_found'
    when (select t.status from target t) = 'pending' and not (select t.is_in_time from target t) then 'expired'
    when (select t.status from target t) <> 'pending' then (select t.status::text from target t)
    when not exists (select from changed) then 'moved'
    else 'quoted'
  end) as "outcome!",
  (select checkout.session_json_1(c.s) from changed c) as session;

-- name: sessionPayWith :one
-- Notes the provider's payment method, and what the shopper wants when a store fails. Locks the session's row.
with target as (
  select s.session_id, s.status, s.expires_at > now() as is_in_time
  from checkout.session s where s.session_id = :session_id and s.account_id = :account_id
  for update
), changed as (
  update checkout.session s
  set payment_method_id = coalesce(:payment_method_id?, s.payment_method_id),
      on_store_failure = coalesce((:on_store_failure?::text)::checkout.on_store_failure, s.on_store_failure),
      version = s.version + 1, updated_at = now()
  from target t
  where s.session_id = t.session_id and t.status = 'pending' and t.is_in_time
  returning s
)
select
  (case
    when not exists (select from target) then 'not_found'
    when (select t.status from target t) = 'pending' and not (select t.is_in_time from target t) then 'expired'
    when (select t.status from target t) <> 'pending' then (select t.status::text from target t)
    else 'noted'
  end) as "outcome!",
  (select checkout.session_json_1(c.s) from changed c) as session;

-- name: customerName :exec
-- Notes whom the receipt is for, where no address says it. Locks the session's row.
update checkout.session s set customer_name = :customer_name, updated_at = now()
where s.session_id = :session_id and s.account_id = :account_id and s.status = 'pending';

-- name: paymentOf :opt
-- What a browser needs to confirm a session's payment itself, with the orders that it pays for, for their owner. In won there
-- is no payment before its payer has said yes. Reads only.
select p.payment_id, p.client_secret, coalesce(p.amount_minor, s.total_minor) as "amount_minor!", s.currency as "currency!",
  (select jsonb_agg(jsonb_build_object('orderId', o.order_number, 'productId', i.product_id, 'title', i.title, 'sellerId', c.seller_id,
      'sellerName', o.store_name, 'totalMinor', o.total_minor, 'status', o.status, 'paymentStatus', o.payment_status) order by i.line_no, o.order_number)
    from orders.store_order o join orders.order_item i using (order_number) join catalog.product c using (product_id)
    where o.session_id = s.session_id) as "orders!"
from checkout.session s left join payment.payment p using (session_id)
where s.session_id = :session_id and s.account_id = :account_id;

-- name: ordersOpen :one
-- Makes the orders of digital goods in won before Toss's window opens, or says why they cannot be bought now. Locks the
-- session, its orders, editions by id.
select r.outcome as "outcome!", r.amount_minor from checkout.orders_open_1(:session_id, :account_id) r;

-- name: sessionOfOrder :opt
-- The checkout that an order was made in: what an event of the older way names. Reads only.
select o.session_id from orders.store_order o where o.order_number = :order_number;

-- name: contactChange :one
-- Says where mails about this checkout go from now on, and keeps where they went before. Locks the session's row.
select checkout.contact_change_1(:session_id, :account_id, :email, :changes_max) as "outcome!";

-- name: sessionCancel :one
-- Gives everything back that the session holds; refused while a payment is in the air or done. Locks the session's row.
select checkout.session_cancel_1(:session_id, :account_id) as "outcome!";

-- name: sessionsExpire :one
-- Ends sessions whose thirty minutes are over and releases their stock. Skips rows that somebody holds.
select checkout.sessions_expire_1(:count_max) as "expired!";

-- name: placeStart :one
-- Writes the intent to charge: orders and payment attempt, one commit; or says which intent has to be called off first.
-- Locks the session, its orders and its payment.
select r.outcome as "outcome!", r.payment_id, r.attempt_id, r.attempt_number, r.generation, r.provider_ref, r.replace_intent,
  r.amount_minor, r.currency, r.method_ref
from checkout.place_start_1(:session_id, :account_id, :payment_id, :attempt_id, make_interval(secs => :check_after_seconds), :dead_ref?,
  :press?, :total_minor?) r;

-- name: paymentSucceeded :one
-- The money moved: orders paid, stock sold, cart cleared, files given, placements queued, all or nothing and once. Locks the
-- session, its orders, the payment, stock by id, the cart, editions by id.
select r.outcome as "outcome!", r.session_id
from checkout.payment_succeeded_1(:payment_id, :provider_ref, :amount_minor, :currency) r;

-- name: paymentSettled :one
-- What the provider said short of success, on one attempt; answers the session where that was news. Locks the session and
-- the payment.
select checkout.payment_settled_1(:attempt_id, (:status::text)::payment.attempt_status, :provider_ref?, :client_secret?, :action_url?,
  :failure_code?, :decline_code?, make_interval(secs => :check_after_seconds?)) as session_id;

-- name: paymentAwaitsDeposit :one
-- The payer was given an account to pay into; answers the session where that was news. Locks the session, the payment, and
-- what the session holds of the stock.
select checkout.payment_awaits_deposit_1(:attempt_id, :provider_ref, :bank_code, :account_number, :holder_name, :due_at, :secret,
  make_interval(secs => :check_after_seconds)) as session_id;

-- name: tossOrderRead :opt
-- What was on the button when Toss's window was opened, for the session's owner alone (P3). Reads only.
select t.session_id, t.amount_minor
from payment.toss_order t
join checkout.session s using (session_id)
where t.order_id = :order_id and s.account_id = :account_id;

-- name: paymentCanceled :one
-- The intent of an ended session is dead at the provider. Locks the session and the payment.
select checkout.payment_canceled_1(:payment_id, :generation) as "changed!";

-- name: unwindOrders :many
-- The orders that all-or-nothing has to call back because a sister failed. Reads only.
select o.order_number from orders.store_order o
where o.session_id = :session_id and o.status in ('pending', 'placed', 'confirmed') and o.cancel_refused_at is null
order by o.order_number;

-- name: paymentsToCancel :many
-- Ended sessions whose payment may still succeed at the provider, a minute after their job should have called it off. In any
-- order, so that those which the provider will not have called off keep no other waiting. Reads only, by the open payments,
-- which are few.
select p.session_id from payment.payment p
join checkout.session s on s.session_id = p.session_id
where p.status in ('started', 'requires_action', 'unknown', 'failed') and p.updated_at < now() - interval '1 minute'
  and s.status in ('expired', 'cancelled') and s.finished_at < now() - interval '1 minute'
order by random() limit :count_max;

-- name: sessionsToUnwind :many
-- Sessions where one failure has to call the others back, a minute after their job should have. Reads only, by the
-- sessions still at work.
select s.session_id from checkout.session s
where s.status = 'processing' and s.on_store_failure = 'all_or_nothing' and s.paid_at < now() - interval '1 minute'
  and exists (select from orders.store_order o where o.session_id = s.session_id and o.status = 'failed')
  and exists (select from orders.store_order o where o.session_id = s.session_id and o.status in ('pending', 'placed', 'confirmed')
    and o.cancel_refused_at is null and o.cancel_requested_at is null)
order by s.paid_at limit :count_max;

-- name: sessionsAdopt :exec
-- A visitor turned out to be somebody: their sessions are that person's. Where both have one of the same cart, the one
-- whose payment is not in the air gives way. Locks the visitor's paid orders, then the sessions of both.
select checkout.adopt_1(:from_account_id, :to_account_id);
