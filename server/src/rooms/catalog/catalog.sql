-- name: productsImport :many
-- Writes a feed's products, or a page's one, in one statement: new ones are made, known ones brought up to date where
-- something moved, and those that are gone from the feed are no longer sold. What is not in a feed because it came from
-- its page stays. Answers the ids of the feed's own. Locks the store's products that change.
with feed as (
  select f.product_id, f.store_ref, f.kind, f.title, f.description, f.brand, f.category, f.image_url, f.more_image_urls, f.product_url
  from jsonb_to_recordset(:products) as f (product_id text, store_ref text, kind catalog.product_kind, title text, description text,
    brand text, category text, image_url text, more_image_urls text[], product_url text)
), put as (
  insert into catalog.product as p (product_id, store_id, store_ref, kind, currency, title, description, brand, category, image_url, more_image_urls,
    product_url, page_read_at)
  select f.product_id, st.store_id, f.store_ref, f.kind, st.currency, f.title, f.description, f.brand, f.category, f.image_url, f.more_image_urls,
    f.product_url, case when :is_page::boolean then now() end
  from feed f join store.store st on st.store_id = :store_id
  order by f.store_ref
  on conflict (store_id, store_ref) do update
    set title = excluded.title, description = excluded.description, brand = excluded.brand, category = excluded.category,
        image_url = excluded.image_url, more_image_urls = excluded.more_image_urls, product_url = excluded.product_url, is_active = true,
        page_read_at = excluded.page_read_at, updated_at = now()
    where (p.title, p.description, p.brand, p.category, p.image_url, p.more_image_urls, p.product_url, p.page_read_at, p.is_active) is distinct from
      (excluded.title, excluded.description, excluded.brand, excluded.category, excluded.image_url, excluded.more_image_urls, excluded.product_url,
        excluded.page_read_at, true)
  returning p.product_id, p.store_ref, p.xmax = 0 as is_new
), gone as (
  update catalog.product p set is_active = false, updated_at = now()
  where p.store_id = :store_id and not :is_page and p.page_read_at is null and p.is_active
    and not exists (select from feed f where f.store_ref = p.store_ref)
  returning p.product_id
)
select coalesce(put.product_id, known.product_id) as "product_id!", f.store_ref as "store_ref!", coalesce(put.is_new, false) as "is_new!",
  put.product_id is not null as "is_changed!", (select count(*) from gone) as "gone_count!"
from feed f
left join put on put.store_ref = f.store_ref
left join catalog.product known on known.store_id = :store_id and known.store_ref = f.store_ref;

-- name: variantsImport :many
-- Writes the variants of a store's products, as productsImport does products: those that are gone from their product
-- are no longer sold. Locks the variants that change.
with feed as (
  select f.variant_id, f.product_id, f.sku, f.size, f.color, f.image_url, f.price_minor, f.list_price_minor, f.position, f.is_in_stock
  from jsonb_to_recordset(:variants) as f (variant_id text, product_id text, sku text, size text, color text, image_url text, price_minor bigint,
    list_price_minor bigint, position smallint, is_in_stock boolean)
), put as (
  insert into catalog.variant as v (variant_id, product_id, sku, size, color, image_url, price_minor, list_price_minor, position, is_in_stock)
  select f.variant_id, f.product_id, f.sku, f.size, f.color, f.image_url, f.price_minor, f.list_price_minor, f.position, f.is_in_stock
  from feed f
  order by f.product_id, f.sku
  on conflict (product_id, sku) do update
    set size = excluded.size, color = excluded.color, image_url = excluded.image_url, price_minor = excluded.price_minor,
        list_price_minor = excluded.list_price_minor, position = excluded.position, is_in_stock = excluded.is_in_stock, is_active = true, updated_at = now()
    where (v.size, v.color, v.image_url, v.price_minor, v.list_price_minor, v.position, v.is_in_stock, v.is_active) is distinct from
      (excluded.size, excluded.color, excluded.image_url, excluded.price_minor, excluded.list_price_minor, excluded.position, excluded.is_in_stock, true)
  returning v.variant_id, v.product_id, v.sku
), gone as (
  update catalog.variant v set is_active = false, updated_at = now()
  from catalog.product p
  where p.product_id = v.product_id and p.store_id = :store_id and v.is_active
    and (p.page_read_at is null and not :is_page::boolean or p.product_id in (select f.product_id from feed f))
    and not exists (select from feed f where f.product_id = v.product_id and f.sku = v.sku)
)
select coalesce(put.variant_id, known.variant_id) as "variant_id!", f.product_id as "product_id!", f.sku as "sku!"
from feed f
left join put on put.product_id = f.product_id and put.sku = f.sku
left join catalog.variant known on known.product_id = f.product_id and known.sku = f.sku;

