-- One payment a session, tried as often as the shopper likes; at the provider it is one intent, which can succeed only
-- once (M1). Every touch of the provider is a row here before it happens.
create schema payment;

create type payment.provider as enum ('stripe', 'toss');
create type payment.payment_status as enum ('started', 'requires_action', 'unknown', 'succeeded', 'failed', 'canceled');
create type payment.attempt_status as enum ('started', 'requires_action', 'unknown', 'succeeded', 'failed');
-- 'account_needed': it waits for whoever is to have it to say into which account (0022); the provider is not asked before.
create type payment.refund_status as enum ('created', 'account_needed', 'unknown', 'pending', 'succeeded', 'failed');

create table payment.payment (
  payment_id text primary key,
  session_id text not null unique,
  account_id text not null,
  provider payment.provider not null,
  status payment.payment_status not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null check (currency in ('USD', 'KRW')),
  -- The provider's intent (pi_…). Null while no answer has told us; the idempotency key finds it then.
  provider_ref text,
  -- Intents that were proved dead and replaced: what is still heard of them means nothing.
  dead_refs text[] not null default '{}',
  -- Counts intents: a new one only after the old is proved dead (canceled), so never two that can succeed.
  generation int not null default 1,
  client_secret text,
  action_url text,
  failure_code text,
  refunded_minor bigint not null default 0,
  -- When a reconciler asks the provider what became of it; null when there is nothing to ask.
  check_at timestamptz,
  checks int not null default 0,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  succeeded_at timestamptz,
  -- M2: never is more refunded than was charged.
  check (refunded_minor between 0 and amount_minor),
  check (refunded_minor = 0 or status = 'succeeded'),
  check ((status = 'succeeded') = (succeeded_at is not null))
) with (fillfactor = 70);
create unique index payment_provider_ref on payment.payment (provider, provider_ref) where provider_ref is not null;
create index payment_check on payment.payment (check_at) where check_at is not null;
create index payment_account on payment.payment (account_id);
-- Payments that may still have something to call off once their session has ended.
create index payment_open on payment.payment (updated_at) where status in ('started', 'requires_action', 'unknown', 'failed');

create table payment.attempt (
  attempt_id text primary key,
  payment_id text not null references payment.payment,
  number int not null check (number >= 1),
  generation int not null,
  method_ref text not null,
  -- What was on the button: whoever goes on with the attempt after a crash charges this, whatever the session says by then.
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  -- Tells one set of delivery choices from another, which may come to the same total.
  terms text not null,
  -- SHA-256 of the key the button was pressed under; the same key again is the same press, not another. Null: none was sent.
  press bytea check (length(press) = 32),
  status payment.attempt_status not null,
  failure_code text,
  decline_code text,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  unique (payment_id, number)
);
-- M1: at most one attempt of a payment is in the air.
create unique index attempt_live on payment.attempt (payment_id) where status in ('started', 'requires_action', 'unknown');
create unique index attempt_succeeded on payment.attempt (payment_id) where status = 'succeeded';

