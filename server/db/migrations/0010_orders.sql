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
  refunded_minor bigint not null default 0,
  shipping_option_id text,
  delivery_from date,
  delivery_to date,
  store_order_number text,
  tracking_number text,
  carrier text,
  -- Why it failed or was cancelled: a code that the page puts into words.
  reason text,
  -- The shopper's (or all-or-nothing's) wish to have it back, and the store's no to it.
  cancel_requested_at timestamptz,
  cancel_refused_at timestamptz,
  placed_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- O1: no session has two.
  unique (session_id, group_key),
  check (total_minor = subtotal_minor - discount_minor + shipping_minor + tax_minor),
  check (refunded_minor between 0 and total_minor),
  check (store_order_number is null or status <> 'pending')
) with (fillfactor = 70);
create index store_order_account on orders.store_order (account_id, created_at desc);
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
  primary key (order_number, line_no),
  check (line_total_minor = unit_price_minor * quantity),
  check (refunded_quantity between 0 and quantity)
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
  lines jsonb,
  reason text not null,
  status orders.refund_request_status not null default 'open',
  answered_by text,
  answered_at timestamptz,
  created_at timestamptz not null default now()
);
create unique index refund_request_open on orders.refund_request (order_number) where status = 'open';

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
  if new.payment_status < old.payment_status then
    raise exception 'order % cannot go from % back to %', old.order_number, old.payment_status, new.payment_status using errcode = 'MU001';
  end if;
  -- O2: nothing leaves 'pending' towards a store before it is paid.
  if new.status = 'placed' and new.payment_status = 'unpaid' then
    raise exception 'order % is not paid and cannot be placed', old.order_number using errcode = 'MU001';
  end if;
  return new;
end $$;
create trigger guard before update of status, payment_status on orders.store_order
  for each row execute function orders.guard_order();

create function orders.write_history() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    insert into orders.order_status_history (order_number, from_status, to_status) values (new.order_number, null, new.status);
  elsif new.status <> old.status then
    insert into orders.order_status_history (order_number, from_status, to_status) values (new.order_number, old.status, new.status);
  end if;
  return null;
end $$;
create trigger history after insert or update of status on orders.store_order
  for each row execute function orders.write_history();

-- Whoever waits for a checkout (the place call, an event stream) is woken at commit.
create function orders.tell() returns trigger language plpgsql as $$
begin
  perform pg_notify('muse_session', new.session_id);
  return null;
end $$;
create trigger tell after update of status, payment_status, tracking_number on orders.store_order
  for each row when (old.status <> new.status or old.payment_status <> new.payment_status or old.tracking_number is distinct from new.tracking_number)
  execute function orders.tell();

-- 'MO-' and ten characters that a person can read out: no 0 O 1 I L U. Random, so that numbers tell nothing of volume.
create function orders.new_number_1() returns text language sql volatile as $$
  with random as (select uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) as bytes)
  select 'MO-' || string_agg(substr('23456789ABCDEFGHJKMNPQRSTVWXYZ', get_byte(bytes, i) % 30 + 1, 1), '' order by n)
  from random, unnest(array[0, 1, 2, 3, 4, 16, 17, 18, 19, 20]) with ordinality as pick (i, n)
$$;

-- Makes a session's orders from its frozen snapshot and its quote, or brings unpaid ones up to the newest quote. The
-- caller holds the session's row.
create function orders.put_1(p_session_id text, p_account_id text, p_currency text, p_snapshot jsonb, p_quote jsonb) returns void
language plpgsql as $$
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

create function orders.order_placed_1(p_order_number text, p_method store.placement_method, p_store_order_number text) returns boolean
language plpgsql as $$
begin
  update orders.store_order o
  set status = 'placed', placement_method = p_method, store_order_number = p_store_order_number, placed_at = now(), updated_at = now()
  where o.order_number = p_order_number and o.status = 'pending';
  if not found then return false; end if;
  update orders.order_item i set item_status = 'placed' where i.order_number = p_order_number and i.item_status = 'pending';
  if exists (select from orders.store_order o where o.order_number = p_order_number and o.cancel_requested_at is not null) then
    perform graphile_worker.add_job('placement.cancel', json_build_object('orderNumber', p_order_number), job_key => 'placement.cancel:' || p_order_number);
  end if;
  return true;