-- name: importLock :opt
-- Two imports of one store take turns: the second would otherwise undo the first one's news. Holds the store's row
-- against other imports, not against those who sell from it.
select s.store_id, s.kind, s.currency from store.store s where s.store_id = :store_id for no key update;

-- name: wordsImport :exec
-- Notes the words that a store's products are found under. Writes only words that are new, or were not noted for half a
-- day; locks those.
select catalog.words_note_1(array(
  select p.search_text from catalog.product p where p.store_id = :store_id and p.is_active and p.page_read_at is null));

-- name: wordsForget :one
-- Looks at words that nobody has noted for a day: one that a product still holds is noted, the others go. A product's
-- words count whether its store is open or not, since nothing notes them again when it opens. Locks those words;
-- skips what is being noted.
with old as (
  select s.word from catalog.search_word s where s.noted_at < now() - interval '1 day'
  order by s.noted_at
  limit :limit
  for update skip locked
), judged as materialized (
  select o.word, exists (
    select from catalog.product p where p.search_text like '%' || o.word || '%' and p.is_active and p.page_read_at is null) as is_held
  from old o
), held as (
  update catalog.search_word s set noted_at = now() from judged j where s.word = j.word and j.is_held
), gone as (
  delete from catalog.search_word s using judged j where s.word = j.word and not j.is_held
)
select count(*) as "looked_at!", count(*) filter (where not j.is_held) as "forgotten!" from judged j;

-- name: wordsCorrect :many
-- For each word that nothing is sold under the nearest one that something is: one or two letters added, left out,
-- changed or swapped; swapped ones count as one. Compared are words of about its length that begin or end as it does:
-- so many of each length at most, so that a misspelt word costs the same however many words there are. Asked only when
-- a search has found nothing as it was typed. Locks nothing.
select w.word as "typed!", case when w.is_known then w.word else near.word end as meant
from (
  select u.word, u.n, catalog.word_known_1(u.word) as is_known from unnest(:words::text[]) with ordinality as u (word, n) offset 0
) w
left join lateral (
  select c.word
  from (
    select v.word, extensions.levenshtein_less_equal(v.word, w.word, 2) as distance
    from generate_series(length(w.word) - 2, length(w.word) + 2) as about (length)
    cross join lateral (
      (select b.word from catalog.search_word b
        where not w.is_known and left(b.word, 1) = left(w.word, 1) and length(b.word) = about.length limit :compared_max)
      union
      (select e.word from catalog.search_word e
        where not w.is_known and right(e.word, 1) = right(w.word, 1) and length(e.word) = about.length limit :compared_max)
    ) v
    offset 0
  ) c
  cross join lateral (select
    array(select l from regexp_split_to_table(c.word, '') as l order by l) = array(select l from regexp_split_to_table(w.word, '') as l order by l) as is_swapped
  ) s
  where c.distance <= case when length(w.word) < 4 and not s.is_swapped then 1 else 2 end
  order by c.distance - s.is_swapped::int, left(c.word, 1) <> left(w.word, 1), extensions.similarity(c.word, w.word) desc, c.word
  limit 1
) near on true
order by w.n;

