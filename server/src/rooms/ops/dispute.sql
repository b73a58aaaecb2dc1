-- name: disputeList :many
-- Disputes, those whose evidence is due first, then the newest; whether they are open may be chosen. Reads only.
select d.dispute_id, p.provider, d.payment_id, p.session_id, d.status, d.reason, d.amount_minor, d.withdrawn_minor, d.currency, d.evidence_due_at,
  d.opened_at, d.closed_at, count(*) over () as "total!"
from payment.dispute d join payment.payment p using (payment_id)
where :is_open?::boolean is null or (d.closed_at is null) = :is_open?
order by case when d.closed_at is null then d.evidence_due_at end nulls last, d.opened_at desc, d.dispute_id
limit :limit::int offset :offset::int;

-- name: disputeRead :opt
-- One dispute. Reads only.
select d.dispute_id, p.provider, d.payment_id, p.session_id, d.status, d.reason, d.amount_minor, d.withdrawn_minor, d.currency, d.evidence_due_at,
  d.opened_at, d.closed_at, d.opened_count
from payment.dispute d join payment.payment p using (payment_id)
where d.dispute_id = :dispute_id;

-- name: disputeEvidence :one
-- What we hold of a payment that speaks for us: what was bought and how it was paid, what became of it at the stores and with
-- the carriers, what the shopper was told, when files were fetched and from where, and what was agreed to. Reads only.
select s.contact_email, s.created_at as started_at, s.paid_at, p.amount_minor, p.refunded_minor, p.provider_ref,
  coalesce((select jsonb_agg(jsonb_build_object('number', a.number, 'status', a.status, 'at', a.created_at) order by a.number)
    from payment.attempt a where a.payment_id = p.payment_id), '[]') as "attempts!",
  coalesce((select jsonb_agg(jsonb_build_object('museOrderNumber', o.order_number, 'storeName', o.store_name, 'storeOrderNumber', o.store_order_number,
      'status', o.status, 'totalMinor', o.total_minor,
      'items', (select jsonb_agg(jsonb_build_object('title', i.title, 'quantity', i.quantity) order by i.line_no)
        from orders.order_item i where i.order_number = o.order_number),
      'history', (select jsonb_agg(jsonb_build_object('to', h.to_status, 'at', h.at) order by h.history_id)
        from orders.order_status_history h where h.order_number = o.order_number),
      'parcels', (select coalesce(jsonb_agg(jsonb_build_object('carrier', x.carrier, 'trackingNumber', x.tracking_number, 'status', x.status,
          'deliveredAt', x.delivered_at) order by x.created_at, x.shipment_id), '[]')
        from shipment.shipment x where x.order_number = o.order_number)) order by o.order_number)
    from orders.store_order o where o.session_id = p.session_id), '[]') as "orders!",
  coalesce((select jsonb_agg(jsonb_build_object('kind', m.kind, 'at', m.created_at, 'isSent', m.status = 'sent') order by m.created_at, m.mail_id)
    from notify.mail m where m.session_id = p.session_id), '[]') as "mails!",
  s.shipping_address, access.proof_1(p.session_id) as "proofs!",
  coalesce((select jsonb_agg(jsonb_build_object('at', v.created_at, 'lastSeenAt', v.updated_at, 'address', nullif(v.ip_address, ''),
      'device', nullif(v.user_agent, '')) order by v.created_at)
    from (select x.created_at, x.updated_at, x.ip_address, x.user_agent from account.session x
      where x.user_id = s.account_id order by x.created_at desc limit 20) v), '[]') as "sign_ins!"
from payment.payment p join checkout.session s using (session_id)
where p.payment_id = :payment_id;

-- name: disputeAnswers :many
-- What a dispute was answered with, the latest first, and which of the times that it was open. Reads only.
select a.answer_id, a.opening, a.status, a.error, a.asked_by, a.asked_at, a.settled_at, a.evidence
from payment.dispute_answer a
where a.dispute_id = :dispute_id
order by a.asked_at desc, a.answer_id desc;
