-- The books: what was charged and what is owed for it to whom, in double entry. Written in the commits that move money, by
-- the functions below, which are this room's doors. Rows are only ever added (M4).
create schema ledger;

-- A positive amount is a debit. What is owed to somebody therefore stands below zero.
create type ledger.account as enum (
  -- What the payment provider holds for us, by provider.
  'provider_clearing',
  -- Charged, and not yet owed to anybody but the shopper: the order waits for its store.
  'shopper_funds',
  -- Owed for goods to a store, or to the seller of a digital product after the platform's fee.
  'store_payable', 'seller_payable', 'platform_fee',
  -- Owed for the delivery, by store; owed to the states.
  'shipping', 'tax',
  -- Owed back to shoppers and on its way.
  'refunds',
  -- Taken back by a bank until it has decided, and what was lost so.
  'disputes', 'dispute_losses',
  -- Taken from what is owed to a seller and on its way to their bank; and what has left our own bank account for it.
  'payouts', 'bank'
);

create type ledger.cause as enum (
  'payment_captured', 'order_placed', 'refund_opened', 'refund_paid', 'refund_returned', 'refund_withdrawn',
  'dispute_withdrawn', 'dispute_reinstated', 'dispute_lost', 'payout_prepared', 'payout_paid', 'payout_failed'
);

create table ledger.entry (
  entry_id bigint generated always as identity primary key,
  cause ledger.cause not null,
  -- The payment's, order's, refund's, dispute's or payout's own id.
  cause_id text not null,
  -- One currency an entry, whatever its postings.
  currency text not null check (currency in ('USD', 'KRW')),
  -- The checkout it belongs to; a payout is of many.
  session_id text,
  at timestamptz not null default now(),
  check ((session_id is null) = (cause in ('payout_prepared', 'payout_paid', 'payout_failed'))),
  -- The same fact is posted once, whoever tells of it.
  unique (cause, cause_id)
);
create index entry_session on ledger.entry (session_id);
create index entry_span on ledger.entry using brin (at);

create table ledger.posting (
  entry_id bigint not null references ledger.entry,
  line_no smallint not null,
  account ledger.account not null,
  -- The provider, the store, the seller; null where an account has one balance.
  owner_id text,
  order_number text,
  amount_minor bigint not null check (amount_minor <> 0),
  primary key (entry_id, line_no)
);
create index posting_order on ledger.posting (order_number) where order_number is not null;
create index posting_owner on ledger.posting (owner_id, entry_id) where owner_id is not null;

-- The last entry from well before a time, by halving: every one up to it is older than that, and of those behind it none is
-- older by two days. Ids are given in the order in which entries are written, `at` is when their transaction began: a day is far
-- more than lies between. 0: none is.
create function ledger.entry_before_1(p_at timestamptz) returns bigint
language plpgsql stable as $$
declare
  low bigint := 0;
  high bigint := (select coalesce(max(e.entry_id), 0) + 1 from ledger.entry e);
  middle bigint;
  near record;
begin
  while high - low > 1 loop
    middle := low + (high - low) / 2;
    select e.entry_id, e.at into near from ledger.entry e where e.entry_id >= middle order by e.entry_id limit 1;
    if near.entry_id < high and near.at < p_at - interval '1 day' then low := near.entry_id; else high := middle; end if;
  end loop;
  return low;
end $$;

create function ledger.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'M4: the ledger is append-only' using errcode = 'MU001';
end $$;
create trigger append_only before update or delete on ledger.entry for each row execute function ledger.refuse_change();
create trigger append_only_whole before truncate on ledger.entry for each statement execute function ledger.refuse_change();
create trigger append_only before update or delete on ledger.posting for each row execute function ledger.refuse_change();
create trigger append_only_whole before truncate on ledger.posting for each statement execute function ledger.refuse_change();

-- M4: what commits has both sides. Once an entry, at the commit that wrote it.
create function ledger.guard_entry() returns trigger language plpgsql as $$
begin
  if (select coalesce(sum(p.amount_minor), 1) <> 0 from ledger.posting p where p.entry_id = new.entry_id) then
    raise exception 'M4: entry % (% %) does not sum to zero', new.entry_id, new.cause, new.cause_id using errcode = 'MU001';
  end if;
  return null;
end $$;
create constraint trigger balanced after insert on ledger.entry deferrable initially deferred
  for each row execute function ledger.guard_entry();

-- M4: an entry's postings come together and balance; nothing is posted onto an older one alone.
create function ledger.guard_postings() returns trigger language plpgsql as $$
declare
  uneven bigint;
begin
  select f.entry_id into uneven from fresh f group by f.entry_id having sum(f.amount_minor) <> 0 limit 1;
  if found then
    raise exception 'M4: the postings of entry % do not sum to zero', uneven using errcode = 'MU001';
  end if;
  return null;