-- name: productSearch :many
-- A page of tiles, with how many there are in all and, when asked, what the filters beside it would find: each filter's
-- counts are of what all the others let through. Of stores and of categories those with the most are told, and those
-- that were chosen; of categories also all known ones, as the departments are counted by them. A null leaves a condition
-- out. What is left is looked up for the page alone. One row without a product when the page is empty. Locks nothing.
with matched as materialized (
  select p.product_id, p.store_id, st.name as store_name, p.category, p.currency, p.title, p.created_at, p.price_min_minor, p.list_price_minor, hit.rank,
    f.in_store, f.in_category, f.in_sale, f.in_price
  from catalog.product p
  join store.store st on st.store_id = p.store_id and st.is_active
  left join catalog.product_search_1(:words) hit on hit.product_id = p.product_id
  cross join lateral (select
    :store_ids?::text[] is null or p.store_id = any (:store_ids?) as in_store,
    :categories?::text[] is null or coalesce(p.category = any (:categories?), false) as in_category,
    :on_sale?::boolean is null or :on_sale? = (p.list_price_minor is not null) as in_sale,
    -- A range is asked for in dollars; a thing in won costs thousands of what it counts in.
    (:price_min_minor?::bigint is null or (p.price_min_minor >= :price_min_minor? and p.currency = 'USD'))
      and (:price_max_minor?::bigint is null or (p.price_min_minor <= :price_max_minor? and p.currency = 'USD')) as in_price
  ) f
  where p.is_active and p.variant_count > 0 and p.page_read_at is null
    and (cardinality(:words::text[]) = 0 or hit.product_id is not null)
    and (:meant_categories?::text[] is null or p.category = any (:meant_categories?))
    and (:has_facets::boolean or (f.in_store and f.in_category and f.in_sale and f.in_price))
), page as (
  select m.product_id, row_number() over (order by
    -- Prices of one currency cannot be put in order with those of another: the reader's own come first.
    case when :sort::text in ('price_asc', 'price_desc') and m.currency <> :first_currency::text then m.currency end nulls first,
    case when :sort = 'price_asc' then m.price_min_minor end,
    case when :sort = 'price_desc' then m.price_min_minor end desc,
    case when :sort = 'newest' then m.created_at end desc,
    case when :sort = 'discount' then (coalesce(m.list_price_minor, m.price_min_minor) - m.price_min_minor) * 10000
      / greatest(m.list_price_minor, m.price_min_minor, 1) end desc,
    m.rank desc nulls last, m.title, m.product_id) as n
  from matched m
  where m.in_store and m.in_category and m.in_sale and m.in_price
  order by n
  limit :limit offset :offset
)
select p.product_id, p.store_id as "store_id!", st.name as "store_name!", p.kind as "kind!", p.title as "title!", p.brand, p.category, p.image_url,
  p.currency as "currency!", p.price_min_minor as "price_minor!", p.price_max_minor as "price_max_minor!", p.list_price_minor,
  p.variant_count as "variant_count!", offer.only_variant_id, offer.is_in_stock as "is_in_stock!",
  case when p.edition_limit is null then offer.left_in_stock else catalog.edition_left_1(p.product_id, p.edition_limit, null) end as "left_in_stock!",
  (select count(*) from matched m where m.in_store and m.in_category and m.in_sale and m.in_price) as "total!",
  (select max(m.rank) from matched m where m.in_store and m.in_category and m.in_sale and m.in_price) as best_rank,
  case when :has_facets and row_number() over (order by page.n) = 1 then jsonb_build_object(
    'stores', (select coalesce(jsonb_agg(jsonb_build_object('storeId', x.store_id, 'storeName', x.store_name, 'currency', x.currency, 'count', x.count)
        order by x.store_name, x.currency desc), '[]')
      from (select m.store_id, m.store_name, m.currency, count(*) as count, row_number() over (order by count(*) desc, m.store_name, m.store_id) as n
        from matched m where m.in_category and m.in_sale and m.in_price group by 1, 2, 3) x
      where x.n <= :facet_limit::int or x.store_id = any (:store_ids?)),
    'categories', (select coalesce(jsonb_agg(jsonb_build_object('category', x.category, 'count', x.count) order by x.category), '[]')
      from (select m.category, count(*) as count, row_number() over (order by count(*) desc, m.category) as n
        from matched m where m.in_store and m.in_sale and m.in_price and m.category is not null group by 1) x
      where x.n <= :facet_limit or x.category = any (:categories?) or x.category = any (:known_categories::text[])),
    'onSaleCount', (select count(*) from matched m where m.in_store and m.in_category and m.in_price and m.list_price_minor is not null),
    'prices', (select coalesce(jsonb_agg(jsonb_build_object('currency', x.currency, 'minMinor', x.lowest, 'maxMinor', x.highest) order by x.currency), '[]')
      from (select m.currency, min(m.price_min_minor) as lowest, max(m.price_min_minor) as highest from matched m
        where m.in_store and m.in_category and m.in_sale group by 1) x)
  ) end as facets
from (select 1) one
left join page on true
left join catalog.product p on p.product_id = page.product_id
left join store.store st on st.store_id = p.store_id
left join lateral (
  select case count(*) when 1 then min(v.variant_id) end as only_variant_id,
    max(case when v.is_in_stock then coalesce(s.on_hand - s.reserved, 1000000) else 0 end) as left_in_stock,
    bool_or(v.is_in_stock and coalesce(s.on_hand > s.reserved, true)) as is_in_stock
  from catalog.variant v
  left join inventory.stock s on s.variant_id = v.variant_id
  where v.product_id = p.product_id and v.is_active
) offer on true
order by page.n;

