-- name: m1ChargesOfSession :many
-- M1 at every moment: the provider charged for a session once at most.
select c.metadata ->> 'checkout_session_id' as subject, format('%s charges: %s', count(*), string_agg(c.charge, ', ')) as detail
from jsonb_to_recordset(:charges::jsonb) as c (charge text, metadata jsonb)
where c.metadata ->> 'checkout_session_id' is not null
group by c.metadata ->> 'checkout_session_id' having count(*) > 1;

-- name: m3ChargesKnown :many
-- M3 eventually: each charge at the provider has a succeeded payment here, equal in amount and currency.
select c.charge as subject,
  format('%s %s of %s for %s; here %s of %s %s', c.amount, upper(c.currency), c."paymentIntent", coalesce(c.metadata ->> 'payment_id', 'no payment'),
    coalesce(p.status::text, 'nothing'), p.amount_minor, p.currency) as detail
from jsonb_to_recordset(:charges::jsonb) as c (at timestamptz, part text, charge text, "paymentIntent" text, amount bigint, currency text, metadata jsonb)
left join payment.payment p on p.provider = 'stripe' and p.provider_ref = c."paymentIntent"
where c.part = 'stripe' and c.at < now() - make_interval(secs => :settled_seconds)
  and (p.payment_id is null or p.status <> 'succeeded' or p.amount_minor <> c.amount or p.currency <> upper(c.currency)
    or p.payment_id is distinct from c.metadata ->> 'payment_id');

-- name: m3PaymentsCharged :many
-- M3 eventually: each succeeded payment here has a charge at the provider.
select p.payment_id as subject, format('%s %s, intent %s', p.amount_minor, p.currency, coalesce(p.provider_ref, 'unknown')) as detail
from payment.payment p
where p.provider = 'stripe' and p.status = 'succeeded' and p.succeeded_at < now() - make_interval(secs => :settled_seconds)
  and not exists (select from jsonb_to_recordset(:charges::jsonb) as c ("paymentIntent" text) where c."paymentIntent" = p.provider_ref);

-- name: m3RefundsKnown :many
-- M3 eventually: each refund at the provider is a succeeded refund here, equal in amount and currency, and was made once.
-- A refund that the provider took back later is recorded there as failed and is one no more.
with made as (
  select r.refund, min(r.at) as at, min(r.amount) as amount, min(r.currency) as currency, min(r.metadata ->> 'refund_id') as refund_id
  from jsonb_to_recordset(:refunds::jsonb) as r (at timestamptz, part text, kind text, refund text, amount bigint, currency text, metadata jsonb)
  where r.part = 'stripe' group by r.refund having bool_and(r.kind = 'refund')
)
select m.refund as subject,
  format('%s %s for %s; here %s of %s %s', m.amount, upper(m.currency), coalesce(m.refund_id, 'no refund'), coalesce(r.status::text, 'nothing'), r.amount_minor, r.currency) as detail
from made m
cross join lateral (
  select min(x.refund_id) as refund_id, min(x.status) as status, sum(x.amount_minor) as amount_minor, min(x.currency) as currency,
    coalesce(bool_or(x.source = 'muse' and x.refund_id is distinct from m.refund_id), false) as is_other
  from payment.refund x where x.provider_ref = m.refund
) r
where m.at < now() - make_interval(secs => :settled_seconds)
  and (r.refund_id is null or r.status <> 'succeeded' or r.amount_minor <> m.amount or r.currency <> upper(m.currency)
    or r.is_other);

-- name: m3RefundsMade :many
-- M3 eventually: each succeeded refund here was made at the provider.
select r.refund_id as subject, format('%s %s, at the provider %s', r.amount_minor, r.currency, coalesce(r.provider_ref, 'unknown')) as detail
from payment.refund r
join payment.payment p using (payment_id)
where p.provider = 'stripe' and r.status = 'succeeded' and r.succeeded_at < now() - make_interval(secs => :settled_seconds)
  and not exists (
    select from jsonb_to_recordset(:refunds::jsonb) as c (kind text, refund text) where c.kind = 'refund' and c.refund = r.provider_ref);

