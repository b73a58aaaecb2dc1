-- name: newsRead :one
-- Takes a round of news and writes the mails that follow from it, in one commit. Finds its news by the index news_due; skips
-- what another worker is reading.
select notify.read_news_1(:count_max, make_interval(secs => :patience_seconds)) as "taken!";

-- name: newsMissed :one
-- Makes good what a hand, a restored backup or a fault of ours has lost: looks at the latest of what happened to orders, and
-- rings for every checkout among it that lacks a mail nobody is about to write. Bounded by the history's key. Locks nothing.
with latest as (
  select h.order_number, h.to_status, h.at from orders.order_status_history h
  where h.history_id > (select coalesce(max(l.history_id), 0) from orders.order_status_history l) - :history_max::bigint
    and h.at between now() - interval '2 days' and now() - make_interval(secs => :settled_seconds)
), missed as (
  select distinct o.session_id
  from latest l
  join orders.store_order o using (order_number)
  join checkout.session s using (session_id)
  where o.payment_status <> 'unpaid' and l.to_status = o.status and notify.recipient_1(s.contact_email, s.account_id) is not null
    and s.updated_at < now() - make_interval(secs => :settled_seconds)
    and not exists (select from notify.news n where n.session_id = o.session_id)
    and (
      (s.status = 'completed' and not exists (select from notify.mail m where m.dedupe_key = 'order_placed:' || s.session_id))
      or (o.status in ('failed', 'cancelled') and not exists (select from notify.mail m where m.dedupe_key = 'order_ended:' || o.order_number))
      or (o.status = 'delivered' and o.kind = 'physical' and not exists (select from notify.mail m where m.dedupe_key = 'delivered:' || o.order_number))
    )
), rung as (
  insert into notify.news (session_id) select m.session_id from missed m returning news_id
)
select count(*)::int as "found!" from rung;

-- name: linkMailPut :exec
-- A mail that somebody has asked for by giving an address. Whether there is anything to tell at that address is found out when
-- it is sent, so that asking takes as long for everybody. Locks nothing.
insert into notify.mail (mail_id, kind, dedupe_key, recipient, order_number, locale, give_up_at)
values (:mail_id, :kind, 'link:' || :mail_id, :recipient, :order_number?, :locale, now() + make_interval(secs => :useful_seconds));

-- name: mailsClaim :many
-- The first beat: a round of mails that are due becomes ours for a while, each with the Message-ID it keeps. One that was being
-- sent by a worker that died is due again when its time is up. Skips what another worker is taking.
with due as (
  select m.mail_id from notify.mail m where m.try_at <= now() order by m.try_at limit :count_max::int for update skip locked
)
update notify.mail m
set status = 'sending', attempts = m.attempts + 1, try_at = now() + make_interval(secs => :lease_seconds), updated_at = now(),
    message_id = coalesce(m.message_id, '<' || m.mail_id || '@' || :host || '>')
from due
where m.mail_id = due.mail_id
returning m.mail_id, m.kind, m.attempts, m.locale, m.session_id, m.order_number, m.shipment_id, m.refund_id, m.payout_id, m.message_id as "message_id!",
  m.dedupe_key,
  m.give_up_at <= now() as "is_over!",
  -- Somebody who asked is told at the address they gave; who sells, and who works here, at their own, these while they do and wish
  -- it; everybody else where their checkout says.
  coalesce(m.recipient,
    case when m.payout_id is not null then notify.recipient_1(null, m.account_id) end,
    (select u.email from notify.alert_reader r join account."user" u on u.id = r.account_id where r.account_id = m.account_id),
    (select notify.recipient_1(s.contact_email, s.account_id) from checkout.session s where s.session_id = m.session_id)) as recipient;

-- name: mailSettle :exec
-- The third beat. That it was sent counts from whoever says so; anything else only from the newest attempt. Locks the mail's row.
update notify.mail m
set status = :status, updated_at = now(), error = :error?,
    try_at = case when :try_after_seconds?::float8 is not null then now() + make_interval(secs => :try_after_seconds?::float8) end,
    recipient = case when :try_after_seconds?::float8 is not null then m.recipient end,
    sent_at = case when :status = 'sent'::notify.mail_status then now() end
where m.mail_id = :mail_id and m.try_at is not null and (m.attempts = :attempt or :status = 'sent'::notify.mail_status);

