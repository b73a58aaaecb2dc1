// Generated from store.sql by tools/sqlgen.ts. Do not edit.
import { many, one, opt, type Db } from "#platform/db/query.ts";

export type StoreListArgs = {
  readonly storeId: string | null;
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
  readonly updatedAt: Date;
  readonly tiers: unknown;
  readonly credentialPurposes: readonly string[];
};
const storeListText = `select s.store_id, s.name, s.description, s.kind, s.currency, s.homepage, s.owner_account_id, s.return_policy, s.texts, s.price_margin_bp,
  s.is_active, s.updated_at,
  (select coalesce(jsonb_agg(jsonb_build_object('position', t.position, 'method', t.method, 'connector', t.connector,
      'baseUrl', t.base_url, 'isEnabled', t.is_enabled, 'triesMax', t.tries_max, 'timeoutMs', t.timeout_ms) order by t.position), '[]')
    from store.tier t where t.store_id = s.store_id) as "tiers!",
  array(select c.purpose from store.credential c where c.store_id = s.store_id order by c.purpose) as "credential_purposes!"
from store.store s
where $1::text is null or s.store_id = $1
order by s.name, s.store_id`;
/** All stores, for ops and for those who import their feeds. Locks nothing. */
export function storeList(db: Db, args: StoreListArgs): Promise<StoreListRow[]> {
  return many(db, "store.storeList", storeListText, [args.storeId], (row): StoreListRow => ({
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
    updatedAt: row[11],
    tiers: row[12],
    credentialPurposes: row[13],
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
  insert into store.store as s (store_id, name, description, kind, currency, homepage, owner_account_id, return_policy, texts, price_margin_bp, is_active)
  values ($1, $2, $3, $4, $5, $6, $7, $8, coalesce($9::jsonb, '{}'), $10,
    $11)
  on conflict (store_id) do update
    set name = excluded.name, description = excluded.description, homepage = excluded.homepage, owner_account_id = excluded.owner_account_id,
        return_policy = excluded.return_policy, texts = coalesce($9::jsonb, s.texts), price_margin_bp = excluded.price_margin_bp, is_active = excluded.is_active, updated_at = now()
    where s.kind = excluded.kind and s.currency = excluded.currency
  returning s.store_id
), tier as (
  select p.store_id, t.position, t.method, t.connector, t.base_url, t.is_enabled, t.tries_max, t.timeout_ms
  from put p
  cross join jsonb_to_recordset($12) as t (position smallint, method store.placement_method, connector text, base_url text,
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
  cross join unnest($13::text[], $14::bytea[], $15::bytea[], $16::text[])
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
  return one(db, "store.storePut", storePutText, [args.storeId, args.name, args.description, args.kind, args.currency, args.homepage, args.ownerAccountId, args.returnPolicy, args.texts === null ? null : JSON.stringify(args.texts), args.priceMarginBp, args.isActive, JSON.stringify(args.tiers), args.purposes, args.wrappedKeys, args.sealed, args.masterKeyIds], (row): StorePutRow => ({
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
