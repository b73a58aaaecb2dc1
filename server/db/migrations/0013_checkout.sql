-- From a cart to paid orders. The session freezes what was shown; nothing a client says later changes a price (M6).
create schema checkout;

create type checkout.session_status as enum ('pending', 'processing', 'completed', 'failed', 'expired', 'cancelled');
create type checkout.on_store_failure as enum ('ship_what_you_can', 'all_or_nothing');
create type checkout.late_payment as enum ('honoured', 'refunded');

create table checkout.session (
  session_id text primary key,
  account_id text not null,
  status checkout.session_status not null default 'pending',
  currency text not null check (currency in ('USD', 'KRW')),
  -- Which cart this is: the same cart gives the same live session.
  cart_hash text not null,
  -- { groups: [{ key, storeId, storeName, kind, itemCount, subtotalMinor, items: [...] }] }, never changed.
  snapshot jsonb not null,
  -- { groups: { <key>: { shippingOptionId, options, shippingMinor, taxMinor, lineTaxMinor, discountMinor, … } } }.
  quote jsonb,
  needs_shipping boolean not null,
  item_count int not null,
  subtotal_minor bigint not null,
  discount_minor bigint not null default 0,
  shipping_minor bigint not null default 0,
  tax_minor bigint not null default 0,
  total_minor bigint not null,
  shipping_address jsonb,
  contact_email text,
  -- Of a buyer who gives no address: whom the receipt is for.
  customer_name text,
  -- The language the shopper read the checkout in; what is sent to them later is written in it.
  locale text not null default 'en' check (locale in ('en', 'ko')),
  payment_method_id text,
  on_store_failure checkout.on_store_failure not null default 'ship_what_you_can',
  -- Moves with every change, so that a quote is written only onto what it was computed from.
  version int not null default 0,
  late_payment checkout.late_payment,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  paid_at timestamptz,
  finished_at timestamptz,
  check (total_minor = subtotal_minor - discount_minor + shipping_minor + tax_minor)
) with (fillfactor = 70);
-- One live session for one cart, however many requests race.
create unique index session_live on checkout.session (account_id, cart_hash) where status in ('pending', 'processing') and paid_at is null;
create index session_account on checkout.session (account_id, created_at desc);
create index session_due on checkout.session (expires_at) where status = 'pending';
create index session_open on checkout.session (paid_at) where status = 'processing';

-- Where else the mails of a checkout have gone: an address that was corrected after the purchase.
create table checkout.contact_change (
  session_id text not null references checkout.session,
  from_email text,
  to_email text not null,
  changed_at timestamptz not null default clock_timestamp()
);
create index contact_change_session on checkout.contact_change (session_id);

create function checkout.guard_session() returns trigger language plpgsql as $$
begin
  if new.status <> old.status and not (
    (old.status = 'pending' and new.status in ('processing', 'expired', 'cancelled'))
    -- Back to pending: the card was declined or needs its owner; the shopper tries again.
    or (old.status = 'processing' and new.status in ('pending', 'completed', 'failed'))
    -- A payment that succeeded too late, honoured.
    or (old.status = 'expired' and new.status = 'processing')
  ) then
    raise exception 'session % cannot go from % to %', old.session_id, old.status, new.status using errcode = 'MU001';
  end if;
  return new;
end $$;
create trigger guard before update of status on checkout.session for each row execute function checkout.guard_session();

create function checkout.guard_snapshot() returns trigger language plpgsql as $$
begin
  raise exception 'the snapshot of session % is frozen', old.session_id using errcode = 'MU001';
end $$;
create trigger frozen before update of snapshot on checkout.session for each row execute function checkout.guard_snapshot();

-- Wakes whoever waits for this checkout: "<session id> <what moved>". Only for the rare ends: NOTIFY makes commits wait
-- for each other, so being paid and being completed are told after the commit (platform/db/bell.ts).
create function checkout.tell() returns trigger language plpgsql as $$
begin
  perform pg_notify('muse_session', new.session_id || ' ' || new.status);
  return null;
end $$;
create trigger tell after update of status on checkout.session
  for each row when (old.status <> new.status and new.status in ('failed', 'expired', 'cancelled')) execute function checkout.tell();