-- name: checkoutRead :opt
-- Everything a mail about a checkout may tell, as it is at this moment. Locks nothing.
select s.session_id as "session_id!", s.currency as "currency!", s.subtotal_minor as "subtotal_minor!", s.discount_minor as "discount_minor!",
  s.shipping_minor as "shipping_minor!", s.tax_minor as "tax_minor!", s.total_minor as "total_minor!", s.status as "status!", s.shipping_address, s.expires_at as "expires_at!", s.paid_at, p.status as payment_status, p.amount_minor as charged_minor,
  p.provider as provider,
  exists (select from payment.deposit d where d.payment_id = p.payment_id and d.reverted_at is not null) as "is_deposit_reverted!",
  (select coalesce(jsonb_agg(jsonb_build_object(
      'orderNumber', o.order_number, 'storeName', o.store_name, 'kind', o.kind, 'status', o.status,
      'reason', o.reason, 'subtotalMinor', o.subtotal_minor, 'discountMinor', o.discount_minor, 'shippingMinor', o.shipping_minor,
      'taxMinor', o.tax_minor, 'totalMinor', o.total_minor, 'deliveryFrom', o.delivery_from, 'deliveryTo', o.delivery_to,
      'items', (select jsonb_agg(jsonb_build_object('lineNo', i.line_no, 'title', i.title, 'size', i.size, 'color', i.color, 'quantity', i.quantity,
          'lineTotalMinor', i.line_total_minor) order by i.line_no)
        from orders.order_item i where i.order_number = o.order_number),
      'shipments', (select coalesce(jsonb_agg(jsonb_build_object('shipmentId', x.shipment_id, 'carrier', x.carrier,
          'trackingNumber', x.tracking_number, 'estimatedDelivery', (extract(epoch from x.estimated_delivery) * 1000)::bigint,
          'lineNos', to_jsonb(x.line_nos)) order by x.created_at, x.shipment_id), '[]')
        from shipment.shipment x where x.order_number = o.order_number)
    ) order by o.created_at, o.order_number), '[]')
   from orders.store_order o where o.session_id = s.session_id) as "orders!",
  (select coalesce(jsonb_agg(jsonb_build_object('refundId', r.refund_id, 'orderNumber', r.order_number, 'amountMinor', r.amount_minor,
      'status', r.status, 'succeededAt', (extract(epoch from r.succeeded_at) * 1000)::bigint,
      'lastDigits', (select a.last_digits from payment.refund_account a where a.refund_id = r.refund_id),
      'isOfEnd', r.cause = 'order:' || r.order_number || ':ended') order by r.created_at, r.refund_id), '[]')
   from payment.refund r where r.payment_id = p.payment_id) as "refunds!"
from checkout.session s
left join payment.payment p using (session_id)
where s.session_id = :session_id;

-- name: lookUpRead :many
-- The newest paid checkouts that were made with an e-mail address, or by the person who has it. `guest_account_id` is there
-- where a link may let its reader in: nothing of that visitor's belongs to anybody with another address. Uses the index
-- session_contact. Locks nothing.
with named as (
  select s.session_id from checkout.session s where lower(s.contact_email) = lower(:email) and s.paid_at is not null
  union
  select s.session_id from account."user" u join checkout.session s on s.account_id = u.id
  where u.email = lower(:email) and not u.is_anonymous and s.paid_at is not null and s.contact_email is null
)
select s.session_id as "session_id!", s.currency as "currency!", s.total_minor as "total_minor!", s.paid_at as "paid_at!",
  case when u.is_anonymous
      and not exists (select from account.merge g where g.from_account_id = u.id)
      and not exists (select from checkout.session x where x.account_id = u.id and lower(x.contact_email) <> lower(:email))
    then u.id end as guest_account_id,
  (select coalesce(jsonb_agg(jsonb_build_object('orderNumber', o.order_number, 'storeName', o.store_name, 'status', o.status)
      order by o.created_at, o.order_number), '[]')
   from orders.store_order o where o.session_id = s.session_id) as "orders!"
from named
join checkout.session s using (session_id)
join account."user" u on u.id = s.account_id
where :order_number?::text is null
  or exists (select from orders.store_order o where o.session_id = s.session_id and o.order_number = :order_number?)
order by s.paid_at desc
limit :count_max::int;

-- name: payoutRead :opt
-- A transfer to a seller, as it is at this moment. Locks nothing.
select p.currency, p.amount_minor, p.reference as "reference!", p.paid_at as "paid_at!", p.failure
from ledger.payout p where p.payout_id = :payout_id and p.paid_at is not null;

