-- What is owed to sellers is paid out by people of the house, who pay at the bank and write down here what they did. The
-- books follow in the same commits.

create type ledger.payout_status as enum ('prepared', 'paid', 'failed');

-- How long the share of a sale waits before it can be paid out: by then most of what is given back has been.
create table ledger.payout_rule (
  currency text primary key check (currency in ('USD', 'KRW')),
  hold_days int not null check (hold_days between 0 and 365)
);
insert into ledger.payout_rule values ('USD', 14), ('KRW', 14);

create table ledger.payout (
  payout_id text primary key,
  -- The seller's account. Where their money goes is known to the bank alone.
  seller_id text not null,
  currency text not null check (currency in ('USD', 'KRW')),
  amount_minor bigint not null check (amount_minor > 0),
  -- What could be paid out at that moment; more never is.
  available_minor bigint not null,
  status ledger.payout_status not null default 'prepared',
  -- More than one person may move alone.
  needs_second boolean not null,
  prepared_by text not null,
  prepared_at timestamptz not null default clock_timestamp(),
  approved_by text,
  approved_at timestamptz,
  -- The transfer's, as the bank's statement names it. No letter in it that could name a person or begin a formula.
  reference text check (reference ~ '^[A-Za-z0-9][A-Za-z0-9._/-]{2,39}$'),
  paid_by text,
  paid_at timestamptz,
  failure text check (failure in ('called_off', 'refused', 'returned')),
  failed_by text,
  failed_at timestamptz,
  -- What had been noted as its failure, where the transfer turned up all the same: the money had left the bank by then.
  late_after text check (late_after in ('called_off', 'refused')),
  check (amount_minor <= available_minor),
  check ((approved_by is null) = (approved_at is null)),
  -- Whatever a program does wrong: nobody agrees with themselves.
  check (approved_by <> prepared_by),
  check ((reference is null) = (paid_at is null) and (paid_by is null) = (paid_at is null)),
  constraint second_agreed check (paid_at is null or not needs_second or approved_by is not null),
  check (status <> 'prepared' or (paid_at is null and failed_at is null)),
  check (status <> 'paid' or (paid_at is not null and failed_at is null)),
  check (late_after is null or paid_at is not null),
  check ((status = 'failed') = (failed_at is not null) and (failed_by is null) = (failed_at is null) and (failure is null) = (failed_at is null))
);
-- One on its way at a time, so that pressing twice, or two people at once, prepare one.
create unique index payout_prepared on ledger.payout (seller_id, currency) where status = 'prepared';
create index payout_seller on ledger.payout (seller_id, prepared_at desc);
create index payout_latest on ledger.payout (prepared_at desc, payout_id);
-- A transfer pays one of them.
create unique index payout_reference on ledger.payout (reference) where status = 'paid';

-- What was prepared stays as it was. One that was paid can only come back, and then it is over. One that was called off may
-- have been paid all the same: two people were at it, and what left the bank is written down.
create function ledger.guard_payout() returns trigger language plpgsql as $$
declare
  is_late boolean := old.status = 'failed' and old.paid_at is null and new.status = 'paid';
begin
  if (new.payout_id, new.seller_id, new.currency, new.amount_minor, new.available_minor, new.needs_second, new.prepared_by, new.prepared_at)
      is distinct from (old.payout_id, old.seller_id, old.currency, old.amount_minor, old.available_minor, old.needs_second, old.prepared_by, old.prepared_at)
    or new.late_after is distinct from (case when is_late then old.failure else old.late_after end)
    or (old.status <> 'prepared' and not is_late and (new.reference, new.paid_at, new.approved_by) is distinct from (old.reference, old.paid_at, old.approved_by))
    or (is_late and old.approved_by is not null and new.approved_by is distinct from old.approved_by)
    or (old.status = 'failed' and not is_late) or (old.status = 'paid' and new.status <> 'failed') then
    raise exception 'M4: payout % does not go from % to %', old.payout_id, old.status, new.status using errcode = 'MU001';
  end if;
  return new;
end $$;
create trigger guard before update on ledger.payout for each row execute function ledger.guard_payout();

-- Sellers are told of what they have been told to expect: that it was paid, and that it came back. What was called off or refused
-- before that never reached them.
create trigger notify_follows after update of status on ledger.payout for each row
  when (old.status <> new.status and (new.status = 'paid' or new.failure = 'returned')) execute function notify.follow_payout();

