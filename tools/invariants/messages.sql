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

-- name: w2ConfirmationWritten :many
-- W2 eventually: a checkout that was paid and not lost whole is confirmed by mail, where its shopper can be written to.
select s.session_id as subject, format('%s, paid at %s, and no mail says so', s.status, s.paid_at) as detail
from checkout.session s
where s.paid_at > now() - interval '30 days' and s.paid_at < now() - notify.patience_1() - make_interval(secs => :settled_seconds)
  and s.updated_at < now() - make_interval(secs => :settled_seconds)
  and s.late_payment is distinct from 'refunded' and s.status in ('processing', 'completed')
  and notify.recipient_1(s.contact_email, s.account_id) is not null
  and not exists (select from notify.mail m where m.dedupe_key = 'order_placed:' || s.session_id);

-- name: w2EndsWritten :many
-- W2 eventually: of each order that was paid and lost, and of each parcel that arrived, its shopper is told. Of a file the
-- checkout's confirmation tells: it is there with the payment.
select o.order_number as subject, format('%s since %s, and no mail says so', o.status, h.at) as detail
from orders.store_order o
join checkout.session s using (session_id)
join orders.order_status_history h on h.order_number = o.order_number and h.to_status = o.status
where (o.status in ('failed', 'cancelled') or (o.status = 'delivered' and o.kind = 'physical')) and o.payment_status <> 'unpaid'
  and h.at between now() - interval '30 days' and now() - notify.patience_1() - make_interval(secs => :settled_seconds)
  and notify.recipient_1(s.contact_email, s.account_id) is not null
  and not exists (select from notify.mail m
    where m.dedupe_key = case o.status when 'delivered' then 'delivered:' else 'order_ended:' end || o.order_number);

-- name: w2FactsFirst :many
-- W2 at every moment: no mail tells what did not happen.
select m.mail_id as subject, format('%s of %s %s, which is not so', m.kind, coalesce(m.session_id, m.payout_id), coalesce(m.order_number, '')) as detail
from notify.mail m
left join checkout.session s using (session_id)
left join orders.store_order o using (order_number)
left join payment.refund r using (refund_id)
left join ledger.payout y using (payout_id)
where (m.kind in ('order_placed', 'late_payment') and s.paid_at is null)
  or (m.kind = 'order_ended' and coalesce(o.status not in ('failed', 'cancelled'), true))
  or (m.kind = 'delivered' and o.status is distinct from 'delivered')
  or (m.kind = 'refund_done' and r.succeeded_at is null and r.status is distinct from 'failed')
  or (m.kind = 'payout_paid' and y.paid_at is null)
  or (m.kind = 'payout_returned' and y.failure is distinct from 'returned');

-- name: w2PayoutsWritten :many
-- W2 at every moment: of each transfer to a seller, and of each that came back, there is a mail, where they can be written to.
select y.payout_id as subject, format('%s at %s, and no mail says so', t.kind, t.at) as detail
from ledger.payout y
join seller.seller s on s.account_id = y.seller_id and s.erased_at is null
cross join lateral (values ('payout_paid', y.paid_at), ('payout_returned', case y.failure when 'returned' then y.failed_at end)) as t (kind, at)
where t.at > now() - interval '30 days' and notify.recipient_1(null, s.account_id) is not null
  and not exists (select from notify.mail m where m.dedupe_key = t.kind || ':' || y.payout_id);

-- name: w2MailsOnce :many
-- W2 at every moment: each fact has one mail, and each mail one Message-ID of its own.
select min(m.mail_id) as subject, format('%s mails for %s', count(*), m.dedupe_key) as detail
from notify.mail m group by m.dedupe_key having count(*) > 1
union all
select min(m.mail_id), format('%s mails share the id %s', count(*), m.message_id)
from notify.mail m where m.message_id is not null group by m.message_id having count(*) > 1;

-- name: w2MailsMove :many
-- W2 eventually: a mail that is due is being sent; none is forgotten. Uses the index mail_due.
select m.mail_id as subject, format('%s (%s) is due since %s, tried %s times: %s', m.kind, m.status, m.try_at, m.attempts, coalesce(m.error, 'no error')) as detail
from notify.mail m
where m.try_at < now() - make_interval(secs => :settled_seconds)
union all
select n.session_id, format('news %s waits to be read since %s', n.news_id, n.look_at)
from notify.news n
where n.look_at < now() - make_interval(secs => :settled_seconds);

