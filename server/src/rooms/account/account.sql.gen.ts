// Generated from account.sql by tools/sqlgen.ts. Do not edit.
import { exec, many, one, opt, type Db } from "#platform/db/query.ts";

export type SessionFindArgs = {
  readonly token: string;
};
export type SessionFindRow = {
  readonly userId: string;
  readonly isAnonymous: boolean;
  readonly role: "shopper" | "seller" | "ops" | "admin";
  readonly hasSecondFactor: boolean;
};
const sessionFindText = `select s.user_id, u.is_anonymous, u.role, s.second_factor_at is not null and u.two_factor_enabled as "has_second_factor!"
from account.session s
join account."user" u on u.id = s.user_id
where s.token = $1 and s.expires_at > now()`;
/**
 * The account a session's token stands for, while it lasts. Asked with almost every request that is not in memory, so
 * it is one prepared statement on two unique keys. Locks nothing.
 */
export function sessionFind(db: Db, args: SessionFindArgs): Promise<SessionFindRow | null> {
  return opt(db, "account.sessionFind", sessionFindText, [args.token], (row): SessionFindRow => ({
    userId: row[0],
    isAnonymous: row[1],
    role: row[2],
    hasSecondFactor: row[3],
  }));
}

export type AnonymousCreateArgs = {
  readonly accountId: string;
  readonly email: string;
  readonly sessionId: string;
  readonly token: string;
  readonly lastsS: number;
  readonly ipAddress: string;
  readonly userAgent: string;
};
export type AnonymousCreateRow = {
  readonly userId: string;
};
const anonymousCreateText = `with visitor as (
  insert into account."user" (id, name, email, is_anonymous)
  values ($1, 'Anonymous', $2, true)
  returning id
)
insert into account.session (id, token, user_id, expires_at, ip_address, user_agent)
select $3, $4, v.id, now() + make_interval(secs => $5), $6, $7
from visitor v
returning user_id`;
/**
 * A visitor's account and its first session, in one round trip; better-auth needs two statements in a transaction
 * (docs/decisions/0013). Both rows are what it would write. Locks nothing that exists.
 */
export function anonymousCreate(db: Db, args: AnonymousCreateArgs): Promise<AnonymousCreateRow> {
  return one(db, "account.anonymousCreate", anonymousCreateText, [args.accountId, args.email, args.sessionId, args.token, args.lastsS, args.ipAddress, args.userAgent], (row): AnonymousCreateRow => ({
    userId: row[0],
  }));
}

export type VisitorEnterArgs = {
  readonly sessionId: string;
  readonly token: string;
  readonly lastsS: number;
  readonly ipAddress: string;
  readonly userAgent: string;
  readonly accountId: string;
};
export type VisitorEnterRow = {
  readonly userId: string;
};
const visitorEnterText = `insert into account.session (id, token, user_id, expires_at, ip_address, user_agent)
select $1, $2, u.id, now() + make_interval(secs => $3), $4, $5
from account."user" u
where u.id = $6 and u.is_anonymous and not exists (select from account.merge m where m.from_account_id = u.id)
returning user_id`;
/**
 * A session of a visitor's account for somebody who has proved that it is theirs. No row where it became a person's, who signs
 * in instead, or was erased. Locks nothing that exists.
 */
export function visitorEnter(db: Db, args: VisitorEnterArgs): Promise<VisitorEnterRow | null> {
  return opt(db, "account.visitorEnter", visitorEnterText, [args.sessionId, args.token, args.lastsS, args.ipAddress, args.userAgent, args.accountId], (row): VisitorEnterRow => ({
    userId: row[0],
  }));
}

export type SignInLinkPutArgs = {
  readonly id: string;
  readonly tokenHash: string;
  readonly goodForSeconds: number;
  readonly email: string;
};
export type SignInLinkPutRow = {
  readonly id: string;
};
const signInLinkPutText = `insert into account.verification (id, identifier, value, expires_at)
select $1, $2, json_build_object('email', u.email)::text, now() + make_interval(secs => $3)
from account."user" u
where u.email = $4 and not u.is_anonymous and not u.two_factor_enabled
returning id`;
/**
 * The digest of a sign-in link's token, as better-auth would write it. No row where no person has the address, or where a link
 * would go round their second factor. Locks nothing that exists.
 */
