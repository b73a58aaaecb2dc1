-- Who may download what. A holding is given in the transaction that marks its order paid and taken back with the money;
-- whether it counts at a moment is always asked of the order as well (S3).
create schema access;

-- What is downloaded. An upload under a name that is there already is its next version: older ones are kept, as somebody
-- has bought them, and the newest is what is sold.
create table access.file (
  file_id text primary key,
  -- A draft's files are here before the catalogue knows the product.
  product_id text not null,
  name text not null check (name <> '' and length(name) <= 200),
  version int not null check (version >= 1),
  content_type text not null,
  size_bytes bigint not null check (size_bytes > 0),
  sha256 bytea not null check (length(sha256) = 32),
  -- Null: no scanner is configured, so nobody has looked.
  scanned_at timestamptz,
  uploaded_at timestamptz not null default now(),
  -- Sold no more. Whoever bought it before still has it.
  withdrawn_at timestamptz,
  unique (product_id, name, version)
);
-- Those that are forgotten (access.files_forget_1), for the sweep that removes their bytes.
create index file_forgotten on access.file (file_id) where name = file_id;

-- One order of a digital product: one holding.
create table access.holding (
  order_number text primary key references orders.store_order,
  account_id text not null,
  product_id text not null references catalog.product,
  granted_at timestamptz not null default now(),
  -- While the bank's customer disputes the charge nothing is downloaded, and nothing is decided.
  frozen_at timestamptz,
  revoked_at timestamptz,
  revoke_reason text,
  download_count int not null default 0 check (download_count >= 0),
  downloaded_at timestamptz,
  -- Links that were given out since `window_started_at`, so that an account that is passed around runs dry.
  window_started_at timestamptz,
  window_count int not null default 0,
  check ((revoked_at is null) = (revoke_reason is null))
) with (fillfactor = 80);
-- S4: however many checkouts raced, one of them gives it.
create unique index holding_owned on access.holding (account_id, product_id) where revoked_at is null;
create index holding_product on access.holding (product_id);
create index holding_account on access.holding (account_id, granted_at desc);

-- A file on its way in, piece by piece, so that a broken line costs one piece. Its pieces lie in the file store under its
-- id; what is never finished is swept away with them after a day.
create table access.upload (
  upload_id text primary key,
  product_id text not null,
  account_id text not null,
  name text not null check (name <> '' and length(name) <= 200),
  size_bytes bigint not null check (size_bytes > 0),
  created_at timestamptz not null default now(),
  -- It is a file now, or was given up: what still arrives of it is thrown away, and it is removed after its pieces.
  ended_at timestamptz
);
create index upload_created on access.upload (created_at);
create index upload_account on access.upload (account_id);
create index upload_ended on access.upload (ended_at) where ended_at is not null;

-- How many copies of a limited edition are out. Its row is what buyers of the last copy queue at.
create table access.edition (
  product_id text primary key references catalog.product,
  copies int not null check (copies >= 0)
);

-- That a shopper gave up the right to withdraw in exchange for having it at once: the words they were shown, in the
-- language they were shown in. Where none is here, the right stands.
create table access.waiver (
  order_number text primary key references orders.store_order,
  account_id text not null,
  wording text not null check (wording <> ''),
  locale text not null check (locale in ('en', 'ko')),
  waived_at timestamptz not null default clock_timestamp()
);
create index waiver_account on access.waiver (account_id);

-- What owners say of it, one word each that they can take back.
create table access.review (
  product_id text not null references catalog.product,
  account_id text not null,
  rating smallint not null check (rating between 1 and 5),
  body text not null default '' check (length(body) <= 4000),
  -- As the writer wants to be called; null: a buyer.
  author text check (author <> '' and length(author) <= 60),
  written_at timestamptz not null default now(),
  primary key (product_id, account_id)
);
create index review_account on access.review (account_id);

-- Gives a paid order's product to its buyer. 'granted'; 'already' (this very order: nothing changes); 'owned' (another
-- order gave it: the caller ends this one and its money goes back); 'sold_out' (the edition is: likewise). The caller
-- holds the order's row, and grants a session's products in the order of their ids, as two buyers may wait for one
-- another otherwise. Lock order: order, edition, holding.
create function access.grant_1(p_order_number text, p_account_id text, p_product_id text) returns text
language plpgsql as $$
declare
  copies_max int;
