-- People who sell files of their own: who they are to Muse, what they work on, and what Muse keeps of a sale.
create schema seller;

-- What a person of the house found out, or what is known by itself. 'email': they read mail at their address. 'identity':
-- an operator has seen who they are. What each may do: seller.level_1.
create type seller.verification as enum ('unverified', 'email', 'identity');
create type seller.product_status as enum ('draft', 'published', 'withdrawn');

create table seller.seller (
  account_id text primary key,
  display_name text not null check (btrim(display_name) <> '' and length(display_name) <= 60),
  about text not null default '' check (length(about) <= 1000),
  -- Of mail to them: the one in which they signed up, or changed what stands here, last.
  locale text not null default 'en' check (locale in ('en', 'ko')),
  verification seller.verification not null default 'unverified',
  -- Which contract they agreed to, and when; its text is in the repository under that name.
  contract_version text not null,
  contract_accepted_at timestamptz not null default now(),
  -- Nothing of theirs is sold and nothing is paid out; the words are theirs to read.
  suspended_at timestamptz,
  suspended_reason text check (btrim(suspended_reason) <> '' and length(suspended_reason) <= 500),
  -- Their account is gone and with it who they were; what was sold stays in the books.
  erased_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  check ((suspended_at is null) = (suspended_reason is null))
);
create index seller_created on seller.seller (created_at desc, account_id);

-- A store sells in one currency, so a seller has one for each that they sell in.
create table seller.shop (
  account_id text not null references seller.seller,
  currency text not null check (currency in ('USD', 'KRW')),
  store_id text not null unique references store.store,
  primary key (account_id, currency)
);

-- What a seller works on. Shoppers see what was published last, which is the catalogue's.
create table seller.product (
  product_id text primary key,
  account_id text not null references seller.seller,
  currency text not null check (currency in ('USD', 'KRW')),
  title text not null check (btrim(title) <> '' and length(title) <= 140),
  description text not null default '' check (length(description) <= 8000),
  category text check (category <> '' and length(category) <= 60),
  price_minor bigint not null,
  edition_limit int check (edition_limit between 1 and 1000000),
  status seller.product_status not null default 'draft',
  -- The first time: from then on its currency and edition are fixed, as people bought by them.
  first_published_at timestamptz,
  published_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- Half a dollar is the least a card is charged, and 100 won; above that a typing mistake is likelier than a sale.
  check (price_minor between case currency when 'USD' then 50 else 100 end and case currency when 'USD' then 1000000 else 10000000 end),
  check (status = 'draft' or published_at is not null),
  -- What was before shoppers once is no draft again: people may have bought it.
  check (status <> 'draft' or first_published_at is null)
);
create index product_account on seller.product (account_id, created_at desc);

-- How well Muse knows a seller. Whoever has read mail at their address since they signed up is known by it. Without that
-- a few products may be published (seller.unverified_products_1); payouts are for 'identity' alone (ledger.payout_prepare_1).
create function seller.level_1(s seller.seller) returns seller.verification language sql stable as $$
  select case when s.verification = 'unverified' and exists (select from account."user" u where u.id = s.account_id and u.email_verified)
    then 'email'::seller.verification else s.verification end
$$;

-- Products that somebody may have published at once of whom nothing is known, not even that they read mail.
create function seller.unverified_products_1() returns int language sql immutable as $$
  select 3
$$;

-- Products that somebody may work on and sell at once. One that was withdrawn is kept for whoever bought it and takes no
-- place; published again, it needs one.
create function seller.products_max_1() returns int language sql immutable as $$
  select 1000
$$;

-- Whether somebody has a place for one product more. Right for as long as the seller's row is locked. Reads only.
create function seller.has_place_1(p_account_id text) returns boolean language sql volatile as $$
  select count(*) < seller.products_max_1() from seller.product o where o.account_id = p_account_id and o.status <> 'withdrawn'
$$;

-- Every sale with what is left of it: goods before tax, and of them what the books have gone back. The books say both, to
-- the unit.
create view seller.sale as
  select sh.account_id, o.order_number, o.session_id, p.product_id, i.title, o.currency, o.created_at as sold_at, o.payment_status,
    o.subtotal_minor - o.discount_minor as gross_minor, o.tax_minor, back.refunded_minor,
    ledger.platform_fee_1(o.subtotal_minor - o.discount_minor - back.refunded_minor) as fee_minor,
    o.subtotal_minor - o.discount_minor - back.refunded_minor
      - ledger.platform_fee_1(o.subtotal_minor - o.discount_minor - back.refunded_minor) as net_minor
  from seller.shop sh
  join orders.store_order o on o.store_id = sh.store_id and o.kind = 'digital' and o.payment_status <> 'unpaid'
  join orders.order_item i on i.order_number = o.order_number
  join seller.product p on p.product_id = i.product_id
  -- A refund takes its share of the tax with it.
  left join lateral ledger.refunded_parts_1(o.order_number) parts on o.refunded_minor > 0
  cross join lateral (select coalesce(parts.goods_minor, 0) as refunded_minor) back;

