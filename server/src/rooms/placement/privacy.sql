-- name: placementsErase :exec
-- Takes out what stores and operators wrote about somebody's orders, and has what browsers left of them deleted: a worker does
-- within minutes, and nobody is shown it meanwhile. Locks the rows.
with mine as (
  select o.order_number from orders.store_order o where o.account_id = any (:account_ids::text[])
), attempts as (
  update placement.attempt a set detail = null, evidence_until = least(a.evidence_until, now())
  from mine m where a.order_number = m.order_number and (a.detail is not null or a.evidence_until is not null)
)
update placement.manual_task t set detail = null, note = null
from mine m
where t.order_number = m.order_number and (t.detail is not null or t.note is not null);

-- name: placementsExport :one
-- What was written about somebody's orders while they were placed, for their copy of all that is kept of them. Reads only.
select coalesce(jsonb_agg(jsonb_build_object('museOrderNumber', t.order_number, 'task', t.kind, 'why', t.why, 'detail', t.detail,
    'note', t.note, 'openedAt', t.opened_at, 'closedAt', t.closed_at) order by t.opened_at, t.order_number), '[]') as "tasks!"
from placement.manual_task t
join orders.store_order o using (order_number)
where o.account_id = any (:account_ids::text[]);
