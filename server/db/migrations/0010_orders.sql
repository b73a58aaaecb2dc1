-- One order per retailer and per digital product of a checkout. Its status history is written by the database itself (O5).
create schema orders;

create type orders.order_status as enum ('pending', 'placed', 'confirmed', 'shipped', 'delivered', 'failed', 'cancelled');
create type orders.payment_status as enum ('unpaid', 'paid', 'partially_refunded', 'refunded');
create type orders.item_status as enum ('pending', 'placed', 'shipped', 'delivered', 'failed', 'cancelled');

create table orders.store_order (
  order_number text primary key,
  session_id text not null,
  -- The store's id, or the product's for a digital good.
  group_key text not null,
  account_id text not null,
  store_id text not null references store.store,
  store_name text not null,
  kind catalog.product_kind not null,
  status orders.order_status not null default 'pending',
  payment_status orders.payment_status not null default 'unpaid',
  placement_method store.placement_method,
  currency text not null check (currency in ('USD', 'KRW')),
  item_count int not null check (item_count > 0),
  subtotal_minor bigint not null check (subtotal_minor >= 0),
  discount_minor bigint not null check (discount_minor >= 0),
  shipping_minor bigint not null check (shipping_minor >= 0),
  tax_minor bigint not null check (tax_minor >= 0),
  total_minor bigint not null,
  -- What goes back in all (asked for, not yet proved), and how much of that is the delivery's.
  refunded_minor bigint not null default 0,
  refunded_shipping_minor bigint not null default 0,
  shipping_option_id text,
  delivery_from date,
  delivery_to date,
  store_order_number text,
  tracking_number text,
  carrier text,
  -- Why it failed or was cancelled: a code that the page puts into words.
  reason text,
  -- The shopper's (or all-or-nothing's) wish to have it back, why, and the store's no to it.
  cancel_requested_at timestamptz,
  cancel_reason text,
  cancel_refused_at timestamptz,
  placed_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- O1: no session has two.
  unique (session_id, group_key),
  check (total_minor = subtotal_minor - discount_minor + shipping_minor + tax_minor),
  check (refunded_minor between 0 and total_minor),
  check (refunded_shipping_minor between 0 and refunded_minor),
  check (cancel_refused_at is null or cancel_requested_at is not null),
  check (store_order_number is null or status <> 'pending')
) with (fillfactor = 70);
create index store_order_account on orders.store_order (account_id, created_at desc);
create index store_order_newest on orders.store_order (created_at desc);
create index store_order_store on orders.store_order (store_id, created_at desc);
create unique index store_order_at_store on orders.store_order (store_id, store_order_number) where store_order_number is not null;

create table orders.order_item (
  order_number text not null references orders.store_order,
  line_no smallint not null,
  product_id text not null,
  variant_id text not null,
  sku text not null,
  title text not null,
  size text,
  color text,
  image_url text,
  product_url text,
  quantity int not null check (quantity > 0),
  unit_price_minor bigint not null check (unit_price_minor >= 0),
  original_price_minor bigint,
  line_total_minor bigint not null,
  discount_minor bigint not null default 0,
  tax_minor bigint not null default 0,
  item_status orders.item_status not null default 'pending',
  refunded_quantity int not null default 0,
  refunded_minor bigint not null default 0,
  -- Line 0 of a refund is the delivery.
  check (line_no > 0),
  primary key (order_number, line_no),
  check (line_total_minor = unit_price_minor * quantity),
  check (refunded_quantity between 0 and quantity),
  -- No line gives back more than was paid for it, discount and tax included.
  check (refunded_minor between 0 and line_total_minor - discount_minor + tax_minor)
) with (fillfactor = 70);
create index order_item_product on orders.order_item (product_id);

create table orders.order_status_history (
  history_id bigint generated always as identity primary key,
  order_number text not null references orders.store_order,
  from_status orders.order_status,
  to_status orders.order_status not null,
  at timestamptz not null default clock_timestamp()
);
create index order_status_history_order on orders.order_status_history (order_number);

create type orders.refund_request_status as enum ('open', 'approved', 'declined');
create table orders.refund_request (
  request_id text primary key,
  order_number text not null references orders.store_order,
  account_id text not null,
  -- [{ lineNo, quantity }]; null: everything that is left.
  lines jsonb,
  reason text not null,
  status orders.refund_request_status not null default 'open',
  answered_by text,
  answered_at timestamptz,
  created_at timestamptz not null default now()
);
create unique index refund_request_open on orders.refund_request (order_number) where status = 'open';

