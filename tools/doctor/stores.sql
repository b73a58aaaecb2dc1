-- name: tiersOut :many
-- Stores that machines keep away from, by the few rows of tiers that ever stood still.
select case g.state when 'paused' then 'tier_paused' else 'tier_sick' end as cause, format('%s, tier %s (%s)', g.store_id, g.position, t.method) as subject,
  g.changed_at as since, case g.state when 'paused' then 'an operator paused it' else format('%s, %s in a row', coalesce(g.reason, 'unknown'), g.trips) end as note,
  g.until as next_at
from store.tier_gate g join store.tier t using (store_id, position)
where t.is_enabled and g.state in ('sick', 'paused') and (g.until is null or g.until > now())
order by g.changed_at limit :limit_max;

-- name: refundsWithoutSecond :many
-- Refunds that one person asked for and no second one has answered, by the partial index on those.
select 'refund_without_second' as cause, a.order_number as subject, a.asked_at as since,
  format('%s asked for it, and nobody else has answered', a.asked_by) as note, null::timestamptz as next_at
from ops.refund_approval a where a.status = 'waiting' and a.asked_at < now() - interval '1 hour'
order by a.asked_at limit :limit_max;
