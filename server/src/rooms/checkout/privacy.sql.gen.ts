// Generated from privacy.sql by tools/sqlgen.ts. Do not edit.
import { exec, many, one, type Db } from "#platform/db/query.ts";

export type SessionsLockArgs = {
  readonly accountIds: readonly string[];
};
export type SessionsLockRow = {
  readonly sessionId: string;
};
const sessionsLockText = `select s.session_id from checkout.session s
where s.account_id = any ($1::text[])
order by s.session_id for update`;
/** Holds somebody's checkouts while all of theirs is erased, so that none is paid meanwhile; first in the order of locks. */
export function sessionsLock(db: Db, args: SessionsLockArgs): Promise<SessionsLockRow[]> {
  return many(db, "checkout.sessionsLock", sessionsLockText, [args.accountIds], (row): SessionsLockRow => ({
    sessionId: row[0],
  }));
}

export type SessionsEndArgs = {
  readonly accountIds: readonly string[];
};
const sessionsEndText = `select checkout.sessions_end_1(array(
  select s.session_id from checkout.session s where s.account_id = any ($1::text[]) and s.status = 'pending' order by s.session_id), 'cancelled')`;
/** Gives up what somebody has not paid: stock goes back. Locks the sessions and what they hold. */
export function sessionsEnd(db: Db, args: SessionsEndArgs): Promise<number> {
  return exec(db, "checkout.sessionsEnd", sessionsEndText, [args.accountIds]);
}

export type SessionsEraseArgs = {
  readonly accountIds: readonly string[];
};
const sessionsEraseText = `with gone as (
  delete from checkout.contact_change c using checkout.session o where o.session_id = c.session_id and o.account_id = any ($1::text[])
)
update checkout.session s
set shipping_address = null, contact_email = null, customer_name = null, payment_method_id = null, version = s.version + 1, updated_at = now()
where s.account_id = any ($1::text[])
  and (s.shipping_address is not null or s.contact_email is not null or s.customer_name is not null or s.payment_method_id is not null)`;
/** Takes the person out of their checkouts; what was bought, for how much and when, stays for the books. Locks the rows. */
export function sessionsErase(db: Db, args: SessionsEraseArgs): Promise<number> {
  return exec(db, "checkout.sessionsErase", sessionsEraseText, [args.accountIds]);
}

export type SessionsForgetArgs = {
  readonly countMax: number;
};
const sessionsForgetText = `with old as (
  select o.session_id from checkout.session o
  where o.finished_at < now() - interval '30 days' and o.paid_at is null
    and (o.shipping_address is not null or o.contact_email is not null or o.customer_name is not null)
  order by o.finished_at
  limit $1::int
  for update skip locked
), gone as (
  delete from checkout.contact_change c using old where c.session_id = old.session_id
)
update checkout.session s set shipping_address = null, contact_email = null, customer_name = null, payment_method_id = null, updated_at = now()
from old
where s.session_id = old.session_id`;
/** Addresses of checkouts that came to nothing a month ago, a bounded number at once. Locks the rows, skips those in use. */
export function sessionsForget(db: Db, args: SessionsForgetArgs): Promise<number> {
  return exec(db, "checkout.sessionsForget", sessionsForgetText, [args.countMax]);
}

export type SessionsExportArgs = {
  readonly accountIds: readonly string[];
};
export type SessionsExportRow = {
  readonly sessions: unknown;
};
const sessionsExportText = `select coalesce(jsonb_agg(jsonb_build_object('checkoutSessionId', s.session_id, 'status', s.status, 'currency', s.currency,
    'totalCents', s.total_minor, 'shippingAddress', s.shipping_address, 'email', s.contact_email, 'customerName', s.customer_name,
    'locale', s.locale, 'emailChanges', (select jsonb_agg(jsonb_build_object('from', c.from_email, 'to', c.to_email, 'at', c.changed_at)
      order by c.changed_at) from checkout.contact_change c where c.session_id = s.session_id),
    'paymentMethodId', s.payment_method_id, 'items', (select jsonb_agg(jsonb_build_object('title', i -> 'title', 'quantity', i -> 'quantity'))
      from jsonb_array_elements(s.snapshot -> 'groups') g, jsonb_array_elements(g -> 'items') i),
    'createdAt', s.created_at, 'paidAt', s.paid_at)
    order by s.created_at, s.session_id), '[]') as "sessions!"
from checkout.session s
where s.account_id = any ($1::text[])`;
/** Somebody's checkouts, for their copy of all that is kept of them. Reads only. */
export function sessionsExport(db: Db, args: SessionsExportArgs): Promise<SessionsExportRow> {
  return one(db, "checkout.sessionsExport", sessionsExportText, [args.accountIds], (row): SessionsExportRow => ({
    sessions: row[0],
  }));
}
