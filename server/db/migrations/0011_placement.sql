-- How an order reaches its store: by API, by browser, or through a person, and never twice (O3). This table is the queue:
-- claiming an order writes the attempt that fences it, so there is no second book-keeping that could disagree.
create schema placement;

create type placement.placement_status as enum ('waiting', 'running', 'unknown', 'manual', 'placed', 'failed', 'cancelled');
create type placement.attempt_status as enum ('started', 'placed', 'refused', 'unavailable', 'unknown');
create type placement.task_kind as enum ('place', 'cancel');
-- 'placed' and 'failed' end a task to place; 'cancelled' and 'refused' (the store's answer) one to cancel.
create type placement.task_status as enum ('open', 'claimed', 'placed', 'failed', 'cancelled', 'refused', 'withdrawn');

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
  -- When the store is asked (again) to take the order back; null while nobody wants that, or a person sees to it.
  cancel_at timestamptz,
  cancel_tries int not null default 0,
  -- Since when nobody may go on with it, although its turn may have come: its money is gone again (0022).
  held_at timestamptz,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
) with (fillfactor = 70);
create index placement_due on placement.placement (next_attempt_at) where status = 'waiting';
-- Few at any time: what is being tried, and what nobody knows the end of.
create index placement_at_work on placement.placement (updated_at) where status in ('running', 'unknown');
create index placement_cancel on placement.placement (cancel_at) where cancel_at is not null;
create index placement_store on placement.placement (store_id);

-- How many orders may be at work with one store at once, over all workers: for stores that are ordered from through a
-- browser and one account. No row, no limit.
create table placement.store_limit (
  store_id text not null references store.store,
  method store.placement_method not null,
  running_max int not null check (running_max > 0),
  primary key (store_id, method)
);

-- A store's permission says how many of its orders may be at work in browsers at once; without one none is started at all.
create function placement.follow_permission() returns trigger language plpgsql as $$
begin
  insert into placement.store_limit (store_id, method, running_max) values (new.store_id, 'headless', new.orders_at_once)
  on conflict (store_id, method) do update set running_max = excluded.running_max;
  return null;
end $$;
create trigger placement_follows after insert or update of orders_at_once on store.permission
  for each row execute function placement.follow_permission();

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
  -- When a browser was given leave to press the store's button: once, or never. Without it nothing was ordered, and that is proof.
  submitting_at timestamptz,
  -- A browser leaves pictures and a trace in a folder of the attempt's name, which is deleted after this. Null: there is none.
  evidence_until timestamptz,
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  unique (order_number, fence)
) with (fillfactor = 70);
create unique index attempt_live on placement.attempt (order_number) where status in ('started', 'unknown');
create unique index attempt_placed on placement.attempt (order_number) where status = 'placed';
create index attempt_overdue on placement.attempt (deadline_at) where status = 'started';
create index attempt_evidence on placement.attempt (evidence_until) where evidence_until is not null;
create index attempt_lookup on placement.attempt (lookup_at) where status = 'unknown' and lookup_at is not null;

create table placement.manual_task (
  order_number text not null references placement.placement,
  -- To place the order with its store, or to have the store take it back.
  kind placement.task_kind not null default 'place',
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
  primary key (order_number, kind),
  check ((status = 'claimed') = (claimed_by is not null) and (status = 'claimed') = (claimed_until is not null)),
  check ((status in ('open', 'claimed')) = (closed_at is null))
);
create index manual_task_queue on placement.manual_task (deadline_at) where status in ('open', 'claimed');
create index manual_task_closed on placement.manual_task (closed_at) where closed_at is not null;
-- One order is in one person's hands at a time.
create unique index manual_task_live on placement.manual_task (order_number) where status in ('open', 'claimed');

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
  perform pg_notify('muse_session', new.session_id || ' ' || new.status);
  return null;
end $$;
create trigger tell after update of status on placement.placement
  for each row when (old.status <> new.status and new.status in ('unknown', 'manual', 'waiting')) execute function placement.tell();

-- What a person is told of an order whose payment its bank has taken back.
create function placement.held_words_1() returns text
language sql immutable as $$ select 'the bank took the payment back: do not order it' $$;

-- A person takes over. `p_unknown`: the store may have the order already. Whoever is at it keeps it. What is held says so.
create function placement.to_manual_1(p_order_number text, p_why text, p_detail text, p_unknown boolean) returns void
language plpgsql as $$
declare
  held timestamptz;
begin
  update placement.placement p set status = 'manual', method = 'manual', reason = p_why, updated_at = now()
  where p.order_number = p_order_number returning p.held_at into held;
  insert into placement.manual_task as t (order_number, kind, why, detail, outcome_unknown, deadline_at)
  values (p_order_number, 'place', p_why, nullif(concat_ws('; ', p_detail, case when held is not null then placement.held_words_1() end), ''), p_unknown,
    now() + interval '4 hours')
  on conflict (order_number, kind) do update
    set why = excluded.why, detail = excluded.detail, outcome_unknown = excluded.outcome_unknown,
        status = case when t.status = 'claimed' then t.status else 'open' end,
        opened_at = case when t.status = 'withdrawn' then now() else t.opened_at end,
        deadline_at = case when t.status = 'withdrawn' then excluded.deadline_at else t.deadline_at end,
        closed_at = null
    where t.status in ('open', 'claimed', 'withdrawn');
end $$;

-- A person has to ask the store to take an order back: it has no other way, or has not answered.
create function placement.cancel_by_hand_1(p_order_number text, p_why text, p_detail text) returns void
language plpgsql as $$
begin
  update placement.placement p set cancel_at = null, updated_at = now() where p.order_number = p_order_number;
  insert into placement.manual_task as t (order_number, kind, why, detail, deadline_at)
  values (p_order_number, 'cancel', p_why, p_detail, now() + interval '2 hours')
  on conflict (order_number, kind) do update
    set status = 'open', why = excluded.why, detail = excluded.detail, opened_at = now(), deadline_at = excluded.deadline_at,
        closed_at = null, closed_by = null
    where t.status not in ('open', 'claimed');
end $$;