-- The session as the server reads it: one shape from every command.
create function checkout.session_json_1(s checkout.session) returns jsonb language sql stable as $$
  select jsonb_build_object(
    'sessionId', s.session_id, 'accountId', s.account_id, 'status', s.status, 'currency', s.currency, 'snapshot', s.snapshot, 'quote', s.quote,
    'needsShipping', s.needs_shipping, 'itemCount', s.item_count, 'subtotalMinor', s.subtotal_minor, 'discountMinor', s.discount_minor,
    'shippingMinor', s.shipping_minor, 'taxMinor', s.tax_minor, 'totalMinor', s.total_minor, 'shippingAddress', s.shipping_address,
    'contactEmail', s.contact_email, 'paymentMethodId', s.payment_method_id, 'onStoreFailure', s.on_store_failure, 'version', s.version,
    'latePayment', s.late_payment, 'expiresAt', (extract(epoch from s.expires_at) * 1000)::bigint,
    'secondsLeft', greatest(0, extract(epoch from s.expires_at - now()))::int,
    'createdAt', (extract(epoch from s.created_at) * 1000)::bigint, 'paidAt', (extract(epoch from s.paid_at) * 1000)::bigint)
$$;

-- Ends a session that was not paid: stock goes back; what may still happen at the provider is called off by a job.
create function checkout.session_end_1(p_session_id text, p_status checkout.session_status) returns void
language plpgsql as $$
declare
  pay payment.payment;
begin
  update checkout.session s set status = p_status, finished_at = now(), updated_at = now(), version = s.version + 1
  where s.session_id = p_session_id;
  perform inventory.release_1(p_session_id, case p_status when 'expired' then 'expired' else 'released' end::inventory.reservation_status);

  select p.* into pay from payment.payment p where p.session_id = p_session_id;
  -- Orders without a payment: a window of Toss was opened for them, and nobody came back from it.
  if not found or (pay.provider_ref is null and pay.status = 'failed') then
    perform orders.abandon_1(p_session_id);
  elsif pay.status <> 'canceled' then
    perform graphile_worker.add_job('checkout.cancel_payment', json_build_object('sessionId', p_session_id), job_key => 'checkout.cancel_payment:' || p_session_id);
  end if;
end $$;

-- Ends several sessions at once. `p_variant_ids`: what the caller asks of the stock afterwards.
create function checkout.sessions_end_1(p_session_ids text[], p_status checkout.session_status, p_variant_ids text[] default '{}') returns void
language plpgsql as $$
declare
  ended text;
begin
  if cardinality(p_session_ids) = 0 then return; end if;
  perform inventory.hold_1(p_session_ids, p_variant_ids);
  foreach ended in array p_session_ids loop
    perform checkout.session_end_1(ended, p_status);
  end loop;
end $$;

-- Of what was named, what the list is about.
create function checkout.named_1(p_items jsonb, p_product_ids text[]) returns jsonb language sql immutable as $$
  select jsonb_agg(i) from jsonb_array_elements(p_items) i where i ->> 'productId' = any (p_product_ids)
$$;

-- Freezes the cart: prices locked, tracked stock reserved, all or nothing. Serial per account by an advisory lock, so that
-- twenty racing requests make one session. A cart that has changed since gives back what the older session held.
-- `p_product_ids`: one of each of these digital products instead of what is in the cart, which stays as it is until paid.
create function checkout.session_start_3(
  p_account_id text, p_session_id text, p_ttl interval, p_locale text default 'en', p_product_ids text[] default null,
  p_currency text default null
)
returns table (outcome text, problem jsonb, session jsonb)
language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  cart record;
  known checkout.session;
  made checkout.session;
  short jsonb;
  older text[];
  digital text[];
