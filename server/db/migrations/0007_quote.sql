-- What a checkout will cost beyond the goods: shipping rules per store, sales tax per state.
create schema quote;

create type quote.shipping_kind as enum ('flat', 'per_item');

create table quote.shipping_option (
  store_id text not null references store.store,
  option_id text not null,
  name text not null,
  kind quote.shipping_kind not null,
  amount_minor bigint not null check (amount_minor >= 0),
  per_item_minor bigint not null default 0 check (per_item_minor >= 0),
  -- Shipping is free when the store's goods come to this much or more; null: never.
  free_above_minor bigint check (free_above_minor >= 0),
  days_min smallint not null check (days_min >= 0),
  days_max smallint not null check (days_max >= days_min),
  position smallint not null default 0,
  primary key (store_id, option_id)
);

-- Parts per million, so that 8.875 % is the whole number 88750. State-wide base rates; local rates need the tax service.
create table quote.tax_rate (
  state text primary key check (state ~ '^[A-Z]{2}$'),
  rate_ppm int not null check (rate_ppm between 0 and 200000)
);

-- Published state-wide base rates of sales tax (Tax Foundation, State and Local Sales Tax Rates, 2025).
insert into quote.tax_rate (state, rate_ppm) values
  ('AL', 40000), ('AK', 0), ('AZ', 56000), ('AR', 65000), ('CA', 72500), ('CO', 29000), ('CT', 63500), ('DE', 0),
  ('DC', 60000), ('FL', 60000), ('GA', 40000), ('HI', 40000), ('ID', 60000), ('IL', 62500), ('IN', 70000), ('IA', 60000),
  ('KS', 65000), ('KY', 60000), ('LA', 50000), ('ME', 55000), ('MD', 60000), ('MA', 62500), ('MI', 60000), ('MN', 68750),
  ('MS', 70000), ('MO', 42250), ('MT', 0), ('NE', 55000), ('NV', 68500), ('NH', 0), ('NJ', 66250), ('NM', 48750),
  ('NY', 40000), ('NC', 47500), ('ND', 50000), ('OH', 57500), ('OK', 45000), ('OR', 0), ('PA', 60000), ('RI', 70000),
  ('SC', 60000), ('SD', 42000), ('TN', 70000), ('TX', 62500), ('UT', 61000), ('VT', 60000), ('VA', 53000), ('WA', 65000),
  ('WV', 60000), ('WI', 50000), ('WY', 40000);
