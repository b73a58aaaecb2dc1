-- Where the parcels are. An order may travel in several.
create schema shipment;

create type shipment.shipment_status as enum ('label_created', 'in_transit', 'out_for_delivery', 'delivered', 'exception');

create table shipment.shipment (
  shipment_id text primary key,
  order_number text not null references orders.store_order,
  carrier text not null,
  tracking_number text not null,
  -- The order's lines that are in it; null: not told, so all that are not elsewhere.
  line_nos smallint[],
  status shipment.shipment_status not null default 'label_created',
  estimated_delivery timestamptz,
  poll_at timestamptz,
  polls int not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  delivered_at timestamptz,
  check ((status = 'delivered') = (delivered_at is not null)),
  check (status <> 'delivered' or poll_at is null),
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

-- A parcel is under way. The same one again changes nothing; another one of the same order is another shipment. Answers
-- 'tracked', 'already', 'conflict' (the number is another's, or the order cannot be sent), 'too_many' (it has a hundred: an order
-- has a hundred lines at most, or 99 pieces of one, so each may travel alone) or 'not_found'. `p_poll_after` null: this carrier
-- cannot be asked. `p_has_arrived`: its arrival was heard of first, so it is known as one that is there.
create function shipment.put_1(
  p_shipment_id text, p_order_number text, p_carrier text, p_tracking_number text, p_estimated_delivery timestamptz, p_line_nos smallint[],
  p_poll_after interval, p_has_arrived boolean default false
) returns text
language plpgsql as $$
declare
  o orders.store_order;
begin
  select so.* into o from orders.store_order so where so.order_number = p_order_number for update;
  if not found or o.payment_status = 'unpaid' then return 'not_found'; end if;

  update shipment.shipment s
  set estimated_delivery = coalesce(p_estimated_delivery, s.estimated_delivery), line_nos = coalesce(p_line_nos, s.line_nos), updated_at = now()
  where s.order_number = p_order_number and s.carrier = p_carrier and s.tracking_number = p_tracking_number;
  if found then
    perform orders.advance_1(p_order_number, 'shipped', p_line_nos);
    return 'already';
  end if;
  if o.status not in ('placed', 'confirmed', 'shipped') and not (p_has_arrived and o.status = 'delivered') then return 'conflict'; end if;
  -- One parcel may carry two orders of one shopper from one store; anything else is a slip of the pen.
  if exists (
    select from shipment.shipment s join orders.store_order other using (order_number)
    where s.carrier = p_carrier and s.tracking_number = p_tracking_number
      and (other.account_id <> o.account_id or other.store_id <> o.store_id)
  ) then
    return 'conflict';
  end if;
  -- The order is held, so nobody else adds one meanwhile.
  if (select count(*) from shipment.shipment s where s.order_number = p_order_number) >= 100 then return 'too_many'; end if;

  insert into shipment.shipment (shipment_id, order_number, carrier, tracking_number, line_nos, estimated_delivery, poll_at, status, delivered_at)
  values (p_shipment_id, p_order_number, p_carrier, p_tracking_number, p_line_nos, p_estimated_delivery,
    case when not p_has_arrived then now() + p_poll_after end,
    case when p_has_arrived then 'delivered' else 'label_created' end::shipment.shipment_status, case when p_has_arrived then now() end);
  perform orders.order_tracked_1(p_order_number, p_carrier, p_tracking_number);
  perform orders.advance_1(p_order_number, 'shipped', p_line_nos);
  return 'tracked';
end $$;

-- An order is delivered when each of its parcels is and none of its items is still waiting for one.
create function shipment.deliver_if_all_1(p_order_number text) returns void
language plpgsql as $$
begin
  if exists (select from shipment.shipment s where s.order_number = p_order_number and s.status <> 'delivered') then return; end if;
  -- A parcel of which nobody said what is in it holds everything.
  if exists (select from shipment.shipment s where s.order_number = p_order_number and s.line_nos is null)
    or not exists (select from orders.order_item i where i.order_number = p_order_number and i.item_status in ('placed', 'shipped'))
  then
    perform orders.advance_1(p_order_number, 'delivered', null);
  end if;
end $$;

-- What the carrier says of a parcel. It goes forward only; an exception is not the end of it. Locks the order, then the
-- shipment. Answers whether anything changed.
create function shipment.progress_1(
  p_shipment_id text, p_status shipment.shipment_status, p_estimated_delivery timestamptz, p_events jsonb, p_poll_after interval
) returns boolean
language plpgsql as $$
declare
  s shipment.shipment;
  is_news boolean;
begin
  perform 1 from orders.store_order o join shipment.shipment x using (order_number) where x.shipment_id = p_shipment_id for update of o;
  select x.* into s from shipment.shipment x where x.shipment_id = p_shipment_id for update;
  if not found then return false; end if;

  -- Two hundred of a parcel are kept, as many as one answer may hold: a carrier that dates its scans anew each time it is asked
  -- would add to them for ever. Where the parcel is stands in its own row, whatever is kept of its way.
  insert into shipment.event (shipment_id, occurred_at, status, description, location)
  select p_shipment_id, e.occurred_at, e.status, e.description, e.location
  from jsonb_to_recordset(p_events) as e (occurred_at timestamptz, status shipment.shipment_status, description text, location text)
  where not exists (select from shipment.event k where k.shipment_id = p_shipment_id and k.occurred_at = e.occurred_at and k.status = e.status)
  order by e.occurred_at, e.status
  limit (select greatest(0, 200 - count(*)) from shipment.event k where k.shipment_id = p_shipment_id)
  on conflict (shipment_id, occurred_at, status) do nothing;

  -- The labels stand in the order of the way; 'exception' comes last and can be left again.
  is_news := s.status <> 'delivered' and p_status <> s.status and (p_status > s.status or s.status = 'exception');
  update shipment.shipment x
  set status = case when is_news then p_status else x.status end,
      estimated_delivery = coalesce(p_estimated_delivery, x.estimated_delivery), updated_at = now(),
      delivered_at = case when is_news and p_status = 'delivered' then now() else x.delivered_at end,
      -- Where something moves, more will soon.
      polls = case when is_news then 0 else x.polls end,
      poll_at = case when x.status = 'delivered' or p_status = 'delivered' then null when is_news then now() + p_poll_after else x.poll_at end
  where x.shipment_id = p_shipment_id;
  if is_news and p_status = 'delivered' then
    perform orders.advance_1(s.order_number, 'shipped', s.line_nos);
    perform orders.items_delivered_1(s.order_number, s.line_nos);
    perform shipment.deliver_if_all_1(s.order_number);
  end if;
  return is_news;
end $$;

-- What a store tells of an order, by an event or when asked: it is true whenever it comes, and in any order (W1). An
-- answer to our own request that has not arrived is made good by it. Answers null when no such order is known (yet), else
-- what came of it: 'advanced', 'already', 'cancelled', 'ended' (here it is over), 'surplus' (here it was over before the
-- store had it: a person is told), 'other_order' (the store holds a second one for it: a person is told), 'parcels_too_many' (it
-- has as many as an order can have, and this one is not noted: what came of it is known, so it is not worked again) or 'not_paid'.
create function shipment.store_event_1(
  p_store_id text, p_type text, p_store_order_number text, p_reference text, p_carrier text, p_tracking_number text,
  p_estimated_delivery timestamptz, p_shipment_id text, p_poll_after interval
) returns text
language plpgsql as $$
declare
  o orders.store_order;
  noted text;
begin
  select so.* into o from orders.store_order so
  where so.store_id = p_store_id and (so.order_number = p_reference or (p_reference is null and so.store_order_number = p_store_order_number))
  for update;
  if not found then return null; end if;
  if o.payment_status = 'unpaid' then return 'not_paid'; end if;
  if o.store_order_number <> p_store_order_number then
    if p_type <> 'cancelled' then
      perform placement.surplus_1(o.order_number, p_store_order_number);
    end if;
    return 'other_order';
  end if;
  if p_type = 'delivered' then
    -- Of an order that was called back on its way, too.
    update shipment.shipment x set status = 'delivered', delivered_at = now(), poll_at = null, updated_at = now()
    where x.order_number = o.order_number and x.status <> 'delivered';
  end if;
  if o.status in ('failed', 'cancelled') then
    if p_type = 'cancelled' or o.store_order_number is not null then return 'ended'; end if;
    if exists (select from placement.attempt a where a.order_number = o.order_number and a.store_order_number = p_store_order_number) then
      return 'ended';
    end if;
    perform placement.surplus_1(o.order_number, p_store_order_number);
    return 'surplus';
  end if;

  if p_type = 'cancelled' then
    if o.status = 'delivered' then return 'already'; end if;
    perform placement.store_says_1(o.order_number, p_store_order_number, false);
    perform orders.order_end_1(o.order_number, 'cancelled', case when o.cancel_requested_at is null then 'cancelled_by_store' else o.cancel_reason end);
    return 'cancelled';
  end if;

  if o.status = 'pending' and placement.store_says_1(o.order_number, p_store_order_number, true) <> 'placed' then
    return 'already';
  end if;
  if p_type = 'shipped' and p_carrier is not null and p_tracking_number is not null then
    noted := shipment.put_1(p_shipment_id, o.order_number, p_carrier, p_tracking_number, p_estimated_delivery, null, p_poll_after,
      p_has_arrived => o.status = 'delivered');
    if noted = 'tracked' then return 'advanced'; end if;
    if noted = 'too_many' then return 'parcels_too_many'; end if;
  end if;
  return orders.advance_1(o.order_number, p_type::orders.order_status, null);
end $$;
