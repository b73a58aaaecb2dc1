-- name: eventsErase :exec
-- Leaves of the events about somebody's payments and orders what tells which they were: providers put names, e-mails and
-- addresses into them. One that is still to be worked stays whole until it is, unless it never will be. Events older than
-- the first checkout are not looked at. Locks the rows.
with named as (
  select p.provider_ref as ref from payment.payment p where p.account_id = any (:account_ids::text[])
  union select r.provider_ref from payment.refund r join payment.payment p using (payment_id) where p.account_id = any (:account_ids::text[])
  union select t.order_id from payment.toss_order t join payment.payment p using (session_id) where p.account_id = any (:account_ids::text[])
  union select o.order_number from orders.store_order o where o.account_id = any (:account_ids::text[])
  union select o.store_order_number from orders.store_order o where o.account_id = any (:account_ids::text[])
)
update webhook.inbox i
set payload = jsonb_strip_nulls(jsonb_build_object('id', i.payload -> 'id', 'type', i.payload -> 'type', 'erased', true,
  'data', jsonb_build_object('orderNumber', i.payload #> '{data,orderNumber}', 'object', jsonb_build_object(
    'id', i.payload #> '{data,object,id}', 'object', i.payload #> '{data,object,object}',
    'metadata', jsonb_build_object('payment_id', i.payload #> '{data,object,metadata,payment_id}',
      'refund_id', i.payload #> '{data,object,metadata,refund_id}')))))
where i.received_at >= (select min(s.created_at) from checkout.session s where s.account_id = any (:account_ids::text[]))
  and (i.processed_at is not null or i.tries > 5)
  and (i.object_ref in (select n.ref from named n) or i.payload #>> '{data,object,payment_intent}' in (select n.ref from named n));

-- name: eventsExport :one
-- The events about somebody's payments and orders, for their copy of all that is kept of them. Reads only.
with named as (
  select p.provider_ref as ref from payment.payment p where p.account_id = any (:account_ids::text[])
  union select r.provider_ref from payment.refund r join payment.payment p using (payment_id) where p.account_id = any (:account_ids::text[])
  union select t.order_id from payment.toss_order t join payment.payment p using (session_id) where p.account_id = any (:account_ids::text[])
  union select o.order_number from orders.store_order o where o.account_id = any (:account_ids::text[])
  union select o.store_order_number from orders.store_order o where o.account_id = any (:account_ids::text[])
)
select coalesce(jsonb_agg(jsonb_build_object('source', i.source, 'type', i.type, 'receivedAt', i.received_at, 'payload', i.payload)
    order by i.received_at, i.event_id), '[]') as "events!"
from webhook.inbox i
where i.received_at >= (select min(s.created_at) from checkout.session s where s.account_id = any (:account_ids::text[]))
  and (i.object_ref in (select n.ref from named n) or i.payload #>> '{data,object,payment_intent}' in (select n.ref from named n));

-- name: eventsDeleteOld :exec
-- Events that were worked three months ago, a bounded number at once. Providers repeat for days, and a signature lasts five
-- minutes, so none of them comes again. Locks the rows, skips those in use.
delete from webhook.inbox i
using (
  select o.source, o.event_id from webhook.inbox o
  where o.received_at < now() - interval '90 days' and o.processed_at is not null
  order by o.received_at
  limit :count_max::int
  for update skip locked
) old
where i.source = old.source and i.event_id = old.event_id;