begin
  perform pg_advisory_xact_lock(hashtextextended('checkout.session:' || p_account_id, 0));

  if p_product_ids is not null then
    select jsonb_agg(jsonb_build_object('productId', w.product_id) order by w.product_id) into short
    from unnest(p_product_ids) as w (product_id)
    where not exists (select from catalog.variant v where v.product_id = w.product_id);
    if short is not null then return query select 'product_not_found', short, null::jsonb; return; end if;
  end if;

  with wanted as (
    select i.item_id, i.variant_id, i.quantity, i.seen_price_minor, i.added_at from cart.item i
    where p_product_ids is null and i.account_id = p_account_id
    union all
    select one.variant_id, one.variant_id, 1, one.price_minor, now() + w.n * interval '1 microsecond'
    from (select u.product_id, min(u.n) as n from unnest(p_product_ids) with ordinality as u (product_id, n) group by u.product_id) w
    cross join lateral (
      select v.variant_id, v.price_minor from catalog.variant v where v.product_id = w.product_id
      order by v.is_active desc, v.position, v.variant_id limit 1
    ) one
  ), line as (
    select row_number() over (order by i.added_at, i.item_id) as line_no, i.item_id, i.quantity, v.variant_id, v.sku, v.size, v.color,
      v.price_minor, v.list_price_minor, p.product_id, p.title, p.image_url, p.product_url, p.kind, p.currency, st.store_id, st.name as store_name,
      st.return_policy, st.texts as store_texts,
      case p.kind when 'digital' then p.product_id else st.store_id end as group_key,
      v.is_active and v.is_in_stock and p.is_active and st.is_active
        -- M6: a price that was read off a page a day ago is nobody's word any more.
        and (p.page_read_at is null or p.page_read_at > now() - interval '24 hours') as is_available, i.seen_price_minor <> v.price_minor as is_repriced,
      coalesce(p.seller_id, st.owner_account_id) = p_account_id as is_own
    from wanted i
    join catalog.variant v using (variant_id)
    join catalog.product p using (product_id)
    join store.store st using (store_id)
    -- Of a cart of two currencies that part alone; the other one stays where it is.
    where p_currency is null or p.currency = p_currency
  ), grouped as (
    select min(l.line_no) as position, sum(l.price_minor * l.quantity) as subtotal_minor, sum(l.quantity) as item_count, jsonb_build_object(
      'key', l.group_key, 'storeId', l.store_id, 'storeName', l.store_name, 'kind', l.kind, 'itemCount', sum(l.quantity),
      'returnPolicy', l.return_policy, 'storeTexts', l.store_texts, 'subtotalMinor', sum(l.price_minor * l.quantity), 'items', jsonb_agg(jsonb_build_object(
        'lineNo', l.line_no, 'itemId', l.item_id, 'productId', l.product_id, 'variantId', l.variant_id, 'sku', l.sku, 'title', l.title,
        'size', l.size, 'color', l.color, 'imageUrl', l.image_url, 'productUrl', l.product_url, 'quantity', l.quantity,
        'unitPriceMinor', l.price_minor, 'originalPriceMinor', l.list_price_minor, 'lineTotalMinor', l.price_minor * l.quantity
      ) order by l.line_no)) as body
    from line l group by l.group_key, l.store_id, l.store_name, l.kind, l.return_policy, l.store_texts
  )
  select
    (select jsonb_build_object('groups', jsonb_agg(g.body order by g.position)) from grouped g) as snapshot,
    (select sum(g.subtotal_minor) from grouped g)::bigint as subtotal_minor, (select sum(g.item_count) from grouped g)::int as item_count,
    count(*) as lines, count(distinct l.currency) as currencies, min(l.currency) as currency,
    coalesce(bool_or(l.kind = 'physical'), false) as needs_shipping, coalesce(bool_or(l.is_repriced), false) as is_repriced,
    md5(string_agg(l.variant_id || ':' || l.quantity, ',' order by l.variant_id)) as hash,
    jsonb_agg(jsonb_build_object('itemId', l.item_id, 'title', l.title) order by l.line_no) filter (where not l.is_available) as unavailable,
    jsonb_agg(jsonb_build_object('itemId', l.item_id, 'title', l.title) order by l.line_no) filter (where l.is_own) as own,
    jsonb_agg(jsonb_build_object('itemId', l.item_id, 'title', l.title, 'currency', l.currency) order by l.line_no) as named,
    array_agg(l.variant_id order by l.variant_id) as variant_ids, array_agg(l.quantity order by l.variant_id) as quantities,
    array_agg(l.product_id order by l.product_id) filter (where l.kind = 'digital') as digital,
    jsonb_agg(jsonb_build_object('itemId', l.item_id, 'productId', l.product_id, 'title', l.title) order by l.line_no) filter (where l.kind = 'digital') as files
  into cart from line l;

  if cart.lines = 0 then return query select 'cart_empty', null::jsonb, null::jsonb; return; end if;
  if cart.currencies > 1 then return query select 'mixed_currency', cart.named, null::jsonb; return; end if;
  if cart.unavailable is not null then return query select 'product_unavailable', cart.unavailable, null::jsonb; return; end if;
  if cart.own is not null then return query select 'self_purchase', cart.own, null::jsonb; return; end if;
  -- The marketplace's older way asks for no address.
  if p_product_ids is not null and cart.needs_shipping then return query select 'shipping_address_required', cart.named, null::jsonb; return; end if;
  if cart.digital is not null then
    digital := array(select h.product_id from access.holding h
      where h.account_id = p_account_id and h.product_id = any (cart.digital) and h.revoked_at is null);
    if cardinality(digital) > 0 then return query select 'already_purchased', checkout.named_1(cart.files, digital), null::jsonb; return; end if;
  end if;

  select s.* into known from checkout.session s
  where s.account_id = p_account_id and s.cart_hash = cart.hash and s.status in ('pending', 'processing') and s.paid_at is null for update;
  if found then
    if known.status = 'processing' or known.expires_at > now() then
      -- Of an edition nothing is held before the press: its last copy may have gone since this session began.
      digital := array(select checkout.sold_out_2(p_account_id, cart.digital, false));
      if known.status = 'pending' and cardinality(digital) > 0 then
        return query select 'out_of_stock', checkout.named_1(cart.files, digital), null::jsonb; return;
      end if;
      -- Who came back in another language is written to in that one.
      if known.locale <> p_locale then
        update checkout.session s set locale = p_locale where s.session_id = known.session_id;
      end if;
      return query select 'existing', null::jsonb, checkout.session_json_1(known); return;
    end if;
    perform checkout.sessions_end_1(array[known.session_id], 'expired', cart.variant_ids);
  end if;

  -- What waits for its owner's bank is left alone, unless it is for a file that is wanted here as well: that is paid once.
  older := array(
    select s.session_id from checkout.session s
    where s.account_id = p_account_id and s.status = 'pending' and s.cart_hash <> cart.hash
      and not exists (select from payment.payment p where p.session_id = s.session_id and (p.status in ('started', 'unknown')
        or (p.status = 'requires_action' and not exists (
          select from orders.store_order o where o.session_id = s.session_id and o.kind = 'digital' and o.group_key = any (cart.digital)))))
    order by s.session_id for update of s);
  perform checkout.sessions_end_1(older, 'cancelled', cart.variant_ids);
  if cart.digital is not null then
    digital := array(select checkout.in_the_air_1(p_account_id, p_session_id, cart.digital));
    if cardinality(digital) > 0 then return query select 'payment_in_progress', checkout.named_1(cart.files, digital), null::jsonb; return; end if;
    digital := array(select checkout.sold_out_2(p_account_id, cart.digital, false));
    if cardinality(digital) > 0 then return query select 'out_of_stock', checkout.named_1(cart.files, digital), null::jsonb; return; end if;
  end if;

  select jsonb_agg(jsonb_build_object('variantId', r.short_variant_id, 'available', r.available)) into short
  from inventory.reserve_1(p_session_id, cart.variant_ids, cart.quantities, now() + p_ttl) r;
  if short is not null then
    return query select 'out_of_stock', (
      select jsonb_agg(jsonb_build_object('itemId', l ->> 'itemId', 'title', l ->> 'title', 'available', sh -> 'available'))
      from jsonb_array_elements(short) sh
      join lateral (select item from jsonb_array_elements(cart.snapshot -> 'groups') g, jsonb_array_elements(g -> 'items') item
                    where item ->> 'variantId' = sh ->> 'variantId') found_line (l) on true), null::jsonb;
    return;
  end if;

  insert into checkout.session (
    session_id, account_id, currency, cart_hash, snapshot, needs_shipping, item_count, subtotal_minor, total_minor, locale, expires_at
  ) values (
    p_session_id, p_account_id, cart.currency, cart.hash, cart.snapshot, cart.needs_shipping, cart.item_count, cart.subtotal_minor,
    cart.subtotal_minor, p_locale, now() + p_ttl
  )
  returning * into made;
  -- The session shows the prices of now: what moved before is seen.
  if cart.is_repriced then perform cart.see_prices_1(p_account_id); end if;
  return query select 'started', null::jsonb, checkout.session_json_1(made);
