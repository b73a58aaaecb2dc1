-- Buying digital goods: what the checkout asks of orders and access before it charges, and what it does when it has.

-- Digital products of this account's checkouts whose money may move at any moment, in another session than the named
-- one: nobody is charged for the same product twice while the first outcome is open (S4).
create function checkout.in_the_air_1(p_account_id text, p_session_id text, p_product_ids text[]) returns setof text
language sql stable as $$
  select distinct o.group_key
  from orders.store_order o
  join checkout.session s using (session_id)
  join payment.payment p using (session_id)
  where o.account_id = p_account_id and o.group_key = any (p_product_ids) and o.kind = 'digital' and o.session_id <> p_session_id
    and o.payment_status = 'unpaid' and o.status = 'pending' and s.status in ('pending', 'processing') and s.paid_at is null
    and p.status in ('started', 'requires_action', 'unknown')
$$;

-- Holds a limited edition's row to the commit, making it where there is none: whoever comes next waits.
create function access.hold_edition_1(p_product_id text) returns void language sql as $$
  insert into access.edition as e (product_id, copies) values (p_product_id, 0)
  on conflict (product_id) do update set copies = e.copies
$$;

-- Limited editions of which no copy is left for an account whose own payments of them are not in the air. With `p_is_held`
-- the edition's row is held to the commit, so that of a hundred buyers at once only as many begin to pay as there are
-- copies; products in the order of their ids, as access.grant_1 is called. Who holds an edition must not ask for stock
-- any more.
create function checkout.sold_out_2(p_account_id text, p_product_ids text[], p_is_held boolean) returns setof text
language plpgsql as $$
declare
  edition record;
begin
  for edition in
    select p.product_id, p.edition_limit from catalog.product p
    where p.product_id = any (p_product_ids) and p.edition_limit is not null
    order by p.product_id
  loop
    if p_is_held then perform access.hold_edition_1(edition.product_id); end if;
    if catalog.edition_left_1(edition.product_id, edition.edition_limit, p_account_id) = 0 then return next edition.product_id; end if;
  end loop;
end $$;

-- Why a session's digital goods cannot be paid for now; null when they can. The caller holds the session's row. Payments
-- of one account's digital goods begin one after the other.
create function checkout.digital_refusal_1(s checkout.session) returns text
language plpgsql as $$
declare
  product_ids text[] := array(select g ->> 'key' from jsonb_array_elements(s.snapshot -> 'groups') g where g ->> 'kind' = 'digital');
begin
  if cardinality(product_ids) = 0 then return null; end if;
  -- A price that was frozen is kept to; a seller who may not sell at all is another thing.
  if exists (
    select from catalog.product p join store.store st using (store_id)
    where p.product_id = any (product_ids) and (not st.is_active or exists (
      select from seller.seller x where x.account_id = p.seller_id and x.suspended_at is not null))
  ) then
    return 'product_unavailable';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('checkout.digital:' || s.account_id, 0));
  if exists (
    select from access.holding h where h.account_id = s.account_id and h.product_id = any (product_ids) and h.revoked_at is null
  ) then
    return 'already_purchased';
  end if;
  if exists (select from catalog.product p where p.product_id = any (product_ids) and p.seller_id = s.account_id) then return 'self_purchase'; end if;
  if exists (select from checkout.in_the_air_1(s.account_id, s.session_id, product_ids)) then return 'payment_in_progress'; end if;
  -- What its seller has taken off the shelf since is not sold any more, held or not: no copy of it has to be sent back.
  if exists (select from catalog.product p where p.product_id = any (product_ids) and not p.is_active) then return 'product_unavailable'; end if;
  if exists (select from checkout.sold_out_2(s.account_id, product_ids, true)) then return 'out_of_stock'; end if;
  return null;
end $$;

-- Makes the orders of a session of digital goods in won before its payer says yes in Toss's window, or says why it cannot be
-- paid for now. Nothing is charged and no payment is begun, so nobody else's last copy is held: when its payer comes back,
-- place_start_1 asks all this again. Locks the session, its orders, editions by id.
create function checkout.orders_open_1(p_session_id text, p_account_id text) returns table (outcome text, amount_minor bigint)
language plpgsql as $$
declare
  s checkout.session;
  refused text;
begin
  select x.* into s from checkout.session x where x.session_id = p_session_id and x.account_id = p_account_id for update;
  refused := case
    when s.session_id is null then 'not_found'
    when s.status = 'cancelled' then 'cancelled'
    when s.status = 'expired' or (s.status = 'pending' and s.expires_at <= now()) then 'expired'
    -- A charge, or a transfer that is waited for: there is no second window beside it.
    when s.status <> 'pending' or exists (
      select from payment.payment p where p.session_id = s.session_id and p.status in ('started', 'requires_action', 'unknown')) then 'payment_in_progress'
    when s.currency <> 'KRW' then 'currency_not_supported'
    when s.needs_shipping then 'shipping_address_required'
    when s.total_minor < 100 then 'amount_too_small'
    else checkout.digital_refusal_1(s)
  end;
  if refused is null then perform orders.put_1(p_session_id, p_account_id, s.currency, s.snapshot, s.quote); end if;
  return query select coalesce(refused, 'opened'), s.total_minor;
end $$;

-- Gives a paid session's digital goods to their buyer, each an order that is over with that. What somebody else's payment
-- has made impossible meanwhile (it is owned by now, or the last copy is gone) ends, and its money goes back. The caller
-- holds the session and its orders.
create function checkout.deliver_digital_1(p_session_id text) returns void
language plpgsql as $$
declare
  file record;
  given text;
begin
  for file in
    select o.order_number, o.account_id, o.group_key from orders.store_order o
    where o.session_id = p_session_id and o.kind = 'digital' and o.status = 'pending' and o.payment_status = 'paid'
    order by o.group_key
  loop
    given := access.grant_1(file.order_number, file.account_id, file.group_key);
    if given in ('granted', 'already') then
      perform orders.order_placed_1(file.order_number, 'digital', null);
      perform orders.advance_1(file.order_number, 'delivered', null);
    else
      perform orders.order_end_1(file.order_number, 'failed', case given when 'owned' then 'already_purchased' else 'out_of_stock' end);
    end if;
  end loop;
end $$;
