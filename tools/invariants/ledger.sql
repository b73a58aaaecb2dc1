-- name: m4Balanced :many
-- M4 at every moment: each entry of the ledger has postings, and they sum to zero.
select e.entry_id::text as subject, format('%s %s: %s postings sum to %s %s', e.cause, e.cause_id, count(p.entry_id), coalesce(sum(p.amount_minor), 0), e.currency) as detail
from ledger.entry e left join ledger.posting p using (entry_id)
group by e.entry_id having count(p.entry_id) < 2 or sum(p.amount_minor) <> 0;

-- name: m4Captured :many
-- M4 at every moment: each charge stands in the ledger with its amount and currency, and nothing else does.
select coalesce(p.payment_id, e.cause_id) as subject,
  format('charged %s %s, in the ledger %s %s', coalesce(p.amount_minor, 0), p.currency, coalesce(e.amount_minor, 0), e.currency) as detail
from (select x.payment_id, x.amount_minor, x.currency from payment.payment x where x.status = 'succeeded') p
full join (
  select t.cause_id, t.currency, sum(s.amount_minor) as amount_minor
  from ledger.entry t join ledger.posting s using (entry_id)
  where t.cause = 'payment_captured' and s.account = 'provider_clearing' group by t.entry_id
) e on e.cause_id = p.payment_id
where (p.amount_minor, p.currency) is distinct from (e.amount_minor, e.currency);

-- name: m4RefundsPosted :many
-- M4 at every moment: what is promised back to a shopper, and what has gone, stands in the ledger as the refund itself says.
with posted as (
  select e.cause_id, sum(case when e.cause in ('refund_opened', 'refund_withdrawn') then -p.amount_minor end) as promised_minor,
    sum(case when e.cause in ('refund_paid', 'refund_returned') then p.amount_minor end) as paid_minor
  from ledger.entry e join ledger.posting p using (entry_id)
  where e.cause in ('refund_opened', 'refund_withdrawn', 'refund_paid', 'refund_returned') and p.account = 'refunds'
  group by e.cause_id
)
select coalesce(r.refund_id, p.cause_id) as subject,
  format('%s of %s; in the ledger %s promised, %s paid', r.status, r.amount_minor, coalesce(p.promised_minor, 0), coalesce(p.paid_minor, 0)) as detail
from payment.refund r full join posted p on p.cause_id = r.refund_id
where r.refund_id is null or coalesce(p.promised_minor, 0) <> case r.status when 'failed' then 0 else r.amount_minor end
  or coalesce(p.paid_minor, 0) <> case r.status when 'succeeded' then r.amount_minor else 0 end;

-- name: m4OrdersPosted :many
-- M4 at every moment: of the shopper's money is drawn what was placed or given back, and an order owes its total less what went back.
with posted as (
  select p.order_number, coalesce(sum(p.amount_minor) filter (where p.account = 'shopper_funds'), 0) as drawn_minor,
    coalesce(-sum(p.amount_minor) filter (where p.account in ('store_payable', 'seller_payable', 'platform_fee', 'shipping', 'tax')), 0) as owed_minor
  from ledger.posting p where p.order_number is not null group by p.order_number
), placed as (
  select e.cause_id as order_number from ledger.entry e where e.cause = 'order_placed'
)
select o.order_number as subject,
  format('%s, total %s, given back %s; in the ledger %s drawn, %s owed', o.status, o.total_minor, o.refunded_minor, coalesce(p.drawn_minor, 0), coalesce(p.owed_minor, 0)) as detail
from orders.store_order o
left join posted p using (order_number)
left join placed l using (order_number)
where coalesce(p.drawn_minor, 0) <> case when l.order_number is null then o.refunded_minor else o.total_minor end
  or coalesce(p.owed_minor, 0) <> case when l.order_number is null then 0 else o.total_minor - o.refunded_minor end
  or (l.order_number is null and o.refunded_minor < o.total_minor and o.status in ('placed', 'confirmed', 'shipped', 'delivered'));

