-- name: paymentsOpen :one
-- Payments of which it is not known yet what becomes of them, and answers about them that are on their way to a bank. Reads only.
select (select count(*) from payment.payment p
    where p.account_id = any (:account_ids::text[]) and p.status in ('started', 'requires_action', 'unknown'))
  + (select count(*) from payment.payment p join payment.dispute d using (payment_id) join payment.dispute_answer a using (dispute_id)
    where p.account_id = any (:account_ids::text[]) and a.try_at is not null) as "open!";

-- name: refundsOpen :one
-- Money on its way back that needs an account of its owner's, named already or not. Reads only.
select count(*) as "open!" from payment.payment p join payment.refund r using (payment_id)
where p.account_id = any (:account_ids::text[])
  and (r.status = 'account_needed' or exists (select from payment.refund_account a where a.refund_id = r.refund_id and a.sealed is not null));

-- name: paymentsErase :exec
-- Takes out what leads to the payer: the tokens of their cards, the links of their challenges, the accounts they were to pay
-- into, what people wrote about a refund, what a bank was told of them. Amounts, times and the provider's references stay for the books. Locks the rows.
with attempts as (
  update payment.attempt a set method_ref = 'erased'
  from payment.payment p
  where p.payment_id = a.payment_id and p.account_id = any (:account_ids::text[])
), refunds as (
  update payment.refund r set reason = 'erased'
  from payment.payment p
  where p.payment_id = r.payment_id and p.account_id = any (:account_ids::text[]) and r.requested_by is not null
), accounts as (
  delete from payment.refund_account x using payment.refund r, payment.payment p
  where r.refund_id = x.refund_id and p.payment_id = r.payment_id and p.account_id = any (:account_ids::text[])
), answers as (
  update payment.dispute_answer a set evidence = '{}'
  from payment.dispute d join payment.payment p using (payment_id)
  where d.dispute_id = a.dispute_id and p.account_id = any (:account_ids::text[])
), deposits as (
  update payment.deposit d set account_number = 'erased', holder_name = 'erased', secret = 'erased'
  from payment.payment p
  where p.payment_id = d.payment_id and p.account_id = any (:account_ids::text[])
)
update payment.payment p set client_secret = null, action_url = null
where p.account_id = any (:account_ids::text[]);

-- name: paymentsExport :one
-- Somebody's payments and refunds, for their copy of all that is kept of them. Reads only.
select coalesce(jsonb_agg(jsonb_build_object('paymentId', p.payment_id, 'checkoutSessionId', p.session_id, 'provider', p.provider,
    'providerRef', p.provider_ref, 'status', p.status, 'amountCents', p.amount_minor, 'currency', p.currency, 'createdAt', p.created_at,
    'attempts', (select jsonb_agg(jsonb_build_object('paymentMethodId', a.method_ref, 'status', a.status, 'declineCode', a.decline_code,
        'at', a.created_at) order by a.number) from payment.attempt a where a.payment_id = p.payment_id),
    'deposit', (select jsonb_build_object('bankCode', d.bank_code, 'accountNumber', d.account_number, 'holderName', d.holder_name, 'dueAt', d.due_at)
        from payment.deposit d where d.payment_id = p.payment_id),
    'refunds', (select jsonb_agg(jsonb_build_object('refundId', r.refund_id, 'amountCents', r.amount_minor, 'reason', r.reason,
        'status', r.status, 'at', r.created_at, 'account', (select jsonb_build_object('bankCode', x.bank_code, 'lastDigits', x.last_digits,
          'at', x.given_at) from payment.refund_account x where x.refund_id = r.refund_id)) order by r.created_at) from payment.refund r where r.payment_id = p.payment_id),
    'disputes', (select jsonb_agg(jsonb_build_object('disputeId', d.dispute_id, 'amountCents', d.amount_minor, 'reason', d.reason,
        'status', d.status, 'at', d.opened_at, 'answers', (select coalesce(jsonb_agg(jsonb_build_object('at', a.asked_at, 'told', a.evidence)
          order by a.asked_at), '[]') from payment.dispute_answer a where a.dispute_id = d.dispute_id)) order by d.opened_at) from payment.dispute d where d.payment_id = p.payment_id))
    order by p.created_at, p.payment_id), '[]') as "payments!"
from payment.payment p
where p.account_id = any (:account_ids::text[]);
