-- How well each tier of each store does, and whether an order may be tried there at this moment: the circuit breaker, the
-- store's permission, its hours and its rate. All workers ask and tell the same rows.

-- When a tier is sick. Operators with the database's password may change a row; nothing has to be restarted.
create table store.breaker_rule (
  method store.placement_method primary key,
  -- What is looked at: the last so many minutes.
  window_minutes int not null check (window_minutes between 1 and 60),
  -- So many that did not come through ('unavailable', 'unknown'; a refusal is an answer), and this share of all. An unknown
  -- one counts for several there: it is not tried again, so it stands for as many tries.
  bad_min int not null check (bad_min > 0),
  unknown_weight int not null check (unknown_weight > 0),
  bad_share real not null check (bad_share > 0 and bad_share <= 1),
  -- How long it is left alone the first time; each time in a row twice as long.
  rest_seconds int not null check (rest_seconds > 0),
  rest_seconds_max int not null check (rest_seconds_max >= rest_seconds),
  -- How many are let through afterwards, and have to come through, before it is well again.
  probes int not null check (probes > 0)
);
-- An API is asked up to four times for each order, so twenty are five orders; a browser's run is one order, and minutes long.
insert into store.breaker_rule values ('api', 5, 20, 4, 0.6, 60, 1800, 3), ('headless', 15, 3, 1, 0.6, 300, 7200, 2);

-- What stands in the way of a tier. No row: nothing does.
create table store.tier_gate (
  store_id text not null,
  position smallint not null,
  -- 'sick' until a moment, then 'half_open' (a few are let through), then 'closed' again. 'paused' by an operator.
  state text not null check (state in ('closed', 'sick', 'half_open', 'paused')),
  -- sick: till then it is left alone. half_open: till then the few are waited for. paused: null is until somebody resumes it.
  until timestamptz,
  reason text,
  -- How often in a row it has been sick.
  trips int not null default 0,
  probes_left int not null default 0,
  probes_good int not null default 0,
  changed_at timestamptz not null default now(),
  primary key (store_id, position),
  foreign key (store_id, position) references store.tier on delete cascade,
  check ((state in ('sick', 'half_open')) <= (until is not null))
);

