-- name: storeList :many
-- A page of stores, or one of them. Retailers first: a seller of files has a store in each currency they sell in, so of those
-- there are thousands, and nothing is ordered there. Reads only.
with page as (
  select s.store_id, s.name, s.description, s.kind, s.currency, s.homepage, s.owner_account_id, s.return_policy, s.texts, s.price_margin_bp,
    s.is_active, s.by_hand_hours_max, s.updated_at, count(*) over () as total
  from store.store s
  where (:store_id?::text is null or s.store_id = :store_id?)
    and (:query?::text is null or s.store_id = :query? or position(lower(:query?) in lower(s.name)) > 0)
    and (:kind?::text is null or s.kind::text = :kind?)
  order by s.kind, s.name, s.store_id
  limit :limit::int offset :offset::int
)
select s.store_id as "store_id!", s.name as "name!", s.description as "description!", s.kind as "kind!", s.currency as "currency!", s.homepage,
  s.owner_account_id, s.return_policy as "return_policy!", s.texts as "texts!", s.price_margin_bp as "price_margin_bp!", s.is_active as "is_active!",
  s.by_hand_hours_max as "by_hand_hours_max!", s.updated_at as "updated_at!",
  exists (select from store.by_hand b where b.store_id = s.store_id) as "is_by_hand!",
  (select jsonb_build_object('words', p.words, 'link', p.link, 'permittedOn', p.permitted_on, 'recordedBy', p.recorded_by,
      'recordedAt', p.recorded_at, 'ordersAtOnce', p.orders_at_once, 'ordersPerHour', p.orders_per_hour, 'timeZone', p.time_zone,
      'opensAt', to_char(p.opens_at, 'HH24:MI'), 'closesAt', to_char(p.closes_at, 'HH24:MI'), 'days', p.days)
    from store.permission p where p.store_id = s.store_id) as permission,
  (select coalesce(jsonb_agg(jsonb_build_object('position', t.position, 'method', t.method, 'connector', t.connector,
      'baseUrl', t.base_url, 'isEnabled', t.is_enabled, 'triesMax', t.tries_max, 'timeoutMs', t.timeout_ms) order by t.position), '[]')
    from store.tier t where t.store_id = s.store_id) as "tiers!",
  array(select c.purpose from store.credential c where c.store_id = s.store_id order by c.purpose) as "credential_purposes!", s.total as "total!"
from page s
order by s.kind, s.name, s.store_id;

-- name: storePut :one
-- Makes a store or brings it up to date, with its tiers (replaced) and those credentials that are given (the others
-- stay). One statement, so that no placement ever sees half of it. Locks the store's rows.
with put as (
  insert into store.store as s (store_id, name, description, kind, currency, homepage, owner_account_id, return_policy, texts, price_margin_bp, is_active,
    by_hand_hours_max)
  values (:store_id, :name, :description, :kind, :currency, :homepage?, :owner_account_id?, :return_policy, coalesce(:texts?::jsonb, '{}'), :price_margin_bp,
    :is_active, coalesce(:by_hand_hours_max?::smallint, 4))
  on conflict (store_id) do update
    set name = excluded.name, description = excluded.description, homepage = excluded.homepage, owner_account_id = excluded.owner_account_id,
        return_policy = excluded.return_policy, texts = coalesce(:texts?::jsonb, s.texts), price_margin_bp = excluded.price_margin_bp, is_active = excluded.is_active,
        by_hand_hours_max = coalesce(:by_hand_hours_max?::smallint, s.by_hand_hours_max), updated_at = now()
    -- What was sold in one currency by one kind of store stays so.
    where s.kind = excluded.kind and s.currency = excluded.currency
  returning s.store_id
), tier as (
  select p.store_id, t.position, t.method, t.connector, t.base_url, t.is_enabled, t.tries_max, t.timeout_ms
  from put p
  cross join jsonb_to_recordset(:tiers) as t (position smallint, method store.placement_method, connector text, base_url text,
    is_enabled boolean, tries_max smallint, timeout_ms int)
), tier_put as (
  insert into store.tier as t (store_id, position, method, connector, base_url, is_enabled, tries_max, timeout_ms)
  select n.store_id, n.position, n.method, n.connector, n.base_url, n.is_enabled, n.tries_max, n.timeout_ms from tier n
  on conflict (store_id, position) do update
    set method = excluded.method, connector = excluded.connector, base_url = excluded.base_url, is_enabled = excluded.is_enabled,
        tries_max = excluded.tries_max, timeout_ms = excluded.timeout_ms
), tier_gone as (
  delete from store.tier t using put p
  where t.store_id = p.store_id and not exists (select from tier n where n.position = t.position)
), sealed as (
  insert into store.credential as c (store_id, purpose, wrapped_key, sealed, master_key_id)
  select p.store_id, n.purpose, n.wrapped_key, n.sealed, n.master_key_id
  from put p
  cross join unnest(:purposes::text[], :wrapped_keys::bytea[], :sealed::bytea[], :master_key_ids::text[])
    as n (purpose, wrapped_key, sealed, master_key_id)
  on conflict (store_id, purpose) do update
    set wrapped_key = excluded.wrapped_key, sealed = excluded.sealed, master_key_id = excluded.master_key_id, updated_at = now()
)
select exists (select from put) as "is_put!";