end $$;
create trigger balanced after insert on ledger.posting referencing new table as fresh
  for each statement execute function ledger.guard_postings();

-- Moves an amount from one account to another, once for a cause. Returns whether it was new.
create function ledger.post_pair_1(
  p_cause ledger.cause, p_cause_id text, p_currency text, p_session_id text, p_order_number text, p_amount_minor bigint,
  p_debit ledger.account, p_debit_owner text, p_credit ledger.account, p_credit_owner text
) returns boolean
language plpgsql set plan_cache_mode = force_generic_plan as $$
begin
  with made as (
    insert into ledger.entry as e (cause, cause_id, currency, session_id) values (p_cause, p_cause_id, p_currency, p_session_id)
    on conflict (cause, cause_id) do nothing returning e.entry_id
  )
  insert into ledger.posting (entry_id, line_no, account, owner_id, order_number, amount_minor)
  select m.entry_id, side.line_no, side.account, side.owner_id, p_order_number, side.amount_minor
  from made m
  cross join (values (1::smallint, p_debit, p_debit_owner, p_amount_minor), (2::smallint, p_credit, p_credit_owner, -p_amount_minor))
    as side (line_no, account, owner_id, amount_minor);
  return found;
end $$;

-- Door: the provider has the money; until their stores have the orders it is the shopper's.
create function ledger.post_capture_1(p_payment_id text) returns boolean
language sql as $$
  select ledger.post_pair_1('payment_captured', p.payment_id, p.currency, p.session_id, null, p.amount_minor,
    'provider_clearing', p.provider::text, 'shopper_funds', null)
  from payment.payment p where p.payment_id = p_payment_id and p.status = 'succeeded'
$$;

-- What Muse keeps of a digital product's price before tax, in basis points, for every seller alike. Retailers pay no fee.
create function ledger.platform_fee_bp_1() returns int language sql immutable as $$
  select 1000
$$;

-- Of an amount, to the nearest minor unit, half up: what remains is the seller's.
create function ledger.platform_fee_1(p_goods_minor bigint) returns bigint
language sql immutable as $$
  select (p_goods_minor * ledger.platform_fee_bp_1() + 5000) / 10000
$$;

-- What of an order's refunds was goods, delivery and tax, all refunds together. A line gives its tax back in the share in
-- which it is given back, so that with the last unit exactly all of it has gone; so does the delivery.
create function ledger.refunded_parts_1(p_order_number text) returns table (goods_minor bigint, shipping_minor bigint, tax_minor bigint)
language sql stable as $$
  with line as (
    select coalesce(sum(i.line_total_minor - i.discount_minor + i.tax_minor), 0) as gross, coalesce(sum(i.tax_minor), 0) as tax,
      coalesce(sum(case when i.refunded_minor > 0 then i.tax_minor * i.refunded_minor / (i.line_total_minor - i.discount_minor + i.tax_minor) else 0 end), 0) as tax_back
    from orders.order_item i where i.order_number = p_order_number
  ), back as (
    select o.refunded_minor, o.refunded_shipping_minor, l.tax_back,
      case when o.refunded_shipping_minor > 0 then div((o.tax_minor - l.tax) * o.refunded_shipping_minor, o.total_minor - l.gross) else 0 end as delivery_tax_back
    from orders.store_order o cross join line l where o.order_number = p_order_number
  )
  select (b.refunded_minor - b.refunded_shipping_minor - b.tax_back)::bigint, (b.refunded_shipping_minor - b.delivery_tax_back)::bigint,
    (b.tax_back + b.delivery_tax_back)::bigint
  from back b
$$;

-- What the books should say of an order now: what was drawn of the shopper's money for it, and to whom it is owed.
create function ledger.wanted_1(p_order_number text, p_is_placed boolean) returns table (account ledger.account, owner_id text, amount_minor bigint)
language sql stable as $$
  with o as (
    select so.store_id, so.total_minor, so.refunded_minor, so.subtotal_minor - so.discount_minor - back.goods_minor as goods_minor,
      so.shipping_minor - back.shipping_minor as shipping_minor, so.tax_minor - back.tax_minor as tax_minor,
      (select p.seller_id from catalog.product p where so.kind = 'digital' and p.product_id = so.group_key) as seller_id
    from orders.store_order so cross join lateral ledger.refunded_parts_1(so.order_number) back
    where so.order_number = p_order_number
  )
  select w.account, w.owner_id, w.amount_minor
  from o cross join lateral (values
    ('shopper_funds'::ledger.account, null::text, case when p_is_placed then o.total_minor else o.refunded_minor end),
    ('store_payable', o.store_id, case when p_is_placed and o.seller_id is null then -o.goods_minor else 0 end),
    ('seller_payable', o.seller_id, case when p_is_placed and o.seller_id is not null then ledger.platform_fee_1(o.goods_minor) - o.goods_minor else 0 end),
    ('platform_fee', null, case when p_is_placed and o.seller_id is not null then -ledger.platform_fee_1(o.goods_minor) else 0 end),
    ('shipping', o.store_id, case when p_is_placed then -o.shipping_minor else 0 end),
    ('tax', null, case when p_is_placed then -o.tax_minor else 0 end)
  ) as w (account, owner_id, amount_minor)
