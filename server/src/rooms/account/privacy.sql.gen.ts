// Generated from privacy.sql by tools/sqlgen.ts. Do not edit.
import { exec, many, one, opt, type Db } from "#platform/db/query.ts";

export type AccountIdsArgs = {
  readonly accountId: string;
};
export type AccountIdsRow = {
  readonly id: string;
};
const accountIdsText = `with recursive mine (id) as (
  select $1::text
  union
  select m.from_account_id from account.merge m join mine on mine.id = m.to_account_id
)
select mine.id as "id!" from mine`;
/**
 * An account and every visitor's that became part of it: whatever arrived late may still stand under one of theirs. Reads
 * only.
 */
export function accountIds(db: Db, args: AccountIdsArgs): Promise<AccountIdsRow[]> {
  return many(db, "account.accountIds", accountIdsText, [args.accountId], (row): AccountIdsRow => ({
    id: row[0],
  }));
}

export type AccountExportArgs = {
  readonly accountIds: readonly string[];
};
export type AccountExportRow = {
  readonly accounts: unknown;
};
const accountExportText = `select coalesce(jsonb_agg(jsonb_build_object('accountId', u.id, 'isAnonymous', u.is_anonymous, 'role', u.role,
    'name', case when not u.is_anonymous then u.name end, 'email', case when not u.is_anonymous then u.email end,
    'createdAt', u.created_at, 'twoFactor', u.two_factor_enabled,
    'signIns', (select jsonb_agg(jsonb_build_object('provider', i.provider_id, 'createdAt', i.created_at))
      from account.sign_in i where i.user_id = u.id),
    'sessions', (select jsonb_agg(jsonb_build_object('createdAt', s.created_at, 'expiresAt', s.expires_at, 'address', s.ip_address,
        'userAgent', s.user_agent) order by s.created_at) from account.session s where s.user_id = u.id))
    order by u.created_at), '[]') as "accounts!"
from account."user" u
where u.id = any ($1::text[])`;
/**
 * Who somebody is to us, for their copy of all that is kept of them. Secrets are theirs to know, not ours to show. Reads
 * only.
 */
export function accountExport(db: Db, args: AccountExportArgs): Promise<AccountExportRow> {
  return one(db, "account.accountExport", accountExportText, [args.accountIds], (row): AccountExportRow => ({
    accounts: row[0],
  }));
}

export type PasswordFindArgs = {
  readonly accountId: string;
};
export type PasswordFindRow = {
  readonly password: string | null;
  readonly email: string;
};
const passwordFindText = `select i.password, u.email
from account.sign_in i
join account."user" u on u.id = i.user_id
where i.user_id = $1 and i.provider_id = 'credential'`;
/** The hash to hold a given password against, where an account has one. Locks nothing. */
export function passwordFind(db: Db, args: PasswordFindArgs): Promise<PasswordFindRow | null> {
  return opt(db, "account.passwordFind", passwordFindText, [args.accountId], (row): PasswordFindRow => ({
    password: row[0],
    email: row[1],
  }));
}

export type StoresOwnedArgs = {
  readonly accountIds: readonly string[];
};
export type StoresOwnedRow = {
  readonly stores: bigint;
};
const storesOwnedText = `select count(*) as "stores!" from store.store s where s.owner_account_id = any ($1::text[]) and s.kind = 'retailer' and s.is_active`;
/** Retailers' stores that would be left without their owner; of sellers' own the seller room knows. Reads only. */
export function storesOwned(db: Db, args: StoresOwnedArgs): Promise<StoresOwnedRow> {
  return one(db, "account.storesOwned", storesOwnedText, [args.accountIds], (row): StoresOwnedRow => ({
    stores: row[0],
  }));
}

export type AccountEraseArgs = {
  readonly accountIds: readonly string[];
};
const accountEraseText = `with sessions as (
  delete from account.session s where s.user_id = any ($1::text[])
), sign_ins as (
  delete from account.sign_in i where i.user_id = any ($1::text[])
), second_factors as (
  delete from account.two_factor t where t.user_id = any ($1::text[])
), secrets as (
  delete from account.verification v
  where v.value = any ($1::text[])
    or v.identifier in (select u.email from account."user" u where u.id = any ($1::text[]))
    or exists (select from account."user" u where u.id = any ($1::text[]) and position('"' || u.email || '"' in v.value) > 0)
)
update account."user" u
set name = 'Erased', email = 'erased-' || u.id || '@anonymous.invalid', email_verified = false, image = null, is_anonymous = true,
  role = 'shopper', two_factor_enabled = false, updated_at = now()
where u.id = any ($1::text[])`;
/**
 * Ends a person: sessions, passwords, second factors and all that is known of them. Their id stays, leading to nobody, as
 * orders and payments hang on it. The triggers tell every process. Locks the account's rows.
 */
export function accountErase(db: Db, args: AccountEraseArgs): Promise<number> {
  return exec(db, "account.accountErase", accountEraseText, [args.accountIds]);
}

export type VisitorsStaleArgs = {
  readonly countMax: number;
};
export type VisitorsStaleRow = {
  readonly id: string;
};
const visitorsStaleText = `select u.id from account."user" u
where u.is_anonymous and u.created_at < now() - interval '60 days'
  and not exists (select from account.session s where s.user_id = u.id)
  and not exists (select from account.merge m where m.from_account_id = u.id or m.to_account_id = u.id)
  and not exists (select from payment.payment p where p.account_id = u.id)
  and not exists (select from orders.store_order o where o.account_id = u.id)
order by u.created_at
limit $1::int
for update of u skip locked`;
/**
 * Visitors of two months ago who never came back and never paid, a bounded number at once. Locks their rows, skips those in
 * use.
 */
export function visitorsStale(db: Db, args: VisitorsStaleArgs): Promise<VisitorsStaleRow[]> {
  return many(db, "account.visitorsStale", visitorsStaleText, [args.countMax], (row): VisitorsStaleRow => ({
    id: row[0],
  }));
}

export type VisitorsDeleteArgs = {
  readonly accountIds: readonly string[];
};
const visitorsDeleteText = `delete from account."user" u where u.id = any ($1::text[]) and u.is_anonymous`;
/** Removes visitors of whom nothing is left. Locks the rows. */
export function visitorsDelete(db: Db, args: VisitorsDeleteArgs): Promise<number> {
  return exec(db, "account.visitorsDelete", visitorsDeleteText, [args.accountIds]);
}