-- name: credentialRead :opt
-- One sealed credential of a store, to be opened by whoever is about to use it. Locks nothing.
select c.wrapped_key, c.sealed, c.master_key_id
from store.credential c
where c.store_id = :store_id and c.purpose = :purpose;

-- name: permissionPut :exec
-- Records that a store lets a browser order in its shop, and within which bounds. Locks the store's permission.
insert into store.permission as p (store_id, words, link, permitted_on, recorded_by, orders_at_once, orders_per_hour, time_zone, opens_at, closes_at, days)
values (:store_id, :words, :link?, (:permitted_on::text)::date, :recorded_by, :orders_at_once, :orders_per_hour?, :time_zone, (:opens_at?::text)::time,
  (:closes_at?::text)::time, :days)
on conflict (store_id) do update
  set words = excluded.words, link = excluded.link, permitted_on = excluded.permitted_on, recorded_by = excluded.recorded_by, recorded_at = now(),
      orders_at_once = excluded.orders_at_once, orders_per_hour = excluded.orders_per_hour, time_zone = excluded.time_zone,
      opens_at = excluded.opens_at, closes_at = excluded.closes_at, days = excluded.days;

-- name: permissionWithdraw :exec
-- The store does not want it any more: no browser begins an order there from this commit on. Locks the store's permission.
delete from store.permission p where p.store_id = :store_id;

-- name: tierSwitch :opt
-- Takes a tier out of use, or into it again: orders that wait at it go on to the next. Locks the tier.
update store.tier t set is_enabled = :is_enabled where t.store_id = :store_id and t.position = :position
returning t.method;

-- name: tierPause :many
-- Keeps machines from a store's tier, or from all of them, till a moment or until somebody resumes it. Locks the gates.
with paused as (
  insert into store.tier_gate as g (store_id, position, state, until, reason)
  select t.store_id, t.position, 'paused', now() + :minutes?::int * interval '1 minute', :reason
  from store.tier t
  where t.store_id = :store_id and t.method <> 'manual' and (:position?::smallint is null or t.position = :position?::smallint)
  order by t.position
  on conflict (store_id, position) do update
    set state = 'paused', until = excluded.until, reason = excluded.reason, probes_left = 0, probes_good = 0, changed_at = clock_timestamp()
  returning g.store_id, g.position, g.until
)
select p.position, store.health_event_1(p.store_id, p.position, 'paused', :reason, null, null, p.until)::text as told from paused p;

-- name: tierResume :many
-- Ends pauses and rests of a store's tier, or of all of them: the next order tries it. Locks the gates.
with resumed as (
  update store.tier_gate g
  set state = 'closed', until = null, reason = null, trips = 0, probes_left = 0, probes_good = 0, changed_at = clock_timestamp()
  where g.store_id = :store_id and g.state <> 'closed' and (:position?::smallint is null or g.position = :position?::smallint)
  returning g.store_id, g.position
)
select r.position, store.health_event_1(r.store_id, r.position, 'resumed', null, null, null, null)::text as told from resumed r;

-- name: healthFold :one
-- Counts what placements told since the last time, and lets the breaker judge. Does nothing while another does it.
select store.fold_health_1() as "counted!";

-- name: tierGates :many
-- What stands in the way of each tier at this moment, as store.gate_1 would say, but without taking a place: of
-- those stores, or (null) of all, as the gauge of this room tells. Only retailers have tiers. Reads only.
select t.store_id as "store_id!", t.position as "position!", s.state as "state!",
  case s.state when 'out_of_hours' then o.opens when 'rate_limited' then r.frees_at when 'open' then null when 'not_permitted' then null else g.until end as until,
  case when s.state in ('sick', 'paused', 'half_open') then g.reason end as reason, coalesce(g.trips, 0) as "trips!"