-- Outcomes as they were told, not yet counted. Only ever added to by placements, so that these never wait for each other;
-- emptied every second. Unlogged: a crash of PostgreSQL costs a second of the statistics and saves each placement its log.
create unlogged table store.told (
  store_id text not null,
  position smallint not null,
  at timestamptz not null,
  outcome text not null,
  reason text,
  took_ms int
) with (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

-- The same, counted by the minute, for a day.
create table store.health_minute (
  store_id text not null,
  position smallint not null,
  minute timestamptz not null,
  outcome text not null,
  -- '' where there is none.
  reason text not null,
  -- How long it took, as round(10 ln ms): within five per cent. -1: it is not known.
  speed smallint not null,
  count int not null,
  primary key (store_id, position, minute, outcome, reason, speed),
  foreign key (store_id, position) references store.tier on delete cascade
);

-- Orders let through to a store with a rate, for an hour.
create table store.pass (
  store_id text not null references store.store on delete cascade,
  at timestamptz not null
);
create index pass_store on store.pass (store_id, at);

-- What befell the stores' tiers, for the desk. Rows are only ever added.
create table store.health_event (
  event_id bigint generated always as identity primary key,
  at timestamptz not null default clock_timestamp(),
  store_id text not null references store.store on delete cascade,
  position smallint not null,
  method store.placement_method not null,
  kind text not null check (kind in ('sick', 'recovered', 'paused', 'resumed')),
  reason text,
  -- What was counted when it fell sick.
  bad int,
  total int,
  until timestamptz
);
create index health_event_store on store.health_event (store_id, event_id desc);

-- Another connector or address is another tier: what is known of the old one tells nothing of it.
create function store.tier_changed() returns trigger language plpgsql as $$
begin
  delete from store.tier_gate g where g.store_id = new.store_id and g.position = new.position and g.state <> 'paused';
  delete from store.health_minute h where h.store_id = new.store_id and h.position = new.position;
  return null;
end $$;
create trigger tier_changed after update on store.tier for each row
  when ((old.method, old.connector, old.base_url) is distinct from (new.method, new.connector, new.base_url))
  execute function store.tier_changed();

-- When a store that has hours opens next: null while it is open.
create function store.opens_next_1(p_zone text, p_opens time, p_closes time, p_days smallint[], p_at timestamptz) returns timestamptz
language plpgsql stable as $$
declare
  here timestamp := p_at at time zone p_zone;
  day date;
  opening timestamp;
  next_opening timestamptz;
begin
  -- Yesterday's opening may last until this morning; in eight days each day of the week has come.
  for i in -1..8 loop
    day := here::date + i;
    continue when not (extract(isodow from day)::smallint = any (p_days));
    opening := day + coalesce(p_opens, time '00:00');
    if opening > here then
      next_opening := opening at time zone p_zone;
      -- An hour that the clocks leap over does not exist: the moment after it does.
      return greatest(next_opening, p_at + interval '1 second');
    end if;
    if here < (case when p_opens is null or p_closes < p_opens then day + 1 else day end) + coalesce(p_closes, time '00:00') then
      return null;
    end if;
  end loop;
  return p_at + interval '1 day';
end $$;

-- May one order be tried with this tier now? Asking is taking: 'open' counts as one order begun (of the hour's, of the few
-- that a recovering tier is sent), so ask once for each order, in the transaction that begins it, and only when nothing else
-- stands in its way. Never waits for anybody: who is not first to a store's count is told to come again in a moment, so
-- orders of many stores can be asked for in any order.
-- 'open'; 'sick' (until; null: somebody paused it) and 'not_permitted': take the next tier; 'out_of_hours' and
-- 'rate_limited': wait until then.
-- An `api` tier without a row in store.tier_gate is open: a caller that reads so need not ask.
create function store.gate_1(p_store_id text, p_position int) returns table (gate text, until timestamptz)
language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  t record;
  p store.permission;
  stands store.tier_gate;
  opens timestamptz;
  passed int;
  first_pass timestamptz;
begin
  select x.method, x.timeout_ms, g.state, g.until into t from store.tier x
  left join store.tier_gate g on g.store_id = x.store_id and g.position = x.position
  where x.store_id = p_store_id and x.position = p_position;
  if not found then return query select 'not_permitted', null::timestamptz; return; end if;

  if t.state = 'paused' and (t.until is null or t.until > clock_timestamp()) or t.state = 'sick' and t.until > clock_timestamp() then
    return query select 'sick', t.until;
    return;
  end if;

  if t.method = 'headless' then
    select x.* into p from store.permission x where x.store_id = p_store_id;
    if not found then return query select 'not_permitted', null::timestamptz; return; end if;
    opens := store.opens_next_1(p.time_zone, p.opens_at, p.closes_at, p.days, clock_timestamp());
    if opens is not null then return query select 'out_of_hours', opens; return; end if;
    if p.orders_per_hour is not null then
      -- Read again under the lock: whoever had it before has committed what it counted.
      select x.* into p from store.permission x where x.store_id = p_store_id for update skip locked;
      if not found then return query select 'rate_limited', clock_timestamp() + interval '250 ms'; return; end if;
      delete from store.pass x where x.store_id = p_store_id and x.at <= clock_timestamp() - interval '1 hour';
      select count(*) into passed from store.pass x where x.store_id = p_store_id;
      if passed >= p.orders_per_hour then
        -- As many have to grow old as would leave room for one.
        select x.at into first_pass from store.pass x where x.store_id = p_store_id order by x.at offset passed - p.orders_per_hour limit 1;
        return query select 'rate_limited', first_pass + interval '1 hour';
        return;
      end if;
    end if;
  end if;

  if t.state in ('sick', 'half_open') then
    select x.* into stands from store.tier_gate x where x.store_id = p_store_id and x.position = p_position for update skip locked;
    if not found then return query select 'sick', clock_timestamp() + interval '250 ms'; return; end if;
    if stands.state = 'half_open' and stands.probes_left <= 0 and stands.until > clock_timestamp() then
      return query select 'sick', stands.until;
      return;
    end if;
    if stands.state = 'sick' or (stands.state = 'half_open' and stands.until <= clock_timestamp()) then
      -- Rested, or the few that were sent were never heard of again: send as many as it takes.
      update store.tier_gate x
      set state = 'half_open', probes_left = r.probes - 1, probes_good = 0, changed_at = now(),
          until = clock_timestamp() + greatest(interval '5 minutes', 2 * t.timeout_ms * interval '1 ms')
      from store.breaker_rule r where r.method = t.method and x.store_id = p_store_id and x.position = p_position;
    elsif stands.state = 'half_open' then
      update store.tier_gate x set probes_left = x.probes_left - 1 where x.store_id = p_store_id and x.position = p_position;
    end if;
  end if;
  if p.orders_per_hour is not null then
    insert into store.pass (store_id, at) values (p_store_id, clock_timestamp());
  end if;
  return query select 'open', null::timestamptz;
end $$;

-- What came of one try with a tier: 'placed', 'refused', 'unavailable' or 'unknown', why, and how long it took. Call it
-- in the commit that records the try's first outcome; what a look-up finds out later tells of the order, not of the tier.
-- Adds one row and waits for nobody. Counted within a second, by store.fold_health_1.
create function store.tell_1(p_store_id text, p_position int, p_outcome text, p_reason text, p_took_ms int) returns void
language plpgsql set plan_cache_mode = force_generic_plan as $$
begin
  insert into store.told (store_id, position, at, outcome, reason, took_ms)
  values (p_store_id, p_position, clock_timestamp(), p_outcome, p_reason, p_took_ms);
end $$;

-- Counts what was told, and draws the breaker's conclusions. One at a time, whoever calls; the others have nothing to do.
-- Answers how many outcomes were counted: 50,000 at most at once.
create function store.fold_health_1() returns int
language plpgsql as $$
declare
  t record;
  counted int := 0;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('store.fold_health', 0)) then return 0; end if;
  for t in
    with gone as (
      -- As many as one statement has time for, whatever lies there; nobody else takes them away.
      delete from store.told d using (select x.ctid as place from store.told x limit 50000) taken where d.ctid = taken.place
      returning d.store_id, d.position, d.at, d.outcome, d.reason, d.took_ms
    ), known as (
      select g.store_id, g.position, g.at, g.outcome, g.reason, g.took_ms, x.method, s.state, s.changed_at
      from gone g
      join store.tier x on x.store_id = g.store_id and x.position = g.position
      left join store.tier_gate s on s.store_id = g.store_id and s.position = g.position
    ), put as (
      insert into store.health_minute as h (store_id, position, minute, outcome, reason, speed, count)
      select k.store_id, k.position, date_trunc('minute', k.at), k.outcome, coalesce(k.reason, ''),
        case when k.took_ms is null then -1 else round(10 * ln(greatest(k.took_ms, 1))) end, count(*)
      from known k group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6
      on conflict (store_id, position, minute, outcome, reason, speed) do update set count = h.count + excluded.count
    )
    select k.store_id, k.position, k.method, count(*)::int as told,
      count(*) filter (where k.outcome in ('unavailable', 'unknown'))::int as bad,
      -- Of those that were let through to a recovering tier: not of what was under way when it fell sick. The first of them
      -- began in the very transaction that changed the tier, and times are counted in whole milliseconds.
      count(*) filter (where k.outcome in ('placed', 'refused') and k.state = 'half_open'
        and k.at - coalesce(k.took_ms, 0) * interval '1 ms' >= k.changed_at - interval '1 second')::int as probes_good,
      count(*) filter (where k.outcome in ('unavailable', 'unknown') and k.state = 'half_open'
        and k.at - coalesce(k.took_ms, 0) * interval '1 ms' >= k.changed_at - interval '1 second')::int as probes_bad
    from known k group by k.store_id, k.position, k.method
    order by k.store_id, k.position
  loop
    counted := counted + t.told;
    delete from store.health_minute h where h.store_id = t.store_id and h.position = t.position and h.minute < now() - interval '25 hours';
    if t.bad + t.probes_good > 0 then
      perform store.judge_tier_1(t.store_id, t.position, t.method, t.probes_good, t.probes_bad);
    end if;
  end loop;
  return counted;
