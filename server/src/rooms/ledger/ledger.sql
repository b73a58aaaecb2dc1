-- name: reconciliationStart :opt
-- Begins a reconciliation unless one is running or there is nothing to compare. Locks nothing that shoppers use.
select r.reconciliation_id as "reconciliation_id!", r.from_at as "from_at!", r.to_at as "to_at!"
from ledger.reconciliation_start_1(:reconciliation_id, (:provider::text)::payment.provider, coalesce(:to_at?, now() - interval '1 minute'), :requested_by?) r;

-- name: recordsKeep :one
-- Keeps a page of the provider's lines. A line is never changed there, so one that is known is left as it is. Locks nothing.
with given as (
  select g.record_id, g.kind, g.payment_ref, g.object_ref, g.own_id, g.amount_minor, g.fee_minor, g.currency, g.booked_at
  from jsonb_to_recordset((:records::text)::jsonb) as g (record_id text, kind text, payment_ref text, object_ref text, own_id text, amount_minor bigint,
    fee_minor bigint, currency text, booked_at timestamptz)
), kept as (
  insert into ledger.provider_record as p (provider, record_id, kind, payment_ref, object_ref, own_id, amount_minor, fee_minor, currency, booked_at)
  select (:provider::text)::payment.provider, g.record_id, g.kind, g.payment_ref, g.object_ref, g.own_id, g.amount_minor, g.fee_minor, g.currency, g.booked_at
  from given g
  on conflict (provider, record_id) do nothing
  returning 1
)
select count(*) as "kept!" from kept;

-- name: reconciliationCompare :one
-- Names the differences of one slice of time; null when the reconciliation is not running any more. Locks its row.
select ledger.reconciliation_compare_1(:reconciliation_id, :from_at, :to_at) as named;

-- name: reconciliationFinish :one
-- Ends the reconciliation with its sums; null when it was not running any more. Locks its row.
select ledger.reconciliation_finish_1(:reconciliation_id) as differences;

-- name: reconciliationFail :exec
-- The provider could not be asked to the end: nothing is known of this time. Locks its row.
update ledger.reconciliation r set status = 'failed', finished_at = now()
where r.reconciliation_id = :reconciliation_id and r.status = 'running';

-- name: reconciliationDue :one
-- Whether the night's reconciliation is still to be made: none has ended that reaches the last midnight (UTC), and it is a
-- quarter of an hour past, so that what was on its way has arrived; after one that failed it waits as long. Reads only.
select date_trunc('day', now(), 'UTC') as "to_at!",
  now() >= date_trunc('day', now(), 'UTC') + interval '15 minutes'
  and not exists (
    select from ledger.reconciliation r
    where r.provider = (:provider::text)::payment.provider
      and ((r.status = 'finished' and r.to_at >= date_trunc('day', now(), 'UTC')) or (r.status <> 'finished' and r.started_at > now() - interval '15 minutes'))
  ) as "is_due!";

-- name: reconciliationAsk :one
-- Somebody at the desk wants the books compared up to now. A job does it. Locks nothing.
select (graphile_worker.add_job('ledger.reconcile', json_build_object('provider', :provider::text, 'requestedBy', :requested_by::text),
  job_key => 'ledger.reconcile:' || :provider::text)).id::text as "job_id!";

-- name: reconciliationList :many
-- The latest reconciliations, newest first. Reads only.
select r.reconciliation_id, r.provider, r.from_at, r.to_at, r.status, r.requested_by, r.started_at, r.finished_at, r.record_count, r.difference_count,
  count(*) over () as "total!"
from ledger.reconciliation r
order by r.started_at desc, r.reconciliation_id
limit :limit::int offset :offset::int;

-- name: reconciliationRead :opt
-- One reconciliation with its sums. Reads only.
select r.reconciliation_id, r.provider, r.from_at, r.to_at, r.status, r.requested_by, r.started_at, r.finished_at, r.record_count, r.difference_count, r.sums
from ledger.reconciliation r where r.reconciliation_id = :reconciliation_id;

-- name: differenceList :many
-- What one reconciliation found, with the orders it is about. Reads only.
select d.number, d.kind, d.subject, d.payment_id, d.provider_ref, d.currency, d.ours_minor, d.theirs_minor,
  coalesce((select jsonb_agg(o.order_number order by o.order_number)
    from payment.payment p join orders.store_order o using (session_id) where p.payment_id = d.payment_id), '[]') as "order_numbers!"
from ledger.difference d where d.reconciliation_id = :reconciliation_id
order by d.kind, d.subject, d.number
limit :limit::int;

-- name: balanceList :many
-- What each account stands at, in each currency, as it is told: what we hold and have lost as it is, what we owe above zero.
-- Reads the postings whole.
select p.account, p.owner_id, e.currency, count(*) as "postings!",
  (sum(p.amount_minor) * case when p.account in ('provider_clearing', 'disputes', 'dispute_losses', 'bank') then 1 else -1 end)::bigint as "balance_minor!",
  case when p.account in ('store_payable', 'shipping') then (select s.name from store.store s where s.store_id = p.owner_id)
    when p.account = 'seller_payable' then (select s.display_name from seller.seller s where s.account_id = p.owner_id) end as owner_name
from ledger.posting p join ledger.entry e using (entry_id)
group by p.account, p.owner_id, e.currency
order by p.account, p.owner_id nulls first, e.currency;

-- name: statementLines :many
-- What was booked to one owner (a store, a seller) in a time, oldest first, a page at a time: what is owed to them stands
-- above zero. A payout is named by the bank's reference, once there is one. Begins and ends near the time's own entries, however
-- much came before it and after. Reads only.
select e.entry_id, p.line_no, e.at, e.cause, p.order_number,
  (select coalesce(o.reference, o.payout_id) from ledger.payout o where e.session_id is null and o.payout_id = split_part(e.cause_id, ':', 1)) as payout, p.account, e.currency, -p.amount_minor as "amount_minor!"
from ledger.posting p join ledger.entry e using (entry_id)
where p.owner_id = :owner_id and p.account::text = any (:accounts::text[]) and e.at >= :from_at and e.at < :to_at
  and (:currency?::text is null or e.currency = :currency?)
  and p.entry_id > ledger.entry_before_1(:from_at::timestamptz) and p.entry_id <= ledger.entry_before_1(:to_at::timestamptz + interval '2 days')
  and (p.entry_id, p.line_no) > (:after_entry_id::bigint, :after_line_no::smallint)
order by p.entry_id, p.line_no
limit :limit::int;

-- name: statementOpening :many
-- What stood to an owner's account before a time, by currency. Reads only.
select e.currency, -sum(p.amount_minor)::bigint as "balance_minor!"
from ledger.posting p join ledger.entry e using (entry_id)
where p.owner_id = :owner_id and p.account::text = any (:accounts::text[]) and e.at < :from_at
  and (:currency?::text is null or e.currency = :currency?)
group by e.currency order by e.currency;
