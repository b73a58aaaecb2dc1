-- name: auditErase :exec
-- Strikes out what people of the house wrote about somebody's orders; that they did what they did stays. Locks the rows.
update ops.audit a set detail = a.detail - 'note'
from orders.store_order o
where a.subject = o.order_number and o.account_id = any (:account_ids::text[]) and a.detail ? 'note';

-- name: sellerNotesErase :exec
-- The same for what people of the house wrote about somebody as a seller. Locks the rows.
update ops.audit a set detail = a.detail - 'note' where a.subject = any (:account_ids::text[]) and a.detail ? 'note';

-- name: approvalsErase :exec
-- The same for what people of the house wrote when they asked for somebody's refund. Locks the rows.
update ops.refund_approval a set reason = 'erased'
from orders.store_order o
where a.order_number = o.order_number and o.account_id = any (:account_ids::text[]);
