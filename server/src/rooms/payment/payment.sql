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
  extract(epoch from now() - a.created_at)::int as "age_seconds!", now() as "found_at!",
  exists (select from payment.deposit d where d.payment_id = t.payment_id and d.due_at < now()) as "is_deposit_overdue!"
from taken t
join payment.attempt a on a.payment_id = t.payment_id
  and a.number = (select max(l.number) from payment.attempt l where l.payment_id = t.payment_id);

-- name: paymentFind :opt
-- One payment with its newest attempt, by its own id, the provider's or its session's: what an event or a job names. Reads
-- only.
select p.payment_id, p.session_id, p.status, p.provider_ref, p.generation, p.amount_minor as intent_amount_minor, p.checks,
  a.attempt_id, a.number as attempt_number, a.method_ref, a.amount_minor, a.currency,
  extract(epoch from now() - a.created_at)::int as "age_seconds!", now() as "found_at!",
  exists (select from payment.deposit d where d.payment_id = p.payment_id and d.due_at < now()) as "is_deposit_overdue!"
from payment.payment p
join payment.attempt a on a.payment_id = p.payment_id
  and a.number = (select max(l.number) from payment.attempt l where l.payment_id = p.payment_id)
where p.payment_id = :payment_id? or (p.provider = 'stripe' and p.provider_ref = :provider_ref?) or p.session_id = :session_id?;

-- name: paymentsAdopt :exec
-- A visitor turned out to be somebody: their payments are that person's. Locks the visitor's payments.
update payment.payment set account_id = :to_account_id where account_id = :from_account_id;

-- name: disputesDueTake :many
-- Open disputes that nobody has looked at for an hour: an event that never came would leave a buyer's files frozen for ever.
-- Others that look at this moment are let by; whoever dies over one leaves it for the next hour.
update payment.dispute d set look_at = now() + interval '1 hour'
where d.dispute_id in (
  select x.dispute_id from payment.dispute x where x.closed_at is null and x.look_at <= now()
  order by x.look_at limit :count_max::int for update skip locked)
returning d.dispute_id;

-- name: disputesMissing :many
-- What was charged for payments whose refund was refused for a dispute that we know nothing of: no event has told of it. In any
-- order, so that those of which the provider knows none either keep no other from being asked about. Reads only.
select p.payment_id, p.provider_ref as "provider_ref!" from payment.refund r join payment.payment p using (payment_id)
where r.status = 'failed' and r.failure_code = 'charge_disputed' and r.updated_at > now() - interval '30 days' and p.provider = 'stripe'
  and p.provider_ref is not null
  and not exists (select from payment.dispute d where d.payment_id = r.payment_id and (d.closed_at is null or d.closed_at >= r.created_at))
group by p.payment_id order by random() limit :count_max::int;

-- name: disputeNote :one
-- Records what the provider says of a dispute, with what the ledger has to follow. Locks the payment's row.
select payment.dispute_note_1(:dispute_id, (:provider::text)::payment.provider, :provider_ref, :amount_minor, :currency, :reason, :status,
  :withdrawn_minor, :movement_count, :evidence_due_at?, :opened_at, :is_appeal) as "outcome!";
-- name: tossOrderOpen :exec
-- What is on the button, before Toss's window opens. Locks nothing.
insert into payment.toss_order (order_id, session_id, amount_minor) values (:order_id, :session_id, :amount_minor);

-- name: tossOrderMismatch :exec
-- Somebody came back from the window with another amount: kept, for whoever looks into it. Locks the order's row.
update payment.toss_order t set mismatched_at = coalesce(t.mismatched_at, now()) where t.order_id = :order_id;

-- name: tossOrderFind :opt
-- Whose payment an order of ours at Toss is of, and the secret of the account it was given, if any. Reads only.
select t.session_id as "session_id!", d.secret
from payment.toss_order t
left join payment.payment p on p.session_id = t.session_id
left join payment.deposit d on d.payment_id = p.payment_id
where t.order_id = :order_id;

-- name: depositReverted :one
-- The bank took back what had been paid in, or it is there again; all that follows, in the same commit. Locks the deposit's row,
-- the checkout's orders, their placements.
select payment.deposit_reverted_1(:payment_id, :is_reverted, :read_at) as "changed!";

-- name: depositsMissingTake :many
-- Whose deposits the bank has taken back, of payments that are not given back, and that nobody has looked at for ten minutes.
-- The next look moves on with each, so that those that never come back let newer ones be looked at. Others that look at this
-- moment are let by.
update payment.deposit d set look_at = now() + interval '10 minutes'
from payment.payment p
where p.payment_id = d.payment_id and d.payment_id in (
  select x.payment_id from payment.deposit x join payment.payment y using (payment_id)
  where x.reverted_at is not null and x.look_at <= now() and y.status = 'succeeded' and y.refunded_minor < y.amount_minor
  order by x.look_at limit :count_max::int for update of x skip locked)
