// Generated from store.sql by tools/sqlgen.ts. Do not edit.
import { exec, many, one, opt, type Db } from "#platform/db/query.ts";

export type StoreListArgs = {
  readonly storeId: string | null;
  readonly query: string | null;
  readonly kind: string | null;
  readonly limit: number;
  readonly offset: number;
};
export type StoreListRow = {
  readonly storeId: string;
  readonly name: string;
  readonly description: string;
  readonly kind: "retailer" | "seller";
  readonly currency: string;
  readonly homepage: string | null;
  readonly ownerAccountId: string | null;
  readonly returnPolicy: string;
  readonly texts: unknown;
  readonly priceMarginBp: number;
  readonly isActive: boolean;
  readonly byHandHoursMax: number;
  readonly updatedAt: Date;
  readonly isByHand: boolean;
  readonly permission: unknown;
  readonly tiers: unknown;
  readonly credentialPurposes: readonly string[];
  readonly total: bigint;
};
const storeListText = `with page as (
  select s.store_id, s.name, s.description, s.kind, s.currency, s.homepage, s.owner_account_id, s.return_policy, s.texts, s.price_margin_bp,
    s.is_active, s.by_hand_hours_max, s.updated_at, count(*) over () as total
  from store.store s
  where ($1::text is null or s.store_id = $1)
    and ($2::text is null or s.store_id = $2 or position(lower($2) in lower(s.name)) > 0)
    and ($3::text is null or s.kind::text = $3)
  order by s.kind, s.name, s.store_id
  limit $4::int offset $5::int
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
order by s.kind, s.name, s.store_id`;
/**
 * A page of stores, or one of them. Retailers first: a seller of files has a store in each currency they sell in, so of those
 * there are thousands, and nothing is ordered there. Reads only.
 */
export function storeList(db: Db, args: StoreListArgs): Promise<StoreListRow[]> {
  return many(db, "store.storeList", storeListText, [args.storeId, args.query, args.kind, args.limit, args.offset], (row): StoreListRow => ({
    storeId: row[0],
    name: row[1],
    description: row[2],
    kind: row[3],
    currency: row[4],
    homepage: row[5],
    ownerAccountId: row[6],
    returnPolicy: row[7],
    texts: row[8],
    priceMarginBp: row[9],
    isActive: row[10],
    byHandHoursMax: row[11],
    updatedAt: row[12],
    isByHand: row[13],
    permission: row[14],
    tiers: row[15],
    credentialPurposes: row[16],
    total: row[17],
  }));
}

export type StorePutArgs = {
  readonly storeId: string;
  readonly name: string;
  readonly description: string;
  readonly kind: "retailer" | "seller";
  readonly currency: string;
  readonly homepage: string | null;
  readonly ownerAccountId: string | null;
  readonly returnPolicy: string;
  readonly texts: unknown;
  readonly priceMarginBp: number;
  readonly isActive: boolean;
  readonly byHandHoursMax: number | null;
  readonly tiers: unknown;
  readonly purposes: readonly string[];
  readonly wrappedKeys: readonly Uint8Array[];
  readonly sealed: readonly Uint8Array[];
  readonly masterKeyIds: readonly string[];
};
export type StorePutRow = {
  readonly isPut: boolean;
};
const storePutText = `with put as (
  insert into store.store as s (store_id, name, description, kind, currency, homepage, owner_account_id, return_policy, texts, price_margin_bp, is_active,
    by_hand_hours_max)
  values ($1, $2, $3, $4, $5, $6, $7, $8, coalesce($9::jsonb, '{}'), $10,
    $11, coalesce($12::smallint, 4))
  on conflict (store_id) do update
    set name = excluded.name, description = excluded.description, homepage = excluded.homepage, owner_account_id = excluded.owner_account_id,
        return_policy = excluded.return_policy, texts = coalesce($9::jsonb, s.texts), price_margin_bp = excluded.price_margin_bp, is_active = excluded.is_active,
        by_hand_hours_max = coalesce($12::smallint, s.by_hand_hours_max), updated_at = now()
    where s.kind = excluded.kind and s.currency = excluded.currency
  returning s.store_id
), tier as (
  select p.store_id, t.position, t.method, t.connector, t.base_url, t.is_enabled, t.tries_max, t.timeout_ms
  from put p
  cross join jsonb_to_recordset($13) as t (position smallint, method store.placement_method, connector text, base_url text,
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
  cross join unnest($14::text[], $15::bytea[], $16::bytea[], $17::text[])
    as n (purpose, wrapped_key, sealed, master_key_id)
  on conflict (store_id, purpose) do update
    set wrapped_key = excluded.wrapped_key, sealed = excluded.sealed, master_key_id = excluded.master_key_id, updated_at = now()
)
select exists (select from put) as "is_put!"`;
/**
 * Makes a store or brings it up to date, with its tiers (replaced) and those credentials that are given (the others
 * stay). One statement, so that no placement ever sees half of it. Locks the store's rows.
 */
