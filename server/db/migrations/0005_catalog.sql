-- What can be bought. Prices here are the only ones that count (M6).
create schema catalog;

create type catalog.product_kind as enum ('physical', 'digital');

create table catalog.product (
  product_id text primary key,
  store_id text not null references store.store,
  -- The store's own id of the product: an import updates by it.
  store_ref text not null,
  kind catalog.product_kind not null,
  currency text not null check (currency in ('USD', 'KRW')),
  title text not null,
  description text not null default '',
  brand text,
  category text,
  image_url text,
  product_url text,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (store_id, store_ref)
);
create index product_category on catalog.product (category);
create index product_url on catalog.product (product_url) where product_url is not null;

create table catalog.variant (
  variant_id text primary key,
  product_id text not null references catalog.product,
  sku text not null,
  size text,
  color text,
  price_minor bigint not null check (price_minor >= 0),
  list_price_minor bigint check (list_price_minor >= price_minor),
  position smallint not null default 0,
  is_active boolean not null default true,
  updated_at timestamptz not null default now(),
  unique (product_id, sku)
);
