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
  bank_code text not null,
  account_number text not null,
  holder_name text not null,
  due_at timestamptz not null,
  -- Comes with Toss's messages about this account, which are not signed.
  secret text not null,
  -- When the bank took back what had been paid in: a person has to see to it.
  reverted_at timestamptz,
  created_at timestamptz not null default now()
);
create index deposit_reverted on payment.deposit (reverted_at) where reverted_at is not null;

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
  insert into payment.deposit as d (payment_id, bank_code, account_number, holder_name, due_at, secret)
  select a.payment_id, p_bank_code, p_account_number, p_holder_name, p_due_at, p_secret
  from payment.attempt a where a.attempt_id = p_attempt_id
  on conflict (payment_id) do update
    set bank_code = excluded.bank_code, account_number = excluded.account_number, holder_name = excluded.holder_name,
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
