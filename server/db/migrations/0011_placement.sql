-- How an order reaches its store: by API, by browser, or through a person, and never twice (O3). This table is the queue:
-- claiming an order writes the attempt that fences it, so there is no second book-keeping that could disagree.
create schema placement;

create type placement.placement_status as enum ('waiting', 'running', 'unknown', 'manual', 'placed', 'failed', 'cancelled');
create type placement.attempt_status as enum ('started', 'placed', 'refused', 'unavailable', 'unknown');
create type placement.task_status as enum ('open', 'claimed', 'placed', 'failed', 'withdrawn');

create table placement.placement (
  order_number text primary key references orders.store_order,
  session_id text not null,
  store_id text not null references store.store,
  status placement.placement_status not null,
  -- The tier that is next (waiting) or at work (running).
  tier_position smallint not null,
  method store.placement_method not null,
  tries int not null default 0,
  next_attempt_at timestamptz not null default now(),
  -- Rises with every attempt; only the newest may press the store's button.
  fence int not null default 0,
  reason text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
) with (fillfactor = 70);
create index placement_due on placement.placement (next_attempt_at) where status = 'waiting';
create index placement_store on placement.placement (store_id);

create table placement.attempt (
  attempt_id text primary key,
  order_number text not null references placement.placement,
  fence int not null,
  method store.placement_method not null,
  connector text,
  status placement.attempt_status not null,
  worker_id text,
  -- Past this the call can no longer be running; without an outcome by then it is unknown what happened.
  deadline_at timestamptz,
  reason text,
  detail text,
  store_order_number text,
  store_total_minor bigint,
  lookups int not null default 0,
  lookup_at timestamptz,
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  unique (order_number, fence)
) with (fillfactor = 70);
create unique index attempt_live on placement.attempt (order_number) where status in ('started', 'unknown');
create unique index attempt_placed on placement.attempt (order_number) where status = 'placed';
create index attempt_overdue on placement.attempt (deadline_at) where status = 'started';
create index attempt_lookup on placement.attempt (lookup_at) where status = 'unknown' and lookup_at is not null;

create table placement.manual_task (
  order_number text primary key references placement.placement,
  status placement.task_status not null default 'open',
  -- Why a person is needed: the code, and what was seen.
  why text not null,
  detail text,
  -- It is not known whether the store has this order: find out before placing.
  outcome_unknown boolean not null default false,
  opened_at timestamptz not null default now(),
  deadline_at timestamptz not null,
  claimed_by text,
  claimed_until timestamptz,
  closed_at timestamptz,
  closed_by text,
  fail_reason text,
  note text,
  paid_minor bigint,
  check ((status = 'claimed') = (claimed_by is not null) and (status = 'claimed') = (claimed_until is not null)),
  check ((status in ('open', 'claimed')) = (closed_at is null))
);
create index manual_task_queue on placement.manual_task (deadline_at) where status in ('open', 'claimed');

create function placement.guard_attempt() returns trigger language plpgsql as $$
begin
  if new.status <> old.status and not (
    (old.status = 'started' and new.status in ('placed', 'refused', 'unavailable', 'unknown'))
    -- 'unavailable' after 'unknown' only when the store has proved that it never had the order.
    or (old.status = 'unknown' and new.status in ('placed', 'refused', 'unavailable'))
  ) then
    raise exception 'placement attempt % cannot go from % to %', old.attempt_id, old.status, new.status using errcode = 'MU001';
  end if;
  return new;
end $$;
create trigger guard before update of status on placement.attempt for each row execute function placement.guard_attempt();

-- Event streams of the checkout hear of every step of a placement.
create function placement.tell() returns trigger language plpgsql as $$
begin
  perform pg_notify('muse_session', new.session_id);
  return null;
end $$;
create trigger tell after update of status on placement.placement
  for each row when (old.status <> new.status and new.status in ('unknown', 'manual', 'waiting')) execute function placement.tell();

-- A person takes over. `p_unknown`: the store may have the order already.
create function placement.to_manual_1(p_order_number text, p_why text, p_detail text, p_unknown boolean) returns void
language plpgsql as $$
begin
  update placement.placement p set status = 'manual', method = 'manual', reason = p_why, updated_at = now()
  where p.order_number = p_order_number;
  insert into placement.manual_task as t (order_number, why, detail, outcome_unknown, deadline_at)
  values (p_order_number, p_why, p_detail, p_unknown, now() + interval '4 hours')
  on conflict (order_number) do update
    set status = 'open', why = excluded.why, detail = excluded.detail, outcome_unknown = excluded.outcome_unknown,
        opened_at = now(), deadline_at = excluded.deadline_at, closed_at = null, claimed_by = null, claimed_until = null
    where t.status in ('open', 'claimed', 'withdrawn');
  perform pg_notify('muse_manual', p_order_number);
