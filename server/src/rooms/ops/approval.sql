-- name: refundAlone :one
-- What people gave back of an order without a second one, and what they may, in its currency. Reads only; the order is held.
select coalesce((
    select sum(r.amount_minor) from payment.refund r
    where r.order_number = :order_number and r.requested_by is not null and r.status <> 'failed'
      and not exists (select from ops.refund_approval a where a.order_number = r.order_number and a.cause = r.cause and a.status = 'approved')
  ), 0)::bigint as "alone_minor!",
  coalesce((select l.amount_minor from ops.refund_limit l where l.currency = :currency), 0) as "limit_minor!";

-- name: approvalOfCause :opt
-- What waits for the same cause already. Reads only; the order is held, so no other can come between.
select a.approval_id, a.amount_minor, a.currency from ops.refund_approval a where a.cause = :cause and a.status = 'waiting';

-- name: approvalAsk :exec
-- Writes down a refund that needs a second person. The order is held by whoever asks.
insert into ops.refund_approval (approval_id, order_number, wish, amount_minor, currency, reason, cause, request_id, asked_by)
values (:approval_id, :order_number, :wish, :amount_minor, :currency, :reason, :cause, :request_id?, :asked_by);

-- name: approvalTake :opt
-- One of them, to be answered. Locks it, before the request and the order.
select a.approval_id, a.order_number, a.wish, a.amount_minor, a.currency, a.reason, a.cause, a.request_id, a.status, a.asked_by
from ops.refund_approval a where a.approval_id = :approval_id
for update;

-- name: approvalAnswer :exec
-- The second person's word. The row is held.
update ops.refund_approval a set status = :status, answered_by = :answered_by, answered_at = now() where a.approval_id = :approval_id;

-- name: approvalsWithdraw :many
-- A shopper's request was declined: what was to be given for it is not asked for any more. Locks the rows.
update ops.refund_approval a set status = 'declined', answered_by = :answered_by, answered_at = now()
where a.request_id = :request_id and a.status = 'waiting'
returning a.approval_id;

-- name: approvalList :many
-- Those that wait, the oldest first; those that were answered, the newest first. Reads only.
select a.approval_id, a.order_number, o.store_name, a.amount_minor, a.currency, a.reason, o.total_minor, o.refunded_minor, a.request_id, a.status,
  a.asked_by, a.asked_at, a.answered_by, a.answered_at, count(*) over () as "total!"
from ops.refund_approval a join orders.store_order o using (order_number)
where a.status = :status
order by case when a.status = 'waiting' then a.asked_at end, a.answered_at desc, a.approval_id
limit :limit::int offset :offset::int;

-- name: refundLimits :many
-- What one person may give back of an order alone. Reads only.
select l.currency, l.amount_minor from ops.refund_limit l order by l.currency;