begin
  if exists (select from access.holding h where h.order_number = p_order_number) then return 'already'; end if;
  select p.edition_limit into copies_max from catalog.product p where p.product_id = p_product_id;
  if copies_max is not null then
    -- Held until the commit: whoever comes next counts what this one took.
    insert into access.edition as e (product_id, copies) values (p_product_id, 0)
    on conflict (product_id) do update set copies = e.copies;
    if (select e.copies from access.edition e where e.product_id = p_product_id) >= copies_max then
      return case when exists (
        select from access.holding h where h.account_id = p_account_id and h.product_id = p_product_id and h.revoked_at is null
      ) then 'owned' else 'sold_out' end;
    end if;
  end if;

  -- Waits for whoever is giving the same product to the same account at this moment.
  insert into access.holding (order_number, account_id, product_id) values (p_order_number, p_account_id, p_product_id)
  on conflict do nothing;
  if not found then
    return case when exists (select from access.holding h where h.order_number = p_order_number) then 'already' else 'owned' end;
  end if;
  if copies_max is not null then
    update access.edition e set copies = e.copies + 1 where e.product_id = p_product_id;
  end if;
  return 'granted';
end $$;

-- Takes an order's product back for good ('refunded', 'dispute_lost', 'duplicate'); a copy of an edition can be sold
-- again. Returns false when there is nothing to take.
create function access.revoke_1(p_order_number text, p_reason text) returns boolean
language plpgsql as $$
declare
  taken text;
begin
  -- The edition before the holding, as access.grant_1 has it.
  perform 1 from access.edition e join access.holding h using (product_id) where h.order_number = p_order_number for update of e;
  update access.holding h set revoked_at = now(), revoke_reason = p_reason
  where h.order_number = p_order_number and h.revoked_at is null
  returning h.product_id into taken;
  if not found then return false; end if;
  update access.edition e set copies = e.copies - 1 where e.product_id = taken;
  return true;
end $$;

-- Nothing of an order is downloaded while its charge is disputed. Returns false when nothing changed.
create function access.freeze_1(p_order_number text) returns boolean
language plpgsql as $$
begin
  update access.holding h set frozen_at = now()
  where h.order_number = p_order_number and h.frozen_at is null and h.revoked_at is null;
  return found;
end $$;

-- The dispute was won: as before. One that had been lost gives back what was taken for it, unless the copy is somebody
-- else's by now, or its buyer has bought it again. Returns false when nothing changed.
create function access.thaw_1(p_order_number text) returns boolean
language plpgsql as $$
begin
  update access.holding h set frozen_at = null where h.order_number = p_order_number and h.frozen_at is not null and h.revoked_at is null;
  if found then return true; end if;
  -- The edition before the holding, as access.grant_1 has it.
  perform 1 from access.edition e join access.holding h using (product_id) where h.order_number = p_order_number for update of e;
  update access.holding h set frozen_at = null, revoked_at = null, revoke_reason = null
  where h.order_number = p_order_number and h.revoke_reason = 'dispute_lost'
    and not exists (select from access.holding own where own.account_id = h.account_id and own.product_id = h.product_id and own.revoked_at is null)
    and not exists (select from access.edition e join catalog.product p using (product_id) where e.product_id = h.product_id and e.copies >= p.edition_limit)
    and exists (select from orders.store_order o where o.order_number = h.order_number and o.payment_status in ('paid', 'partially_refunded'));
  if not found then return false; end if;
  update access.edition e set copies = e.copies + 1 from access.holding h where h.order_number = p_order_number and e.product_id = h.product_id;
  return true;
end $$;

-- Writes down what the buyer of an order agreed to, and when; the first time counts. Returns false for an order of
-- somebody else, or of goods that are sent.
create function access.waive_1(p_order_number text, p_account_id text, p_wording text, p_locale text) returns boolean
language plpgsql as $$
begin
  if not exists (
    select from orders.store_order o
    where o.order_number = p_order_number and o.account_id = p_account_id and o.kind = 'digital'
  ) then
    return false;
  end if;
  insert into access.waiver (order_number, account_id, wording, locale) values (p_order_number, p_account_id, p_wording, p_locale)
  on conflict (order_number) do nothing;
  return true;
end $$;

-- What a visitor bought is the person's who signed in. What that person owns already is taken back and paid back (S4).
create function access.adopt_1(p_from_account_id text, p_to_account_id text) returns void
language plpgsql as $$
declare
  mine record;