-- name: m1TossChargesOfSession :many
-- M1 at every moment: Toss charged for a session once at most.
select t.session_id as subject, format('%s charges: %s', count(*), string_agg(c."paymentKey", ', ')) as detail
from jsonb_to_recordset(:charges::jsonb) as c (part text, "paymentKey" text, "orderId" text)
join payment.toss_order t on t.order_id = c."orderId"
where c.part = 'toss' group by t.session_id having count(*) > 1;

-- name: m3TossChargesKnown :many
-- M3 eventually: each charge at Toss has a succeeded payment here, equal in amount and currency.
select c."paymentKey" as subject,
  format('%s %s of order %s; here %s of %s %s', c.amount, upper(c.currency), c."orderId", coalesce(p.status::text, 'nothing'), p.amount_minor,
    p.currency) as detail
from jsonb_to_recordset(:charges::jsonb) as c (at timestamptz, part text, "paymentKey" text, "orderId" text, amount bigint, currency text)
left join payment.payment p on p.provider = 'toss' and p.provider_ref = c."paymentKey"
where c.part = 'toss' and c.at < now() - make_interval(secs => :settled_seconds)
  and (p.payment_id is null or p.status <> 'succeeded' or p.amount_minor <> c.amount or p.currency <> upper(c.currency));

-- name: m3TossPaymentsCharged :many
-- M3 eventually: each succeeded payment in won has a charge at Toss.
select p.payment_id as subject, format('%s %s, payment key %s', p.amount_minor, p.currency, coalesce(p.provider_ref, 'unknown')) as detail
from payment.payment p
where p.provider = 'toss' and p.status = 'succeeded' and p.succeeded_at < now() - make_interval(secs => :settled_seconds)
  and not exists (
    select from jsonb_to_recordset(:charges::jsonb) as c (part text, "paymentKey" text) where c.part = 'toss' and c."paymentKey" = p.provider_ref);

-- name: m3TossRefundsKnown :many
-- M3 eventually: each refund at Toss is a succeeded refund here, equal in amount and currency.
select c."transactionKey" as subject,
  format('%s %s of %s; here %s of %s %s', c.amount, upper(c.currency), c."paymentKey", coalesce(r.status::text, 'nothing'), r.amount_minor,
    r.currency) as detail
from jsonb_to_recordset(:refunds::jsonb) as c (at timestamptz, part text, "transactionKey" text, "paymentKey" text, amount bigint, currency text)
cross join lateral (
  select min(x.refund_id) as refund_id, min(x.status) as status, sum(x.amount_minor) as amount_minor, min(x.currency) as currency
  from payment.refund x where x.provider_ref = c."transactionKey"
) r
where c.part = 'toss' and c.at < now() - make_interval(secs => :settled_seconds)
  and (r.refund_id is null or r.status <> 'succeeded' or r.amount_minor <> c.amount or r.currency <> upper(c.currency));

-- name: m3TossRefundsMade :many
-- M3 eventually: each succeeded refund in won was made at Toss.
select r.refund_id as subject, format('%s %s, at Toss %s', r.amount_minor, r.currency, coalesce(r.provider_ref, 'unknown')) as detail
from payment.refund r
join payment.payment p using (payment_id)
where p.provider = 'toss' and r.status = 'succeeded' and r.succeeded_at < now() - make_interval(secs => :settled_seconds)
  -- Of money that the bank had taken back there was nothing to give.
  and not exists (select from payment.deposit d where d.payment_id = p.payment_id and d.reverted_at is not null)
  and not exists (
    select from jsonb_to_recordset(:refunds::jsonb) as c (part text, "transactionKey" text)
    where c.part = 'toss' and c."transactionKey" = r.provider_ref);

-- name: o2StoresPaidFirst :many
-- O2 at every moment: a store has an order of ours only when it was paid here.
select a."clientKey" as subject, format('%s has it as %s; here payment %s', a.part, a."orderNumber", coalesce(p.status::text, 'missing')) as detail
from jsonb_to_recordset(:store_orders::jsonb) as a (part text, kind text, "clientKey" text, "orderNumber" text)
left join orders.store_order o on o.order_number = a."clientKey"
left join payment.payment p on p.session_id = o.session_id
where a.kind = 'order' and a."clientKey" like 'MO-%' and p.status is distinct from 'succeeded';

