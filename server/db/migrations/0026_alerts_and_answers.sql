-- What the people of the house are told of, in /ops and by mail (docs/decisions/0088), and what they answer a bank's
-- dispute with (docs/decisions/0089).

create type notify.alert_kind as enum (
  'tier_sick', 'tier_well', 'page_changed', 'task_late', 'find_out', 'books_differ', 'dispute_opened', 'evidence_due', 'payment_unmatched'
);

-- One row a thing that somebody should know of, written in the transaction in which it happens. Ids, codes and amounts: of
-- shoppers there is nothing here. Rows are only ever added, and kept for 90 days.
create table notify.alert (
  alert_id bigint generated always as identity primary key,
  kind notify.alert_kind not null,
  -- What it tells of, once: health:<event>, page_changed:<store>:… Whoever finds it again finds it told.
  dedupe_key text not null unique,
  at timestamptz not null default clock_timestamp(),
  store_id text references store.store on delete cascade,
  method store.placement_method,
  order_number text,
  dispute_id text,
  reconciliation_id text,
  payment_id text,
  provider text,
  -- Why, as a code; and where on the page, or in which step of it.
  reason text,
  step text,
  detail text,
  -- Tries that did not come through, of all that were counted; or differences.
  bad int,
  total int,
  -- Until when there is time: the tier's rest, the task's deadline, the evidence's.
  due_at timestamptz,
  amount_minor bigint,
  currency text
);
create index alert_at on notify.alert (at);
create index alert_order on notify.alert (order_number) where order_number is not null;
create index alert_store on notify.alert (store_id) where store_id is not null;

-- What somebody of the house wishes. No row: who works at the desk (role ops) is written to, others are not.
create table notify.alert_wish (
  account_id text primary key,
  by_mail boolean not null,
  locale text not null check (locale in ('en', 'ko')),
  -- What happened before they wished for it is not told any more.
  since timestamptz not null default now()
);

-- Which mail told whom of what: each of it once.
create table notify.alert_told (
  account_id text not null,
  alert_id bigint not null references notify.alert on delete cascade,
  mail_id text not null references notify.mail on delete cascade,
  primary key (account_id, alert_id)
);
create index alert_told_alert on notify.alert_told (alert_id);
create index alert_told_mail on notify.alert_told (mail_id);

-- How often one person is written to at most: what happens in between waits for the next mail and is in it.
create function notify.alert_mail_every_1() returns interval language sql immutable as $$ select interval '10 minutes' $$;
-- What happens together is told together, the first time too.
create function notify.alert_gather_1() returns interval language sql immutable as $$ select interval '10 seconds' $$;
-- So long before a dispute's evidence is due somebody is told that nothing has been sent.
create function notify.evidence_warning_1() returns interval language sql immutable as $$ select interval '2 days' $$;

-- Who is written to, in which language, and of what since when.
create view notify.alert_reader as
  select u.id as account_id, coalesce(w.locale, 'en') as locale, greatest(u.created_at, w.since) as since
  from account."user" u
  left join notify.alert_wish w on w.account_id = u.id
  where u.role in ('ops', 'admin') and coalesce(w.by_mail, u.role = 'ops');

-- A tier fell sick, or is well again. Pauses are people's own doing.
create function notify.follow_health() returns trigger language plpgsql as $$
begin
  insert into notify.alert (kind, dedupe_key, store_id, method, reason, bad, total, due_at)
  values (case new.kind when 'sick' then 'tier_sick' else 'tier_well' end::notify.alert_kind, 'health:' || new.event_id, new.store_id, new.method,
    new.reason, new.bad, new.total, new.until)
  on conflict do nothing;
  return null;
end $$;
create trigger notify_follows after insert on store.health_event for each row
  when (new.kind in ('sick', 'recovered')) execute function notify.follow_health();

-- A browser did not find on a store's page what its recipe looks for. One that stays changed is told once a day, however many
-- orders meet it.
create function notify.follow_attempt() returns trigger language plpgsql as $$
declare
  of_store text;
  at_step text;
