-- name: cartsExport :one
-- What is in somebody's cart, for their copy of all that is kept of them. Reads only.
select coalesce(jsonb_agg(jsonb_build_object('productId', p.product_id, 'variantId', i.variant_id, 'title', p.title,
    'quantity', i.quantity, 'addedAt', i.added_at) order by i.added_at, i.item_id), '[]') as "items!"
from cart.item i
join catalog.variant v using (variant_id)
join catalog.product p using (product_id)
where i.account_id = any (:account_ids::text[]);

-- name: cartsErase :exec
-- Somebody's cart goes with them. Locks the cart and its items.
with items as (
  delete from cart.item i where i.account_id = any (:account_ids::text[])
)
delete from cart.cart c where c.account_id = any (:account_ids::text[]);
