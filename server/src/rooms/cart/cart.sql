-- name: cartRead :many
-- The whole cart with its version, a row for each line in the order it was added; one row without a line when it is
-- empty, none when there is no cart. Locks nothing.
select c.version as "version!", l.item_id, l.quantity as "quantity!", l.seen_price_minor as "seen_price_minor!", l.variant_id as "variant_id!",
  l.size, l.color, l.price_minor as "price_minor!", l.list_price_minor, l.product_id as "product_id!", l.kind as "kind!", l.currency as "currency!",
  l.title as "title!", l.image_url, l.product_url, l.store_id as "store_id!", l.store_name as "store_name!", l.is_available as "is_available!",
  l.is_sold as "is_sold!", l.is_own as "is_own!", l.is_owned as "is_owned!", l.left_in_stock, (select b.hours_max from store.by_hand b where b.store_id = l.store_id) as by_hand_hours_max
from cart.cart c
left join cart.line l on l.account_id = c.account_id
where c.account_id = :account_id
order by l.added_at, l.item_id;

-- name: itemCheck :opt
-- Whether a product, or one variant of it, is in the cart: for the button on its page. Locks nothing.
select c.version, l.item_id, l.quantity
from cart.cart c
left join lateral (
  select (array_agg(i.item_id order by i.added_at, i.item_id))[1] as item_id, sum(i.quantity)::int as quantity
  from cart.item i join catalog.variant v using (variant_id)
  where i.account_id = c.account_id and v.product_id = :product_id and (:variant_id?::text is null or v.variant_id = :variant_id?)
) l on true
where c.account_id = :account_id;

-- name: pagesInCart :many
-- The products in a cart that were read off their pages. Locks nothing.
select distinct p.product_id
from cart.item i
join catalog.variant v using (variant_id)
join catalog.product p using (product_id)
where i.account_id = :account_id and p.page_read_at is not null;

-- name: itemAdd :one
-- Adds units of a product. Locks the cart's row.
select r.outcome as "outcome!", r.version as "version!", r.item, r.summary, r.detail
from cart.item_add_1(:account_id, :item_id, :product_id?, :variant_id?, :urls?, :size?, :color?, :quantity, :expected_version?) r;

-- name: itemsAdd :one
-- Adds many items, all or none or each that can be. Locks the cart's row.
select r.outcome as "outcome!", r.version as "version!", r.item, r.summary, r.detail
from cart.items_add_1(:account_id, :items, :is_partial, :is_once, :content_hash, :expected_version?) r;

-- name: itemChange :one
-- Sets an item's variant, its quantity or both; 0 takes it out. Locks the cart's row.
select r.outcome as "outcome!", r.version as "version!", r.item, r.summary, r.detail
from cart.item_change_1(:account_id, :item_id, :variant_id?, :quantity?, :expected_version?) r;

-- name: pricesSee :exec
-- The shopper has seen the prices of this moment: what moved before is no news any more. Locks the lines that change.
select cart.see_prices_1(:account_id);

-- name: cartClear :one
-- Takes everything out. Locks the cart's row.
select r.outcome as "outcome!", r.version as "version!", r.item, r.summary, r.detail
from cart.clear_1(:account_id, :expected_version?) r;

-- name: cartsMerge :one
-- Moves a visitor's lines to the account the visitor turned out to be. Locks both carts' rows in the order of their ids.
select r.moved as "moved!", r.dropped as "dropped!", r.version as "version!"
from cart.carts_merge_1(:from_account_id, :to_account_id) r;