-- Signs a person up as a seller. 'opened', or 'known' (nothing changes: the contract they agreed to is the one that holds).
create function seller.open_1(
  p_account_id text, p_display_name text, p_about text, p_verification seller.verification, p_contract_version text, p_locale text
) returns text
language plpgsql as $$
begin
  insert into seller.seller (account_id, display_name, about, verification, contract_version, locale)
  values (p_account_id, p_display_name, p_about, p_verification, p_contract_version, p_locale)
  on conflict (account_id) do nothing;
  if not found then return 'known'; end if;
  return 'opened';
end $$;

-- Begins a product, as a draft. 'added', 'not_found' where the account is no seller, or 'products_too_many'.
-- Locks the seller's row, so that products begun at once are counted one after the other.
create function seller.product_add_1(
  p_account_id text, p_product_id text, p_currency text, p_title text, p_description text, p_category text, p_price_minor bigint,
  p_edition_limit int
) returns text
language plpgsql as $$
begin
  perform from seller.seller s where s.account_id = p_account_id for no key update;
  if not found then return 'not_found'; end if;
  if not seller.has_place_1(p_account_id) then return 'products_too_many'; end if;
  insert into seller.product (product_id, account_id, currency, title, description, category, price_minor, edition_limit)
  values (p_product_id, p_account_id, p_currency, p_title, p_description, p_category, p_price_minor, p_edition_limit);
  return 'added';
end $$;

-- Puts what a seller worked on before shoppers: a store of theirs in its currency, and the product in the catalogue.
-- 'published', 'not_found', 'no_file': nobody pays for nothing, 'suspended', 'too_many' for somebody of whom nothing is
-- known, or 'products_too_many': one that was withdrawn needs a place again, or withdrawing and publishing would go round
-- the bound. Locks the product's row, then the seller's.
create function seller.publish_1(p_account_id text, p_product_id text, p_store_id text, p_variant_id text) returns text
language plpgsql as $$
declare
  p seller.product;
  who seller.seller;
  shop_id text;
begin
  select x.* into p from seller.product x where x.product_id = p_product_id and x.account_id = p_account_id for update;
  if not found then return 'not_found'; end if;
  if not exists (select from access.file f where f.product_id = p_product_id and f.withdrawn_at is null) then return 'no_file'; end if;
  -- Two products published at once make one store.
  select s.* into who from seller.seller s where s.account_id = p_account_id for update;
  if who.suspended_at is not null then return 'suspended'; end if;
  if p.status <> 'published' and seller.level_1(who) = 'unverified' and seller.unverified_products_1() <= (
    select count(*) from seller.product o where o.account_id = p_account_id and o.status = 'published'
  ) then
    return 'too_many';
  end if;
  if p.status = 'withdrawn' and not seller.has_place_1(p_account_id) then return 'products_too_many'; end if;

  select sh.store_id into shop_id from seller.shop sh where sh.account_id = p_account_id and sh.currency = p.currency;
  perform store.seller_put_1(coalesce(shop_id, p_store_id), p_account_id, who.display_name, who.about, p.currency);
  if shop_id is null then
    shop_id := p_store_id;
    insert into seller.shop (account_id, currency, store_id) values (p_account_id, p.currency, shop_id);
  end if;
  perform catalog.digital_put_1(p_product_id, p_variant_id, shop_id, p_account_id, p.title, p.description, who.display_name,
    p.category, null, p.price_minor, p.edition_limit);
  update seller.product x
  set status = 'published', published_at = clock_timestamp(), first_published_at = coalesce(x.first_published_at, clock_timestamp())
  where x.product_id = p_product_id;
  return 'published';
end $$;

-- Sells a file of a product no more. 'withdrawn', 'not_found' (the product), 'file_not_found', or 'last': what is on the
-- shelf keeps one. Locks the product's row, so that it is not published meanwhile.
create function seller.file_withdraw_1(p_account_id text, p_product_id text, p_file_id text) returns text
language plpgsql as $$
declare
  p seller.product;
  outcome text;
