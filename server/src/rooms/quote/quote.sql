-- name: basisRead :one
-- All that a quote needs of the database, in one look: how these stores deliver, and the state's rate of tax. Locks
-- nothing.
select
  (select coalesce(jsonb_agg(jsonb_build_object('storeId', o.store_id, 'optionId', o.option_id, 'name', o.name, 'kind', o.kind,
      'amountMinor', o.amount_minor, 'perItemMinor', o.per_item_minor, 'freeAboveMinor', o.free_above_minor,
      'daysMin', o.days_min, 'daysMax', o.days_max) order by o.store_id, o.position, o.option_id), '[]')
    from quote.shipping_option o where o.store_id = any (:store_ids::text[])) as "options!",
  (select t.rate_ppm from quote.tax_rate t where t.state = :state) as tax_rate_ppm;

-- name: offerRead :opt
-- What a product costs, or one of its variants, and how its store delivers: for its page. No row: it is not sold. Locks
-- nothing.
select p.store_id, st.name as store_name, p.kind, p.currency, offer.price_minor as "price_minor!",
  (select coalesce(jsonb_agg(jsonb_build_object('storeId', o.store_id, 'optionId', o.option_id, 'name', o.name, 'kind', o.kind,
      'amountMinor', o.amount_minor, 'perItemMinor', o.per_item_minor, 'freeAboveMinor', o.free_above_minor,
      'daysMin', o.days_min, 'daysMax', o.days_max) order by o.position, o.option_id), '[]')
    from quote.shipping_option o where o.store_id = p.store_id) as "options!"
from catalog.product p
join store.store st on st.store_id = p.store_id and st.is_active
cross join lateral (
  select min(v.price_minor) as price_minor from catalog.variant v
  where v.product_id = p.product_id and v.is_active and (:variant_id?::text is null or v.variant_id = :variant_id?)
) offer
where p.product_id = :product_id and p.is_active and offer.price_minor is not null;

-- name: shippingOptionsPut :exec
-- Replaces how a store delivers; sessions that are quoted already keep what they were promised. Locks the store's
-- options.
with given as (
  select g.option_id, g.name, g.kind, g.amount_minor, g.per_item_minor, g.free_above_minor, g.days_min, g.days_max, g.position
  from jsonb_to_recordset(:options) as g (option_id text, name text, kind quote.shipping_kind, amount_minor bigint, per_item_minor bigint,
    free_above_minor bigint, days_min smallint, days_max smallint, position smallint)
), gone as (
  delete from quote.shipping_option o
  where o.store_id = :store_id and not exists (select from given g where g.option_id = o.option_id)
)
insert into quote.shipping_option as o (store_id, option_id, name, kind, amount_minor, per_item_minor, free_above_minor, days_min, days_max, position)
select :store_id, g.option_id, g.name, g.kind, g.amount_minor, g.per_item_minor, g.free_above_minor, g.days_min, g.days_max, g.position
from given g
on conflict (store_id, option_id) do update
  set name = excluded.name, kind = excluded.kind, amount_minor = excluded.amount_minor, per_item_minor = excluded.per_item_minor,
      free_above_minor = excluded.free_above_minor, days_min = excluded.days_min, days_max = excluded.days_max, position = excluded.position;