create index refund_request_order on orders.refund_request (order_number);

-- The state tables of rooms/order/rules.ts, held by the database as well.
create function orders.guard_order() returns trigger language plpgsql as $$
begin
  if new.status <> old.status and not (
    (old.status = 'pending' and new.status in ('placed', 'failed', 'cancelled'))
    or (old.status = 'placed' and new.status in ('confirmed', 'shipped', 'cancelled'))
    or (old.status = 'confirmed' and new.status in ('shipped', 'cancelled'))
    or (old.status = 'shipped' and new.status in ('delivered', 'cancelled'))
  ) then
    raise exception 'order % cannot go from % to %', old.order_number, old.status, new.status using errcode = 'MU001';
  end if;
  if new.payment_status <> old.payment_status and not (
    (old.payment_status = 'unpaid' and new.payment_status = 'paid')
    or (old.payment_status = 'paid' and new.payment_status in ('partially_refunded', 'refunded'))
    or (old.payment_status = 'partially_refunded' and new.payment_status = 'refunded')
  ) then
    raise exception 'order % cannot go from % to %', old.order_number, old.payment_status, new.payment_status using errcode = 'MU001';
  end if;
  -- O2: nothing leaves 'pending' towards a store before it is paid.
  if new.status = 'placed' and new.payment_status = 'unpaid' then
    raise exception 'order % is not paid and cannot be placed', old.order_number using errcode = 'MU001';
  end if;
  return new;
end $$;
create trigger guard before update of status, payment_status on orders.store_order
  for each row execute function orders.guard_order();

create function orders.write_first_history() returns trigger language plpgsql as $$
begin
  insert into orders.order_status_history (order_number, from_status, to_status) select f.order_number, null, f.status from fresh f;
  return null;
end $$;
create trigger first_history after insert on orders.store_order referencing new table as fresh
  for each statement execute function orders.write_first_history();

-- The conditions of these two stand in the functions: PostgreSQL reads a trigger's own from its text at every statement.
create function orders.write_history() returns trigger language plpgsql as $$
begin
  if new.status <> old.status then
    insert into orders.order_status_history (order_number, from_status, to_status) values (new.order_number, old.status, new.status);
  end if;
  return null;
end $$;
create trigger history after update of status on orders.store_order
  for each row execute function orders.write_history();

-- Tells event streams of what happens to an order later on. Being paid and being placed are the busy steps, and NOTIFY
-- makes commits wait for each other: those two are told after their commit, by whoever made it (platform/db/bell.ts).
create function orders.tell() returns trigger language plpgsql as $$
begin
  if (old.status <> new.status and case new.placement_method
      when 'manual' then true
      -- What is there at once is part of being paid.
      when 'digital' then new.status not in ('placed', 'shipped', 'delivered')
      else new.status <> 'placed' end)
    or (old.payment_status <> new.payment_status and new.payment_status <> 'paid')
    or old.tracking_number is distinct from new.tracking_number
    or old.cancel_refused_at is distinct from new.cancel_refused_at
  then
    perform pg_notify('muse_session', new.session_id || ' order');
  end if;
  return null;
end $$;
create trigger tell after update of status, payment_status, tracking_number, cancel_refused_at on orders.store_order
  for each row execute function orders.tell();

-- 'MO-' and ten characters that a person can read out: no 0 O 1 I L U. Random, so that numbers tell nothing of volume.
-- Of a uuid's sixteen bytes the seventh and the ninth are not wholly random.
create function orders.new_number_1() returns text language sql volatile as $$
  with random as (select uuid_send(gen_random_uuid()) as bytes)
  select 'MO-' || string_agg(substr('23456789ABCDEFGHJKMNPQRSTVWXYZ', get_byte(bytes, i) % 30 + 1, 1), '' order by n)
  from random, unnest(array[0, 1, 2, 3, 4, 5, 10, 11, 12, 13]) with ordinality as pick (i, n)
$$;