export function storePut(db: Db, args: StorePutArgs): Promise<StorePutRow> {
  return one(db, "store.storePut", storePutText, [args.storeId, args.name, args.description, args.kind, args.currency, args.homepage, args.ownerAccountId, args.returnPolicy, args.texts === null ? null : JSON.stringify(args.texts), args.priceMarginBp, args.isActive, args.byHandHoursMax, JSON.stringify(args.tiers), args.purposes, args.wrappedKeys, args.sealed, args.masterKeyIds], (row): StorePutRow => ({
    isPut: row[0],
  }));
}

export type CredentialReadArgs = {
  readonly storeId: string;
  readonly purpose: string;
};
export type CredentialReadRow = {
  readonly wrappedKey: Buffer;
  readonly sealed: Buffer;
  readonly masterKeyId: string;
};
const credentialReadText = `select c.wrapped_key, c.sealed, c.master_key_id
from store.credential c
where c.store_id = $1 and c.purpose = $2`;
/** One sealed credential of a store, to be opened by whoever is about to use it. Locks nothing. */
export function credentialRead(db: Db, args: CredentialReadArgs): Promise<CredentialReadRow | null> {
  return opt(db, "store.credentialRead", credentialReadText, [args.storeId, args.purpose], (row): CredentialReadRow => ({
    wrappedKey: row[0],
    sealed: row[1],
    masterKeyId: row[2],
  }));
}

export type PermissionPutArgs = {
  readonly storeId: string;
  readonly words: string;
  readonly link: string | null;
  readonly permittedOn: string;
  readonly recordedBy: string;
  readonly ordersAtOnce: number;
  readonly ordersPerHour: number | null;
  readonly timeZone: string;
  readonly opensAt: string | null;
  readonly closesAt: string | null;
  readonly days: readonly number[];
};
const permissionPutText = `insert into store.permission as p (store_id, words, link, permitted_on, recorded_by, orders_at_once, orders_per_hour, time_zone, opens_at, closes_at, days)
values ($1, $2, $3, ($4::text)::date, $5, $6, $7, $8, ($9::text)::time,
  ($10::text)::time, $11)
on conflict (store_id) do update
  set words = excluded.words, link = excluded.link, permitted_on = excluded.permitted_on, recorded_by = excluded.recorded_by, recorded_at = now(),
      orders_at_once = excluded.orders_at_once, orders_per_hour = excluded.orders_per_hour, time_zone = excluded.time_zone,
      opens_at = excluded.opens_at, closes_at = excluded.closes_at, days = excluded.days`;
/** Records that a store lets a browser order in its shop, and within which bounds. Locks the store's permission. */
export function permissionPut(db: Db, args: PermissionPutArgs): Promise<number> {
  return exec(db, "store.permissionPut", permissionPutText, [args.storeId, args.words, args.link, args.permittedOn, args.recordedBy, args.ordersAtOnce, args.ordersPerHour, args.timeZone, args.opensAt, args.closesAt, args.days]);
}

export type PermissionWithdrawArgs = {
  readonly storeId: string;
};
const permissionWithdrawText = `delete from store.permission p where p.store_id = $1`;
/** The store does not want it any more: no browser begins an order there from this commit on. Locks the store's permission. */
export function permissionWithdraw(db: Db, args: PermissionWithdrawArgs): Promise<number> {
  return exec(db, "store.permissionWithdraw", permissionWithdrawText, [args.storeId]);
}

export type TierSwitchArgs = {
  readonly isEnabled: boolean;
  readonly storeId: string;
  readonly position: number;
};
export type TierSwitchRow = {
  readonly method: "api" | "headless" | "manual" | "digital";
};
const tierSwitchText = `update store.tier t set is_enabled = $1 where t.store_id = $2 and t.position = $3
returning t.method`;
/** Takes a tier out of use, or into it again: orders that wait at it go on to the next. Locks the tier. */
export function tierSwitch(db: Db, args: TierSwitchArgs): Promise<TierSwitchRow | null> {
  return opt(db, "store.tierSwitch", tierSwitchText, [args.isEnabled, args.storeId, args.position], (row): TierSwitchRow => ({
    method: row[0],
  }));
}

