-- name: sellersErase :exec
-- Takes out somebody who signed up to sell and published nothing; who owns a store is not erased before that is settled
-- (account room). Locks the rows.
with drafts as (
  delete from seller.product p where p.account_id = any (:account_ids::text[])
), fees as (
  delete from seller.fee f where f.account_id = any (:account_ids::text[])
)
delete from seller.seller s where s.account_id = any (:account_ids::text[]) and not exists (select from seller.shop sh where sh.account_id = s.account_id);

-- name: sellersExport :one
-- What is kept of somebody as a seller, for their copy of it. Reads only.
select coalesce(jsonb_agg(jsonb_build_object('displayName', s.display_name, 'about', s.about, 'verificationLevel', s.verification,
    'contractVersion', s.contract_version, 'contractAcceptedAt', s.contract_accepted_at,
    'products', (select coalesce(jsonb_agg(jsonb_build_object('productId', p.product_id, 'title', p.title, 'description', p.description,
      'status', p.status) order by p.created_at), '[]') from seller.product p where p.account_id = s.account_id))), '[]') as "sellers!"
from seller.seller s where s.account_id = any (:account_ids::text[]);