-- Makes a session's orders from its frozen snapshot and its quote, or brings unpaid ones up to the newest quote. The
-- caller holds the session's row. Planning for each snapshot anew would cost as much as writing it, for the same plan.
create function orders.put_1(p_session_id text, p_account_id text, p_currency text, p_snapshot jsonb, p_quote jsonb) returns void
language plpgsql set plan_cache_mode = force_generic_plan as $$
begin
  with put as (
    insert into orders.store_order as o (order_number, session_id, group_key, account_id, store_id, store_name, kind, currency, item_count,
      subtotal_minor, discount_minor, shipping_minor, tax_minor, total_minor, shipping_option_id, delivery_from, delivery_to)
    select orders.new_number_1(), p_session_id, g ->> 'key', p_account_id, g ->> 'storeId', g ->> 'storeName',
      (g ->> 'kind')::catalog.product_kind, p_currency, (g ->> 'itemCount')::int, (g ->> 'subtotalMinor')::bigint,
      coalesce((q ->> 'discountMinor')::bigint, 0), coalesce((q ->> 'shippingMinor')::bigint, 0), coalesce((q ->> 'taxMinor')::bigint, 0),
      (g ->> 'subtotalMinor')::bigint - coalesce((q ->> 'discountMinor')::bigint, 0) + coalesce((q ->> 'shippingMinor')::bigint, 0)
        + coalesce((q ->> 'taxMinor')::bigint, 0),
      q ->> 'shippingOptionId', (q ->> 'deliveryFrom')::date, (q ->> 'deliveryTo')::date
    from jsonb_array_elements(p_snapshot -> 'groups') as g
    cross join lateral (select p_quote -> 'groups' -> (g ->> 'key')) as quoted (q)
    on conflict (session_id, group_key) do update
      set discount_minor = excluded.discount_minor, shipping_minor = excluded.shipping_minor, tax_minor = excluded.tax_minor,
          total_minor = excluded.total_minor, shipping_option_id = excluded.shipping_option_id,
          delivery_from = excluded.delivery_from, delivery_to = excluded.delivery_to, updated_at = now()
      where o.payment_status = 'unpaid' and o.status = 'pending'
    returning o.order_number, o.group_key
  )
  insert into orders.order_item as i (order_number, line_no, product_id, variant_id, sku, title, size, color, image_url, product_url,
    quantity, unit_price_minor, original_price_minor, line_total_minor, discount_minor, tax_minor)
  select put.order_number, (l ->> 'lineNo')::smallint, l ->> 'productId', l ->> 'variantId', l ->> 'sku', l ->> 'title', l ->> 'size',
    l ->> 'color', l ->> 'imageUrl', l ->> 'productUrl', (l ->> 'quantity')::int, (l ->> 'unitPriceMinor')::bigint,
    (l ->> 'originalPriceMinor')::bigint, (l ->> 'lineTotalMinor')::bigint,
    coalesce((p_quote -> 'groups' -> put.group_key -> 'lineDiscountMinor' ->> (l ->> 'lineNo'))::bigint, 0),
    coalesce((p_quote -> 'groups' -> put.group_key -> 'lineTaxMinor' ->> (l ->> 'lineNo'))::bigint, 0)
  from jsonb_array_elements(p_snapshot -> 'groups') as g
  join put on put.group_key = g ->> 'key'
  cross join lateral jsonb_array_elements(g -> 'items') as l
  on conflict (order_number, line_no) do update
    set discount_minor = excluded.discount_minor, tax_minor = excluded.tax_minor;
end $$;

create function orders.mark_paid_1(p_session_id text) returns int language plpgsql as $$
declare
  paid int;
begin
  update orders.store_order o set payment_status = 'paid', updated_at = now()
  where o.session_id = p_session_id and o.payment_status = 'unpaid' and o.status = 'pending';
  get diagnostics paid = row_count;
  return paid;
end $$;

-- The store has the order. Returns false when it is not waiting for that any more. A wish to cancel that came meanwhile
-- is left to a job, which asks the store.
create function orders.order_placed_1(p_order_number text, p_method store.placement_method, p_store_order_number text) returns boolean
language plpgsql as $$
declare
  wants_back boolean;
begin
  update orders.store_order o
  set status = 'placed', placement_method = p_method, store_order_number = p_store_order_number, placed_at = now(), updated_at = now()
  where o.order_number = p_order_number and o.status = 'pending'
  returning o.cancel_requested_at is not null into wants_back;
  if not found then return false; end if;
  update orders.order_item i set item_status = 'placed' where i.order_number = p_order_number and i.item_status = 'pending';
  if wants_back then
    perform graphile_worker.add_job('placement.cancel', json_build_object('orderNumber', p_order_number), job_key => 'placement.cancel:' || p_order_number);
  end if;
  return true;