export type TierPauseArgs = {
  readonly minutes: number | null;
  readonly reason: string;
  readonly storeId: string;
  readonly position: number | null;
};
export type TierPauseRow = {
  readonly position: number;
  readonly told: string | null;
};
const tierPauseText = `with paused as (
  insert into store.tier_gate as g (store_id, position, state, until, reason)
  select t.store_id, t.position, 'paused', now() + $1::int * interval '1 minute', $2
  from store.tier t
  where t.store_id = $3 and t.method <> 'manual' and ($4::smallint is null or t.position = $4::smallint)
  order by t.position
  on conflict (store_id, position) do update
    set state = 'paused', until = excluded.until, reason = excluded.reason, probes_left = 0, probes_good = 0, changed_at = clock_timestamp()
  returning g.store_id, g.position, g.until
)
select p.position, store.health_event_1(p.store_id, p.position, 'paused', $2, null, null, p.until)::text as told from paused p`;
/** Keeps machines from a store's tier, or from all of them, till a moment or until somebody resumes it. Locks the gates. */
export function tierPause(db: Db, args: TierPauseArgs): Promise<TierPauseRow[]> {
  return many(db, "store.tierPause", tierPauseText, [args.minutes, args.reason, args.storeId, args.position], (row): TierPauseRow => ({
    position: row[0],
    told: row[1],
  }));
}

export type TierResumeArgs = {
  readonly storeId: string;
  readonly position: number | null;
};
export type TierResumeRow = {
  readonly position: number;
  readonly told: string | null;
};
const tierResumeText = `with resumed as (
  update store.tier_gate g
  set state = 'closed', until = null, reason = null, trips = 0, probes_left = 0, probes_good = 0, changed_at = clock_timestamp()
  where g.store_id = $1 and g.state <> 'closed' and ($2::smallint is null or g.position = $2::smallint)
  returning g.store_id, g.position
)
select r.position, store.health_event_1(r.store_id, r.position, 'resumed', null, null, null, null)::text as told from resumed r`;
/** Ends pauses and rests of a store's tier, or of all of them: the next order tries it. Locks the gates. */
export function tierResume(db: Db, args: TierResumeArgs): Promise<TierResumeRow[]> {
  return many(db, "store.tierResume", tierResumeText, [args.storeId, args.position], (row): TierResumeRow => ({
    position: row[0],
    told: row[1],
  }));
}

export type HealthFoldRow = {
  readonly counted: number;
};
const healthFoldText = `select store.fold_health_1() as "counted!"`;
/** Counts what placements told since the last time, and lets the breaker judge. Does nothing while another does it. */
export function healthFold(db: Db): Promise<HealthFoldRow> {
  return one(db, "store.healthFold", healthFoldText, [], (row): HealthFoldRow => ({
    counted: row[0],
  }));
}

export type TierGatesArgs = {
  readonly storeIds: readonly string[] | null;
};
export type TierGatesRow = {
  readonly storeId: string;
  readonly position: number;
  readonly state: string;
  readonly until: Date | null;
  readonly reason: string | null;
  readonly trips: number;
};
const tierGatesText = `select t.store_id as "store_id!", t.position as "position!", s.state as "state!",
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
where $1::text[] is null or t.store_id = any($1)
order by t.store_id, t.position`;
/**
 * What stands in the way of each tier at this moment, as store.gate_1 would say, but without taking a place: of
 * those stores, or (null) of all, as the gauge of this room tells. Only retailers have tiers. Reads only.
 */
export function tierGates(db: Db, args: TierGatesArgs): Promise<TierGatesRow[]> {
  return many(db, "store.tierGates", tierGatesText, [args.storeIds], (row): TierGatesRow => ({
    storeId: row[0],
    position: row[1],
    state: row[2],
    until: row[3],
    reason: row[4],
    trips: row[5],
  }));
}

export type TierHealthArgs = {
  readonly storeIds: readonly string[];
};
export type TierHealthRow = {
  readonly span: string;
  readonly storeId: string;
  readonly position: number;
  readonly total: bigint;
  readonly placed: bigint;
  readonly refused: bigint;
  readonly unavailable: bigint;
  readonly unknown: bigint;
  readonly p50Ms: number | null;
  readonly p95Ms: number | null;
  readonly reasons: unknown;
};
const tierHealthText = `with spans (span, since) as (values ('quarter', now() - interval '15 minutes'), ('day', now() - interval '24 hours')),
counted as (
  select sp.span, h.store_id, h.position, h.outcome, h.reason, h.speed, sum(h.count) as n
  from store.health_minute h join spans sp on h.minute >= sp.since
  where h.store_id = any($1::text[])
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
group by c.span, c.store_id, c.position`;
/**
 * What came of the tries with each tier of these stores in the last quarter of an hour and the last day, from what is counted by the minute.
 * How long they took comes out of the logarithm they are counted by. Reads only.
 */