$$;

-- Posts what an order's books lack, against what is owed back to the shopper. The caller holds the order's row.
create function ledger.post_order_1(p_order_number text, p_cause ledger.cause, p_cause_id text) returns boolean
language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  placed boolean;
begin
  placed := p_cause = 'order_placed' or exists (select from ledger.entry e where e.cause = 'order_placed' and e.cause_id = p_order_number);
  with due as (
    select w.account, w.owner_id, w.amount_minor - coalesce(b.amount_minor, 0) as amount_minor
    from ledger.wanted_1(p_order_number, placed) w
    left join (
      select p.account, p.owner_id, sum(p.amount_minor)::bigint as amount_minor
      from ledger.posting p where p.order_number = p_order_number group by p.account, p.owner_id
    ) b on b.account = w.account and b.owner_id is not distinct from w.owner_id
  ), side as (
    select d.account, d.owner_id, d.amount_minor from due d where d.amount_minor <> 0
    union all
    select 'refunds', null, -sum(d.amount_minor)::bigint from due d having sum(d.amount_minor) <> 0
  ), made as (
    insert into ledger.entry as e (cause, cause_id, currency, session_id)
    select p_cause, p_cause_id, o.currency, o.session_id from orders.store_order o
    where o.order_number = p_order_number and exists (select from side)
    on conflict (cause, cause_id) do nothing returning e.entry_id
  )
  insert into ledger.posting (entry_id, line_no, account, owner_id, order_number, amount_minor)
  select m.entry_id, row_number() over (order by s.account), s.account, s.owner_id, p_order_number, s.amount_minor from made m cross join side s;
  return found;
end $$;

-- Door: a store has the order, or the shopper has the digital product: from now on it is owed for.
create function ledger.follow_order() returns trigger language plpgsql as $$
begin
  if new.status = 'placed' and old.status <> 'placed' then
    perform ledger.post_order_1(new.order_number, 'order_placed', new.order_number);
  end if;
  return null;
end $$;
create trigger ledger_follows after update of status on orders.store_order for each row execute function ledger.follow_order();

-- Door: money is promised back. Call it once the order counts the refund (orders.refund_share_1).
create function ledger.post_refund_opened_1(p_refund_id text) returns boolean
language sql as $$
  select case when r.order_number is not null then ledger.post_order_1(r.order_number, 'refund_opened', r.refund_id)
    else ledger.post_pair_1('refund_opened', r.refund_id, r.currency, p.session_id, null, r.amount_minor, 'shopper_funds', null, 'refunds', null) end
  from payment.refund r join payment.payment p using (payment_id) where r.refund_id = p_refund_id
$$;

-- Door: what was promised has gone to the shopper.
create function ledger.post_refund_1(p_refund_id text) returns boolean
language sql as $$
  select ledger.post_pair_1('refund_paid', r.refund_id, r.currency, p.session_id, r.order_number, r.amount_minor, 'refunds', null,
    'provider_clearing', p.provider::text)
  from payment.refund r join payment.payment p using (payment_id) where r.refund_id = p_refund_id
$$;

-- Door: a refund that had gone came back to the provider. The promise stands until it is withdrawn.
create function ledger.post_refund_returned_1(p_refund_id text) returns boolean
language sql as $$
  select ledger.post_pair_1('refund_returned', r.refund_id, r.currency, p.session_id, r.order_number, r.amount_minor, 'provider_clearing',
    p.provider::text, 'refunds', null)
  from payment.refund r join payment.payment p using (payment_id) where r.refund_id = p_refund_id
$$;

-- Door: a refund came to nothing, so its order owes again what it owed. Call it once the order no longer counts it.
create function ledger.post_refund_withdrawn_1(p_refund_id text) returns boolean
language sql as $$
  select case when r.order_number is not null then ledger.post_order_1(r.order_number, 'refund_withdrawn', r.refund_id)
    else ledger.post_pair_1('refund_withdrawn', r.refund_id, r.currency, p.session_id, null, r.amount_minor, 'refunds', null, 'shopper_funds', null) end
  from payment.refund r join payment.payment p using (payment_id) where r.refund_id = p_refund_id