export function signInLinkPut(db: Db, args: SignInLinkPutArgs): Promise<SignInLinkPutRow | null> {
  return opt(db, "account.signInLinkPut", signInLinkPutText, [args.id, args.tokenHash, args.goodForSeconds, args.email], (row): SignInLinkPutRow => ({
    id: row[0],
  }));
}

export type VerificationDeleteOldArgs = {
  readonly countMax: bigint;
};
const verificationDeleteOldText = `delete from account.verification v
using (
  select o.id from account.verification o
  where o.expires_at <= now()
  limit $1
  for update skip locked
) old
where v.id = old.id`;
/** Hourly housekeeping: one-time secrets that are over, a bounded number at once. Locks the rows it deletes and skips those in use. */
export function verificationDeleteOld(db: Db, args: VerificationDeleteOldArgs): Promise<number> {
  return exec(db, "account.verificationDeleteOld", verificationDeleteOldText, [args.countMax]);
}

export type AccountFindArgs = {
  readonly accountId: string;
};
export type AccountFindRow = {
  readonly id: string;
  readonly isAnonymous: boolean;
  readonly role: "shopper" | "seller" | "ops" | "admin";
  readonly email: string;
  readonly name: string;
};
const accountFindText = `select u.id, u.is_anonymous, u.role, u.email, u.name
from account."user" u
where u.id = $1`;
/** Who an account is, for the person themselves and for mail to them. Locks nothing. */
export function accountFind(db: Db, args: AccountFindArgs): Promise<AccountFindRow | null> {
  return opt(db, "account.accountFind", accountFindText, [args.accountId], (row): AccountFindRow => ({
    id: row[0],
    isAnonymous: row[1],
    role: row[2],
    email: row[3],
    name: row[4],
  }));
}

export type PeopleOfDeskRow = {
  readonly accountId: string;
  readonly name: string;
  readonly role: "shopper" | "seller" | "ops" | "admin";
};
const peopleOfDeskText = `select u.id as account_id, u.name, u.role from account."user" u
where not u.is_anonymous and u.role in ('ops', 'admin') order by u.name, u.id limit 1000`;
/** Who works at the desk, by name, so that colleagues read of each other. Locks nothing. */
export function peopleOfDesk(db: Db): Promise<PeopleOfDeskRow[]> {
  return many(db, "account.peopleOfDesk", peopleOfDeskText, [], (row): PeopleOfDeskRow => ({
    accountId: row[0],
    name: row[1],
    role: row[2],
  }));
}

export type MergeRecordArgs = {
  readonly fromAccountId: string;
  readonly toAccountId: string;
};
export type MergeRecordRow = {
  readonly fromAccountId: string;
};
const mergeRecordText = `with visitor as (
  select u.id from account."user" u
  where u.id = $1 and u.is_anonymous
  for update
), ended as (
  delete from account.session s using visitor v where s.user_id = v.id
)
insert into account.merge as m (from_account_id, to_account_id)
select v.id, $2 from visitor v
on conflict (from_account_id) do nothing
returning m.from_account_id`;
/**
 * Notes that a visitor's account is a person's from now on, and ends the visitor's sessions. No row when it was noted
 * before, or when the first is no visitor's account. Locks the visitor's row, so two sign-ins at once take turns.
 */
export function mergeRecord(db: Db, args: MergeRecordArgs): Promise<MergeRecordRow | null> {
  return opt(db, "account.mergeRecord", mergeRecordText, [args.fromAccountId, args.toAccountId], (row): MergeRecordRow => ({
    fromAccountId: row[0],
  }));
}

export type RoleSetArgs = {
  readonly role: "shopper" | "seller" | "ops" | "admin";
  readonly accountId: string;
};
export type RoleSetRow = {
  readonly id: string;
};
const roleSetText = `update account."user" u set role = $1, updated_at = now()
where u.id = $2 and not u.is_anonymous
returning u.id`;
/** Gives a person a role. The trigger tells every process, so it holds at once. Locks the account's row. */
export function roleSet(db: Db, args: RoleSetArgs): Promise<RoleSetRow | null> {
  return opt(db, "account.roleSet", roleSetText, [args.role, args.accountId], (row): RoleSetRow => ({
    id: row[0],
  }));
}

