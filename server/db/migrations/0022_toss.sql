-- Payments in won. Their payer says yes in Toss's window before Muse charges anything, so what was on the button is kept
-- before the window opens: when its payer comes back, this row decides, and nothing that the address says (M6).
create table payment.toss_order (
  -- Ours, and unguessable; Toss knows the payment by it as well.
  order_id text primary key check (order_id ~ '^[A-Za-z0-9_-]{6,64}$'),
  session_id text not null,
  amount_minor bigint not null check (amount_minor > 0),
  -- When somebody came back with another amount than this one; nothing was charged for it.
  mismatched_at timestamptz,
  created_at timestamptz not null default now()
);
create index toss_order_session on payment.toss_order (session_id);

-- An account that a payer was given to pay into. The payment is `requires_action` until they have, or until its day is over.
create table payment.deposit (
  payment_id text primary key references payment.payment,
  -- The payment at Toss that this account is of. An account nobody paid into may be followed by a card.
  provider_ref text not null,
  bank_code text not null,
  account_number text not null,
  holder_name text not null,
  due_at timestamptz not null,
  -- Comes with Toss's messages about this account, which are not signed.
  secret text not null,
  -- When the bank took back what had been paid in; null again once it is there again.
  reverted_at timestamptz,
  -- When a sweep next asks whether one that was taken back is there again.
  look_at timestamptz not null default now(),
  created_at timestamptz not null default now()
);
create index deposit_reverted on payment.deposit (look_at) where reverted_at is not null;

-- Keeps the account that an attempt was given, and waits for its payer. Returns whether anything changed.
create function payment.await_deposit_1(
  p_attempt_id text, p_provider_ref text, p_bank_code text, p_account_number text, p_holder_name text, p_due_at timestamptz, p_secret text,
  p_check_at timestamptz
) returns boolean
language plpgsql as $$
begin
  if not payment.settle_attempt_1(p_attempt_id, 'requires_action', p_provider_ref, null, null, null, null, p_check_at) then
    return false;
  end if;
  insert into payment.deposit as d (payment_id, provider_ref, bank_code, account_number, holder_name, due_at, secret)
  select a.payment_id, p_provider_ref, p_bank_code, p_account_number, p_holder_name, p_due_at, p_secret
  from payment.attempt a where a.attempt_id = p_attempt_id
  on conflict (payment_id) do update
    set provider_ref = excluded.provider_ref, bank_code = excluded.bank_code, account_number = excluded.account_number, holder_name = excluded.holder_name,
        due_at = excluded.due_at, secret = excluded.secret;
  return true;
end $$;

-- The payer was given an account and has days to pay into it. The session stays in the air, its stock held until then.
create function checkout.payment_awaits_deposit_1(
  p_attempt_id text, p_provider_ref text, p_bank_code text, p_account_number text, p_holder_name text, p_due_at timestamptz, p_secret text,
  p_check_after interval
) returns text
language plpgsql as $$
declare
  owner text;
begin
  select p.session_id into owner from payment.payment p join payment.attempt a using (payment_id) where a.attempt_id = p_attempt_id;
  perform 1 from checkout.session s where s.session_id = owner for update;
  if not payment.await_deposit_1(p_attempt_id, p_provider_ref, p_bank_code, p_account_number, p_holder_name, p_due_at, p_secret,
    now() + p_check_after) then
    return null;
  end if;
  perform inventory.hold_until_1(owner, p_due_at);
  return owner;
end $$;

-- A session's stock is held for longer: its payer was given days.
create function inventory.hold_until_1(p_session_id text, p_until timestamptz) returns void language sql as $$
  update inventory.reservation r set expires_at = greatest(r.expires_at, p_until)
  where r.session_id = p_session_id and r.status = 'active'
$$;

-- Whether a payment came into an account, and is there: nobody but its payer knows into which one it can go back.
create function payment.is_deposited_1(p_payment_id text) returns boolean language sql stable as $$
  select exists (
    select from payment.deposit d join payment.payment p using (payment_id)
    where d.payment_id = p_payment_id and d.provider_ref = p.provider_ref and d.reverted_at is null)
$$;

-- The bank has taken back what was paid in, or it is there again. The payment stays what it is, as money that moved is never
-- forgotten; what was bought with it follows by triggers. What was read before it was taken back says nothing of whether it is
-- there again: `p_read_at` is this database's time before the read. Returns whether anything changed. Locks the deposit's row.
create function payment.deposit_reverted_1(p_payment_id text, p_is_reverted boolean, p_read_at timestamptz) returns boolean
language plpgsql as $$
begin
  update payment.deposit d set reverted_at = case when p_is_reverted then now() end
  from payment.payment p
  where d.payment_id = p_payment_id and p.payment_id = d.payment_id and p.provider_ref = d.provider_ref and p.status = 'succeeded'
    and case when p_is_reverted then d.reverted_at is null else d.reverted_at < p_read_at end;
  return found;
end $$;

-- Orders that nobody has gone on with wait until the money is there again. What a person has on their desk says so.
create function placement.follow_deposit() returns trigger language plpgsql as $$
declare
  said constant text := placement.held_words_1();
  owner text;
begin
  if (new.reverted_at is null) = (old.reverted_at is null) then return null; end if;
  select p.session_id into owner from payment.payment p where p.payment_id = new.payment_id;
  perform 1 from orders.store_order o where o.session_id = owner order by o.order_number for update;
  update placement.placement pl set held_at = new.reverted_at, updated_at = now()
  where pl.session_id = owner and pl.status in ('waiting', 'running', 'unknown', 'manual');
  update placement.manual_task t
  set detail = case when new.reverted_at is null then nullif(btrim(replace(t.detail, said, ''), '; '), '') else concat_ws('; ', t.detail, said) end
  from placement.placement pl
  where pl.order_number = t.order_number and pl.session_id = owner and t.kind = 'place' and t.status in ('open', 'claimed');
  if new.reverted_at is null then perform pg_notify('muse_placement', ''); end if;
  perform pg_notify('muse_session', owner || ' deposit');
  return null;