$$;

-- A shopper's bank asks for a charge back. Recorded from the provider's own record of it, which is read anew at each event.
create table payment.dispute (
  -- The provider's (du_…).
  dispute_id text primary key,
  payment_id text not null references payment.payment,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  reason text not null,
  -- `inquiry`: the bank only asks, and no money moves.
  status text not null check (status in ('inquiry', 'inquiry_closed', 'needs_response', 'under_review', 'won', 'lost')),
  -- What the provider has taken of us for it at this moment.
  withdrawn_minor bigint not null default 0 check (withdrawn_minor >= 0),
  -- How many movements of money that is the sum of; they only grow, so an older reading is known by having fewer.
  movement_count int not null default 0,
  evidence_due_at timestamptz,
  opened_at timestamptz not null,
  -- Null while somebody has still to decide: also when what had ended is taken up again.
  closed_at timestamptz,
  -- How often it was open: each time is told and answered by itself.
  opened_count int not null default 1,
  -- Open for the second time without any money having moved.
  is_appeal boolean not null default false,
  -- When the provider is asked how it stands, should no event have told.
  look_at timestamptz not null default now() + interval '1 hour',
  updated_at timestamptz not null default now()
);
create index dispute_payment on payment.dispute (payment_id);
create index dispute_opened on payment.dispute (opened_at desc, dispute_id);
-- The few that wait for somebody's evidence.
create index dispute_open on payment.dispute (evidence_due_at) where closed_at is null;

-- What the provider says of a dispute. Readings may come late and out of order: one that is older than what is known
-- changes nothing (W1). Where no money has moved since, only an appeal opens again what has ended: any other open word is one from
-- before. Says 'noted', 'known' or 'unknown_payment'.
create function payment.dispute_note_1(
  p_dispute_id text, p_provider payment.provider, p_provider_ref text, p_amount_minor bigint, p_currency text, p_reason text, p_status text,
  p_withdrawn_minor bigint, p_movement_count int, p_evidence_due_at timestamptz, p_opened_at timestamptz,
  p_is_appeal boolean default false
) returns text
language plpgsql as $$
declare
  pay payment.payment;
  known payment.dispute;
  is_open boolean := p_status in ('inquiry', 'needs_response', 'under_review');
begin
  select p.* into pay from payment.payment p
  where p.provider = p_provider and p.provider_ref = p_provider_ref and p.status = 'succeeded' for update;
  if not found then return 'unknown_payment'; end if;
  select d.* into known from payment.dispute d where d.dispute_id = p_dispute_id;
  if found and (known.movement_count > p_movement_count or (known.movement_count = p_movement_count and case when p_is_appeal
      then known.is_appeal and known.status = p_status
      else known.status = p_status or known.closed_at is not null or (known.is_appeal and is_open) end)) then
    return 'known';
  end if;

  insert into payment.dispute as d (dispute_id, payment_id, amount_minor, currency, reason, status, withdrawn_minor, movement_count,
    evidence_due_at, opened_at, closed_at, opened_count, is_appeal)
  values (p_dispute_id, pay.payment_id, p_amount_minor, p_currency, p_reason, p_status, p_withdrawn_minor, p_movement_count,
    p_evidence_due_at, p_opened_at, case when not is_open then now() end, is_open::int, p_is_appeal)
  on conflict (dispute_id) do update
    set amount_minor = excluded.amount_minor, reason = excluded.reason, status = excluded.status, withdrawn_minor = excluded.withdrawn_minor,
        movement_count = excluded.movement_count, evidence_due_at = excluded.evidence_due_at,
        closed_at = case when not is_open then coalesce(d.closed_at, excluded.closed_at) end, is_appeal = excluded.is_appeal,
        opened_count = d.opened_count + (is_open and (d.closed_at is not null or (excluded.is_appeal and not d.is_appeal)))::int,
        look_at = case when d.closed_at is not null and is_open then now() + interval '1 hour' else d.look_at end, updated_at = now();
  perform ledger.post_dispute_1(p_dispute_id);
  return 'noted';
end $$;

-- Door: the books follow what was taken for a dispute and given back; what is lost stops being in dispute.
create function ledger.post_dispute_1(p_dispute_id text) returns void
language plpgsql as $$
declare
  d record;
  moved bigint;
  lost bigint;
  told_before int;
