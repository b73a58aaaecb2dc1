-- name: personOf :opt
-- Who somebody is who wants to sell: the role that is theirs whatever this sign-in lets them do, and whether mail reaches
-- them. Reads only.
select u.role, u.email_verified from account."user" u where u.id = :account_id and not u.is_anonymous;

-- name: sellerOpen :one
-- Signs a person up; see seller.open_1.
select seller.open_1(:account_id, :display_name, :about, :verification, :contract_version, :locale) as "outcome!";

-- name: sellerFind :opt
-- A seller, with what Muse keeps of a sale of today. Reads only.
select s.account_id, s.display_name, s.about, seller.level_1(s) as "level!", s.contract_version, s.contract_accepted_at, s.suspended_at, s.suspended_reason,
  ledger.platform_fee_bp_1() as "fee_bp!", case when seller.level_1(s) = 'unverified' then seller.unverified_products_1() end as published_max
from seller.seller s where s.account_id = :account_id and s.erased_at is null;

-- name: sellerUpdate :opt
-- Changes how a seller calls and describes themselves, in their stores and on the shelf as well; mail to them is in the language in
-- which they do. Locks their row, stores and products.
with changed as (
  update seller.seller s set display_name = :display_name, about = :about, locale = :locale, updated_at = now() where s.account_id = :account_id returning s.account_id
)
select c.account_id as "account_id!", catalog.digital_called_1(c.account_id, :display_name) as "products!",
  (select count(*) filter (where store.seller_put_1(sh.store_id, sh.account_id, :display_name, :about, sh.currency))
   from seller.shop sh where sh.account_id = c.account_id) as "stores!"
from changed c;

-- name: productAdd :one
-- A new draft; see seller.product_add_1.
select seller.product_add_1(
  :account_id, :product_id, :currency, :title, :description, :category?, :price_minor, :edition_limit?
) as "outcome!";

-- name: productChange :one
-- Changes a draft, or what stands behind a published product; shoppers see it when it is published. What people bought by
-- stays. Locks the row.
with known as (
  select p.product_id, p.first_published_at is not null and (p.currency, p.edition_limit) is distinct from (:currency::text, :edition_limit?::int) as is_fixed
  from seller.product p where p.product_id = :product_id and p.account_id = :account_id for update
), changed as (
  update seller.product p
  set currency = :currency, title = :title, description = :description, category = :category?, price_minor = :price_minor, edition_limit = :edition_limit?,
      updated_at = clock_timestamp()
  from known k where p.product_id = k.product_id and not k.is_fixed
  returning p.product_id
)
select case when not exists (select from known) then 'not_found' when exists (select from changed) then 'changed' else 'fixed' end as "outcome!";

-- name: productList :many
-- A page of what a seller works on and sells, or one of it, newest first, with how many there are in all. Copies are counted
-- from who holds one, for the page alone. Reads only.
with page as (
  select p.product_id, p.created_at, count(*) over () as total
  from seller.product p
  where p.account_id = :account_id and (:product_id?::text is null or p.product_id = :product_id?)
  order by p.created_at desc, p.product_id desc
  limit :limit offset :offset
)
select p.product_id, p.currency, p.title, p.description, p.category, p.price_minor, p.edition_limit, p.status, p.first_published_at, p.published_at,
  p.updated_at, (select count(*) from access.holding h where h.product_id = p.product_id and h.revoked_at is null) as "copies!", page.total as "total!"
from page
join seller.product p using (product_id)
order by page.created_at desc, p.product_id desc;

-- name: productCalled :opt
-- The newest product of a seller's under a title. Reads only.
select p.product_id, p.first_published_at from seller.product p
where p.account_id = :account_id and p.title = :title
order by p.created_at desc, p.product_id desc
limit 1;

-- name: productPublish :one
-- Puts a product before shoppers; see seller.publish_1. The ids are used where there is none yet.
select seller.publish_1(:account_id, :product_id, :store_id, :variant_id) as "outcome!";

-- name: productDelete :one
-- Deletes a draft, files and all; see seller.product_delete_1.
select seller.product_delete_1(:account_id, :product_id) as "outcome!";