end $$;

-- Puts paid orders in line, each at its store's first enabled tier; without one a person is the tier.
create function placement.enqueue_1(p_order_numbers text[]) returns int
language plpgsql as $$
declare
  entry record;
  queued int := 0;
begin
  for entry in
    select o.order_number, o.session_id, o.store_id, t.position, t.method
    from orders.store_order o
    left join lateral (
      select t.position, t.method from store.tier t where t.store_id = o.store_id and t.is_enabled order by t.position limit 1
    ) t on true
    where o.order_number = any (p_order_numbers) and o.payment_status = 'paid' and o.status = 'pending'
    order by o.order_number
  loop
    insert into placement.placement (order_number, session_id, store_id, status, tier_position, method)
    values (entry.order_number, entry.session_id, entry.store_id, 'waiting', coalesce(entry.position, 9), coalesce(entry.method, 'manual'))
    on conflict (order_number) do nothing;
    if not found then continue; end if;
    if entry.method is null or entry.method = 'manual' then
      perform placement.to_manual_1(entry.order_number, 'manual_store', null, false);
    else
      queued := queued + 1;
    end if;
  end loop;
  if queued > 0 then perform pg_notify('muse_placement', ''); end if;
  return queued;
end $$;

-- Claims orders that are due and writes their attempts in the same commit: from here on the worker may submit, once.
-- Rows another worker is claiming are skipped, so any number of workers share the queue.
create function placement.claim_1(p_worker_id text, p_methods store.placement_method[], p_limit int)
returns table (
  attempt_id text, order_number text, session_id text, store_id text, method store.placement_method, connector text, base_url text,
  timeout_ms int, price_margin_bp int, wrapped_key bytea, sealed bytea, master_key_id text
)
language plpgsql as $$
begin
  return query
  with due as (
    select p.order_number from placement.placement p
    where p.status = 'waiting' and p.next_attempt_at <= now() and p.method = any (p_methods)
    order by p.next_attempt_at limit p_limit
    for update skip locked
  ), running as (
    update placement.placement p set status = 'running', fence = p.fence + 1, updated_at = now()
    from due where p.order_number = due.order_number
    returning p.order_number, p.session_id, p.store_id, p.tier_position, p.fence
  ), started as (
    insert into placement.attempt as a (attempt_id, order_number, fence, method, connector, status, worker_id, deadline_at)
    select 'pla_' || replace(gen_random_uuid()::text, '-', ''), r.order_number, r.fence, t.method, t.connector, 'started', p_worker_id,
      now() + make_interval(secs => t.timeout_ms / 1000.0 + 3)
    from running r join store.tier t on t.store_id = r.store_id and t.position = r.tier_position
    returning a.attempt_id, a.order_number
  )
  select s.attempt_id, r.order_number, r.session_id, r.store_id, t.method, t.connector, t.base_url, t.timeout_ms, st.price_margin_bp,
    c.wrapped_key, c.sealed, c.master_key_id
  from started s
  join running r using (order_number)
  join store.tier t on t.store_id = r.store_id and t.position = r.tier_position
  join store.store st on st.store_id = r.store_id
  left join store.credential c on c.store_id = r.store_id and c.purpose = 'api';
end $$;

-- Moves an order that could not be reached to its next try or its next tier.
create function placement.try_on_1(p_order_number text, p_reason text, p_detail text, p_retry_after interval) returns void
language plpgsql as $$
declare
  p placement.placement;
  tries_max int;
  next_tier record;
