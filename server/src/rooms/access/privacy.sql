-- name: holdingsErase :exec
-- Takes out what somebody wrote. That they owned something and what they agreed to stays, under an id that names nobody any
-- more: it proves the sale. An upload that was left is swept away within a day. Locks the rows.
delete from access.review r where r.account_id = any (:account_ids::text[]);

-- name: holdingsExport :one
-- What somebody owns, agreed to and wrote, for their copy of all that is kept of them. Reads only.
select coalesce(jsonb_agg(jsonb_build_object('museOrderNumber', h.order_number, 'productId', h.product_id, 'grantedAt', h.granted_at,
    'revokedAt', h.revoked_at, 'downloadCount', h.download_count, 'downloadedAt', h.downloaded_at, 'waiver', w.wording, 'waivedAt', w.waived_at,
    'review', (select jsonb_build_object('rating', r.rating, 'body', r.body, 'author', r.author) from access.review r
      where r.product_id = h.product_id and r.account_id = h.account_id)) order by h.granted_at, h.order_number), '[]') as "holdings!"
from access.holding h
left join access.waiver w using (order_number)
where h.account_id = any (:account_ids::text[]);