begin
  select x.dispute_id, x.currency, x.withdrawn_minor, x.movement_count, x.status, p.session_id, p.provider::text as provider into d
  from payment.dispute x join payment.payment p using (payment_id) where x.dispute_id = p_dispute_id;
  select d.withdrawn_minor + coalesce(sum(p.amount_minor), 0) into moved
  from ledger.entry e join ledger.posting p using (entry_id)
  where e.session_id = d.session_id and e.cause in ('dispute_withdrawn', 'dispute_reinstated') and p.account = 'provider_clearing'
    and e.cause_id like replace(d.dispute_id, '_', '\_') || ':%';
  if moved > 0 then
    perform ledger.post_pair_1('dispute_withdrawn', d.dispute_id || ':' || d.movement_count, d.currency, d.session_id, null, moved, 'disputes', null,
      'provider_clearing', d.provider);
  elsif moved < 0 then
    perform ledger.post_pair_1('dispute_reinstated', d.dispute_id || ':' || d.movement_count, d.currency, d.session_id, null, -moved,
      'provider_clearing', d.provider, 'disputes', null);
  end if;
  -- A bank may think better of it, or take more: what is lost is told anew, like what was taken. An appeal moves no money, so
  -- each telling has its number.
  select case d.status when 'lost' then d.withdrawn_minor else 0 end - coalesce(sum(p.amount_minor), 0), count(*) into lost, told_before
  from ledger.entry e join ledger.posting p using (entry_id)
  where e.session_id = d.session_id and e.cause = 'dispute_lost' and p.account = 'dispute_losses'
    and e.cause_id like replace(d.dispute_id, '_', '\_') || ':%';
  if lost > 0 then
    perform ledger.post_pair_1('dispute_lost', d.dispute_id || ':' || d.movement_count || ':' || told_before, d.currency, d.session_id, null, lost,
      'dispute_losses', null, 'disputes', null);
  elsif lost < 0 then
    perform ledger.post_pair_1('dispute_lost', d.dispute_id || ':' || d.movement_count || ':' || told_before, d.currency, d.session_id, null, -lost,
      'disputes', null, 'dispute_losses', null);
  end if;
end $$;

-- The provider's own books, line by line, as it lists them: what the nightly reconciliation holds ours against.
create table ledger.provider_record (
  provider payment.provider not null,
  -- The line's own id (txn_…).
  record_id text not null,
  -- `other`: fees, payouts and what else moves the provider's balance without a shopper.
  kind text not null check (kind in ('charge', 'refund', 'refund_failure', 'dispute', 'other')),
  -- The charge's intent, and the charge, refund or dispute itself.
  payment_ref text,
  object_ref text not null,
  -- Our own row, where the object names it.
  own_id text,
  -- Into our balance, or out of it below zero; before the provider's fee.
  amount_minor bigint not null,
  fee_minor bigint not null,
  currency text not null,
  booked_at timestamptz not null,
  primary key (provider, record_id)
);
create index provider_record_object on ledger.provider_record (provider, object_ref);
create index provider_record_payment on ledger.provider_record (provider, payment_ref) where payment_ref is not null;
create index provider_record_booked on ledger.provider_record (provider, booked_at);

-- For the nightly span; written in the order of time, and no hindrance to HOT updates.
create index payment_succeeded_span on payment.payment using brin (succeeded_at);

create type ledger.reconciliation_status as enum ('running', 'finished', 'failed');

create table ledger.reconciliation (
  reconciliation_id text primary key,
  provider payment.provider not null,
  -- What was booked from here (inclusive) to there (exclusive) was compared.
  from_at timestamptz not null,
  to_at timestamptz not null,
  status ledger.reconciliation_status not null default 'running',
  requested_by text,
  started_at timestamptz not null default now(),
  finished_at timestamptz,
  -- The provider's lines in that time, and their sum by currency and kind: [{ currency, kind, count, amountMinor, feeMinor }].
  record_count int not null default 0,
  sums jsonb not null default '[]',
  difference_count int not null default 0,
  check (from_at < to_at)
);
-- One at a time, so that two never name the same difference.
create unique index reconciliation_running on ledger.reconciliation (provider) where status = 'running';
create index reconciliation_latest on ledger.reconciliation (provider, to_at desc);

-- Each thing in which the three books do not agree, by name.
create table ledger.difference (
  reconciliation_id text not null references ledger.reconciliation,
  number int not null,
  kind text not null,
  -- Where to look: our payment, refund or dispute, or the provider's object where we have none.
  subject text not null,
  payment_id text,
  provider_ref text,
  currency text,
  ours_minor bigint,
  theirs_minor bigint,
  primary key (reconciliation_id, number)
);

-- Begins a reconciliation of what was booked since the last one, less two days: what was named then and is not put right is
-- named again. A run that began six hours ago will not end any more. Says nothing when one is running, or there is nothing yet.
create function ledger.reconciliation_start_1(p_reconciliation_id text, p_provider payment.provider, p_to_at timestamptz, p_requested_by text)
returns table (reconciliation_id text, from_at timestamptz, to_at timestamptz)
language plpgsql as $$
declare
  since timestamptz;
