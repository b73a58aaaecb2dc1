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
  'disputes', 'dispute_losses'
);

create type ledger.cause as enum (
  'payment_captured', 'order_placed', 'refund_opened', 'refund_paid', 'refund_returned', 'refund_withdrawn',
  'dispute_withdrawn', 'dispute_reinstated', 'dispute_lost'
);

create table ledger.entry (
  entry_id bigint generated always as identity primary key,
  cause ledger.cause not null,
  -- The payment's, order's, refund's or dispute's own id.
  cause_id text not null,
  -- One currency an entry, whatever its postings.
  currency text not null check (currency in ('USD', 'KRW')),
  -- The checkout it belongs to.
  session_id text not null,
  at timestamptz not null default now(),
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

-- What Muse keeps of a digital product's price: a tenth, to the nearest minor unit. Retailers pay no fee.
create function ledger.platform_fee_1(p_goods_minor bigint) returns bigint
language sql immutable as $$
  select (p_goods_minor + 5) / 10
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
    select w.account, w.owner_id, w.amount_minor - coalesce((
      select sum(p.amount_minor) from ledger.posting p
      where p.order_number = p_order_number and p.account = w.account and p.owner_id is not distinct from w.owner_id), 0)::bigint as amount_minor
    from ledger.wanted_1(p_order_number, placed) w
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
  closed_at timestamptz,
  updated_at timestamptz not null default now()
);
create index dispute_payment on payment.dispute (payment_id);
create index dispute_opened on payment.dispute (opened_at desc, dispute_id);
-- The few that wait for somebody's evidence.
create index dispute_open on payment.dispute (evidence_due_at) where closed_at is null;

-- What the provider says of a dispute. Readings may come late and out of order: one that is older than what is known
-- changes nothing (W1). Says 'noted', 'known' or 'unknown_payment'.
create function payment.dispute_note_1(
  p_dispute_id text, p_provider payment.provider, p_provider_ref text, p_amount_minor bigint, p_currency text, p_reason text, p_status text,
  p_withdrawn_minor bigint, p_movement_count int, p_evidence_due_at timestamptz, p_opened_at timestamptz
) returns text
language plpgsql as $$
declare
  pay payment.payment;
  known payment.dispute;
begin
  select p.* into pay from payment.payment p
  where p.provider = p_provider and p.provider_ref = p_provider_ref and p.status = 'succeeded' for update;
  if not found then return 'unknown_payment'; end if;
  select d.* into known from payment.dispute d where d.dispute_id = p_dispute_id;
  if found and (known.movement_count > p_movement_count
      or (known.movement_count = p_movement_count and (known.status = p_status or known.closed_at is not null))) then
    return 'known';
  end if;

  insert into payment.dispute as d (dispute_id, payment_id, amount_minor, currency, reason, status, withdrawn_minor, movement_count,
    evidence_due_at, opened_at, closed_at)
  values (p_dispute_id, pay.payment_id, p_amount_minor, p_currency, p_reason, p_status, p_withdrawn_minor, p_movement_count,
    p_evidence_due_at, p_opened_at, case when p_status in ('inquiry_closed', 'won', 'lost') then now() end)
  on conflict (dispute_id) do update
    set amount_minor = excluded.amount_minor, reason = excluded.reason, status = excluded.status, withdrawn_minor = excluded.withdrawn_minor,
        movement_count = excluded.movement_count, evidence_due_at = excluded.evidence_due_at, closed_at = coalesce(d.closed_at, excluded.closed_at),
        updated_at = now();
  perform ledger.post_dispute_1(p_dispute_id);
  return 'noted';
end $$;

-- Door: the books follow what was taken for a dispute and given back; what is lost stops being in dispute.
create function ledger.post_dispute_1(p_dispute_id text) returns void
language plpgsql as $$
declare
  d record;
  moved bigint;
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
  if d.status = 'lost' and d.withdrawn_minor > 0 then
    perform ledger.post_pair_1('dispute_lost', d.dispute_id, d.currency, d.session_id, null, d.withdrawn_minor, 'dispute_losses', null, 'disputes', null);
  end if;
end $$;