begin
  select pl.* into p from placement.placement pl where pl.order_number = p_order_number;
  select t.tries_max into tries_max from store.tier t where t.store_id = p.store_id and t.position = p.tier_position and t.is_enabled;
  if p.tries + 1 < coalesce(tries_max, 0) then
    -- Full jitter below a doubling that stops at 30 s, so that a store that comes back is not met by everybody at once.
    update placement.placement pl
    set status = 'waiting', tries = pl.tries + 1, reason = p_reason, updated_at = now(),
        next_attempt_at = now() + greatest(coalesce(p_retry_after, '0'), (0.2 + random()) * least(30, 0.5 * 2 ^ pl.tries) * interval '1 second')
    where pl.order_number = p_order_number;
    return;
  end if;

  select t.position, t.method into next_tier from store.tier t
  where t.store_id = p.store_id and t.is_enabled and t.position > p.tier_position order by t.position limit 1;
  if found and next_tier.method <> 'manual' then
    update placement.placement pl
    set status = 'waiting', tries = 0, tier_position = next_tier.position, method = next_tier.method, reason = p_reason,
        next_attempt_at = now(), updated_at = now()
    where pl.order_number = p_order_number;
    perform pg_notify('muse_placement', '');
  else
    perform placement.to_manual_1(p_order_number, p_reason, p_detail, false);
  end if;
end $$;

-- Records what came of an attempt and all that follows from it, in one commit: the order's state, its refund, its next
-- try, its look-up or its person. An answer that comes late still counts while the attempt is unknown; an answer about
-- an attempt that has ended changes nothing.
create function placement.attempt_end_1(
  p_attempt_id text, p_status placement.attempt_status, p_reason text, p_detail text, p_store_order_number text,
  p_store_total_minor bigint, p_retry_after interval, p_lookup_after interval
) returns text
language plpgsql as $$
declare
  a placement.attempt;
  p placement.placement;
begin
  -- Lock order: order, then placement, then attempt.
  perform 1 from orders.store_order o join placement.attempt t using (order_number) where t.attempt_id = p_attempt_id for update of o;
  select pl.* into p from placement.placement pl join placement.attempt t using (order_number) where t.attempt_id = p_attempt_id for update of pl;
  select t.* into a from placement.attempt t where t.attempt_id = p_attempt_id for update;
  if not found then return 'not_found'; end if;
  if a.status not in ('started', 'unknown') then return 'ended'; end if;

  if p_status = 'unknown' then
    update placement.attempt t
    set status = 'unknown', reason = coalesce(p_reason, t.reason), detail = coalesce(p_detail, t.detail), lookups = t.lookups + 1,
        lookup_at = now() + p_lookup_after
    where t.attempt_id = p_attempt_id;
    if p_lookup_after is null then
      perform placement.to_manual_1(p.order_number, 'outcome_unknown', p_detail, true);
    elsif p.status = 'running' then
      update placement.placement pl set status = 'unknown', reason = p_reason, updated_at = now() where pl.order_number = p.order_number;
    end if;
    return 'unknown';
  end if;

  update placement.attempt t
  set status = p_status, reason = p_reason, detail = p_detail, store_order_number = p_store_order_number,
      store_total_minor = p_store_total_minor, lookup_at = null, ended_at = now()
  where t.attempt_id = p_attempt_id;
  if p_status = 'unavailable' and exists (
    select from placement.manual_task t where t.order_number = p.order_number and t.status = 'claimed' and t.claimed_until > now()
  ) then
    -- Somebody is at it by hand right now: it stays with them, and nothing is submitted beside them.
    update placement.manual_task t set outcome_unknown = false where t.order_number = p.order_number;
    return 'unavailable';
  end if;
  update placement.manual_task t set status = 'withdrawn', closed_at = now(), claimed_by = null, claimed_until = null
  where t.order_number = p.order_number and t.outcome_unknown and t.status in ('open', 'claimed');

  if p_status = 'placed' then
    update placement.placement pl set status = 'placed', reason = null, updated_at = now() where pl.order_number = p.order_number;
    perform orders.order_placed_1(p.order_number, a.method, p_store_order_number);
  elsif p_status = 'refused' then
    update placement.placement pl set status = 'failed', reason = p_reason, updated_at = now() where pl.order_number = p.order_number;
    perform orders.order_end_1(p.order_number, 'failed', p_reason);
  elsif exists (select from orders.store_order o where o.order_number = p.order_number and o.cancel_requested_at is not null) then
    -- Nothing was ordered and the shopper wants it no more.
    update placement.placement pl set status = 'cancelled', reason = 'cancelled_by_shopper', updated_at = now() where pl.order_number = p.order_number;
    perform orders.order_end_1(p.order_number, 'cancelled', 'cancelled_by_shopper');
  else
    perform placement.try_on_1(p.order_number, p_reason, p_detail, p_retry_after);
  end if;
  return p_status::text;
