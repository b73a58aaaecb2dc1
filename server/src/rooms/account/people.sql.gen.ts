// Generated from people.sql by tools/sqlgen.ts. Do not edit.
import { many, opt, type Db } from "#platform/db/query.ts";

export type PersonByEmailArgs = {
  readonly email: string;
};
export type PersonByEmailRow = {
  readonly accountId: string;
  readonly email: string;
  readonly role: "shopper" | "seller" | "ops" | "admin";
  readonly isEmailVerified: boolean;
};
const personByEmailText = `select u.id as account_id, u.email, u.role, u.email_verified as is_email_verified
from account."user" u
where u.email = $1 and not u.is_anonymous`;
/** The person whose address this is, for an administrator who is about to give them a role. Locks nothing. */
export function personByEmail(db: Db, args: PersonByEmailArgs): Promise<PersonByEmailRow | null> {
  return opt(db, "account.personByEmail", personByEmailText, [args.email], (row): PersonByEmailRow => ({
    accountId: row[0],
    email: row[1],
    role: row[2],
    isEmailVerified: row[3],
  }));
}

export type PeopleLockArgs = {
  readonly accountIds: readonly string[];
};
export type PeopleLockRow = {
  readonly accountId: string;
  readonly role: "shopper" | "seller" | "ops" | "admin";
  readonly isEmailVerified: boolean;
};
const peopleLockText = `select u.id as account_id, u.role, u.email_verified as is_email_verified
from account."user" u
where u.id = any ($1::text[]) and not u.is_anonymous
order by u.id
for update`;
/**
 * Whoever gives a role and whoever gets one. Locks both rows, by id: two administrators who take each other's role away take
 * turns, and the second finds that they are none any more.
 */
export function peopleLock(db: Db, args: PeopleLockArgs): Promise<PeopleLockRow[]> {
  return many(db, "account.peopleLock", peopleLockText, [args.accountIds], (row): PeopleLockRow => ({
    accountId: row[0],
    role: row[1],
    isEmailVerified: row[2],
  }));
}

export type RoleChangeArgs = {
  readonly role: "shopper" | "seller" | "ops" | "admin";
  readonly accountId: string;
  readonly endsSessions: boolean;
};
export type RoleChangeRow = {
  readonly accountId: string;
};
const roleChangeText = `with changed as (
  update account."user" u set role = $1, updated_at = now()
  where u.id = $2 and not u.is_anonymous
  returning u.id
), ended as (
  delete from account.session s using changed c
  where s.user_id = c.id and $3::boolean
)
select c.id as "account_id!" from changed c`;
/**
 * Gives a person a role, and ends their sessions where the role before let them do more. The triggers tell every process, so both
 * hold at once. Locks the account's row, which the caller holds already, and its sessions.
 */
export function roleChange(db: Db, args: RoleChangeArgs): Promise<RoleChangeRow | null> {
  return opt(db, "account.roleChange", roleChangeText, [args.role, args.accountId, args.endsSessions], (row): RoleChangeRow => ({
    accountId: row[0],
  }));
}

export type PasswordPutArgs = {
  readonly freshForS: number;
  readonly token: string;
  readonly signInId: string;
  readonly passwordHash: string;
};
export type PasswordPutRow = {
  readonly isFresh: boolean;
  readonly isPut: boolean;
};
const passwordPutText = `with caller as (
  select u.id, s.created_at > now() - make_interval(secs => $1) as is_fresh
  from account.session s
  join account."user" u on u.id = s.user_id
  where s.token = $2 and s.expires_at > now() and not u.is_anonymous
), put as (
  insert into account.sign_in (id, account_id, provider_id, user_id, password)
  select $3, c.id, 'credential', c.id, $4 from caller c where c.is_fresh
  on conflict (provider_id, account_id) do nothing
  returning id
)
select c.is_fresh as "is_fresh!", exists (select from put) as "is_put!" from caller c`;
/**
 * A password for whoever has none, in a session that has just begun. No row where the session is over or is a visitor's. Locks
 * nothing that exists; two at once meet at the unique key, and the first stays.
 */
export function passwordPut(db: Db, args: PasswordPutArgs): Promise<PasswordPutRow | null> {
  return opt(db, "account.passwordPut", passwordPutText, [args.freshForS, args.token, args.signInId, args.passwordHash], (row): PasswordPutRow => ({
    isFresh: row[0],
    isPut: row[1],
  }));
}