-- The store holds an order that Muse has ended, or a second one: somebody has to have it taken back.
create function placement.surplus_1(p_order_number text, p_store_order_number text) returns void
language plpgsql as $$
begin
  if exists (select from placement.manual_task t where t.order_number = p_order_number and t.status in ('open', 'claimed')) then
    update placement.manual_task t set detail = concat_ws('; ', t.detail, 'the store also holds ' || p_store_order_number)
    where t.order_number = p_order_number and t.status in ('open', 'claimed') and position(p_store_order_number in coalesce(t.detail, '')) = 0;
    return;
  end if;
  -- Its later events tell nothing new once somebody has dealt with it.
  if exists (
    select from placement.manual_task t
    where t.order_number = p_order_number and t.kind = 'cancel' and position(p_store_order_number in coalesce(t.detail, '')) > 0
  ) then
    return;
  end if;
  perform placement.cancel_by_hand_1(p_order_number, 'surplus_at_store', 'the store holds ' || p_store_order_number || ', which is not wanted here');
end $$;

-- Rings for the job that asks a store to take an order back. The row says that it is wanted, the job only when.
create function placement.cancel_ring_1(p_order_number text, p_at timestamptz) returns void
language sql as $$
  select graphile_worker.add_job('placement.cancel', json_build_object('orderNumber', p_order_number), run_at => p_at,
    job_key => 'placement.cancel:' || p_order_number)
$$;

-- Puts paid orders in line, each at its store's first enabled tier; without one a person is the tier.
create function placement.enqueue_1(p_order_numbers text[]) returns int
language plpgsql as $$
declare
  queued int;
  by_hand text[];
  number text;
begin
  with fresh as (
    insert into placement.placement (order_number, session_id, store_id, status, tier_position, method)
    select o.order_number, o.session_id, o.store_id, 'waiting', coalesce(t.position, 9), coalesce(t.method, 'manual')
    from unnest(p_order_numbers) as wanted (order_number)
    -- Each by its key, whatever the plan was made for: without `offset` a cached one may read the whole table.
    cross join lateral (
      select so.order_number, so.session_id, so.store_id, so.payment_status, so.status
      from orders.store_order so where so.order_number = wanted.order_number offset 0
    ) o
    left join lateral (
      select t.position, t.method from store.tier t where t.store_id = o.store_id and t.is_enabled order by t.position limit 1
    ) t on true
    where o.payment_status = 'paid' and o.status = 'pending'
    order by o.order_number
    on conflict (order_number) do nothing
    returning order_number, method
  )
  select count(*) filter (where f.method <> 'manual'), coalesce(array_agg(f.order_number order by f.order_number) filter (where f.method = 'manual'), '{}')
  into queued, by_hand from fresh f;
  foreach number in array by_hand loop
    perform placement.to_manual_1(number, 'manual_store', null, false);
  end loop;
  return queued;
end $$;

-- Claims orders that are due and writes their attempts in the same commit: from here on the worker may submit, once.
-- Rows another worker is claiming are skipped, so any number of workers share the queue. Answers with each order all that
-- its store has to be told, so that no second read is needed.
create function placement.claim_1(p_worker_id text, p_methods store.placement_method[], p_limit int)
returns table (
  attempt_id text, order_number text, session_id text, store_id text, method store.placement_method, connector text, base_url text,
  timeout_ms int, wrapped_key bytea, sealed bytea, master_key_id text, request jsonb
)
-- One plan for all: planning the statement below takes longer than running it (2.0 ms against 1.3 for three orders).
language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  limited record;
  -- Stores with a limit, and how many more of their orders fit.
  limit_keys text[] := '{}';
  limit_free int[] := '{}';
  let_through text[] := '{}';
begin
  for limited in select l.store_id, l.method, l.running_max from placement.store_limit l where l.method = any (p_methods) order by l.store_id, l.method loop
    limit_keys := limit_keys || (limited.store_id || ' ' || limited.method);
    -- One claimer at a time counts a store's orders, else two would both see the last free place.
    limit_free := limit_free || case when pg_try_advisory_xact_lock(hashtextextended('placement.limit:' || limited.store_id || ' ' || limited.method, 0))
      then limited.running_max - (
        select count(*)::int from placement.attempt a join placement.placement p using (order_number)
        where a.status = 'started' and a.method = limited.method and p.store_id = limited.store_id)
      else 0 end;
  end loop;

  -- Where something may stand in the way of a store, it is asked first. An API whose tier has nothing against it need not be.
  if 'headless' = any (p_methods) or exists (select from store.tier_gate g where g.state <> 'closed') then
    let_through := placement.ask_gates_1(p_worker_id, p_methods, p_limit, limit_keys, limit_free);
  end if;

  return query
  with due as (
    select p.order_number, p.store_id, p.method, p.next_attempt_at
    from placement.placement p
    join store.tier t on t.store_id = p.store_id and t.position = p.tier_position and t.method = p.method and t.is_enabled
    where p.status = 'waiting' and p.next_attempt_at <= now() and p.held_at is null and p.method = any (p_methods)
      and not exists (select from unnest(limit_keys, limit_free) as l (key, free) where l.key = p.store_id || ' ' || p.method and l.free <= 0)
      and (p.order_number = any (let_through) or (p.method <> 'headless'
        and not exists (select from store.tier_gate g where g.store_id = t.store_id and g.position = t.position and g.state <> 'closed')))
    order by p.next_attempt_at limit p_limit
    for update of p skip locked
  ), ranked as (
    select d.order_number, d.store_id || ' ' || d.method as key, row_number() over (partition by d.store_id, d.method order by d.next_attempt_at) as rank
    from due d
  ), running as (
    update placement.placement p set status = 'running', fence = p.fence + 1, updated_at = now()
    from ranked r
    where p.order_number = r.order_number
      and r.rank <= coalesce((select l.free from unnest(limit_keys, limit_free) as l (key, free) where l.key = r.key), r.rank)
    returning p.order_number, p.session_id, p.store_id, p.tier_position, p.fence
  ), started as (
    insert into placement.attempt as a (attempt_id, order_number, fence, method, connector, status, worker_id, deadline_at, evidence_until)
    select 'pla_' || replace(gen_random_uuid()::text, '-', ''), r.order_number, r.fence, t.method, t.connector, 'started', p_worker_id,
      -- The worker's own deadline ends some seconds before this one: it has time to write what came of it. A browser takes
      -- longer to be put away.
      now() + make_interval(secs => t.timeout_ms / 1000.0 + case t.method when 'headless' then 20 else 3 end),
      case t.method when 'headless' then now() + interval '30 days' end
    from running r join store.tier t on t.store_id = r.store_id and t.position = r.tier_position
    returning a.attempt_id, a.order_number
  )
  select s.attempt_id, r.order_number, r.session_id, r.store_id, t.method, t.connector, t.base_url, t.timeout_ms,
    c.wrapped_key, c.sealed, c.master_key_id,
    jsonb_build_object(
      'currency', o.currency, 'shippingOptionId', o.shipping_option_id, 'shipTo', se.shipping_address,
      'contactEmail', coalesce(se.contact_email, (select u.email from account."user" u where u.id = o.account_id and not u.is_anonymous)),
      -- The price guard: what the shopper paid for what the store's total is of, and the store's margin on top. An API's is
      -- of goods and delivery; a shop's review page shows the tax of the address too.
      'totalMinorMax', (o.subtotal_minor - o.discount_minor + o.shipping_minor + case t.method when 'headless' then o.tax_minor else 0 end)
        * (10000 + st.price_margin_bp) / 10000,
      'lines', (select jsonb_agg(jsonb_build_object('sku', i.sku, 'quantity', i.quantity, 'unitPriceMinor', i.unit_price_minor,
          'title', i.title, 'size', i.size, 'color', i.color, 'productUrl', i.product_url) order by i.line_no)
        from orders.order_item i where i.order_number = o.order_number))
  from started s
  join running r using (order_number)
  join orders.store_order o using (order_number)
  join checkout.session se on se.session_id = r.session_id
  join store.tier t on t.store_id = r.store_id and t.position = r.tier_position
  join store.store st on st.store_id = r.store_id
  left join store.credential c on c.store_id = r.store_id and c.purpose = case t.method when 'headless' then 'headless' else 'api' end;
