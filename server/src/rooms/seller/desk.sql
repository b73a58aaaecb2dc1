-- name: sellerVerify :opt
-- Notes how well Muse knows a seller. Locks their row.
update seller.seller s set verification = :verification, updated_at = now() where s.account_id = :account_id and s.erased_at is null returning s.account_id;

-- name: sellerSuspend :one
-- Stops a seller's sales and payouts; see seller.suspend_1. Locks their row and stores.
select seller.suspend_1(:account_id, :reason) as "outcome!";

-- name: sellerResume :one
-- Lets them sell again; see seller.resume_1. Locks their row and stores.
select seller.resume_1(:account_id) as "outcome!";

-- name: sellerList :many
-- A page of sellers, the newest first, or one of them, with what they have and sold. Reads only.
with page as (
  select s.account_id, s.display_name, s.about, seller.level_1(s) as level, s.suspended_at, s.suspended_reason, s.contract_version, s.contract_accepted_at,
    s.created_at, count(*) over () as total
  from seller.seller s
  where s.erased_at is null and (:seller_id?::text is null or s.account_id = :seller_id?)
    and (:query?::text is null or s.account_id = :query? or position(lower(:query?) in lower(s.display_name)) > 0)
    and (:level?::text is null or seller.level_1(s)::text = :level?)
    and (:is_suspended?::boolean is null or (s.suspended_at is not null) = :is_suspended?)
  order by s.created_at desc, s.account_id
  limit :limit::int offset :offset::int
)
select p.account_id as "account_id!", p.display_name as "display_name!", p.about as "about!", p.level as "level!", p.suspended_at, p.suspended_reason,
  p.contract_version as "contract_version!", p.contract_accepted_at as "contract_accepted_at!",
  (select count(*) from seller.product x where x.account_id = p.account_id) as "products!",
  (select count(*) from seller.product x where x.account_id = p.account_id and x.status = 'published') as "published!",
  coalesce((select jsonb_agg(jsonb_build_object('currency', b.currency, 'count', b.count, 'netMinor', b.net_minor) order by b.currency) from (
    select s.currency, count(*) as count, sum(s.net_minor)::bigint as net_minor from seller.sale s where s.account_id = p.account_id group by s.currency) b),
    '[]') as "sales!", p.total as "total!"
from page p
order by p.created_at desc, p.account_id;

-- name: sellerCatalogue :many
-- What a seller works on and sells, the newest first. Reads only.
select p.product_id, p.title, p.status, p.currency, p.price_minor
from seller.product p where p.account_id = :account_id
order by p.created_at desc, p.product_id desc
limit :limit::int;