end $$;

-- Ends sessions whose time is over. Sessions whose payment is in the air (processing) are left alone: its outcome decides.
create function checkout.sessions_expire_1(p_limit int) returns int
language plpgsql as $$
declare
  due text[];
begin
  due := array(
    select s.session_id from checkout.session s where s.status = 'pending' and s.expires_at <= now()
    order by s.expires_at limit p_limit for update skip locked);
  perform checkout.sessions_end_1(due, 'expired');
  return cardinality(due);
end $$;

create function checkout.session_cancel_1(p_session_id text, p_account_id text) returns text
language plpgsql as $$
declare
  s checkout.session;
begin
  select x.* into s from checkout.session x where x.session_id = p_session_id and x.account_id = p_account_id for update;
  if not found then return 'not_found'; end if;
  if s.status = 'cancelled' then return 'cancelled'; end if;
  if s.status = 'expired' then return 'expired'; end if;
  if s.status in ('completed', 'failed') then return 'closed'; end if;
  -- A transfer that is waited for is not in the air: until it comes its payer may think again, and the account is closed.
  if s.status = 'processing' and s.paid_at is null and exists (
    select from payment.payment p join payment.deposit d using (payment_id) where p.session_id = p_session_id and p.status = 'requires_action'
  ) then
    update checkout.session x set status = 'pending' where x.session_id = p_session_id returning x.* into s;
  end if;
  if s.status <> 'pending' then return 'processing'; end if;
  perform checkout.session_end_1(p_session_id, 'cancelled');
  return 'cancelled';