end $$;

-- Asks what stands in the way of due orders (store.gate_1: a sick tier, no permission, hours, a rate). Answers those that are
-- let through: they are counted as begun, so each is claimed by the same commit. The others go on at once, or wait for as
-- long as is worth it. A worker has one browser for each store's account, so one order of a store at a time: the next one waits
-- here, for whichever worker has its browser free first. Locks the placements; never waits for one.
create function placement.ask_gates_1(
  p_worker_id text, p_methods store.placement_method[], p_limit int, p_limit_keys text[], p_limit_free int[]
) returns text[]
language plpgsql as $$
declare
  candidate record;
  answer record;
  let_through text[] := '{}';
  keys text[] := '{}';
  busy text[];
begin
  busy := array(
    select p.store_id from placement.attempt a join placement.placement p using (order_number)
    where a.status = 'started' and a.method = 'headless' and a.worker_id = p_worker_id and a.deadline_at > now());
  for candidate in
    select p.order_number, p.store_id, p.method, p.tier_position, p.created_at, p.store_id || ' ' || p.method as key
    from placement.placement p
    join store.tier t on t.store_id = p.store_id and t.position = p.tier_position and t.method = p.method and t.is_enabled
    where p.status = 'waiting' and p.next_attempt_at <= now() and p.held_at is null and p.method = any (p_methods)
      and case p.method
        when 'headless' then p.store_id <> all (busy)
        else exists (select from store.tier_gate g where g.store_id = t.store_id and g.position = t.position and g.state <> 'closed') end
    order by p.next_attempt_at limit p_limit + 50
    for update of p skip locked
  loop
    exit when cardinality(let_through) >= p_limit;
    continue when candidate.method = 'headless' and candidate.key = any (keys);
    -- No more are asked for than the store's limit will let be claimed.
    continue when exists (
      select from unnest(p_limit_keys, p_limit_free) as l (key, free)
      where l.key = candidate.key and l.free <= cardinality(array_positions(keys, candidate.key)));
    select g.gate, g.until into answer from store.gate_1(candidate.store_id, candidate.tier_position) g;
    if answer.gate = 'open' then
      let_through := let_through || candidate.order_number;
      keys := keys || candidate.key;
    -- A moment's waiting is no illness, and half an hour in all is what an order waits for its store.
    elsif answer.until <= (case answer.gate
      when 'sick' then clock_timestamp() + interval '2 seconds'
      when 'not_permitted' then '-infinity'
      else candidate.created_at + interval '30 minutes' end)
    then
      update placement.placement p set next_attempt_at = answer.until, reason = answer.gate, updated_at = now() where p.order_number = candidate.order_number;
    else
      perform placement.next_tier_1(candidate.order_number, answer.gate, null);
    end if;
  end loop;
  return let_through;
end $$;

-- The browser stands before the store's button, and the shop's own total is within the guard. True once, for the attempt that
-- is the order's newest and within its time, of an order that is paid for and that nobody wants back: the button may be
-- pressed, and from now on it may have been. Locks order, placement and attempt.
create function placement.submitting_1(p_attempt_id text) returns boolean
language plpgsql as $$
declare
  held record;
begin
  select so.status as order_status, so.payment_status, so.cancel_requested_at, pl.status as placement_status, pl.fence as newest, pl.held_at, t.* into held
  from placement.attempt t join placement.placement pl using (order_number) join orders.store_order so using (order_number)
  where t.attempt_id = p_attempt_id for update of so, pl, t;
  if not found or held.status <> 'started' or held.submitting_at is not null or held.deadline_at <= clock_timestamp()
    or held.placement_status <> 'running' or held.fence <> held.newest or held.held_at is not null
    or held.order_status <> 'pending' or held.payment_status not in ('paid', 'partially_refunded') or held.cancel_requested_at is not null
  then
    return false;
  end if;
  update placement.attempt t set submitting_at = clock_timestamp() where t.attempt_id = p_attempt_id;
  return true;
end $$;

-- What a shop can be asked about an order by, for lack of our number: goods, address, times, and what it is not.
create function placement.clue_1(p_order_number text, p_attempt_id text) returns jsonb
language plpgsql stable as $$
begin
  return (select jsonb_build_object(
    'shipTo', se.shipping_address,
    'contactEmail', coalesce(se.contact_email, (select u.email from account."user" u where u.id = o.account_id and not u.is_anonymous)),
    'lines', (select jsonb_agg(jsonb_build_object('sku', i.sku, 'quantity', i.quantity, 'unitPriceMinor', i.unit_price_minor,
        'title', i.title, 'size', i.size, 'color', i.color, 'productUrl', i.product_url) order by i.line_no)
      from orders.order_item i where i.order_number = o.order_number),
    'pressedFrom', coalesce(a.submitting_at, a.started_at), 'pressedUntil', coalesce(a.deadline_at, a.ended_at, now()),
    'otherOrderNumbers', coalesce((
      select jsonb_agg(other.store_order_number) from orders.store_order other
      where other.store_id = o.store_id and other.order_number <> o.order_number and other.store_order_number is not null
        and other.created_at > a.started_at - interval '7 days'), '[]'))
  from placement.attempt a
  join orders.store_order o using (order_number)
  join checkout.session se on se.session_id = o.session_id
  where a.order_number = p_order_number and a.attempt_id = p_attempt_id);