begin
  for mine in
    select h.order_number, h.account_id, h.product_id, h.granted_at, h.frozen_at, h.revoked_at from access.holding h
    where h.account_id = p_from_account_id order by h.product_id
  loop
    perform 1 from orders.store_order o where o.order_number = mine.order_number for update;
    -- Before the holding, as a dispute has it.
    perform 1 from payment.payment p join orders.store_order o using (session_id) where o.order_number = mine.order_number for update of p;
    if mine.revoked_at is null and exists (
      select from access.holding h where h.account_id = p_to_account_id and h.product_id = mine.product_id and h.revoked_at is null
    ) then
      perform access.revoke_1(mine.order_number, 'duplicate');
      perform orders.refund_open_1(o.order_number, 'order:' || o.order_number || ':duplicate', o.total_minor - o.refunded_minor, 'already_owned', null, null)
      from orders.store_order o
      where o.order_number = mine.order_number and o.total_minor > o.refunded_minor;
    end if;
    update access.holding h set account_id = p_to_account_id where h.order_number = mine.order_number;
  end loop;
  update access.waiver w set account_id = p_to_account_id where w.account_id = p_from_account_id;
  delete from access.review r using access.review own
  where r.account_id = p_from_account_id and own.account_id = p_to_account_id and own.product_id = r.product_id;
  update access.review r set account_id = p_to_account_id where r.account_id = p_from_account_id;
end $$;

-- Notes a file that is about to arrive. 'opened', 'not_found' where the account has no such product (a draft may have been
-- deleted a moment ago), 'uploads_too_many' where the account has too many on their way, or 'files_too_many': of bytes or files kept for it, replaced versions among them as somebody bought them, or of names of the
-- product. What is on its way is counted with what is there, so whoever was let in has a place. Serial per account, so that
-- none is counted past another. Holds the product's row, so that a draft is not deleted meanwhile.
create function access.upload_open_1(
  p_upload_id text, p_product_id text, p_account_id text, p_name text, p_size_bytes bigint,
  p_open_max int, p_bytes_max bigint, p_files_max int, p_names_max int
) returns text
language plpgsql as $$
declare
  there record;
begin
  perform pg_advisory_xact_lock(hashtextextended('access.upload:' || p_account_id, 0));
  perform from seller.product p where p.product_id = p_product_id and p.account_id = p_account_id for key share;
  if not found then return 'not_found'; end if;
  -- In one statement: it sees an upload or the file that it became, never neither.
  with coming as (
    select u.product_id, u.name, u.size_bytes, u.ended_at is null as is_open from access.upload u where u.account_id = p_account_id
  ), kept as (
    select f.product_id, f.name, f.size_bytes, f.withdrawn_at is null as is_sold
    from seller.product p join access.file f using (product_id) where p.account_id = p_account_id
  )
  select (select count(*) from coming) as uploads,
    (select coalesce(sum(c.size_bytes), 0) from coming c) + (select coalesce(sum(k.size_bytes), 0) from kept k) as bytes,
    (select count(*) from coming c where c.is_open) + (select count(*) from kept) as files,
    (select count(*) from (
      select c.name from coming c where c.product_id = p_product_id and c.is_open
      union select k.name from kept k where k.product_id = p_product_id and k.is_sold
    ) n where n.name <> p_name) as other_names
  into there;
  if there.uploads >= p_open_max then return 'uploads_too_many'; end if;
  if there.bytes + p_size_bytes > p_bytes_max or there.files >= p_files_max or there.other_names >= p_names_max then
    return 'files_too_many';
  end if;
  insert into access.upload (upload_id, product_id, account_id, name, size_bytes)
  values (p_upload_id, p_product_id, p_account_id, p_name, p_size_bytes);
  return 'opened';
end $$;

-- Puts a file that has arrived whole under its product, as the next version of its name. The same bytes again are the
-- same file; of an upload that has ended already others are none, nor is one that is forgotten. Locks the upload; serial per product, so that versions
-- never meet.
create function access.file_put_1(
  p_upload_id text, p_file_id text, p_content_type text, p_sha256 bytea, p_scanned_at timestamptz
) returns access.file
language plpgsql as $$
declare
  u access.upload;
  put access.file;