end $$;

-- Moves a placed order forward, never back, and fills a step that was skipped (delivered straight after placed was
-- shipped in between), each with its row of history. `p_line_nos`: the items this is true of; null, all of them.
create function orders.advance_1(p_order_number text, p_to orders.order_status, p_line_nos smallint[]) returns text
language plpgsql as $$
declare
  o orders.store_order;
begin
  select so.* into o from orders.store_order so where so.order_number = p_order_number for update;
  if not found then return 'not_found'; end if;
  if o.status = 'pending' then return 'not_placed'; end if;
  if o.status in ('failed', 'cancelled') then return 'ended'; end if;

  if p_to in ('shipped', 'delivered') then
    update orders.order_item i set item_status = p_to::text::orders.item_status
    where i.order_number = p_order_number and (p_line_nos is null or i.line_no = any (p_line_nos))
      and (i.item_status = 'placed' or (p_to = 'delivered' and i.item_status = 'shipped'));
  end if;
  -- The labels of the enum stand in the order of the life cycle.
  if o.status >= p_to then return 'already'; end if;
  if p_to = 'delivered' and o.status <> 'shipped' then
    update orders.store_order so set status = 'shipped' where so.order_number = p_order_number;
  end if;
  update orders.store_order so set status = p_to, updated_at = now() where so.order_number = p_order_number;
  return 'advanced';
end $$;

-- Some of an order's items have arrived; the order itself waits for the rest. Null: it was not told which.
create function orders.items_delivered_1(p_order_number text, p_line_nos smallint[]) returns void
language plpgsql as $$
begin
  update orders.order_item i set item_status = 'delivered'
  where i.order_number = p_order_number and i.line_no = any (p_line_nos) and i.item_status in ('placed', 'shipped');
end $$;

-- The number under which the newest parcel travels. The shipment room holds them all.
create function orders.order_tracked_1(p_order_number text, p_carrier text, p_tracking_number text) returns void
language plpgsql as $$
begin
  update orders.store_order o set carrier = p_carrier, tracking_number = p_tracking_number, updated_at = now()
  where o.order_number = p_order_number;
end $$;

-- Somebody wants the order back, and it is too late to do it at once: the wish is noted, and obeyed by whatever comes next.
create function orders.cancel_requested_1(p_order_number text, p_reason text) returns void
language plpgsql as $$
begin
  update orders.store_order o
  set cancel_reason = coalesce(o.cancel_reason, p_reason), cancel_requested_at = coalesce(o.cancel_requested_at, now()), updated_at = now()
  where o.order_number = p_order_number;
end $$;

-- The store will not take the order back. The order goes on.
create function orders.cancel_refused_1(p_order_number text) returns void
language plpgsql as $$
begin
  update orders.store_order o set cancel_refused_at = now(), updated_at = now()
  where o.order_number = p_order_number and o.cancel_requested_at is not null and o.cancel_refused_at is null;
end $$;

-- Ends an order that will not be had, and gives its money back to the cent: what of it was not refunded before. Units of
-- ours go back on the shelf unless the store has sent them.
create function orders.order_end_1(p_order_number text, p_status orders.order_status, p_reason text) returns boolean
language plpgsql as $$
declare
  o orders.store_order;
begin
  select so.* into o from orders.store_order so where so.order_number = p_order_number for update;
  if not found or o.status in ('failed', 'cancelled', 'delivered') then return false; end if;

  update orders.store_order so set status = p_status, reason = p_reason, updated_at = now() where so.order_number = p_order_number;
  update orders.order_item i set item_status = p_status::text::orders.item_status
  where i.order_number = p_order_number and i.item_status in ('pending', 'placed', 'shipped');
  if o.payment_status <> 'unpaid' and o.total_minor > o.refunded_minor then
    perform orders.refund_open_1(p_order_number, 'order:' || p_order_number || ':ended', o.total_minor - o.refunded_minor, p_reason, null, null);
  end if;
  if o.status <> 'shipped' then
    perform inventory.restock_1(o.session_id, (select array_agg(i.variant_id order by i.variant_id) from orders.order_item i where i.order_number = p_order_number));
  end if;
  return true;
