-- The stores Muse sells from, how each is ordered from (tiers, as data), and its sealed credentials.
create schema store;

create type store.store_kind as enum ('retailer', 'seller');
create type store.placement_method as enum ('api', 'headless', 'manual', 'digital');

create table store.store (
  store_id text primary key,
  name text not null,
  description text not null default '',
  kind store.store_kind not null,
  currency text not null check (currency in ('USD', 'KRW')),
  homepage text,
  -- The seller's account, so that nobody buys from themselves; null for a retailer.
  owner_account_id text,
  return_policy text not null default '',
  -- What is told of it in other languages: { "ko": { "description", "returnPolicy" } }. What is missing reads as above.
  texts jsonb not null default '{}',
  -- The price guard: how far above what the shopper paid (in basis points) the store's total may lie.
  price_margin_bp int not null default 0 check (price_margin_bp between 0 and 5000),
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index store_owner on store.store (owner_account_id) where owner_account_id is not null;

-- Tiers are tried in the order of their position; no row, or none enabled, means the manual desk.
create table store.tier (
  store_id text not null references store.store,
  position smallint not null check (position between 1 and 9),
  method store.placement_method not null check (method <> 'digital'),
  connector text,
  base_url text,
  is_enabled boolean not null default true,
  tries_max smallint not null default 4 check (tries_max between 1 and 20),
  timeout_ms int not null default 10000 check (timeout_ms between 100 and 120000),
  primary key (store_id, position),
  check (method = 'manual' or (connector is not null and base_url is not null))
);

-- P4: AES-256-GCM under a key of the row's own, that key wrapped by the master key, which is not in the database.
create table store.credential (
  store_id text not null references store.store,
  purpose text not null check (purpose in ('api', 'webhook')),
  wrapped_key bytea not null,
  sealed bytea not null,
  master_key_id text not null,
  updated_at timestamptz not null default now(),
  primary key (store_id, purpose)
);
