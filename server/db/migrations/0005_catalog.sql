-- What can be bought. Prices here are the only ones that count (M6).
create schema catalog;

-- Part of PostgreSQL's own contrib and trusted, so that a database's owner may install it: searching forgives typing
-- errors with it (docs/decisions/0021-search.md). In a schema of its own so that no room's search_path matters.
create schema extensions;
create extension pg_trgm schema extensions;
-- Of the same kind: how far a word that nobody sells anything under is from those that are sold under.
create extension fuzzystrmatch schema extensions;

create type catalog.product_kind as enum ('physical', 'digital');

create table catalog.product (
  product_id text primary key,
  store_id text not null references store.store,
  -- The store's own id of the product: an import updates by it.
  store_ref text not null,
  kind catalog.product_kind not null,
  -- Who made a digital product: the seller's account. Null for a retailer's.
  seller_id text,
  -- How many copies there will ever be; null: as many as are bought.
  edition_limit integer check (edition_limit > 0),
  currency text not null check (currency in ('USD', 'KRW')),
  title text not null,
  description text not null default '',
  brand text,
  category text,
  image_url text,
  -- Pictures beside the first one.
  more_image_urls text[] not null default '{}',
  product_url text,
  -- Null for what a feed brought. Else when its page was last read: it is sold by that, but is on no shelf, and after a
  -- day its price counts no more (docs/decisions/0061-products-by-address.md).
  page_read_at timestamptz,
  is_active boolean not null default true,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  -- What its variants that are sold come to, kept by a trigger of theirs: a search filters and sorts by it, and looking
  -- at every variant of every product took a tenth of a second at ten thousand products.
  variant_count int not null default 0,
  price_min_minor bigint,
  price_max_minor bigint,
  -- What the cheapest one cost before; null where it is not reduced.
  list_price_minor bigint,
  -- What a search looks through. Lower case on both sides, so that no search pays for folding.
  search_text text not null generated always as (
    lower(title || ' ' || coalesce(brand, '') || ' ' || coalesce(category, ''))
  ) stored,
  unique (store_id, store_ref)
);
create index product_category on catalog.product (category);
create index product_search on catalog.product using gin (search_text extensions.gin_trgm_ops);
create index product_url on catalog.product (product_url) where product_url is not null;

create table catalog.variant (
  variant_id text primary key,
  product_id text not null references catalog.product,
  sku text not null,
  size text,
  color text,
  -- Null: the product's own.
  image_url text,
  price_minor bigint not null check (price_minor >= 0),
  list_price_minor bigint check (list_price_minor >= price_minor),
  position smallint not null default 0,
  is_active boolean not null default true,
  -- The store's own word at the last import. Where Muse tracks stock itself, `inventory.stock` decides beside it.
  is_in_stock boolean not null default true,
  updated_at timestamptz not null default now(),
  unique (product_id, sku)
);

-- Addresses under which a product's page was found, beside its own. They are shoppers' ways in, with whatever a shopper
-- pasted along behind the question mark: kept as digests, which are enough to know them again.
create table catalog.page (
  url_hash bytea primary key check (length(url_hash) = 32),
  product_id text not null references catalog.product,
  -- The variant that the address names; null where the shopper still chooses.
  variant_id text references catalog.variant
);
create index page_product on catalog.page (product_id);
create index page_variant on catalog.page (variant_id) where variant_id is not null;

-- Brings the products up to their variants, once a statement. Locks those products whose numbers move.
create function catalog.follow_variants() returns trigger language plpgsql as $$
begin
  with moved as (
    select m.product_id, count(v.variant_id)::int as variant_count, min(v.price_minor) as price_min_minor, max(v.price_minor) as price_max_minor,
      (array_agg(case when v.list_price_minor > v.price_minor then v.list_price_minor end order by v.price_minor, v.position, v.variant_id))[1] as list_price_minor
    from (select distinct w.product_id from written w) m
    left join catalog.variant v on v.product_id = m.product_id and v.is_active
    group by m.product_id
  )
  update catalog.product p
  set variant_count = m.variant_count, price_min_minor = m.price_min_minor, price_max_minor = m.price_max_minor, list_price_minor = m.list_price_minor
  from moved m
  where p.product_id = m.product_id and (p.variant_count, p.price_min_minor, p.price_max_minor, p.list_price_minor)
    is distinct from (m.variant_count, m.price_min_minor, m.price_max_minor, m.list_price_minor);
  return null;