-- name: productRelated :many
-- What else there is for somebody who looks at a product: its store's own of the same kind first, then what hangs beside
-- it in the store, then the same kind elsewhere. Locks nothing.
with near as (
  select o.product_id, row_number() over (order by o.store_id = p.store_id and o.category is not distinct from p.category desc,
    o.store_id = p.store_id desc, abs(o.price_min_minor - p.price_min_minor), o.product_id) as n
  from catalog.product p
  join catalog.product o on o.currency = p.currency and (o.store_id = p.store_id or o.category = p.category)
  join store.store st on st.store_id = o.store_id and st.is_active
  where p.product_id = :product_id and o.product_id <> p.product_id and o.is_active and o.variant_count > 0 and o.page_read_at is null
  order by n
  limit :limit
)
select p.product_id as "product_id!", p.store_id as "store_id!", st.name as "store_name!", p.kind as "kind!", p.title as "title!", p.brand, p.category,
  p.image_url, p.currency as "currency!", p.price_min_minor as "price_minor!", p.price_max_minor as "price_max_minor!", p.list_price_minor,
  p.variant_count as "variant_count!", offer.only_variant_id, offer.is_in_stock as "is_in_stock!",
  case when p.edition_limit is null then offer.left_in_stock else catalog.edition_left_1(p.product_id, p.edition_limit, null) end as "left_in_stock!"
from near
join catalog.product p on p.product_id = near.product_id
join store.store st on st.store_id = p.store_id
cross join lateral (
  select case count(*) when 1 then min(v.variant_id) end as only_variant_id,
    max(case when v.is_in_stock then coalesce(s.on_hand - s.reserved, 1000000) else 0 end) as left_in_stock,
    bool_or(v.is_in_stock and coalesce(s.on_hand > s.reserved, true)) as is_in_stock
  from catalog.variant v
  left join inventory.stock s on s.variant_id = v.variant_id
  where v.product_id = p.product_id and v.is_active
) offer
order by near.n;

-- name: productRead :many
-- One product with its variants, a row each, as its page shows it. Locks nothing.
select p.product_id as "product_id!", p.store_id as "store_id!", st.name as "store_name!", st.return_policy as "return_policy!", st.texts as "store_texts!",
  p.kind as "kind!", p.title as "title!", p.description as "description!", p.brand, p.category, p.image_url, p.more_image_urls as "more_image_urls!",
  p.product_url, p.currency as "currency!", p.updated_at as "updated_at!", v.variant_id as "variant_id!", v.size, v.color,
  v.image_url as variant_image_url, v.price_minor as "price_minor!", v.list_price_minor, v.is_in_stock as "is_in_stock!",
  p.edition_limit, case when p.edition_limit is null then s.on_hand - s.reserved else catalog.edition_left_1(p.product_id, p.edition_limit, null)
    end as left_in_stock
from catalog.product p
join store.store st on st.store_id = p.store_id and st.is_active
join catalog.variant v on v.product_id = p.product_id and v.is_active
left join inventory.stock s on s.variant_id = v.variant_id
where p.product_id = :product_id and p.is_active
order by v.position, v.variant_id;

-- name: productPages :many
-- The products that have a page, walked by their ids, for those who list all pages. Locks nothing.
select p.product_id, p.updated_at
from catalog.product p
join store.store st on st.store_id = p.store_id and st.is_active
where p.is_active and p.variant_count > 0 and p.page_read_at is null and p.product_id > :after_id
order by p.product_id
limit :limit;

-- name: storePages :many
-- The stores that have a page worth finding, which are those with something on sale, as productPages walks the products.
-- Locks nothing.
select st.store_id
from store.store st
where st.is_active and st.store_id > :after_id
  and exists (select from catalog.product p where p.store_id = st.store_id and p.is_active and p.variant_count > 0 and p.page_read_at is null)
order by st.store_id
limit :limit;