-- name: m4DisputesPosted :many
-- M4 at every moment: what banks have taken back stands in the ledger as the disputes say, lost or still open.
with posted as (
  select split_part(e.cause_id, ':', 1) as dispute_id, sum(p.amount_minor) filter (where p.account = 'disputes') as open_minor,
    sum(p.amount_minor) filter (where p.account = 'dispute_losses') as lost_minor
  from ledger.entry e join ledger.posting p using (entry_id)
  where e.cause in ('dispute_withdrawn', 'dispute_reinstated', 'dispute_lost')
  group by split_part(e.cause_id, ':', 1)
)
select coalesce(d.dispute_id, p.dispute_id) as subject,
  format('%s, %s taken; in the ledger %s in dispute, %s lost', d.status, d.withdrawn_minor, coalesce(p.open_minor, 0), coalesce(p.lost_minor, 0)) as detail
from payment.dispute d full join posted p using (dispute_id)
where coalesce(p.open_minor, 0) <> case when d.status = 'lost' then 0 else coalesce(d.withdrawn_minor, 0) end
  or coalesce(p.lost_minor, 0) <> case when d.status = 'lost' then d.withdrawn_minor else 0 end;

-- name: m4PayoutsPosted :many
-- M4 at every moment: what was taken from a seller, is on its way to them or has left the bank stands in the ledger as the payout says.
with posted as (
  -- What failed twice has a word after its id.
  select split_part(e.cause_id, ':', 1) as cause_id, min(e.currency) as currency,
    coalesce(sum(p.amount_minor) filter (where p.account = 'seller_payable'), 0) as taken_minor,
    coalesce(-sum(p.amount_minor) filter (where p.account = 'payouts'), 0) as open_minor,
    coalesce(-sum(p.amount_minor) filter (where p.account = 'bank'), 0) as gone_minor
  from ledger.entry e join ledger.posting p using (entry_id)
  where e.cause in ('payout_prepared', 'payout_paid', 'payout_failed')
  group by split_part(e.cause_id, ':', 1)
)
select coalesce(o.payout_id, p.cause_id) as subject,
  format('%s, %s %s; in the ledger %s taken, %s on its way, %s gone', o.status, o.amount_minor, o.currency, p.taken_minor, p.open_minor, p.gone_minor) as detail
from ledger.payout o full join posted p on p.cause_id = o.payout_id
where o.payout_id is null or p.cause_id is null or o.currency <> p.currency
  or p.taken_minor <> case o.status when 'failed' then 0 else o.amount_minor end
  or p.open_minor <> case o.status when 'prepared' then o.amount_minor else 0 end
  or p.gone_minor <> case o.status when 'paid' then o.amount_minor else 0 end;

-- name: m4PayoutsCovered :many
-- M4 at every moment: no seller was paid out more in a currency than their sales ever came to, nor at once more than could be paid out then.
-- A transfer that turned up after its payout had been called off is no decision to pay: what it takes may be there no more.
with earned as (
  select p.owner_id, e.currency, -sum(p.amount_minor) as amount_minor
  from ledger.posting p join ledger.entry e using (entry_id)
  where p.account = 'seller_payable' and e.cause = 'order_placed'
  group by p.owner_id, e.currency
), out as (
  select o.seller_id, o.currency, coalesce(sum(o.amount_minor) filter (where o.late_after is null), 0) as amount_minor,
    bool_or(o.amount_minor > o.available_minor) as is_above
  from ledger.payout o where o.status <> 'failed' group by o.seller_id, o.currency
)
select o.seller_id as subject, format('%s %s paid out or on its way, of %s', o.amount_minor, o.currency, coalesce(e.amount_minor, 0)) as detail
from out o left join earned e on e.owner_id = o.seller_id and e.currency = o.currency
where o.is_above or o.amount_minor > coalesce(e.amount_minor, 0);

-- name: m4PayoutsAgreed :many
-- M4 at every moment: nobody agreed to a payout of their own, and above what one person may move alone nothing was paid without a second one.
select o.payout_id as subject, format('prepared by %s, agreed to by %s, %s', o.prepared_by, o.approved_by, o.status) as detail
from ledger.payout o
where o.approved_by = o.prepared_by or (o.needs_second and o.paid_at is not null and o.approved_by is null);
