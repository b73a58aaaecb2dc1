-- name: grantsOf :many
-- What an order unlocked, for the order's own page. What was taken back is shown as such. Reads only.
select h.product_id, h.granted_at,
  (h.revoked_at is null and h.frozen_at is null and o.payment_status in ('paid', 'partially_refunded')) as "is_active!"
from access.holding h
join orders.store_order o using (order_number)
where h.order_number = :order_number;

-- name: libraryList :many
-- Everything an account owns at this moment, newest first, with its files: the newest version of each name that is sold, or
-- that was sold when it was bought and withdrawn since; of one product or order alone where one is named. The order decides
-- whether it is owned (S3). `total` counts those of other pages, too. Reads only.
select count(*) over () as "total!", h.order_number as "order_number!", h.product_id as "product_id!", h.granted_at as "granted_at!", h.download_count as "download_count!",
  h.frozen_at is not null as "is_frozen!", i.title as "title!", i.image_url, o.store_name as "seller_name!", w.wording, w.waived_at, rv.rating, rv.body, rv.author,
  coalesce((
    select jsonb_agg(jsonb_build_object('fileId', f.file_id, 'name', f.name, 'version', f.version, 'contentType', f.content_type,
      'sizeBytes', f.size_bytes, 'sha256', encode(f.sha256, 'hex'), 'uploadedAt', (extract(epoch from f.uploaded_at) * 1000)::bigint) order by f.name)
    from access.sold_file f where f.order_number = h.order_number), '[]') as "files!"
from access.holding h
join orders.store_order o using (order_number)
join orders.order_item i on i.order_number = h.order_number and i.product_id = h.product_id
left join access.waiver w on w.order_number = h.order_number
left join access.review rv on rv.product_id = h.product_id and rv.account_id = h.account_id
where h.account_id = :account_id and h.revoked_at is null and o.payment_status in ('paid', 'partially_refunded')
  and (:product_id?::text is null or h.product_id = :product_id?) and (:order_number?::text is null or h.order_number = :order_number?)
order by h.granted_at desc, h.order_number
limit :limit::int offset :offset::int;

-- name: linkTake :one
-- Gives out links to a product's files, counts them and notes when and whither; see access.link_take_1. They run out by the
-- database's own time, which it tells. Locks the holding.
with taken as (
  select t.outcome, t.order_number, t.download_count, t.retry_after_s from access.link_take_1(:account_id, :product_id, :links_max) t
), noted as (
  insert into access.download (order_number, network)
  select t.order_number, access.network_1(:address) from taken t where t.outcome = 'given'
)
select t.outcome as "outcome!", t.order_number, t.download_count as "download_count!", t.retry_after_s as "retry_after_s!",
  floor(extract(epoch from now()))::float8 as "now_s!"
from taken t;

-- name: downloadNote :exec
-- Notes that a file was fetched by its link; once a minute, however many parts of it are asked for. Locks nothing.
insert into access.download (order_number, file_id, network)
select :order_number, :file_id, access.network_1(:address)
where not exists (
  select from access.download d where d.order_number = :order_number and d.file_id = :file_id and d.at > now() - interval '1 minute');

-- name: soldFiles :many
-- The files that an order gives. Reads only.
select f.file_id as "file_id!", f.name as "name!", f.size_bytes as "size_bytes!" from access.sold_file f where f.order_number = :order_number order by f.name;

-- name: fileOfLink :opt
-- What a link leads to until it runs out, by the database's own time, and as long as its order still gives it: refunded,
-- frozen and taken back at once (S3). Reads only.
select f.file_id as "file_id!", f.name as "name!", f.content_type as "content_type!", f.size_bytes as "size_bytes!", f.sha256 as "sha256!",
  h.frozen_at is not null as "is_frozen!"
from access.sold_file f
join access.holding h using (order_number)
join orders.store_order o using (order_number)
where f.file_id = :file_id and f.order_number = :order_number and h.revoked_at is null
  and o.payment_status in ('paid', 'partially_refunded') and to_timestamp(:expires_s::float8) > now();

-- name: linkOver :one
-- Whether a link that led to nothing has only run out. Reads nothing.
select to_timestamp(:expires_s::float8) <= now() as "is_over!";

