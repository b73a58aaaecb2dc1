-- What people are told by mail. A mail is derived from the facts: rows of the rooms below say what happened, `news` says where
-- to look, and each mail is written once (dedupe_key). A row of `mail` is the intent to send, and the queue (docs/decisions/0040).
create schema notify;

create type notify.mail_kind as enum (
  'order_placed', 'order_ended', 'shipped', 'delivered', 'refund_done', 'refund_account', 'deposit_reverted', 'late_payment', 'payment_action',
  'sign_in_link', 'order_link', 'ops_alerts', 'payout_paid', 'payout_returned'
);
-- `unknown`: the server may have taken it; it goes again, under the same Message-ID. `dropped`: there is nobody to tell any more.
create type notify.mail_status as enum ('queued', 'sending', 'unknown', 'sent', 'failed', 'dropped');

create table notify.mail (
  mail_id text primary key,
  kind notify.mail_kind not null,
  -- The fact it tells: order_placed:<session>, shipped:<shipment> … One mail a fact, whoever finds it, however often.
  dedupe_key text not null unique,
  -- What it is about. Names, addresses and amounts are read from there when it is sent.
  session_id text,
  order_number text,
  shipment_id text,
  -- The refund whose arrival it tells. At most one mail does.
  refund_id text unique,
  -- The transfer to a seller that it tells of.
  payout_id text,
  -- Somebody of the house, who is written to about what needs them, or a seller; their address is read when it is sent.
  account_id text,
  -- Only what nothing else leads to (somebody who asks for a link), and only until it is sent.
  recipient text,
  locale text not null check (locale in ('en', 'ko')),
  status notify.mail_status not null default 'queued',
  attempts int not null default 0,
  -- When it is (next) sent; while it is being sent, when somebody else may.
  try_at timestamptz default now(),
  -- From then on it would only confuse.
  give_up_at timestamptz not null default now() + interval '1 day',
  -- The same in every attempt, so that a receiver can drop repeats (W2).
  message_id text,
  -- Why not, as a code.
  error text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  sent_at timestamptz,
  check ((try_at is not null) = (status in ('queued', 'sending', 'unknown'))),
  check (recipient is null or try_at is not null),
  check ((status = 'sent') = (sent_at is not null)),
  check (sent_at is null or message_id is not null)
) with (fillfactor = 70);
create index mail_due on notify.mail (try_at) where try_at is not null;
create index mail_session on notify.mail (session_id) where session_id is not null;
create index mail_account on notify.mail (account_id, created_at desc) where account_id is not null;
create index mail_ended on notify.mail (updated_at) where try_at is null;

create function notify.guard_mail() returns trigger language plpgsql as $$
begin
  if old.status in ('sent', 'failed', 'dropped') and new.status <> old.status then
    raise exception 'mail % cannot go from % to %', old.mail_id, old.status, new.status using errcode = 'MU001';
  end if;
  return new;
end $$;
create trigger guard before update of status on notify.mail for each row execute function notify.guard_mail();

-- Something happened to a checkout: look at all of it. Only ever added to by the transactions in which things happen, so that
-- they wait for nobody and nobody for them, and none of them can be missed, in whatever order they commit.
create table notify.news (
  news_id bigint generated always as identity primary key,
  session_id text not null,
  look_at timestamptz not null default now()
);
create index news_due on notify.news (look_at);

-- A mailed link that lets its owner in as the guest whose orders these are. The token itself is in the mail alone.
create table notify.order_link (
  token_hash bytea primary key check (length(token_hash) = 32),
  mail_id text not null references notify.mail on delete cascade,
  account_id text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null,
  used_at timestamptz
);
create index order_link_mail on notify.order_link (mail_id);
create index order_link_account on notify.order_link (account_id);
create index order_link_expires on notify.order_link (expires_at);

-- For those who ask for their orders by e-mail.
create index session_contact on checkout.session (lower(contact_email)) where contact_email is not null;

-- How long the first mail waits for the stores' answers, and the news of a loss for its refund, so that one mail can tell both.
create function notify.patience_1() returns interval language sql immutable as $$ select interval '20 s' $$;
-- A shopper who is asked by their bank and does not come back is reminded after this.
create function notify.reminder_after_1() returns interval language sql immutable as $$ select interval '3 minutes' $$;
-- Whoever was asked for an account to refund into, and has not named one, is asked once more after this.
create function notify.account_reminder_after_1() returns interval language sql immutable as $$ select interval '3 days' $$;