end $$;

-- Attempts whose worker is gone: it is not known whether the store heard of them. Look-up decides, or a person.
create function placement.abandon_overdue_1(p_limit int) returns int
language plpgsql as $$
declare
  overdue record;
  count int := 0;
begin
  for overdue in
    select a.attempt_id, a.order_number from placement.attempt a
    where a.status = 'started' and a.deadline_at <= now() order by a.deadline_at limit p_limit
  loop
    -- The order is the lock everybody takes first; one that is busy is being ended right now and is left alone.
    perform 1 from orders.store_order o where o.order_number = overdue.order_number for update skip locked;
    if not found then continue; end if;
    perform 1 from placement.attempt a where a.attempt_id = overdue.attempt_id and a.status = 'started' for update;
    if not found then continue; end if;
    perform placement.attempt_end_1(overdue.attempt_id, 'unknown', 'no_answer', 'the worker stopped before the store answered', null, null, null, '0 s');
    count := count + 1;
  end loop;
  return count;
end $$;

-- Takes unknown attempts whose look-up is due, and puts the next look-up off, so that workers do not ask twice.
create function placement.lookup_claim_1(p_limit int)
returns table (
  attempt_id text, order_number text, store_id text, connector text, base_url text, timeout_ms int, lookups int, started_at timestamptz,
  wrapped_key bytea, sealed bytea, master_key_id text
)
language sql as $$
  with due as (
    select a.attempt_id from placement.attempt a
    where a.status = 'unknown' and a.lookup_at <= now() order by a.lookup_at limit p_limit
    for update skip locked
  ), taken as (
    update placement.attempt a set lookup_at = now() + interval '30 seconds' from due where a.attempt_id = due.attempt_id
    returning a.attempt_id, a.order_number, a.fence, a.connector, a.lookups, a.started_at
  )
  select t.attempt_id, t.order_number, p.store_id, t.connector, tier.base_url, tier.timeout_ms, t.lookups, t.started_at,
    c.wrapped_key, c.sealed, c.master_key_id
  from taken t
  join placement.placement p using (order_number)
  left join store.tier tier on tier.store_id = p.store_id and tier.position = p.tier_position
  left join store.credential c on c.store_id = p.store_id and c.purpose = 'api'
$$;

-- The shopper (or an operator) takes an order back. Before anything was submitted: at once. While it may be with the
-- store: as a wish that the outcome obeys. After: as a job that asks the store.
create function placement.cancel_1(p_order_number text, p_reason text) returns text
language plpgsql as $$
declare
  o orders.store_order;
  p placement.placement;
  t placement.manual_task;
begin
  select so.* into o from orders.store_order so where so.order_number = p_order_number for update;
  if not found or o.payment_status = 'unpaid' then return 'not_found'; end if;
  if o.status = 'cancelled' then return 'cancelled'; end if;
  if o.status in ('failed', 'delivered', 'shipped') then return 'not_cancellable'; end if;
  select pl.* into p from placement.placement pl where pl.order_number = p_order_number for update;
  select mt.* into t from placement.manual_task mt where mt.order_number = p_order_number for update;

  if o.status = 'pending' and (p.order_number is null or p.status = 'waiting' or (p.status = 'manual' and t.status = 'open' and not t.outcome_unknown)) then
    update placement.placement pl set status = 'cancelled', reason = p_reason, updated_at = now() where pl.order_number = p_order_number;
    update placement.manual_task mt set status = 'withdrawn', closed_at = now() where mt.order_number = p_order_number and mt.status = 'open';
    perform orders.order_end_1(p_order_number, 'cancelled', p_reason);
    return 'cancelled';
  end if;

  update orders.store_order so set cancel_requested_at = coalesce(so.cancel_requested_at, now()), updated_at = now()
  where so.order_number = p_order_number;
  if o.status <> 'pending' then
    perform graphile_worker.add_job('placement.cancel', json_build_object('orderNumber', p_order_number), job_key => 'placement.cancel:' || p_order_number);
  end if;
  return 'requested';
end $$;

-- A 15-minute lease, so that two people never place the same order. Claiming again renews one's own.
create function placement.task_claim_1(p_order_number text, p_operator text, p_lease interval) returns text
language plpgsql as $$
declare
  t placement.manual_task;
