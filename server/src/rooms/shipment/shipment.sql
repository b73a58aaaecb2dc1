-- name: shipmentPut :one
-- Notes a parcel of an order and moves the order to shipped. Locks the order.
select shipment.put_1(:shipment_id, :order_number, :carrier, :tracking_number, :estimated_delivery?, :line_nos?::smallint[],
  make_interval(secs => :poll_after_seconds?)) as "outcome!";

-- name: shipmentsTake :many
-- Takes parcels whose carrier is due to be asked, and puts the next asking off: ever longer while nothing moves, and not for
-- ever. Skips rows that another worker is taking.
with due as (
  select s.shipment_id from shipment.shipment s
  where s.poll_at <= now() order by s.poll_at limit :count_max::int
  for update skip locked
)
update shipment.shipment s
set polls = s.polls + 1,
    poll_at = case when s.polls + 1 < :polls_max::int then now() + least(7200, 5 * 2 ^ least(s.polls, 12)) * interval '1 second' end
from due where s.shipment_id = due.shipment_id
returning s.shipment_id, s.order_number, s.carrier, s.tracking_number, s.polls;

-- name: shipmentProgress :one
-- What a carrier says of a parcel. Locks the order, then the parcel.
select shipment.progress_1(:shipment_id, (:status::text)::shipment.shipment_status, :estimated_delivery?, :events,
  make_interval(secs => :poll_after_seconds)) as "is_news!";

-- name: storeEventApply :one
-- What a store tells of an order. Locks the order, its placement, its attempt and task, its parcels.
select shipment.store_event_1(:store_id, :type, :store_order_number, :reference?, :carrier?, :tracking_number?, :estimated_delivery?,
  :shipment_id, make_interval(secs => :poll_after_seconds?)) as outcome;

-- name: orderLines :opt
-- Whose order it is and what lines it has, for whoever wants to add a parcel. Reads only.
select o.store_id, array(select i.line_no from orders.order_item i where i.order_number = o.order_number) as "line_nos!"
from orders.store_order o where o.order_number = :order_number and o.payment_status <> 'unpaid';