from store.tier t
left join store.tier_gate g on g.store_id = t.store_id and g.position = t.position
left join store.permission p on p.store_id = t.store_id and t.method = 'headless'
left join lateral (select store.opens_next_1(p.time_zone, p.opens_at, p.closes_at, p.days, now()) as opens where p.store_id is not null) o on true
left join lateral (
  select x.at + interval '1 hour' as frees_at from store.pass x
  where x.store_id = p.store_id and x.at > now() - interval '1 hour' order by x.at desc offset p.orders_per_hour - 1 limit 1
) r on true
cross join lateral (
  select case when g.state = 'paused' and (g.until is null or g.until > now()) then 'paused' when g.state = 'sick' and g.until > now() then 'sick'
    when t.method = 'headless' and p.store_id is null then 'not_permitted' when o.opens is not null then 'out_of_hours'
    when r.frees_at is not null then 'rate_limited' when g.state in ('sick', 'half_open') then 'half_open' else 'open' end as state
) s
where :store_ids?::text[] is null or t.store_id = any(:store_ids?)
order by t.store_id, t.position;

-- name: tierHealth :many
-- What came of the tries with each tier of these stores in the last quarter of an hour and the last day, from what is counted by the minute.
-- How long they took comes out of the logarithm they are counted by. Reads only.
with spans (span, since) as (values ('quarter', now() - interval '15 minutes'), ('day', now() - interval '24 hours')),
counted as (
  select sp.span, h.store_id, h.position, h.outcome, h.reason, h.speed, sum(h.count) as n
  from store.health_minute h join spans sp on h.minute >= sp.since
  where h.store_id = any(:store_ids::text[])
  group by 1, 2, 3, 4, 5, 6
), timed as (
  select c.span, c.store_id, c.position, c.speed, sum(sum(c.n)) over (partition by c.span, c.store_id, c.position order by c.speed) as up_to,
    sum(sum(c.n)) over (partition by c.span, c.store_id, c.position) as total
  from counted c where c.speed >= 0 group by 1, 2, 3, 4
), speeds as (
  select t.span, t.store_id, t.position, min(t.speed) filter (where t.up_to >= 0.5 * t.total) as p50, min(t.speed) filter (where t.up_to >= 0.95 * t.total) as p95
  from timed t group by 1, 2, 3
), reasons as (
  select r.span, r.store_id, r.position, jsonb_agg(jsonb_build_object('reason', r.reason, 'count', r.n) order by r.n desc, r.reason) as reasons
  from (select c.span, c.store_id, c.position, coalesce(nullif(c.reason, ''), 'unknown') as reason, sum(c.n) as n
    from counted c where c.outcome <> 'placed' group by 1, 2, 3, 4) r
  group by 1, 2, 3
)
select c.span as "span!", c.store_id as "store_id!", c.position as "position!", sum(c.n)::bigint as "total!",
  coalesce(sum(c.n) filter (where c.outcome = 'placed'), 0)::bigint as "placed!", coalesce(sum(c.n) filter (where c.outcome = 'refused'), 0)::bigint as "refused!",
  coalesce(sum(c.n) filter (where c.outcome = 'unavailable'), 0)::bigint as "unavailable!",
  coalesce(sum(c.n) filter (where c.outcome = 'unknown'), 0)::bigint as "unknown!",
  round(exp(min(s.p50) / 10.0))::int as p50_ms, round(exp(min(s.p95) / 10.0))::int as p95_ms,
  coalesce((select r.reasons from reasons r where r.span = c.span and r.store_id = c.store_id and r.position = c.position), '[]') as "reasons!"
from counted c
left join speeds s on s.span = c.span and s.store_id = c.store_id and s.position = c.position
group by c.span, c.store_id, c.position;

-- name: healthEvents :many
-- What befell the stores' tiers, newest first, from below a place in the list; or one of them. Reads only.
select e.event_id, e.at, e.store_id, s.name as store_name, e.position, e.method, e.kind, e.reason, e.bad, e.total, e.until
from store.health_event e join store.store s using (store_id)
where (:store_id?::text is null or e.store_id = :store_id?) and (:before_id?::bigint is null or e.event_id < :before_id?)
order by e.event_id desc limit :limit::int;

-- name: credentialsUnder :many
-- Credentials that another master key than this one wraps, some of them after a place in the list. Locks nothing.
select c.store_id, c.purpose, c.wrapped_key, c.sealed, c.master_key_id
from store.credential c
where c.master_key_id <> :master_key_id and (c.store_id, c.purpose) > (:after_store_id, :after_purpose)
order by c.store_id, c.purpose limit 100;

-- name: credentialRewrap :opt
-- The same credential with its key under another master key; nothing where it was written anew meanwhile. Locks the row.
update store.credential c set wrapped_key = :wrapped_key, master_key_id = :master_key_id, updated_at = now()
where c.store_id = :store_id and c.purpose = :purpose and c.wrapped_key = :old_wrapped_key
returning c.store_id;