end $$;
create trigger follow_inserted after insert on catalog.variant referencing new table as written
  for each statement execute function catalog.follow_variants();
create trigger follow_updated after update on catalog.variant referencing new table as written
  for each statement execute function catalog.follow_variants();

-- The words that products are found under, as the imports find them.
create table catalog.search_word (
  word text primary key,
  -- When a product was last known to hold it. What nobody has known for a day is looked at, and forgotten if nothing does.
  noted_at timestamptz not null default now()
);
create index search_word_noted on catalog.search_word (noted_at);
create index search_word_part on catalog.search_word using gin (word extensions.gin_trgm_ops);
-- A typing error leaves the first letter as it was or the last, nearly always, and the length about as it was.
create index search_word_first on catalog.search_word (left(word, 1), length(word));
create index search_word_last on catalog.search_word (right(word, 1), length(word));

-- Notes the words of texts that products are found under, so that a misspelt one can be told from a right one. A word noted
-- in the last twelve hours is left as it is, an older one noted again: whoever forgets words leaves alone what was noted
-- within a day, so that none goes while what holds it is being written. Writes and locks only those words, in their order.
create function catalog.words_note_1(p_texts text[]) returns void language sql as $$
  insert into catalog.search_word (word)
  select distinct w.word
  from unnest(p_texts) as t (text)
  cross join lateral regexp_split_to_table(lower(t.text), '[^[:alnum:]]+') as w (word)
  where length(w.word) between 3 and 40
    and not exists (select from catalog.search_word k where k.word = w.word and k.noted_at > now() - interval '12 hours')
  order by w.word
  on conflict (word) do update set noted_at = now()
$$;

-- Whether anything is sold under a word, or under a longer one that holds it. One of two letters is taken for known: it
-- has no trigram to be looked for by, and is nearly any other. Planned for the very word: one that hardly any holds goes
-- through the trigram index, and of one that many hold the first is soon met. Reads only.
create function catalog.word_known_1(p_word text) returns boolean language plpgsql stable set plan_cache_mode = force_custom_plan as $$
begin
  return length(p_word) < 3 or exists (select from catalog.search_word s where s.word like '%' || p_word || '%');
end $$;

-- The products that a search's words mean, best first: each word is in the text as typed, or nearly so. The longest word
-- goes through the trigram index, the others filter what it found. A threshold of 0.45 finds "overcaot" (0.56) and
-- "lambswol" (0.73) and leaves out what merely begins alike; PostgreSQL's own 0.6 finds only one of the two. A word of
-- the title weighs more than one of the category: under "coat" coats come before the other things that hang with them.
create function catalog.product_search_1(p_words text[]) returns table (product_id text, rank real)
language sql stable set search_path = extensions, pg_catalog set pg_trgm.word_similarity_threshold = 0.45 as $$
  with longest as (select w.word from unnest(p_words) as w (word) order by length(w.word) desc, w.word limit 1)
  select p.product_id, avg(case
    when lower(p.title) like '%' || w.word || '%' then 1
    when p.search_text like '%' || w.word || '%' then 0.8
    else 0.7 * word_similarity(w.word, p.search_text) end)::real
  from longest l
  join catalog.product p on p.search_text like '%' || l.word || '%' or l.word <% p.search_text
  cross join unnest(p_words) as w (word)
  group by p.product_id
  having bool_and(p.search_text like '%' || w.word || '%' or w.word <% p.search_text)
$$;