-- Where a seller stands in each currency: what is owed to them, what of it waits (a sale younger than the rule says, one that a
-- bank disputes, or one whose deposit a bank has taken back), what can be paid out, and what is on its way. What was refunded
-- after it had been paid out stands below zero and is made up for by the next sales.
create function ledger.seller_balances_1(p_seller_id text) returns table (
  currency text, balance_minor bigint, held_minor bigint, available_minor bigint, on_its_way_minor bigint, next_at timestamptz
)
language sql stable as $$
  -- Whoever's they are: they are few, and the desk's list asks for every seller.
  with wanted_back as materialized (
    select p.owner_id, e.currency, p.order_number, -sum(p.amount_minor) as amount_minor
    from (
      select y.session_id from payment.dispute d join payment.payment y using (payment_id) where d.closed_at is null
      union
      select y.session_id from payment.deposit d join payment.payment y on y.payment_id = d.payment_id and y.provider_ref = d.provider_ref
      where d.reverted_at is not null
    ) back
    join ledger.entry placed on placed.session_id = back.session_id and placed.cause = 'order_placed'
    join ledger.posting p on p.order_number = placed.cause_id and p.account = 'seller_payable'
    join ledger.entry e on e.entry_id = p.entry_id
    group by p.owner_id, e.currency, p.order_number having -sum(p.amount_minor) > 0
  ), young as (
    -- What an order's books say was written after it was placed: of one that still waits, this is all. `offset 0`: by the entries' ids,
    -- as nobody can guess how few they are.
    select e.currency, p.order_number, -sum(p.amount_minor) as amount_minor
    from ledger.posting p cross join lateral (select x.currency from ledger.entry x where x.entry_id = p.entry_id offset 0) e
    where p.owner_id = p_seller_id and p.account = 'seller_payable' and p.order_number is not null
      and p.entry_id > ledger.entry_before_1(now() - make_interval(days => (select max(r.hold_days) from ledger.payout_rule r)))
    group by e.currency, p.order_number
  ), held as (
    select y.currency, y.amount_minor, placed.at + make_interval(days => r.hold_days) as waits_until
    from young y
    join ledger.payout_rule r on r.currency = y.currency
    join ledger.entry placed on placed.cause = 'order_placed' and placed.cause_id = y.order_number
    where y.amount_minor > 0 and placed.at + make_interval(days => r.hold_days) > now()
      and y.order_number not in (select w.order_number from wanted_back w where w.owner_id = p_seller_id)
    union all
    select w.currency, w.amount_minor, null from wanted_back w where w.owner_id = p_seller_id
  ), waits as (
    select h.currency, sum(h.amount_minor)::bigint as held_minor, min(h.waits_until) as next_at from held h group by h.currency
  ), summed as (
    -- A seller's whole life: nothing but added up.
    select e.currency, -sum(p.amount_minor)::bigint as balance_minor
    from ledger.posting p join ledger.entry e using (entry_id)
    where p.owner_id = p_seller_id and p.account = 'seller_payable'
    group by e.currency
  )
  select s.currency, s.balance_minor, coalesce(w.held_minor, 0), greatest(s.balance_minor - coalesce(w.held_minor, 0), 0), coalesce((
      select sum(p.amount_minor) from ledger.payout p
      where p.seller_id = p_seller_id and p.currency = s.currency and p.status = 'prepared'), 0)::bigint, w.next_at
  from summed s left join waits w on w.currency = s.currency
$$;