end $$;

-- Ends an order that will not be had, and gives its money back to the cent: what of it was not refunded before.
create function orders.order_end_1(p_order_number text, p_status orders.order_status, p_reason text) returns boolean
language plpgsql as $$
declare
  o orders.store_order;
begin
  select so.* into o from orders.store_order so where so.order_number = p_order_number for update;
  if not found or o.status = p_status or o.status in ('failed', 'cancelled', 'delivered') then return false; end if;

  update orders.store_order so set status = p_status, reason = p_reason, updated_at = now() where so.order_number = p_order_number;
  update orders.order_item i set item_status = p_status::text::orders.item_status
  where i.order_number = p_order_number and i.item_status in ('pending', 'placed');
  perform inventory.restock_1(o.session_id, (select array_agg(i.variant_id order by i.variant_id) from orders.order_item i where i.order_number = p_order_number));
  if o.payment_status <> 'unpaid' and o.total_minor > o.refunded_minor then
    perform orders.refund_open_1(p_order_number, 'order:' || p_order_number || ':ended', o.total_minor - o.refunded_minor, p_reason, null, null);
  end if;
  return true;
end $$;

-- The order's share of the payment goes back. `refunded_minor` counts what was asked for; `payment_status` moves when the
-- provider has said yes (orders.refund_settled_1), so that nobody is told of money that has not gone.
create function orders.refund_open_1(
  p_order_number text, p_cause text, p_amount_minor bigint, p_reason text, p_requested_by text, p_lines jsonb
) returns table (outcome text, refund_id text)
language plpgsql as $$
declare
  o orders.store_order;
  opened record;
  share record;
begin
  select so.* into o from orders.store_order so where so.order_number = p_order_number for update;
  if o.refunded_minor + p_amount_minor > o.total_minor then
    return query select 'above_charge', null::text; return;
  end if;
  select r.* into opened from payment.payment p
  cross join lateral payment.refund_open_1('re_' || replace(gen_random_uuid()::text, '-', ''), p.payment_id, p_order_number, p_cause,
    p_amount_minor, p_reason, p_requested_by, p_lines) as r
  where p.session_id = o.session_id;
  if opened.outcome = 'opened' then
    update orders.store_order so set refunded_minor = so.refunded_minor + p_amount_minor, updated_at = now()
    where so.order_number = p_order_number;
    for share in select (l ->> 'lineNo')::smallint as line_no, (l ->> 'quantity')::int as quantity from jsonb_array_elements(p_lines) as l loop
      update orders.order_item i set refunded_quantity = least(i.quantity, i.refunded_quantity + share.quantity)
      where i.order_number = p_order_number and i.line_no = share.line_no;
    end loop;
  end if;
  return query select opened.outcome::text, opened.refund_id::text;
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
  known := payment.refund_settle_1(p_refund_id, p_status, p_provider_ref, p_failure_code, p_try_at);
  if known.refund_id is null then return false; end if;
  if known.order_number is null then return true; end if;

  select coalesce(sum(r.amount_minor), 0) into settled from payment.refund r
  where r.order_number = known.order_number and r.status = 'succeeded';
  if p_status = 'succeeded' then
    update orders.store_order o
    set payment_status = case when settled >= o.total_minor then 'refunded' else 'partially_refunded' end::orders.payment_status, updated_at = now()
    where o.order_number = known.order_number and o.payment_status <> 'refunded';
  elsif p_status = 'failed' then
    update orders.store_order o set refunded_minor = o.refunded_minor - known.amount_minor, updated_at = now()
    where o.order_number = known.order_number;
  end if;
  return true;
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
