// Generated from address.sql by tools/sqlgen.ts. Do not edit.
import { exec, many, one, opt, type Db } from "#platform/db/query.ts";

export type AddressListArgs = {
  readonly accountId: string;
};
export type AddressListRow = {
  readonly addressId: string;
  readonly name: string;
  readonly address1: string;
  readonly address2: string | null;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly country: string;
  readonly phone: string | null;
  readonly createdAt: Date;
};
const addressListText = `select a.address_id, a.name, a.address1, a.address2, a.city, a.state, a.zip, a.country, a.phone, a.created_at
from address.saved_address a
where a.account_id = $1
order by a.preferred_at desc nulls last, a.created_at, a.address_id`;
/** Somebody's addresses, the default first. Reads only. */
export function addressList(db: Db, args: AddressListArgs): Promise<AddressListRow[]> {
  return many(db, "address.addressList", addressListText, [args.accountId], (row): AddressListRow => ({
    addressId: row[0],
    name: row[1],
    address1: row[2],
    address2: row[3],
    city: row[4],
    state: row[5],
    zip: row[6],
    country: row[7],
    phone: row[8],
    createdAt: row[9],
  }));
}

export type AddressSaveArgs = {
  readonly addressId: string;
  readonly accountId: string;
  readonly name: string;
  readonly address1: string;
  readonly address2: string | null;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly country: string;
  readonly phone: string | null;
  readonly addressKey: string;
  readonly isPreferred: boolean;
  readonly countMax: bigint;
};
export type AddressSaveRow = {
  readonly addressId: string;
};
const addressSaveText = `insert into address.saved_address as a (address_id, account_id, name, address1, address2, city, state, zip, country, phone, address_key, preferred_at)
select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,
  case when $12::boolean then clock_timestamp() end
where exists (select from address.saved_address k where k.account_id = $2 and k.address_key = $11)
  or (select count(*) from address.saved_address k where k.account_id = $2) < $13
on conflict (account_id, address_key) do update
  set name = excluded.name, address1 = excluded.address1, address2 = excluded.address2, city = excluded.city, zip = excluded.zip,
      phone = coalesce(excluded.phone, a.phone), preferred_at = coalesce(excluded.preferred_at, a.preferred_at), updated_at = now()
returning a.address_id`;
/**
 * Keeps an address; the same one again is brought up to date. No row: there are too many already. Two that race may end
 * one above the limit, which does no harm. Locks the address.
 */
export function addressSave(db: Db, args: AddressSaveArgs): Promise<AddressSaveRow | null> {
  return opt(db, "address.addressSave", addressSaveText, [args.addressId, args.accountId, args.name, args.address1, args.address2, args.city, args.state, args.zip, args.country, args.phone, args.addressKey, args.isPreferred, args.countMax], (row): AddressSaveRow => ({
    addressId: row[0],
  }));
}

export type AddressChangeArgs = {
  readonly addressId: string;
  readonly accountId: string;
  readonly addressKey: string;
  readonly name: string;
  readonly address1: string;
  readonly address2: string | null;
  readonly city: string;
  readonly state: string;
  readonly zip: string;
  readonly country: string;
  readonly phone: string | null;
  readonly isPreferred: boolean;
};
export type AddressChangeRow = {
  readonly addressId: string;
};
const addressChangeText = `with own as (
  select a.address_id, a.preferred_at from address.saved_address a where a.address_id = $1 and a.account_id = $2 for update
), twin as (
  select a.address_id from address.saved_address a, own
  where a.account_id = $2 and a.address_key = $3 and a.address_id <> own.address_id
), gone as (
  delete from address.saved_address a using own, twin where a.address_id = own.address_id
)
update address.saved_address a
set name = $4, address1 = $5, address2 = $6, city = $7, state = $8, zip = $9, country = $10, phone = $11,
    address_key = $3, updated_at = now(),
    preferred_at = case when $12::boolean then clock_timestamp() else greatest(a.preferred_at, own.preferred_at) end
from own
where a.address_id = coalesce((select t.address_id from twin t), own.address_id)
returning a.address_id`;
/**
 * Writes an address anew. Where that makes it the same as another one the two become one, the other. No row: it is not
 * there, or not theirs (P3). Locks both.
 */