begin
  select mt.* into t from placement.manual_task mt where mt.order_number = p_order_number for update;
  if not found then return 'not_found'; end if;
  if t.status not in ('open', 'claimed') then return 'closed'; end if;
  if t.status = 'claimed' and t.claimed_by <> p_operator and t.claimed_until > now() then return 'held'; end if;
  update placement.manual_task mt set status = 'claimed', claimed_by = p_operator, claimed_until = now() + p_lease
  where mt.order_number = p_order_number;
  return 'claimed';
end $$;

create function placement.task_release_1(p_order_number text, p_operator text) returns text
language plpgsql as $$
begin
  update placement.manual_task mt set status = 'open', claimed_by = null, claimed_until = null
  where mt.order_number = p_order_number and mt.status = 'claimed' and mt.claimed_by = p_operator;
  if found then return 'released'; end if;
  return case when exists (select from placement.manual_task mt where mt.order_number = p_order_number) then 'not_held' else 'not_found' end;
end $$;

-- A person placed the order with the store, or found that the store has had it all along.
create function placement.task_place_1(p_order_number text, p_operator text, p_store_order_number text, p_paid_minor bigint) returns text
language plpgsql as $$
declare
  t placement.manual_task;
  live text;
begin
  perform 1 from orders.store_order o where o.order_number = p_order_number for update;
  perform 1 from placement.placement p where p.order_number = p_order_number for update;
  select mt.* into t from placement.manual_task mt where mt.order_number = p_order_number for update;
  if not found then return 'not_found'; end if;
  if t.status = 'placed' then
    return case when exists (select from orders.store_order o where o.order_number = p_order_number and o.store_order_number = p_store_order_number)
      then 'placed' else 'closed' end;
  end if;
  if t.status not in ('open', 'claimed') then return 'closed'; end if;
  if t.status <> 'claimed' or t.claimed_by <> p_operator or t.claimed_until <= now() then return 'not_held'; end if;

  select a.attempt_id into live from placement.attempt a where a.order_number = p_order_number and a.status = 'unknown';
  if found then
    update placement.attempt a set status = 'placed', store_order_number = p_store_order_number, store_total_minor = p_paid_minor,
      lookup_at = null, ended_at = now() where a.attempt_id = live;
  else
    update placement.placement p set fence = p.fence + 1 where p.order_number = p_order_number;
    insert into placement.attempt (attempt_id, order_number, fence, method, status, worker_id, store_order_number, store_total_minor, ended_at)
    select 'pla_' || replace(gen_random_uuid()::text, '-', ''), p.order_number, p.fence, 'manual', 'placed', p_operator, p_store_order_number, p_paid_minor, now()
    from placement.placement p where p.order_number = p_order_number;
  end if;
  update placement.manual_task mt
  set status = 'placed', closed_at = now(), closed_by = p_operator, paid_minor = p_paid_minor, claimed_by = null, claimed_until = null
  where mt.order_number = p_order_number;
  update placement.placement p set status = 'placed', reason = null, updated_at = now() where p.order_number = p_order_number;
  perform orders.order_placed_1(p_order_number, 'manual', p_store_order_number);
  return 'placed';
end $$;

-- A person says that the order cannot be had: it fails, and its money goes back.
create function placement.task_fail_1(p_order_number text, p_operator text, p_reason text, p_note text) returns text
language plpgsql as $$
declare
  t placement.manual_task;
begin
  perform 1 from orders.store_order o where o.order_number = p_order_number for update;
  perform 1 from placement.placement p where p.order_number = p_order_number for update;
  select mt.* into t from placement.manual_task mt where mt.order_number = p_order_number for update;
  if not found then return 'not_found'; end if;
  if t.status = 'failed' then return 'failed'; end if;
  if t.status not in ('open', 'claimed') then return 'closed'; end if;
  if t.status <> 'claimed' or t.claimed_by <> p_operator or t.claimed_until <= now() then return 'not_held'; end if;

  update placement.attempt a set status = 'refused', reason = p_reason, lookup_at = null, ended_at = now()
  where a.order_number = p_order_number and a.status = 'unknown';
  update placement.manual_task mt
  set status = 'failed', closed_at = now(), closed_by = p_operator, fail_reason = p_reason, note = p_note, claimed_by = null, claimed_until = null
  where mt.order_number = p_order_number;
  update placement.placement p set status = 'failed', reason = p_reason, updated_at = now() where p.order_number = p_order_number;
  perform orders.order_end_1(p_order_number, 'failed', p_reason);
  return 'failed';
end $$;
