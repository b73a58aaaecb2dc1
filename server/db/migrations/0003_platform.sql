-- Idempotency keys of the HTTP layer. A key belongs to the caller: the same key of two accounts is two keys.
create schema platform;

create type platform.idempotency_status as enum ('running', 'done');

create table platform.idempotency_key (
  -- No foreign key: the row outlives nothing (a day), and it must not stand in the way of an account's deletion.
  account_id text not null,
  key text not null check (length(key) between 1 and 255),
  -- Of method, path and body: the same key for anything else is a client's mistake.
  request_hash bytea not null check (length(request_hash) = 32),
  status platform.idempotency_status not null,
  response_status int check (response_status between 200 and 499),
  response_body text,
  -- While running: who repeats before this is told to wait, who repeats after it runs the command again.
  locked_until timestamptz,
  created_at timestamptz not null default now(),
  primary key (account_id, key),
  check ((status = 'done') = (response_status is not null and response_body is not null)),
  check ((status = 'running') = (locked_until is not null))
) with (fillfactor = 80);

-- For the hourly deletion of what is older than a day.
create index idempotency_key_created_at on platform.idempotency_key (created_at);

create type platform.idempotency_outcome as enum ('claimed', 'replay', 'reused', 'in_progress');

-- Claims a key inside the caller's transaction, or says why not. Never waits: whoever holds the key of an uncommitted
-- transaction holds its advisory lock too, and the second one is told "in progress" at once.
-- p_lock_s: null claims for this transaction alone (nothing is written yet; the answer follows in the same
-- transaction); a number writes the key as running for so many seconds, for commands that commit before they answer.
create function platform.idempotency_claim_1(p_account_id text, p_key text, p_request_hash bytea, p_lock_s int)
returns table (outcome platform.idempotency_outcome, response_status int, response_body text)
language plpgsql as $$
declare
  known platform.idempotency_key;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('idempotency ' || p_account_id || ' ' || p_key, 0)) then
    return query select 'in_progress'::platform.idempotency_outcome, null::int, null::text;
    return;
  end if;

  select k.account_id, k.key, k.request_hash, k.status, k.response_status, k.response_body, k.locked_until, k.created_at
  into known
  from platform.idempotency_key k
  where k.account_id = p_account_id and k.key = p_key and k.created_at > now() - interval '24 hours'
  for update;

  if found then
    if known.request_hash <> p_request_hash then
      return query select 'reused'::platform.idempotency_outcome, null::int, null::text;
      return;
    elsif known.status = 'done' then
      return query select 'replay'::platform.idempotency_outcome, known.response_status, known.response_body;
      return;
    elsif known.locked_until > clock_timestamp() then
      return query select 'in_progress'::platform.idempotency_outcome, null::int, null::text;
      return;
    end if;
  end if;

  if p_lock_s is not null then
    insert into platform.idempotency_key as k (account_id, key, request_hash, status, locked_until)
    values (p_account_id, p_key, p_request_hash, 'running', clock_timestamp() + make_interval(secs => p_lock_s))
    on conflict (account_id, key) do update
      set request_hash = excluded.request_hash, status = 'running', locked_until = excluded.locked_until,
          response_status = null, response_body = null, created_at = excluded.created_at;
  end if;
  return query select 'claimed'::platform.idempotency_outcome, null::int, null::text;
end $$;