export type PersonFindArgs = {
  readonly email: string;
};
export type PersonFindRow = {
  readonly id: string;
};
const personFindText = `select u.id from account."user" u where u.email = $1`;
/** Whether a person exists already, before a password is hashed for nothing. Locks nothing. */
export function personFind(db: Db, args: PersonFindArgs): Promise<PersonFindRow | null> {
  return opt(db, "account.personFind", personFindText, [args.email], (row): PersonFindRow => ({
    id: row[0],
  }));
}

export type PersonPutArgs = {
  readonly accountId: string;
  readonly name: string;
  readonly email: string;
  readonly role: "shopper" | "seller" | "ops" | "admin";
  readonly signInId: string;
  readonly passwordHash: string;
};
export type PersonPutRow = {
  readonly accountId: string;
};
const personPutText = `with person as (
  insert into account."user" as u (id, name, email, email_verified, role)
  values ($1, $2, $3, true, $4)
  on conflict (email) do update set role = excluded.role
  returning u.id
), signs_in as (
  insert into account.sign_in (id, account_id, provider_id, user_id, password)
  select $5, p.id, 'credential', p.id, $6 from person p
  on conflict (provider_id, account_id) do nothing
)
select p.id as "account_id!" from person p`;
/**
 * A person with a password, as better-auth would write them; running it again changes nothing. For the people the
 * sandbox has from the start. Locks the person's row.
 */
export function personPut(db: Db, args: PersonPutArgs): Promise<PersonPutRow> {
  return one(db, "account.personPut", personPutText, [args.accountId, args.name, args.email, args.role, args.signInId, args.passwordHash], (row): PersonPutRow => ({
    accountId: row[0],
  }));
}

export type RateLimitTakeArgs = {
  readonly key: string;
  readonly windowS: number;
  readonly countMax: number;
};
export type RateLimitTakeRow = {
  readonly isAllowed: boolean;
  readonly retryAfterS: number;
};
const rateLimitTakeText = `select t.is_allowed as "is_allowed!", t.retry_after_s as "retry_after_s!"
from account.rate_limit_take_1($1, $2, $3) t`;
/** Counts an attempt and answers whether it is within the limit. Locks the counter's row. */
export function rateLimitTake(db: Db, args: RateLimitTakeArgs): Promise<RateLimitTakeRow> {
  return one(db, "account.rateLimitTake", rateLimitTakeText, [args.key, args.windowS, args.countMax], (row): RateLimitTakeRow => ({
    isAllowed: row[0],
    retryAfterS: row[1],
  }));
}

export type RateLimitLookArgs = {
  readonly key: string;
  readonly countMax: number;
};
export type RateLimitLookRow = {
  readonly retryAfterS: number;
};
const rateLimitLookText = `select coalesce(max(ceil(extract(epoch from r.window_ends_at - now())))::int, 0) as "retry_after_s!"
from account.rate_limit r
where r.key = $1 and r.window_ends_at > now() and r.count >= $2::int`;
/** How long somebody who has used up their attempts must wait; 0 when they have not. Locks nothing. */
export function rateLimitLook(db: Db, args: RateLimitLookArgs): Promise<RateLimitLookRow> {
  return one(db, "account.rateLimitLook", rateLimitLookText, [args.key, args.countMax], (row): RateLimitLookRow => ({
    retryAfterS: row[0],
  }));
}

export type SessionDeleteExpiredArgs = {
  readonly countMax: bigint;
};
const sessionDeleteExpiredText = `delete from account.session s
using (
  select e.id from account.session e
  where e.expires_at <= now()
  order by e.expires_at
  limit $1
  for update skip locked
) old
where s.id = old.id`;
/** Hourly housekeeping, a bounded number at once. Locks the rows it deletes and skips those in use. */
export function sessionDeleteExpired(db: Db, args: SessionDeleteExpiredArgs): Promise<number> {
  return exec(db, "account.sessionDeleteExpired", sessionDeleteExpiredText, [args.countMax]);
}

export type RateLimitDeleteOldArgs = {
  readonly countMax: bigint;
};
const rateLimitDeleteOldText = `delete from account.rate_limit r
using (
  select o.key from account.rate_limit o
  where o.window_ends_at <= now()
  limit $1
  for update skip locked
) old
where r.key = old.key`;
/** Hourly housekeeping: counters whose window is over. Locks the rows it deletes and skips those in use. */
export function rateLimitDeleteOld(db: Db, args: RateLimitDeleteOldArgs): Promise<number> {
  return exec(db, "account.rateLimitDeleteOld", rateLimitDeleteOldText, [args.countMax]);
}
