-- name: paymentDueTake :many
-- Takes payments whose outcome is due to be asked for, and puts the next asking off, so that several workers do not ask
-- the provider about one payment at once. Rows that another worker is taking are skipped.
with due as (
  select p.payment_id from payment.payment p
  where p.check_at <= now() and p.status in ('started', 'requires_action', 'unknown')
  order by p.check_at limit :count_max
  for update skip locked
), taken as (
  update payment.payment p
  set checks = p.checks + 1, check_at = now() + least(600, 0.5 * 2 ^ least(p.checks + 1, 11)) * interval '1 second'
  from due where p.payment_id = due.payment_id
  returning p.payment_id, p.session_id, p.status, p.provider_ref, p.generation, p.amount_minor, p.checks
)
select t.payment_id as "payment_id!", t.session_id as "session_id!", t.status as "status!", t.provider_ref, t.generation as "generation!",
  t.amount_minor as "intent_amount_minor!", t.checks as "checks!", a.attempt_id as "attempt_id!", a.number as "attempt_number!",
  a.method_ref as "method_ref!", a.amount_minor as "amount_minor!", a.currency as "currency!",
  extract(epoch from now() - a.created_at)::int as "age_seconds!"
from taken t
join payment.attempt a on a.payment_id = t.payment_id
  and a.number = (select max(l.number) from payment.attempt l where l.payment_id = t.payment_id);

-- name: paymentFind :opt
-- One payment with its newest attempt, by its own id, the provider's or its session's: what an event or a job names. Reads
-- only.
select p.payment_id, p.session_id, p.status, p.provider_ref, p.generation, p.amount_minor as intent_amount_minor, p.checks,
  a.attempt_id, a.number as attempt_number, a.method_ref, a.amount_minor, a.currency,
  extract(epoch from now() - a.created_at)::int as "age_seconds!"
from payment.payment p
join payment.attempt a on a.payment_id = p.payment_id
  and a.number = (select max(l.number) from payment.attempt l where l.payment_id = p.payment_id)
where p.payment_id = :payment_id? or (p.provider = 'stripe' and p.provider_ref = :provider_ref?) or p.session_id = :session_id?;

-- name: paymentsAdopt :exec
-- A visitor turned out to be somebody: their payments are that person's. Locks the visitor's payments.
update payment.payment set account_id = :to_account_id where account_id = :from_account_id;

-- name: disputeNote :one
-- Records what the provider says of a dispute, with what the ledger has to follow. Locks the payment's row.
select payment.dispute_note_1(:dispute_id, (:provider::text)::payment.provider, :provider_ref, :amount_minor, :currency, :reason, :status,
  :withdrawn_minor, :movement_count, :evidence_due_at?, :opened_at) as "outcome!";