-- name: o3StoresOnce :many
-- O3 at every moment: over all stores an order of ours was accepted once at most.
select a."clientKey" as subject, format('accepted %s times: %s', count(*), string_agg(a.part || ' ' || a."orderNumber", ', ')) as detail
from jsonb_to_recordset(:store_orders::jsonb) as a (part text, kind text, "clientKey" text, "orderNumber" text)
where a.kind = 'order' and a."clientKey" like 'MO-%'
group by a."clientKey" having count(*) > 1;

-- name: o3PlacedAtStore :many
-- O3 eventually: an order that a program placed is with its store, under the number known here.
select o.order_number as subject, format('placed by %s as %s, the store has %s', o.placement_method, o.store_order_number, coalesce(a.numbers, 'nothing')) as detail
from orders.store_order o
left join (
  select x."clientKey" as order_number, string_agg(x."orderNumber", ', ') as numbers, array_agg(x."orderNumber") as every_number
  from jsonb_to_recordset(:store_orders::jsonb) as x (kind text, "clientKey" text, "orderNumber" text)
  where x.kind = 'order' group by x."clientKey"
) a using (order_number)
where o.placement_method in ('api', 'headless') and o.placed_at < now() - make_interval(secs => :settled_seconds)
  and o.store_order_number <> all (coalesce(a.every_number, '{}'))
  -- A web shop may have no field for our number.
  and (o.store_id, o.store_order_number) not in (
    select x.part, x."orderNumber" from jsonb_to_recordset(:store_orders::jsonb) as x (part text, kind text, "clientKey" text, "orderNumber" text)
    where x.kind = 'order' and x."clientKey" = '' and x.part is not null and x."orderNumber" is not null);

-- name: o3NothingSurplus :many
-- O3 eventually: what a store has accepted and not cancelled is placed here too, or a person sees to it.
with held as (
  select a."clientKey" as order_number, min(a.part) as part, min(a."orderNumber") as store_order_number, max(a.at) as at
  from jsonb_to_recordset(:store_orders::jsonb) as a (at timestamptz, part text, kind text, "clientKey" text, "orderNumber" text)
  where a."clientKey" like 'MO-%'
  group by a."clientKey", a."orderNumber" having bool_and(a.kind = 'order')
)
select h.order_number as subject, format('%s has it as %s; here it is %s', h.part, h.store_order_number, coalesce(o.status::text, 'unknown')) as detail
from held h
left join orders.store_order o using (order_number)
where h.at < now() - make_interval(secs => :settled_seconds)
  and (o.order_number is null or (
    (o.status in ('pending', 'failed', 'cancelled') or o.store_order_number is distinct from h.store_order_number)
    and o.updated_at < now() - make_interval(secs => :settled_seconds)
    and not exists (select from placement.manual_task t where t.order_number = o.order_number and t.status in ('open', 'claimed'))));

-- name: p4SecretsAbsent :many
-- P4 at every moment: no column of any table holds a store's credential in the clear. Reads every table whole: for the sandbox's databases.
-- Bytes are shown as hex, so each secret is looked for as text and as hex.
select n.nspname || '.' || c.relname as subject, 'holds a credential of the sandbox in the clear' as detail
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'r' and n.nspname !~ '^(pg_|information_schema)' and has_table_privilege(c.oid, 'select')
  and query_to_xml(format('select 1 from %I.%I whole_row where whole_row::text like any (%L::text[]) limit 1', n.nspname, c.relname, :secret_patterns::text[]::text),
    false, false, '')::text like '%<row%';

-- name: p2CardsAbsent :many
-- P2 at every moment: no column of any table holds a card number, known here by the sandbox's test cards. Reads every table whole.
select n.nspname || '.' || c.relname as subject, 'holds a card number' as detail
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where c.relkind = 'r' and n.nspname !~ '^(pg_|information_schema)' and has_table_privilege(c.oid, 'select')
  and query_to_xml(format('select 1 from %I.%I whole_row where whole_row::text like any (%L::text[]) limit 1', n.nspname, c.relname, :card_patterns::text[]::text),
    false, false, '')::text like '%<row%';