end $$;

-- Moves an order that could not be reached to its next try or its next tier. Only what may pass by itself is tried again
-- at the same tier; a CAPTCHA, a queue, a changed page, a wrong credential goes on at once.
create function placement.try_on_1(p_order_number text, p_reason text, p_detail text, p_retry_after interval) returns void
language plpgsql as $$
declare
  p placement.placement;
  tries_max int;
begin
  select pl.* into p from placement.placement pl where pl.order_number = p_order_number;
  select t.tries_max into tries_max from store.tier t
  where t.store_id = p.store_id and t.position = p.tier_position and t.is_enabled and t.method <> 'manual';
  if p_reason in ('unreachable', 'overloaded', 'store_error', 'not_there', 'browser_lost', 'sign_in_lost', 'worker_lost') and p.tries + 1 < coalesce(tries_max, 0) then
    -- Jitter below a doubling that stops at 30 s, so that a store that comes back is not met by everybody at once.
    update placement.placement pl
    set status = 'waiting', tries = pl.tries + 1, reason = p_reason, updated_at = now(),
        next_attempt_at = now() + greatest(coalesce(p_retry_after, '0'), (0.2 + random()) * least(30, 0.5 * 2 ^ pl.tries) * interval '1 second')
    where pl.order_number = p_order_number;
    return;
  end if;
  perform placement.next_tier_1(p_order_number, p_reason, p_detail);
end $$;

-- An order goes on to its store's next tier; after the last one a person is it. The caller holds the placement.
create function placement.next_tier_1(p_order_number text, p_reason text, p_detail text) returns void
language plpgsql as $$
declare
  next_tier record;
begin
  select t.position, t.method into next_tier from placement.placement p join store.tier t using (store_id)
  where p.order_number = p_order_number and t.is_enabled and t.position > p.tier_position order by t.position limit 1;
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
-- an attempt that has ended changes nothing. `p_lookup_after` null: nobody but a person can find out.
-- Answers 'placed', 'refused', 'unavailable', 'unknown', 'cancelled' (it was wanted back and the store never had it),
-- 'not_found', 'ended', or 'surplus': the store has an order that Muse has ended, and a person is told.
create function placement.attempt_end_1(
  p_attempt_id text, p_status placement.attempt_status, p_reason text, p_detail text, p_store_order_number text,
  p_store_total_minor bigint, p_retry_after interval, p_lookup_after interval
) returns text
language plpgsql as $$
declare
  held record;
  o orders.store_order;
  a placement.attempt;
  p placement.placement;
