-- What can be bought. Prices here are the only ones that count (M6).
create schema catalog;

-- Part of PostgreSQL's own contrib and trusted, so that a database's owner may install it: searching forgives typing
-- errors with it (docs/decisions/0021-search.md). In a schema of its own so that no room's search_path matters.
create schema extensions;
create extension pg_trgm schema extensions;

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
  -- What a search looks through. Lower case on both sides, so that no search pays for folding.
  search_text text not null generated always as (
    lower(title || ' ' || coalesce(brand, '') || ' ' || coalesce(category, ''))
  ) stored,
  unique (store_id, store_ref)
);
create index product_category on catalog.product (category);
create index product_search on catalog.product using gin (search_text extensions.gin_trgm_ops);
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
  -- The store's own word at the last import. Where Muse tracks stock itself, `inventory.stock` decides beside it.
  is_in_stock boolean not null default true,
  updated_at timestamptz not null default now(),
  unique (product_id, sku)
);

-- The products that a search's words mean, best first: each word is in the text as typed, or nearly so. The longest word
-- goes through the trigram index, the others filter what it found. A threshold of 0.45 finds "overcaot" (0.56) and
-- "lambswol" (0.73) and leaves out what merely begins alike; PostgreSQL's own 0.6 finds only one of the two.
create function catalog.product_search_1(p_words text[]) returns table (product_id text, rank real)
language sql stable set search_path = extensions, pg_catalog set pg_trgm.word_similarity_threshold = 0.45 as $$
  with longest as (select w.word from unnest(p_words) as w (word) order by length(w.word) desc, w.word limit 1)
  select p.product_id, avg(case when p.search_text like '%' || w.word || '%' then 1 else word_similarity(w.word, p.search_text) end)::real
  from longest l
  join catalog.product p on p.search_text like '%' || l.word || '%' or l.word <% p.search_text
  cross join unnest(p_words) as w (word)
  group by p.product_id
  having bool_and(p.search_text like '%' || w.word || '%' or w.word <% p.search_text)
$$;
