-- What a shopper means to buy, before anything is promised. One cart an account.
create schema cart;

create table cart.cart (
  account_id text primary key,
  -- Moves with every change, so that a client can say which cart it meant (If-Match).
  version bigint not null default 0,
  updated_at timestamptz not null default now()
) with (fillfactor = 70);

create table cart.item (
  item_id text primary key,
  account_id text not null references cart.cart,
  variant_id text not null references catalog.variant,
  quantity int not null check (quantity between 1 and 99),
  -- The price the shopper last saw: only to tell them that it moved, never to charge.
  seen_price_minor bigint not null check (seen_price_minor >= 0),
  added_at timestamptz not null default clock_timestamp(),
  unique (account_id, variant_id)
) with (fillfactor = 80);
create index item_variant on cart.item (variant_id);
-- Every plan assumes a cart of four lines. With statistics per account the planner would find each one's own plan a
-- little cheaper than the prepared one, and plan anew with every read: 0.5 ms for a query that runs 0.06 ms.
alter table cart.item alter column account_id set (n_distinct = -0.25);
alter table cart.item alter column account_id set statistics 1;

-- Batches that were taken, by what was in them, so that sending one twice changes nothing
-- (docs/decisions/0022-batch-twice.md). Forgotten after a day, and when something was bought.
create table cart.batch (
  account_id text not null references cart.cart on delete cascade,
  content_hash bytea not null check (length(content_hash) = 32),
  -- The cart's version when the batch was in it.
  version bigint not null,
  taken_at timestamptz not null default now(),
  primary key (account_id, content_hash)
);

create type cart.outcome as enum (
  'done', 'version_conflict', 'item_not_found', 'product_not_found', 'product_url_unknown', 'variant_required',
  'product_unavailable', 'quantity_limit', 'cart_full'
);

-- What every write answers: the cart's version, and as JSON the line it is about, the cart's sums, and what a refusal
-- has to tell (the choices, the limit).
create type cart.written as (outcome cart.outcome, version bigint, item jsonb, summary jsonb, detail jsonb);

-- What of a variant an account's own checkout holds: to its owner that is not "out of stock".
create function cart.held_1(p_account_id text, p_variant_id text) returns int
language plpgsql stable as $$
begin
  return coalesce((
    select sum(r.quantity) from checkout.session s join inventory.reservation r using (session_id)
    where s.account_id = p_account_id and s.status in ('pending', 'processing') and s.paid_at is null
      and r.variant_id = p_variant_id and r.status = 'active'), 0);
end $$;

-- Whether a shopper has a digital product already.
create function cart.owns_1(p_account_id text, p_product_id text) returns boolean
language plpgsql stable as $$
begin
  return exists (select from access.holding h where h.account_id = p_account_id and h.product_id = p_product_id and h.revoked_at is null);
end $$;

-- A cart's lines as they are sold at this moment. `left_in_stock` is null where more is there than anybody needs to know;
-- what the shopper's own checkout holds is looked up only where it may matter, and only of a file whether it is owned.
create view cart.line as
select i.account_id, i.item_id, i.quantity, i.seen_price_minor, i.added_at, v.variant_id, v.size, v.color, v.price_minor, v.list_price_minor,
  p.product_id, p.kind, p.currency, p.title, coalesce(v.image_url, p.image_url) as image_url, p.product_url,
  st.store_id, st.name as store_name, v.is_active and p.is_active and st.is_active as is_sold,
  case when not v.is_in_stock then 0
    when p.edition_limit is not null then catalog.edition_left_1(p.product_id, p.edition_limit, i.account_id)
    when s.on_hand - s.reserved < greatest(i.quantity, 20) then s.on_hand - s.reserved + cart.held_1(i.account_id, i.variant_id)
    end as left_in_stock,
  v.is_active and v.is_in_stock and p.is_active and st.is_active and (
    s.variant_id is null or s.on_hand - s.reserved >= i.quantity
    or s.on_hand - s.reserved + cart.held_1(i.account_id, i.variant_id) >= i.quantity)
    and (p.edition_limit is null or catalog.edition_left_1(p.product_id, p.edition_limit, i.account_id) > 0) as is_available,
  coalesce(coalesce(p.seller_id, st.owner_account_id) = i.account_id, false) as is_own,
  p.kind = 'digital' and cart.owns_1(i.account_id, p.product_id) as is_owned