end $$;

-- Everything of an order that has not gone back yet, line by line; line 0 is the delivery, with the tax on it.
create function orders.refund_rest_1(p_order_number text) returns jsonb
language sql stable as $$
  select coalesce(jsonb_agg(jsonb_build_object('lineNo', rest.line_no, 'quantity', rest.quantity, 'amountMinor', rest.amount_minor) order by rest.line_no), '[]')
  from (
    select 0 as line_no, 0 as quantity, o.total_minor - o.refunded_shipping_minor
      - (select coalesce(sum(i.line_total_minor - i.discount_minor + i.tax_minor), 0) from orders.order_item i where i.order_number = o.order_number) as amount_minor
    from orders.store_order o where o.order_number = p_order_number
    union all
    select i.line_no, i.quantity - i.refunded_quantity, i.line_total_minor - i.discount_minor + i.tax_minor - i.refunded_minor
    from orders.order_item i where i.order_number = p_order_number
  ) rest
  where rest.quantity > 0 or rest.amount_minor > 0
$$;

-- Adds a refund's shares to the order and its lines, or takes them off again (p_sign -1) when it came to nothing. The
-- tables' checks refuse what passes a line's or the order's own amount.
create function orders.refund_share_1(p_order_number text, p_amount_minor bigint, p_lines jsonb, p_sign int) returns void
language plpgsql as $$
declare
  shared int;
begin
  update orders.store_order o
  set refunded_minor = o.refunded_minor + p_sign * p_amount_minor, updated_at = now(),
      refunded_shipping_minor = o.refunded_shipping_minor + p_sign * coalesce((
        select sum((l ->> 'amountMinor')::bigint) from jsonb_array_elements(p_lines) l where (l ->> 'lineNo')::int = 0), 0)
  where o.order_number = p_order_number;
  update orders.order_item i
  set refunded_quantity = i.refunded_quantity + p_sign * (l ->> 'quantity')::int,
      refunded_minor = i.refunded_minor + p_sign * (l ->> 'amountMinor')::bigint
  from jsonb_array_elements(p_lines) l
  where i.order_number = p_order_number and i.line_no = (l ->> 'lineNo')::int;
  get diagnostics shared = row_count;
  if shared <> (select count(*) from jsonb_array_elements(p_lines) l where (l ->> 'lineNo')::int <> 0) then
    raise exception 'M5: a refund of order % names a line that it has not, or one twice', p_order_number using errcode = 'MU001';
  end if;
end $$;

-- The order's share of the payment goes back. `refunded_minor` counts what was asked for; `payment_status` moves when the
-- provider has said yes (orders.refund_settled_1), so that nobody is told of money that has not gone. `p_lines` says of
-- what: [{ lineNo, quantity, amountMinor }], each line once, in sum the amount; null is everything that is left.
create function orders.refund_open_1(
  p_order_number text, p_cause text, p_amount_minor bigint, p_reason text, p_requested_by text, p_lines jsonb
) returns table (outcome text, refund_id text)
language plpgsql as $$
declare
  o orders.store_order;
  opened record;
  shares jsonb;
begin
  select so.* into o from orders.store_order so where so.order_number = p_order_number for update;
  if not found then
    return query select 'not_found', null::text; return;
  end if;
  select 'exists' as outcome, r.refund_id into opened from payment.refund r where r.cause = p_cause;
  if found then
    return query select opened.outcome::text, opened.refund_id::text; return;
  end if;
  if o.refunded_minor + p_amount_minor > o.total_minor then
    return query select 'above_charge', null::text; return;
  end if;

  shares := coalesce(p_lines, orders.refund_rest_1(p_order_number));
  if (select sum((l ->> 'amountMinor')::bigint) from jsonb_array_elements(shares) l) is distinct from p_amount_minor::numeric then
    raise exception 'M5: the lines of the refund % do not sum to its amount', p_cause using errcode = 'MU001';
  end if;
  select r.outcome, r.refund_id into opened from payment.payment p
  cross join lateral payment.refund_open_1('re_' || replace(gen_random_uuid()::text, '-', ''), p.payment_id, p_order_number, p_cause,
    p_amount_minor, p_reason, p_requested_by, shares) as r
  where p.session_id = o.session_id;
  if opened.outcome = 'opened' then
    perform orders.refund_share_1(p_order_number, p_amount_minor, shares, 1);
    perform ledger.post_refund_opened_1(opened.refund_id);
  end if;
  return query select coalesce(opened.outcome, 'not_charged')::text, opened.refund_id::text;