export function tierHealth(db: Db, args: TierHealthArgs): Promise<TierHealthRow[]> {
  return many(db, "store.tierHealth", tierHealthText, [args.storeIds], (row): TierHealthRow => ({
    span: row[0],
    storeId: row[1],
    position: row[2],
    total: row[3],
    placed: row[4],
    refused: row[5],
    unavailable: row[6],
    unknown: row[7],
    p50Ms: row[8],
    p95Ms: row[9],
    reasons: row[10],
  }));
}

export type HealthEventsArgs = {
  readonly storeId: string | null;
  readonly beforeId: bigint | null;
  readonly limit: number;
};
export type HealthEventsRow = {
  readonly eventId: bigint;
  readonly at: Date;
  readonly storeId: string;
  readonly storeName: string;
  readonly position: number;
  readonly method: "api" | "headless" | "manual" | "digital";
  readonly kind: string;
  readonly reason: string | null;
  readonly bad: number | null;
  readonly total: number | null;
  readonly until: Date | null;
};
const healthEventsText = `select e.event_id, e.at, e.store_id, s.name as store_name, e.position, e.method, e.kind, e.reason, e.bad, e.total, e.until
from store.health_event e join store.store s using (store_id)
where ($1::text is null or e.store_id = $1) and ($2::bigint is null or e.event_id < $2)
order by e.event_id desc limit $3::int`;
/** What befell the stores' tiers, newest first, from below a place in the list; or one of them. Reads only. */
export function healthEvents(db: Db, args: HealthEventsArgs): Promise<HealthEventsRow[]> {
  return many(db, "store.healthEvents", healthEventsText, [args.storeId, args.beforeId, args.limit], (row): HealthEventsRow => ({
    eventId: row[0],
    at: row[1],
    storeId: row[2],
    storeName: row[3],
    position: row[4],
    method: row[5],
    kind: row[6],
    reason: row[7],
    bad: row[8],
    total: row[9],
    until: row[10],
  }));
}

export type CredentialsUnderArgs = {
  readonly masterKeyId: string;
  readonly afterStoreId: string;
  readonly afterPurpose: string;
};
export type CredentialsUnderRow = {
  readonly storeId: string;
  readonly purpose: string;
  readonly wrappedKey: Buffer;
  readonly sealed: Buffer;
  readonly masterKeyId: string;
};
const credentialsUnderText = `select c.store_id, c.purpose, c.wrapped_key, c.sealed, c.master_key_id
from store.credential c
where c.master_key_id <> $1 and (c.store_id, c.purpose) > ($2, $3)
order by c.store_id, c.purpose limit 100`;
/** Credentials that another master key than this one wraps, some of them after a place in the list. Locks nothing. */
export function credentialsUnder(db: Db, args: CredentialsUnderArgs): Promise<CredentialsUnderRow[]> {
  return many(db, "store.credentialsUnder", credentialsUnderText, [args.masterKeyId, args.afterStoreId, args.afterPurpose], (row): CredentialsUnderRow => ({
    storeId: row[0],
    purpose: row[1],
    wrappedKey: row[2],
    sealed: row[3],
    masterKeyId: row[4],
  }));
}

export type CredentialRewrapArgs = {
  readonly wrappedKey: Uint8Array;
  readonly masterKeyId: string;
  readonly storeId: string;
  readonly purpose: string;
  readonly oldWrappedKey: Uint8Array;
};
export type CredentialRewrapRow = {
  readonly storeId: string;
};
const credentialRewrapText = `update store.credential c set wrapped_key = $1, master_key_id = $2, updated_at = now()
where c.store_id = $3 and c.purpose = $4 and c.wrapped_key = $5
returning c.store_id`;
/** The same credential with its key under another master key; nothing where it was written anew meanwhile. Locks the row. */
export function credentialRewrap(db: Db, args: CredentialRewrapArgs): Promise<CredentialRewrapRow | null> {
  return opt(db, "store.credentialRewrap", credentialRewrapText, [args.wrappedKey, args.masterKeyId, args.storeId, args.purpose, args.oldWrappedKey], (row): CredentialRewrapRow => ({
    storeId: row[0],
  }));
}