from cart.item i
join catalog.variant v using (variant_id)
join catalog.product p using (product_id)
join store.store st using (store_id)
left join inventory.stock s on s.variant_id = i.variant_id;

-- Counts and sums of a cart, and one of its lines. Volatile, so that it sees what its caller has just written.
create function cart.reply_1(p_account_id text, p_version bigint, p_item_id text) returns cart.written
language plpgsql volatile as $$
declare
  reply cart.written;
begin
  reply.outcome := 'done';
  reply.version := p_version;
  -- A store sells in one currency, so stores can be counted by currency.
  select jsonb_build_object('lineCount', coalesce(sum(t.line_count), 0), 'itemCount', coalesce(sum(t.item_count), 0),
    'storeCount', coalesce(sum(t.store_count), 0), 'totals', coalesce(jsonb_agg(jsonb_build_object('currency', t.currency,
      'itemCount', t.item_count, 'subtotalMinor', t.subtotal_minor, 'savingsMinor', t.savings_minor) order by t.currency), '[]'))
  into reply.summary
  from (
    select p.currency, count(*) as line_count, count(distinct p.store_id) as store_count, sum(i.quantity) as item_count,
      sum(v.price_minor * i.quantity) as subtotal_minor,
      sum((greatest(v.list_price_minor, v.price_minor) - v.price_minor) * i.quantity) as savings_minor
    from cart.item i join catalog.variant v using (variant_id) join catalog.product p using (product_id)
    where i.account_id = p_account_id
    group by p.currency
  ) t;
  if p_item_id is null then return reply; end if;

  select jsonb_build_object('itemId', l.item_id, 'storeId', l.store_id, 'storeName', l.store_name, 'kind', l.kind, 'currency', l.currency,
    'productId', l.product_id, 'variantId', l.variant_id, 'title', l.title, 'size', l.size, 'color', l.color, 'quantity', l.quantity,
    'priceMinor', l.price_minor, 'listPriceMinor', l.list_price_minor, 'seenPriceMinor', l.seen_price_minor, 'imageUrl', l.image_url,
    'productUrl', l.product_url, 'isAvailable', l.is_available, 'isSold', l.is_sold, 'isOwn', l.is_own, 'isOwned', l.is_owned,
    'leftInStock', l.left_in_stock)
  into reply.item
  from cart.line l where l.item_id = p_item_id;
  return reply;
end $$;

create function cart.refusal_1(p_outcome cart.outcome, p_version bigint, p_detail jsonb) returns cart.written
language sql immutable as $$
  select row(p_outcome, coalesce(p_version, 0), null, null, p_detail)::cart.written
$$;

-- Takes the cart's row, making it where there is none, so that all writes to one cart are serial. Answers its version.
create function cart.lock_1(p_account_id text) returns bigint
language plpgsql as $$
declare
  known bigint;
begin
  select c.version into known from cart.cart c where c.account_id = p_account_id for update;
  if found then return known; end if;
  insert into cart.cart as c (account_id) values (p_account_id)
  on conflict (account_id) do update set version = c.version
  returning c.version into known;
  return known;
end $$;

create function cart.bump_1(p_account_id text) returns bigint
language sql as $$
  update cart.cart c set version = c.version + 1, updated_at = now() where c.account_id = p_account_id returning c.version
$$;

-- Which variant is meant, and whether it is sold: by its id, or by its product (by id or page) where that leaves one.
create function cart.offer_1(
  p_product_id text, p_variant_id text, p_urls text[], p_size text, p_color text,
  out outcome cart.outcome, out variant_id text, out kind catalog.product_kind, out price_minor bigint, out detail jsonb
)
language plpgsql stable as $$
declare
  wanted text := p_product_id;
  on_page text;
  matches int;
