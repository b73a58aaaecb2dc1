-- name: mailsErase :exec
-- Takes out where mail to somebody was still to go, and with it the mail: what could be told was theirs to know. Links to their
-- orders end. That a mail about an order was sent, and when, stays with the order. Locks the rows.
with wishes as (
  delete from notify.alert_wish w where w.account_id = any (:account_ids::text[])
), told as (
  delete from notify.alert_told t where t.account_id = any (:account_ids::text[])
), seen as (
  -- What was looked for on a store's page, as far as an order of theirs was the one that met it.
  update notify.alert a set detail = null
  from orders.store_order o
  where o.order_number = a.order_number and o.account_id = any (:account_ids::text[]) and a.detail is not null
), mine as (
  select u.email as address from account."user" u where u.id = any (:account_ids::text[])
  union select s.contact_email from checkout.session s where s.account_id = any (:account_ids::text[])
), links as (
  delete from notify.order_link l where l.account_id = any (:account_ids::text[])
)
update notify.mail m set status = 'dropped', try_at = null, recipient = null, error = 'erased', updated_at = now()
where m.try_at is not null
  and (lower(m.recipient) in (select lower(x.address) from mine x)
    or m.account_id = any (:account_ids::text[])
    or m.session_id in (select s.session_id from checkout.session s where s.account_id = any (:account_ids::text[])));

-- name: mailsExport :one
-- What was written to somebody about their checkouts and payouts, for their copy of all that is kept of them. Reads only.
select coalesce(jsonb_agg(jsonb_build_object('kind', m.kind, 'museOrderNumber', m.order_number, 'checkoutSessionId', m.session_id, 'payoutId', m.payout_id,
    'language', m.locale, 'status', m.status, 'createdAt', m.created_at, 'sentAt', m.sent_at) order by m.created_at, m.mail_id), '[]') as "mails!"
from notify.mail m
left join checkout.session s using (session_id)
where s.account_id = any (:account_ids::text[]) or m.account_id = any (:account_ids::text[]);

-- name: mailsDeleteOld :exec
-- Mails that were sent, or given up, three months ago, with their links; a bounded number at once. None is written again: facts
-- of more than a month ago are told no more. Locks the rows, skips those in use.
delete from notify.mail m
using (
  select o.mail_id from notify.mail o
  where o.try_at is null and o.updated_at < now() - interval '90 days'
  order by o.updated_at
  limit :count_max::int
  for update skip locked
) old
where m.mail_id = old.mail_id;

-- name: linksDeleteOld :exec
-- Links that are over, a bounded number at once. Locks the rows, skips those in use.
delete from notify.order_link l
using (
  select o.token_hash from notify.order_link o
  where o.expires_at < now()
  limit :count_max::int
  for update skip locked
) old
where l.token_hash = old.token_hash;

-- name: alertsDeleteOld :exec
-- What happened three months ago, a bounded number at once. Whom it was told goes with it. Locks the rows, skips those in use.
delete from notify.alert a
using (
  select o.alert_id from notify.alert o
  where o.at < now() - interval '90 days'
  order by o.at
  limit :count_max::int
  for update skip locked
) old
where a.alert_id = old.alert_id;
