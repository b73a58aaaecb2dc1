-- Where somebody has things sent: kept only for those who ask for it (docs/decisions/0048-addresses.md).
create schema address;

create table address.saved_address (
  address_id text primary key,
  account_id text not null,
  name text not null,
  address1 text not null,
  address2 text,
  city text not null,
  state text not null check (state ~ '^[A-Z]{2}$'),
  zip text not null,
  country text not null check (country = 'US'),
  phone text,
  -- The same address is kept once, however it is capitalised: rooms/address/book.ts makes it.
  address_key text not null,
  -- The one preferred last is the default; before any was, the oldest. So there always is one, and never two.
  preferred_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (account_id, address_key)
);