begin
  if p_variant_id is not null then
    select case when v.is_active and p.is_active and st.is_active then 'done' else 'product_unavailable' end, v.variant_id, p.kind, v.price_minor
    into outcome, variant_id, kind, price_minor
    from catalog.variant v join catalog.product p using (product_id) join store.store st using (store_id)
    where v.variant_id = p_variant_id and (wanted is null or v.product_id = wanted);
    if not found then outcome := 'product_not_found'; end if;
    return;
  end if;

  if p_urls is not null then
    select u.product_id, u.variant_id into wanted, on_page
    from (
      select p.product_id, null::text as variant_id from catalog.product p where p.product_url = any (p_urls)
      union all
      select g.product_id, g.variant_id from catalog.page g
      where g.url_hash in (select sha256(convert_to(w.url, 'UTF8')) from unnest(p_urls) as w (url))
    ) u
    join catalog.product p using (product_id)
    order by p.is_active desc, p.page_read_at is not null, u.variant_id is null, p.product_id limit 1;
    if not found then outcome := 'product_url_unknown'; return; end if;
    -- The address names the variant, unless the shopper does.
    if p_size is not null or p_color is not null then on_page := null; end if;
  end if;

  select count(*), min(v.variant_id), min(p.kind), min(v.price_minor) into matches, variant_id, kind, price_minor
  from catalog.variant v join catalog.product p using (product_id) join store.store st using (store_id)
  where v.product_id = wanted and v.is_active and p.is_active and st.is_active
    and (on_page is null or v.variant_id = on_page)
    and (p_size is null or lower(v.size) = lower(p_size)) and (p_color is null or lower(v.color) = lower(p_color));
  if matches = 1 then outcome := 'done'; return; end if;

  select jsonb_agg(jsonb_build_object('variantId', v.variant_id, 'size', v.size, 'color', v.color, 'priceCents', v.price_minor,
      'currency', p.currency, 'available', v.is_in_stock and coalesce(s.on_hand > s.reserved, true)) order by v.position, v.variant_id)
  into detail
  from catalog.variant v join catalog.product p using (product_id) join store.store st using (store_id)
  left join inventory.stock s on s.variant_id = v.variant_id
  where v.product_id = wanted and v.is_active and p.is_active and st.is_active;
  outcome := case
    when detail is not null then 'variant_required'
    when exists (select from catalog.product p where p.product_id = wanted) then 'product_unavailable'
    else 'product_not_found'
  end;
  detail := case when detail is null then null else jsonb_build_object('productId', wanted, 'choices', detail) end;
end $$;

-- Puts units of a variant on its line, or makes the line. The caller holds the cart's row. A digital product is there
-- once or not at all, so adding it again changes nothing.
create function cart.line_add_1(
  p_account_id text, p_item_id text, p_variant_id text, p_kind catalog.product_kind, p_price_minor bigint, p_quantity int,
  out outcome cart.outcome, out item_id text, out detail jsonb
)
language plpgsql as $$
declare
  quantity_max int := case p_kind when 'digital' then 1 else 99 end;
  held int;
  units int;
begin
  select i.item_id, i.quantity into item_id, held from cart.item i where i.account_id = p_account_id and i.variant_id = p_variant_id;
  units := case when p_kind = 'digital' and p_quantity = 1 then 1 else coalesce(held, 0) + p_quantity end;
  if units > quantity_max then
    outcome := 'quantity_limit';
    detail := jsonb_build_object('max', quantity_max, 'inCart', coalesce(held, 0));
  elsif held is not null then
    update cart.item i set quantity = units, seen_price_minor = p_price_minor
    where i.account_id = p_account_id and i.variant_id = p_variant_id;
    outcome := 'done';
  elsif (select count(*) from cart.item i where i.account_id = p_account_id) >= 100 then
    outcome := 'cart_full';
    detail := jsonb_build_object('max', 100);
  else
    insert into cart.item (item_id, account_id, variant_id, quantity, seen_price_minor)
    values (p_item_id, p_account_id, p_variant_id, units, p_price_minor);
    item_id := p_item_id;
    outcome := 'done';
  end if;