-- name: storefrontList :many
-- A page of the stores a shopper can browse, with how many there are in all; or one of them, whatever it has on sale.
-- With how they deliver, and whether a machine orders from them or a person: looked up for the page alone. Retailers come
-- first, since they have many things of many kinds, and anybody may sell. One row without a store when the page is empty.
-- Locks nothing.
with listed as materialized (
  select st.store_id, row_number() over (order by st.kind, st.name, st.store_id) as n
  from store.store st
  where st.is_active and (:store_id?::text is null or st.store_id = :store_id?) and (:kind?::store.store_kind is null or st.kind = :kind?)
    and (:store_id? is not null or exists (
      select from catalog.product p where p.store_id = st.store_id and p.is_active and p.variant_count > 0 and p.page_read_at is null))
), page as (
  select l.store_id, l.n from listed l order by l.n limit :limit offset :offset
)
select st.store_id, st.name as "name!", st.description as "description!", st.texts as "texts!", st.kind as "kind!", st.currency as "currency!",
  st.homepage, st.return_policy as "return_policy!", (select count(*) from listed) as "total!",
  (select b.hours_max from store.by_hand b where b.store_id = st.store_id) as by_hand_hours_max,
  (select count(*) from catalog.product p where p.store_id = st.store_id and p.is_active and p.variant_count > 0 and p.page_read_at is null) as "product_count!",
  array(select distinct p.category from catalog.product p where p.store_id = st.store_id and p.is_active and p.category is not null
    and p.page_read_at is null
    order by p.category) as "categories!",
  (select coalesce(jsonb_agg(jsonb_build_object('optionId', o.option_id, 'name', o.name, 'amountMinor', o.amount_minor,
      'perItemMinor', o.per_item_minor, 'freeAboveMinor', o.free_above_minor, 'daysMin', o.days_min, 'daysMax', o.days_max)
      order by o.position, o.option_id), '[]')
    from quote.shipping_option o where o.store_id = st.store_id) as "delivery!"
from (select 1) one
left join page on true
left join store.store st on st.store_id = page.store_id
order by page.n;

-- name: pageFind :opt
-- The product that an address leads to, as a cart would find it, and how long ago its page was read: null for one that a
-- feed keeps. Locks nothing.
select p.product_id as "product_id!", p.is_active as "is_active!", (extract(epoch from now() - p.page_read_at))::int as read_s_ago
from (
  select p.product_id, null::text as variant_id from catalog.product p where p.product_url = any (:urls::text[])
  union all
  select g.product_id, g.variant_id from catalog.page g
  where g.url_hash in (select sha256(convert_to(w.url, 'UTF8')) from unnest(:urls) as w (url))
) u
join catalog.product p using (product_id)
order by p.is_active desc, p.page_read_at is not null, u.variant_id is null, p.product_id
limit 1;

-- name: pageStores :many
-- Where the shops are whose pages may be read: retailers' front pages, and the web shops that a browser orders from. All
-- of them, because which one an address belongs to is a matter of hosts and paths. Locks nothing.
select st.store_id as "store_id!", st.currency as "currency!", w.address as "address!"
from store.store st
cross join lateral (
  select st.homepage as address where st.homepage is not null
  union
  select t.base_url from store.tier t where t.store_id = st.store_id and t.method = 'headless' and t.base_url is not null
) w
where st.is_active and st.kind = 'retailer';

-- name: pageTwin :opt
-- The product of a store's own feed that a page turned out to be. Locks nothing.
select p.product_id from catalog.product p
where p.store_id = :store_id and p.product_url = any (:urls::text[]) and p.page_read_at is null and p.is_active
order by p.product_id
limit 1;

-- name: pageNote :exec
-- Keeps an address for a product, with the variant it names. Locks the address's row.
insert into catalog.page as g (url_hash, product_id, variant_id)
values (sha256(convert_to(:url, 'UTF8')), :product_id, (select v.variant_id from catalog.variant v where v.product_id = :product_id and v.sku = :sku?::text))
on conflict (url_hash) do update set product_id = excluded.product_id, variant_id = excluded.variant_id
  where (g.product_id, g.variant_id) is distinct from (excluded.product_id, excluded.variant_id);

-- name: pageProducts :many
-- Products that were read off their pages, with when. Locks nothing.
select p.product_id, p.product_url as "product_url!"
from catalog.product p
where p.product_id = any (:product_ids::text[]) and p.product_url is not null
  and p.page_read_at < now() - make_interval(secs => :fresh_s::int);

-- name: pageGone :exec
-- A page that is a product's no more: it is not sold any longer. Locks the product.
update catalog.product p set is_active = false, updated_at = now()
where p.product_id = :product_id and p.page_read_at is not null and p.is_active;