begin
  select p.store_id into of_store from placement.placement p where p.order_number = new.order_number;
  at_step := case when position(': ' in coalesce(new.detail, '')) > 0 then split_part(new.detail, ': ', 1) end;
  insert into notify.alert (kind, dedupe_key, store_id, method, order_number, reason, step, detail)
  values ('page_changed',
    'page_changed:' || of_store || ':' || md5(coalesce(new.detail, '')) || ':' || to_char(now() at time zone 'utc', 'YYYY-MM-DD'),
    of_store, new.method, new.order_number, new.reason, left(at_step, 100),
    left(case when at_step is null then new.detail else substr(new.detail, length(at_step) + 3) end, 500))
  on conflict do nothing;
  return null;
end $$;
create trigger notify_follows after update of status on placement.attempt for each row
  when (old.status <> new.status and new.reason = 'page_changed') execute function notify.follow_attempt();

-- Nobody knows whether a store has an order, and no machine will find out: a person has to (O3).
create function notify.follow_task() returns trigger language plpgsql as $$
begin
  -- What was seen of the try may be a store's own words: it stays with the task.
  insert into notify.alert (kind, dedupe_key, store_id, method, order_number, reason, due_at)
  select 'find_out', 'find_out:' || new.order_number || ':' || p.fence, p.store_id, p.method, new.order_number, new.why, new.deadline_at
  from placement.placement p where p.order_number = new.order_number
  on conflict do nothing;
  return null;
end $$;
create trigger notify_follows after insert or update of outcome_unknown, status on placement.manual_task for each row
  when (new.outcome_unknown and new.status = 'open') execute function notify.follow_task();

create function notify.follow_books() returns trigger language plpgsql as $$
begin
  insert into notify.alert (kind, dedupe_key, reconciliation_id, provider, bad, total)
  values ('books_differ', 'books_differ:' || new.reconciliation_id, new.reconciliation_id, new.provider::text, new.difference_count, new.record_count)
  on conflict do nothing;
  return null;
end $$;
create trigger notify_follows after update of status on ledger.reconciliation for each row
  when (old.status <> new.status and new.status = 'finished' and new.difference_count > 0) execute function notify.follow_books();

create function notify.follow_dispute() returns trigger language plpgsql as $$
begin
  insert into notify.alert (kind, dedupe_key, dispute_id, payment_id, reason, due_at, amount_minor, currency)
  values ('dispute_opened', 'dispute_opened:' || new.dispute_id || case when new.opened_count > 1 then ':' || new.opened_count else '' end, new.dispute_id, new.payment_id, new.reason, new.evidence_due_at,
    new.amount_minor, new.currency)
  on conflict do nothing;
  return null;
end $$;
create trigger notify_follows after insert on payment.dispute for each row
  when (new.closed_at is null) execute function notify.follow_dispute();
-- It had ended, and is taken up again: somebody has to look at it once more.
create trigger notify_follows_again after update of opened_count on payment.dispute for each row
  when (new.opened_count > old.opened_count) execute function notify.follow_dispute();

-- A payment that came of an intent for an older total, and went back whole.
create function notify.follow_late() returns trigger language plpgsql as $$
begin
  insert into notify.alert (kind, dedupe_key, payment_id, provider, reason, amount_minor, currency)
  select 'payment_unmatched', 'payment_unmatched:' || p.payment_id || ':older_total', p.payment_id, p.provider::text, 'older_total', new.amount_minor, new.currency
  from payment.payment p join checkout.session s using (session_id)
  where p.payment_id = new.payment_id and new.cause = 'session:' || s.session_id || ':late' and s.total_minor <> p.amount_minor
  on conflict do nothing;
  return null;
end $$;
create trigger notify_late after insert on payment.refund for each row
  when (new.order_number is null) execute function notify.follow_late();

-- What the provider took and no payment of ours asks for: another amount than the button named, or a second charge. Nothing
-- follows from it by itself; a person decides, so it is written down once.
create table payment.unmatched (
  payment_id text not null references payment.payment,
  provider_ref text not null,
  reason text not null check (reason in ('amount_mismatch', 'surplus')),
  amount_minor bigint not null,
  currency text not null,
  seen_at timestamptz not null default now(),
  primary key (payment_id, provider_ref)
);

-- Door: writes down such a charge, however often it is heard of.
create function payment.unmatched_1(p_payment_id text, p_provider_ref text, p_reason text, p_amount_minor bigint, p_currency text) returns void
language sql as $$
  insert into payment.unmatched (payment_id, provider_ref, reason, amount_minor, currency)
  values (p_payment_id, p_provider_ref, p_reason, p_amount_minor, p_currency) on conflict do nothing
$$;