end $$;

-- Adds one item. Lock: the cart's row.
create function cart.item_add_1(
  p_account_id text, p_item_id text, p_product_id text, p_variant_id text, p_urls text[], p_size text, p_color text, p_quantity int,
  p_expected_version bigint
) returns cart.written
language plpgsql as $$
declare
  known bigint;
  offer record;
  line record;
begin
  offer := cart.offer_1(p_product_id, p_variant_id, p_urls, p_size, p_color);
  if offer.outcome <> 'done' then return cart.refusal_1(offer.outcome, null, offer.detail); end if;

  known := cart.lock_1(p_account_id);
  if p_expected_version <> known then return cart.refusal_1('version_conflict', known, null); end if;

  line := cart.line_add_1(p_account_id, p_item_id, offer.variant_id, offer.kind, offer.price_minor, p_quantity);
  if line.outcome <> 'done' then return cart.refusal_1(line.outcome, known, line.detail); end if;
  return cart.reply_1(p_account_id, cart.bump_1(p_account_id), line.item_id);
end $$;

-- Gives the cart its next version, and remembers the batch that made it.
create function cart.batch_taken_1(p_account_id text, p_content_hash bytea) returns bigint
language plpgsql as $$
declare
  known bigint;
begin
  with forgotten as (
    delete from cart.batch b
    where b.account_id = p_account_id and b.content_hash <> p_content_hash and b.taken_at <= now() - interval '24 hours'
  ), bumped as (
    update cart.cart c set version = c.version + 1, updated_at = now() where c.account_id = p_account_id returning c.version
  )
  insert into cart.batch as b (account_id, content_hash, version)
  select p_account_id, p_content_hash, bumped.version from bumped
  on conflict (account_id, content_hash) do update set version = excluded.version, taken_at = excluded.taken_at
  returning b.version into known;
  return known;
end $$;

-- What items_add_1 does with a batch that is not the usual one, item after item: a repeat, a refusal, a product whose
-- variant is not named, the same variant twice. The caller holds the cart's row, whose version is p_version.
create function cart.items_add_each_1(
  p_account_id text, p_items jsonb, p_partial boolean, p_once boolean, p_content_hash bytea, p_version bigint
) returns cart.written
language plpgsql as $$
declare
  known bigint := p_version;
  wanted record;
  line record;
  results jsonb := '[]';
  is_repeat boolean;
  is_changed boolean := false;
  first_refusal cart.outcome;
  reply cart.written;
begin
  is_repeat := exists (
    select from cart.batch b
    where b.account_id = p_account_id and b.content_hash = p_content_hash and b.taken_at > now() - interval '24 hours'
      and (b.version = known or p_once));

  begin
    for wanted in
      select i.value ->> 'itemId' as item_id, (i.value ->> 'quantity')::int as quantity,
        o.outcome, o.variant_id, o.kind, o.price_minor, o.detail
      from jsonb_array_elements(p_items) with ordinality as i (value, n)
      cross join lateral cart.offer_1(i.value ->> 'productId', i.value ->> 'variantId',
        case jsonb_typeof(i.value -> 'urls') when 'array' then array(select jsonb_array_elements_text(i.value -> 'urls')) end,
        i.value ->> 'size', i.value ->> 'color') as o
      order by i.n
    loop
      if wanted.outcome = 'done' and is_repeat then
        select 'done'::cart.outcome as outcome, i.item_id, null::jsonb as detail into line
        from (select 1) one left join cart.item i on i.account_id = p_account_id and i.variant_id = wanted.variant_id;
      elsif wanted.outcome = 'done' then
        line := cart.line_add_1(p_account_id, wanted.item_id, wanted.variant_id, wanted.kind, wanted.price_minor, wanted.quantity);
      else
        select wanted.outcome as outcome, null::text as item_id, wanted.detail as detail into line;
      end if;
      if line.outcome = 'done' then
        is_changed := is_changed or not is_repeat;
      else
        first_refusal := coalesce(first_refusal, line.outcome);
      end if;
      results := results || jsonb_build_object('outcome', line.outcome, 'itemId', line.item_id, 'detail', line.detail);
    end loop;
    -- Undoes the lines that were added before the refusal.
    if first_refusal is not null and not p_partial and not is_repeat then raise exception using errcode = 'MU010'; end if;
  exception when sqlstate 'MU010' then
    return cart.refusal_1(first_refusal, known, jsonb_build_object('items', results));
  end;

  if is_changed then known := cart.batch_taken_1(p_account_id, p_content_hash); end if;
  reply := cart.reply_1(p_account_id, known, null);
  reply.item := results;
  reply.detail := jsonb_build_object('isRepeat', is_repeat);
  return reply;
