-- name: shipmentsErase :exec
-- Takes out where parcels were and what carriers wrote on the way. That one was sent, with which number, stays: it proves
-- the delivery. Locks the rows.
update shipment.event e set description = '', location = null
from shipment.shipment s
join orders.store_order o using (order_number)
where s.shipment_id = e.shipment_id and o.account_id = any (:account_ids::text[]);

-- name: shipmentsExport :one
-- Somebody's parcels, for their copy of all that is kept of them. Reads only.
select coalesce(jsonb_agg(jsonb_build_object('museOrderNumber', s.order_number, 'carrier', s.carrier, 'trackingNumber', s.tracking_number,
    'status', s.status, 'deliveredAt', s.delivered_at,
    'events', (select jsonb_agg(jsonb_build_object('at', e.occurred_at, 'status', e.status, 'description', e.description,
        'location', e.location) order by e.occurred_at) from shipment.event e where e.shipment_id = s.shipment_id))
    order by s.created_at, s.shipment_id), '[]') as "shipments!"
from shipment.shipment s
join orders.store_order o using (order_number)
where o.account_id = any (:account_ids::text[]);