begin
  select f.* into put from access.file f where f.file_id = p_file_id and f.name <> f.file_id;
  if found then return put; end if;
  update access.upload x set ended_at = now() where x.upload_id = p_upload_id and x.ended_at is null returning x.* into u;
  if not found then
    select f.* into put from access.file f where f.file_id = p_file_id and f.name <> f.file_id;
    return put;
  end if;
  perform pg_advisory_xact_lock(hashtextextended('access.file:' || u.product_id, 0));
  update access.file f set withdrawn_at = now()
  where f.product_id = u.product_id and f.name = u.name and f.withdrawn_at is null;
  insert into access.file as f (file_id, product_id, name, version, content_type, size_bytes, sha256, scanned_at)
  values (p_file_id, u.product_id, u.name,
    (select coalesce(max(o.version), 0) + 1 from access.file o where o.product_id = u.product_id and o.name = u.name),
    p_content_type, u.size_bytes, p_sha256, p_scanned_at)
  returning * into put;
  return put;
end $$;

-- Forgets the files of a product that nobody can have bought, names and all, and ends what is on its way for it; sweeps remove
-- the bytes, and then the rows. The caller holds the product's row, so nothing is begun meanwhile. The uploads first: whoever is
-- finishing one at this moment is waited for, and its file forgotten as well.
create function access.files_forget_1(p_product_id text) returns void
language plpgsql as $$
begin
  update access.upload u set ended_at = now() where u.product_id = p_product_id and u.ended_at is null;
  update access.file f set name = f.file_id, withdrawn_at = coalesce(f.withdrawn_at, now())
  where f.product_id = p_product_id and not exists (select from access.holding h where h.product_id = p_product_id);
end $$;

-- Gives out a link: counts it, and no more of them in an hour than somebody with a bad line needs. 'given', 'not_found',
-- 'frozen', 'too_often'. The order is asked as well (S3): a holding whose money went back a moment ago opens nothing.
create function access.link_take_1(p_account_id text, p_product_id text, p_links_max int)
returns table (outcome text, order_number text, download_count int, retry_after_s int)
language plpgsql as $$
declare
  mine access.holding;
begin
  select h.* into mine from access.holding h
  where h.account_id = p_account_id and h.product_id = p_product_id and h.revoked_at is null
    and exists (select from orders.store_order o where o.order_number = h.order_number and o.payment_status in ('paid', 'partially_refunded'))
  for update of h;
  if not found then
    return query select 'not_found', null::text, 0, 0; return;
  end if;
  if mine.frozen_at is not null then
    return query select 'frozen', mine.order_number, mine.download_count, 0; return;
  end if;
  if mine.window_started_at is null or mine.window_started_at <= now() - interval '1 hour' then
    mine.window_started_at := now();
    mine.window_count := 0;
  end if;
  if mine.window_count >= p_links_max then
    return query select 'too_often', mine.order_number, mine.download_count,
      greatest(1, ceil(extract(epoch from mine.window_started_at + interval '1 hour' - now())))::int;
    return;
  end if;
  update access.holding h
  set download_count = h.download_count + 1, downloaded_at = now(), window_started_at = mine.window_started_at,
      window_count = mine.window_count + 1
  where h.order_number = mine.order_number;
  return query select 'given', mine.order_number, mine.download_count + 1, 0;
end $$;

-- Sells a file no more; who bought it before still has it. With `p_keeps_one` not the last of its product, for which shoppers
-- are paying. 'withdrawn' (again: nothing changes), 'not_found', 'last'. Serial per product, as access.file_put_1 is.
create function access.file_withdraw_1(p_file_id text, p_product_id text, p_keeps_one boolean) returns text
language plpgsql as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('access.file:' || p_product_id, 0));
  if not exists (select from access.file f where f.file_id = p_file_id and f.product_id = p_product_id) then return 'not_found'; end if;
  if p_keeps_one and not exists (
    select from access.file f where f.product_id = p_product_id and f.withdrawn_at is null and f.file_id <> p_file_id
  ) then
    return 'last';
  end if;
  update access.file f set withdrawn_at = coalesce(f.withdrawn_at, now()) where f.file_id = p_file_id;
  return 'withdrawn';
end $$;

-- The files that an order gives: of each name the newest version that is sold; where a name was withdrawn, the last that
-- was there when its buyer began to pay.
create view access.sold_file as
  select h.order_number, f.file_id, f.name, f.version, f.content_type, f.size_bytes, f.sha256, f.uploaded_at
  from access.holding h
  join orders.store_order o using (order_number)
  join checkout.session s using (session_id)
  cross join lateral (
    select distinct on (a.name) a.file_id, a.name, a.version, a.content_type, a.size_bytes, a.sha256, a.uploaded_at, a.withdrawn_at
    from access.file a
    where a.product_id = h.product_id and (a.withdrawn_at is null or a.withdrawn_at > s.created_at)
    order by a.name, a.withdrawn_at nulls first, a.version desc
  ) f;