create function notify.follow_unmatched() returns trigger language plpgsql as $$
begin
  insert into notify.alert (kind, dedupe_key, payment_id, provider, reason, detail, amount_minor, currency)
  select 'payment_unmatched', 'payment_unmatched:' || new.payment_id || ':' || new.provider_ref, new.payment_id, p.provider::text, new.reason,
    new.provider_ref, new.amount_minor, new.currency
  from payment.payment p where p.payment_id = new.payment_id
  on conflict do nothing;
  return null;
end $$;
create trigger notify_follows after insert on payment.unmatched for each row execute function notify.follow_unmatched();

-- What comes due by time alone: work at the desk that is past half its deadline, and evidence that nobody has sent. Answers
-- how many there were.
create function notify.find_due_alerts_1() returns int
language plpgsql as $$
declare
  found_now int;
  total int := 0;
begin
  insert into notify.alert (kind, dedupe_key, store_id, method, order_number, reason, due_at)
  select 'task_late', 'task_late:' || t.order_number || ':' || t.kind || ':' || extract(epoch from t.opened_at), p.store_id, p.method, t.order_number,
    t.why, t.deadline_at
  from placement.manual_task t join placement.placement p using (order_number)
  where t.status in ('open', 'claimed') and now() >= t.opened_at + (t.deadline_at - t.opened_at) / 2
  on conflict do nothing;
  get diagnostics found_now = row_count;
  total := total + found_now;

  insert into notify.alert (kind, dedupe_key, dispute_id, payment_id, reason, due_at, amount_minor, currency)
  select 'evidence_due', 'evidence_due:' || d.dispute_id || case when d.opened_count > 1 then ':' || d.opened_count else '' end, d.dispute_id, d.payment_id, d.reason, d.evidence_due_at, d.amount_minor, d.currency
  from payment.dispute d
  where d.closed_at is null and d.status in ('needs_response', 'inquiry')
    and d.evidence_due_at between now() and now() + notify.evidence_warning_1() and d.opened_at < now() - interval '1 day'
    and not exists (select from payment.dispute_answer a where a.dispute_id = d.dispute_id and a.opening = d.opened_count and a.status <> 'refused')
  on conflict do nothing;
  get diagnostics found_now = row_count;
  return total + found_now;
end $$;

-- Writes each reader one mail with all that they have not been told of, unless they were written to a moment ago or a mail to
-- them still waits: then it waits for the next. One at a time, whoever calls. Answers how many mails it wrote.
create function notify.write_alert_mails_1(p_gather interval, p_every interval) returns int
language plpgsql as $$
declare
  written int;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('notify.alert_mails', 0)) then return 0; end if;
  with untold as (
    select r.account_id, r.locale, a.alert_id, a.at
    from notify.alert_reader r
    join notify.alert a on a.at > now() - interval '1 day' and a.at >= r.since
    where not exists (select from notify.alert_told t where t.account_id = r.account_id and t.alert_id = a.alert_id)
      and not exists (
        select from notify.mail m
        where m.account_id = r.account_id and m.kind = 'ops_alerts' and (m.created_at > now() - p_every or m.try_at is not null))
  ), mails as (
    insert into notify.mail (mail_id, kind, dedupe_key, account_id, locale)
    select notify.new_id_1(), 'ops_alerts', 'ops_alerts:' || u.account_id || ':' || max(u.alert_id), u.account_id, min(u.locale)
    from untold u group by u.account_id
    having min(u.at) <= now() - p_gather
    on conflict do nothing
    returning mail_id, account_id
  ), told as (
    insert into notify.alert_told (account_id, alert_id, mail_id)
    select u.account_id, u.alert_id, m.mail_id from untold u join mails m using (account_id)
  )
  select count(*) into written from mails;
  return written;
end $$;