end $$;

-- The breaker's verdict on one tier, from what has been counted. Locks the tier's gate.
create function store.judge_tier_1(p_store_id text, p_position int, p_method store.placement_method, p_good int, p_bad int) returns void
language plpgsql as $$
declare
  rule store.breaker_rule;
  g store.tier_gate;
  seen record;
begin
  select r.* into rule from store.breaker_rule r where r.method = p_method;
  if not found then return; end if;
  select x.* into g from store.tier_gate x where x.store_id = p_store_id and x.position = p_position for update;
  -- What is sick leaves that by store.gate_1 alone; what is still told of it was under way before.
  if g.state = 'sick' or g.state = 'paused' and (g.until is null or g.until > now()) then return; end if;

  if g.state = 'half_open' then
    if p_bad = 0 and g.probes_good + p_good >= rule.probes then
      update store.tier_gate x
      set state = 'closed', until = null, reason = null, trips = 0, probes_left = 0, probes_good = 0, changed_at = clock_timestamp()
      where x.store_id = p_store_id and x.position = p_position;
      perform store.health_event_1(p_store_id, p_position, 'recovered', null, null, null, null);
      return;
    elsif p_bad = 0 then
      update store.tier_gate x set probes_good = x.probes_good + p_good where x.store_id = p_store_id and x.position = p_position;
      return;
    end if;
  end if;

  -- Since it was last well: what made it sick the last time has been paid for.
  select coalesce(sum(h.count), 0)::int as total, coalesce(sum(h.count) filter (where h.outcome in ('unavailable', 'unknown')), 0)::int as bad,
    coalesce(sum(h.count * case h.outcome when 'unavailable' then 1 when 'unknown' then rule.unknown_weight else 0 end), 0)::int as weight,
    mode() within group (order by h.reason) filter (where h.outcome in ('unavailable', 'unknown')) as reason
  into seen from store.health_minute h
  where h.store_id = p_store_id and h.position = p_position
    and h.minute >= greatest(now() - rule.window_minutes * interval '1 minute', case when g.state = 'closed' then g.changed_at end);
  if g.state is distinct from 'half_open' and (seen.weight < rule.bad_min or seen.bad < seen.total * rule.bad_share) then return; end if;

  insert into store.tier_gate as x (store_id, position, state, until, reason, trips, changed_at)
  values (p_store_id, p_position, 'sick', clock_timestamp() + rule.rest_seconds * interval '1 second', seen.reason, 1, clock_timestamp())
  on conflict (store_id, position) do update
    set state = 'sick', reason = excluded.reason, trips = x.trips + 1, probes_left = 0, probes_good = 0, changed_at = excluded.changed_at,
        until = clock_timestamp() + least(rule.rest_seconds_max, rule.rest_seconds * 2 ^ least(x.trips, 20)) * interval '1 second';
  perform store.health_event_1(p_store_id, p_position, 'sick', seen.reason, seen.bad, seen.total,
    (select x.until from store.tier_gate x where x.store_id = p_store_id and x.position = p_position));