end $$;

-- The intent to charge: orders and the payment attempt, in one commit, before the provider hears of it. Of any number of
-- calls at once one starts; the others are told what is going on and wait for the same outcome. An intent of another total,
-- or a challenge for other terms or another card, has to be dead at the provider first (`replace_intent`): the caller calls it
-- off and comes again with its name. Until then nothing is written, so that a crash leaves nothing to go on with (M1, M6).
-- `p_press` tells a repeat of a press (its app heard no answer) from another: a repeat begins nothing and replaces nothing, it
-- waits for what that press came to, unless that was that the provider could not be asked. `p_total_minor` is what was on the
-- button: any other total is not charged. Null: the caller does not say.
create function checkout.place_start_1(
  p_session_id text, p_account_id text, p_payment_id text, p_attempt_id text, p_check_after interval, p_dead_ref text default null,
  p_press bytea default null, p_total_minor bigint default null
) returns table (
  outcome text, payment_id text, attempt_id text, attempt_number int, generation int, provider_ref text, replace_intent boolean,
  amount_minor bigint, currency text, method_ref text
)
language plpgsql as $$
declare
  s checkout.session;
  pay payment.payment;
  last payment.attempt;
  pressed text;
  is_repeat boolean;
  state text;
begin
  select x.* into s from checkout.session x where x.session_id = p_session_id and x.account_id = p_account_id for update;
  select p.* into pay from payment.payment p where p.session_id = p_session_id;
  is_repeat := exists (
    select from payment.attempt a
    where a.payment_id = pay.payment_id and a.press = p_press and coalesce(a.failure_code, '') not in ('provider_error', 'credentials'));
  pressed := md5(coalesce(s.quote::text, ''));
  state := case
    when s.session_id is null then 'not_found'
    when s.paid_at is not null then 'paid'
    when s.status = 'cancelled' then 'cancelled'
    when s.status = 'expired' then 'expired'
    -- A challenge whose outcome is being asked for is in the air as well, though its session is the shopper's again.
    when s.status = 'processing' or pay.status in ('started', 'unknown') then 'in_flight'
    when is_repeat and pay.status <> 'requires_action' then 'answered'
    when not is_repeat and s.total_minor <> p_total_minor and (s.quote is not null or not s.needs_shipping) then 'price_changed'
    when pay.status = 'requires_action' and pay.provider_ref <> coalesce(p_dead_ref, '') then 'action_pending'
    when s.expires_at <= now() then 'expired_now'
    when s.needs_shipping and s.quote is null then 'shipping_address_required'
    -- A card is not charged below half a dollar, nor below a hundred won.
    when s.total_minor < case s.currency when 'KRW' then 100 else 50 end then 'amount_too_small'
    when s.payment_method_id is null then 'payment_method_required'
    -- Won are charged through TossPayments, whose methods alone have a colon (rooms/payment/toss/method-ref.ts).
    when (s.currency = 'KRW') <> (strpos(s.payment_method_id, ':') > 0) then 'payment_method_required'
    when pay.provider_ref <> coalesce(p_dead_ref, '') and pay.amount_minor <> s.total_minor then 'intent_outdated'
    else coalesce(checkout.digital_refusal_1(s), 'started')
  end;
  if state = 'expired_now' then
    perform checkout.session_end_1(p_session_id, 'expired');
    state := 'expired';
  end if;
  if state <> 'started' then
    select a.* into last from payment.attempt a where a.payment_id = pay.payment_id order by a.number desc limit 1;
    return query select state, pay.payment_id, last.attempt_id, last.number, pay.generation, pay.provider_ref,
      not is_repeat and (last.amount_minor, last.method_ref, last.terms) is distinct from (s.total_minor, s.payment_method_id, pressed),
      s.total_minor, s.currency, s.payment_method_id;
    return;
  end if;

  perform orders.put_1(p_session_id, p_account_id, s.currency, s.snapshot, s.quote);
  update checkout.session x set status = 'processing', updated_at = now() where x.session_id = p_session_id;
  return query
    select 'started', r.payment_id, r.attempt_id, r.number, r.generation, r.provider_ref, false, s.total_minor, s.currency, s.payment_method_id
    from payment.attempt_start_1(p_session_id, p_account_id, p_payment_id, p_attempt_id, s.total_minor, s.currency, s.payment_method_id,
      pressed, p_check_after, p_dead_ref, p_press) r;