begin
  -- Lock order: order, then placement, then attempt (a row's locks are taken in the order that is written here), then task.
  -- Whoever had to wait goes on with the newest versions of all three.
  select so as o, pl as p, t as a into held
  from placement.attempt t join placement.placement pl using (order_number) join orders.store_order so using (order_number)
  where t.attempt_id = p_attempt_id for update of so, pl, t;
  if not found then return 'not_found'; end if;
  o := held.o;
  p := held.p;
  a := held.a;
  if a.status not in ('started', 'unknown') then
    if p_status <> 'placed' or a.store_order_number is not distinct from p_store_order_number then return 'ended'; end if;
    -- What was taken for refused or absent has been accepted after all. While nothing else has come of the order, that is
    -- what came of it; else the store holds one too many.
    update placement.attempt t set store_order_number = p_store_order_number, detail = 'the store had it after all'
    where t.attempt_id = p_attempt_id and t.status <> 'placed';
    if o.status = 'pending' then return placement.store_says_1(o.order_number, p_store_order_number, true); end if;
    if o.store_order_number is not distinct from p_store_order_number then return 'ended'; end if;
    perform placement.surplus_1(p.order_number, p_store_order_number);
    return 'surplus';
  end if;

  -- Nearly all orders go this way: the store has what nobody took back and no person is at. Where the first statement finds
  -- anything else it changes nothing, and the rest of this function decides.
  if p_status = 'placed' and o.status = 'pending' and o.cancel_requested_at is null then
    update placement.attempt t
    set status = 'placed', reason = p_reason, detail = p_detail, store_order_number = p_store_order_number,
        store_total_minor = p_store_total_minor, lookup_at = null, ended_at = now()
    where t.attempt_id = p_attempt_id
      and not exists (
        select from orders.store_order so
        where so.store_id = o.store_id and so.store_order_number = p_store_order_number and so.order_number <> o.order_number)
      and not exists (
        select from placement.manual_task mt
        where mt.order_number = o.order_number and mt.kind = 'place' and mt.status in ('open', 'claimed'));
    if found then
      update placement.placement pl set status = 'placed', reason = null, cancel_at = null, updated_at = now()
      where pl.order_number = o.order_number;
      perform orders.order_placed_1(o.order_number, a.method, p_store_order_number);
      return 'placed';
    end if;
  end if;

  if p_status = 'placed' and exists (
    select from orders.store_order so where so.store_id = o.store_id and so.store_order_number = p_store_order_number and so.order_number <> o.order_number
  ) then
    -- A number that another order has is no proof of anything.
    return placement.attempt_unknown_1(p_attempt_id, 'number_taken', 'the store answered with the number of another order', null);
  end if;
  if p_status = 'unknown' then
    return placement.attempt_unknown_1(p_attempt_id, p_reason, p_detail, p_lookup_after);
  end if;
  -- Whoever took the leave away has written, or will write at its deadline, what becomes of it; unless the order is wanted back.
  if p_reason = 'fence_lost' and o.cancel_requested_at is null then return 'ended'; end if;

  update placement.attempt t
  set status = p_status, reason = p_reason, detail = p_detail, store_order_number = p_store_order_number,
      store_total_minor = p_store_total_minor, lookup_at = null, ended_at = now()
  where t.attempt_id = p_attempt_id;
  if p_status = 'unavailable' and exists (
    select from placement.manual_task t
    where t.order_number = p.order_number and t.kind = 'place' and t.status = 'claimed' and t.claimed_until > now()
  ) then
    -- Somebody is at it by hand right now: it stays with them, and nothing is submitted beside them.
    update placement.manual_task t set outcome_unknown = false where t.order_number = p.order_number and t.kind = 'place';
    return 'unavailable';
  end if;
  perform placement.task_withdraw_1(p.order_number);

  if p_status = 'placed' then
    return placement.placed_1(p.order_number, a.method, p_store_order_number);
  elsif p_status = 'refused' and o.cancel_requested_at is null then
    update placement.placement pl set status = 'failed', reason = p_reason, updated_at = now() where pl.order_number = p.order_number;
    perform orders.order_end_1(p.order_number, 'failed', p_reason);
    return 'refused';
  elsif o.cancel_requested_at is not null then
    -- Nothing was ordered and nobody wants it any more.
    update placement.placement pl set status = 'cancelled', reason = o.cancel_reason, updated_at = now() where pl.order_number = p.order_number;
    perform orders.order_end_1(p.order_number, 'cancelled', o.cancel_reason);
    return 'cancelled';
  end if;
  perform placement.try_on_1(p.order_number, p_reason, p_detail, p_retry_after);
  return 'unavailable';
end $$;

-- The same, and whether nothing of its checkout is left to wait for: each order has ended, is with its store, with a person
-- or being looked up. Orders that end at once wait for each other (checkout.follow_order), so the last one sees them all.
create function placement.attempt_tell_1(
  p_attempt_id text, p_status placement.attempt_status, p_reason text, p_detail text, p_store_order_number text,
  p_store_total_minor bigint, p_retry_after interval, p_lookup_after interval, out outcome text, out is_settled boolean
) language plpgsql set plan_cache_mode = force_generic_plan as $$
begin
  -- The store's health is told of a try's first outcome, and of nothing that was our own doing.
  perform store.tell_1(p.store_id, p.tier_position, p_status::text, p_reason, (extract(epoch from clock_timestamp() - a.started_at) * 1000)::int)
  from placement.attempt a join placement.placement p using (order_number)
  where a.attempt_id = p_attempt_id and a.status = 'started' and p_reason is distinct from 'fence_lost';
  outcome := placement.attempt_end_1(p_attempt_id, p_status, p_reason, p_detail, p_store_order_number, p_store_total_minor, p_retry_after, p_lookup_after);
  is_settled := not exists (
    select from placement.attempt a
    join placement.placement mine using (order_number)
    join orders.store_order o on o.session_id = mine.session_id
    left join placement.placement pl on pl.order_number = o.order_number
    where a.attempt_id = p_attempt_id and o.status = 'pending' and coalesce(pl.status, 'waiting') in ('waiting', 'running'));
end $$;

-- It is not known whether the store has the order. The caller holds order, placement and attempt.
create function placement.attempt_unknown_1(p_attempt_id text, p_reason text, p_detail text, p_lookup_after interval) returns text
language plpgsql as $$
declare
  number text;
begin
  update placement.attempt t
  set status = 'unknown', reason = coalesce(p_reason, t.reason), detail = coalesce(p_detail, t.detail), lookups = t.lookups + 1,
      lookup_at = now() + p_lookup_after
  where t.attempt_id = p_attempt_id
  returning t.order_number into number;
  if p_lookup_after is null then
    perform placement.to_manual_1(number, 'outcome_unknown', coalesce(p_detail, p_reason), true);
  else
    update placement.placement pl set status = 'unknown', reason = p_reason, updated_at = now()
    where pl.order_number = number and pl.status = 'running';
  end if;
  return 'unknown';
end $$;

-- Whatever a person was to do about placing an order is settled without them.
create function placement.task_withdraw_1(p_order_number text) returns void
language plpgsql as $$
begin
  update placement.manual_task t set status = 'withdrawn', closed_at = now(), claimed_by = null, claimed_until = null
  where t.order_number = p_order_number and t.kind = 'place' and t.status in ('open', 'claimed');
end $$;

-- The store has the order: it is placed here too. One that has ended here meanwhile is taken back from the store. The
-- caller holds order and placement.
create function placement.placed_1(p_order_number text, p_method store.placement_method, p_store_order_number text) returns text
language plpgsql as $$
declare
  is_placed boolean;
begin
  is_placed := orders.order_placed_1(p_order_number, p_method, p_store_order_number);
  update placement.placement pl
  set status = 'placed', reason = null, updated_at = now(),
      cancel_at = case when exists (
        select from orders.store_order o where o.order_number = p_order_number and o.cancel_requested_at is not null and o.cancel_refused_at is null)
        then now() end
  where pl.order_number = p_order_number;
  if is_placed then return 'placed'; end if;
  perform placement.surplus_1(p_order_number, p_store_order_number);
  return 'surplus';
end $$;

-- Attempts whose worker is gone: it is not known whether the store heard of them. Look-up decides, or a person. A browser
-- that had no leave to press has pressed nothing, and will get none any more: such an order may be tried again.
create function placement.abandon_overdue_1(p_limit int) returns int
language plpgsql as $$
declare
  overdue record;
  has_no_leave boolean;
  count int := 0;
begin
  for overdue in
    select a.attempt_id, a.order_number, a.method from placement.attempt a
    where a.status = 'started' and a.deadline_at <= now() order by a.deadline_at limit p_limit
  loop
    -- The order is the lock everybody takes first; one that is busy is being ended right now and is left alone.
    perform 1 from orders.store_order o where o.order_number = overdue.order_number for update skip locked;
    if not found then continue; end if;
    select a.submitting_at is null into has_no_leave from placement.attempt a where a.attempt_id = overdue.attempt_id and a.status = 'started' for update;
    if not found then continue; end if;
    if overdue.method = 'headless' and has_no_leave then
      perform placement.attempt_end_1(overdue.attempt_id, 'unavailable', 'worker_lost', 'the worker stopped before the button', null, null, null, null);
    else
      perform placement.attempt_end_1(overdue.attempt_id, 'unknown', 'no_answer', 'the worker stopped before the store answered', null, null, null, '0 s');
    end if;
    count := count + 1;
  end loop;
  return count;
end $$;

-- Orders that nobody will claim as they stand: their tier was taken away or is another now, or no worker of its kind has
-- come for a while, or those that there are have been busy for twice as long. They go on to the next tier (O4: none is
-- silently stuck). What nobody comes to look up, a person does. An order marked running without an attempt cannot come about
-- by any commit of ours; should it, a person finds out.
create function placement.unstick_1(p_methods store.placement_method[], p_patience interval, p_limit int) returns int
language plpgsql as $$
declare
  stuck record;
  count int := 0;
begin
  for stuck in
    select found.order_number, found.status, found.has_no_tier from (
      select p.order_number, p.status, t.position is null as has_no_tier
      from placement.placement p
      left join store.tier t on t.store_id = p.store_id and t.position = p.tier_position and t.method = p.method and t.is_enabled
      where p.status = 'waiting' and p.next_attempt_at <= now() and p.held_at is null
        and (t.position is null
          or p.next_attempt_at <= now() - p_patience * case when not (p.method = any (p_methods)) then 1 when p.method = 'headless' then 2 end)
      -- Apart, so that each is read by an index of its own: all placements there ever were are too many to look at.
      union all
      select p.order_number, p.status, false
      from placement.placement p
      where p.status in ('running', 'unknown') and p.updated_at <= now() - p_patience
        and not exists (
          select from placement.attempt a where a.order_number = p.order_number
            and (a.status = 'started' or (a.status = 'unknown' and (a.lookup_at is null or a.lookup_at > now() - p_patience))))
    ) found
    order by found.order_number limit p_limit
  loop
    perform 1 from orders.store_order o where o.order_number = stuck.order_number for update skip locked;
    if not found then continue; end if;
    perform 1 from placement.placement p where p.order_number = stuck.order_number and p.status = stuck.status for update;
    if not found then continue; end if;
    if stuck.status = 'waiting' then
      perform placement.try_on_1(stuck.order_number, case when stuck.has_no_tier then 'tier_gone' else 'no_worker' end, null, null);
    else
      perform placement.to_manual_1(stuck.order_number, 'outcome_unknown', 'no attempt stands for it', true);
    end if;
    count := count + 1;
  end loop;
  return count;
end $$;

-- Takes unknown attempts whose look-up is due, and puts the next look-up off, so that workers do not ask twice. With each
-- comes how long it is since its order may have been submitted.
create function placement.lookup_claim_1(p_methods store.placement_method[], p_limit int)
returns table (
  attempt_id text, order_number text, session_id text, store_id text, method store.placement_method, connector text, base_url text, timeout_ms int,
  lookups int, age_ms bigint, wrapped_key bytea, sealed bytea, master_key_id text, clue jsonb
)
language sql as $$
  with due as (
    select a.attempt_id from placement.attempt a
    where a.status = 'unknown' and a.lookup_at <= now() and a.method = any (p_methods) order by a.lookup_at limit p_limit
    for update skip locked
  ), taken as (
    update placement.attempt a
    set lookup_at = now() + interval '30 seconds' * case a.method when 'headless' then 10 else 1 end,
        evidence_until = case a.method when 'headless' then now() + interval '30 days' end
    from due where a.attempt_id = due.attempt_id
    returning a.attempt_id, a.order_number, a.method, a.connector, a.lookups, coalesce(a.submitting_at, a.started_at) as submitted_at
  )
  select t.attempt_id, t.order_number, p.session_id, p.store_id, t.method, t.connector, tier.base_url, tier.timeout_ms, t.lookups,
    (extract(epoch from now() - t.submitted_at) * 1000)::bigint, c.wrapped_key, c.sealed, c.master_key_id,
    case t.method when 'headless' then placement.clue_1(t.order_number, t.attempt_id) end
  from taken t
  join placement.placement p using (order_number)
  left join lateral (
    select x.base_url, x.timeout_ms from store.tier x where x.store_id = p.store_id and x.connector = t.connector order by x.position limit 1
  ) tier on true
  left join store.credential c on c.store_id = p.store_id and c.purpose = case t.method when 'headless' then 'headless' else 'api' end
$$;

-- The shopper (or an operator, or all-or-nothing) takes an order back. Before anything was submitted: at once. While it
-- may be with the store: as a wish that the outcome obeys. After: as a job that asks the store. Answers 'cancelled',
-- 'requested', 'refused_by_store', 'not_cancellable' or 'not_found'.
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
  if o.cancel_refused_at is not null then return 'refused_by_store'; end if;
  select pl.* into p from placement.placement pl where pl.order_number = p_order_number for update;
  select mt.* into t from placement.manual_task mt where mt.order_number = p_order_number and mt.kind = 'place' for update;

  if o.status = 'pending' and (
    p.order_number is null or p.status = 'waiting'
    or (p.status = 'manual' and not t.outcome_unknown and (t.status = 'open' or t.claimed_until <= now()))
  ) then
    update placement.placement pl set status = 'cancelled', reason = p_reason, updated_at = now() where pl.order_number = p_order_number;
    perform placement.task_withdraw_1(p_order_number);
    perform orders.order_end_1(p_order_number, 'cancelled', p_reason);
    return 'cancelled';
  end if;

  perform orders.cancel_requested_1(p_order_number, p_reason);
  if o.status <> 'pending' and o.cancel_requested_at is null then
    update placement.placement pl set cancel_at = now(), updated_at = now() where pl.order_number = p_order_number;
    perform placement.cancel_ring_1(p_order_number, now());
  end if;
  return 'requested';
end $$;

-- Orders that are wanted back and lie with people who have let go of them: nothing was submitted, so they end here.
create function placement.cancel_unheld_1(p_limit int) returns int
language plpgsql as $$
declare
  unheld record;
  count int := 0;
begin
  for unheld in
    select t.order_number, o.cancel_reason from placement.manual_task t join orders.store_order o using (order_number)
    where t.kind = 'place' and not t.outcome_unknown and (t.status = 'open' or (t.status = 'claimed' and t.claimed_until <= now()))
      and o.status = 'pending' and o.cancel_requested_at is not null
    order by t.order_number limit p_limit
  loop
    -- Never waits for an order while it holds another: ending one locks its checkout's session, which the other's holder
    -- may be waiting for.
    perform 1 from orders.store_order o where o.order_number = unheld.order_number for update skip locked;
    if not found then continue; end if;
    perform placement.cancel_1(unheld.order_number, unheld.cancel_reason);
    count := count + 1;
  end loop;
  return count;
end $$;

-- Takes one cancellation to ask the store about, and puts the next asking off. 'due' comes with all that is needed to ask;
-- 'over': there is nothing to ask any more; 'later': somebody is asking.
create function placement.cancel_take_1(p_order_number text, p_lease interval)
returns table (
  outcome text, store_id text, method store.placement_method, connector text, base_url text, timeout_ms int, store_order_number text, tries int,
  wrapped_key bytea, sealed bytea, master_key_id text, attempt_id text, clue jsonb
)
language plpgsql as $$
declare
  o orders.store_order;
  p placement.placement;
  placed_by placement.attempt;
begin
  select so.* into o from orders.store_order so where so.order_number = p_order_number for update;
  select pl.* into p from placement.placement pl where pl.order_number = p_order_number for update;
  if p.cancel_at is null or o.cancel_requested_at is null or o.cancel_refused_at is not null or o.status not in ('placed', 'confirmed') then
    update placement.placement pl set cancel_at = null where pl.order_number = p_order_number and pl.cancel_at is not null;
    outcome := 'over';
    return next;
    return;
  end if;
  if p.cancel_at > clock_timestamp() then
    outcome := 'later';
    return next;
    return;
  end if;

  select a.* into placed_by from placement.attempt a where a.order_number = p_order_number and a.status = 'placed';
  if placed_by.method = 'headless' then
    update placement.attempt a set evidence_until = now() + interval '30 days' where a.attempt_id = placed_by.attempt_id;
  end if;
  update placement.placement pl
  set cancel_tries = pl.cancel_tries + 1, cancel_at = now() + p_lease * case placed_by.method when 'headless' then 6 else 1 end, updated_at = now()
  where pl.order_number = p_order_number;
  return query
    select 'due', o.store_id, placed_by.method, placed_by.connector, tier.base_url, tier.timeout_ms, o.store_order_number, p.cancel_tries + 1,
      c.wrapped_key, c.sealed, c.master_key_id, placed_by.attempt_id,
      case placed_by.method when 'headless' then placement.clue_1(p_order_number, placed_by.attempt_id) end
    from (select 1) one
    left join lateral (
      select x.base_url, x.timeout_ms from store.tier x where x.store_id = o.store_id and x.connector = placed_by.connector order by x.position limit 1
    ) tier on true
    left join store.credential c on c.store_id = o.store_id and c.purpose = case placed_by.method when 'headless' then 'headless' else 'api' end;
end $$;

-- What the store said to a cancellation. 'cancelled' refunds the order, 'refused' lets it go on, 'unavailable' asks again
-- after p_again_after (null: enough was asked, a person goes on), 'unsupported' needs a person.
create function placement.cancel_end_1(p_order_number text, p_answer text, p_detail text, p_again_after interval) returns text
language plpgsql as $$
declare
  o orders.store_order;
begin
  select so.* into o from orders.store_order so where so.order_number = p_order_number for update;
  perform 1 from placement.placement pl where pl.order_number = p_order_number for update;
  if o.status not in ('placed', 'confirmed') or o.cancel_requested_at is null or o.cancel_refused_at is not null then
    update placement.placement pl set cancel_at = null where pl.order_number = p_order_number;
    return 'over';
  end if;

  if p_answer = 'cancelled' then
    update placement.placement pl set status = 'cancelled', reason = o.cancel_reason, cancel_at = null, updated_at = now()
    where pl.order_number = p_order_number;
    perform orders.order_end_1(p_order_number, 'cancelled', o.cancel_reason);
  elsif p_answer = 'refused' then
    update placement.placement pl set cancel_at = null, updated_at = now() where pl.order_number = p_order_number;
    perform orders.cancel_refused_1(p_order_number);
  elsif p_answer = 'unavailable' and p_again_after is not null then
    update placement.placement pl set cancel_at = now() + p_again_after, updated_at = now() where pl.order_number = p_order_number;
    perform placement.cancel_ring_1(p_order_number, now() + p_again_after);
    return 'later';
  else
    perform placement.cancel_by_hand_1(p_order_number, 'cancel_at_store', p_detail);
    return 'manual';
  end if;
  update placement.manual_task t set status = 'withdrawn', closed_at = now(), claimed_by = null, claimed_until = null
  where t.order_number = p_order_number and t.kind = 'cancel' and t.status in ('open', 'claimed');
  return p_answer;
end $$;

-- Rings again for cancellations whose job was lost. Reads, and adds jobs.
create function placement.cancel_overdue_1(p_limit int) returns int
language plpgsql as $$
declare
  overdue record;
  count int := 0;
begin
  for overdue in select p.order_number from placement.placement p where p.cancel_at <= now() - interval '30 seconds' order by p.cancel_at limit p_limit loop
    perform placement.cancel_ring_1(overdue.order_number, now());
    count := count + 1;
  end loop;
  return count;
end $$;

-- A store tells us by itself what it has (its event was faster than its answer, or the answer was lost). That ends what is
-- still open about placing the order. `p_has` false: it will not deliver it. The caller holds the order.
-- Answers what attempt_end_1 does, or 'none' when nothing about placing was open.
create function placement.store_says_1(p_order_number text, p_store_order_number text, p_has boolean) returns text
language plpgsql as $$
declare
  p placement.placement;
  live text;
begin
  select pl.* into p from placement.placement pl where pl.order_number = p_order_number for update;
  if not p_has and p.status = 'placed' then
    update placement.placement pl set status = 'cancelled', reason = 'cancelled_by_store', cancel_at = null, updated_at = now()
    where pl.order_number = p_order_number;
    update placement.manual_task t set status = 'withdrawn', closed_at = now(), claimed_by = null, claimed_until = null
    where t.order_number = p_order_number and t.kind = 'cancel' and t.status in ('open', 'claimed');
    return 'cancelled';
  end if;
  if p.order_number is null or p.status in ('placed', 'failed', 'cancelled') then return 'none'; end if;
  select a.attempt_id into live from placement.attempt a where a.order_number = p_order_number and a.status in ('started', 'unknown') for update;

  if p_has and live is not null then
    return placement.attempt_end_1(live, 'placed', 'store_event', null, p_store_order_number, null, null, null);
  end if;
  perform placement.task_withdraw_1(p_order_number);
  if not p_has then
    update placement.attempt a set status = 'refused', reason = 'cancelled_by_store', store_order_number = p_store_order_number, lookup_at = null, ended_at = now()
    where a.attempt_id = live;
    update placement.placement pl set status = 'cancelled', reason = 'cancelled_by_store', updated_at = now() where pl.order_number = p_order_number;
    return 'cancelled';
  end if;
  -- No attempt of ours is open, and the store has the order all the same: it is placed, and nothing more is submitted.
  update placement.placement pl set fence = pl.fence + 1 where pl.order_number = p_order_number;
  insert into placement.attempt (attempt_id, order_number, fence, method, status, reason, store_order_number, ended_at)
  values ('pla_' || replace(gen_random_uuid()::text, '-', ''), p_order_number, p.fence + 1, p.method, 'placed', 'store_event', p_store_order_number, now());
  return placement.placed_1(p_order_number, p.method, p_store_order_number);
end $$;

-- A 15-minute lease, so that two people never place the same order. Claiming again renews one's own.
create function placement.task_claim_1(p_order_number text, p_operator text, p_lease interval) returns text
language plpgsql as $$
declare
  t placement.manual_task;
begin
  select mt.* into t from placement.manual_task mt where mt.order_number = p_order_number and mt.status in ('open', 'claimed') for update;
  if not found then
    return case when exists (select from placement.manual_task mt where mt.order_number = p_order_number) then 'closed' else 'not_found' end;
  end if;
  if t.status = 'claimed' and t.claimed_by <> p_operator and t.claimed_until > now() then return 'held'; end if;
  update placement.manual_task mt set status = 'claimed', claimed_by = p_operator, claimed_until = now() + p_lease
  where mt.order_number = p_order_number and mt.kind = t.kind;
  return 'claimed';
end $$;

-- Gives a task back to the queue. An order that is wanted back and was never submitted ends with that.
create function placement.task_release_1(p_order_number text, p_operator text) returns text
language plpgsql as $$
declare
  o orders.store_order;
begin
  select so.* into o from orders.store_order so where so.order_number = p_order_number for update;
  update placement.manual_task mt set status = 'open', claimed_by = null, claimed_until = null
  where mt.order_number = p_order_number and mt.status = 'claimed' and mt.claimed_by = p_operator;
  if not found then
    return case when exists (select from placement.manual_task mt where mt.order_number = p_order_number) then 'not_held' else 'not_found' end;
  end if;
  if o.status = 'pending' and o.cancel_requested_at is not null then
    perform placement.cancel_1(p_order_number, o.cancel_reason);
  end if;
  return 'released';
end $$;

-- What an operator may do with the task they hold: 'held', or why not. Locks order, placement and task.
create function placement.task_hold_1(p_order_number text, p_operator text, p_kind placement.task_kind) returns text
language plpgsql as $$
declare
  t placement.manual_task;
begin
  perform 1 from orders.store_order o where o.order_number = p_order_number for update;
  perform 1 from placement.placement p where p.order_number = p_order_number for update;
  select mt.* into t from placement.manual_task mt where mt.order_number = p_order_number and mt.kind = p_kind for update;
  if not found then
    return case when exists (select from placement.manual_task mt where mt.order_number = p_order_number) then 'closed' else 'not_found' end;
  end if;
  if t.status not in ('open', 'claimed') then return t.status::text; end if;
  if t.status <> 'claimed' or t.claimed_by <> p_operator or t.claimed_until <= now() then return 'not_held'; end if;
  return 'held';
end $$;

-- A person placed the order with the store, or found that the store has had it all along.
create function placement.task_place_1(p_order_number text, p_operator text, p_store_order_number text, p_paid_minor bigint) returns text
language plpgsql as $$
declare
  hold text;
  live text;
begin
  hold := placement.task_hold_1(p_order_number, p_operator, 'place');
  if hold = 'placed' and exists (select from orders.store_order o where o.order_number = p_order_number and o.store_order_number = p_store_order_number) then
    return 'placed';
  end if;
  if hold in ('not_found', 'not_held') then return hold; end if;
  if hold <> 'held' then return 'closed'; end if;
  if exists (
    select from orders.store_order o join orders.store_order other using (store_id)
    where o.order_number = p_order_number and other.store_order_number = p_store_order_number and other.order_number <> p_order_number
  ) then
    return 'number_taken';
  end if;

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
  where mt.order_number = p_order_number and mt.kind = 'place';
  return placement.placed_1(p_order_number, 'manual', p_store_order_number);
end $$;

-- A person says that the order cannot be had: it fails, and its money goes back. One that was wanted back is cancelled.
create function placement.task_fail_1(p_order_number text, p_operator text, p_reason text, p_note text) returns text
language plpgsql as $$
declare
  hold text;
  o orders.store_order;
begin
  hold := placement.task_hold_1(p_order_number, p_operator, 'place');
  if hold in ('failed', 'not_found', 'not_held') then return hold; end if;
  if hold <> 'held' then return 'closed'; end if;

  select so.* into o from orders.store_order so where so.order_number = p_order_number;
  update placement.attempt a set status = 'refused', reason = p_reason, lookup_at = null, ended_at = now()
  where a.order_number = p_order_number and a.status = 'unknown';
  update placement.manual_task mt
  set status = 'failed', closed_at = now(), closed_by = p_operator, fail_reason = p_reason, note = p_note, claimed_by = null, claimed_until = null
  where mt.order_number = p_order_number and mt.kind = 'place';
  update placement.placement p
  set status = case when o.cancel_requested_at is null then 'failed' else 'cancelled' end::placement.placement_status, reason = p_reason, updated_at = now()
  where p.order_number = p_order_number;
  perform orders.order_end_1(p_order_number, case when o.cancel_requested_at is null then 'failed' else 'cancelled' end::orders.order_status,
    coalesce(o.cancel_reason, p_reason));
  return 'failed';
end $$;

-- A person has asked the store to take the order back, and says what it answered.
create function placement.task_cancel_1(p_order_number text, p_operator text, p_is_cancelled boolean, p_note text) returns text
language plpgsql as $$
declare
  hold text;
begin
  hold := placement.task_hold_1(p_order_number, p_operator, 'cancel');
  if hold = (case when p_is_cancelled then 'cancelled' else 'refused' end) or hold in ('not_found', 'not_held') then return hold; end if;
  if hold <> 'held' then return 'closed'; end if;
  update placement.manual_task mt
  set status = case when p_is_cancelled then 'cancelled' else 'refused' end::placement.task_status, closed_at = now(), closed_by = p_operator,
      note = p_note, claimed_by = null, claimed_until = null
  where mt.order_number = p_order_number and mt.kind = 'cancel';
  perform placement.cancel_end_1(p_order_number, case when p_is_cancelled then 'cancelled' else 'refused' end, p_note, null);
  return case when p_is_cancelled then 'cancelled' else 'refused' end;
end $$;
