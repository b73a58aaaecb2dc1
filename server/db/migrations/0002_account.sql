-- Who people are: accounts, their sessions and sign-ins. The tables are those of better-auth 1.7 for the plugins we use
-- (e-mail and password, anonymous, bearer, two-factor), in our names; rooms/account maps them. A test holds the two together.
create schema account;

create type account.role as enum ('shopper', 'seller', 'ops', 'admin');

create table account."user" (
  id text primary key,
  name text not null,
  -- Anonymous accounts have one that no mail can reach (…@anonymous.invalid): better-auth wants every user to have one.
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  is_anonymous boolean not null default false,
  role account.role not null default 'shopper',
  two_factor_enabled boolean not null default false,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- Only people hold roles, so an anonymous session can never be worth more than its cart.
  check (not is_anonymous or role = 'shopper')
);

-- For the deletion of visitors who never came back.
create index user_anonymous on account."user" (created_at) where is_anonymous;

create table account.session (
  id text primary key,
  token text not null unique,
  user_id text not null references account."user" on delete cascade,
  expires_at timestamptz not null,
  ip_address text,
  user_agent text,
  -- When a second factor was shown; null: a password alone. Ops and admin routes ask for it.
  second_factor_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index session_user_id on account.session (user_id);
create index session_expires_at on account.session (expires_at);

-- How an account signs in: with a password ("credential"), later with a provider's identity.
create table account.sign_in (
  id text primary key,
  account_id text not null,
  provider_id text not null,
  user_id text not null references account."user" on delete cascade,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  unique (provider_id, account_id)
);
create index sign_in_user_id on account.sign_in (user_id);

-- An authenticator app's secret and the codes for the day it is lost, both encrypted with AUTH_SECRET. Ten wrong codes in a
-- row lock it for a quarter of an hour.
create table account.two_factor (
  id text primary key,
  secret text not null,
  backup_codes text not null,
  user_id text not null unique references account."user" on delete cascade,
  verified boolean default true,
  failed_verification_count int default 0,
  locked_until timestamptz
);

-- One-time secrets: e-mail verification, password reset.
create table account.verification (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index verification_identifier on account.verification (identifier);

-- An anonymous account that became a person's: from then on everything of it is theirs. Kept so that whatever arrives
-- late for the old account (a payment, an event) still finds its owner.
create table account.merge (
  from_account_id text primary key references account."user",
  to_account_id text not null references account."user",
  merged_at timestamptz not null default now(),
  check (from_account_id <> to_account_id)
);
create index merge_to on account.merge (to_account_id);

-- Sign-in attempts. The key is a digest of address and path, so that no address is kept.
create unlogged table account.rate_limit (
  key text primary key,
  count int not null,
  window_ends_at timestamptz not null
);
create index rate_limit_window_ends_at on account.rate_limit (window_ends_at);

-- Counts one attempt and says whether it is still within the limit, in one statement and under one row lock.
create function account.rate_limit_take_1(p_key text, p_window_s int, p_max int)
returns table (is_allowed boolean, retry_after_s int)
language sql as $$
  insert into account.rate_limit as r (key, count, window_ends_at)
  values (p_key, 1, now() + make_interval(secs => p_window_s))
  on conflict (key) do update set
    count = case when r.window_ends_at <= now() then 1 else r.count + 1 end,
    window_ends_at = case when r.window_ends_at <= now() then excluded.window_ends_at else r.window_ends_at end
  returning r.count <= p_max, greatest(1, ceil(extract(epoch from r.window_ends_at - now())))::int;
$$;

-- Every API process keeps sessions in memory for some seconds; this tells them whose to forget. The payload is the
-- account's id, which opens nothing. Inserts say nothing: nobody can have kept a session that did not exist.
create function account.tell_changed() returns trigger language plpgsql as $$
begin
  perform pg_notify('muse_account', case tg_table_name when 'user' then to_jsonb(old) ->> 'id' else to_jsonb(old) ->> 'user_id' end);
  return null;
end $$;

create trigger session_ended after delete on account.session
  for each row execute function account.tell_changed();
create trigger session_changed after update of token, user_id, expires_at on account.session
  for each row execute function account.tell_changed();
create trigger user_changed after update of role, is_anonymous, two_factor_enabled on account."user"
  for each row execute function account.tell_changed();
create trigger user_removed after delete on account."user"
  for each row execute function account.tell_changed();