end $$;

-- Adds many items: all of them or none, or with p_partial each that can be. p_items: [{ itemId, productId, variantId,
-- urls, size, color, quantity }]. `item` of the answer is a list, one entry for each item in order: its outcome, and
-- the line it is on. A batch that was just taken, or with p_once one taken within a day, changes nothing and says so.
-- Lock: the cart's row. A plan for each batch would cost more than the batch, and be the same one.
create function cart.items_add_1(
  p_account_id text, p_items jsonb, p_partial boolean, p_once boolean, p_content_hash bytea, p_expected_version bigint
) returns cart.written
language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  known bigint;
  -- The order of a cart's lines: those that come together are a microsecond apart.
  first_at timestamptz;
  results jsonb;
  reply cart.written;
begin
  known := cart.lock_1(p_account_id);
  if p_expected_version <> known then return cart.refusal_1('version_conflict', known, null); end if;

  -- The usual batch at once: it is none of those just taken, and every item names a variant of its own that is sold and
  -- stays within the limits of line_add_1. Any other writes nothing here.
  first_at := clock_timestamp();
  with wanted as materialized (
    select i.n, coalesce(o.held_item_id, i.item_id) as item_id, o.held_item_id, o.variant_id, o.price_minor,
      case when o.kind = 'digital' and i.quantity = 1 then 1 else coalesce(o.held, 0) + i.quantity end as units,
      case o.kind when 'digital' then 1 else 99 end as quantity_max
    from rows from (jsonb_to_recordset(p_items) as ("itemId" text, "productId" text, "variantId" text, quantity int))
      with ordinality as i (item_id, product_id, variant_id, quantity, n)
    cross join lateral (
      select v.variant_id, v.price_minor, p.kind, h.item_id as held_item_id, h.quantity as held
      from catalog.variant v join catalog.product p using (product_id) join store.store st using (store_id)
      left join cart.item h on h.account_id = p_account_id and h.variant_id = v.variant_id
      where v.variant_id = i.variant_id and (i.product_id is null or v.product_id = i.product_id)
        and v.is_active and p.is_active and st.is_active
      -- So that each is looked up, however long the list is taken to be, and never all variants are read.
      limit 1
    ) o
  ), usual as materialized (
    select jsonb_agg(jsonb_build_object('outcome', 'done', 'itemId', w.item_id, 'detail', null) order by w.n) as results
    from wanted w
    having count(*) = jsonb_array_length(p_items) and count(distinct w.variant_id) = count(*)
      and bool_and(w.units between 1 and w.quantity_max)
      and (select count(*) from cart.item i where i.account_id = p_account_id) + count(*) filter (where w.held_item_id is null) <= 100
      and not exists (
        select from cart.batch b
        where b.account_id = p_account_id and b.content_hash = p_content_hash and b.taken_at > now() - interval '24 hours'
          and (b.version = known or p_once))
  ), written as (
    insert into cart.item (item_id, account_id, variant_id, quantity, seen_price_minor, added_at)
    select w.item_id, p_account_id, w.variant_id, w.units, w.price_minor, first_at + w.n * interval '1 microsecond'
    from wanted w where exists (select from usual)
    on conflict (account_id, variant_id) do update set quantity = excluded.quantity, seen_price_minor = excluded.seen_price_minor
  )
  select u.results into results from usual u;
  if not found then
    return cart.items_add_each_1(p_account_id, p_items, p_partial, p_once, p_content_hash, known);
  end if;

  reply := cart.reply_1(p_account_id, cart.batch_taken_1(p_account_id, p_content_hash), null);
  reply.item := results;
  reply.detail := jsonb_build_object('isRepeat', false);
  return reply;