end $$;

-- What the provider answered to a refund. A success that fails later is taken back, and ops see it. Returns whether
-- anything changed.
create function orders.refund_settled_1(
  p_refund_id text, p_status payment.refund_status, p_provider_ref text, p_failure_code text, p_try_at timestamptz
) returns boolean
language plpgsql as $$
declare
  known payment.refund;
  settled bigint;
begin
  -- Lock order: order, then payment, then refund.
  perform 1 from orders.store_order o join payment.refund r using (order_number) where r.refund_id = p_refund_id for update of o;
  -- No answer to the question how a pending refund stands leaves it pending.
  known := payment.refund_settle_1(p_refund_id, case
    when p_status = 'unknown' and exists (select from payment.refund r where r.refund_id = p_refund_id and r.status = 'pending') then 'pending'
    else p_status end::payment.refund_status, p_provider_ref, p_failure_code, p_try_at);
  if known.refund_id is null then return false; end if;
  if known.order_number is null then return true; end if;

  select coalesce(sum(r.amount_minor), 0) into settled from payment.refund r
  where r.order_number = known.order_number and r.status = 'succeeded';
  if p_status = 'succeeded' then
    update orders.store_order o
    set payment_status = case when settled >= o.total_minor then 'refunded' else 'partially_refunded' end::orders.payment_status, updated_at = now()
    where o.order_number = known.order_number and o.payment_status <> 'refunded';
    -- S3: what was paid back is downloaded no more. Of goods that are sent there is nothing to take.
    if exists (select from orders.store_order o where o.order_number = known.order_number and o.kind = 'digital' and o.payment_status = 'refunded') then
      perform access.revoke_1(known.order_number, 'refunded');
    end if;
  elsif p_status = 'failed' then
    perform orders.refund_share_1(known.order_number, known.amount_minor, known.lines, -1);
    perform ledger.post_refund_withdrawn_1(p_refund_id);
  end if;
  return true;
end $$;

-- The shopper asks for money back. One open request an order; asking again returns it. Which items and how many is
-- judged by rooms/order/request-refund.ts (p_is_valid) and told to nobody but the order's owner; the order's row is held,
-- so that two requests are one. Another wish while one is open is refused: nobody would read it.
create function orders.refund_request_open_1(p_request_id text, p_order_number text, p_account_id text, p_lines jsonb, p_reason text, p_is_valid boolean)
returns table (outcome text, request_id text)
language plpgsql as $$
declare
  o orders.store_order;
  known orders.refund_request;
begin
  select so.* into o from orders.store_order so where so.order_number = p_order_number and so.account_id = p_account_id for update;
  if not found or o.payment_status = 'unpaid' then
    return query select 'not_found', null::text; return;
  end if;
  select r.* into known from orders.refund_request r where r.order_number = p_order_number and r.status = 'open';
  if found then
    return query select case
      when not p_is_valid then 'invalid'
      when (known.lines, known.reason) is distinct from (p_lines, p_reason) then 'other_open'
      else 'open' end, known.request_id;
    return;
  end if;
  if o.payment_status = 'refunded' or o.refunded_minor = o.total_minor then
    return query select 'nothing_left', null::text; return;
  end if;
  -- What has not been placed yet is taken back by cancelling it.
  if o.status in ('pending', 'failed', 'cancelled') then
    return query select 'not_delivered', null::text; return;
  end if;
  if not p_is_valid then
    return query select 'invalid', null::text; return;
  end if;
  insert into orders.refund_request (request_id, order_number, account_id, lines, reason)
  values (p_request_id, p_order_number, p_account_id, p_lines, p_reason);
  return query select 'opened', p_request_id;
end $$;

-- Unpaid orders of a session that is over: they will never be.
create function orders.abandon_1(p_session_id text) returns int language plpgsql as $$
declare
  abandoned int;
begin
  update orders.store_order o set status = 'cancelled', reason = 'not_paid', updated_at = now()
  where o.session_id = p_session_id and o.payment_status = 'unpaid' and o.status = 'pending';
  get diagnostics abandoned = row_count;
  return abandoned;
end $$;
