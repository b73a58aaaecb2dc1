-- name: paymentsOpen :many
-- Payments that have not come to an end, by the partial index on those; one whose answer is due any moment is left out. How
-- long it has been is told by the newest attempt: the payment's own time moves with every asking.
select case
    when s.status in ('expired', 'cancelled') then 'payment_to_call_off'
    when d.payment_id is not null and p.status = 'requires_action' then 'payment_waits_for_deposit'
    when p.status = 'requires_action' then 'payment_waits_for_owner'
    when p.check_at is null then 'payment_unasked'
    when a.created_at < now() - interval '1 hour' then 'payment_unanswered_long'
    else 'payment_unanswered'
  end as cause,
  format('%s of %s', p.payment_id, p.session_id) as subject,
  case when s.status in ('expired', 'cancelled') then s.finished_at else a.created_at end as since,
  case
    when s.status in ('expired', 'cancelled') then format('its session is %s, and its intent %s may still succeed', s.status,
      coalesce(p.provider_ref, 'is not known and'))
    when d.payment_id is not null and p.status = 'requires_action' then 'its payer was given an account and has not paid into it'
    when p.status = 'requires_action' then 'the bank wants to hear from the owner of the card'
    when p.provider_ref is null then format('the provider has not answered; asked %s times', p.checks)
    else format('the provider has %s and is not done; asked %s times', p.provider_ref, p.checks)
  end as note,
  case when s.status in ('expired', 'cancelled') then null when p.status = 'requires_action' then coalesce(d.due_at, s.expires_at) else p.check_at end as next_at
from payment.payment p
join checkout.session s on s.session_id = p.session_id
left join payment.deposit d on d.payment_id = p.payment_id
join lateral (select l.created_at from payment.attempt l where l.payment_id = p.payment_id order by l.number desc limit 1) a on true
where p.status in ('started', 'requires_action', 'unknown', 'failed')
  and ((s.status in ('expired', 'cancelled') and s.finished_at < now() - interval '2 minutes')
    or (s.status not in ('expired', 'cancelled') and p.status <> 'failed' and a.created_at < now() - interval '30 seconds'))
order by p.updated_at limit :limit_max;

-- name: refundsOpen :many
-- Refunds that the provider has not confirmed, by the partial index on those.
select case when r.failure_code = 'unanswered' or (r.status in ('created', 'unknown') and r.ask_from < now() - interval '20 hours')
    then 'refund_unanswered' when r.status = 'pending' then 'refund_pending' else 'refund_open' end as cause,
  format('%s of %s', r.refund_id, coalesce(r.order_number, p.session_id)) as subject, r.created_at as since,
  case r.status when 'pending' then 'the provider has it and is not done' when 'created' then format('the provider has not been asked with success; tried %s times', r.tries)
    else format('the provider did not answer; tried %s times', r.tries) end as note,
  r.try_at as next_at
from payment.refund r join payment.payment p using (payment_id)
where r.status in ('created', 'unknown', 'pending') and r.created_at < now() - interval '1 minute'
order by r.try_at limit :limit_max;

-- name: refundsWaiting :many
-- Refunds that wait for an account to go into, by the partial index on those.
select case when r.updated_at < now() - interval '7 days' then 'refund_account_missing' else 'refund_account_needed' end as cause,
  format('%s of %s', r.refund_id, coalesce(r.order_number, p.session_id)) as subject, r.updated_at as since,
  case when a.refund_id is null then 'it was paid into an account, and its payer has not said where it goes back to'
    else format('the bank said %s to the account ending in %s', r.failure_code, a.last_digits) end as note,
  null::timestamptz as next_at
from payment.refund r join payment.payment p using (payment_id) left join payment.refund_account a using (refund_id)
where r.status = 'account_needed'
order by r.updated_at limit :limit_max;

-- name: refundsFailed :many
-- Refunds that the provider refused or took back, and that nothing has replaced; by the partial index on those that failed.
-- What a lost dispute has paid back is nobody's work.
select case when payment.refund_at_bank_1(r) then 'refund_disputed' else 'refund_failed' end as cause, format('%s of %s', r.refund_id, coalesce(r.order_number, p.session_id)) as subject, r.updated_at as since,
  format('the provider said %s to %s %s', coalesce(r.failure_code, 'no'),
    case r.currency when 'KRW' then r.amount_minor::numeric else (r.amount_minor / 100.0)::numeric(20, 2) end, r.currency) as note, null::timestamptz as next_at
from payment.refund r join payment.payment p using (payment_id)
cross join lateral (
  select count(*) filter (where d.status in ('needs_response', 'under_review')) > 0 as is_deciding
  from payment.dispute d where d.payment_id = r.payment_id) bank
where r.status = 'failed' and not orders.refund_replaced_1(r)
  and (bank.is_deciding or not payment.refund_at_bank_1(r))
order by r.created_at limit :limit_max;

-- name: depositsReverted :many
-- Money that was paid into an account and that the bank has taken back, by the partial index on those.
select 'deposit_reverted' as cause, format('%s of %s', p.payment_id, p.session_id) as subject, d.reverted_at as since,
  format('%s %s are gone; %s of its orders had been ordered', p.amount_minor, p.currency,
    (select count(*) from orders.store_order o where o.session_id = p.session_id and o.status not in ('pending', 'failed', 'cancelled'))) as note, null::timestamptz as next_at
from payment.deposit d join payment.payment p using (payment_id)
where d.reverted_at is not null and p.refunded_minor < p.amount_minor
order by d.reverted_at limit :limit_max;