end $$;

-- Sets a line's variant, its quantity or both; null leaves it. The new variant is one of the same product; where it
-- has a line already, the two become one. Quantity 0 takes the line out. Lock: the cart's row.
create function cart.item_change_1(
  p_account_id text, p_item_id text, p_variant_id text, p_quantity int, p_expected_version bigint
) returns cart.written
language plpgsql as $$
declare
  known bigint;
  item record;
  target text;
  target_price bigint;
  units int;
  other record;
  quantity_max int;
begin
  select c.version into known from cart.cart c where c.account_id = p_account_id for update;
  select i.item_id, i.quantity, i.variant_id, v.product_id, p.kind into item
  from cart.item i join catalog.variant v using (variant_id) join catalog.product p using (product_id)
  where i.item_id = p_item_id and i.account_id = p_account_id;
  if not found then return cart.refusal_1('item_not_found', known, null); end if;
  if p_expected_version <> known then return cart.refusal_1('version_conflict', known, null); end if;

  units := coalesce(p_quantity, item.quantity);
  if units = 0 then
    delete from cart.item i where i.item_id = p_item_id;
    return cart.reply_1(p_account_id, cart.bump_1(p_account_id), null);
  end if;

  target := coalesce(p_variant_id, item.variant_id);
  -- What is already in the cart may be set to another quantity though it is not sold at this moment.
  select v.price_minor into target_price from catalog.variant v
  where v.variant_id = target and v.product_id = item.product_id and (v.is_active or target = item.variant_id);
  if not found then
    return cart.refusal_1(case when exists (
      select from catalog.variant v where v.variant_id = target and v.product_id = item.product_id)
      then 'product_unavailable' else 'product_not_found' end::cart.outcome, known, null);
  end if;

  select i.item_id, i.quantity into other from cart.item i
  where i.account_id = p_account_id and i.variant_id = target and i.item_id <> p_item_id;
  quantity_max := case item.kind when 'digital' then 1 else 99 end;
  if units + coalesce(other.quantity, 0) > quantity_max then
    return cart.refusal_1('quantity_limit', known, jsonb_build_object('max', quantity_max, 'inCart', coalesce(other.quantity, item.quantity)));
  end if;

  if other.item_id is not null then
    delete from cart.item i where i.item_id = p_item_id;
    update cart.item i set quantity = units + other.quantity, seen_price_minor = target_price where i.item_id = other.item_id;
  else
    update cart.item i set variant_id = target, quantity = units, seen_price_minor = target_price where i.item_id = p_item_id;
  end if;
  return cart.reply_1(p_account_id, cart.bump_1(p_account_id), coalesce(other.item_id, p_item_id));
end $$;

-- Takes everything out. An empty cart stays as it is. Lock: the cart's row.
create function cart.clear_1(p_account_id text, p_expected_version bigint) returns cart.written
language plpgsql as $$
declare
  known bigint;
begin
  select c.version into known from cart.cart c where c.account_id = p_account_id for update;
  known := coalesce(known, 0);
  if p_expected_version <> known then return cart.refusal_1('version_conflict', known, null); end if;
  delete from cart.item i where i.account_id = p_account_id;
  if found then known := cart.bump_1(p_account_id); end if;
  return cart.reply_1(p_account_id, known, null);
