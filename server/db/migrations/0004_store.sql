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
  -- Where a person orders, this is how long the shopper is told that it may take: the deadline of placement.to_manual_1.
  by_hand_hours_max smallint not null default 4 check (by_hand_hours_max between 1 and 240),
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
  -- Of one try. An API answers in seconds; a person's way through a shop takes minutes.
  timeout_ms int not null default 10000 check (timeout_ms between 100 and case method when 'headless' then 900000 else 120000 end),
  primary key (store_id, position),
  check (method = 'manual' or (connector is not null and base_url is not null))
);

-- P4: AES-256-GCM under a key of the row's own, that key wrapped by the master key, which is not in the database.
create table store.credential (
  store_id text not null references store.store,
  purpose text not null check (purpose in ('api', 'webhook', 'headless')),
  wrapped_key bytea not null,
  sealed bytea not null,
  master_key_id text not null,
  updated_at timestamptz not null default now(),
  primary key (store_id, purpose)
);

-- That a store lets a program order in its shop (tier `headless`), and within which bounds, as a person of the house
-- recorded it. Without a row no browser goes there, whatever its tier says. Taken back by deleting; the trail remembers.
create table store.permission (
  store_id text primary key references store.store on delete cascade,
  -- What the store said and who said it, or where it can be read.
  words text not null check (btrim(words) <> ''),
  link text,
  permitted_on date not null,
  -- The account that recorded it.
  recorded_by text not null,
  recorded_at timestamptz not null default now(),
  -- Over all workers. placement.store_limit follows it.
  orders_at_once int not null default 1 check (orders_at_once between 1 and 100),
  -- In any sixty minutes; null: no bound.
  orders_per_hour int check (orders_per_hour between 1 and 100000),
  time_zone text not null default 'UTC',
  -- By the clock of its time zone; both null: at any hour. A day that opens at 22:00 and closes at 06:00 ends the next morning.
  opens_at time,
  closes_at time,
  -- Days on which it opens, 1 Monday to 7 Sunday.
  days smallint[] not null default '{1,2,3,4,5,6,7}',
  check ((opens_at is null) = (closes_at is null) and (opens_at is null or opens_at <> closes_at)),
  check (cardinality(days) between 1 and 7 and days <@ '{1,2,3,4,5,6,7}'),
  -- An unknown zone is refused here, by an error of Postgres's own, rather than in the middle of a claim.
  check (timestamptz '2026-01-01 00:00+00' at time zone time_zone is not null)
);

-- A seller's own store in one currency: no tiers, as nothing is ordered anywhere. Answers false where the id is another's.
create function store.seller_put_1(p_store_id text, p_account_id text, p_name text, p_description text, p_currency text) returns boolean
language plpgsql as $$
begin
  insert into store.store as s (store_id, name, description, kind, currency, owner_account_id)
  values (p_store_id, p_name, p_description, 'seller', p_currency, p_account_id)
  on conflict (store_id) do update set name = excluded.name, description = excluded.description, updated_at = now()
    where s.kind = 'seller' and s.owner_account_id = p_account_id and s.currency = excluded.currency;
  return found;
end $$;

-- Opens or closes all stores of a seller. Answers how many that changed.
create function store.seller_sells_1(p_account_id text, p_is_active boolean) returns int
language plpgsql as $$
declare
  changed int;
begin
  update store.store s set is_active = p_is_active, updated_at = now()
  where s.owner_account_id = p_account_id and s.kind = 'seller' and s.is_active <> p_is_active;
  get diagnostics changed = row_count;
  return changed;
end $$;