-- What an operator answers the bank with, in the provider's own fields. The row is the intent: it is committed before the
-- provider hears of it, and its id is the key it is sent under. A dispute takes one answer each time it is open; a refused one
-- may be mended.
create type payment.answer_status as enum ('started', 'unknown', 'submitted', 'refused');
create table payment.dispute_answer (
  answer_id text primary key,
  dispute_id text not null references payment.dispute,
  -- Which of the times that its dispute was open it answers (payment.dispute.opened_count).
  opening int not null default 1,
  status payment.answer_status not null default 'started',
  -- { field: text }, as sent.
  evidence jsonb not null,
  asked_by text not null,
  asked_at timestamptz not null default now(),
  tries int not null default 0,
  -- When it is sent, or looked for, (again); null once it is known.
  try_at timestamptz default now(),
  -- The provider's code for why not, or what kept it from answering.
  error text,
  settled_at timestamptz,
  check ((try_at is not null) = (status in ('started', 'unknown'))),
  check ((settled_at is not null) = (status in ('submitted', 'refused')))
);
create unique index dispute_answer_once on payment.dispute_answer (dispute_id, opening) where status <> 'refused';
create index dispute_answer_dispute on payment.dispute_answer (dispute_id);
create index dispute_answer_due on payment.dispute_answer (try_at) where try_at is not null;

create function payment.guard_answer() returns trigger language plpgsql as $$
begin
  if old.status in ('submitted', 'refused') and new.status <> old.status then
    raise exception 'dispute answer % cannot go from % to %', old.answer_id, old.status, new.status using errcode = 'MU001';
  end if;
  return new;
end $$;
create trigger guard before update of status on payment.dispute_answer for each row execute function payment.guard_answer();

-- An operator's answer to a dispute, in the transaction of its audit row. 'started'; 'not_found'; 'closed' (decided, or past
-- its time); 'answered' (there is one already of this time that it is open, or its outcome is not known yet).
create function payment.dispute_answer_1(p_answer_id text, p_dispute_id text, p_evidence jsonb, p_asked_by text) returns text
language plpgsql as $$
declare
  d payment.dispute;
begin
  select x.* into d from payment.dispute x where x.dispute_id = p_dispute_id for update;
  if not found then return 'not_found'; end if;
  if exists (select from payment.dispute_answer a where a.dispute_id = p_dispute_id and a.opening = d.opened_count and a.status <> 'refused') then
    return 'answered';
  end if;
  if d.closed_at is not null or d.status not in ('needs_response', 'inquiry') or d.evidence_due_at <= now() then return 'closed'; end if;
  insert into payment.dispute_answer (answer_id, dispute_id, opening, evidence, asked_by)
  values (p_answer_id, p_dispute_id, d.opened_count, p_evidence, p_asked_by);
  return 'started';
end $$;

-- Each time that links to a bought file were given out, and the file was fetched: what a bank asks for as proof that it was
-- used. Of the address its network alone (/24, /48), which is enough to say "the same place"; kept as long as a charge may be
-- disputed (docs/privacy.md).
create table access.download (
  download_id bigint generated always as identity primary key,
  order_number text not null references orders.store_order,
  -- Null: links were given out. The same file again within a minute (a part of it, a broken line) is not another time.
  file_id text,
  at timestamptz not null default clock_timestamp(),
  network text
);
create index download_order on access.download (order_number, at);
create index download_at on access.download (at);

-- Where an address lies, without saying whose it is. Null for what is none.
create function access.network_1(p_address text) returns text language plpgsql immutable as $$
declare
  plain text := regexp_replace(p_address, '^::ffff:(?=[0-9.]+$)', '');
begin
  -- Not one expression: the planner would cast what is no address before it asks whether it is one.
  if plain is null or not pg_input_is_valid(plain, 'inet') then return null; end if;
  return text(network(set_masklen(plain::inet, case family(plain::inet) when 4 then 24 else 48 end)));
end $$;

-- What a payment's dispute is answered from, of the goods that are files: what was given, when it was fetched, and what the
-- buyer agreed to. An array, one entry an order. Reads only.
create function access.proof_1(p_session_id text) returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(jsonb_build_object('museOrderNumber', h.order_number, 'grantedAt', h.granted_at, 'revokedAt', h.revoked_at,
    'downloadCount', h.download_count, 'downloads', (
      select coalesce(jsonb_agg(jsonb_build_object('at', d.at, 'fileName', d.name, 'network', d.network) order by d.at), '[]')
      from (select x.at, x.network, f.name from access.download x left join access.file f using (file_id)
        where x.order_number = h.order_number order by x.at desc limit 200) d),
    'waiver', (select jsonb_build_object('wording', w.wording, 'language', w.locale, 'waivedAt', w.waived_at)
      from access.waiver w where w.order_number = h.order_number)) order by h.order_number), '[]')
  from orders.store_order o join access.holding h using (order_number)
  where o.session_id = p_session_id
$$;