end $$;

-- Writes down what befell a tier and tells the desks that are open.
create function store.health_event_1(p_store_id text, p_position int, p_kind text, p_reason text, p_bad int, p_total int, p_until timestamptz) returns void
language plpgsql as $$
begin
  insert into store.health_event (store_id, position, method, kind, reason, bad, total, until)
  select t.store_id, t.position, t.method, p_kind, nullif(p_reason, ''), p_bad, p_total, p_until
  from store.tier t where t.store_id = p_store_id and t.position = p_position;
  perform pg_notify('muse_desk', 'store ' || p_store_id);
end $$;

-- The stores whose orders a person places at this moment, and how long that may take: no tier of theirs would let a
-- machine try. One that opens within the half hour that an order waits for its store (placement.ask_gates_1) is not among
-- them, nor one that only waits for its rate.
create view store.by_hand as
  select s.store_id, s.by_hand_hours_max as hours_max
  from store.store s
  where s.kind = 'retailer' and not exists (
    select from store.tier t
    left join store.tier_gate g on g.store_id = t.store_id and g.position = t.position
    where t.store_id = s.store_id and t.is_enabled and t.method <> 'manual'
      and (t.method <> 'headless' or exists (
        select from store.permission p
        where p.store_id = t.store_id
          and coalesce(store.opens_next_1(p.time_zone, p.opens_at, p.closes_at, p.days, now()), now()) <= now() + interval '30 minutes'))
      and (g.state is null or g.state in ('closed', 'half_open') or g.until <= now()));