end $$;

-- A visitor turned out to be somebody: the visitor's lines move to that account's cart. Of a variant in both the
-- quantities are summed, within a line's limit and what is in stock, never below what the account had. The visitor's
-- cart is empty afterwards, so that doing it twice changes nothing; its row stays, for whoever waits on it. Lines beyond
-- the hundredth are left out, the visitor's last ones. Locks both carts' rows in the order of their ids.
create function cart.carts_merge_1(p_from_account_id text, p_to_account_id text, out moved int, out dropped int, out version bigint)
language plpgsql as $$
declare
  line record;
  room int;
begin
  moved := 0;
  dropped := 0;
  select c.version into version from cart.cart c where c.account_id = p_to_account_id;
  if p_from_account_id = p_to_account_id or not exists (select from cart.item i where i.account_id = p_from_account_id) then
    version := coalesce(version, 0);
    return;
  end if;
  insert into cart.cart (account_id) values (p_to_account_id) on conflict (account_id) do nothing;
  perform 1 from cart.cart c where c.account_id in (p_from_account_id, p_to_account_id) order by c.account_id for update;

  room := 100 - (select count(*) from cart.item i where i.account_id = p_to_account_id);
  for line in
    select i.item_id, i.quantity, mine.item_id as own_item_id, mine.quantity as own_quantity,
      case when p.kind = 'digital' then 1 else 99 end as quantity_max, s.on_hand - s.reserved as free
    from cart.item i
    join catalog.variant v using (variant_id)
    join catalog.product p using (product_id)
    left join cart.item mine on mine.account_id = p_to_account_id and mine.variant_id = i.variant_id
    left join inventory.stock s on s.variant_id = i.variant_id
    where i.account_id = p_from_account_id
    order by i.added_at, i.item_id
  loop
    if line.own_item_id is null and room = 0 then
      dropped := dropped + 1;
      continue;
    end if;
    moved := moved + 1;
    if line.own_item_id is not null then
      update cart.item i
      set quantity = greatest(line.own_quantity, least(line.own_quantity + line.quantity, line.quantity_max, coalesce(line.free, 99)))
      where i.item_id = line.own_item_id;
    else
      room := room - 1;
      update cart.item i set account_id = p_to_account_id, quantity = greatest(1, least(line.quantity, coalesce(line.free, 99)))
      where i.item_id = line.item_id;
    end if;
  end loop;
  delete from cart.item i where i.account_id = p_from_account_id;
  perform cart.bump_1(p_from_account_id);
  version := cart.bump_1(p_to_account_id);
end $$;

-- A checkout shows the prices of this moment: what moved before is no news any more.
create function cart.see_prices_1(p_account_id text) returns void
language sql as $$
  update cart.item i set seen_price_minor = v.price_minor
  from catalog.variant v
  where i.account_id = p_account_id and v.variant_id = i.variant_id and i.seen_price_minor <> v.price_minor
$$;

-- Takes out exactly what was bought (O6): what the shopper added meanwhile stays.
create function cart.remove_bought_1(p_account_id text, p_variant_ids text[], p_quantities int[])
returns void
language plpgsql as $$
begin
  perform 1 from cart.cart c where c.account_id = p_account_id for update;
  if not found then return; end if;

  delete from cart.item i
  using unnest(p_variant_ids, p_quantities) as bought (variant_id, quantity)
  where i.account_id = p_account_id and i.variant_id = bought.variant_id and i.quantity <= bought.quantity;

  update cart.item i set quantity = i.quantity - bought.quantity
  from unnest(p_variant_ids, p_quantities) as bought (variant_id, quantity)
  where i.account_id = p_account_id and i.variant_id = bought.variant_id and i.quantity > bought.quantity;

  update cart.cart c set version = c.version + 1, updated_at = now() where c.account_id = p_account_id;
  -- The same batch may be wanted again.
  delete from cart.batch b where b.account_id = p_account_id;
end $$;