begin
  update ledger.reconciliation r set status = 'failed', finished_at = now()
  where r.provider = p_provider and r.status = 'running' and r.started_at < now() - interval '6 hours';
  select coalesce(
    (select max(r.to_at) - interval '2 days' from ledger.reconciliation r where r.provider = p_provider and r.status = 'finished'),
    -- Its clock is not ours.
    (select min(p.created_at) - interval '1 day' from payment.payment p where p.provider = p_provider)) into since;
  if since is null or since >= p_to_at then return; end if;
  return query
    insert into ledger.reconciliation as r (reconciliation_id, provider, from_at, to_at, requested_by)
    values (p_reconciliation_id, p_provider, since, p_to_at, p_requested_by)
    on conflict (provider) where status = 'running' do nothing
    returning r.reconciliation_id, r.from_at, r.to_at;
end $$;

-- Holds the provider's lines of a slice of the time compared against our payments, refunds and disputes, and those against the
-- ledger, and names every difference once. What we did in the last hour of the whole time is not missed at the provider: it
-- may stand in its next one. Returns how many were named, or null when the run is over.
create function ledger.reconciliation_compare_1(p_reconciliation_id text, p_from_at timestamptz, p_to_at timestamptz) returns int
language plpgsql as $$
declare
  run ledger.reconciliation;
  named int;
begin
  select r.* into run from ledger.reconciliation r where r.reconciliation_id = p_reconciliation_id and r.status = 'running' for update;
  if not found then return null; end if;

  insert into ledger.difference (reconciliation_id, number, kind, subject, payment_id, provider_ref, currency, ours_minor, theirs_minor)
  select p_reconciliation_id, (select coalesce(max(k.number), 0) from ledger.difference k where k.reconciliation_id = p_reconciliation_id)
      + row_number() over (order by d.kind, d.subject, d.provider_ref),
    d.kind, d.subject, d.payment_id, d.provider_ref, d.currency, d.ours_minor, d.theirs_minor
  from (
    select x.kind, x.subject, x.payment_id, x.provider_ref, x.currency, x.ours_minor, x.theirs_minor
    from ledger.charge_differences_1(run.provider, p_from_at, p_to_at, run.to_at - interval '1 hour') x
    union all
    select x.kind, x.subject, x.payment_id, x.provider_ref, x.currency, x.ours_minor, x.theirs_minor
    from ledger.refund_differences_1(run.provider, p_from_at, p_to_at, run.to_at - interval '1 hour') x
    union all
    select x.kind, x.subject, x.payment_id, x.provider_ref, x.currency, x.ours_minor, x.theirs_minor
    from ledger.dispute_differences_1(run.provider, p_from_at, p_to_at, run.to_at - interval '1 hour') x
    union all
    select x.kind, x.subject, x.payment_id, x.provider_ref, x.currency, x.ours_minor, x.theirs_minor
    from ledger.book_differences_1(run.provider, p_from_at, p_to_at) x
  ) d
  where not exists (
    select from ledger.difference k
    where k.reconciliation_id = p_reconciliation_id and (k.kind, k.subject) = (d.kind, d.subject) and k.provider_ref is not distinct from d.provider_ref);
  get diagnostics named = row_count;
  return named;
end $$;

-- Every slice has been compared: what it came to. Returns the number of differences, or null when the run is over already.
create function ledger.reconciliation_finish_1(p_reconciliation_id text) returns int
language plpgsql as $$
declare
  named int;
begin
  select count(*) into named from ledger.difference d where d.reconciliation_id = p_reconciliation_id;
  update ledger.reconciliation r
  set status = 'finished', finished_at = now(), difference_count = named, record_count = coalesce(told.count, 0), sums = coalesce(told.sums, '[]')
  from ledger.reconciliation run
  cross join lateral (
    select sum(s.count)::int as count, jsonb_agg(jsonb_build_object('currency', s.currency, 'kind', s.kind, 'count', s.count,
      'amountMinor', s.amount_minor, 'feeMinor', s.fee_minor) order by s.currency, s.kind) as sums
    from (select p.currency, p.kind, count(*) as count, sum(p.amount_minor) as amount_minor, sum(p.fee_minor) as fee_minor
          from ledger.provider_record p where p.provider = run.provider and p.booked_at >= run.from_at and p.booked_at < run.to_at
          group by p.currency, p.kind) s
  ) told
  where r.reconciliation_id = p_reconciliation_id and r.status = 'running' and run.reconciliation_id = r.reconciliation_id;
  if not found then return null; end if;
  return named;
end $$;