-- Puts a seller's product on the shelf, or brings it up to date: one variant, sold once a shopper. An edition's size is
-- what buyers were told, so it stays as it was first published. Answers the edition that holds.
create function catalog.digital_put_1(
  p_product_id text, p_variant_id text, p_store_id text, p_seller_id text, p_title text, p_description text, p_brand text, p_category text,
  p_image_url text, p_price_minor bigint, p_edition_limit int
) returns int
language plpgsql as $$
declare
  edition int;
begin
  insert into catalog.product as p (product_id, store_id, store_ref, kind, seller_id, edition_limit, currency, title, description, brand, category, image_url)
  select p_product_id, s.store_id, p_product_id, 'digital', p_seller_id, p_edition_limit, s.currency, p_title, p_description, p_brand, p_category, p_image_url
  from store.store s where s.store_id = p_store_id
  on conflict (product_id) do update
    set title = excluded.title, description = excluded.description, brand = excluded.brand, category = excluded.category,
        image_url = excluded.image_url, is_active = true, updated_at = now()
    where p.seller_id = excluded.seller_id
  returning p.edition_limit into edition;
  if not found then
    raise exception 'product % is not one of seller %', p_product_id, p_seller_id using errcode = 'MU001';
  end if;
  insert into catalog.variant as v (variant_id, product_id, sku, price_minor) values (p_variant_id, p_product_id, 'digital', p_price_minor)
  on conflict (product_id, sku) do update set price_minor = excluded.price_minor, is_active = true, updated_at = now();
  perform catalog.words_note_1(array[p_title, p_brand, p_category]);
  return edition;
end $$;

-- How many copies of a limited edition an account can still have: all of them, less those that are out, and those that
-- others are paying for at this moment. For nobody in particular (null) everybody's payments count. The one sum of it: what
-- shoppers are shown, and what the checkout goes by. Reads only.
create function catalog.edition_left_1(p_product_id text, p_edition_limit int, p_account_id text) returns int
language plpgsql stable as $$
begin
  return greatest(0, p_edition_limit - coalesce((select e.copies from access.edition e where e.product_id = p_product_id), 0) - (
    select count(*) from orders.order_item i
    join orders.store_order o using (order_number)
    join checkout.session s using (session_id)
    join payment.payment p using (session_id)
    where i.product_id = p_product_id and o.kind = 'digital' and o.account_id is distinct from p_account_id
      and o.payment_status = 'unpaid' and o.status = 'pending' and s.status in ('pending', 'processing') and s.paid_at is null
      and p.status in ('started', 'requires_action', 'unknown')))::int;
end $$;

-- Takes a seller's product off the shelf. Who bought it has it still.
create function catalog.digital_withdraw_1(p_product_id text, p_seller_id text) returns boolean
language plpgsql as $$
begin
  update catalog.product p set is_active = false, updated_at = now()
  where p.product_id = p_product_id and p.seller_id = p_seller_id and p.is_active;
  return found;
end $$;

-- A seller is called otherwise: so are the makers of what they sell. Answers how many products that changed.
create function catalog.digital_called_1(p_seller_id text, p_brand text) returns int
language plpgsql as $$
declare
  changed int;
begin
  update catalog.product p set brand = p_brand, updated_at = now() where p.seller_id = p_seller_id and p.brand is distinct from p_brand;
  get diagnostics changed = row_count;
  if changed > 0 then
    perform catalog.words_note_1(array[p_brand]);
  end if;
  return changed;
end $$;

-- Takes a seller's name and words off what they sold, and their products off the shelf. Words that only they were found under
-- are known no more.
create function catalog.digital_forget_1(p_seller_id text) returns void
language plpgsql as $$
declare
  words text[];
begin
  select array_agg(distinct w.word) into words
  from catalog.product p cross join regexp_split_to_table(lower(coalesce(p.brand, '')), '[^[:alnum:]]+') as w (word)
  where p.seller_id = p_seller_id and w.word <> '';
  update catalog.product p set brand = null, description = '', category = null, is_active = false, updated_at = now() where p.seller_id = p_seller_id;
  delete from catalog.search_word s
  where s.word = any (words) and not exists (select from catalog.product p where p.is_active and p.search_text like '%' || s.word || '%');
end $$;