-- Like checkout_follows: what happens in the rooms below is noted in the transaction in which it happens.
create function notify.follow_order() returns trigger language plpgsql as $$
begin
  if new.status = old.status or new.payment_status = 'unpaid' then return null; end if;
  insert into notify.news (session_id) values (new.session_id);
  if new.status in ('failed', 'cancelled') then
    insert into notify.news (session_id, look_at) values (new.session_id, clock_timestamp() + notify.patience_1() + interval '1 s');
  end if;
  return null;
end $$;
create trigger notify_follows after update of status on orders.store_order
  for each row execute function notify.follow_order();

create function notify.follow_payment() returns trigger language plpgsql as $$
begin
  if new.status = old.status then return null; end if;
  if new.status = 'succeeded' then
    insert into notify.news (session_id, look_at) values (new.session_id, clock_timestamp() + notify.patience_1() + interval '1 s');
  elsif new.status = 'requires_action' then
    insert into notify.news (session_id, look_at) values (new.session_id, clock_timestamp() + notify.reminder_after_1() + interval '1 s');
  end if;
  return null;
end $$;
create trigger notify_follows after update of status on payment.payment
  for each row execute function notify.follow_payment();

create function notify.follow_refund() returns trigger language plpgsql as $$
begin
  if new.status not in ('account_needed', 'succeeded') or (tg_op = 'UPDATE' and new.status = old.status) then return null; end if;
  insert into notify.news (session_id) select p.session_id from payment.payment p where p.payment_id = new.payment_id;
  if new.status = 'account_needed' then
    insert into notify.news (session_id, look_at)
    select p.session_id, clock_timestamp() + notify.account_reminder_after_1() + interval '1 s' from payment.payment p where p.payment_id = new.payment_id;
  end if;
  return null;
end $$;
create trigger notify_follows after insert or update of status on payment.refund
  for each row execute function notify.follow_refund();

-- A bank took a transfer back; that it is there again needs no word.
create function notify.follow_deposit() returns trigger language plpgsql as $$
begin
  if new.reverted_at is null or old.reverted_at is not null then return null; end if;
  insert into notify.news (session_id) select p.session_id from payment.payment p where p.payment_id = new.payment_id;
  return null;
end $$;

create function notify.follow_shipment() returns trigger language plpgsql as $$
begin
  insert into notify.news (session_id) select o.session_id from orders.store_order o where o.order_number = new.order_number;
  return null;
end $$;
create trigger notify_follows after insert on shipment.shipment
  for each row execute function notify.follow_shipment();

-- What a seller earned was transferred to them, or their bank sent it back. Nothing else can become part of these two, so each is
-- written at once, in the fact's own commit, as alerts are. Who is erased is not written to.
create function notify.follow_payout() returns trigger language plpgsql as $$
declare
  told notify.mail_kind := case new.status when 'paid' then 'payout_paid' else 'payout_returned' end;
begin
  insert into notify.mail (mail_id, kind, dedupe_key, payout_id, account_id, locale)
  select notify.new_id_1(), told, told || ':' || new.payout_id, new.payout_id, s.account_id, s.locale
  from seller.seller s
  where s.account_id = new.seller_id and s.erased_at is null and notify.recipient_1(null, s.account_id) is not null
  on conflict do nothing;
  return null;
end $$;

-- Where mail about a checkout goes: the address given for it, else the person's own. A visitor who gave none gets none.
create function notify.recipient_1(p_contact_email text, p_account_id text) returns text language sql stable as $$
  select coalesce(p_contact_email, (select u.email from account."user" u where u.id = p_account_id and not u.is_anonymous))
$$;

create function notify.new_id_1() returns text language sql volatile as $$
  select 'msg_' || replace(gen_random_uuid()::text, '-', '')
$$;

-- Writes every mail that the facts of these checkouts ask for and that is not written yet. It reads states, not events, so it
-- may run any number of times, at once and late. Facts of more than a month ago are left alone. Answers how many it wrote.
create function notify.write_mails_1(p_session_ids text[], p_patience interval) returns int
language plpgsql as $$
declare
  written int;
  total int := 0;