begin
  select x.* into p from seller.product x where x.product_id = p_product_id and x.account_id = p_account_id for update;
  if not found then return 'not_found'; end if;
  outcome := access.file_withdraw_1(p_file_id, p_product_id, p.status = 'published');
  return case outcome when 'not_found' then 'file_not_found' else outcome end;
end $$;

-- Deletes a draft with its files and whatever of them is on its way, so that none of it takes a place any more. 'deleted',
-- 'not_found', or 'published': it was before shoppers once and is withdrawn instead, as whoever bought it keeps it. Locks the
-- product's row, so that it is not published meanwhile and nothing more is begun for it, then its uploads and files.
create function seller.product_delete_1(p_account_id text, p_product_id text) returns text
language plpgsql as $$
declare
  p seller.product;
begin
  select x.* into p from seller.product x where x.product_id = p_product_id and x.account_id = p_account_id for update;
  if not found then return 'not_found'; end if;
  if p.status <> 'draft' then return 'published'; end if;
  perform access.files_forget_1(p_product_id);
  delete from seller.product x where x.product_id = p_product_id;
  return 'deleted';
end $$;

-- Takes a product off the shelf. 'withdrawn', 'not_found', or 'not_published'.
create function seller.withdraw_1(p_account_id text, p_product_id text) returns text
language plpgsql as $$
declare
  p seller.product;
begin
  select x.* into p from seller.product x where x.product_id = p_product_id and x.account_id = p_account_id for update;
  if not found then return 'not_found'; end if;
  if p.status <> 'published' then return 'not_published'; end if;
  perform catalog.digital_withdraw_1(p_product_id, p_account_id);
  update seller.product x set status = 'withdrawn' where x.product_id = p_product_id;
  return 'withdrawn';
end $$;

-- Stops all sales of a seller, and payouts: nothing of theirs is on a shelf or can be paid for from now on. Whoever bought
-- something has it still. 'suspended', 'already' (the first reason stands), 'not_found'. Locks the seller's row and stores.
create function seller.suspend_1(p_account_id text, p_reason text) returns text
language plpgsql as $$
declare
  who seller.seller;
begin
  select s.* into who from seller.seller s where s.account_id = p_account_id and s.erased_at is null for update;
  if not found then return 'not_found'; end if;
  if who.suspended_at is not null then return 'already'; end if;
  update seller.seller s set suspended_at = clock_timestamp(), suspended_reason = p_reason, updated_at = clock_timestamp()
  where s.account_id = p_account_id;
  perform store.seller_sells_1(p_account_id, false);
  return 'suspended';
end $$;

-- Lets a seller sell again. 'resumed', 'already', 'not_found'. Locks the seller's row and stores.
create function seller.resume_1(p_account_id text) returns text
language plpgsql as $$
declare
  who seller.seller;
begin
  select s.* into who from seller.seller s where s.account_id = p_account_id and s.erased_at is null for update;
  if not found then return 'not_found'; end if;
  if who.suspended_at is null then return 'already'; end if;
  update seller.seller s set suspended_at = null, suspended_reason = null, updated_at = clock_timestamp() where s.account_id = p_account_id;
  perform store.seller_sells_1(p_account_id, true);
  return 'resumed';
end $$;

-- Nobody knows any more who sold: the account is erased. What was sold stays sold, by a seller without a name; a draft that
-- nobody has seen goes. Where there is no sale and no store nothing is left. The caller has seen that nothing is owed.
create function seller.forget_1(p_account_id text) returns void
language plpgsql as $$
declare
  shop record;
begin
  -- Nothing more is begun for them.
  perform from seller.product p where p.account_id = p_account_id and p.first_published_at is null for update;
  perform access.files_forget_1(p.product_id) from seller.product p where p.account_id = p_account_id and p.first_published_at is null;
  delete from seller.product p where p.account_id = p_account_id and p.first_published_at is null;
  if not exists (select from seller.shop sh where sh.account_id = p_account_id) then
    delete from seller.seller s where s.account_id = p_account_id;
    return;
  end if;
  update seller.product p set description = '', category = null where p.account_id = p_account_id;
  update seller.seller s
  set display_name = 'Erased seller', about = '', verification = 'unverified', suspended_at = null, suspended_reason = null, erased_at = clock_timestamp(),
      updated_at = clock_timestamp()
  where s.account_id = p_account_id;
  for shop in select sh.store_id, sh.currency from seller.shop sh where sh.account_id = p_account_id order by sh.store_id loop
    perform store.seller_put_1(shop.store_id, p_account_id, 'Erased seller', '', shop.currency);
  end loop;
  perform store.seller_sells_1(p_account_id, false);
  perform catalog.digital_forget_1(p_account_id);
end $$;