end $$;

-- The address that mails about a checkout go to from now on, as long as there may be any: until each of its orders has been
-- delivered or has ended. A bounded number of times, so that it is no way to write to many.
create function checkout.contact_change_1(p_session_id text, p_account_id text, p_email text, p_changes_max int) returns text
language plpgsql as $$
declare
  s checkout.session;
begin
  select x.* into s from checkout.session x where x.session_id = p_session_id and x.account_id = p_account_id for update;
  if not found then return 'not_found'; end if;
  if s.status in ('cancelled', 'failed') then return s.status::text; end if;
  if s.paid_at is null and (s.status = 'expired' or s.expires_at <= now()) and s.status <> 'processing' then
    return 'expired';
  end if;
  if s.paid_at is not null and not exists (
    select from orders.store_order o where o.session_id = p_session_id and o.status not in ('delivered', 'failed', 'cancelled')
  ) then
    return 'completed';
  end if;
  if s.contact_email is not distinct from p_email then return 'changed'; end if;
  if (select count(*) from checkout.contact_change c where c.session_id = p_session_id) >= p_changes_max then
    return 'too_often';
  end if;
  insert into checkout.contact_change (session_id, from_email, to_email) values (p_session_id, s.contact_email, p_email);
  update checkout.session x set contact_email = p_email, updated_at = now() where x.session_id = p_session_id;
  return 'changed';
end $$;

-- The money moved: everything that follows, all or nothing. The answer, the webhook, the poller and a repeat all come here;
-- whoever is first does it, for the others it is done (W1, O1). The stock decides last: an order whose stock is gone fails
-- and is refunded; a payment that came after the session's end is honoured whole or refunded whole.
create function checkout.payment_succeeded_1(p_payment_id text, p_provider_ref text, p_amount_minor bigint, p_currency text)
returns table (outcome text, session_id text)
-- Plans that are made once: planning its statements anew took a third of its time.
language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  pay payment.payment;
  s checkout.session;
  variant_ids text[];
  quantities int[];
  short text[];
  lost record;
