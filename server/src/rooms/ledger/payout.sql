-- name: payoutPrepare :one
-- Takes an amount from what is owed to a seller; see ledger.payout_prepare_1. Locks the seller's row.
select r.outcome as "outcome!", r.payout_id, r.available_minor as "available_minor!"
from ledger.payout_prepare_1(:payout_id, :seller_id, :currency, :amount_minor, :prepared_by) r;

-- name: payoutApprove :one
-- A second person agrees; see ledger.payout_approve_1. Locks the payout.
select ledger.payout_approve_1(:payout_id, :approved_by) as "outcome!";

-- name: payoutPaid :one
-- The transfer has been made; see ledger.payout_paid_1. Locks the payout.
select ledger.payout_paid_1(:payout_id, :reference, :paid_by) as "outcome!";

-- name: payoutFailed :one
-- The transfer came to nothing; see ledger.payout_failed_1. Locks the payout.
select ledger.payout_failed_1(:payout_id, :failure, :failed_by) as "outcome!";

-- name: payoutList :many
-- Payouts of one seller or of all, the newest first, those that wait for somebody before them. Reads only.
select p.payout_id, p.seller_id, (select s.display_name from seller.seller s where s.account_id = p.seller_id and s.erased_at is null) as seller_name, p.currency, p.amount_minor,
  p.status, p.needs_second, p.prepared_by, p.prepared_at, p.approved_by, p.approved_at, p.reference, p.paid_at, p.failure, p.failed_at,
  count(*) over () as "total!"
from ledger.payout p
where (:seller_id?::text is null or p.seller_id = :seller_id?) and (:payout_id?::text is null or p.payout_id = :payout_id?)
order by p.status <> 'prepared', p.prepared_at desc, p.payout_id
limit :limit::int offset :offset::int;

-- name: sellerBalances :many
-- Where a seller stands in each currency; see ledger.seller_balances_1. Reads only.
select b.currency as "currency!", b.balance_minor as "balance_minor!", b.held_minor as "held_minor!", b.available_minor as "available_minor!",
  b.on_its_way_minor as "on_its_way_minor!", b.next_at
from ledger.seller_balances_1(:seller_id) b order by b.currency;

-- name: payoutRules :many
-- How long a sale's share waits. Reads only.
select r.currency, r.hold_days from ledger.payout_rule r order by r.currency;

-- name: payableList :many
-- Every seller to whom something is owed, or who owes, with what of it can be paid out; the most first. Reads the postings whole.
select s.account_id as "seller_id!", s.display_name as "seller_name!", s.verification as "verification!", s.suspended_at is not null as "is_suspended!",
  b.currency as "currency!", b.balance_minor as "balance_minor!", b.held_minor as "held_minor!", b.available_minor as "available_minor!",
  b.on_its_way_minor as "on_its_way_minor!", b.next_at
from seller.seller s
cross join lateral ledger.seller_balances_1(s.account_id) b
where s.account_id in (select p.owner_id from ledger.posting p where p.account = 'seller_payable') and (b.balance_minor <> 0 or b.on_its_way_minor <> 0)
order by b.available_minor desc, b.balance_minor desc, s.account_id, b.currency
limit :limit::int;