-- Charges there against payments here, both ways. A payment whose success we have not heard of is told from a charge that is none of ours.
create function ledger.charge_differences_1(
  p_provider payment.provider, p_from_at timestamptz, p_to_at timestamptz, p_missed_before timestamptz
)
returns table (kind text, subject text, payment_id text, provider_ref text, currency text, ours_minor bigint, theirs_minor bigint)
language sql stable as $$
  with theirs as (
    select r.record_id, r.object_ref, r.payment_ref, r.amount_minor, r.currency, p.payment_id, p.status, p.amount_minor as ours_minor, p.currency as own_currency,
      p.provider_ref = r.payment_ref as is_its_intent,
      row_number() over (partition by p.payment_id order by (p.provider_ref = r.payment_ref) desc nulls last, r.booked_at, r.record_id) as nth
    from ledger.provider_record r
    left join payment.payment p on p.payment_id = coalesce(
      (select x.payment_id from payment.payment x where x.provider = r.provider and x.provider_ref = r.payment_ref), r.own_id)
    where r.provider = p_provider and r.kind = 'charge' and r.booked_at >= p_from_at and r.booked_at < p_to_at
  )
  select case when t.payment_id is null then 'charge_unknown' when t.status <> 'succeeded' then 'charge_unrecorded'
      when t.nth > 1 or not coalesce(t.is_its_intent, false) then 'charge_twice' else 'charge_amount' end,
    coalesce(t.payment_id, t.object_ref), t.payment_id, t.object_ref, t.currency,
    case when t.status = 'succeeded' then t.ours_minor end, t.amount_minor
  from theirs t
  where t.payment_id is null or t.status <> 'succeeded' or t.nth > 1 or not coalesce(t.is_its_intent, false)
    or (t.ours_minor, t.own_currency) is distinct from (t.amount_minor, t.currency)
  union all
  select 'charge_missing', p.payment_id, p.payment_id, p.provider_ref, p.currency, p.amount_minor, null
  from payment.payment p
  where p.provider = p_provider and p.succeeded_at >= p_from_at and p.succeeded_at < least(p_to_at, p_missed_before)
    and not exists (select from ledger.provider_record r where r.provider = p_provider and r.kind = 'charge' and r.payment_ref = p.provider_ref)
$$;

-- Refunds there against refunds here, both ways; one that the bank sent back is no refund any more.
create function ledger.refund_differences_1(
  p_provider payment.provider, p_from_at timestamptz, p_to_at timestamptz, p_missed_before timestamptz
)
returns table (kind text, subject text, payment_id text, provider_ref text, currency text, ours_minor bigint, theirs_minor bigint)
language sql stable as $$
  with theirs as (
    select r.object_ref, max(r.own_id) as own_id, min(r.currency) as currency, -sum(r.amount_minor)::bigint as amount_minor,
      max(r.booked_at) as booked_at
    from ledger.provider_record r
    where r.provider = p_provider and r.kind in ('refund', 'refund_failure') and r.object_ref in (
      select n.object_ref from ledger.provider_record n
      where n.provider = p_provider and n.kind in ('refund', 'refund_failure') and n.booked_at >= p_from_at and n.booked_at < p_to_at)
    group by r.object_ref
  ), known as (
    select t.object_ref, t.currency, t.amount_minor, f.refund_id, f.payment_id, f.status, f.own_currency, f.ours_minor
    from theirs t
    -- What was given back there in one piece may be several orders' here.
    cross join lateral (
      select min(x.refund_id) as refund_id, min(x.payment_id) as payment_id, min(x.currency) as own_currency,
        case when bool_or(x.status in ('created', 'account_needed', 'unknown')) then 'created' when bool_and(x.status = 'failed') then 'failed' else 'succeeded' end as status,
        -- Booked there at once, and here it is pending until it has reached the card.
        sum(case x.status when 'failed' then 0 else x.amount_minor end)::bigint as ours_minor
      from payment.refund x
      where x.provider_ref = t.object_ref
        or (x.refund_id = t.own_id and not exists (select from payment.refund y where y.provider_ref = t.object_ref))
    ) f
  )
  select case when k.refund_id is null then 'refund_unknown' when k.status = 'created' then 'refund_unrecorded'
      when k.status = 'failed' or k.amount_minor = 0 then 'refund_failure' else 'refund_amount' end,
    coalesce(k.refund_id, k.object_ref), k.payment_id, k.object_ref, k.currency, k.ours_minor, k.amount_minor
  from known k
  where k.refund_id is null or k.status = 'created' or (k.ours_minor, k.own_currency) is distinct from (k.amount_minor, k.currency)
  union all
  select 'refund_missing', f.refund_id, f.payment_id, f.provider_ref, f.currency, f.amount_minor, null
  from payment.refund f join payment.payment p using (payment_id)
  where p.provider = p_provider and f.status = 'succeeded' and f.succeeded_at >= p_from_at and f.succeeded_at < least(p_to_at, p_missed_before)
    and not exists (select from ledger.provider_record r where r.provider = p_provider and r.kind = 'refund' and r.object_ref = f.provider_ref)