-- name: waive :one
-- Writes down that the right to withdraw was given up for an order; see access.waive_1.
select access.waive_1(:order_number, :account_id, :wording, :locale) as "is_waived!";

-- name: adoptHoldings :exec
-- A visitor turned out to be somebody: what they bought is theirs; see access.adopt_1.
select access.adopt_1(:from_account_id, :to_account_id);

-- name: uploadOpen :one
-- Notes a file that is about to arrive; see access.upload_open_1.
select access.upload_open_1(:upload_id, :product_id, :account_id, :name, :size_bytes, :open_max, :bytes_max, :files_max, :names_max) as "outcome!";

-- name: uploadFind :opt
-- An upload of the caller's. Reads only.
select u.upload_id, u.product_id, u.name, u.size_bytes, u.ended_at is not null as "is_ended!"
from access.upload u where u.upload_id = :upload_id and u.account_id = :account_id;

-- name: filePut :opt
-- Puts an upload that arrived whole under its product; see access.file_put_1. None where it has ended otherwise.
select f.file_id as "file_id!", f.product_id as "product_id!", f.name as "name!", f.version as "version!", f.content_type as "content_type!",
  f.size_bytes as "size_bytes!", f.sha256 as "sha256!", f.scanned_at, f.uploaded_at as "uploaded_at!"
from access.file_put_1(:upload_id, :file_id, :content_type, :sha256, :scanned_at?) f where f.file_id is not null;

-- name: uploadEnd :exec
-- The upload is a file now, or is given up: no piece of it is kept any more. Locks the row.
update access.upload u set ended_at = coalesce(u.ended_at, now()) where u.upload_id = :upload_id;

-- name: uploadForget :exec
-- An upload that has ended, once its pieces are removed.
delete from access.upload where upload_id = :upload_id;

-- name: uploadsStale :many
-- Uploads that were left for a day, and those that ended and are here still, as whoever ended them died or deleted the draft
-- they were for; a bounded number: their pieces are removed first, then they. Reads only.
select u.upload_id, u.size_bytes from access.upload u
where u.created_at < now() - interval '24 hours' or u.ended_at < now() - interval '10 minutes'
order by u.created_at limit :limit;

-- name: filesForgotten :many
-- Files of drafts that were deleted, or whose seller is erased (access.files_forget_1), a bounded number: their bytes are
-- removed first, then they. By an index of its own. Reads only.
select f.file_id from access.file f where f.name = f.file_id limit :limit;

-- name: fileDrop :exec
-- One of them, once its bytes are gone. Locks the row.
delete from access.file f where f.file_id = :file_id and f.name = f.file_id;

-- name: filesOf :many
-- The files that are sold with these products. Reads only.
select f.file_id, f.product_id, f.name, f.version, f.content_type, f.size_bytes, f.sha256, f.scanned_at, f.uploaded_at
from access.file f
where f.product_id = any (:product_ids::text[]) and f.withdrawn_at is null
order by f.product_id, f.name;

-- name: reviewPut :opt
-- What an owner says of a product; saying it again replaces it. None where they do not own it. Locks their review.
insert into access.review as r (product_id, account_id, rating, body, author)
select h.product_id, h.account_id, :rating::smallint, :body, :author?::text
from access.holding h
join orders.store_order o using (order_number)
where h.account_id = :account_id and h.product_id = :product_id and h.revoked_at is null and o.payment_status in ('paid', 'partially_refunded')
on conflict (product_id, account_id) do update
  set rating = excluded.rating, body = excluded.body, author = excluded.author, written_at = now()
returning r.product_id, r.rating, r.body, r.author, r.written_at;

-- name: productExists :one
-- Whether there is such a product, on sale or not any more: who does not own it is told another thing then. Reads only.
select exists (select from catalog.product p where p.product_id = :product_id) as "exists!";

-- name: reviewSum :one
-- How many said something of a product, and how good they find it, in tenths. Reads only.
select count(*) as "count!", round(avg(r.rating) * 10)::int as average_tenths from access.review r where r.product_id = :product_id;

-- name: reviewList :many
-- What owners said of a product, newest first. Nothing in it tells who they are. Reads only.
select r.product_id, r.rating, r.body, r.author, r.written_at
from access.review r
where r.product_id = :product_id
order by r.written_at desc, r.account_id
limit :limit offset :offset;
