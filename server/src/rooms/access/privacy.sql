-- name: holdingsErase :exec
-- Takes out what somebody wrote. That they owned something and what they agreed to stays, under an id that names nobody any
-- more: it proves the sale; from where they fetched it is forgotten. An upload that was left is swept away within a day. Locks
-- the rows.
with places as (
  update access.download d set network = null
  from access.holding h
  where h.order_number = d.order_number and h.account_id = any (:account_ids::text[]) and d.network is not null
)
delete from access.review r where r.account_id = any (:account_ids::text[]);

-- name: holdingsExport :one
-- What somebody owns, agreed to and wrote, for their copy of all that is kept of them. Reads only.
select coalesce(jsonb_agg(jsonb_build_object('museOrderNumber', h.order_number, 'productId', h.product_id, 'grantedAt', h.granted_at,
    'revokedAt', h.revoked_at, 'downloadCount', h.download_count, 'downloadedAt', h.downloaded_at, 'waiver', w.wording, 'waivedAt', w.waived_at,
    'downloads', (select coalesce(jsonb_agg(jsonb_build_object('at', d.at, 'network', d.network) order by d.at), '[]')
      from access.download d where d.order_number = h.order_number),
    'review', (select jsonb_build_object('rating', r.rating, 'body', r.body, 'author', r.author) from access.review r
      where r.product_id = h.product_id and r.account_id = h.account_id)) order by h.granted_at, h.order_number), '[]') as "holdings!"
from access.holding h
left join access.waiver w using (order_number)
where h.account_id = any (:account_ids::text[]);

-- name: downloadsDeleteOld :exec
-- When and from where files were fetched half a year ago, a bounded number at once: by then no bank takes the charge back any
-- more. How often stays with the holding. Locks the rows, skips those in use.
delete from access.download d
using (
  select o.download_id from access.download o
  where o.at < now() - interval '180 days'
  order by o.at
  limit :count_max::int
  for update skip locked
) old
where d.download_id = old.download_id;