export function addressChange(db: Db, args: AddressChangeArgs): Promise<AddressChangeRow | null> {
  return opt(db, "address.addressChange", addressChangeText, [args.addressId, args.accountId, args.addressKey, args.name, args.address1, args.address2, args.city, args.state, args.zip, args.country, args.phone, args.isPreferred], (row): AddressChangeRow => ({
    addressId: row[0],
  }));
}

export type AddressPreferArgs = {
  readonly addressId: string;
  readonly accountId: string;
};
export type AddressPreferRow = {
  readonly addressId: string;
};
const addressPreferText = `update address.saved_address a set preferred_at = clock_timestamp()
where a.address_id = $1 and a.account_id = $2
returning a.address_id`;
/** Makes an address the default. No row: it is not there, or not theirs (P3). Locks it. */
export function addressPrefer(db: Db, args: AddressPreferArgs): Promise<AddressPreferRow | null> {
  return opt(db, "address.addressPrefer", addressPreferText, [args.addressId, args.accountId], (row): AddressPreferRow => ({
    addressId: row[0],
  }));
}

export type AddressRemoveArgs = {
  readonly addressId: string;
  readonly accountId: string;
};
export type AddressRemoveRow = {
  readonly addressId: string;
};
const addressRemoveText = `delete from address.saved_address a where a.address_id = $1 and a.account_id = $2
returning a.address_id`;
/** Forgets an address. No row: it is not there, or not theirs (P3). Locks it. */
export function addressRemove(db: Db, args: AddressRemoveArgs): Promise<AddressRemoveRow | null> {
  return opt(db, "address.addressRemove", addressRemoveText, [args.addressId, args.accountId], (row): AddressRemoveRow => ({
    addressId: row[0],
  }));
}

export type AddressesAdoptArgs = {
  readonly fromAccountId: string;
  readonly toAccountId: string;
};
const addressesAdoptText = `with known as (
  delete from address.saved_address a
  where a.account_id = $1 and exists (
    select from address.saved_address k where k.account_id = $2 and k.address_key = a.address_key)
  returning a.address_id
)
update address.saved_address a set account_id = $2
where a.account_id = $1 and a.address_id not in (select k.address_id from known k)`;
/**
 * A visitor turned out to be somebody: their addresses are that person's from now on, but for those the person has.
 * Locks the visitor's.
 */
export function addressesAdopt(db: Db, args: AddressesAdoptArgs): Promise<number> {
  return exec(db, "address.addressesAdopt", addressesAdoptText, [args.fromAccountId, args.toAccountId]);
}

export type AddressesExportArgs = {
  readonly accountIds: readonly string[];
};
export type AddressesExportRow = {
  readonly addresses: unknown;
};
const addressesExportText = `select coalesce(jsonb_agg(jsonb_build_object('name', a.name, 'address1', a.address1, 'address2', a.address2, 'city', a.city, 'state', a.state,
    'zip', a.zip, 'country', a.country, 'phone', a.phone, 'savedAt', a.created_at) order by a.created_at, a.address_id), '[]') as "addresses!"
from address.saved_address a
where a.account_id = any ($1::text[])`;
/** Somebody's addresses, for their copy of all that is kept of them. Reads only. */
export function addressesExport(db: Db, args: AddressesExportArgs): Promise<AddressesExportRow> {
  return one(db, "address.addressesExport", addressesExportText, [args.accountIds], (row): AddressesExportRow => ({
    addresses: row[0],
  }));
}

export type AddressesEraseArgs = {
  readonly accountIds: readonly string[];
};
const addressesEraseText = `delete from address.saved_address a where a.account_id = any ($1::text[])`;
/** Somebody's addresses go with them. Locks them. */
export function addressesErase(db: Db, args: AddressesEraseArgs): Promise<number> {
  return exec(db, "address.addressesErase", addressesEraseText, [args.accountIds]);
}