-- Takes an amount from what is owed to a seller, to be paid at the bank. 'prepared'; 'waiting' (one of theirs in that currency is
-- on its way: that one's id); 'not_found', 'not_verified', 'suspended', 'above_available'. Two at once come one after the other,
-- as each holds the seller's row. What people prepared for a seller within thirty days without a second one counts against
-- what one person may move alone (ops.refund_limit), so that many small ones are no way past it; those that came to nothing count
-- too, as that is one person's word.
create function ledger.payout_prepare_1(p_payout_id text, p_seller_id text, p_currency text, p_amount_minor bigint, p_prepared_by text)
returns table (outcome text, payout_id text, available_minor bigint)
language plpgsql as $$
declare
  who seller.seller;
  waiting text;
  free_minor bigint;
  alone_minor bigint;
begin
  select s.* into who from seller.seller s where s.account_id = p_seller_id and s.erased_at is null for no key update;
  if not found then return query select 'not_found', null::text, 0::bigint; return; end if;
  select coalesce(max(b.available_minor), 0) into free_minor from ledger.seller_balances_1(p_seller_id) b where b.currency = p_currency;
  select p.payout_id into waiting from ledger.payout p where p.seller_id = p_seller_id and p.currency = p_currency and p.status = 'prepared';
  if found then return query select 'waiting', waiting, free_minor; return; end if;
  if who.suspended_at is not null then return query select 'suspended', null::text, free_minor; return; end if;
  if who.verification <> 'identity' then return query select 'not_verified', null::text, free_minor; return; end if;
  if p_amount_minor > free_minor then return query select 'above_available', null::text, free_minor; return; end if;

  select coalesce(sum(p.amount_minor), 0) into alone_minor from ledger.payout p
  where p.seller_id = p_seller_id and p.currency = p_currency and p.approved_by is null
    and p.prepared_at > now() - interval '30 days';
  insert into ledger.payout (payout_id, seller_id, currency, amount_minor, available_minor, needs_second, prepared_by)
  values (p_payout_id, p_seller_id, p_currency, p_amount_minor, free_minor,
    alone_minor + p_amount_minor > coalesce((select l.amount_minor from ops.refund_limit l where l.currency = p_currency), 0), p_prepared_by);
  perform ledger.post_pair_1('payout_prepared', p_payout_id, p_currency, null, null, p_amount_minor, 'seller_payable', p_seller_id, 'payouts', null);
  return query select 'prepared', p_payout_id, free_minor - p_amount_minor;
end $$;

-- A second person agrees. 'approved' (once more changes nothing), 'own', 'not_needed', 'closed', 'not_found'. Locks the payout.
create function ledger.payout_approve_1(p_payout_id text, p_approved_by text) returns text
language plpgsql as $$
declare
  out ledger.payout;
begin
  select p.* into out from ledger.payout p where p.payout_id = p_payout_id for update;
  if not found then return 'not_found'; end if;
  if out.status <> 'prepared' then return 'closed'; end if;
  if not out.needs_second then return 'not_needed'; end if;
  if out.prepared_by = p_approved_by then return 'own'; end if;
  if out.approved_by is not null then return 'already'; end if;
  update ledger.payout p set approved_by = p_approved_by, approved_at = clock_timestamp() where p.payout_id = p_payout_id;
  return 'approved';
end $$;

-- The transfer has been made: what the bank calls it. 'paid', 'already' (with the same reference), 'needs_second', 'closed',
-- 'reference_used', 'not_found'. One that was noted as called off or refused meanwhile is taken from what is owed to the seller
-- once more, below zero where that has been paid out again. Locks the payout, then the seller's row if it was so noted:
-- whoever prepares the next one waits, and sees what is left.
create function ledger.payout_paid_1(p_payout_id text, p_reference text, p_paid_by text) returns text
language plpgsql as $$
declare
  out ledger.payout;
  is_late boolean;
begin
  select p.* into out from ledger.payout p where p.payout_id = p_payout_id for update;
  if not found then return 'not_found'; end if;
  if out.status = 'paid' and out.reference = p_reference then return 'already'; end if;
  is_late := out.status = 'failed' and out.paid_at is null;
  if out.status <> 'prepared' and not is_late then return 'closed'; end if;
  -- Nobody agrees any more to what was called off: there the second person is whoever else writes down that it has gone.
  if out.needs_second and out.approved_by is null and not (is_late and out.prepared_by <> p_paid_by) then return 'needs_second'; end if;
  if is_late then perform 1 from seller.seller s where s.account_id = out.seller_id for no key update; end if;
  begin
    update ledger.payout p set status = 'paid', reference = p_reference, paid_by = p_paid_by, paid_at = clock_timestamp(),
      late_after = out.failure, failure = null, failed_by = null, failed_at = null,
      approved_by = case when out.needs_second then coalesce(out.approved_by, p_paid_by) end,
      approved_at = case when out.needs_second then coalesce(out.approved_at, clock_timestamp()) end
    where p.payout_id = p_payout_id;
  exception when unique_violation then
    return 'reference_used';
  end;
  perform ledger.post_pair_1('payout_paid', p_payout_id, out.currency, null, null, out.amount_minor,
    case when is_late then 'seller_payable' else 'payouts' end::ledger.account, case when is_late then out.seller_id end, 'bank', null);
  return 'paid';
end $$;

-- It came to nothing: called off before it was made, refused by the bank, or sent back after it had been paid. It is owed to the
-- seller again. 'failed', 'already', 'wrong_failure' (what was paid can only be returned, what was not cannot), 'not_found'. Locks the payout.
create function ledger.payout_failed_1(p_payout_id text, p_failure text, p_failed_by text) returns text
language plpgsql as $$
declare
  out ledger.payout;
begin
  select p.* into out from ledger.payout p where p.payout_id = p_payout_id for update;
  if not found then return 'not_found'; end if;
  if out.status = 'failed' then return 'already'; end if;
  if (out.status = 'paid') <> (p_failure = 'returned') then return 'wrong_failure'; end if;
  update ledger.payout p set status = 'failed', failure = p_failure, failed_by = p_failed_by, failed_at = clock_timestamp()
  where p.payout_id = p_payout_id;
  -- One that was called off, paid all the same and sent back fails for the second time.
  perform ledger.post_pair_1('payout_failed', p_payout_id || case when out.late_after is null then '' else ':returned' end, out.currency, null, null, out.amount_minor,
    case out.status when 'paid' then 'bank' else 'payouts' end::ledger.account, null, 'seller_payable', out.seller_id);
  return 'failed';
end $$;