-- name: productWithdraw :one
-- Takes a product off the shelf; see seller.withdraw_1.
select seller.withdraw_1(:account_id, :product_id) as "outcome!";

-- name: fileWithdraw :one
-- Sells a file no more; see seller.file_withdraw_1.
select seller.file_withdraw_1(:account_id, :product_id, :file_id) as "outcome!";

-- name: productTouch :exec
-- A file came or went: what shoppers get has changed, which its seller sees by the date.
update seller.product p set updated_at = case when p.status = 'published' then p.updated_at else clock_timestamp() end
where p.product_id = :product_id and p.account_id = :account_id;

-- name: saleList :many
-- A page of a seller's sales, newest first, each with what was kept of it. Nothing of the buyer. Reads only.
select s.order_number as "order_number!", s.product_id as "product_id!", s.title as "title!", s.sold_at as "sold_at!", s.currency as "currency!",
  s.payment_status as "payment_status!", s.gross_minor as "gross_minor!", s.refunded_minor as "refunded_minor!", s.fee_minor as "fee_minor!",
  s.net_minor as "net_minor!", count(*) over () as "total!"
from seller.sale s
where s.account_id = :account_id and (:currency?::text is null or s.currency = :currency?)
order by s.sold_at desc, s.order_number
limit :limit offset :offset;

-- name: saleBuckets :many
-- Sales over time, summed by spans of days that end now, empty ones too, for each currency the seller sells in. Reads only.
select sh.currency as "currency!", b.at as "at!", count(s.order_number) as "sales!", coalesce(sum(s.gross_minor), 0)::bigint as "gross_minor!",
  coalesce(sum(s.fee_minor), 0)::bigint as "fee_minor!", coalesce(sum(s.net_minor), 0)::bigint as "net_minor!",
  coalesce(sum(s.refunded_minor), 0)::bigint as "refunded_minor!"
from seller.shop sh
cross join lateral (
  select date_trunc('day', now() at time zone 'UTC') at time zone 'UTC' - make_interval(days => n * :bucket_days::int) as at
  from generate_series(0, :bucket_count::int - 1) n
) b
left join seller.sale s on s.account_id = sh.account_id and s.currency = sh.currency
  and s.sold_at >= b.at and s.sold_at < b.at + make_interval(days => :bucket_days::int)
where sh.account_id = :account_id
group by sh.currency, b.at
order by sh.currency, b.at;

-- name: saleProducts :many
-- Which products brought how much since a moment, the best first. Reads only.
select s.product_id as "product_id!", max(s.title) as "title!", s.currency as "currency!", count(*) as "sales!", sum(s.net_minor)::bigint as "net_minor!",
  (select coalesce(sum(h.download_count), 0) from access.holding h where h.product_id = s.product_id)::bigint as "downloads!"
from seller.sale s
where s.account_id = :account_id and s.sold_at >= now() - make_interval(days => :days::int)
group by s.product_id, s.currency
order by sum(s.net_minor) desc, s.product_id
limit 20;

-- name: statementLines :many
-- A bounded number of one currency's sales of a month of UTC in the order they were made, after one of them where it is
-- named, for the statement. The order it went on to is asked for its time: a clock's text is coarser than the database. Reads
-- only.
select s.order_number as "order_number!", s.product_id as "product_id!", s.title as "title!", s.sold_at as "sold_at!", s.payment_status as "payment_status!",
  s.gross_minor as "gross_minor!", s.refunded_minor as "refunded_minor!", ledger.platform_fee_bp_1() as "fee_bp!", s.fee_minor as "fee_minor!", s.net_minor as "net_minor!"
from seller.sale s
where s.account_id = :account_id and s.currency = :currency
  and s.sold_at < ((:month || '-01')::timestamp + interval '1 month') at time zone 'UTC'
  and s.sold_at >= coalesce(
    (select a.created_at from orders.store_order a where a.order_number = :after?), (:month || '-01')::timestamp at time zone 'UTC')
  and (:after?::text is null
    or (s.sold_at, s.order_number) > (select a.created_at, a.order_number from orders.store_order a where a.order_number = :after?))
order by s.sold_at, s.order_number
limit :limit;