end $$;
create trigger placement_follows after update of reverted_at on payment.deposit
  for each row execute function placement.follow_deposit();

-- Files that were paid for wait with it, and open again unless a bank is still asking.
create function access.follow_deposit() returns trigger language plpgsql as $$
declare
  bought text;
begin
  if (new.reverted_at is null) = (old.reverted_at is null) then return null; end if;
  for bought in
    select o.order_number from orders.store_order o join payment.payment p using (session_id)
    where p.payment_id = new.payment_id and o.kind = 'digital' order by o.order_number
  loop
    if new.reverted_at is not null then
      perform access.freeze_1(bought);
    elsif not exists (
      select from payment.dispute d where d.payment_id = new.payment_id and d.status in ('needs_response', 'under_review')) then
      perform access.thaw_1(bought);
    end if;
  end loop;
  return null;
end $$;
create trigger access_follows after update of reverted_at on payment.deposit
  for each row execute function access.follow_deposit();

-- The account that a refund is to go into (docs/decisions/0085). The account itself is sealed, and is gone once the refund is
-- over or the bank would not have it; what stays tells its owner which one it was.
create table payment.refund_account (
  refund_id text primary key references payment.refund,
  bank_code text not null,
  last_digits text not null check (last_digits ~ '^[0-9]{3}$'),
  wrapped_key bytea,
  sealed bytea,
  master_key_id text,
  -- The shopper, or who entered it for them.
  given_by text not null,
  given_at timestamptz not null default now(),
  check ((wrapped_key is null) = (sealed is null) and (sealed is null) = (master_key_id is null))
);
create index refund_account_sealed on payment.refund_account (refund_id) where sealed is not null;

-- Gives a waiting refund its account, and has it sent. Returns whether it still waited: a second press finds that it does not.
-- Locks the payment, then the refund.
create function payment.refund_account_give_1(
  p_refund_id text, p_bank_code text, p_last_digits text, p_wrapped_key bytea, p_sealed bytea, p_master_key_id text, p_given_by text
) returns boolean
language plpgsql as $$
begin
  perform 1 from payment.payment p join payment.refund r using (payment_id) where r.refund_id = p_refund_id for update of p;
  update payment.refund r
  set status = 'created', round = r.round + 1, failure_code = null, tries = 0, ask_from = now(), try_at = now(), updated_at = now()
  where r.refund_id = p_refund_id and r.status = 'account_needed';
  if not found then return false; end if;
  insert into payment.refund_account as a (refund_id, bank_code, last_digits, wrapped_key, sealed, master_key_id, given_by)
  values (p_refund_id, p_bank_code, p_last_digits, p_wrapped_key, p_sealed, p_master_key_id, p_given_by)
  on conflict (refund_id) do update
    set bank_code = excluded.bank_code, last_digits = excluded.last_digits, wrapped_key = excluded.wrapped_key,
        sealed = excluded.sealed, master_key_id = excluded.master_key_id, given_by = excluded.given_by, given_at = now();
  perform graphile_worker.add_job('order.refund', json_build_object('refundId', p_refund_id), job_key => 'order.refund:' || p_refund_id);
  return true;
end $$;

-- Toss would not send a refund into the account of this round (none was given, perhaps), so its owner is asked again. A late word about
-- an account that has been replaced since changes nothing. Returns whether anything changed. Locks the payment, then the refund.
create function payment.refund_account_refused_1(p_refund_id text, p_round int, p_failure_code text) returns boolean
language plpgsql as $$
begin
  perform 1 from payment.payment p join payment.refund r using (payment_id) where r.refund_id = p_refund_id for update of p;
  update payment.refund r
  set status = 'account_needed', failure_code = p_failure_code, tries = r.tries + 1, updated_at = now()
  where r.refund_id = p_refund_id and r.status in ('created', 'unknown') and r.round = p_round;
  return found;
end $$;

-- The account itself is kept for as long as its refund may have to be sent, and not a moment longer.
create function payment.forget_account() returns trigger language plpgsql as $$
begin
  if new.status in ('account_needed', 'succeeded', 'failed') and new.status <> old.status then
    update payment.refund_account a set wrapped_key = null, sealed = null, master_key_id = null
    where a.refund_id = new.refund_id and a.sealed is not null;
  end if;
  return null;
end $$;
create trigger account_follows after update of status on payment.refund for each row execute function payment.forget_account();

-- What a payer is asked for the refunds of a payment, or has answered; null where no account is wanted.
create function payment.refund_account_json_1(p_payment_id text) returns jsonb language sql stable as $$
  select case when count(*) > 0 then jsonb_build_object(
    'status', case when bool_or(r.status = 'account_needed') then 'needed' else 'given' end,
    'amountMinor', coalesce(sum(r.amount_minor) filter (where r.status = 'account_needed'), sum(r.amount_minor)),
    'failureCode', max(r.failure_code) filter (where r.status = 'account_needed'),
    'bankCode', max(a.bank_code), 'lastDigits', max(a.last_digits)) end
  from payment.refund r left join payment.refund_account a using (refund_id)
  where r.payment_id = p_payment_id and (r.status = 'account_needed' or (a.refund_id is not null and r.status in ('created', 'unknown', 'pending')))
$$;

create trigger notify_follows after update of reverted_at on payment.deposit
  for each row execute function notify.follow_deposit();