returning p.session_id;

-- name: tossPayments :many
-- Whose payments orders of ours at Toss are of: its own books name no more than these orders. Reads only.
select t.order_id, p.payment_id
from payment.toss_order t
join payment.payment p using (session_id)
where t.order_id = any (:order_ids::text[]);

-- name: refundRefsKnown :many
-- Of these movements at a provider those that we know as refunds. Reads only.
select r.provider_ref as "provider_ref!" from payment.refund r where r.provider_ref = any (:provider_refs::text[]);

-- name: refundIsKnown :one
-- Whether a refund that says it is ours is in our books. Its row is committed before the provider hears of it and is never
-- deleted, so one that is not was made after the moment that they were restored to. Reads only.
select exists (select from payment.refund r where r.refund_id = :refund_id) as "is_known!";

-- name: refundsWaiting :many
-- Refunds of a checkout that wait for an account to go into. Reads only: whether each still waits is found out when it is given.
select r.refund_id, r.order_number from payment.refund r join payment.payment p using (payment_id)
where p.session_id = :session_id and r.status = 'account_needed' order by r.created_at, r.refund_id;

-- name: refundAccountGive :one
-- Gives a waiting refund its account, sealed, and has it sent. Locks the payment, then the refund.
select payment.refund_account_give_1(:refund_id, :bank_code, :last_digits, :wrapped_key, :sealed, :master_key_id, :given_by) as "is_given!";

-- name: refundAccountRefused :one
-- Toss would not have the account of this round, or nobody can read it: its owner is asked again. Locks the payment, then the refund.
select payment.refund_account_refused_1(:refund_id, :round, :failure_code) as "changed!";

-- name: refundRoundNext :exec
-- Toss has sent nothing and would say so for as long as it knows the key: the next try has another one, into the same account. A
-- late word about an older round changes nothing. Locks the refund.
update payment.refund r
set round = r.round + 1, failure_code = :failure_code, tries = r.tries + 1,
    try_at = now() + make_interval(secs => :try_after_seconds), updated_at = now()
where r.refund_id = :refund_id and r.status in ('created', 'unknown') and r.round = :round;

-- name: refundAccountRead :opt
-- What the payer of a checkout is asked, or has answered; nothing where another account asks. Reads only.
select p.currency as "currency!", payment.refund_account_json_1(p.payment_id) as wanted
from payment.payment p
where p.session_id = :session_id and (:account_id?::text is null or p.account_id = :account_id?);

-- name: refundAccountsUnder :many
-- Sealed accounts that another master key than this one wraps, some of them after a place in the list. Locks nothing.
select a.refund_id, a.wrapped_key as "wrapped_key!", a.sealed as "sealed!", a.master_key_id as "master_key_id!"
from payment.refund_account a
where a.sealed is not null and a.master_key_id <> :master_key_id and a.refund_id > :after_refund_id
order by a.refund_id limit 100;

-- name: refundAccountRewrap :opt
-- The same account with its key under another master key; nothing where another was given meanwhile. Locks the row.
update payment.refund_account a set wrapped_key = :wrapped_key, master_key_id = :master_key_id
where a.refund_id = :refund_id and a.wrapped_key = :old_wrapped_key
returning a.refund_id;

-- name: disputeAnswerPut :one
-- The first beat of answering a dispute: the intent, in the transaction of its audit row; see payment.dispute_answer_1. Locks
-- the dispute.
select payment.dispute_answer_1(:answer_id, :dispute_id, :evidence, :asked_by) as "outcome!";

-- name: disputeAnswerClaim :opt
-- An answer that is to be sent, or whose outcome is not known, becomes ours for a while; whoever dies with it leaves it unknown.
-- Skips what another worker is at.
with due as (
  select a.answer_id from payment.dispute_answer a where a.try_at <= now() order by a.try_at limit 1 for update skip locked
)
update payment.dispute_answer a
set status = 'unknown', tries = a.tries + 1, try_at = now() + make_interval(secs => :lease_seconds)
from due
where a.answer_id = due.answer_id
returning a.answer_id, a.dispute_id, a.evidence, a.tries;

-- name: disputeAnswerSettle :exec
-- The third beat. What is proved counts from whoever says so; that it is still unknown only from the newest try. Locks its row.
update payment.dispute_answer a
set status = :status, error = :error?,
    try_at = case when :status = 'unknown'::payment.answer_status then now() + make_interval(secs => :try_after_seconds) end,
    settled_at = case when :status <> 'unknown'::payment.answer_status then now() end
where a.answer_id = :answer_id and a.try_at is not null and (a.tries = :try or :status <> 'unknown'::payment.answer_status);