begin
  select p.* into pay from payment.payment p where p.payment_id = p_payment_id;
  if not found then return query select 'not_found', null::text; return; end if;
  if pay.status = 'succeeded' then
    if pay.provider_ref <> p_provider_ref then
      perform payment.unmatched_1(p_payment_id, p_provider_ref, 'surplus', p_amount_minor, p_currency);
    end if;
    return query select case when pay.provider_ref = p_provider_ref then 'already' else 'surplus' end, pay.session_id; return;
  end if;
  select x.* into s from checkout.session x where x.session_id = pay.session_id for update;
  -- Whoever waited here for the first finds it done, and must not go on to lock orders that placements hold by now.
  select p.* into pay from payment.payment p where p.payment_id = p_payment_id;
  if pay.status = 'succeeded' then
    if pay.provider_ref <> p_provider_ref then
      perform payment.unmatched_1(p_payment_id, p_provider_ref, 'surplus', p_amount_minor, p_currency);
    end if;
    return query select case when pay.provider_ref = p_provider_ref then 'already' else 'surplus' end, pay.session_id; return;
  end if;
  if pay.amount_minor <> p_amount_minor or pay.currency <> p_currency then
    perform payment.unmatched_1(p_payment_id, p_provider_ref, 'amount_mismatch', p_amount_minor, p_currency);
    return query select 'amount_mismatch', s.session_id; return;
  end if;

  -- Lock order: session, orders by number, payment, stock by id, cart.
  perform 1 from orders.store_order o where o.session_id = s.session_id order by o.order_number for update;
  if not payment.succeed_1(p_payment_id, p_provider_ref) then return query select 'already', s.session_id; return; end if;

  select array_agg(i.variant_id order by i.variant_id), array_agg(i.quantity order by i.variant_id) into variant_ids, quantities
  from orders.store_order o join orders.order_item i using (order_number)
  where o.session_id = s.session_id and o.status = 'pending' and o.payment_status = 'unpaid';
  if s.status <> 'cancelled' and variant_ids is not null then
    short := array(select inventory.commit_1(s.session_id, variant_ids, quantities));
  end if;

  -- The last case: an intent for an older total, succeeded after the shopper had chosen anew and before they pressed again.
  -- What was bought is not what was paid, so neither is honoured (M2, M6).
  if s.status = 'cancelled' or variant_ids is null or (s.status = 'expired' and cardinality(short) > 0) or s.total_minor <> p_amount_minor then
    perform inventory.restock_1(s.session_id, variant_ids);
    perform orders.abandon_1(s.session_id);
    perform payment.refund_open_1('re_' || replace(gen_random_uuid()::text, '-', ''), p_payment_id, null, 'session:' || s.session_id || ':late',
      p_amount_minor, 'paid_too_late', null, null);
    update checkout.session x
    set late_payment = 'refunded', paid_at = now(), updated_at = now(),
        status = case x.status when 'pending' then 'cancelled' when 'processing' then 'failed' else x.status::text end::checkout.session_status
    where x.session_id = s.session_id;
    return query select 'refunded_late', s.session_id; return;
  end if;

  perform orders.mark_paid_1(s.session_id);
  perform cart.remove_bought_1(s.account_id, variant_ids, quantities);
  update checkout.session x
  set status = 'processing', paid_at = now(), updated_at = now(), late_payment = case when s.status = 'expired' or (s.status = 'pending' and s.expires_at <= now()) then 'honoured' end::checkout.late_payment
  where x.session_id = s.session_id;

  for lost in
    select distinct o.order_number from orders.store_order o join orders.order_item i using (order_number)
    where o.session_id = s.session_id and o.status = 'pending' and cardinality(short) > 0
      -- Files are their buyer's whatever becomes of the parcels, as the page says.
      and (i.variant_id = any (short) or (s.on_store_failure = 'all_or_nothing' and o.kind = 'physical'))
    order by o.order_number
  loop
    perform orders.order_end_1(lost.order_number, 'failed', 'out_of_stock');
  end loop;
  perform checkout.deliver_digital_1(s.session_id);
  perform placement.enqueue_1(array(
    select o.order_number from orders.store_order o
    where o.session_id = s.session_id and o.status = 'pending' and o.payment_status = 'paid' and o.kind = 'physical'));
  -- Of digital goods alone nothing is left to wait for.
  return query select case x.status when 'completed' then 'completed' else 'paid' end, x.session_id
    from checkout.session x where x.session_id = s.session_id;
end $$;

-- The provider said something short of success. A refusal or a challenge gives the session back to the shopper; not
-- knowing keeps it, so that nobody pays again. The intent of an ended session that is dead ends the payment, whoever heard of
-- it: the job that called it off, the provider's event, or the reconciler, in any order.
create function checkout.payment_settled_1(
  p_attempt_id text, p_status payment.attempt_status, p_provider_ref text, p_client_secret text, p_action_url text,
  p_failure_code text, p_decline_code text, p_check_after interval
) returns text
language plpgsql as $$
declare
  owner text;
  stands checkout.session_status;
begin
  select p.session_id into owner from payment.payment p join payment.attempt a using (payment_id) where a.attempt_id = p_attempt_id;
  select s.status into stands from checkout.session s where s.session_id = owner for update;
  if p_failure_code = 'canceled' and stands in ('expired', 'cancelled') then
    perform checkout.payment_canceled_1(p.payment_id, p.generation) from payment.payment p
    where p.session_id = owner and p.provider_ref = p_provider_ref;
    return owner;
  end if;
  if not payment.settle_attempt_1(p_attempt_id, p_status, p_provider_ref, p_client_secret, p_action_url, p_failure_code, p_decline_code, now() + p_check_after) then
    return null;
  end if;
  if p_status in ('failed', 'requires_action') then
    update checkout.session s set status = 'pending', updated_at = now()
    where s.session_id = owner and s.status = 'processing' and s.paid_at is null;
  end if;
  return owner;
end $$;

-- The intent of an ended session is dead at the provider: its orders will never be paid.
create function checkout.payment_canceled_1(p_payment_id text, p_generation int) returns boolean
language plpgsql as $$
declare
  owner checkout.session;
