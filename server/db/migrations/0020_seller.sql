-- People who sell files of their own: who they are to Muse, what they work on, and what Muse keeps of a sale.
create schema seller;

-- 'email': they read mail at their address. 'identity': an operator has seen who they are.
create type seller.verification as enum ('unverified', 'email', 'identity');
create type seller.product_status as enum ('draft', 'published', 'withdrawn');

create table seller.seller (
  account_id text primary key,
  display_name text not null check (btrim(display_name) <> '' and length(display_name) <= 60),
  about text not null default '' check (length(about) <= 1000),
  verification seller.verification not null default 'unverified',
  -- Which contract they agreed to, and when; its text is in the repository under that name.
  contract_version text not null,
  contract_accepted_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);

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
  check (status = 'draft' or published_at is not null)
);
create index product_account on seller.product (account_id, created_at desc);

-- Every sale with what is left of it. The price before tax is what is shared, as the books share it; what went back is
-- shared no more.
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
  cross join lateral (select case when o.refunded_minor >= o.total_minor then o.subtotal_minor - o.discount_minor
    else o.refunded_minor * (o.subtotal_minor - o.discount_minor) / greatest(o.total_minor, 1) end as refunded_minor) back;

-- Signs a person up as a seller. 'opened', or 'known' (nothing changes: the contract they agreed to is the one that holds).
create function seller.open_1(
  p_account_id text, p_display_name text, p_about text, p_verification seller.verification, p_contract_version text
) returns text
language plpgsql as $$
begin
  insert into seller.seller (account_id, display_name, about, verification, contract_version)
  values (p_account_id, p_display_name, p_about, p_verification, p_contract_version)
  on conflict (account_id) do nothing;
  if not found then return 'known'; end if;
  return 'opened';
end $$;

-- Puts what a seller worked on before shoppers: a store of theirs in its currency, and the product in the catalogue.
-- 'published', 'not_found', or 'no_file': nobody pays for nothing. Locks the product's row.
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
