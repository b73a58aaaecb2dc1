-- Where the parcels are. An order may travel in several.
create schema shipment;

create type shipment.shipment_status as enum ('label_created', 'in_transit', 'out_for_delivery', 'delivered', 'exception');

create table shipment.shipment (
  shipment_id text primary key,
  order_number text not null references orders.store_order,
  carrier text not null,
  tracking_number text not null,
  status shipment.shipment_status not null default 'label_created',
  estimated_delivery timestamptz,
  poll_at timestamptz,
  polls int not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  delivered_at timestamptz,
  unique (order_number, carrier, tracking_number)
);
create index shipment_due on shipment.shipment (poll_at) where poll_at is not null;
create index shipment_tracking on shipment.shipment (carrier, tracking_number);

create table shipment.event (
  shipment_id text not null references shipment.shipment,
  occurred_at timestamptz not null,
  status shipment.shipment_status not null,
  description text not null,
  location text,
  primary key (shipment_id, occurred_at, status)
);
