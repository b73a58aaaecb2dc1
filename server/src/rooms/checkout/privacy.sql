-- name: sessionsLock :many
-- Holds somebody's checkouts while all of theirs is erased, so that none is paid meanwhile; first in the order of locks.
select s.session_id from checkout.session s
where s.account_id = any (:account_ids::text[])
order by s.session_id for update;

-- name: sessionsEnd :exec
-- Gives up what somebody has not paid: stock goes back. Locks the sessions and what they hold.
select checkout.sessions_end_1(array(
  select s.session_id from checkout.session s where s.account_id = any (:account_ids::text[]) and s.status = 'pending' order by s.session_id), 'cancelled');

-- name: sessionsErase :exec
-- Takes the person out of their checkouts; what was bought, for how much and when, stays for the books. Locks the rows.
with gone as (
  delete from checkout.contact_change c using checkout.session o where o.session_id = c.session_id and o.account_id = any (:account_ids::text[])
)
update checkout.session s
set shipping_address = null, contact_email = null, customer_name = null, payment_method_id = null, version = s.version + 1, updated_at = now()
where s.account_id = any (:account_ids::text[])
  and (s.shipping_address is not null or s.contact_email is not null or s.customer_name is not null or s.payment_method_id is not null);

-- name: sessionsForget :exec
-- Addresses of checkouts that came to nothing a month ago, a bounded number at once. Locks the rows, skips those in use.
with old as (
  select o.session_id from checkout.session o
  where o.finished_at < now() - interval '30 days' and o.paid_at is null
    and (o.shipping_address is not null or o.contact_email is not null or o.customer_name is not null)
  order by o.finished_at
  limit :count_max::int
  for update skip locked
), gone as (
  delete from checkout.contact_change c using old where c.session_id = old.session_id
)
update checkout.session s set shipping_address = null, contact_email = null, customer_name = null, payment_method_id = null, updated_at = now()
from old
where s.session_id = old.session_id;

-- name: sessionsExport :one
-- Somebody's checkouts, for their copy of all that is kept of them. Reads only.
select coalesce(jsonb_agg(jsonb_build_object('checkoutSessionId', s.session_id, 'status', s.status, 'currency', s.currency,
    'totalCents', s.total_minor, 'shippingAddress', s.shipping_address, 'email', s.contact_email, 'customerName', s.customer_name,
    'locale', s.locale, 'emailChanges', (select jsonb_agg(jsonb_build_object('from', c.from_email, 'to', c.to_email, 'at', c.changed_at)
      order by c.changed_at) from checkout.contact_change c where c.session_id = s.session_id),
    'paymentMethodId', s.payment_method_id, 'items', (select jsonb_agg(jsonb_build_object('title', i -> 'title', 'quantity', i -> 'quantity'))
      from jsonb_array_elements(s.snapshot -> 'groups') g, jsonb_array_elements(g -> 'items') i),
    'createdAt', s.created_at, 'paidAt', s.paid_at)
    order by s.created_at, s.session_id), '[]') as "sessions!"
from checkout.session s
where s.account_id = any (:account_ids::text[]);