$$;

-- What was taken and given back for disputes there, against what we were told.
create function ledger.dispute_differences_1(
  p_provider payment.provider, p_from_at timestamptz, p_to_at timestamptz, p_missed_before timestamptz
)
returns table (kind text, subject text, payment_id text, provider_ref text, currency text, ours_minor bigint, theirs_minor bigint)
language sql stable as $$
  with theirs as (
    select r.object_ref, max(r.payment_ref) as payment_ref, min(r.currency) as currency, -sum(r.amount_minor)::bigint as amount_minor
    from ledger.provider_record r
    where r.provider = p_provider and r.kind = 'dispute' and r.object_ref in (
      select n.object_ref from ledger.provider_record n
      where n.provider = p_provider and n.kind = 'dispute' and n.booked_at >= p_from_at and n.booked_at < p_to_at)
    group by r.object_ref
  )
  select case when d.dispute_id is null then 'dispute_unrecorded' else 'dispute_amount' end, t.object_ref,
    coalesce(d.payment_id, (select p.payment_id from payment.payment p where p.provider = p_provider and p.provider_ref = t.payment_ref)),
    t.object_ref, t.currency, d.withdrawn_minor, t.amount_minor
  from theirs t left join payment.dispute d on d.dispute_id = t.object_ref
  where (d.withdrawn_minor, d.currency) is distinct from (t.amount_minor, t.currency)
  union all
  select 'dispute_missing', d.dispute_id, d.payment_id, d.dispute_id, d.currency, d.withdrawn_minor, null
  from payment.dispute d join payment.payment p using (payment_id)
  where p.provider = p_provider and d.withdrawn_minor > 0 and d.opened_at >= p_from_at and d.opened_at < least(p_to_at, p_missed_before)
    and not exists (select from ledger.provider_record r where r.provider = p_provider and r.kind = 'dispute' and r.object_ref = d.dispute_id)
$$;

-- Our payments, refunds and disputes against the ledger's postings to the provider's account.
create function ledger.book_differences_1(p_provider payment.provider, p_from_at timestamptz, p_to_at timestamptz)
returns table (kind text, subject text, payment_id text, provider_ref text, currency text, ours_minor bigint, theirs_minor bigint)
language sql stable as $$
  with fact as (
    select p.payment_id as subject, p.payment_id, p.provider_ref, p.currency, p.amount_minor,
      array(select e.entry_id from ledger.entry e where e.cause = 'payment_captured' and e.cause_id = p.payment_id) as entry_ids
    from payment.payment p
    where p.provider = p_provider and p.succeeded_at >= p_from_at and p.succeeded_at < p_to_at
    union all
    select f.refund_id, f.payment_id, f.provider_ref, f.currency, case f.status when 'succeeded' then -f.amount_minor else 0 end,
      array(select e.entry_id from ledger.entry e where e.cause in ('refund_paid', 'refund_returned') and e.cause_id = f.refund_id)
    from payment.refund f join payment.payment p using (payment_id)
    where p.provider = p_provider and f.updated_at >= p_from_at and f.updated_at < p_to_at
    union all
    select d.dispute_id, d.payment_id, d.dispute_id, d.currency, -d.withdrawn_minor,
      array(select e.entry_id from ledger.entry e
            where e.session_id = p.session_id and e.cause in ('dispute_withdrawn', 'dispute_reinstated') and split_part(e.cause_id, ':', 1) = d.dispute_id)
    from payment.dispute d join payment.payment p using (payment_id)
    where p.provider = p_provider and d.updated_at >= p_from_at and d.updated_at < p_to_at
  ), posted as (
    select f.subject, f.payment_id, f.provider_ref, f.currency, f.amount_minor, coalesce((
      select sum(s.amount_minor) from ledger.posting s where s.entry_id = any (f.entry_ids) and s.account = 'provider_clearing'), 0)::bigint as posted_minor,
      (select min(e.currency) from ledger.entry e where e.entry_id = any (f.entry_ids)) as posted_currency
    from fact f
  )
  select case when p.posted_minor = 0 then 'ledger_missing' else 'ledger_amount' end, p.subject, p.payment_id, p.provider_ref, p.currency, p.posted_minor, p.amount_minor
  from posted p
  where p.posted_minor <> p.amount_minor or p.posted_currency <> p.currency
$$;