-- name: w2MailsTaken :many
-- W2 eventually: the mail server has each mail that counts as sent.
select m.mail_id as subject, format('%s was sent at %s, and the mail server never took %s', m.kind, m.sent_at, m.message_id) as detail
from notify.mail m
where m.status = 'sent' and m.sent_at < now() - make_interval(secs => :settled_seconds)
  and not exists (select from jsonb_to_recordset(:mails::jsonb) as t ("messageId" text) where t."messageId" = m.message_id);

-- name: w2MailsKnown :many
-- W2 at every moment: whatever came to the mail server in our name was written down before.
select t."messageId" as subject, format('taken at %s, and no mail has this id', t.at) as detail
from jsonb_to_recordset(:mails::jsonb) as t ("messageId" text, at text)
where t."messageId" ~ '^<msg_[0-9a-z]+@' and not exists (select from notify.mail m where m.message_id = t."messageId")
  and t.at::timestamptz > now() - interval '80 days';

-- name: w2AlertsWritten :many
-- W2 at every moment: of each tier that fell sick, order that nobody knows of, dispute, difference of the books and unasked charge there is an alert.
select e.store_id as subject, format('tier %s fell sick at %s, and no alert says so', e.position, e.at) as detail
from store.health_event e
where e.kind = 'sick' and e.at > now() - interval '30 days' and not exists (select from notify.alert a where a.dedupe_key = 'health:' || e.event_id)
union all
select t.order_number, format('to be found out by a person since %s, and no alert says so', t.opened_at)
from placement.manual_task t
where t.outcome_unknown and t.status in ('open', 'claimed') and t.opened_at > now() - interval '30 days'
  and not exists (select from notify.alert a where a.kind = 'find_out' and a.order_number = t.order_number)
union all
select d.dispute_id, format('disputed since %s, and no alert says so', d.opened_at)
from payment.dispute d
where d.closed_at is null and d.updated_at > now() - interval '30 days'
  and not exists (select from notify.alert a where a.dedupe_key = 'dispute_opened:' || d.dispute_id || case when d.opened_count > 1 then ':' || d.opened_count else '' end)
union all
select r.reconciliation_id, format('%s differences, and no alert says so', r.difference_count)
from ledger.reconciliation r
where r.status = 'finished' and r.difference_count > 0 and r.finished_at > now() - interval '30 days'
  and not exists (select from notify.alert a where a.dedupe_key = 'books_differ:' || r.reconciliation_id)
union all
select u.payment_id, format('charged by %s as %s, and no alert says so', u.provider_ref, u.reason)
from payment.unmatched u
where u.seen_at > now() - interval '30 days'
  and not exists (select from notify.alert a where a.dedupe_key = 'payment_unmatched:' || u.payment_id || ':' || u.provider_ref);

-- name: w2AlertsTold :many
-- W2 eventually: whoever wants to be written to is told of each alert, some minutes late at most, unless a mail to them still waits.
select a.alert_id::text as subject, format('%s of %s, and %s has not been told', a.kind, a.at, r.account_id) as detail
from notify.alert_reader r
join notify.alert a on a.at >= r.since and a.at > now() - interval '20 hours'
  and a.at < now() - notify.alert_mail_every_1() - notify.alert_gather_1() - make_interval(secs => :settled_seconds)
where not exists (select from notify.alert_told t where t.account_id = r.account_id and t.alert_id = a.alert_id)
  and not exists (select from notify.mail m where m.account_id = r.account_id and m.kind = 'ops_alerts' and m.try_at is not null);

-- name: p1JobPayloads :many
-- P1 at every moment: a job names rows and says nothing of people.
select j.id::text as subject, format('the payload of %s holds an address or a long number', t.identifier) as detail
from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
where j.payload::text ~ '[^\s"]@[^\s"]' or j.payload::text ~ '(^|[^0-9A-Za-z_-])[0-9]{13,19}([^0-9A-Za-z_-]|$)';