begin
  select s.* into owner from checkout.session s join payment.payment p using (session_id) where p.payment_id = p_payment_id for update of s;
  if not payment.intent_canceled_1(p_payment_id, p_generation) then return false; end if;
  if owner.status in ('expired', 'cancelled') then perform orders.abandon_1(owner.session_id); end if;
  return true;
end $$;

-- A paid session is over when each of its orders is. Checked with the session's row held, so that two orders ending at
-- once see each other; a session that is over already is not waited for. `all_or_nothing` calls the others back when one fails, and waits for their stores' answers.
create function checkout.follow_order() returns trigger language plpgsql as $$
declare
  s record;
begin
  if new.payment_status = 'unpaid' or (old.status = new.status and old.cancel_refused_at is not distinct from new.cancel_refused_at) then
    return null;
  end if;
  select x.on_store_failure into s from checkout.session x
  where x.session_id = new.session_id and x.status = 'processing' and x.paid_at is not null for update;
  if not found then return null; end if;

  -- Each a statement of its own after the lock: what another order's commit wrote while this one waited is seen.
  if s.on_store_failure = 'all_or_nothing' and (
    select count(*) filter (where o.status = 'failed') > 0
      and count(*) filter (where o.status = 'pending' or (o.status in ('placed', 'confirmed') and o.cancel_refused_at is null)) > 0
    from orders.store_order o where o.session_id = new.session_id
  ) then
    perform graphile_worker.add_job('checkout.unwind', json_build_object('sessionId', new.session_id), job_key => 'checkout.unwind:' || new.session_id);
    return null;
  end if;
  update checkout.session x
  set status = case when tally.is_lost then 'failed' else 'completed' end::checkout.session_status, finished_at = now(), updated_at = now()
  from (
    select bool_and(o.status <> 'pending') as is_over, bool_and(o.status in ('failed', 'cancelled')) as is_lost
    from orders.store_order o where o.session_id = new.session_id
  ) tally
  where x.session_id = new.session_id and tally.is_over;
  return null;
end $$;
create trigger checkout_follows after update of status, cancel_refused_at on orders.store_order
  for each row execute function checkout.follow_order();

-- Hands a visitor's sessions to the person they turned out to be. Where both have a live session of the same cart, the one
-- whose payment is in the air stays. Of two of those both do, and the visitor's is of no cart any more that is begun anew.
-- A paid order is held before its session (checkout.follow_order), an unpaid one after it (placing, being paid): so the orders
-- of paid sessions first, then the sessions. One that was paid in between starts the transaction over (40001).
create function checkout.adopt_1(p_from_account_id text, p_to_account_id text) returns void
language plpgsql as $$
declare
  twin record;
  unpaid text[];
begin
  perform 1 from orders.store_order o where o.account_id = p_from_account_id and o.payment_status <> 'unpaid' order by o.order_number for update;
  unpaid := array(select s.session_id from checkout.session s where s.account_id = p_from_account_id and s.paid_at is null);
  perform 1 from checkout.session s where s.account_id in (p_from_account_id, p_to_account_id) and (s.account_id = p_from_account_id or s.paid_at is null)
  order by s.session_id for update;
  if exists (select from checkout.session s where s.session_id = any (unpaid) and s.paid_at is not null) then
    raise exception 'a session of the visitor was paid meanwhile' using errcode = '40001';
  end if;
  for twin in
    select theirs.session_id as theirs_id, theirs.status as theirs_status, mine.session_id as mine_id, mine.status as mine_status
    from checkout.session theirs
    join checkout.session mine on mine.account_id = p_to_account_id and mine.cart_hash = theirs.cart_hash
      and mine.status in ('pending', 'processing') and mine.paid_at is null
    where theirs.account_id = p_from_account_id and theirs.status in ('pending', 'processing') and theirs.paid_at is null
    order by theirs.session_id, mine.session_id
  loop
    if twin.mine_status = 'pending' then
      perform checkout.session_end_1(twin.mine_id, 'cancelled');
    elsif twin.theirs_status = 'pending' then
      perform checkout.session_end_1(twin.theirs_id, 'cancelled');
    end if;
  end loop;
  update checkout.session s
  set account_id = p_to_account_id, cart_hash = s.cart_hash || case when exists (
    select from checkout.session mine
    where mine.account_id = p_to_account_id and mine.cart_hash = s.cart_hash and mine.status = 'processing' and mine.paid_at is null
      and s.status = 'processing' and s.paid_at is null) then ' ' || s.session_id else '' end
  where s.account_id = p_from_account_id;
end $$;