create table payment.refund (
  refund_id text primary key,
  payment_id text not null references payment.payment,
  -- Null: the whole payment goes back and no order stands for it (it came too late).
  order_number text,
  -- The same cause asks twice and gets one refund.
  cause text not null unique,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  reason text not null,
  status payment.refund_status not null default 'created',
  -- 'provider': somebody gave it back at the provider itself, past Muse, which heard of it afterwards.
  source text not null default 'muse' check (source in ('muse', 'provider')),
  provider_ref text,
  requested_by text,
  lines jsonb,
  failure_code text,
  -- Counts the keys that the provider has had it under. Toss answers a key for fifteen days with its first answer, so what was
  -- refused and is to be asked again, into another account or of a bank that opens again, needs another one.
  round int not null default 0,
  tries int not null default 0,
  try_at timestamptz not null default now(),
  -- Since when the provider may have been asked: whoever waits for an account asks nobody.
  ask_from timestamptz not null default now(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  succeeded_at timestamptz
);
create index refund_payment on payment.refund (payment_id);
-- What the provider gave back in one piece, past Muse, may be several orders'; what Muse asked for is one refund.
create unique index refund_provider_ref on payment.refund (provider_ref) where source = 'muse';
create index refund_named on payment.refund (provider_ref) where provider_ref is not null;
create index refund_order on payment.refund (order_number);
-- The few that a person has to see to.
create index refund_failed on payment.refund (created_at) where status = 'failed';
create index refund_due on payment.refund (try_at) where status in ('created', 'unknown', 'pending');
create index refund_waiting on payment.refund (updated_at) where status = 'account_needed';

-- The state tables of rooms/payment/rules.ts, held by the database as well.
create function payment.guard_payment() returns trigger language plpgsql as $$
begin
  if new.status <> old.status and not (
    (old.status = 'started' and new.status in ('requires_action', 'unknown', 'succeeded', 'failed', 'canceled'))
    or (old.status = 'requires_action' and new.status in ('started', 'unknown', 'succeeded', 'failed', 'canceled'))
    or (old.status = 'unknown' and new.status in ('requires_action', 'succeeded', 'failed', 'canceled'))
    or (old.status = 'failed' and new.status in ('started', 'succeeded', 'canceled'))
  ) then
    raise exception 'payment % cannot go from % to %', old.payment_id, old.status, new.status using errcode = 'MU001';
  end if;
  return new;
end $$;
create trigger guard before update of status on payment.payment for each row execute function payment.guard_payment();

create function payment.guard_attempt() returns trigger language plpgsql as $$
begin
  if new.status <> old.status and not (
    (old.status = 'started' and new.status in ('requires_action', 'unknown', 'succeeded', 'failed'))
    or (old.status = 'requires_action' and new.status in ('unknown', 'succeeded', 'failed'))
    or (old.status = 'unknown' and new.status in ('requires_action', 'succeeded', 'failed'))
    -- A declined attempt whose card owner confirms the same intent afterwards in the provider's own form.
    or (old.status = 'failed' and new.status = 'succeeded')
  ) then
    raise exception 'payment attempt % cannot go from % to %', old.attempt_id, old.status, new.status using errcode = 'MU001';
  end if;
  return new;
end $$;
create trigger guard before update of status on payment.attempt for each row execute function payment.guard_attempt();

create function payment.guard_refund() returns trigger language plpgsql as $$
begin
  if new.status <> old.status and not (
    (old.status in ('created', 'unknown') and new.status in ('account_needed', 'unknown', 'pending', 'succeeded', 'failed'))
    -- An account was given; or the money went back at the provider itself, past Muse.
    or (old.status = 'account_needed' and new.status in ('created', 'succeeded'))
    or (old.status = 'pending' and new.status in ('succeeded', 'failed'))
    -- The provider may take a success back days later.
    or (old.status = 'succeeded' and new.status = 'failed')
  ) then
    raise exception 'refund % cannot go from % to %', old.refund_id, old.status, new.status using errcode = 'MU001';
  end if;
  return new;
end $$;
create trigger guard before update of status on payment.refund for each row execute function payment.guard_refund();

-- Writes the intent to charge before the provider is called. The caller holds the session's row, so attempts of one
-- session are serial. `p_dead_ref` names the intent that the caller has just called off at the provider: in this one commit
-- it is buried and the attempt begins on a new one, so that no crash finds an attempt beside an intent it must not use.
create function payment.attempt_start_1(
  p_session_id text, p_account_id text, p_payment_id text, p_attempt_id text,
  p_amount_minor bigint, p_currency text, p_method_ref text, p_terms text, p_check_after interval, p_dead_ref text, p_press bytea
) returns table (payment_id text, attempt_id text, number int, generation int, provider_ref text)
language plpgsql as $$
declare
  pay payment.payment;
  next_number int;
begin
  update payment.payment p
  set generation = p.generation + 1, dead_refs = p.dead_refs || p.provider_ref, provider_ref = null, client_secret = null
  where p.session_id = p_session_id and p.provider_ref = p_dead_ref and p.status in ('failed', 'requires_action');
  insert into payment.payment as p (payment_id, session_id, account_id, provider, status, amount_minor, currency, check_at)
  values (p_payment_id, p_session_id, p_account_id, case p_currency when 'KRW' then 'toss' else 'stripe' end::payment.provider,
          'started', p_amount_minor, p_currency, now() + p_check_after)
  on conflict (session_id) do update
    -- Where no intent is there yet, the one that this attempt makes decides what the payment is of.
    set status = 'started', amount_minor = case when p.provider_ref is null then excluded.amount_minor else p.amount_minor end,
        failure_code = null, action_url = null, check_at = now() + p_check_after, checks = 0, updated_at = now()
  returning p.* into pay;
  if pay.amount_minor <> p_amount_minor or pay.currency <> p_currency then
    raise exception 'M6: the intent of payment % is not of what was on the button', pay.payment_id using errcode = 'MU001';
  end if;

  select coalesce(max(a.number), 0) + 1 into next_number from payment.attempt a where a.payment_id = pay.payment_id;
  update payment.attempt a set status = 'failed', failure_code = 'replaced', ended_at = now()
  where a.payment_id = pay.payment_id and a.status = 'requires_action';
  insert into payment.attempt (attempt_id, payment_id, number, generation, method_ref, amount_minor, currency, terms, press, status)
  values (p_attempt_id, pay.payment_id, next_number, pay.generation, p_method_ref, p_amount_minor, p_currency, p_terms, p_press, 'started');

  return query select pay.payment_id, p_attempt_id, next_number, pay.generation, pay.provider_ref;
end $$;

-- Records that the money moved. Returns false when that was known already: the caller then changes nothing (W1).
create function payment.succeed_1(p_payment_id text, p_provider_ref text) returns boolean
language plpgsql as $$
begin
  update payment.payment p
  set status = 'succeeded', provider_ref = p_provider_ref, succeeded_at = now(), check_at = null, failure_code = null,
      action_url = null, updated_at = now()
  where p.payment_id = p_payment_id and p.status <> 'succeeded';
  if not found then return false; end if;

  update payment.attempt a set status = 'succeeded', failure_code = null, decline_code = null, ended_at = now()
  where a.attempt_id = (select l.attempt_id from payment.attempt l where l.payment_id = p_payment_id order by l.number desc limit 1);
  perform ledger.post_capture_1(p_payment_id);
  return true;
end $$;

-- Records what the provider said short of success, on the newest attempt. A success is never overridden, and an answer
-- about an older attempt changes nothing. Returns whether anything changed.
create function payment.settle_attempt_1(
  p_attempt_id text, p_status payment.attempt_status, p_provider_ref text, p_client_secret text, p_action_url text,
  p_failure_code text, p_decline_code text, p_check_at timestamptz
) returns boolean
language plpgsql as $$
declare
  pay payment.payment;
begin
  select p.* into pay from payment.payment p join payment.attempt a using (payment_id)
  where a.attempt_id = p_attempt_id for update of p;
  if not found or pay.status = 'succeeded' then return false; end if;
  -- Late word of an intent that has been replaced says nothing of the one that lives now (M1).
  if p_provider_ref is not null and (p_provider_ref = any (pay.dead_refs) or p_provider_ref <> pay.provider_ref) then return false; end if;
  if exists (select from payment.attempt later join payment.attempt this using (payment_id)
             where this.attempt_id = p_attempt_id and later.number > this.number) then
    return false;
  end if;

  update payment.attempt a
  set status = p_status, failure_code = p_failure_code, decline_code = p_decline_code,
      ended_at = case when p_status = 'failed' then now() end
  where a.attempt_id = p_attempt_id and a.status <> 'failed';
  if not found then return false; end if;

  update payment.payment p
  set status = p_status::text::payment.payment_status, provider_ref = coalesce(p_provider_ref, p.provider_ref),
      client_secret = coalesce(p_client_secret, p.client_secret), action_url = p_action_url, failure_code = p_failure_code,
      check_at = p_check_at, updated_at = now()
  where p.payment_id = pay.payment_id;
  if p_failure_code = 'canceled' then
    -- The intent is dead at the provider, whoever canceled it: the next try makes a new one.
    update payment.payment p
    set generation = p.generation + 1, dead_refs = array_remove(p.dead_refs || p.provider_ref, null), provider_ref = null, client_secret = null
    where p.payment_id = pay.payment_id;
  end if;
  return true;
end $$;

-- The intent at the provider is dead for good and its session over: so is the payment.
create function payment.intent_canceled_1(p_payment_id text, p_generation int) returns boolean
language plpgsql as $$
begin
  update payment.payment p set status = 'canceled', check_at = null, action_url = null, updated_at = now()
  where p.payment_id = p_payment_id and p.generation = p_generation and p.status not in ('succeeded', 'canceled');
  if not found then return false; end if;
  update payment.attempt a set status = 'failed', failure_code = 'canceled', ended_at = now()
  where a.payment_id = p_payment_id and a.status in ('started', 'requires_action', 'unknown');
  return true;
end $$;

-- Writes the intent to refund and its job. The payment's row is locked, so that two refunds racing never pass what was
-- charged: what is left decides, and the amount is refused whole if it does not fit.
create function payment.refund_open_1(
  p_refund_id text, p_payment_id text, p_order_number text, p_cause text, p_amount_minor bigint, p_reason text,
  p_requested_by text, p_lines jsonb
) returns table (outcome text, refund_id text)
language plpgsql as $$
declare
  pay payment.payment;
  known text;
  needs_account boolean;
begin
  select p.* into pay from payment.payment p where p.payment_id = p_payment_id for update;
  if not found or pay.status <> 'succeeded' then
    return query select 'not_charged', null::text; return;
  end if;
  select r.refund_id into known from payment.refund r where r.cause = p_cause;
  if found then
    return query select 'exists', known; return;
  end if;
  if pay.refunded_minor + p_amount_minor > pay.amount_minor then
    return query select 'above_charge', null::text; return;
  end if;

  needs_account := payment.is_deposited_1(p_payment_id);
  insert into payment.refund (refund_id, payment_id, order_number, cause, amount_minor, currency, reason, requested_by, lines, status)
  values (p_refund_id, p_payment_id, p_order_number, p_cause, p_amount_minor, pay.currency, p_reason, p_requested_by, p_lines,
    case when needs_account then 'account_needed' else 'created' end::payment.refund_status);
  update payment.payment p set refunded_minor = p.refunded_minor + p_amount_minor, updated_at = now()
  where p.payment_id = p_payment_id;
  -- One of an order is posted once the order counts it (orders.refund_open_1).
  if p_order_number is null then perform ledger.post_refund_opened_1(p_refund_id); end if;
  if not needs_account then
    perform graphile_worker.add_job('order.refund', json_build_object('refundId', p_refund_id), job_key => 'order.refund:' || p_refund_id);
  end if;
  return query select 'opened', p_refund_id;
end $$;

-- A refund was made at the provider itself, past Muse, under this name. The caller settles it in the same commit.
create function payment.refund_by_provider_1(p_refund_id text, p_provider_ref text) returns void language sql as $$
  update payment.refund r set source = 'provider', provider_ref = p_provider_ref where r.refund_id = p_refund_id
$$;

-- What the provider said about a refund. Returns the refund's row, or nulls when nothing changed. A refund that failed
-- no longer counts against the charge, so that it can be made again.
create function payment.refund_settle_1(
  p_refund_id text, p_status payment.refund_status, p_provider_ref text, p_failure_code text, p_try_at timestamptz
) returns payment.refund
language plpgsql as $$
declare
  known payment.refund;
begin
  -- Lock order: payment before refund, as everywhere.
  perform 1 from payment.payment p join payment.refund r using (payment_id) where r.refund_id = p_refund_id for update of p;
  select r.* into known from payment.refund r where r.refund_id = p_refund_id for update;
  if not found or known.status = 'failed' or (known.status = 'succeeded' and p_status <> 'failed') then return null; end if;
  -- A late word about an account that the bank would not have, and that its owner is asked for anew.
  if known.status = 'account_needed' and p_status <> 'succeeded' then return null; end if;
  if known.status = p_status and p_status in ('pending', 'unknown') then
    update payment.refund r set tries = r.tries + 1, try_at = coalesce(p_try_at, r.try_at), updated_at = now() where r.refund_id = p_refund_id;
    return null;
  end if;

  update payment.refund r
  set status = p_status, provider_ref = coalesce(p_provider_ref, r.provider_ref), failure_code = p_failure_code,
      tries = r.tries + 1, try_at = coalesce(p_try_at, r.try_at), updated_at = now(),
      succeeded_at = case when p_status = 'succeeded' then now() end
  where r.refund_id = p_refund_id;
  if p_status = 'succeeded' then perform ledger.post_refund_1(p_refund_id); end if;
  if p_status = 'failed' then
    update payment.payment p set refunded_minor = p.refunded_minor - known.amount_minor, updated_at = now()
    where p.payment_id = known.payment_id;
    if known.status = 'succeeded' then perform ledger.post_refund_returned_1(p_refund_id); end if;
    if known.order_number is null then perform ledger.post_refund_withdrawn_1(p_refund_id); end if;
  end if;
  known.status := p_status;
  return known;
end $$;
