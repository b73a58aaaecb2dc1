-- name: w1EventsOnce :many
-- W1 at every moment: an event is stored once, and is worked or open, not half of each.
select i.source || ' ' || i.event_id as subject, format('%s rows, worked at %s, outcome %s', count(*), min(i.processed_at), coalesce(min(i.outcome), 'none')) as detail
from webhook.inbox i
group by i.source, i.event_id
having count(*) > 1 or bool_or((i.processed_at is null) <> (i.outcome is null)) or bool_or(i.tries < 0);

-- name: w1EventsOpen :many
-- W1 eventually: an event that speaks of something of ours is worked. Uses the index inbox_open.
-- One that speaks of nothing known here may stay open, tried ever more slowly, for a day; then a person should look.
select i.source || ' ' || i.event_id as subject,
  format('%s of %s, received at %s, tried %s times, to be worked at %s: %s', i.type, coalesce(i.object_ref, 'nothing'), i.received_at, i.tries,
    i.work_at, coalesce(i.last_error, 'no error')) as detail
from webhook.inbox i
where i.processed_at is null and i.received_at < now() - make_interval(secs => :settled_seconds)
  and (i.work_at < now() - make_interval(secs => :settled_seconds) or i.received_at < now() - interval '1 day'
    or exists (select from payment.payment p where p.provider_ref = i.object_ref)
    or exists (select from payment.refund r where r.provider_ref = i.object_ref)
    or exists (select from orders.store_order o where o.store_id = i.store_id and o.store_order_number = i.object_ref));

-- name: w1EventsEffective :many
-- W1 at every moment: an event of a payment's success that was worked left that payment succeeded.
select i.source || ' ' || i.event_id as subject, format('worked at %s (%s), and payment %s is %s', i.processed_at, i.outcome, p.payment_id, p.status) as detail
from webhook.inbox i
join payment.payment p on p.provider::text = i.source::text and p.provider_ref = i.object_ref
where i.type = 'payment_intent.succeeded' and i.processed_at is not null and p.status <> 'succeeded';

-- name: p1JobPayloads :many
-- P1 at every moment: a job names rows and says nothing of people.
select j.id::text as subject, format('the payload of %s holds an address or a long number', t.identifier) as detail
from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
where j.payload::text ~ '[^\s"]@[^\s"]' or j.payload::text ~ '(^|[^0-9A-Za-z_-])[0-9]{13,19}([^0-9A-Za-z_-]|$)';