-- name: orderLinkPut :exec
-- The digest of a link's token, before the token leaves. Locks nothing.
insert into notify.order_link (token_hash, mail_id, account_id, expires_at)
values (:token_hash, :mail_id, :account_id, now() + make_interval(secs => :useful_seconds));

-- name: orderLinkUse :opt
-- Whose a link is, once. No row for one that never was, is used, or is over: these cannot be told apart. Locks its row.
update notify.order_link l set used_at = now()
where l.token_hash = :token_hash and l.used_at is null and l.expires_at > now()
returning l.account_id;

-- name: queueRead :one
-- What waits, for the metrics. Both by small partial indexes. Locks nothing.
select
  (select count(*) from notify.mail m where m.try_at is not null)::int as "waiting!",
  (select coalesce(extract(epoch from now() - min(m.created_at)), 0) from notify.mail m where m.try_at is not null)::float8 as "oldest_seconds!",
  (select count(*) from notify.mail m where m.try_at is null and m.status = 'failed' and m.updated_at > now() - interval '1 day')::int as "failed!";

-- name: newestCheckout :opt
-- What somebody who comes by a link wants to see. Uses the index session_account. Locks nothing.
select s.session_id from checkout.session s
where s.account_id = :account_id and s.paid_at is not null
order by s.created_at desc
limit 1;

-- name: alertsFindDue :one
-- What comes due by time alone becomes an alert: work at the desk past half its deadline, evidence that nobody has sent. By
-- the small partial indexes of what is open. Locks nothing.
select notify.find_due_alerts_1() as "found!";

-- name: alertMailsWrite :one
-- Writes each reader a mail with all that they have not been told of, one in so many minutes. One worker at a time.
select notify.write_alert_mails_1(make_interval(secs => :gather_seconds), make_interval(secs => :every_seconds)) as "written!";

-- name: alertsOfMail :many
-- What one mail tells, the oldest first; one more than are shown. Locks nothing.
select a.alert_id as "alert_id!", a.kind as "kind!", a.at as "at!", a.store_id, s.name as store_name, a.method, a.order_number, a.dispute_id, a.reconciliation_id, a.payment_id,
  a.provider, a.reason, a.step, a.detail, a.bad, a.total, a.due_at, a.amount_minor, a.currency, count(*) over () as "all!"
from notify.alert_told t
join notify.alert a using (alert_id)
left join store.store s using (store_id)
where t.mail_id = :mail_id
order by a.alert_id
limit :count_max::int;

-- name: alertList :many
-- What the people of the house are told of, newest first; one kind of it where it is chosen. Reads by the key.
select a.alert_id as "alert_id!", a.kind as "kind!", a.at as "at!", a.store_id, s.name as store_name, a.method, a.order_number, a.dispute_id, a.reconciliation_id, a.payment_id,
  a.provider, a.reason, a.step, a.detail, a.bad, a.total, a.due_at, a.amount_minor, a.currency,
  (select p.session_id from payment.payment p where p.payment_id = a.payment_id) as session_id
from notify.alert a
left join store.store s using (store_id)
where (:before_id?::bigint is null or a.alert_id < :before_id?) and (:kind?::notify.alert_kind is null or a.kind = :kind?)
order by a.alert_id desc
limit :limit::int;

-- name: alertWishRead :one
-- Whether somebody of the house is written to, and in which language. Locks nothing.
select coalesce(w.by_mail, u.role = 'ops') as "by_mail!", coalesce(w.locale, 'en') as "locale!",
  extract(epoch from notify.alert_mail_every_1())::int as "every_seconds!"
from account."user" u left join notify.alert_wish w on w.account_id = u.id
where u.id = :account_id;

-- name: alertWishPut :one
-- What somebody wishes from now on. Who was not written to is not told of what was before; who works at the desk was, unasked.
-- Locks their row.
insert into notify.alert_wish as w (account_id, by_mail, locale, since)
select :account_id, :by_mail, :locale, case when u.role = 'ops' then '-infinity'::timestamptz else now() end
from account."user" u where u.id = :account_id
on conflict (account_id) do update
  set by_mail = excluded.by_mail, locale = excluded.locale, since = case when w.by_mail then w.since else now() end
returning w.by_mail, w.locale, extract(epoch from notify.alert_mail_every_1())::int as "every_seconds!";