begin
  -- The order's confirmation: when every store has answered, or after a moment. Of a checkout that was lost whole, each
  -- order's own mail tells.
  insert into notify.mail (mail_id, kind, dedupe_key, session_id, locale)
  select notify.new_id_1(), 'order_placed', 'order_placed:' || s.session_id, s.session_id, s.locale
  from checkout.session s
  where s.session_id = any (p_session_ids) and s.paid_at > now() - interval '30 days' and s.late_payment is distinct from 'refunded'
    and (s.status = 'completed' or (s.status = 'processing' and (s.paid_at <= now() - p_patience
      -- Whom people order from takes hours: the rest is news enough.
      or not exists (select from orders.store_order o left join placement.placement w using (order_number)
        where o.session_id = s.session_id and o.status = 'pending' and w.status is distinct from 'manual'))))
    and notify.recipient_1(s.contact_email, s.account_id) is not null
  on conflict do nothing;
  get diagnostics written = row_count;
  total := total + written;

  -- An order that will not be had, with its refund where that is through already.
  insert into notify.mail (mail_id, kind, dedupe_key, session_id, order_number, refund_id, locale)
  select notify.new_id_1(), 'order_ended', 'order_ended:' || o.order_number, s.session_id, o.order_number,
    case when r.status = 'succeeded' then r.refund_id end, s.locale
  from checkout.session s
  join orders.store_order o using (session_id)
  join orders.order_status_history h on h.order_number = o.order_number and h.to_status = o.status
  left join payment.refund r on r.cause = 'order:' || o.order_number || ':ended'
  where s.session_id = any (p_session_ids) and o.status in ('failed', 'cancelled') and o.payment_status <> 'unpaid'
    and h.at > now() - interval '30 days' and (r.refund_id is null or r.status = 'succeeded' or h.at <= now() - p_patience)
    and notify.recipient_1(s.contact_email, s.account_id) is not null
  on conflict do nothing;
  get diagnostics written = row_count;
  total := total + written;

  -- Each parcel; or the order itself where the store sent it without a number.
  insert into notify.mail (mail_id, kind, dedupe_key, session_id, order_number, shipment_id, locale)
  select notify.new_id_1(), 'shipped', 'shipped:' || coalesce(x.shipment_id, o.order_number), s.session_id, o.order_number, x.shipment_id, s.locale
  from checkout.session s
  join orders.store_order o using (session_id)
  left join shipment.shipment x on x.order_number = o.order_number
  where s.session_id = any (p_session_ids) and o.status = 'shipped' and coalesce(x.status <> 'delivered', true)
    and coalesce(x.created_at, o.updated_at) > now() - interval '30 days'
    and notify.recipient_1(s.contact_email, s.account_id) is not null
  on conflict do nothing;
  get diagnostics written = row_count;
  total := total + written;

  insert into notify.mail (mail_id, kind, dedupe_key, session_id, order_number, locale)
  select notify.new_id_1(), 'delivered', 'delivered:' || o.order_number, s.session_id, o.order_number, s.locale
  from checkout.session s
  join orders.store_order o using (session_id)
  join orders.order_status_history h on h.order_number = o.order_number and h.to_status = 'delivered'
  where s.session_id = any (p_session_ids) and o.status = 'delivered' and o.kind = 'physical' and h.at > now() - interval '30 days'
    and notify.recipient_1(s.contact_email, s.account_id) is not null
  on conflict do nothing;
  get diagnostics written = row_count;
  total := total + written;

  -- A payment that came too late and went back whole.
  insert into notify.mail (mail_id, kind, dedupe_key, session_id, refund_id, locale)
  select notify.new_id_1(), 'late_payment', 'late_payment:' || s.session_id, s.session_id,
    case when r.status = 'succeeded' then r.refund_id end, s.locale
  from checkout.session s
  join payment.refund r on r.cause = 'session:' || s.session_id || ':late'
  where s.session_id = any (p_session_ids) and s.late_payment = 'refunded' and r.created_at > now() - interval '30 days'
    and (r.status = 'succeeded' or r.created_at <= now() - p_patience)
    and notify.recipient_1(s.contact_email, s.account_id) is not null
  on conflict do nothing;
  get diagnostics written = row_count;
  total := total + written;

  -- Money that has gone back and that no mail has told yet.
  insert into notify.mail (mail_id, kind, dedupe_key, session_id, order_number, refund_id, locale)
  select notify.new_id_1(), 'refund_done', 'refund_done:' || r.refund_id, s.session_id, r.order_number, r.refund_id, s.locale
  from checkout.session s
  join payment.payment p using (session_id)
  join payment.refund r using (payment_id)
  where s.session_id = any (p_session_ids) and r.status = 'succeeded' and r.succeeded_at > now() - interval '30 days'
    and not exists (select from notify.mail m where m.refund_id = r.refund_id)
    -- Of a loss or a late payment the mail about that comes first, and tells the refund if it can.
    and (r.cause not in (coalesce('order:' || r.order_number || ':ended', ''), 'session:' || s.session_id || ':late')
      or exists (select from notify.mail m where m.dedupe_key in ('order_ended:' || r.order_number, 'late_payment:' || s.session_id)))
    and notify.recipient_1(s.contact_email, s.account_id) is not null
  on conflict do nothing;
  get diagnostics written = row_count;
  total := total + written;

  -- Refunds that wait for an account to go into: one mail for all of a checkout, one more when days have gone by, and again
  -- when the bank would not have the account that was named.
  insert into notify.mail (mail_id, kind, dedupe_key, session_id, order_number, locale)
  select notify.new_id_1(), 'refund_account', 'refund_account:' || r.refund_id || ':' || r.round
      || case when r.updated_at <= now() - notify.account_reminder_after_1() then ':again' else '' end,
    s.session_id, r.order_number, s.locale
  from checkout.session s
  join payment.payment p using (session_id)
  cross join lateral (
    select w.refund_id, w.round, w.order_number, w.updated_at from payment.refund w
    where w.payment_id = p.payment_id and w.status = 'account_needed' order by w.created_at, w.refund_id limit 1
  ) r
  where s.session_id = any (p_session_ids) and r.updated_at > now() - interval '30 days'
    and notify.recipient_1(s.contact_email, s.account_id) is not null
  on conflict do nothing;
  get diagnostics written = row_count;
  total := total + written;

  -- A transfer that the bank took back, each time it does.
  insert into notify.mail (mail_id, kind, dedupe_key, session_id, locale)
  select notify.new_id_1(), 'deposit_reverted', 'deposit_reverted:' || s.session_id || ':' || (extract(epoch from d.reverted_at) * 1000)::bigint, s.session_id, s.locale
  from checkout.session s
  join payment.payment p using (session_id)
  join payment.deposit d using (payment_id)
  where s.session_id = any (p_session_ids) and d.reverted_at > now() - interval '30 days'
    and notify.recipient_1(s.contact_email, s.account_id) is not null
  on conflict do nothing;
  get diagnostics written = row_count;
  total := total + written;

  -- A payment that waits for its owner. What is not done soon is in vain, and so is the mail.
  insert into notify.mail (mail_id, kind, dedupe_key, session_id, locale, give_up_at)
  select notify.new_id_1(), 'payment_action', 'payment_action:' || s.session_id, s.session_id, s.locale, s.expires_at - interval '2 minutes'
  from checkout.session s
  join payment.payment p using (session_id)
  where s.session_id = any (p_session_ids) and s.status = 'pending' and p.status = 'requires_action'
    and p.updated_at <= now() - notify.reminder_after_1() and s.expires_at > now() + interval '3 minutes'
    and notify.recipient_1(s.contact_email, s.account_id) is not null
  on conflict do nothing;
  get diagnostics written = row_count;
  return total + written;
end $$;

-- Takes a round of news and writes what follows from it, in one commit. Answers how much news there was.
create function notify.read_news_1(p_limit int, p_patience interval) returns int
language plpgsql as $$
declare
  session_ids text[];
  taken int;
begin
  with due as (
    select n.news_id from notify.news n where n.look_at <= now() order by n.look_at limit p_limit for update skip locked
  ), gone as (
    delete from notify.news n using due where n.news_id = due.news_id returning n.session_id
  )
  select array_agg(distinct g.session_id), count(*) into session_ids, taken from gone g;
  if taken > 0 then
    perform notify.write_mails_1(session_ids, p_patience);
  end if;
  return taken;
end $$;
