-- What server/db/migrations make, for reading and for diffs. Written by `npm run schema`; not run.

create schema access;

create table access.download (
  download_id bigint generated always as identity not null,
  order_number text not null,
  file_id text,
  at timestamp with time zone default clock_timestamp() not null,
  network text,
  constraint download_pkey PRIMARY KEY (download_id),
  constraint download_order_number_fkey FOREIGN KEY (order_number) REFERENCES orders.store_order(order_number)
);

create table access.edition (
  product_id text not null,
  copies integer not null,
  constraint edition_pkey PRIMARY KEY (product_id),
  constraint edition_product_id_fkey FOREIGN KEY (product_id) REFERENCES catalog.product(product_id),
  constraint edition_copies_check CHECK ((copies >= 0))
);

create table access.file (
  file_id text not null,
  product_id text not null,
  name text not null,
  version integer not null,
  content_type text not null,
  size_bytes bigint not null,
  sha256 bytea not null,
  scanned_at timestamp with time zone,
  uploaded_at timestamp with time zone default now() not null,
  withdrawn_at timestamp with time zone,
  constraint file_pkey PRIMARY KEY (file_id),
  constraint file_product_id_name_version_key UNIQUE (product_id, name, version),
  constraint file_name_check CHECK (((name <> ''::text) AND (length(name) <= 200))),
  constraint file_sha256_check CHECK ((length(sha256) = 32)),
  constraint file_size_bytes_check CHECK ((size_bytes > 0)),
  constraint file_version_check CHECK ((version >= 1))
);

create table access.holding (
  order_number text not null,
  account_id text not null,
  product_id text not null,
  granted_at timestamp with time zone default now() not null,
  frozen_at timestamp with time zone,
  revoked_at timestamp with time zone,
  revoke_reason text,
  download_count integer default 0 not null,
  downloaded_at timestamp with time zone,
  window_started_at timestamp with time zone,
  window_count integer default 0 not null,
  constraint holding_pkey PRIMARY KEY (order_number),
  constraint holding_order_number_fkey FOREIGN KEY (order_number) REFERENCES orders.store_order(order_number),
  constraint holding_product_id_fkey FOREIGN KEY (product_id) REFERENCES catalog.product(product_id),
  constraint holding_check CHECK (((revoked_at IS NULL) = (revoke_reason IS NULL))),
  constraint holding_download_count_check CHECK ((download_count >= 0))
) with (fillfactor=80);

create table access.review (
  product_id text not null,
  account_id text not null,
  rating smallint not null,
  body text default ''::text not null,
  author text,
  written_at timestamp with time zone default now() not null,
  constraint review_pkey PRIMARY KEY (product_id, account_id),
  constraint review_product_id_fkey FOREIGN KEY (product_id) REFERENCES catalog.product(product_id),
  constraint review_author_check CHECK (((author <> ''::text) AND (length(author) <= 60))),
  constraint review_body_check CHECK ((length(body) <= 4000)),
  constraint review_rating_check CHECK (((rating >= 1) AND (rating <= 5)))
);

create table access.upload (
  upload_id text not null,
  product_id text not null,
  account_id text not null,
  name text not null,
  size_bytes bigint not null,
  created_at timestamp with time zone default now() not null,
  ended_at timestamp with time zone,
  constraint upload_pkey PRIMARY KEY (upload_id),
  constraint upload_name_check CHECK (((name <> ''::text) AND (length(name) <= 200))),
  constraint upload_size_bytes_check CHECK ((size_bytes > 0))
);

create table access.waiver (
  order_number text not null,
  account_id text not null,
  wording text not null,
  locale text not null,
  waived_at timestamp with time zone default clock_timestamp() not null,
  constraint waiver_pkey PRIMARY KEY (order_number),
  constraint waiver_order_number_fkey FOREIGN KEY (order_number) REFERENCES orders.store_order(order_number),
  constraint waiver_locale_check CHECK ((locale = ANY (ARRAY['en'::text, 'ko'::text]))),
  constraint waiver_wording_check CHECK ((wording <> ''::text))
);

create view access.sold_file as
 SELECT h.order_number,
    f.file_id,
    f.name,
    f.version,
    f.content_type,
    f.size_bytes,
    f.sha256,
    f.uploaded_at
   FROM (((access.holding h
     JOIN orders.store_order o USING (order_number))
     JOIN checkout.session s USING (session_id))
     CROSS JOIN LATERAL ( SELECT DISTINCT ON (a.name) a.file_id,
            a.name,
            a.version,
            a.content_type,
            a.size_bytes,
            a.sha256,
            a.uploaded_at,
            a.withdrawn_at
           FROM access.file a
          WHERE ((a.product_id = h.product_id) AND ((a.withdrawn_at IS NULL) OR (a.withdrawn_at > s.created_at)))
          ORDER BY a.name, a.withdrawn_at NULLS FIRST, a.version DESC) f);

CREATE INDEX download_at ON access.download USING btree (at);

CREATE INDEX download_order ON access.download USING btree (order_number, at);

CREATE INDEX file_forgotten ON access.file USING btree (file_id) WHERE (name = file_id);

CREATE INDEX holding_account ON access.holding USING btree (account_id, granted_at DESC);

CREATE UNIQUE INDEX holding_owned ON access.holding USING btree (account_id, product_id) WHERE (revoked_at IS NULL);

CREATE INDEX holding_product ON access.holding USING btree (product_id);

CREATE INDEX review_account ON access.review USING btree (account_id);

CREATE INDEX upload_account ON access.upload USING btree (account_id);

CREATE INDEX upload_created ON access.upload USING btree (created_at);

CREATE INDEX upload_ended ON access.upload USING btree (ended_at) WHERE (ended_at IS NOT NULL);

CREATE INDEX waiver_account ON access.waiver USING btree (account_id);

CREATE OR REPLACE FUNCTION access.adopt_1(p_from_account_id text, p_to_account_id text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION access.file_put_1(p_upload_id text, p_file_id text, p_content_type text, p_sha256 bytea, p_scanned_at timestamp with time zone)
 RETURNS access.file
 LANGUAGE plpgsql
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION access.file_withdraw_1(p_file_id text, p_product_id text, p_keeps_one boolean)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION access.files_forget_1(p_product_id text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  update access.upload u set ended_at = now() where u.product_id = p_product_id and u.ended_at is null;
  update access.file f set name = f.file_id, withdrawn_at = coalesce(f.withdrawn_at, now())
  where f.product_id = p_product_id and not exists (select from access.holding h where h.product_id = p_product_id);
end $function$
;

CREATE OR REPLACE FUNCTION access.follow_deposit()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  bought text;
begin
  if (new.reverted_at is null) = (old.reverted_at is null) then return null; end if;
  for bought in
    select o.order_number from orders.store_order o join payment.payment p using (session_id)
    where p.payment_id = new.payment_id and o.kind = 'digital' order by o.order_number
  loop
    if new.reverted_at is not null then
      perform access.freeze_1(bought);
    elsif not exists (
      select from payment.dispute d where d.payment_id = new.payment_id and d.status in ('needs_response', 'under_review')) then
      perform access.thaw_1(bought);
    end if;
  end loop;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION access.follow_dispute()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  bought text;
begin
  if new.status = 'inquiry' then return null; end if;
  for bought in
    select o.order_number from orders.store_order o join payment.payment p using (session_id)
    where p.payment_id = new.payment_id and o.kind = 'digital' order by o.group_key
  loop
    if new.status = 'lost' then
      perform access.revoke_1(bought, 'dispute_lost');
    elsif new.status in ('needs_response', 'under_review') then
      perform access.freeze_1(bought);
    elsif not exists (
      select from payment.dispute d
      where d.payment_id = new.payment_id and d.dispute_id <> new.dispute_id
        and d.status in ('needs_response', 'under_review', 'lost')
    ) then
      perform access.thaw_1(bought);
    end if;
  end loop;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION access.freeze_1(p_order_number text)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
begin
  update access.holding h set frozen_at = now()
  where h.order_number = p_order_number and h.frozen_at is null and h.revoked_at is null;
  return found;
end $function$
;

CREATE OR REPLACE FUNCTION access.grant_1(p_order_number text, p_account_id text, p_product_id text)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION access.hold_edition_1(p_product_id text)
 RETURNS void
 LANGUAGE sql
AS $function$
  insert into access.edition as e (product_id, copies) values (p_product_id, 0)
  on conflict (product_id) do update set copies = e.copies
$function$
;

CREATE OR REPLACE FUNCTION access.link_take_1(p_account_id text, p_product_id text, p_links_max integer)
 RETURNS TABLE(outcome text, order_number text, download_count integer, retry_after_s integer)
 LANGUAGE plpgsql
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION access.network_1(p_address text)
 RETURNS text
 LANGUAGE plpgsql
 IMMUTABLE
AS $function$
declare
  plain text := regexp_replace(p_address, '^::ffff:(?=[0-9.]+$)', '');
begin
  -- Not one expression: the planner would cast what is no address before it asks whether it is one.
  if plain is null or not pg_input_is_valid(plain, 'inet') then return null; end if;
  return text(network(set_masklen(plain::inet, case family(plain::inet) when 4 then 24 else 48 end)));
end $function$
;

CREATE OR REPLACE FUNCTION access.proof_1(p_session_id text)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
AS $function$
  select coalesce(jsonb_agg(jsonb_build_object('museOrderNumber', h.order_number, 'grantedAt', h.granted_at, 'revokedAt', h.revoked_at,
    'downloadCount', h.download_count, 'downloads', (
      select coalesce(jsonb_agg(jsonb_build_object('at', d.at, 'fileName', d.name, 'network', d.network) order by d.at), '[]')
      from (select x.at, x.network, f.name from access.download x left join access.file f using (file_id)
        where x.order_number = h.order_number order by x.at desc limit 200) d),
    'waiver', (select jsonb_build_object('wording', w.wording, 'language', w.locale, 'waivedAt', w.waived_at)
      from access.waiver w where w.order_number = h.order_number)) order by h.order_number), '[]')
  from orders.store_order o join access.holding h using (order_number)
  where o.session_id = p_session_id
$function$
;

CREATE OR REPLACE FUNCTION access.revoke_1(p_order_number text, p_reason text)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION access.thaw_1(p_order_number text)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION access.upload_open_1(p_upload_id text, p_product_id text, p_account_id text, p_name text, p_size_bytes bigint, p_open_max integer, p_bytes_max bigint, p_files_max integer, p_names_max integer)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION access.waive_1(p_order_number text, p_account_id text, p_wording text, p_locale text)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
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
end $function$
;

create schema account;

create type account.role as enum ('shopper', 'seller', 'ops', 'admin');

create table account.merge (
  from_account_id text not null,
  to_account_id text not null,
  merged_at timestamp with time zone default now() not null,
  constraint merge_pkey PRIMARY KEY (from_account_id),
  constraint merge_from_account_id_fkey FOREIGN KEY (from_account_id) REFERENCES account."user"(id),
  constraint merge_to_account_id_fkey FOREIGN KEY (to_account_id) REFERENCES account."user"(id),
  constraint merge_check CHECK ((from_account_id <> to_account_id))
);

create unlogged table account.rate_limit (
  key text not null,
  count integer not null,
  window_ends_at timestamp with time zone not null,
  constraint rate_limit_pkey PRIMARY KEY (key)
);

create table account.session (
  id text not null,
  token text not null,
  user_id text not null,
  expires_at timestamp with time zone not null,
  ip_address text,
  user_agent text,
  second_factor_at timestamp with time zone,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  constraint session_pkey PRIMARY KEY (id),
  constraint session_token_key UNIQUE (token),
  constraint session_user_id_fkey FOREIGN KEY (user_id) REFERENCES account."user"(id) ON DELETE CASCADE
);

create table account.sign_in (
  id text not null,
  account_id text not null,
  provider_id text not null,
  user_id text not null,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamp with time zone,
  refresh_token_expires_at timestamp with time zone,
  scope text,
  password text,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  constraint sign_in_pkey PRIMARY KEY (id),
  constraint sign_in_provider_id_account_id_key UNIQUE (provider_id, account_id),
  constraint sign_in_user_id_fkey FOREIGN KEY (user_id) REFERENCES account."user"(id) ON DELETE CASCADE
);

create table account.two_factor (
  id text not null,
  secret text not null,
  backup_codes text not null,
  user_id text not null,
  verified boolean default true,
  failed_verification_count integer default 0,
  locked_until timestamp with time zone,
  constraint two_factor_pkey PRIMARY KEY (id),
  constraint two_factor_user_id_key UNIQUE (user_id),
  constraint two_factor_user_id_fkey FOREIGN KEY (user_id) REFERENCES account."user"(id) ON DELETE CASCADE
);

create table account."user" (
  id text not null,
  name text not null,
  email text not null,
  email_verified boolean default false not null,
  image text,
  is_anonymous boolean default false not null,
  role account.role default 'shopper'::account.role not null,
  two_factor_enabled boolean default false not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  constraint user_pkey PRIMARY KEY (id),
  constraint user_email_key UNIQUE (email),
  constraint user_check CHECK (((NOT is_anonymous) OR (role = 'shopper'::account.role)))
);

create table account.verification (
  id text not null,
  identifier text not null,
  value text not null,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  constraint verification_pkey PRIMARY KEY (id)
);

CREATE INDEX merge_to ON account.merge USING btree (to_account_id);

CREATE INDEX rate_limit_window_ends_at ON account.rate_limit USING btree (window_ends_at);

CREATE INDEX session_expires_at ON account.session USING btree (expires_at);

CREATE INDEX session_user_id ON account.session USING btree (user_id);

CREATE INDEX sign_in_user_id ON account.sign_in USING btree (user_id);

CREATE INDEX user_anonymous ON account."user" USING btree (created_at) WHERE is_anonymous;

CREATE INDEX verification_identifier ON account.verification USING btree (identifier);

CREATE OR REPLACE FUNCTION account.rate_limit_take_1(p_key text, p_window_s integer, p_max integer)
 RETURNS TABLE(is_allowed boolean, retry_after_s integer)
 LANGUAGE sql
AS $function$
  insert into account.rate_limit as r (key, count, window_ends_at)
  values (p_key, 1, now() + make_interval(secs => p_window_s))
  on conflict (key) do update set
    count = case when r.window_ends_at <= now() then 1 else r.count + 1 end,
    window_ends_at = case when r.window_ends_at <= now() then excluded.window_ends_at else r.window_ends_at end
  returning r.count <= p_max, greatest(1, ceil(extract(epoch from r.window_ends_at - now())))::int;
$function$
;

CREATE OR REPLACE FUNCTION account.tell_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform pg_notify('muse_account', case tg_table_name when 'user' then to_jsonb(old) ->> 'id' else to_jsonb(old) ->> 'user_id' end);
  return null;
end $function$
;

CREATE TRIGGER session_changed AFTER UPDATE OF token, user_id, expires_at ON account.session FOR EACH ROW EXECUTE FUNCTION account.tell_changed();

CREATE TRIGGER session_ended AFTER DELETE ON account.session FOR EACH ROW EXECUTE FUNCTION account.tell_changed();

CREATE TRIGGER user_changed AFTER UPDATE OF role, is_anonymous, two_factor_enabled ON account."user" FOR EACH ROW EXECUTE FUNCTION account.tell_changed();

CREATE TRIGGER user_removed AFTER DELETE ON account."user" FOR EACH ROW EXECUTE FUNCTION account.tell_changed();

create schema address;

create table address.saved_address (
  address_id text not null,
  account_id text not null,
  name text not null,
  address1 text not null,
  address2 text,
  city text not null,
  state text not null,
  zip text not null,
  country text not null,
  phone text,
  address_key text not null,
  preferred_at timestamp with time zone,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  constraint saved_address_pkey PRIMARY KEY (address_id),
  constraint saved_address_account_id_address_key_key UNIQUE (account_id, address_key),
  constraint saved_address_country_check CHECK ((country = 'US'::text)),
  constraint saved_address_state_check CHECK ((state ~ '^[A-Z]{2}$'::text))
);

create schema cart;

create type cart.outcome as enum ('done', 'version_conflict', 'item_not_found', 'product_not_found', 'product_url_unknown', 'variant_required', 'product_unavailable', 'quantity_limit', 'cart_full');

create type cart.written as (
  outcome cart.outcome,
  version bigint,
  item jsonb,
  summary jsonb,
  detail jsonb
);

create table cart.batch (
  account_id text not null,
  content_hash bytea not null,
  version bigint not null,
  taken_at timestamp with time zone default now() not null,
  constraint batch_pkey PRIMARY KEY (account_id, content_hash),
  constraint batch_account_id_fkey FOREIGN KEY (account_id) REFERENCES cart.cart(account_id) ON DELETE CASCADE,
  constraint batch_content_hash_check CHECK ((length(content_hash) = 32))
);

create table cart.cart (
  account_id text not null,
  version bigint default 0 not null,
  updated_at timestamp with time zone default now() not null,
  constraint cart_pkey PRIMARY KEY (account_id)
) with (fillfactor=70);

create table cart.item (
  item_id text not null,
  account_id text not null,
  variant_id text not null,
  quantity integer not null,
  seen_price_minor bigint not null,
  added_at timestamp with time zone default clock_timestamp() not null,
  constraint item_pkey PRIMARY KEY (item_id),
  constraint item_account_id_variant_id_key UNIQUE (account_id, variant_id),
  constraint item_account_id_fkey FOREIGN KEY (account_id) REFERENCES cart.cart(account_id),
  constraint item_variant_id_fkey FOREIGN KEY (variant_id) REFERENCES catalog.variant(variant_id),
  constraint item_quantity_check CHECK (((quantity >= 1) AND (quantity <= 99))),
  constraint item_seen_price_minor_check CHECK ((seen_price_minor >= 0))
) with (fillfactor=80);

create view cart.line as
 SELECT i.account_id,
    i.item_id,
    i.quantity,
    i.seen_price_minor,
    i.added_at,
    v.variant_id,
    v.size,
    v.color,
    v.price_minor,
    v.list_price_minor,
    p.product_id,
    p.kind,
    p.currency,
    p.title,
    COALESCE(v.image_url, p.image_url) AS image_url,
    p.product_url,
    st.store_id,
    st.name AS store_name,
    (v.is_active AND p.is_active AND st.is_active) AS is_sold,
        CASE
            WHEN (NOT v.is_in_stock) THEN 0
            WHEN (p.edition_limit IS NOT NULL) THEN catalog.edition_left_1(p.product_id, p.edition_limit, i.account_id)
            WHEN ((s.on_hand - s.reserved) < GREATEST(i.quantity, 20)) THEN ((s.on_hand - s.reserved) + cart.held_1(i.account_id, i.variant_id))
            ELSE NULL::integer
        END AS left_in_stock,
    (v.is_active AND v.is_in_stock AND p.is_active AND st.is_active AND ((s.variant_id IS NULL) OR ((s.on_hand - s.reserved) >= i.quantity) OR (((s.on_hand - s.reserved) + cart.held_1(i.account_id, i.variant_id)) >= i.quantity)) AND ((p.edition_limit IS NULL) OR (catalog.edition_left_1(p.product_id, p.edition_limit, i.account_id) > 0))) AS is_available,
    COALESCE((COALESCE(p.seller_id, st.owner_account_id) = i.account_id), false) AS is_own,
    ((p.kind = 'digital'::catalog.product_kind) AND cart.owns_1(i.account_id, p.product_id)) AS is_owned
   FROM ((((cart.item i
     JOIN catalog.variant v USING (variant_id))
     JOIN catalog.product p USING (product_id))
     JOIN store.store st USING (store_id))
     LEFT JOIN inventory.stock s ON ((s.variant_id = i.variant_id)));

CREATE INDEX item_variant ON cart.item USING btree (variant_id);

CREATE OR REPLACE FUNCTION cart.batch_taken_1(p_account_id text, p_content_hash bytea)
 RETURNS bigint
 LANGUAGE plpgsql
AS $function$
declare
  known bigint;
begin
  with forgotten as (
    delete from cart.batch b
    where b.account_id = p_account_id and b.content_hash <> p_content_hash and b.taken_at <= now() - interval '24 hours'
  ), bumped as (
    update cart.cart c set version = c.version + 1, updated_at = now() where c.account_id = p_account_id returning c.version
  )
  insert into cart.batch as b (account_id, content_hash, version)
  select p_account_id, p_content_hash, bumped.version from bumped
  on conflict (account_id, content_hash) do update set version = excluded.version, taken_at = excluded.taken_at
  returning b.version into known;
  return known;
end $function$
;

CREATE OR REPLACE FUNCTION cart.bump_1(p_account_id text)
 RETURNS bigint
 LANGUAGE sql
AS $function$
  update cart.cart c set version = c.version + 1, updated_at = now() where c.account_id = p_account_id returning c.version
$function$
;

CREATE OR REPLACE FUNCTION cart.carts_merge_1(p_from_account_id text, p_to_account_id text, OUT moved integer, OUT dropped integer, OUT version bigint)
 RETURNS record
 LANGUAGE plpgsql
AS $function$
declare
  line record;
  room int;
begin
  moved := 0;
  dropped := 0;
  select c.version into version from cart.cart c where c.account_id = p_to_account_id;
  if p_from_account_id = p_to_account_id or not exists (select from cart.item i where i.account_id = p_from_account_id) then
    version := coalesce(version, 0);
    return;
  end if;
  insert into cart.cart (account_id) values (p_to_account_id) on conflict (account_id) do nothing;
  perform 1 from cart.cart c where c.account_id in (p_from_account_id, p_to_account_id) order by c.account_id for update;

  room := 100 - (select count(*) from cart.item i where i.account_id = p_to_account_id);
  for line in
    select i.item_id, i.quantity, mine.item_id as own_item_id, mine.quantity as own_quantity,
      case when p.kind = 'digital' then 1 else 99 end as quantity_max, s.on_hand - s.reserved as free
    from cart.item i
    join catalog.variant v using (variant_id)
    join catalog.product p using (product_id)
    left join cart.item mine on mine.account_id = p_to_account_id and mine.variant_id = i.variant_id
    left join inventory.stock s on s.variant_id = i.variant_id
    where i.account_id = p_from_account_id
    order by i.added_at, i.item_id
  loop
    if line.own_item_id is null and room = 0 then
      dropped := dropped + 1;
      continue;
    end if;
    moved := moved + 1;
    if line.own_item_id is not null then
      update cart.item i
      set quantity = greatest(line.own_quantity, least(line.own_quantity + line.quantity, line.quantity_max, coalesce(line.free, 99)))
      where i.item_id = line.own_item_id;
    else
      room := room - 1;
      update cart.item i set account_id = p_to_account_id, quantity = greatest(1, least(line.quantity, coalesce(line.free, 99)))
      where i.item_id = line.item_id;
    end if;
  end loop;
  delete from cart.item i where i.account_id = p_from_account_id;
  perform cart.bump_1(p_from_account_id);
  version := cart.bump_1(p_to_account_id);
end $function$
;

CREATE OR REPLACE FUNCTION cart.clear_1(p_account_id text, p_expected_version bigint)
 RETURNS cart.written
 LANGUAGE plpgsql
AS $function$
declare
  known bigint;
begin
  select c.version into known from cart.cart c where c.account_id = p_account_id for update;
  known := coalesce(known, 0);
  if p_expected_version <> known then return cart.refusal_1('version_conflict', known, null); end if;
  delete from cart.item i where i.account_id = p_account_id;
  if found then known := cart.bump_1(p_account_id); end if;
  return cart.reply_1(p_account_id, known, null);
end $function$
;

CREATE OR REPLACE FUNCTION cart.held_1(p_account_id text, p_variant_id text)
 RETURNS integer
 LANGUAGE plpgsql
 STABLE
AS $function$
begin
  return coalesce((
    select sum(r.quantity) from checkout.session s join inventory.reservation r using (session_id)
    where s.account_id = p_account_id and s.status in ('pending', 'processing') and s.paid_at is null
      and r.variant_id = p_variant_id and r.status = 'active'), 0);
end $function$
;

CREATE OR REPLACE FUNCTION cart.item_add_1(p_account_id text, p_item_id text, p_product_id text, p_variant_id text, p_urls text[], p_size text, p_color text, p_quantity integer, p_expected_version bigint)
 RETURNS cart.written
 LANGUAGE plpgsql
AS $function$
declare
  known bigint;
  offer record;
  line record;
begin
  offer := cart.offer_1(p_product_id, p_variant_id, p_urls, p_size, p_color);
  if offer.outcome <> 'done' then return cart.refusal_1(offer.outcome, null, offer.detail); end if;

  known := cart.lock_1(p_account_id);
  if p_expected_version <> known then return cart.refusal_1('version_conflict', known, null); end if;

  line := cart.line_add_1(p_account_id, p_item_id, offer.variant_id, offer.kind, offer.price_minor, p_quantity);
  if line.outcome <> 'done' then return cart.refusal_1(line.outcome, known, line.detail); end if;
  return cart.reply_1(p_account_id, cart.bump_1(p_account_id), line.item_id);
end $function$
;

CREATE OR REPLACE FUNCTION cart.item_change_1(p_account_id text, p_item_id text, p_variant_id text, p_quantity integer, p_expected_version bigint)
 RETURNS cart.written
 LANGUAGE plpgsql
AS $function$
declare
  known bigint;
  item record;
  target text;
  target_price bigint;
  units int;
  other record;
  quantity_max int;
begin
  select c.version into known from cart.cart c where c.account_id = p_account_id for update;
  select i.item_id, i.quantity, i.variant_id, v.product_id, p.kind into item
  from cart.item i join catalog.variant v using (variant_id) join catalog.product p using (product_id)
  where i.item_id = p_item_id and i.account_id = p_account_id;
  if not found then return cart.refusal_1('item_not_found', known, null); end if;
  if p_expected_version <> known then return cart.refusal_1('version_conflict', known, null); end if;

  units := coalesce(p_quantity, item.quantity);
  if units = 0 then
    delete from cart.item i where i.item_id = p_item_id;
    return cart.reply_1(p_account_id, cart.bump_1(p_account_id), null);
  end if;

  target := coalesce(p_variant_id, item.variant_id);
  -- What is already in the cart may be set to another quantity though it is not sold at this moment.
  select v.price_minor into target_price from catalog.variant v
  where v.variant_id = target and v.product_id = item.product_id and (v.is_active or target = item.variant_id);
  if not found then
    return cart.refusal_1(case when exists (
      select from catalog.variant v where v.variant_id = target and v.product_id = item.product_id)
      then 'product_unavailable' else 'product_not_found' end::cart.outcome, known, null);
  end if;

  select i.item_id, i.quantity into other from cart.item i
  where i.account_id = p_account_id and i.variant_id = target and i.item_id <> p_item_id;
  quantity_max := case item.kind when 'digital' then 1 else 99 end;
  if units + coalesce(other.quantity, 0) > quantity_max then
    return cart.refusal_1('quantity_limit', known, jsonb_build_object('max', quantity_max, 'inCart', coalesce(other.quantity, item.quantity)));
  end if;

  if other.item_id is not null then
    delete from cart.item i where i.item_id = p_item_id;
    update cart.item i set quantity = units + other.quantity, seen_price_minor = target_price where i.item_id = other.item_id;
  else
    update cart.item i set variant_id = target, quantity = units, seen_price_minor = target_price where i.item_id = p_item_id;
  end if;
  return cart.reply_1(p_account_id, cart.bump_1(p_account_id), coalesce(other.item_id, p_item_id));
end $function$
;

CREATE OR REPLACE FUNCTION cart.items_add_1(p_account_id text, p_items jsonb, p_partial boolean, p_once boolean, p_content_hash bytea, p_expected_version bigint)
 RETURNS cart.written
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare
  known bigint;
  -- The order of a cart's lines: those that come together are a microsecond apart.
  first_at timestamptz;
  results jsonb;
  reply cart.written;
begin
  known := cart.lock_1(p_account_id);
  if p_expected_version <> known then return cart.refusal_1('version_conflict', known, null); end if;

  -- The usual batch at once: it is none of those just taken, and every item names a variant of its own that is sold and
  -- stays within the limits of line_add_1. Any other writes nothing here.
  first_at := clock_timestamp();
  with wanted as materialized (
    select i.n, coalesce(o.held_item_id, i.item_id) as item_id, o.held_item_id, o.variant_id, o.price_minor,
      case when o.kind = 'digital' and i.quantity = 1 then 1 else coalesce(o.held, 0) + i.quantity end as units,
      case o.kind when 'digital' then 1 else 99 end as quantity_max
    from rows from (jsonb_to_recordset(p_items) as ("itemId" text, "productId" text, "variantId" text, quantity int))
      with ordinality as i (item_id, product_id, variant_id, quantity, n)
    cross join lateral (
      select v.variant_id, v.price_minor, p.kind, h.item_id as held_item_id, h.quantity as held
      from catalog.variant v join catalog.product p using (product_id) join store.store st using (store_id)
      left join cart.item h on h.account_id = p_account_id and h.variant_id = v.variant_id
      where v.variant_id = i.variant_id and (i.product_id is null or v.product_id = i.product_id)
        and v.is_active and p.is_active and st.is_active
      -- So that each is looked up, however long the list is taken to be, and never all variants are read.
      limit 1
    ) o
  ), usual as materialized (
    select jsonb_agg(jsonb_build_object('outcome', 'done', 'itemId', w.item_id, 'detail', null) order by w.n) as results
    from wanted w
    having count(*) = jsonb_array_length(p_items) and count(distinct w.variant_id) = count(*)
      and bool_and(w.units between 1 and w.quantity_max)
      and (select count(*) from cart.item i where i.account_id = p_account_id) + count(*) filter (where w.held_item_id is null) <= 100
      and not exists (
        select from cart.batch b
        where b.account_id = p_account_id and b.content_hash = p_content_hash and b.taken_at > now() - interval '24 hours'
          and (b.version = known or p_once))
  ), written as (
    insert into cart.item (item_id, account_id, variant_id, quantity, seen_price_minor, added_at)
    select w.item_id, p_account_id, w.variant_id, w.units, w.price_minor, first_at + w.n * interval '1 microsecond'
    from wanted w where exists (select from usual)
    on conflict (account_id, variant_id) do update set quantity = excluded.quantity, seen_price_minor = excluded.seen_price_minor
  )
  select u.results into results from usual u;
  if not found then
    return cart.items_add_each_1(p_account_id, p_items, p_partial, p_once, p_content_hash, known);
  end if;

  reply := cart.reply_1(p_account_id, cart.batch_taken_1(p_account_id, p_content_hash), null);
  reply.item := results;
  reply.detail := jsonb_build_object('isRepeat', false);
  return reply;
end $function$
;

CREATE OR REPLACE FUNCTION cart.items_add_each_1(p_account_id text, p_items jsonb, p_partial boolean, p_once boolean, p_content_hash bytea, p_version bigint)
 RETURNS cart.written
 LANGUAGE plpgsql
AS $function$
declare
  known bigint := p_version;
  wanted record;
  line record;
  results jsonb := '[]';
  is_repeat boolean;
  is_changed boolean := false;
  first_refusal cart.outcome;
  reply cart.written;
begin
  is_repeat := exists (
    select from cart.batch b
    where b.account_id = p_account_id and b.content_hash = p_content_hash and b.taken_at > now() - interval '24 hours'
      and (b.version = known or p_once));

  begin
    for wanted in
      select i.value ->> 'itemId' as item_id, (i.value ->> 'quantity')::int as quantity,
        o.outcome, o.variant_id, o.kind, o.price_minor, o.detail
      from jsonb_array_elements(p_items) with ordinality as i (value, n)
      cross join lateral cart.offer_1(i.value ->> 'productId', i.value ->> 'variantId',
        case jsonb_typeof(i.value -> 'urls') when 'array' then array(select jsonb_array_elements_text(i.value -> 'urls')) end,
        i.value ->> 'size', i.value ->> 'color') as o
      order by i.n
    loop
      if wanted.outcome = 'done' and is_repeat then
        select 'done'::cart.outcome as outcome, i.item_id, null::jsonb as detail into line
        from (select 1) one left join cart.item i on i.account_id = p_account_id and i.variant_id = wanted.variant_id;
      elsif wanted.outcome = 'done' then
        line := cart.line_add_1(p_account_id, wanted.item_id, wanted.variant_id, wanted.kind, wanted.price_minor, wanted.quantity);
      else
        select wanted.outcome as outcome, null::text as item_id, wanted.detail as detail into line;
      end if;
      if line.outcome = 'done' then
        is_changed := is_changed or not is_repeat;
      else
        first_refusal := coalesce(first_refusal, line.outcome);
      end if;
      results := results || jsonb_build_object('outcome', line.outcome, 'itemId', line.item_id, 'detail', line.detail);
    end loop;
    -- Undoes the lines that were added before the refusal.
    if first_refusal is not null and not p_partial and not is_repeat then raise exception using errcode = 'MU010'; end if;
  exception when sqlstate 'MU010' then
    return cart.refusal_1(first_refusal, known, jsonb_build_object('items', results));
  end;

  if is_changed then known := cart.batch_taken_1(p_account_id, p_content_hash); end if;
  reply := cart.reply_1(p_account_id, known, null);
  reply.item := results;
  reply.detail := jsonb_build_object('isRepeat', is_repeat);
  return reply;
end $function$
;

CREATE OR REPLACE FUNCTION cart.line_add_1(p_account_id text, p_item_id text, p_variant_id text, p_kind catalog.product_kind, p_price_minor bigint, p_quantity integer, OUT outcome cart.outcome, OUT item_id text, OUT detail jsonb)
 RETURNS record
 LANGUAGE plpgsql
AS $function$
declare
  quantity_max int := case p_kind when 'digital' then 1 else 99 end;
  held int;
  units int;
begin
  select i.item_id, i.quantity into item_id, held from cart.item i where i.account_id = p_account_id and i.variant_id = p_variant_id;
  units := case when p_kind = 'digital' and p_quantity = 1 then 1 else coalesce(held, 0) + p_quantity end;
  if units > quantity_max then
    outcome := 'quantity_limit';
    detail := jsonb_build_object('max', quantity_max, 'inCart', coalesce(held, 0));
  elsif held is not null then
    update cart.item i set quantity = units, seen_price_minor = p_price_minor
    where i.account_id = p_account_id and i.variant_id = p_variant_id;
    outcome := 'done';
  elsif (select count(*) from cart.item i where i.account_id = p_account_id) >= 100 then
    outcome := 'cart_full';
    detail := jsonb_build_object('max', 100);
  else
    insert into cart.item (item_id, account_id, variant_id, quantity, seen_price_minor)
    values (p_item_id, p_account_id, p_variant_id, units, p_price_minor);
    item_id := p_item_id;
    outcome := 'done';
  end if;
end $function$
;

CREATE OR REPLACE FUNCTION cart.lock_1(p_account_id text)
 RETURNS bigint
 LANGUAGE plpgsql
AS $function$
declare
  known bigint;
begin
  select c.version into known from cart.cart c where c.account_id = p_account_id for update;
  if found then return known; end if;
  insert into cart.cart as c (account_id) values (p_account_id)
  on conflict (account_id) do update set version = c.version
  returning c.version into known;
  return known;
end $function$
;

CREATE OR REPLACE FUNCTION cart.offer_1(p_product_id text, p_variant_id text, p_urls text[], p_size text, p_color text, OUT outcome cart.outcome, OUT variant_id text, OUT kind catalog.product_kind, OUT price_minor bigint, OUT detail jsonb)
 RETURNS record
 LANGUAGE plpgsql
 STABLE
AS $function$
declare
  wanted text := p_product_id;
  on_page text;
  matches int;
begin
  if p_variant_id is not null then
    select case when v.is_active and p.is_active and st.is_active then 'done' else 'product_unavailable' end, v.variant_id, p.kind, v.price_minor
    into outcome, variant_id, kind, price_minor
    from catalog.variant v join catalog.product p using (product_id) join store.store st using (store_id)
    where v.variant_id = p_variant_id and (wanted is null or v.product_id = wanted);
    if not found then outcome := 'product_not_found'; end if;
    return;
  end if;

  if p_urls is not null then
    select u.product_id, u.variant_id into wanted, on_page
    from (
      select p.product_id, null::text as variant_id from catalog.product p where p.product_url = any (p_urls)
      union all
      select g.product_id, g.variant_id from catalog.page g
      where g.url_hash in (select sha256(convert_to(w.url, 'UTF8')) from unnest(p_urls) as w (url))
    ) u
    join catalog.product p using (product_id)
    order by p.is_active desc, p.page_read_at is not null, u.variant_id is null, p.product_id limit 1;
    if not found then outcome := 'product_url_unknown'; return; end if;
    -- The address names the variant, unless the shopper does.
    if p_size is not null or p_color is not null then on_page := null; end if;
  end if;

  select count(*), min(v.variant_id), min(p.kind), min(v.price_minor) into matches, variant_id, kind, price_minor
  from catalog.variant v join catalog.product p using (product_id) join store.store st using (store_id)
  where v.product_id = wanted and v.is_active and p.is_active and st.is_active
    and (on_page is null or v.variant_id = on_page)
    and (p_size is null or lower(v.size) = lower(p_size)) and (p_color is null or lower(v.color) = lower(p_color));
  if matches = 1 then outcome := 'done'; return; end if;

  select jsonb_agg(jsonb_build_object('variantId', v.variant_id, 'size', v.size, 'color', v.color, 'priceCents', v.price_minor,
      'currency', p.currency, 'available', v.is_in_stock and coalesce(s.on_hand > s.reserved, true)) order by v.position, v.variant_id)
  into detail
  from catalog.variant v join catalog.product p using (product_id) join store.store st using (store_id)
  left join inventory.stock s on s.variant_id = v.variant_id
  where v.product_id = wanted and v.is_active and p.is_active and st.is_active;
  outcome := case
    when detail is not null then 'variant_required'
    when exists (select from catalog.product p where p.product_id = wanted) then 'product_unavailable'
    else 'product_not_found'
  end;
  detail := case when detail is null then null else jsonb_build_object('productId', wanted, 'choices', detail) end;
end $function$
;

CREATE OR REPLACE FUNCTION cart.owns_1(p_account_id text, p_product_id text)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
AS $function$
begin
  return exists (select from access.holding h where h.account_id = p_account_id and h.product_id = p_product_id and h.revoked_at is null);
end $function$
;

CREATE OR REPLACE FUNCTION cart.refusal_1(p_outcome cart.outcome, p_version bigint, p_detail jsonb)
 RETURNS cart.written
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select row(p_outcome, coalesce(p_version, 0), null, null, p_detail)::cart.written
$function$
;

CREATE OR REPLACE FUNCTION cart.remove_bought_1(p_account_id text, p_variant_ids text[], p_quantities integer[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  perform 1 from cart.cart c where c.account_id = p_account_id for update;
  if not found then return; end if;

  delete from cart.item i
  using unnest(p_variant_ids, p_quantities) as bought (variant_id, quantity)
  where i.account_id = p_account_id and i.variant_id = bought.variant_id and i.quantity <= bought.quantity;

  update cart.item i set quantity = i.quantity - bought.quantity
  from unnest(p_variant_ids, p_quantities) as bought (variant_id, quantity)
  where i.account_id = p_account_id and i.variant_id = bought.variant_id and i.quantity > bought.quantity;

  update cart.cart c set version = c.version + 1, updated_at = now() where c.account_id = p_account_id;
  -- The same batch may be wanted again.
  delete from cart.batch b where b.account_id = p_account_id;
end $function$
;

CREATE OR REPLACE FUNCTION cart.reply_1(p_account_id text, p_version bigint, p_item_id text)
 RETURNS cart.written
 LANGUAGE plpgsql
AS $function$
declare
  reply cart.written;
begin
  reply.outcome := 'done';
  reply.version := p_version;
  -- A store sells in one currency, so stores can be counted by currency.
  select jsonb_build_object('lineCount', coalesce(sum(t.line_count), 0), 'itemCount', coalesce(sum(t.item_count), 0),
    'storeCount', coalesce(sum(t.store_count), 0), 'totals', coalesce(jsonb_agg(jsonb_build_object('currency', t.currency,
      'itemCount', t.item_count, 'subtotalMinor', t.subtotal_minor, 'savingsMinor', t.savings_minor) order by t.currency), '[]'))
  into reply.summary
  from (
    select p.currency, count(*) as line_count, count(distinct p.store_id) as store_count, sum(i.quantity) as item_count,
      sum(v.price_minor * i.quantity) as subtotal_minor,
      sum((greatest(v.list_price_minor, v.price_minor) - v.price_minor) * i.quantity) as savings_minor
    from cart.item i join catalog.variant v using (variant_id) join catalog.product p using (product_id)
    where i.account_id = p_account_id
    group by p.currency
  ) t;
  if p_item_id is null then return reply; end if;

  select jsonb_build_object('itemId', l.item_id, 'storeId', l.store_id, 'storeName', l.store_name, 'kind', l.kind, 'currency', l.currency,
    'productId', l.product_id, 'variantId', l.variant_id, 'title', l.title, 'size', l.size, 'color', l.color, 'quantity', l.quantity,
    'priceMinor', l.price_minor, 'listPriceMinor', l.list_price_minor, 'seenPriceMinor', l.seen_price_minor, 'imageUrl', l.image_url,
    'productUrl', l.product_url, 'isAvailable', l.is_available, 'isSold', l.is_sold, 'isOwn', l.is_own, 'isOwned', l.is_owned,
    'leftInStock', l.left_in_stock)
  into reply.item
  from cart.line l where l.item_id = p_item_id;
  return reply;
end $function$
;

CREATE OR REPLACE FUNCTION cart.see_prices_1(p_account_id text)
 RETURNS void
 LANGUAGE sql
AS $function$
  update cart.item i set seen_price_minor = v.price_minor
  from catalog.variant v
  where i.account_id = p_account_id and v.variant_id = i.variant_id and i.seen_price_minor <> v.price_minor
$function$
;

create schema catalog;

create type catalog.product_kind as enum ('physical', 'digital');

create table catalog.page (
  url_hash bytea not null,
  product_id text not null,
  variant_id text,
  constraint page_pkey PRIMARY KEY (url_hash),
  constraint page_product_id_fkey FOREIGN KEY (product_id) REFERENCES catalog.product(product_id),
  constraint page_variant_id_fkey FOREIGN KEY (variant_id) REFERENCES catalog.variant(variant_id),
  constraint page_url_hash_check CHECK ((length(url_hash) = 32))
);

create table catalog.product (
  product_id text not null,
  store_id text not null,
  store_ref text not null,
  kind catalog.product_kind not null,
  seller_id text,
  edition_limit integer,
  currency text not null,
  title text not null,
  description text default ''::text not null,
  brand text,
  category text,
  image_url text,
  more_image_urls text[] default '{}'::text[] not null,
  product_url text,
  page_read_at timestamp with time zone,
  is_active boolean default true not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  variant_count integer default 0 not null,
  price_min_minor bigint,
  price_max_minor bigint,
  list_price_minor bigint,
  search_text text generated always as (lower(((((title || ' '::text) || COALESCE(brand, ''::text)) || ' '::text) || COALESCE(category, ''::text)))) stored not null,
  constraint product_pkey PRIMARY KEY (product_id),
  constraint product_store_id_store_ref_key UNIQUE (store_id, store_ref),
  constraint product_store_id_fkey FOREIGN KEY (store_id) REFERENCES store.store(store_id),
  constraint product_currency_check CHECK ((currency = ANY (ARRAY['USD'::text, 'KRW'::text]))),
  constraint product_edition_limit_check CHECK ((edition_limit > 0))
);

create table catalog.search_word (
  word text not null,
  noted_at timestamp with time zone default now() not null,
  constraint search_word_pkey PRIMARY KEY (word)
);

create table catalog.variant (
  variant_id text not null,
  product_id text not null,
  sku text not null,
  size text,
  color text,
  image_url text,
  price_minor bigint not null,
  list_price_minor bigint,
  "position" smallint default 0 not null,
  is_active boolean default true not null,
  is_in_stock boolean default true not null,
  updated_at timestamp with time zone default now() not null,
  constraint variant_pkey PRIMARY KEY (variant_id),
  constraint variant_product_id_sku_key UNIQUE (product_id, sku),
  constraint variant_product_id_fkey FOREIGN KEY (product_id) REFERENCES catalog.product(product_id),
  constraint variant_check CHECK ((list_price_minor >= price_minor)),
  constraint variant_price_minor_check CHECK ((price_minor >= 0))
);

CREATE INDEX page_product ON catalog.page USING btree (product_id);

CREATE INDEX page_variant ON catalog.page USING btree (variant_id) WHERE (variant_id IS NOT NULL);

CREATE INDEX product_category ON catalog.product USING btree (category);

CREATE INDEX product_search ON catalog.product USING gin (search_text extensions.gin_trgm_ops);

CREATE INDEX product_url ON catalog.product USING btree (product_url) WHERE (product_url IS NOT NULL);

CREATE INDEX search_word_first ON catalog.search_word USING btree ("left"(word, 1), length(word));

CREATE INDEX search_word_last ON catalog.search_word USING btree ("right"(word, 1), length(word));

CREATE INDEX search_word_noted ON catalog.search_word USING btree (noted_at);

CREATE INDEX search_word_part ON catalog.search_word USING gin (word extensions.gin_trgm_ops);

CREATE OR REPLACE FUNCTION catalog.digital_called_1(p_seller_id text, p_brand text)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare
  changed int;
begin
  update catalog.product p set brand = p_brand, updated_at = now() where p.seller_id = p_seller_id and p.brand is distinct from p_brand;
  get diagnostics changed = row_count;
  if changed > 0 then
    perform catalog.words_note_1(array[p_brand]);
  end if;
  return changed;
end $function$
;

CREATE OR REPLACE FUNCTION catalog.digital_forget_1(p_seller_id text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  words text[];
begin
  select array_agg(distinct w.word) into words
  from catalog.product p cross join regexp_split_to_table(lower(coalesce(p.brand, '')), '[^[:alnum:]]+') as w (word)
  where p.seller_id = p_seller_id and w.word <> '';
  update catalog.product p set brand = null, description = '', category = null, is_active = false, updated_at = now() where p.seller_id = p_seller_id;
  delete from catalog.search_word s
  where s.word = any (words) and not exists (select from catalog.product p where p.is_active and p.search_text like '%' || s.word || '%');
end $function$
;

CREATE OR REPLACE FUNCTION catalog.digital_put_1(p_product_id text, p_variant_id text, p_store_id text, p_seller_id text, p_title text, p_description text, p_brand text, p_category text, p_image_url text, p_price_minor bigint, p_edition_limit integer)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION catalog.digital_withdraw_1(p_product_id text, p_seller_id text)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
begin
  update catalog.product p set is_active = false, updated_at = now()
  where p.product_id = p_product_id and p.seller_id = p_seller_id and p.is_active;
  return found;
end $function$
;

CREATE OR REPLACE FUNCTION catalog.edition_left_1(p_product_id text, p_edition_limit integer, p_account_id text)
 RETURNS integer
 LANGUAGE plpgsql
 STABLE
AS $function$
begin
  return greatest(0, p_edition_limit - coalesce((select e.copies from access.edition e where e.product_id = p_product_id), 0) - (
    select count(*) from orders.order_item i
    join orders.store_order o using (order_number)
    join checkout.session s using (session_id)
    join payment.payment p using (session_id)
    where i.product_id = p_product_id and o.kind = 'digital' and o.account_id is distinct from p_account_id
      and o.payment_status = 'unpaid' and o.status = 'pending' and s.status in ('pending', 'processing') and s.paid_at is null
      and p.status in ('started', 'requires_action', 'unknown')))::int;
end $function$
;

CREATE OR REPLACE FUNCTION catalog.follow_variants()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
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
end $function$
;

CREATE OR REPLACE FUNCTION catalog.product_search_1(p_words text[])
 RETURNS TABLE(product_id text, rank real)
 LANGUAGE sql
 STABLE
 SET search_path TO 'extensions', 'pg_catalog'
 SET "pg_trgm.word_similarity_threshold" TO '0.45'
AS $function$
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
$function$
;

CREATE OR REPLACE FUNCTION catalog.word_known_1(p_word text)
 RETURNS boolean
 LANGUAGE plpgsql
 STABLE
 SET plan_cache_mode TO 'force_custom_plan'
AS $function$
begin
  return length(p_word) < 3 or exists (select from catalog.search_word s where s.word like '%' || p_word || '%');
end $function$
;

CREATE OR REPLACE FUNCTION catalog.words_note_1(p_texts text[])
 RETURNS void
 LANGUAGE sql
AS $function$
  insert into catalog.search_word (word)
  select distinct w.word
  from unnest(p_texts) as t (text)
  cross join lateral regexp_split_to_table(lower(t.text), '[^[:alnum:]]+') as w (word)
  where length(w.word) between 3 and 40
    and not exists (select from catalog.search_word k where k.word = w.word and k.noted_at > now() - interval '12 hours')
  order by w.word
  on conflict (word) do update set noted_at = now()
$function$
;

CREATE TRIGGER follow_inserted AFTER INSERT ON catalog.variant REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION catalog.follow_variants();

CREATE TRIGGER follow_updated AFTER UPDATE ON catalog.variant REFERENCING NEW TABLE AS written FOR EACH STATEMENT EXECUTE FUNCTION catalog.follow_variants();

create schema checkout;

create type checkout.late_payment as enum ('honoured', 'refunded');

create type checkout.on_store_failure as enum ('ship_what_you_can', 'all_or_nothing');

create type checkout.session_status as enum ('pending', 'processing', 'completed', 'failed', 'expired', 'cancelled');

create table checkout.contact_change (
  session_id text not null,
  from_email text,
  to_email text not null,
  changed_at timestamp with time zone default clock_timestamp() not null,
  constraint contact_change_session_id_fkey FOREIGN KEY (session_id) REFERENCES checkout.session(session_id)
);

create table checkout.session (
  session_id text not null,
  account_id text not null,
  status checkout.session_status default 'pending'::checkout.session_status not null,
  currency text not null,
  cart_hash text not null,
  snapshot jsonb not null,
  quote jsonb,
  needs_shipping boolean not null,
  item_count integer not null,
  subtotal_minor bigint not null,
  discount_minor bigint default 0 not null,
  shipping_minor bigint default 0 not null,
  tax_minor bigint default 0 not null,
  total_minor bigint not null,
  shipping_address jsonb,
  contact_email text,
  customer_name text,
  locale text default 'en'::text not null,
  payment_method_id text,
  on_store_failure checkout.on_store_failure default 'ship_what_you_can'::checkout.on_store_failure not null,
  version integer default 0 not null,
  late_payment checkout.late_payment,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  paid_at timestamp with time zone,
  finished_at timestamp with time zone,
  constraint session_pkey PRIMARY KEY (session_id),
  constraint session_check CHECK ((total_minor = (((subtotal_minor - discount_minor) + shipping_minor) + tax_minor))),
  constraint session_currency_check CHECK ((currency = ANY (ARRAY['USD'::text, 'KRW'::text]))),
  constraint session_locale_check CHECK ((locale = ANY (ARRAY['en'::text, 'ko'::text])))
) with (fillfactor=70);

CREATE INDEX contact_change_session ON checkout.contact_change USING btree (session_id);

CREATE INDEX session_account ON checkout.session USING btree (account_id, created_at DESC);

CREATE INDEX session_contact ON checkout.session USING btree (lower(contact_email)) WHERE (contact_email IS NOT NULL);

CREATE INDEX session_created_span ON checkout.session USING brin (created_at);

CREATE INDEX session_due ON checkout.session USING btree (expires_at) WHERE (status = 'pending'::checkout.session_status);

CREATE INDEX session_forget ON checkout.session USING btree (finished_at) WHERE ((paid_at IS NULL) AND ((shipping_address IS NOT NULL) OR (contact_email IS NOT NULL)));

CREATE UNIQUE INDEX session_live ON checkout.session USING btree (account_id, cart_hash) WHERE ((status = ANY (ARRAY['pending'::checkout.session_status, 'processing'::checkout.session_status])) AND (paid_at IS NULL));

CREATE INDEX session_open ON checkout.session USING btree (paid_at) WHERE (status = 'processing'::checkout.session_status);

CREATE OR REPLACE FUNCTION checkout.adopt_1(p_from_account_id text, p_to_account_id text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  twin record;
  unpaid text[];
begin
  perform 1 from orders.store_order o where o.account_id = p_from_account_id and o.payment_status <> 'unpaid' order by o.order_number for update;
  unpaid := array(select s.session_id from checkout.session s where s.account_id = p_from_account_id and s.paid_at is null);
  perform 1 from checkout.session s where s.account_id in (p_from_account_id, p_to_account_id) and (s.account_id = p_from_account_id or s.paid_at is null)
  order by s.session_id for update;
  if exists (select from checkout.session s where s.session_id = any (unpaid) and s.paid_at is not null) then
    raise exception 'a session of the visitor was paid meanwhile' using errcode = '40001';
  end if;
  for twin in
    select theirs.session_id as theirs_id, theirs.status as theirs_status, mine.session_id as mine_id, mine.status as mine_status
    from checkout.session theirs
    join checkout.session mine on mine.account_id = p_to_account_id and mine.cart_hash = theirs.cart_hash
      and mine.status in ('pending', 'processing') and mine.paid_at is null
    where theirs.account_id = p_from_account_id and theirs.status in ('pending', 'processing') and theirs.paid_at is null
    order by theirs.session_id, mine.session_id
  loop
    if twin.mine_status = 'pending' then
      perform checkout.session_end_1(twin.mine_id, 'cancelled');
    elsif twin.theirs_status = 'pending' then
      perform checkout.session_end_1(twin.theirs_id, 'cancelled');
    end if;
  end loop;
  update checkout.session s
  set account_id = p_to_account_id, cart_hash = s.cart_hash || case when exists (
    select from checkout.session mine
    where mine.account_id = p_to_account_id and mine.cart_hash = s.cart_hash and mine.status = 'processing' and mine.paid_at is null
      and s.status = 'processing' and s.paid_at is null) then ' ' || s.session_id else '' end
  where s.account_id = p_from_account_id;
end $function$
;

CREATE OR REPLACE FUNCTION checkout.contact_change_1(p_session_id text, p_account_id text, p_email text, p_changes_max integer)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  s checkout.session;
begin
  select x.* into s from checkout.session x where x.session_id = p_session_id and x.account_id = p_account_id for update;
  if not found then return 'not_found'; end if;
  if s.status in ('cancelled', 'failed') then return s.status::text; end if;
  if s.paid_at is null and (s.status = 'expired' or s.expires_at <= now()) and s.status <> 'processing' then
    return 'expired';
  end if;
  if s.paid_at is not null and not exists (
    select from orders.store_order o where o.session_id = p_session_id and o.status not in ('delivered', 'failed', 'cancelled')
  ) then
    return 'completed';
  end if;
  if s.contact_email is not distinct from p_email then return 'changed'; end if;
  if (select count(*) from checkout.contact_change c where c.session_id = p_session_id) >= p_changes_max then
    return 'too_often';
  end if;
  insert into checkout.contact_change (session_id, from_email, to_email) values (p_session_id, s.contact_email, p_email);
  update checkout.session x set contact_email = p_email, updated_at = now() where x.session_id = p_session_id;
  return 'changed';
end $function$
;

CREATE OR REPLACE FUNCTION checkout.deliver_digital_1(p_session_id text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  file record;
  given text;
begin
  for file in
    select o.order_number, o.account_id, o.group_key from orders.store_order o
    where o.session_id = p_session_id and o.kind = 'digital' and o.status = 'pending' and o.payment_status = 'paid'
    order by o.group_key
  loop
    given := access.grant_1(file.order_number, file.account_id, file.group_key);
    if given in ('granted', 'already') then
      perform orders.order_placed_1(file.order_number, 'digital', null);
      perform orders.advance_1(file.order_number, 'delivered', null);
    else
      perform orders.order_end_1(file.order_number, 'failed', case given when 'owned' then 'already_purchased' else 'out_of_stock' end);
    end if;
  end loop;
end $function$
;

CREATE OR REPLACE FUNCTION checkout.digital_refusal_1(s checkout.session)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  product_ids text[] := array(select g ->> 'key' from jsonb_array_elements(s.snapshot -> 'groups') g where g ->> 'kind' = 'digital');
begin
  if cardinality(product_ids) = 0 then return null; end if;
  -- A price that was frozen is kept to; a seller who may not sell at all is another thing.
  if exists (
    select from catalog.product p join store.store st using (store_id)
    where p.product_id = any (product_ids) and (not st.is_active or exists (
      select from seller.seller x where x.account_id = p.seller_id and x.suspended_at is not null))
  ) then
    return 'product_unavailable';
  end if;
  perform pg_advisory_xact_lock(hashtextextended('checkout.digital:' || s.account_id, 0));
  if exists (
    select from access.holding h where h.account_id = s.account_id and h.product_id = any (product_ids) and h.revoked_at is null
  ) then
    return 'already_purchased';
  end if;
  if exists (select from catalog.product p where p.product_id = any (product_ids) and p.seller_id = s.account_id) then return 'self_purchase'; end if;
  if exists (select from checkout.in_the_air_1(s.account_id, s.session_id, product_ids)) then return 'payment_in_progress'; end if;
  -- What its seller has taken off the shelf since is not sold any more, held or not: no copy of it has to be sent back.
  if exists (select from catalog.product p where p.product_id = any (product_ids) and not p.is_active) then return 'product_unavailable'; end if;
  if exists (select from checkout.sold_out_2(s.account_id, product_ids, true)) then return 'out_of_stock'; end if;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION checkout.follow_order()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  s record;
begin
  if new.payment_status = 'unpaid' or (old.status = new.status and old.cancel_refused_at is not distinct from new.cancel_refused_at) then
    return null;
  end if;
  select x.on_store_failure into s from checkout.session x
  where x.session_id = new.session_id and x.status = 'processing' and x.paid_at is not null for update;
  if not found then return null; end if;

  -- Each a statement of its own after the lock: what another order's commit wrote while this one waited is seen.
  if s.on_store_failure = 'all_or_nothing' and (
    select count(*) filter (where o.status = 'failed') > 0
      and count(*) filter (where o.status = 'pending' or (o.status in ('placed', 'confirmed') and o.cancel_refused_at is null)) > 0
    from orders.store_order o where o.session_id = new.session_id
  ) then
    perform graphile_worker.add_job('checkout.unwind', json_build_object('sessionId', new.session_id), job_key => 'checkout.unwind:' || new.session_id);
    return null;
  end if;
  update checkout.session x
  set status = case when tally.is_lost then 'failed' else 'completed' end::checkout.session_status, finished_at = now(), updated_at = now()
  from (
    select bool_and(o.status <> 'pending') as is_over, bool_and(o.status in ('failed', 'cancelled')) as is_lost
    from orders.store_order o where o.session_id = new.session_id
  ) tally
  where x.session_id = new.session_id and tally.is_over;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION checkout.guard_session()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.status <> old.status and not (
    (old.status = 'pending' and new.status in ('processing', 'expired', 'cancelled'))
    -- Back to pending: the card was declined or needs its owner; the shopper tries again.
    or (old.status = 'processing' and new.status in ('pending', 'completed', 'failed'))
    -- A payment that succeeded too late, honoured.
    or (old.status = 'expired' and new.status = 'processing')
  ) then
    raise exception 'session % cannot go from % to %', old.session_id, old.status, new.status using errcode = 'MU001';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION checkout.guard_snapshot()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'the snapshot of session % is frozen', old.session_id using errcode = 'MU001';
end $function$
;

CREATE OR REPLACE FUNCTION checkout.in_the_air_1(p_account_id text, p_session_id text, p_product_ids text[])
 RETURNS SETOF text
 LANGUAGE sql
 STABLE
AS $function$
  select distinct o.group_key
  from orders.store_order o
  join checkout.session s using (session_id)
  join payment.payment p using (session_id)
  where o.account_id = p_account_id and o.group_key = any (p_product_ids) and o.kind = 'digital' and o.session_id <> p_session_id
    and o.payment_status = 'unpaid' and o.status = 'pending' and s.status in ('pending', 'processing') and s.paid_at is null
    and p.status in ('started', 'requires_action', 'unknown')
$function$
;

CREATE OR REPLACE FUNCTION checkout.named_1(p_items jsonb, p_product_ids text[])
 RETURNS jsonb
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select jsonb_agg(i) from jsonb_array_elements(p_items) i where i ->> 'productId' = any (p_product_ids)
$function$
;

CREATE OR REPLACE FUNCTION checkout.orders_open_1(p_session_id text, p_account_id text)
 RETURNS TABLE(outcome text, amount_minor bigint)
 LANGUAGE plpgsql
AS $function$
declare
  s checkout.session;
  refused text;
begin
  select x.* into s from checkout.session x where x.session_id = p_session_id and x.account_id = p_account_id for update;
  refused := case
    when s.session_id is null then 'not_found'
    when s.status = 'cancelled' then 'cancelled'
    when s.status = 'expired' or (s.status = 'pending' and s.expires_at <= now()) then 'expired'
    -- A charge, or a transfer that is waited for: there is no second window beside it.
    when s.status <> 'pending' or exists (
      select from payment.payment p where p.session_id = s.session_id and p.status in ('started', 'requires_action', 'unknown')) then 'payment_in_progress'
    when s.currency <> 'KRW' then 'currency_not_supported'
    when s.needs_shipping then 'shipping_address_required'
    when s.total_minor < 100 then 'amount_too_small'
    else checkout.digital_refusal_1(s)
  end;
  if refused is null then perform orders.put_1(p_session_id, p_account_id, s.currency, s.snapshot, s.quote); end if;
  return query select coalesce(refused, 'opened'), s.total_minor;
end $function$
;

CREATE OR REPLACE FUNCTION checkout.payment_awaits_deposit_1(p_attempt_id text, p_provider_ref text, p_bank_code text, p_account_number text, p_holder_name text, p_due_at timestamp with time zone, p_secret text, p_check_after interval)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  owner text;
begin
  select p.session_id into owner from payment.payment p join payment.attempt a using (payment_id) where a.attempt_id = p_attempt_id;
  perform 1 from checkout.session s where s.session_id = owner for update;
  if not payment.await_deposit_1(p_attempt_id, p_provider_ref, p_bank_code, p_account_number, p_holder_name, p_due_at, p_secret,
    now() + p_check_after) then
    return null;
  end if;
  perform inventory.hold_until_1(owner, p_due_at);
  return owner;
end $function$
;

CREATE OR REPLACE FUNCTION checkout.payment_canceled_1(p_payment_id text, p_generation integer)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
declare
  owner checkout.session;
begin
  select s.* into owner from checkout.session s join payment.payment p using (session_id) where p.payment_id = p_payment_id for update of s;
  if not payment.intent_canceled_1(p_payment_id, p_generation) then return false; end if;
  if owner.status in ('expired', 'cancelled') then perform orders.abandon_1(owner.session_id); end if;
  return true;
end $function$
;

CREATE OR REPLACE FUNCTION checkout.payment_settled_1(p_attempt_id text, p_status payment.attempt_status, p_provider_ref text, p_client_secret text, p_action_url text, p_failure_code text, p_decline_code text, p_check_after interval)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  owner text;
  stands checkout.session_status;
begin
  select p.session_id into owner from payment.payment p join payment.attempt a using (payment_id) where a.attempt_id = p_attempt_id;
  select s.status into stands from checkout.session s where s.session_id = owner for update;
  if p_failure_code = 'canceled' and stands in ('expired', 'cancelled') then
    perform checkout.payment_canceled_1(p.payment_id, p.generation) from payment.payment p
    where p.session_id = owner and p.provider_ref = p_provider_ref;
    return owner;
  end if;
  if not payment.settle_attempt_1(p_attempt_id, p_status, p_provider_ref, p_client_secret, p_action_url, p_failure_code, p_decline_code, now() + p_check_after) then
    return null;
  end if;
  if p_status in ('failed', 'requires_action') then
    update checkout.session s set status = 'pending', updated_at = now()
    where s.session_id = owner and s.status = 'processing' and s.paid_at is null;
  end if;
  return owner;
end $function$
;

CREATE OR REPLACE FUNCTION checkout.payment_succeeded_1(p_payment_id text, p_provider_ref text, p_amount_minor bigint, p_currency text)
 RETURNS TABLE(outcome text, session_id text)
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare
  pay payment.payment;
  s checkout.session;
  variant_ids text[];
  quantities int[];
  short text[];
  lost record;
begin
  select p.* into pay from payment.payment p where p.payment_id = p_payment_id;
  if not found then return query select 'not_found', null::text; return; end if;
  if pay.status = 'succeeded' then
    if pay.provider_ref <> p_provider_ref then
      perform payment.unmatched_1(p_payment_id, p_provider_ref, 'surplus', p_amount_minor, p_currency);
    end if;
    return query select case when pay.provider_ref = p_provider_ref then 'already' else 'surplus' end, pay.session_id; return;
  end if;
  select x.* into s from checkout.session x where x.session_id = pay.session_id for update;
  -- Whoever waited here for the first finds it done, and must not go on to lock orders that placements hold by now.
  select p.* into pay from payment.payment p where p.payment_id = p_payment_id;
  if pay.status = 'succeeded' then
    if pay.provider_ref <> p_provider_ref then
      perform payment.unmatched_1(p_payment_id, p_provider_ref, 'surplus', p_amount_minor, p_currency);
    end if;
    return query select case when pay.provider_ref = p_provider_ref then 'already' else 'surplus' end, pay.session_id; return;
  end if;
  if pay.amount_minor <> p_amount_minor or pay.currency <> p_currency then
    perform payment.unmatched_1(p_payment_id, p_provider_ref, 'amount_mismatch', p_amount_minor, p_currency);
    return query select 'amount_mismatch', s.session_id; return;
  end if;

  -- Lock order: session, orders by number, payment, stock by id, cart.
  perform 1 from orders.store_order o where o.session_id = s.session_id order by o.order_number for update;
  if not payment.succeed_1(p_payment_id, p_provider_ref) then return query select 'already', s.session_id; return; end if;

  select array_agg(i.variant_id order by i.variant_id), array_agg(i.quantity order by i.variant_id) into variant_ids, quantities
  from orders.store_order o join orders.order_item i using (order_number)
  where o.session_id = s.session_id and o.status = 'pending' and o.payment_status = 'unpaid';
  if s.status <> 'cancelled' and variant_ids is not null then
    short := array(select inventory.commit_1(s.session_id, variant_ids, quantities));
  end if;

  -- The last case: an intent for an older total, succeeded after the shopper had chosen anew and before they pressed again.
  -- What was bought is not what was paid, so neither is honoured (M2, M6).
  if s.status = 'cancelled' or variant_ids is null or (s.status = 'expired' and cardinality(short) > 0) or s.total_minor <> p_amount_minor then
    perform inventory.restock_1(s.session_id, variant_ids);
    perform orders.abandon_1(s.session_id);
    perform payment.refund_open_1('re_' || replace(gen_random_uuid()::text, '-', ''), p_payment_id, null, 'session:' || s.session_id || ':late',
      p_amount_minor, 'paid_too_late', null, null);
    update checkout.session x
    set late_payment = 'refunded', paid_at = now(), updated_at = now(),
        status = case x.status when 'pending' then 'cancelled' when 'processing' then 'failed' else x.status::text end::checkout.session_status
    where x.session_id = s.session_id;
    return query select 'refunded_late', s.session_id; return;
  end if;

  perform orders.mark_paid_1(s.session_id);
  perform cart.remove_bought_1(s.account_id, variant_ids, quantities);
  update checkout.session x
  set status = 'processing', paid_at = now(), updated_at = now(), late_payment = case when s.status = 'expired' or (s.status = 'pending' and s.expires_at <= now()) then 'honoured' end::checkout.late_payment
  where x.session_id = s.session_id;

  for lost in
    select distinct o.order_number from orders.store_order o join orders.order_item i using (order_number)
    where o.session_id = s.session_id and o.status = 'pending' and cardinality(short) > 0
      -- Files are their buyer's whatever becomes of the parcels, as the page says.
      and (i.variant_id = any (short) or (s.on_store_failure = 'all_or_nothing' and o.kind = 'physical'))
    order by o.order_number
  loop
    perform orders.order_end_1(lost.order_number, 'failed', 'out_of_stock');
  end loop;
  perform checkout.deliver_digital_1(s.session_id);
  perform placement.enqueue_1(array(
    select o.order_number from orders.store_order o
    where o.session_id = s.session_id and o.status = 'pending' and o.payment_status = 'paid' and o.kind = 'physical'));
  -- Of digital goods alone nothing is left to wait for.
  return query select case x.status when 'completed' then 'completed' else 'paid' end, x.session_id
    from checkout.session x where x.session_id = s.session_id;
end $function$
;

CREATE OR REPLACE FUNCTION checkout.place_start_1(p_session_id text, p_account_id text, p_payment_id text, p_attempt_id text, p_check_after interval, p_dead_ref text DEFAULT NULL::text, p_press bytea DEFAULT NULL::bytea, p_total_minor bigint DEFAULT NULL::bigint)
 RETURNS TABLE(outcome text, payment_id text, attempt_id text, attempt_number integer, generation integer, provider_ref text, replace_intent boolean, amount_minor bigint, currency text, method_ref text)
 LANGUAGE plpgsql
AS $function$
declare
  s checkout.session;
  pay payment.payment;
  last payment.attempt;
  pressed text;
  is_repeat boolean;
  state text;
begin
  select x.* into s from checkout.session x where x.session_id = p_session_id and x.account_id = p_account_id for update;
  select p.* into pay from payment.payment p where p.session_id = p_session_id;
  is_repeat := exists (
    select from payment.attempt a
    where a.payment_id = pay.payment_id and a.press = p_press and coalesce(a.failure_code, '') not in ('provider_error', 'credentials'));
  pressed := md5(coalesce(s.quote::text, ''));
  state := case
    when s.session_id is null then 'not_found'
    when s.paid_at is not null then 'paid'
    when s.status = 'cancelled' then 'cancelled'
    when s.status = 'expired' then 'expired'
    -- A challenge whose outcome is being asked for is in the air as well, though its session is the shopper's again.
    when s.status = 'processing' or pay.status in ('started', 'unknown') then 'in_flight'
    when is_repeat and pay.status <> 'requires_action' then 'answered'
    when not is_repeat and s.total_minor <> p_total_minor and (s.quote is not null or not s.needs_shipping) then 'price_changed'
    when pay.status = 'requires_action' and pay.provider_ref <> coalesce(p_dead_ref, '') then 'action_pending'
    when s.expires_at <= now() then 'expired_now'
    when s.needs_shipping and s.quote is null then 'shipping_address_required'
    -- A card is not charged below half a dollar, nor below a hundred won.
    when s.total_minor < case s.currency when 'KRW' then 100 else 50 end then 'amount_too_small'
    when s.payment_method_id is null then 'payment_method_required'
    -- Won are charged through TossPayments, whose methods alone have a colon (rooms/payment/toss/method-ref.ts).
    when (s.currency = 'KRW') <> (strpos(s.payment_method_id, ':') > 0) then 'payment_method_required'
    when pay.provider_ref <> coalesce(p_dead_ref, '') and pay.amount_minor <> s.total_minor then 'intent_outdated'
    else coalesce(checkout.digital_refusal_1(s), 'started')
  end;
  if state = 'expired_now' then
    perform checkout.session_end_1(p_session_id, 'expired');
    state := 'expired';
  end if;
  if state <> 'started' then
    select a.* into last from payment.attempt a where a.payment_id = pay.payment_id order by a.number desc limit 1;
    return query select state, pay.payment_id, last.attempt_id, last.number, pay.generation, pay.provider_ref,
      not is_repeat and (last.amount_minor, last.method_ref, last.terms) is distinct from (s.total_minor, s.payment_method_id, pressed),
      s.total_minor, s.currency, s.payment_method_id;
    return;
  end if;

  perform orders.put_1(p_session_id, p_account_id, s.currency, s.snapshot, s.quote);
  update checkout.session x set status = 'processing', updated_at = now() where x.session_id = p_session_id;
  return query
    select 'started', r.payment_id, r.attempt_id, r.number, r.generation, r.provider_ref, false, s.total_minor, s.currency, s.payment_method_id
    from payment.attempt_start_1(p_session_id, p_account_id, p_payment_id, p_attempt_id, s.total_minor, s.currency, s.payment_method_id,
      pressed, p_check_after, p_dead_ref, p_press) r;
end $function$
;

CREATE OR REPLACE FUNCTION checkout.session_cancel_1(p_session_id text, p_account_id text)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  s checkout.session;
begin
  select x.* into s from checkout.session x where x.session_id = p_session_id and x.account_id = p_account_id for update;
  if not found then return 'not_found'; end if;
  if s.status = 'cancelled' then return 'cancelled'; end if;
  if s.status = 'expired' then return 'expired'; end if;
  if s.status in ('completed', 'failed') then return 'closed'; end if;
  -- A transfer that is waited for is not in the air: until it comes its payer may think again, and the account is closed.
  if s.status = 'processing' and s.paid_at is null and exists (
    select from payment.payment p join payment.deposit d using (payment_id) where p.session_id = p_session_id and p.status = 'requires_action'
  ) then
    update checkout.session x set status = 'pending' where x.session_id = p_session_id returning x.* into s;
  end if;
  if s.status <> 'pending' then return 'processing'; end if;
  perform checkout.session_end_1(p_session_id, 'cancelled');
  return 'cancelled';
end $function$
;

CREATE OR REPLACE FUNCTION checkout.session_end_1(p_session_id text, p_status checkout.session_status)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  pay payment.payment;
begin
  update checkout.session s set status = p_status, finished_at = now(), updated_at = now(), version = s.version + 1
  where s.session_id = p_session_id;
  perform inventory.release_1(p_session_id, case p_status when 'expired' then 'expired' else 'released' end::inventory.reservation_status);

  select p.* into pay from payment.payment p where p.session_id = p_session_id;
  -- Orders without a payment: a window of Toss was opened for them, and nobody came back from it.
  if not found or (pay.provider_ref is null and pay.status = 'failed') then
    perform orders.abandon_1(p_session_id);
  elsif pay.status <> 'canceled' then
    perform graphile_worker.add_job('checkout.cancel_payment', json_build_object('sessionId', p_session_id), job_key => 'checkout.cancel_payment:' || p_session_id);
  end if;
end $function$
;

CREATE OR REPLACE FUNCTION checkout.session_json_1(s checkout.session)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
AS $function$
  select jsonb_build_object(
    'sessionId', s.session_id, 'accountId', s.account_id, 'status', s.status, 'currency', s.currency, 'snapshot', s.snapshot, 'quote', s.quote,
    'needsShipping', s.needs_shipping, 'itemCount', s.item_count, 'subtotalMinor', s.subtotal_minor, 'discountMinor', s.discount_minor,
    'shippingMinor', s.shipping_minor, 'taxMinor', s.tax_minor, 'totalMinor', s.total_minor, 'shippingAddress', s.shipping_address,
    'contactEmail', s.contact_email, 'paymentMethodId', s.payment_method_id, 'onStoreFailure', s.on_store_failure, 'version', s.version,
    'latePayment', s.late_payment, 'expiresAt', (extract(epoch from s.expires_at) * 1000)::bigint,
    'secondsLeft', greatest(0, extract(epoch from s.expires_at - now()))::int,
    'createdAt', (extract(epoch from s.created_at) * 1000)::bigint, 'paidAt', (extract(epoch from s.paid_at) * 1000)::bigint)
$function$
;

CREATE OR REPLACE FUNCTION checkout.session_start_3(p_account_id text, p_session_id text, p_ttl interval, p_locale text DEFAULT 'en'::text, p_product_ids text[] DEFAULT NULL::text[], p_currency text DEFAULT NULL::text)
 RETURNS TABLE(outcome text, problem jsonb, session jsonb)
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare
  cart record;
  known checkout.session;
  made checkout.session;
  short jsonb;
  older text[];
  digital text[];
begin
  perform pg_advisory_xact_lock(hashtextextended('checkout.session:' || p_account_id, 0));

  if p_product_ids is not null then
    select jsonb_agg(jsonb_build_object('productId', w.product_id) order by w.product_id) into short
    from unnest(p_product_ids) as w (product_id)
    where not exists (select from catalog.variant v where v.product_id = w.product_id);
    if short is not null then return query select 'product_not_found', short, null::jsonb; return; end if;
  end if;

  with wanted as (
    select i.item_id, i.variant_id, i.quantity, i.seen_price_minor, i.added_at from cart.item i
    where p_product_ids is null and i.account_id = p_account_id
    union all
    select one.variant_id, one.variant_id, 1, one.price_minor, now() + w.n * interval '1 microsecond'
    from (select u.product_id, min(u.n) as n from unnest(p_product_ids) with ordinality as u (product_id, n) group by u.product_id) w
    cross join lateral (
      select v.variant_id, v.price_minor from catalog.variant v where v.product_id = w.product_id
      order by v.is_active desc, v.position, v.variant_id limit 1
    ) one
  ), line as (
    select row_number() over (order by i.added_at, i.item_id) as line_no, i.item_id, i.quantity, v.variant_id, v.sku, v.size, v.color,
      v.price_minor, v.list_price_minor, p.product_id, p.title, p.image_url, p.product_url, p.kind, p.currency, st.store_id, st.name as store_name,
      st.return_policy, st.texts as store_texts,
      case p.kind when 'digital' then p.product_id else st.store_id end as group_key,
      v.is_active and v.is_in_stock and p.is_active and st.is_active
        -- M6: a price that was read off a page a day ago is nobody's word any more.
        and (p.page_read_at is null or p.page_read_at > now() - interval '24 hours') as is_available, i.seen_price_minor <> v.price_minor as is_repriced,
      coalesce(p.seller_id, st.owner_account_id) = p_account_id as is_own
    from wanted i
    join catalog.variant v using (variant_id)
    join catalog.product p using (product_id)
    join store.store st using (store_id)
    -- Of a cart of two currencies that part alone; the other one stays where it is.
    where p_currency is null or p.currency = p_currency
  ), grouped as (
    select min(l.line_no) as position, sum(l.price_minor * l.quantity) as subtotal_minor, sum(l.quantity) as item_count, jsonb_build_object(
      'key', l.group_key, 'storeId', l.store_id, 'storeName', l.store_name, 'kind', l.kind, 'itemCount', sum(l.quantity),
      'returnPolicy', l.return_policy, 'storeTexts', l.store_texts, 'subtotalMinor', sum(l.price_minor * l.quantity), 'items', jsonb_agg(jsonb_build_object(
        'lineNo', l.line_no, 'itemId', l.item_id, 'productId', l.product_id, 'variantId', l.variant_id, 'sku', l.sku, 'title', l.title,
        'size', l.size, 'color', l.color, 'imageUrl', l.image_url, 'productUrl', l.product_url, 'quantity', l.quantity,
        'unitPriceMinor', l.price_minor, 'originalPriceMinor', l.list_price_minor, 'lineTotalMinor', l.price_minor * l.quantity
      ) order by l.line_no)) as body
    from line l group by l.group_key, l.store_id, l.store_name, l.kind, l.return_policy, l.store_texts
  )
  select
    (select jsonb_build_object('groups', jsonb_agg(g.body order by g.position)) from grouped g) as snapshot,
    (select sum(g.subtotal_minor) from grouped g)::bigint as subtotal_minor, (select sum(g.item_count) from grouped g)::int as item_count,
    count(*) as lines, count(distinct l.currency) as currencies, min(l.currency) as currency,
    coalesce(bool_or(l.kind = 'physical'), false) as needs_shipping, coalesce(bool_or(l.is_repriced), false) as is_repriced,
    md5(string_agg(l.variant_id || ':' || l.quantity, ',' order by l.variant_id)) as hash,
    jsonb_agg(jsonb_build_object('itemId', l.item_id, 'title', l.title) order by l.line_no) filter (where not l.is_available) as unavailable,
    jsonb_agg(jsonb_build_object('itemId', l.item_id, 'title', l.title) order by l.line_no) filter (where l.is_own) as own,
    jsonb_agg(jsonb_build_object('itemId', l.item_id, 'title', l.title, 'currency', l.currency) order by l.line_no) as named,
    array_agg(l.variant_id order by l.variant_id) as variant_ids, array_agg(l.quantity order by l.variant_id) as quantities,
    array_agg(l.product_id order by l.product_id) filter (where l.kind = 'digital') as digital,
    jsonb_agg(jsonb_build_object('itemId', l.item_id, 'productId', l.product_id, 'title', l.title) order by l.line_no) filter (where l.kind = 'digital') as files
  into cart from line l;

  if cart.lines = 0 then return query select 'cart_empty', null::jsonb, null::jsonb; return; end if;
  if cart.currencies > 1 then return query select 'mixed_currency', cart.named, null::jsonb; return; end if;
  if cart.unavailable is not null then return query select 'product_unavailable', cart.unavailable, null::jsonb; return; end if;
  if cart.own is not null then return query select 'self_purchase', cart.own, null::jsonb; return; end if;
  -- The marketplace's older way asks for no address.
  if p_product_ids is not null and cart.needs_shipping then return query select 'shipping_address_required', cart.named, null::jsonb; return; end if;
  if cart.digital is not null then
    digital := array(select h.product_id from access.holding h
      where h.account_id = p_account_id and h.product_id = any (cart.digital) and h.revoked_at is null);
    if cardinality(digital) > 0 then return query select 'already_purchased', checkout.named_1(cart.files, digital), null::jsonb; return; end if;
  end if;

  select s.* into known from checkout.session s
  where s.account_id = p_account_id and s.cart_hash = cart.hash and s.status in ('pending', 'processing') and s.paid_at is null for update;
  if found then
    if known.status = 'processing' or known.expires_at > now() then
      -- Of an edition nothing is held before the press: its last copy may have gone since this session began.
      digital := array(select checkout.sold_out_2(p_account_id, cart.digital, false));
      if known.status = 'pending' and cardinality(digital) > 0 then
        return query select 'out_of_stock', checkout.named_1(cart.files, digital), null::jsonb; return;
      end if;
      -- Who came back in another language is written to in that one.
      if known.locale <> p_locale then
        update checkout.session s set locale = p_locale where s.session_id = known.session_id;
      end if;
      return query select 'existing', null::jsonb, checkout.session_json_1(known); return;
    end if;
    perform checkout.sessions_end_1(array[known.session_id], 'expired', cart.variant_ids);
  end if;

  -- What waits for its owner's bank is left alone, unless it is for a file that is wanted here as well: that is paid once.
  older := array(
    select s.session_id from checkout.session s
    where s.account_id = p_account_id and s.status = 'pending' and s.cart_hash <> cart.hash
      and not exists (select from payment.payment p where p.session_id = s.session_id and (p.status in ('started', 'unknown')
        or (p.status = 'requires_action' and not exists (
          select from orders.store_order o where o.session_id = s.session_id and o.kind = 'digital' and o.group_key = any (cart.digital)))))
    order by s.session_id for update of s);
  perform checkout.sessions_end_1(older, 'cancelled', cart.variant_ids);
  if cart.digital is not null then
    digital := array(select checkout.in_the_air_1(p_account_id, p_session_id, cart.digital));
    if cardinality(digital) > 0 then return query select 'payment_in_progress', checkout.named_1(cart.files, digital), null::jsonb; return; end if;
    digital := array(select checkout.sold_out_2(p_account_id, cart.digital, false));
    if cardinality(digital) > 0 then return query select 'out_of_stock', checkout.named_1(cart.files, digital), null::jsonb; return; end if;
  end if;

  select jsonb_agg(jsonb_build_object('variantId', r.short_variant_id, 'available', r.available)) into short
  from inventory.reserve_1(p_session_id, cart.variant_ids, cart.quantities, now() + p_ttl) r;
  if short is not null then
    return query select 'out_of_stock', (
      select jsonb_agg(jsonb_build_object('itemId', l ->> 'itemId', 'title', l ->> 'title', 'available', sh -> 'available'))
      from jsonb_array_elements(short) sh
      join lateral (select item from jsonb_array_elements(cart.snapshot -> 'groups') g, jsonb_array_elements(g -> 'items') item
                    where item ->> 'variantId' = sh ->> 'variantId') found_line (l) on true), null::jsonb;
    return;
  end if;

  insert into checkout.session (
    session_id, account_id, currency, cart_hash, snapshot, needs_shipping, item_count, subtotal_minor, total_minor, locale, expires_at
  ) values (
    p_session_id, p_account_id, cart.currency, cart.hash, cart.snapshot, cart.needs_shipping, cart.item_count, cart.subtotal_minor,
    cart.subtotal_minor, p_locale, now() + p_ttl
  )
  returning * into made;
  -- The session shows the prices of now: what moved before is seen.
  if cart.is_repriced then perform cart.see_prices_1(p_account_id); end if;
  return query select 'started', null::jsonb, checkout.session_json_1(made);
end $function$
;

CREATE OR REPLACE FUNCTION checkout.sessions_end_1(p_session_ids text[], p_status checkout.session_status, p_variant_ids text[] DEFAULT '{}'::text[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  ended text;
begin
  if cardinality(p_session_ids) = 0 then return; end if;
  perform inventory.hold_1(p_session_ids, p_variant_ids);
  foreach ended in array p_session_ids loop
    perform checkout.session_end_1(ended, p_status);
  end loop;
end $function$
;

CREATE OR REPLACE FUNCTION checkout.sessions_expire_1(p_limit integer)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare
  due text[];
begin
  due := array(
    select s.session_id from checkout.session s where s.status = 'pending' and s.expires_at <= now()
    order by s.expires_at limit p_limit for update skip locked);
  perform checkout.sessions_end_1(due, 'expired');
  return cardinality(due);
end $function$
;

CREATE OR REPLACE FUNCTION checkout.sold_out_2(p_account_id text, p_product_ids text[], p_is_held boolean)
 RETURNS SETOF text
 LANGUAGE plpgsql
AS $function$
declare
  edition record;
begin
  for edition in
    select p.product_id, p.edition_limit from catalog.product p
    where p.product_id = any (p_product_ids) and p.edition_limit is not null
    order by p.product_id
  loop
    if p_is_held then perform access.hold_edition_1(edition.product_id); end if;
    if catalog.edition_left_1(edition.product_id, edition.edition_limit, p_account_id) = 0 then return next edition.product_id; end if;
  end loop;
end $function$
;

CREATE OR REPLACE FUNCTION checkout.tell()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform pg_notify('muse_session', new.session_id || ' ' || new.status);
  return null;
end $function$
;

CREATE TRIGGER frozen BEFORE UPDATE OF snapshot ON checkout.session FOR EACH ROW EXECUTE FUNCTION checkout.guard_snapshot();

CREATE TRIGGER guard BEFORE UPDATE OF status ON checkout.session FOR EACH ROW EXECUTE FUNCTION checkout.guard_session();

CREATE TRIGGER tell AFTER UPDATE OF status ON checkout.session FOR EACH ROW WHEN (((old.status <> new.status) AND (new.status = ANY (ARRAY['failed'::checkout.session_status, 'expired'::checkout.session_status, 'cancelled'::checkout.session_status])))) EXECUTE FUNCTION checkout.tell();

create schema extensions;

CREATE OR REPLACE FUNCTION extensions.daitch_mokotoff(text)
 RETURNS text[]
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/fuzzystrmatch', $function$daitch_mokotoff$function$
;

CREATE OR REPLACE FUNCTION extensions.difference(text, text)
 RETURNS integer
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/fuzzystrmatch', $function$difference$function$
;

CREATE OR REPLACE FUNCTION extensions.dmetaphone(text)
 RETURNS text
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/fuzzystrmatch', $function$dmetaphone$function$
;

CREATE OR REPLACE FUNCTION extensions.dmetaphone_alt(text)
 RETURNS text
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/fuzzystrmatch', $function$dmetaphone_alt$function$
;

CREATE OR REPLACE FUNCTION extensions.gin_extract_query_trgm(text, internal, smallint, internal, internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$gin_extract_query_trgm$function$
;

CREATE OR REPLACE FUNCTION extensions.gin_extract_value_trgm(text, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$gin_extract_value_trgm$function$
;

CREATE OR REPLACE FUNCTION extensions.gin_trgm_consistent(internal, smallint, text, integer, internal, internal, internal, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$gin_trgm_consistent$function$
;

CREATE OR REPLACE FUNCTION extensions.gin_trgm_triconsistent(internal, smallint, text, integer, internal, internal, internal)
 RETURNS "char"
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$gin_trgm_triconsistent$function$
;

CREATE OR REPLACE FUNCTION extensions.gtrgm_compress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$gtrgm_compress$function$
;

CREATE OR REPLACE FUNCTION extensions.gtrgm_consistent(internal, text, smallint, oid, internal)
 RETURNS boolean
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$gtrgm_consistent$function$
;

CREATE OR REPLACE FUNCTION extensions.gtrgm_decompress(internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$gtrgm_decompress$function$
;

CREATE OR REPLACE FUNCTION extensions.gtrgm_distance(internal, text, smallint, oid, internal)
 RETURNS double precision
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$gtrgm_distance$function$
;

CREATE OR REPLACE FUNCTION extensions.gtrgm_in(cstring)
 RETURNS extensions.gtrgm
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$gtrgm_in$function$
;

CREATE OR REPLACE FUNCTION extensions.gtrgm_options(internal)
 RETURNS void
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE
AS '$libdir/pg_trgm', $function$gtrgm_options$function$
;

CREATE OR REPLACE FUNCTION extensions.gtrgm_out(extensions.gtrgm)
 RETURNS cstring
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$gtrgm_out$function$
;

CREATE OR REPLACE FUNCTION extensions.gtrgm_penalty(internal, internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$gtrgm_penalty$function$
;

CREATE OR REPLACE FUNCTION extensions.gtrgm_picksplit(internal, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$gtrgm_picksplit$function$
;

CREATE OR REPLACE FUNCTION extensions.gtrgm_same(extensions.gtrgm, extensions.gtrgm, internal)
 RETURNS internal
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$gtrgm_same$function$
;

CREATE OR REPLACE FUNCTION extensions.gtrgm_union(internal, internal)
 RETURNS extensions.gtrgm
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$gtrgm_union$function$
;

CREATE OR REPLACE FUNCTION extensions.levenshtein(text, text)
 RETURNS integer
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/fuzzystrmatch', $function$levenshtein$function$
;

CREATE OR REPLACE FUNCTION extensions.levenshtein(text, text, integer, integer, integer)
 RETURNS integer
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/fuzzystrmatch', $function$levenshtein_with_costs$function$
;

CREATE OR REPLACE FUNCTION extensions.levenshtein_less_equal(text, text, integer)
 RETURNS integer
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/fuzzystrmatch', $function$levenshtein_less_equal$function$
;

CREATE OR REPLACE FUNCTION extensions.levenshtein_less_equal(text, text, integer, integer, integer, integer)
 RETURNS integer
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/fuzzystrmatch', $function$levenshtein_less_equal_with_costs$function$
;

CREATE OR REPLACE FUNCTION extensions.metaphone(text, integer)
 RETURNS text
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/fuzzystrmatch', $function$metaphone$function$
;

CREATE OR REPLACE FUNCTION extensions.set_limit(real)
 RETURNS real
 LANGUAGE c
 STRICT
AS '$libdir/pg_trgm', $function$set_limit$function$
;

CREATE OR REPLACE FUNCTION extensions.show_limit()
 RETURNS real
 LANGUAGE c
 STABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$show_limit$function$
;

CREATE OR REPLACE FUNCTION extensions.show_trgm(text)
 RETURNS text[]
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$show_trgm$function$
;

CREATE OR REPLACE FUNCTION extensions.similarity(text, text)
 RETURNS real
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$similarity$function$
;

CREATE OR REPLACE FUNCTION extensions.similarity_dist(text, text)
 RETURNS real
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$similarity_dist$function$
;

CREATE OR REPLACE FUNCTION extensions.similarity_op(text, text)
 RETURNS boolean
 LANGUAGE c
 STABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$similarity_op$function$
;

CREATE OR REPLACE FUNCTION extensions.soundex(text)
 RETURNS text
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/fuzzystrmatch', $function$soundex$function$
;

CREATE OR REPLACE FUNCTION extensions.strict_word_similarity(text, text)
 RETURNS real
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$strict_word_similarity$function$
;

CREATE OR REPLACE FUNCTION extensions.strict_word_similarity_commutator_op(text, text)
 RETURNS boolean
 LANGUAGE c
 STABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$strict_word_similarity_commutator_op$function$
;

CREATE OR REPLACE FUNCTION extensions.strict_word_similarity_dist_commutator_op(text, text)
 RETURNS real
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$strict_word_similarity_dist_commutator_op$function$
;

CREATE OR REPLACE FUNCTION extensions.strict_word_similarity_dist_op(text, text)
 RETURNS real
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$strict_word_similarity_dist_op$function$
;

CREATE OR REPLACE FUNCTION extensions.strict_word_similarity_op(text, text)
 RETURNS boolean
 LANGUAGE c
 STABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$strict_word_similarity_op$function$
;

CREATE OR REPLACE FUNCTION extensions.text_soundex(text)
 RETURNS text
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/fuzzystrmatch', $function$soundex$function$
;

CREATE OR REPLACE FUNCTION extensions.word_similarity(text, text)
 RETURNS real
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$word_similarity$function$
;

CREATE OR REPLACE FUNCTION extensions.word_similarity_commutator_op(text, text)
 RETURNS boolean
 LANGUAGE c
 STABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$word_similarity_commutator_op$function$
;

CREATE OR REPLACE FUNCTION extensions.word_similarity_dist_commutator_op(text, text)
 RETURNS real
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$word_similarity_dist_commutator_op$function$
;

CREATE OR REPLACE FUNCTION extensions.word_similarity_dist_op(text, text)
 RETURNS real
 LANGUAGE c
 IMMUTABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$word_similarity_dist_op$function$
;

CREATE OR REPLACE FUNCTION extensions.word_similarity_op(text, text)
 RETURNS boolean
 LANGUAGE c
 STABLE PARALLEL SAFE STRICT
AS '$libdir/pg_trgm', $function$word_similarity_op$function$
;

create schema inventory;

create type inventory.reservation_status as enum ('active', 'committed', 'released', 'expired');

create table inventory.reservation (
  session_id text not null,
  variant_id text not null,
  quantity integer not null,
  status inventory.reservation_status default 'active'::inventory.reservation_status not null,
  expires_at timestamp with time zone not null,
  created_at timestamp with time zone default now() not null,
  ended_at timestamp with time zone,
  constraint reservation_pkey PRIMARY KEY (session_id, variant_id),
  constraint reservation_variant_id_fkey FOREIGN KEY (variant_id) REFERENCES inventory.stock(variant_id),
  constraint reservation_check CHECK (((status = 'active'::inventory.reservation_status) = (ended_at IS NULL))),
  constraint reservation_quantity_check CHECK ((quantity > 0))
);

create table inventory.stock (
  variant_id text not null,
  on_hand integer not null,
  reserved integer default 0 not null,
  allocation integer,
  updated_at timestamp with time zone default now() not null,
  constraint stock_pkey PRIMARY KEY (variant_id),
  constraint stock_variant_id_fkey FOREIGN KEY (variant_id) REFERENCES catalog.variant(variant_id),
  constraint stock_allocation_check CHECK ((allocation >= 0)),
  constraint stock_check CHECK (((reserved >= 0) AND (reserved <= on_hand))),
  constraint stock_on_hand_check CHECK ((on_hand >= 0))
) with (fillfactor=70);

CREATE INDEX reservation_due ON inventory.reservation USING btree (expires_at) WHERE (status = 'active'::inventory.reservation_status);

CREATE INDEX reservation_variant ON inventory.reservation USING btree (variant_id);

CREATE OR REPLACE FUNCTION inventory.commit_1(p_session_id text, p_variant_ids text[], p_quantities integer[])
 RETURNS SETOF text
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare
  line record;
  sold int;
begin
  -- Apart from what follows, which has to see reservations as they are once the stock is ours.
  perform 1 from inventory.stock s where s.variant_id = any (p_variant_ids) order by s.variant_id for update;

  -- Those that are still active, nearly always all. Told by ended_at: a plan made while few are active would look for
  -- the session's through the index of all active ones.
  with kept as (
    update inventory.reservation r set status = 'committed', ended_at = now()
    from unnest(p_variant_ids, p_quantities) as want (variant_id, quantity)
    where r.session_id = p_session_id and r.variant_id = want.variant_id and r.ended_at is null
    returning r.variant_id, want.quantity
  )
  update inventory.stock s set on_hand = s.on_hand - k.quantity, reserved = s.reserved - k.quantity, updated_at = now()
  from kept k where s.variant_id = k.variant_id;
  get diagnostics sold = row_count;
  if sold = cardinality(p_variant_ids) then return; end if;

  for line in
    select s.variant_id, want.quantity, s.on_hand - s.reserved as free
    from unnest(p_variant_ids, p_quantities) as want (variant_id, quantity)
    join inventory.stock s using (variant_id)
    left join inventory.reservation r on r.session_id = p_session_id and r.variant_id = s.variant_id
    where r.status is distinct from 'committed'
    order by s.variant_id
  loop
    if line.free >= line.quantity then
      update inventory.stock s set on_hand = s.on_hand - line.quantity, updated_at = now() where s.variant_id = line.variant_id;
      insert into inventory.reservation (session_id, variant_id, quantity, status, expires_at, ended_at)
      values (p_session_id, line.variant_id, line.quantity, 'committed', now(), now())
      on conflict (session_id, variant_id) do update set status = 'committed', ended_at = now();
    else
      return next line.variant_id;
    end if;
  end loop;
end $function$
;

CREATE OR REPLACE FUNCTION inventory.hold_1(p_session_ids text[], p_variant_ids text[])
 RETURNS void
 LANGUAGE sql
AS $function$
  select from inventory.stock s
  where s.variant_id in (
    select r.variant_id from inventory.reservation r where r.session_id = any (p_session_ids) and r.status = 'active'
    union all select unnest(p_variant_ids))
  order by s.variant_id for update
$function$
;

CREATE OR REPLACE FUNCTION inventory.hold_until_1(p_session_id text, p_until timestamp with time zone)
 RETURNS void
 LANGUAGE sql
AS $function$
  update inventory.reservation r set expires_at = greatest(r.expires_at, p_until)
  where r.session_id = p_session_id and r.status = 'active'
$function$
;

CREATE OR REPLACE FUNCTION inventory.release_1(p_session_id text, p_status inventory.reservation_status)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare
  released int;
begin
  perform 1 from inventory.stock s
  where s.variant_id in (select r.variant_id from inventory.reservation r where r.session_id = p_session_id and r.status = 'active')
  order by s.variant_id for update;

  with ended as (
    update inventory.reservation r set status = p_status, ended_at = now()
    where r.session_id = p_session_id and r.status = 'active'
    returning r.variant_id, r.quantity
  )
  update inventory.stock s set reserved = s.reserved - e.quantity, updated_at = now()
  from ended e where s.variant_id = e.variant_id;
  get diagnostics released = row_count;
  return released;
end $function$
;

CREATE OR REPLACE FUNCTION inventory.reserve_1(p_session_id text, p_variant_ids text[], p_quantities integer[], p_expires_at timestamp with time zone)
 RETURNS TABLE(short_variant_id text, available integer)
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
begin
  perform 1 from inventory.stock s where s.variant_id = any (p_variant_ids) order by s.variant_id for update;

  return query
    select s.variant_id, s.on_hand - s.reserved
    from unnest(p_variant_ids, p_quantities) as want (variant_id, quantity)
    join inventory.stock s using (variant_id)
    where s.on_hand - s.reserved < want.quantity;
  if found then return; end if;

  update inventory.stock s set reserved = s.reserved + want.quantity, updated_at = now()
  from unnest(p_variant_ids, p_quantities) as want (variant_id, quantity)
  where s.variant_id = want.variant_id;

  insert into inventory.reservation (session_id, variant_id, quantity, expires_at)
  select p_session_id, s.variant_id, want.quantity, p_expires_at
  from unnest(p_variant_ids, p_quantities) as want (variant_id, quantity)
  join inventory.stock s using (variant_id);
end $function$
;

CREATE OR REPLACE FUNCTION inventory.restock_1(p_session_id text, p_variant_ids text[])
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare
  restocked int;
begin
  perform 1 from inventory.stock s where s.variant_id = any (p_variant_ids) order by s.variant_id for update;

  with ended as (
    update inventory.reservation r set status = 'released', ended_at = now()
    where r.session_id = p_session_id and r.variant_id = any (p_variant_ids) and r.status = 'committed'
    returning r.variant_id, r.quantity
  )
  update inventory.stock s set on_hand = s.on_hand + e.quantity, updated_at = now()
  from ended e where s.variant_id = e.variant_id;
  get diagnostics restocked = row_count;
  return restocked;
end $function$
;

create schema ledger;

create type ledger.account as enum ('provider_clearing', 'shopper_funds', 'store_payable', 'seller_payable', 'platform_fee', 'shipping', 'tax', 'refunds', 'disputes', 'dispute_losses', 'payouts', 'bank');

create type ledger.cause as enum ('payment_captured', 'order_placed', 'refund_opened', 'refund_paid', 'refund_returned', 'refund_withdrawn', 'dispute_withdrawn', 'dispute_reinstated', 'dispute_lost', 'payout_prepared', 'payout_paid', 'payout_failed');

create type ledger.payout_status as enum ('prepared', 'paid', 'failed');

create type ledger.reconciliation_status as enum ('running', 'finished', 'failed');

create table ledger.difference (
  reconciliation_id text not null,
  number integer not null,
  kind text not null,
  subject text not null,
  payment_id text,
  provider_ref text,
  currency text,
  ours_minor bigint,
  theirs_minor bigint,
  constraint difference_pkey PRIMARY KEY (reconciliation_id, number),
  constraint difference_reconciliation_id_fkey FOREIGN KEY (reconciliation_id) REFERENCES ledger.reconciliation(reconciliation_id)
);

create table ledger.entry (
  entry_id bigint generated always as identity not null,
  cause ledger.cause not null,
  cause_id text not null,
  currency text not null,
  session_id text,
  at timestamp with time zone default now() not null,
  constraint entry_pkey PRIMARY KEY (entry_id),
  constraint entry_cause_cause_id_key UNIQUE (cause, cause_id),
  constraint entry_check CHECK (((session_id IS NULL) = (cause = ANY (ARRAY['payout_prepared'::ledger.cause, 'payout_paid'::ledger.cause, 'payout_failed'::ledger.cause])))),
  constraint entry_currency_check CHECK ((currency = ANY (ARRAY['USD'::text, 'KRW'::text])))
);

create table ledger.payout (
  payout_id text not null,
  seller_id text not null,
  currency text not null,
  amount_minor bigint not null,
  available_minor bigint not null,
  status ledger.payout_status default 'prepared'::ledger.payout_status not null,
  needs_second boolean not null,
  prepared_by text not null,
  prepared_at timestamp with time zone default clock_timestamp() not null,
  approved_by text,
  approved_at timestamp with time zone,
  reference text,
  paid_by text,
  paid_at timestamp with time zone,
  failure text,
  failed_by text,
  failed_at timestamp with time zone,
  late_after text,
  constraint payout_pkey PRIMARY KEY (payout_id),
  constraint payout_amount_minor_check CHECK ((amount_minor > 0)),
  constraint payout_check CHECK ((amount_minor <= available_minor)),
  constraint payout_check1 CHECK (((approved_by IS NULL) = (approved_at IS NULL))),
  constraint payout_check2 CHECK ((approved_by <> prepared_by)),
  constraint payout_check3 CHECK ((((reference IS NULL) = (paid_at IS NULL)) AND ((paid_by IS NULL) = (paid_at IS NULL)))),
  constraint payout_check4 CHECK (((status <> 'prepared'::ledger.payout_status) OR ((paid_at IS NULL) AND (failed_at IS NULL)))),
  constraint payout_check5 CHECK (((status <> 'paid'::ledger.payout_status) OR ((paid_at IS NOT NULL) AND (failed_at IS NULL)))),
  constraint payout_check6 CHECK (((late_after IS NULL) OR (paid_at IS NOT NULL))),
  constraint payout_check7 CHECK ((((status = 'failed'::ledger.payout_status) = (failed_at IS NOT NULL)) AND ((failed_by IS NULL) = (failed_at IS NULL)) AND ((failure IS NULL) = (failed_at IS NULL)))),
  constraint payout_currency_check CHECK ((currency = ANY (ARRAY['USD'::text, 'KRW'::text]))),
  constraint payout_failure_check CHECK ((failure = ANY (ARRAY['called_off'::text, 'refused'::text, 'returned'::text]))),
  constraint payout_late_after_check CHECK ((late_after = ANY (ARRAY['called_off'::text, 'refused'::text]))),
  constraint payout_reference_check CHECK ((reference ~ '^[A-Za-z0-9][A-Za-z0-9._/-]{2,39}$'::text)),
  constraint second_agreed CHECK (((paid_at IS NULL) OR (NOT needs_second) OR (approved_by IS NOT NULL)))
);

create table ledger.payout_rule (
  currency text not null,
  hold_days integer not null,
  constraint payout_rule_pkey PRIMARY KEY (currency),
  constraint payout_rule_currency_check CHECK ((currency = ANY (ARRAY['USD'::text, 'KRW'::text]))),
  constraint payout_rule_hold_days_check CHECK (((hold_days >= 0) AND (hold_days <= 365)))
);

create table ledger.posting (
  entry_id bigint not null,
  line_no smallint not null,
  account ledger.account not null,
  owner_id text,
  order_number text,
  amount_minor bigint not null,
  constraint posting_pkey PRIMARY KEY (entry_id, line_no),
  constraint posting_entry_id_fkey FOREIGN KEY (entry_id) REFERENCES ledger.entry(entry_id),
  constraint posting_amount_minor_check CHECK ((amount_minor <> 0))
);

create table ledger.provider_record (
  provider payment.provider not null,
  record_id text not null,
  kind text not null,
  payment_ref text,
  object_ref text not null,
  own_id text,
  amount_minor bigint not null,
  fee_minor bigint not null,
  currency text not null,
  booked_at timestamp with time zone not null,
  constraint provider_record_pkey PRIMARY KEY (provider, record_id),
  constraint provider_record_kind_check CHECK ((kind = ANY (ARRAY['charge'::text, 'refund'::text, 'refund_failure'::text, 'dispute'::text, 'other'::text])))
);

create table ledger.reconciliation (
  reconciliation_id text not null,
  provider payment.provider not null,
  from_at timestamp with time zone not null,
  to_at timestamp with time zone not null,
  status ledger.reconciliation_status default 'running'::ledger.reconciliation_status not null,
  requested_by text,
  started_at timestamp with time zone default now() not null,
  finished_at timestamp with time zone,
  record_count integer default 0 not null,
  sums jsonb default '[]'::jsonb not null,
  difference_count integer default 0 not null,
  constraint reconciliation_pkey PRIMARY KEY (reconciliation_id),
  constraint reconciliation_check CHECK ((from_at < to_at))
);

CREATE INDEX entry_session ON ledger.entry USING btree (session_id);

CREATE INDEX entry_span ON ledger.entry USING brin (at);

CREATE INDEX payout_latest ON ledger.payout USING btree (prepared_at DESC, payout_id);

CREATE UNIQUE INDEX payout_prepared ON ledger.payout USING btree (seller_id, currency) WHERE (status = 'prepared'::ledger.payout_status);

CREATE UNIQUE INDEX payout_reference ON ledger.payout USING btree (reference) WHERE (status = 'paid'::ledger.payout_status);

CREATE INDEX payout_seller ON ledger.payout USING btree (seller_id, prepared_at DESC);

CREATE INDEX posting_order ON ledger.posting USING btree (order_number) WHERE (order_number IS NOT NULL);

CREATE INDEX posting_owner ON ledger.posting USING btree (owner_id, entry_id) WHERE (owner_id IS NOT NULL);

CREATE INDEX provider_record_booked ON ledger.provider_record USING btree (provider, booked_at);

CREATE INDEX provider_record_object ON ledger.provider_record USING btree (provider, object_ref);

CREATE INDEX provider_record_payment ON ledger.provider_record USING btree (provider, payment_ref) WHERE (payment_ref IS NOT NULL);

CREATE INDEX reconciliation_latest ON ledger.reconciliation USING btree (provider, to_at DESC);

CREATE UNIQUE INDEX reconciliation_running ON ledger.reconciliation USING btree (provider) WHERE (status = 'running'::ledger.reconciliation_status);

CREATE OR REPLACE FUNCTION ledger.book_differences_1(p_provider payment.provider, p_from_at timestamp with time zone, p_to_at timestamp with time zone)
 RETURNS TABLE(kind text, subject text, payment_id text, provider_ref text, currency text, ours_minor bigint, theirs_minor bigint)
 LANGUAGE sql
 STABLE
AS $function$
  with fact as (
    select p.payment_id as subject, p.payment_id, p.provider_ref, p.currency, p.amount_minor,
      array(select e.entry_id from ledger.entry e where e.cause = 'payment_captured' and e.cause_id = p.payment_id) as entry_ids
    from payment.payment p
    where p.provider = p_provider and p.succeeded_at >= p_from_at and p.succeeded_at < p_to_at
    union all
    select f.refund_id, f.payment_id, f.provider_ref, f.currency, case f.status when 'succeeded' then -f.amount_minor else 0 end,
      array(select e.entry_id from ledger.entry e where e.cause in ('refund_paid', 'refund_returned') and e.cause_id = f.refund_id)
    from payment.refund f join payment.payment p using (payment_id)
    where p.provider = p_provider and f.updated_at >= p_from_at and f.updated_at < p_to_at
    union all
    select d.dispute_id, d.payment_id, d.dispute_id, d.currency, -d.withdrawn_minor,
      array(select e.entry_id from ledger.entry e
            where e.session_id = p.session_id and e.cause in ('dispute_withdrawn', 'dispute_reinstated') and split_part(e.cause_id, ':', 1) = d.dispute_id)
    from payment.dispute d join payment.payment p using (payment_id)
    where p.provider = p_provider and d.updated_at >= p_from_at and d.updated_at < p_to_at
  ), posted as (
    select f.subject, f.payment_id, f.provider_ref, f.currency, f.amount_minor, coalesce((
      select sum(s.amount_minor) from ledger.posting s where s.entry_id = any (f.entry_ids) and s.account = 'provider_clearing'), 0)::bigint as posted_minor,
      (select min(e.currency) from ledger.entry e where e.entry_id = any (f.entry_ids)) as posted_currency
    from fact f
  )
  select case when p.posted_minor = 0 then 'ledger_missing' else 'ledger_amount' end, p.subject, p.payment_id, p.provider_ref, p.currency, p.posted_minor, p.amount_minor
  from posted p
  where p.posted_minor <> p.amount_minor or p.posted_currency <> p.currency
$function$
;

CREATE OR REPLACE FUNCTION ledger.charge_differences_1(p_provider payment.provider, p_from_at timestamp with time zone, p_to_at timestamp with time zone, p_missed_before timestamp with time zone)
 RETURNS TABLE(kind text, subject text, payment_id text, provider_ref text, currency text, ours_minor bigint, theirs_minor bigint)
 LANGUAGE sql
 STABLE
AS $function$
  with theirs as (
    select r.record_id, r.object_ref, r.payment_ref, r.amount_minor, r.currency, p.payment_id, p.status, p.amount_minor as ours_minor, p.currency as own_currency,
      p.provider_ref = r.payment_ref as is_its_intent,
      row_number() over (partition by p.payment_id order by (p.provider_ref = r.payment_ref) desc nulls last, r.booked_at, r.record_id) as nth
    from ledger.provider_record r
    left join payment.payment p on p.payment_id = coalesce(
      (select x.payment_id from payment.payment x where x.provider = r.provider and x.provider_ref = r.payment_ref), r.own_id)
    where r.provider = p_provider and r.kind = 'charge' and r.booked_at >= p_from_at and r.booked_at < p_to_at
  )
  select case when t.payment_id is null then 'charge_unknown' when t.status <> 'succeeded' then 'charge_unrecorded'
      when t.nth > 1 or not coalesce(t.is_its_intent, false) then 'charge_twice' else 'charge_amount' end,
    coalesce(t.payment_id, t.object_ref), t.payment_id, t.object_ref, t.currency,
    case when t.status = 'succeeded' then t.ours_minor end, t.amount_minor
  from theirs t
  where t.payment_id is null or t.status <> 'succeeded' or t.nth > 1 or not coalesce(t.is_its_intent, false)
    or (t.ours_minor, t.own_currency) is distinct from (t.amount_minor, t.currency)
  union all
  select 'charge_missing', p.payment_id, p.payment_id, p.provider_ref, p.currency, p.amount_minor, null
  from payment.payment p
  where p.provider = p_provider and p.succeeded_at >= p_from_at and p.succeeded_at < least(p_to_at, p_missed_before)
    and not exists (select from ledger.provider_record r where r.provider = p_provider and r.kind = 'charge' and r.payment_ref = p.provider_ref)
$function$
;

CREATE OR REPLACE FUNCTION ledger.dispute_differences_1(p_provider payment.provider, p_from_at timestamp with time zone, p_to_at timestamp with time zone, p_missed_before timestamp with time zone)
 RETURNS TABLE(kind text, subject text, payment_id text, provider_ref text, currency text, ours_minor bigint, theirs_minor bigint)
 LANGUAGE sql
 STABLE
AS $function$
  with theirs as (
    select r.object_ref, max(r.payment_ref) as payment_ref, min(r.currency) as currency, -sum(r.amount_minor)::bigint as amount_minor
    from ledger.provider_record r
    where r.provider = p_provider and r.kind = 'dispute' and r.object_ref in (
      select n.object_ref from ledger.provider_record n
      where n.provider = p_provider and n.kind = 'dispute' and n.booked_at >= p_from_at and n.booked_at < p_to_at)
    group by r.object_ref
  )
  select case when d.dispute_id is null then 'dispute_unrecorded' else 'dispute_amount' end, t.object_ref,
    coalesce(d.payment_id, (select p.payment_id from payment.payment p where p.provider = p_provider and p.provider_ref = t.payment_ref)),
    t.object_ref, t.currency, d.withdrawn_minor, t.amount_minor
  from theirs t left join payment.dispute d on d.dispute_id = t.object_ref
  where (d.withdrawn_minor, d.currency) is distinct from (t.amount_minor, t.currency)
  union all
  select 'dispute_missing', d.dispute_id, d.payment_id, d.dispute_id, d.currency, d.withdrawn_minor, null
  from payment.dispute d join payment.payment p using (payment_id)
  where p.provider = p_provider and d.withdrawn_minor > 0 and d.opened_at >= p_from_at and d.opened_at < least(p_to_at, p_missed_before)
    and not exists (select from ledger.provider_record r where r.provider = p_provider and r.kind = 'dispute' and r.object_ref = d.dispute_id)
$function$
;

CREATE OR REPLACE FUNCTION ledger.entry_before_1(p_at timestamp with time zone)
 RETURNS bigint
 LANGUAGE plpgsql
 STABLE
AS $function$
declare
  low bigint := 0;
  high bigint := (select coalesce(max(e.entry_id), 0) + 1 from ledger.entry e);
  middle bigint;
  near record;
begin
  while high - low > 1 loop
    middle := low + (high - low) / 2;
    select e.entry_id, e.at into near from ledger.entry e where e.entry_id >= middle order by e.entry_id limit 1;
    if near.entry_id < high and near.at < p_at - interval '1 day' then low := near.entry_id; else high := middle; end if;
  end loop;
  return low;
end $function$
;

CREATE OR REPLACE FUNCTION ledger.follow_order()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.status = 'placed' and old.status <> 'placed' then
    perform ledger.post_order_1(new.order_number, 'order_placed', new.order_number);
  end if;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION ledger.guard_entry()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if (select coalesce(sum(p.amount_minor), 1) <> 0 from ledger.posting p where p.entry_id = new.entry_id) then
    raise exception 'M4: entry % (% %) does not sum to zero', new.entry_id, new.cause, new.cause_id using errcode = 'MU001';
  end if;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION ledger.guard_payout()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  is_late boolean := old.status = 'failed' and old.paid_at is null and new.status = 'paid';
begin
  if (new.payout_id, new.seller_id, new.currency, new.amount_minor, new.available_minor, new.needs_second, new.prepared_by, new.prepared_at)
      is distinct from (old.payout_id, old.seller_id, old.currency, old.amount_minor, old.available_minor, old.needs_second, old.prepared_by, old.prepared_at)
    or new.late_after is distinct from (case when is_late then old.failure else old.late_after end)
    or (old.status <> 'prepared' and not is_late and (new.reference, new.paid_at, new.approved_by) is distinct from (old.reference, old.paid_at, old.approved_by))
    or (is_late and old.approved_by is not null and new.approved_by is distinct from old.approved_by)
    or (old.status = 'failed' and not is_late) or (old.status = 'paid' and new.status <> 'failed') then
    raise exception 'M4: payout % does not go from % to %', old.payout_id, old.status, new.status using errcode = 'MU001';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION ledger.guard_postings()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  uneven bigint;
begin
  select f.entry_id into uneven from fresh f group by f.entry_id having sum(f.amount_minor) <> 0 limit 1;
  if found then
    raise exception 'M4: the postings of entry % do not sum to zero', uneven using errcode = 'MU001';
  end if;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION ledger.payout_approve_1(p_payout_id text, p_approved_by text)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  out ledger.payout;
begin
  select p.* into out from ledger.payout p where p.payout_id = p_payout_id for update;
  if not found then return 'not_found'; end if;
  if out.status <> 'prepared' then return 'closed'; end if;
  if not out.needs_second then return 'not_needed'; end if;
  if out.prepared_by = p_approved_by then return 'own'; end if;
  if out.approved_by is not null then return 'already'; end if;
  update ledger.payout p set approved_by = p_approved_by, approved_at = clock_timestamp() where p.payout_id = p_payout_id;
  return 'approved';
end $function$
;

CREATE OR REPLACE FUNCTION ledger.payout_failed_1(p_payout_id text, p_failure text, p_failed_by text)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  out ledger.payout;
begin
  select p.* into out from ledger.payout p where p.payout_id = p_payout_id for update;
  if not found then return 'not_found'; end if;
  if out.status = 'failed' then return 'already'; end if;
  if (out.status = 'paid') <> (p_failure = 'returned') then return 'wrong_failure'; end if;
  update ledger.payout p set status = 'failed', failure = p_failure, failed_by = p_failed_by, failed_at = clock_timestamp()
  where p.payout_id = p_payout_id;
  -- One that was called off, paid all the same and sent back fails for the second time.
  perform ledger.post_pair_1('payout_failed', p_payout_id || case when out.late_after is null then '' else ':returned' end, out.currency, null, null, out.amount_minor,
    case out.status when 'paid' then 'bank' else 'payouts' end::ledger.account, null, 'seller_payable', out.seller_id);
  return 'failed';
end $function$
;

CREATE OR REPLACE FUNCTION ledger.payout_paid_1(p_payout_id text, p_reference text, p_paid_by text)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  out ledger.payout;
  is_late boolean;
begin
  select p.* into out from ledger.payout p where p.payout_id = p_payout_id for update;
  if not found then return 'not_found'; end if;
  if out.status = 'paid' and out.reference = p_reference then return 'already'; end if;
  is_late := out.status = 'failed' and out.paid_at is null;
  if out.status <> 'prepared' and not is_late then return 'closed'; end if;
  -- Nobody agrees any more to what was called off: there the second person is whoever else writes down that it has gone.
  if out.needs_second and out.approved_by is null and not (is_late and out.prepared_by <> p_paid_by) then return 'needs_second'; end if;
  if is_late then perform 1 from seller.seller s where s.account_id = out.seller_id for no key update; end if;
  begin
    update ledger.payout p set status = 'paid', reference = p_reference, paid_by = p_paid_by, paid_at = clock_timestamp(),
      late_after = out.failure, failure = null, failed_by = null, failed_at = null,
      approved_by = case when out.needs_second then coalesce(out.approved_by, p_paid_by) end,
      approved_at = case when out.needs_second then coalesce(out.approved_at, clock_timestamp()) end
    where p.payout_id = p_payout_id;
  exception when unique_violation then
    return 'reference_used';
  end;
  perform ledger.post_pair_1('payout_paid', p_payout_id, out.currency, null, null, out.amount_minor,
    case when is_late then 'seller_payable' else 'payouts' end::ledger.account, case when is_late then out.seller_id end, 'bank', null);
  return 'paid';
end $function$
;

CREATE OR REPLACE FUNCTION ledger.payout_prepare_1(p_payout_id text, p_seller_id text, p_currency text, p_amount_minor bigint, p_prepared_by text)
 RETURNS TABLE(outcome text, payout_id text, available_minor bigint)
 LANGUAGE plpgsql
AS $function$
declare
  who seller.seller;
  waiting text;
  free_minor bigint;
  alone_minor bigint;
begin
  select s.* into who from seller.seller s where s.account_id = p_seller_id and s.erased_at is null for no key update;
  if not found then return query select 'not_found', null::text, 0::bigint; return; end if;
  select coalesce(max(b.available_minor), 0) into free_minor from ledger.seller_balances_1(p_seller_id) b where b.currency = p_currency;
  select p.payout_id into waiting from ledger.payout p where p.seller_id = p_seller_id and p.currency = p_currency and p.status = 'prepared';
  if found then return query select 'waiting', waiting, free_minor; return; end if;
  if who.suspended_at is not null then return query select 'suspended', null::text, free_minor; return; end if;
  if who.verification <> 'identity' then return query select 'not_verified', null::text, free_minor; return; end if;
  if p_amount_minor > free_minor then return query select 'above_available', null::text, free_minor; return; end if;

  select coalesce(sum(p.amount_minor), 0) into alone_minor from ledger.payout p
  where p.seller_id = p_seller_id and p.currency = p_currency and p.approved_by is null
    and p.prepared_at > now() - interval '30 days';
  insert into ledger.payout (payout_id, seller_id, currency, amount_minor, available_minor, needs_second, prepared_by)
  values (p_payout_id, p_seller_id, p_currency, p_amount_minor, free_minor,
    alone_minor + p_amount_minor > coalesce((select l.amount_minor from ops.refund_limit l where l.currency = p_currency), 0), p_prepared_by);
  perform ledger.post_pair_1('payout_prepared', p_payout_id, p_currency, null, null, p_amount_minor, 'seller_payable', p_seller_id, 'payouts', null);
  return query select 'prepared', p_payout_id, free_minor - p_amount_minor;
end $function$
;

CREATE OR REPLACE FUNCTION ledger.platform_fee_1(p_goods_minor bigint)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select (p_goods_minor * ledger.platform_fee_bp_1() + 5000) / 10000
$function$
;

CREATE OR REPLACE FUNCTION ledger.platform_fee_bp_1()
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select 1000
$function$
;

CREATE OR REPLACE FUNCTION ledger.post_capture_1(p_payment_id text)
 RETURNS boolean
 LANGUAGE sql
AS $function$
  select ledger.post_pair_1('payment_captured', p.payment_id, p.currency, p.session_id, null, p.amount_minor,
    'provider_clearing', p.provider::text, 'shopper_funds', null)
  from payment.payment p where p.payment_id = p_payment_id and p.status = 'succeeded'
$function$
;

CREATE OR REPLACE FUNCTION ledger.post_dispute_1(p_dispute_id text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  d record;
  moved bigint;
  lost bigint;
  told_before int;
begin
  select x.dispute_id, x.currency, x.withdrawn_minor, x.movement_count, x.status, p.session_id, p.provider::text as provider into d
  from payment.dispute x join payment.payment p using (payment_id) where x.dispute_id = p_dispute_id;
  select d.withdrawn_minor + coalesce(sum(p.amount_minor), 0) into moved
  from ledger.entry e join ledger.posting p using (entry_id)
  where e.session_id = d.session_id and e.cause in ('dispute_withdrawn', 'dispute_reinstated') and p.account = 'provider_clearing'
    and e.cause_id like replace(d.dispute_id, '_', '\_') || ':%';
  if moved > 0 then
    perform ledger.post_pair_1('dispute_withdrawn', d.dispute_id || ':' || d.movement_count, d.currency, d.session_id, null, moved, 'disputes', null,
      'provider_clearing', d.provider);
  elsif moved < 0 then
    perform ledger.post_pair_1('dispute_reinstated', d.dispute_id || ':' || d.movement_count, d.currency, d.session_id, null, -moved,
      'provider_clearing', d.provider, 'disputes', null);
  end if;
  -- A bank may think better of it, or take more: what is lost is told anew, like what was taken. An appeal moves no money, so
  -- each telling has its number.
  select case d.status when 'lost' then d.withdrawn_minor else 0 end - coalesce(sum(p.amount_minor), 0), count(*) into lost, told_before
  from ledger.entry e join ledger.posting p using (entry_id)
  where e.session_id = d.session_id and e.cause = 'dispute_lost' and p.account = 'dispute_losses'
    and e.cause_id like replace(d.dispute_id, '_', '\_') || ':%';
  if lost > 0 then
    perform ledger.post_pair_1('dispute_lost', d.dispute_id || ':' || d.movement_count || ':' || told_before, d.currency, d.session_id, null, lost,
      'dispute_losses', null, 'disputes', null);
  elsif lost < 0 then
    perform ledger.post_pair_1('dispute_lost', d.dispute_id || ':' || d.movement_count || ':' || told_before, d.currency, d.session_id, null, -lost,
      'disputes', null, 'dispute_losses', null);
  end if;
end $function$
;

CREATE OR REPLACE FUNCTION ledger.post_order_1(p_order_number text, p_cause ledger.cause, p_cause_id text)
 RETURNS boolean
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare
  placed boolean;
begin
  placed := p_cause = 'order_placed' or exists (select from ledger.entry e where e.cause = 'order_placed' and e.cause_id = p_order_number);
  with due as (
    select w.account, w.owner_id, w.amount_minor - coalesce(b.amount_minor, 0) as amount_minor
    from ledger.wanted_1(p_order_number, placed) w
    left join (
      select p.account, p.owner_id, sum(p.amount_minor)::bigint as amount_minor
      from ledger.posting p where p.order_number = p_order_number group by p.account, p.owner_id
    ) b on b.account = w.account and b.owner_id is not distinct from w.owner_id
  ), side as (
    select d.account, d.owner_id, d.amount_minor from due d where d.amount_minor <> 0
    union all
    select 'refunds', null, -sum(d.amount_minor)::bigint from due d having sum(d.amount_minor) <> 0
  ), made as (
    insert into ledger.entry as e (cause, cause_id, currency, session_id)
    select p_cause, p_cause_id, o.currency, o.session_id from orders.store_order o
    where o.order_number = p_order_number and exists (select from side)
    on conflict (cause, cause_id) do nothing returning e.entry_id
  )
  insert into ledger.posting (entry_id, line_no, account, owner_id, order_number, amount_minor)
  select m.entry_id, row_number() over (order by s.account), s.account, s.owner_id, p_order_number, s.amount_minor from made m cross join side s;
  return found;
end $function$
;

CREATE OR REPLACE FUNCTION ledger.post_pair_1(p_cause ledger.cause, p_cause_id text, p_currency text, p_session_id text, p_order_number text, p_amount_minor bigint, p_debit ledger.account, p_debit_owner text, p_credit ledger.account, p_credit_owner text)
 RETURNS boolean
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
begin
  with made as (
    insert into ledger.entry as e (cause, cause_id, currency, session_id) values (p_cause, p_cause_id, p_currency, p_session_id)
    on conflict (cause, cause_id) do nothing returning e.entry_id
  )
  insert into ledger.posting (entry_id, line_no, account, owner_id, order_number, amount_minor)
  select m.entry_id, side.line_no, side.account, side.owner_id, p_order_number, side.amount_minor
  from made m
  cross join (values (1::smallint, p_debit, p_debit_owner, p_amount_minor), (2::smallint, p_credit, p_credit_owner, -p_amount_minor))
    as side (line_no, account, owner_id, amount_minor);
  return found;
end $function$
;

CREATE OR REPLACE FUNCTION ledger.post_refund_1(p_refund_id text)
 RETURNS boolean
 LANGUAGE sql
AS $function$
  select ledger.post_pair_1('refund_paid', r.refund_id, r.currency, p.session_id, r.order_number, r.amount_minor, 'refunds', null,
    'provider_clearing', p.provider::text)
  from payment.refund r join payment.payment p using (payment_id) where r.refund_id = p_refund_id
$function$
;

CREATE OR REPLACE FUNCTION ledger.post_refund_opened_1(p_refund_id text)
 RETURNS boolean
 LANGUAGE sql
AS $function$
  select case when r.order_number is not null then ledger.post_order_1(r.order_number, 'refund_opened', r.refund_id)
    else ledger.post_pair_1('refund_opened', r.refund_id, r.currency, p.session_id, null, r.amount_minor, 'shopper_funds', null, 'refunds', null) end
  from payment.refund r join payment.payment p using (payment_id) where r.refund_id = p_refund_id
$function$
;

CREATE OR REPLACE FUNCTION ledger.post_refund_returned_1(p_refund_id text)
 RETURNS boolean
 LANGUAGE sql
AS $function$
  select ledger.post_pair_1('refund_returned', r.refund_id, r.currency, p.session_id, r.order_number, r.amount_minor, 'provider_clearing',
    p.provider::text, 'refunds', null)
  from payment.refund r join payment.payment p using (payment_id) where r.refund_id = p_refund_id
$function$
;

CREATE OR REPLACE FUNCTION ledger.post_refund_withdrawn_1(p_refund_id text)
 RETURNS boolean
 LANGUAGE sql
AS $function$
  select case when r.order_number is not null then ledger.post_order_1(r.order_number, 'refund_withdrawn', r.refund_id)
    else ledger.post_pair_1('refund_withdrawn', r.refund_id, r.currency, p.session_id, null, r.amount_minor, 'refunds', null, 'shopper_funds', null) end
  from payment.refund r join payment.payment p using (payment_id) where r.refund_id = p_refund_id
$function$
;

CREATE OR REPLACE FUNCTION ledger.reconciliation_compare_1(p_reconciliation_id text, p_from_at timestamp with time zone, p_to_at timestamp with time zone)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare
  run ledger.reconciliation;
  named int;
begin
  select r.* into run from ledger.reconciliation r where r.reconciliation_id = p_reconciliation_id and r.status = 'running' for update;
  if not found then return null; end if;

  insert into ledger.difference (reconciliation_id, number, kind, subject, payment_id, provider_ref, currency, ours_minor, theirs_minor)
  select p_reconciliation_id, (select coalesce(max(k.number), 0) from ledger.difference k where k.reconciliation_id = p_reconciliation_id)
      + row_number() over (order by d.kind, d.subject, d.provider_ref),
    d.kind, d.subject, d.payment_id, d.provider_ref, d.currency, d.ours_minor, d.theirs_minor
  from (
    select x.kind, x.subject, x.payment_id, x.provider_ref, x.currency, x.ours_minor, x.theirs_minor
    from ledger.charge_differences_1(run.provider, p_from_at, p_to_at, run.to_at - interval '1 hour') x
    union all
    select x.kind, x.subject, x.payment_id, x.provider_ref, x.currency, x.ours_minor, x.theirs_minor
    from ledger.refund_differences_1(run.provider, p_from_at, p_to_at, run.to_at - interval '1 hour') x
    union all
    select x.kind, x.subject, x.payment_id, x.provider_ref, x.currency, x.ours_minor, x.theirs_minor
    from ledger.dispute_differences_1(run.provider, p_from_at, p_to_at, run.to_at - interval '1 hour') x
    union all
    select x.kind, x.subject, x.payment_id, x.provider_ref, x.currency, x.ours_minor, x.theirs_minor
    from ledger.book_differences_1(run.provider, p_from_at, p_to_at) x
  ) d
  where not exists (
    select from ledger.difference k
    where k.reconciliation_id = p_reconciliation_id and (k.kind, k.subject) = (d.kind, d.subject) and k.provider_ref is not distinct from d.provider_ref);
  get diagnostics named = row_count;
  return named;
end $function$
;

CREATE OR REPLACE FUNCTION ledger.reconciliation_finish_1(p_reconciliation_id text)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare
  named int;
begin
  select count(*) into named from ledger.difference d where d.reconciliation_id = p_reconciliation_id;
  update ledger.reconciliation r
  set status = 'finished', finished_at = now(), difference_count = named, record_count = coalesce(told.count, 0), sums = coalesce(told.sums, '[]')
  from ledger.reconciliation run
  cross join lateral (
    select sum(s.count)::int as count, jsonb_agg(jsonb_build_object('currency', s.currency, 'kind', s.kind, 'count', s.count,
      'amountMinor', s.amount_minor, 'feeMinor', s.fee_minor) order by s.currency, s.kind) as sums
    from (select p.currency, p.kind, count(*) as count, sum(p.amount_minor) as amount_minor, sum(p.fee_minor) as fee_minor
          from ledger.provider_record p where p.provider = run.provider and p.booked_at >= run.from_at and p.booked_at < run.to_at
          group by p.currency, p.kind) s
  ) told
  where r.reconciliation_id = p_reconciliation_id and r.status = 'running' and run.reconciliation_id = r.reconciliation_id;
  if not found then return null; end if;
  return named;
end $function$
;

CREATE OR REPLACE FUNCTION ledger.reconciliation_start_1(p_reconciliation_id text, p_provider payment.provider, p_to_at timestamp with time zone, p_requested_by text)
 RETURNS TABLE(reconciliation_id text, from_at timestamp with time zone, to_at timestamp with time zone)
 LANGUAGE plpgsql
AS $function$
declare
  since timestamptz;
begin
  update ledger.reconciliation r set status = 'failed', finished_at = now()
  where r.provider = p_provider and r.status = 'running' and r.started_at < now() - interval '6 hours';
  select coalesce(
    (select max(r.to_at) - interval '2 days' from ledger.reconciliation r where r.provider = p_provider and r.status = 'finished'),
    -- Its clock is not ours.
    (select min(p.created_at) - interval '1 day' from payment.payment p where p.provider = p_provider)) into since;
  if since is null or since >= p_to_at then return; end if;
  return query
    insert into ledger.reconciliation as r (reconciliation_id, provider, from_at, to_at, requested_by)
    values (p_reconciliation_id, p_provider, since, p_to_at, p_requested_by)
    on conflict (provider) where status = 'running' do nothing
    returning r.reconciliation_id, r.from_at, r.to_at;
end $function$
;

CREATE OR REPLACE FUNCTION ledger.refund_differences_1(p_provider payment.provider, p_from_at timestamp with time zone, p_to_at timestamp with time zone, p_missed_before timestamp with time zone)
 RETURNS TABLE(kind text, subject text, payment_id text, provider_ref text, currency text, ours_minor bigint, theirs_minor bigint)
 LANGUAGE sql
 STABLE
AS $function$
  with theirs as (
    select r.object_ref, max(r.own_id) as own_id, min(r.currency) as currency, -sum(r.amount_minor)::bigint as amount_minor,
      max(r.booked_at) as booked_at
    from ledger.provider_record r
    where r.provider = p_provider and r.kind in ('refund', 'refund_failure') and r.object_ref in (
      select n.object_ref from ledger.provider_record n
      where n.provider = p_provider and n.kind in ('refund', 'refund_failure') and n.booked_at >= p_from_at and n.booked_at < p_to_at)
    group by r.object_ref
  ), known as (
    select t.object_ref, t.currency, t.amount_minor, f.refund_id, f.payment_id, f.status, f.own_currency, f.ours_minor
    from theirs t
    -- What was given back there in one piece may be several orders' here.
    cross join lateral (
      select min(x.refund_id) as refund_id, min(x.payment_id) as payment_id, min(x.currency) as own_currency,
        case when bool_or(x.status in ('created', 'account_needed', 'unknown')) then 'created' when bool_and(x.status = 'failed') then 'failed' else 'succeeded' end as status,
        -- Booked there at once, and here it is pending until it has reached the card.
        sum(case x.status when 'failed' then 0 else x.amount_minor end)::bigint as ours_minor
      from payment.refund x
      where x.provider_ref = t.object_ref
        or (x.refund_id = t.own_id and not exists (select from payment.refund y where y.provider_ref = t.object_ref))
    ) f
  )
  select case when k.refund_id is null then 'refund_unknown' when k.status = 'created' then 'refund_unrecorded'
      when k.status = 'failed' or k.amount_minor = 0 then 'refund_failure' else 'refund_amount' end,
    coalesce(k.refund_id, k.object_ref), k.payment_id, k.object_ref, k.currency, k.ours_minor, k.amount_minor
  from known k
  where k.refund_id is null or k.status = 'created' or (k.ours_minor, k.own_currency) is distinct from (k.amount_minor, k.currency)
  union all
  select 'refund_missing', f.refund_id, f.payment_id, f.provider_ref, f.currency, f.amount_minor, null
  from payment.refund f join payment.payment p using (payment_id)
  where p.provider = p_provider and f.status = 'succeeded' and f.succeeded_at >= p_from_at and f.succeeded_at < least(p_to_at, p_missed_before)
    and not exists (select from ledger.provider_record r where r.provider = p_provider and r.kind = 'refund' and r.object_ref = f.provider_ref)
$function$
;

CREATE OR REPLACE FUNCTION ledger.refunded_parts_1(p_order_number text)
 RETURNS TABLE(goods_minor bigint, shipping_minor bigint, tax_minor bigint)
 LANGUAGE sql
 STABLE
AS $function$
  with line as (
    select coalesce(sum(i.line_total_minor - i.discount_minor + i.tax_minor), 0) as gross, coalesce(sum(i.tax_minor), 0) as tax,
      coalesce(sum(case when i.refunded_minor > 0 then i.tax_minor * i.refunded_minor / (i.line_total_minor - i.discount_minor + i.tax_minor) else 0 end), 0) as tax_back
    from orders.order_item i where i.order_number = p_order_number
  ), back as (
    select o.refunded_minor, o.refunded_shipping_minor, l.tax_back,
      case when o.refunded_shipping_minor > 0 then div((o.tax_minor - l.tax) * o.refunded_shipping_minor, o.total_minor - l.gross) else 0 end as delivery_tax_back
    from orders.store_order o cross join line l where o.order_number = p_order_number
  )
  select (b.refunded_minor - b.refunded_shipping_minor - b.tax_back)::bigint, (b.refunded_shipping_minor - b.delivery_tax_back)::bigint,
    (b.tax_back + b.delivery_tax_back)::bigint
  from back b
$function$
;

CREATE OR REPLACE FUNCTION ledger.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception 'M4: the ledger is append-only' using errcode = 'MU001';
end $function$
;

CREATE OR REPLACE FUNCTION ledger.seller_balances_1(p_seller_id text)
 RETURNS TABLE(currency text, balance_minor bigint, held_minor bigint, available_minor bigint, on_its_way_minor bigint, next_at timestamp with time zone)
 LANGUAGE sql
 STABLE
AS $function$
  -- Whoever's they are: they are few, and the desk's list asks for every seller.
  with wanted_back as materialized (
    select p.owner_id, e.currency, p.order_number, -sum(p.amount_minor) as amount_minor
    from (
      select y.session_id from payment.dispute d join payment.payment y using (payment_id) where d.closed_at is null
      union
      select y.session_id from payment.deposit d join payment.payment y on y.payment_id = d.payment_id and y.provider_ref = d.provider_ref
      where d.reverted_at is not null
    ) back
    join ledger.entry placed on placed.session_id = back.session_id and placed.cause = 'order_placed'
    join ledger.posting p on p.order_number = placed.cause_id and p.account = 'seller_payable'
    join ledger.entry e on e.entry_id = p.entry_id
    group by p.owner_id, e.currency, p.order_number having -sum(p.amount_minor) > 0
  ), young as (
    -- What an order's books say was written after it was placed: of one that still waits, this is all. `offset 0`: by the entries' ids,
    -- as nobody can guess how few they are.
    select e.currency, p.order_number, -sum(p.amount_minor) as amount_minor
    from ledger.posting p cross join lateral (select x.currency from ledger.entry x where x.entry_id = p.entry_id offset 0) e
    where p.owner_id = p_seller_id and p.account = 'seller_payable' and p.order_number is not null
      and p.entry_id > ledger.entry_before_1(now() - make_interval(days => (select max(r.hold_days) from ledger.payout_rule r)))
    group by e.currency, p.order_number
  ), held as (
    select y.currency, y.amount_minor, placed.at + make_interval(days => r.hold_days) as waits_until
    from young y
    join ledger.payout_rule r on r.currency = y.currency
    join ledger.entry placed on placed.cause = 'order_placed' and placed.cause_id = y.order_number
    where y.amount_minor > 0 and placed.at + make_interval(days => r.hold_days) > now()
      and y.order_number not in (select w.order_number from wanted_back w where w.owner_id = p_seller_id)
    union all
    select w.currency, w.amount_minor, null from wanted_back w where w.owner_id = p_seller_id
  ), waits as (
    select h.currency, sum(h.amount_minor)::bigint as held_minor, min(h.waits_until) as next_at from held h group by h.currency
  ), summed as (
    -- A seller's whole life: nothing but added up.
    select e.currency, -sum(p.amount_minor)::bigint as balance_minor
    from ledger.posting p join ledger.entry e using (entry_id)
    where p.owner_id = p_seller_id and p.account = 'seller_payable'
    group by e.currency
  )
  select s.currency, s.balance_minor, coalesce(w.held_minor, 0), greatest(s.balance_minor - coalesce(w.held_minor, 0), 0), coalesce((
      select sum(p.amount_minor) from ledger.payout p
      where p.seller_id = p_seller_id and p.currency = s.currency and p.status = 'prepared'), 0)::bigint, w.next_at
  from summed s left join waits w on w.currency = s.currency
$function$
;

CREATE OR REPLACE FUNCTION ledger.wanted_1(p_order_number text, p_is_placed boolean)
 RETURNS TABLE(account ledger.account, owner_id text, amount_minor bigint)
 LANGUAGE sql
 STABLE
AS $function$
  with o as (
    select so.store_id, so.total_minor, so.refunded_minor, so.subtotal_minor - so.discount_minor - back.goods_minor as goods_minor,
      so.shipping_minor - back.shipping_minor as shipping_minor, so.tax_minor - back.tax_minor as tax_minor,
      (select p.seller_id from catalog.product p where so.kind = 'digital' and p.product_id = so.group_key) as seller_id
    from orders.store_order so cross join lateral ledger.refunded_parts_1(so.order_number) back
    where so.order_number = p_order_number
  )
  select w.account, w.owner_id, w.amount_minor
  from o cross join lateral (values
    ('shopper_funds'::ledger.account, null::text, case when p_is_placed then o.total_minor else o.refunded_minor end),
    ('store_payable', o.store_id, case when p_is_placed and o.seller_id is null then -o.goods_minor else 0 end),
    ('seller_payable', o.seller_id, case when p_is_placed and o.seller_id is not null then ledger.platform_fee_1(o.goods_minor) - o.goods_minor else 0 end),
    ('platform_fee', null, case when p_is_placed and o.seller_id is not null then -ledger.platform_fee_1(o.goods_minor) else 0 end),
    ('shipping', o.store_id, case when p_is_placed then -o.shipping_minor else 0 end),
    ('tax', null, case when p_is_placed then -o.tax_minor else 0 end)
  ) as w (account, owner_id, amount_minor)
$function$
;

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON ledger.entry FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();

CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON ledger.entry FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();

CREATE CONSTRAINT TRIGGER balanced AFTER INSERT ON ledger.entry DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger.guard_entry();

CREATE TRIGGER guard BEFORE UPDATE ON ledger.payout FOR EACH ROW EXECUTE FUNCTION ledger.guard_payout();

CREATE TRIGGER notify_follows AFTER UPDATE OF status ON ledger.payout FOR EACH ROW WHEN (((old.status <> new.status) AND ((new.status = 'paid'::ledger.payout_status) OR (new.failure = 'returned'::text)))) EXECUTE FUNCTION notify.follow_payout();

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON ledger.posting FOR EACH ROW EXECUTE FUNCTION ledger.refuse_change();

CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON ledger.posting FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();

CREATE TRIGGER balanced AFTER INSERT ON ledger.posting REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION ledger.guard_postings();

CREATE TRIGGER notify_follows AFTER UPDATE OF status ON ledger.reconciliation FOR EACH ROW WHEN (((old.status <> new.status) AND (new.status = 'finished'::ledger.reconciliation_status) AND (new.difference_count > 0))) EXECUTE FUNCTION notify.follow_books();

create schema notify;

create type notify.alert_kind as enum ('tier_sick', 'tier_well', 'page_changed', 'task_late', 'find_out', 'books_differ', 'dispute_opened', 'evidence_due', 'payment_unmatched');

create type notify.mail_kind as enum ('order_placed', 'order_ended', 'shipped', 'delivered', 'refund_done', 'refund_account', 'deposit_reverted', 'late_payment', 'payment_action', 'sign_in_link', 'order_link', 'ops_alerts', 'payout_paid', 'payout_returned');

create type notify.mail_status as enum ('queued', 'sending', 'unknown', 'sent', 'failed', 'dropped');

create table notify.alert (
  alert_id bigint generated always as identity not null,
  kind notify.alert_kind not null,
  dedupe_key text not null,
  at timestamp with time zone default clock_timestamp() not null,
  store_id text,
  method store.placement_method,
  order_number text,
  dispute_id text,
  reconciliation_id text,
  payment_id text,
  provider text,
  reason text,
  step text,
  detail text,
  bad integer,
  total integer,
  due_at timestamp with time zone,
  amount_minor bigint,
  currency text,
  constraint alert_pkey PRIMARY KEY (alert_id),
  constraint alert_dedupe_key_key UNIQUE (dedupe_key),
  constraint alert_store_id_fkey FOREIGN KEY (store_id) REFERENCES store.store(store_id) ON DELETE CASCADE
);

create table notify.alert_told (
  account_id text not null,
  alert_id bigint not null,
  mail_id text not null,
  constraint alert_told_pkey PRIMARY KEY (account_id, alert_id),
  constraint alert_told_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES notify.alert(alert_id) ON DELETE CASCADE,
  constraint alert_told_mail_id_fkey FOREIGN KEY (mail_id) REFERENCES notify.mail(mail_id) ON DELETE CASCADE
);

create table notify.alert_wish (
  account_id text not null,
  by_mail boolean not null,
  locale text not null,
  since timestamp with time zone default now() not null,
  constraint alert_wish_pkey PRIMARY KEY (account_id),
  constraint alert_wish_locale_check CHECK ((locale = ANY (ARRAY['en'::text, 'ko'::text])))
);

create table notify.mail (
  mail_id text not null,
  kind notify.mail_kind not null,
  dedupe_key text not null,
  session_id text,
  order_number text,
  shipment_id text,
  refund_id text,
  payout_id text,
  account_id text,
  recipient text,
  locale text not null,
  status notify.mail_status default 'queued'::notify.mail_status not null,
  attempts integer default 0 not null,
  try_at timestamp with time zone default now(),
  give_up_at timestamp with time zone default (now() + '1 day'::interval) not null,
  message_id text,
  error text,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  sent_at timestamp with time zone,
  constraint mail_pkey PRIMARY KEY (mail_id),
  constraint mail_dedupe_key_key UNIQUE (dedupe_key),
  constraint mail_refund_id_key UNIQUE (refund_id),
  constraint mail_check CHECK (((try_at IS NOT NULL) = (status = ANY (ARRAY['queued'::notify.mail_status, 'sending'::notify.mail_status, 'unknown'::notify.mail_status])))),
  constraint mail_check1 CHECK (((recipient IS NULL) OR (try_at IS NOT NULL))),
  constraint mail_check2 CHECK (((status = 'sent'::notify.mail_status) = (sent_at IS NOT NULL))),
  constraint mail_check3 CHECK (((sent_at IS NULL) OR (message_id IS NOT NULL))),
  constraint mail_locale_check CHECK ((locale = ANY (ARRAY['en'::text, 'ko'::text])))
) with (fillfactor=70);

create table notify.news (
  news_id bigint generated always as identity not null,
  session_id text not null,
  look_at timestamp with time zone default now() not null,
  constraint news_pkey PRIMARY KEY (news_id)
);

create table notify.order_link (
  token_hash bytea not null,
  mail_id text not null,
  account_id text not null,
  created_at timestamp with time zone default now() not null,
  expires_at timestamp with time zone not null,
  used_at timestamp with time zone,
  constraint order_link_pkey PRIMARY KEY (token_hash),
  constraint order_link_mail_id_fkey FOREIGN KEY (mail_id) REFERENCES notify.mail(mail_id) ON DELETE CASCADE,
  constraint order_link_token_hash_check CHECK ((length(token_hash) = 32))
);

create view notify.alert_reader as
 SELECT u.id AS account_id,
    COALESCE(w.locale, 'en'::text) AS locale,
    GREATEST(u.created_at, w.since) AS since
   FROM (account."user" u
     LEFT JOIN notify.alert_wish w ON ((w.account_id = u.id)))
  WHERE ((u.role = ANY (ARRAY['ops'::account.role, 'admin'::account.role])) AND COALESCE(w.by_mail, (u.role = 'ops'::account.role)));

CREATE INDEX alert_at ON notify.alert USING btree (at);

CREATE INDEX alert_order ON notify.alert USING btree (order_number) WHERE (order_number IS NOT NULL);

CREATE INDEX alert_store ON notify.alert USING btree (store_id) WHERE (store_id IS NOT NULL);

CREATE INDEX alert_told_alert ON notify.alert_told USING btree (alert_id);

CREATE INDEX alert_told_mail ON notify.alert_told USING btree (mail_id);

CREATE INDEX mail_account ON notify.mail USING btree (account_id, created_at DESC) WHERE (account_id IS NOT NULL);

CREATE INDEX mail_due ON notify.mail USING btree (try_at) WHERE (try_at IS NOT NULL);

CREATE INDEX mail_ended ON notify.mail USING btree (updated_at) WHERE (try_at IS NULL);

CREATE INDEX mail_session ON notify.mail USING btree (session_id) WHERE (session_id IS NOT NULL);

CREATE INDEX news_due ON notify.news USING btree (look_at);

CREATE INDEX order_link_account ON notify.order_link USING btree (account_id);

CREATE INDEX order_link_expires ON notify.order_link USING btree (expires_at);

CREATE INDEX order_link_mail ON notify.order_link USING btree (mail_id);

CREATE OR REPLACE FUNCTION notify.account_reminder_after_1()
 RETURNS interval
 LANGUAGE sql
 IMMUTABLE
AS $function$ select interval '3 days' $function$
;

CREATE OR REPLACE FUNCTION notify.alert_gather_1()
 RETURNS interval
 LANGUAGE sql
 IMMUTABLE
AS $function$ select interval '10 seconds' $function$
;

CREATE OR REPLACE FUNCTION notify.alert_mail_every_1()
 RETURNS interval
 LANGUAGE sql
 IMMUTABLE
AS $function$ select interval '10 minutes' $function$
;

CREATE OR REPLACE FUNCTION notify.evidence_warning_1()
 RETURNS interval
 LANGUAGE sql
 IMMUTABLE
AS $function$ select interval '2 days' $function$
;

CREATE OR REPLACE FUNCTION notify.find_due_alerts_1()
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare
  found_now int;
  total int := 0;
begin
  insert into notify.alert (kind, dedupe_key, store_id, method, order_number, reason, due_at)
  select 'task_late', 'task_late:' || t.order_number || ':' || t.kind || ':' || extract(epoch from t.opened_at), p.store_id, p.method, t.order_number,
    t.why, t.deadline_at
  from placement.manual_task t join placement.placement p using (order_number)
  where t.status in ('open', 'claimed') and now() >= t.opened_at + (t.deadline_at - t.opened_at) / 2
  on conflict do nothing;
  get diagnostics found_now = row_count;
  total := total + found_now;

  insert into notify.alert (kind, dedupe_key, dispute_id, payment_id, reason, due_at, amount_minor, currency)
  select 'evidence_due', 'evidence_due:' || d.dispute_id || case when d.opened_count > 1 then ':' || d.opened_count else '' end, d.dispute_id, d.payment_id, d.reason, d.evidence_due_at, d.amount_minor, d.currency
  from payment.dispute d
  where d.closed_at is null and d.status in ('needs_response', 'inquiry')
    and d.evidence_due_at between now() and now() + notify.evidence_warning_1() and d.opened_at < now() - interval '1 day'
    and not exists (select from payment.dispute_answer a where a.dispute_id = d.dispute_id and a.opening = d.opened_count and a.status <> 'refused')
  on conflict do nothing;
  get diagnostics found_now = row_count;
  return total + found_now;
end $function$
;

CREATE OR REPLACE FUNCTION notify.follow_attempt()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  of_store text;
  at_step text;
begin
  select p.store_id into of_store from placement.placement p where p.order_number = new.order_number;
  at_step := case when position(': ' in coalesce(new.detail, '')) > 0 then split_part(new.detail, ': ', 1) end;
  insert into notify.alert (kind, dedupe_key, store_id, method, order_number, reason, step, detail)
  values ('page_changed',
    'page_changed:' || of_store || ':' || md5(coalesce(new.detail, '')) || ':' || to_char(now() at time zone 'utc', 'YYYY-MM-DD'),
    of_store, new.method, new.order_number, new.reason, left(at_step, 100),
    left(case when at_step is null then new.detail else substr(new.detail, length(at_step) + 3) end, 500))
  on conflict do nothing;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION notify.follow_books()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into notify.alert (kind, dedupe_key, reconciliation_id, provider, bad, total)
  values ('books_differ', 'books_differ:' || new.reconciliation_id, new.reconciliation_id, new.provider::text, new.difference_count, new.record_count)
  on conflict do nothing;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION notify.follow_deposit()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.reverted_at is null or old.reverted_at is not null then return null; end if;
  insert into notify.news (session_id) select p.session_id from payment.payment p where p.payment_id = new.payment_id;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION notify.follow_dispute()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into notify.alert (kind, dedupe_key, dispute_id, payment_id, reason, due_at, amount_minor, currency)
  values ('dispute_opened', 'dispute_opened:' || new.dispute_id || case when new.opened_count > 1 then ':' || new.opened_count else '' end, new.dispute_id, new.payment_id, new.reason, new.evidence_due_at,
    new.amount_minor, new.currency)
  on conflict do nothing;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION notify.follow_health()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into notify.alert (kind, dedupe_key, store_id, method, reason, bad, total, due_at)
  values (case new.kind when 'sick' then 'tier_sick' else 'tier_well' end::notify.alert_kind, 'health:' || new.event_id, new.store_id, new.method,
    new.reason, new.bad, new.total, new.until)
  on conflict do nothing;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION notify.follow_late()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into notify.alert (kind, dedupe_key, payment_id, provider, reason, amount_minor, currency)
  select 'payment_unmatched', 'payment_unmatched:' || p.payment_id || ':older_total', p.payment_id, p.provider::text, 'older_total', new.amount_minor, new.currency
  from payment.payment p join checkout.session s using (session_id)
  where p.payment_id = new.payment_id and new.cause = 'session:' || s.session_id || ':late' and s.total_minor <> p.amount_minor
  on conflict do nothing;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION notify.follow_order()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.status = old.status or new.payment_status = 'unpaid' then return null; end if;
  insert into notify.news (session_id) values (new.session_id);
  if new.status in ('failed', 'cancelled') then
    insert into notify.news (session_id, look_at) values (new.session_id, clock_timestamp() + notify.patience_1() + interval '1 s');
  end if;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION notify.follow_payment()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.status = old.status then return null; end if;
  if new.status = 'succeeded' then
    insert into notify.news (session_id, look_at) values (new.session_id, clock_timestamp() + notify.patience_1() + interval '1 s');
  elsif new.status = 'requires_action' then
    insert into notify.news (session_id, look_at) values (new.session_id, clock_timestamp() + notify.reminder_after_1() + interval '1 s');
  end if;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION notify.follow_payout()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  told notify.mail_kind := case new.status when 'paid' then 'payout_paid' else 'payout_returned' end;
begin
  insert into notify.mail (mail_id, kind, dedupe_key, payout_id, account_id, locale)
  select notify.new_id_1(), told, told || ':' || new.payout_id, new.payout_id, s.account_id, s.locale
  from seller.seller s
  where s.account_id = new.seller_id and s.erased_at is null and notify.recipient_1(null, s.account_id) is not null
  on conflict do nothing;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION notify.follow_refund()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.status not in ('account_needed', 'succeeded') or (tg_op = 'UPDATE' and new.status = old.status) then return null; end if;
  insert into notify.news (session_id) select p.session_id from payment.payment p where p.payment_id = new.payment_id;
  if new.status = 'account_needed' then
    insert into notify.news (session_id, look_at)
    select p.session_id, clock_timestamp() + notify.account_reminder_after_1() + interval '1 s' from payment.payment p where p.payment_id = new.payment_id;
  end if;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION notify.follow_shipment()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into notify.news (session_id) select o.session_id from orders.store_order o where o.order_number = new.order_number;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION notify.follow_task()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  -- What was seen of the try may be a store's own words: it stays with the task.
  insert into notify.alert (kind, dedupe_key, store_id, method, order_number, reason, due_at)
  select 'find_out', 'find_out:' || new.order_number || ':' || p.fence, p.store_id, p.method, new.order_number, new.why, new.deadline_at
  from placement.placement p where p.order_number = new.order_number
  on conflict do nothing;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION notify.follow_unmatched()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into notify.alert (kind, dedupe_key, payment_id, provider, reason, detail, amount_minor, currency)
  select 'payment_unmatched', 'payment_unmatched:' || new.payment_id || ':' || new.provider_ref, new.payment_id, p.provider::text, new.reason,
    new.provider_ref, new.amount_minor, new.currency
  from payment.payment p where p.payment_id = new.payment_id
  on conflict do nothing;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION notify.guard_mail()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.status in ('sent', 'failed', 'dropped') and new.status <> old.status then
    raise exception 'mail % cannot go from % to %', old.mail_id, old.status, new.status using errcode = 'MU001';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION notify.new_id_1()
 RETURNS text
 LANGUAGE sql
AS $function$
  select 'msg_' || replace(gen_random_uuid()::text, '-', '')
$function$
;

CREATE OR REPLACE FUNCTION notify.patience_1()
 RETURNS interval
 LANGUAGE sql
 IMMUTABLE
AS $function$ select interval '20 s' $function$
;

CREATE OR REPLACE FUNCTION notify.read_news_1(p_limit integer, p_patience interval)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare
  session_ids text[];
  taken int;
begin
  with due as (
    select n.news_id from notify.news n where n.look_at <= now() order by n.look_at limit p_limit for update skip locked
  ), gone as (
    delete from notify.news n using due where n.news_id = due.news_id returning n.session_id
  )
  select array_agg(distinct g.session_id), count(*) into session_ids, taken from gone g;
  if taken > 0 then
    perform notify.write_mails_1(session_ids, p_patience);
  end if;
  return taken;
end $function$
;

CREATE OR REPLACE FUNCTION notify.recipient_1(p_contact_email text, p_account_id text)
 RETURNS text
 LANGUAGE sql
 STABLE
AS $function$
  select coalesce(p_contact_email, (select u.email from account."user" u where u.id = p_account_id and not u.is_anonymous))
$function$
;

CREATE OR REPLACE FUNCTION notify.reminder_after_1()
 RETURNS interval
 LANGUAGE sql
 IMMUTABLE
AS $function$ select interval '3 minutes' $function$
;

CREATE OR REPLACE FUNCTION notify.write_alert_mails_1(p_gather interval, p_every interval)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare
  written int;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('notify.alert_mails', 0)) then return 0; end if;
  with untold as (
    select r.account_id, r.locale, a.alert_id, a.at
    from notify.alert_reader r
    join notify.alert a on a.at > now() - interval '1 day' and a.at >= r.since
    where not exists (select from notify.alert_told t where t.account_id = r.account_id and t.alert_id = a.alert_id)
      and not exists (
        select from notify.mail m
        where m.account_id = r.account_id and m.kind = 'ops_alerts' and (m.created_at > now() - p_every or m.try_at is not null))
  ), mails as (
    insert into notify.mail (mail_id, kind, dedupe_key, account_id, locale)
    select notify.new_id_1(), 'ops_alerts', 'ops_alerts:' || u.account_id || ':' || max(u.alert_id), u.account_id, min(u.locale)
    from untold u group by u.account_id
    having min(u.at) <= now() - p_gather
    on conflict do nothing
    returning mail_id, account_id
  ), told as (
    insert into notify.alert_told (account_id, alert_id, mail_id)
    select u.account_id, u.alert_id, m.mail_id from untold u join mails m using (account_id)
  )
  select count(*) into written from mails;
  return written;
end $function$
;

CREATE OR REPLACE FUNCTION notify.write_mails_1(p_session_ids text[], p_patience interval)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare
  written int;
  total int := 0;
begin
  -- The order's confirmation: when every store has answered, or after a moment. Of a checkout that was lost whole, each
  -- order's own mail tells.
  insert into notify.mail (mail_id, kind, dedupe_key, session_id, locale)
  select notify.new_id_1(), 'order_placed', 'order_placed:' || s.session_id, s.session_id, s.locale
  from checkout.session s
  where s.session_id = any (p_session_ids) and s.paid_at > now() - interval '30 days' and s.late_payment is distinct from 'refunded'
    and (s.status = 'completed' or (s.status = 'processing' and (s.paid_at <= now() - p_patience
      -- Whom people order from takes hours: the rest is news enough.
      or not exists (select from orders.store_order o left join placement.placement w using (order_number)
        where o.session_id = s.session_id and o.status = 'pending' and w.status is distinct from 'manual'))))
    and notify.recipient_1(s.contact_email, s.account_id) is not null
  on conflict do nothing;
  get diagnostics written = row_count;
  total := total + written;

  -- An order that will not be had, with its refund where that is through already.
  insert into notify.mail (mail_id, kind, dedupe_key, session_id, order_number, refund_id, locale)
  select notify.new_id_1(), 'order_ended', 'order_ended:' || o.order_number, s.session_id, o.order_number,
    case when r.status = 'succeeded' then r.refund_id end, s.locale
  from checkout.session s
  join orders.store_order o using (session_id)
  join orders.order_status_history h on h.order_number = o.order_number and h.to_status = o.status
  left join payment.refund r on r.cause = 'order:' || o.order_number || ':ended'
  where s.session_id = any (p_session_ids) and o.status in ('failed', 'cancelled') and o.payment_status <> 'unpaid'
    and h.at > now() - interval '30 days' and (r.refund_id is null or r.status = 'succeeded' or h.at <= now() - p_patience)
    and notify.recipient_1(s.contact_email, s.account_id) is not null
  on conflict do nothing;
  get diagnostics written = row_count;
  total := total + written;

  -- Each parcel; or the order itself where the store sent it without a number.
  insert into notify.mail (mail_id, kind, dedupe_key, session_id, order_number, shipment_id, locale)
  select notify.new_id_1(), 'shipped', 'shipped:' || coalesce(x.shipment_id, o.order_number), s.session_id, o.order_number, x.shipment_id, s.locale
  from checkout.session s
  join orders.store_order o using (session_id)
  left join shipment.shipment x on x.order_number = o.order_number
  where s.session_id = any (p_session_ids) and o.status = 'shipped' and coalesce(x.status <> 'delivered', true)
    and coalesce(x.created_at, o.updated_at) > now() - interval '30 days'
    and notify.recipient_1(s.contact_email, s.account_id) is not null
  on conflict do nothing;
  get diagnostics written = row_count;
  total := total + written;

  insert into notify.mail (mail_id, kind, dedupe_key, session_id, order_number, locale)
  select notify.new_id_1(), 'delivered', 'delivered:' || o.order_number, s.session_id, o.order_number, s.locale
  from checkout.session s
  join orders.store_order o using (session_id)
  join orders.order_status_history h on h.order_number = o.order_number and h.to_status = 'delivered'
  where s.session_id = any (p_session_ids) and o.status = 'delivered' and o.kind = 'physical' and h.at > now() - interval '30 days'
    and notify.recipient_1(s.contact_email, s.account_id) is not null
  on conflict do nothing;
  get diagnostics written = row_count;
  total := total + written;

  -- A payment that came too late and went back whole.
  insert into notify.mail (mail_id, kind, dedupe_key, session_id, refund_id, locale)
  select notify.new_id_1(), 'late_payment', 'late_payment:' || s.session_id, s.session_id,
    case when r.status = 'succeeded' then r.refund_id end, s.locale
  from checkout.session s
  join payment.refund r on r.cause = 'session:' || s.session_id || ':late'
  where s.session_id = any (p_session_ids) and s.late_payment = 'refunded' and r.created_at > now() - interval '30 days'
    and (r.status = 'succeeded' or r.created_at <= now() - p_patience)
    and notify.recipient_1(s.contact_email, s.account_id) is not null
  on conflict do nothing;
  get diagnostics written = row_count;
  total := total + written;

  -- Money that has gone back and that no mail has told yet.
  insert into notify.mail (mail_id, kind, dedupe_key, session_id, order_number, refund_id, locale)
  select notify.new_id_1(), 'refund_done', 'refund_done:' || r.refund_id, s.session_id, r.order_number, r.refund_id, s.locale
  from checkout.session s
  join payment.payment p using (session_id)
  join payment.refund r using (payment_id)
  where s.session_id = any (p_session_ids) and r.status = 'succeeded' and r.succeeded_at > now() - interval '30 days'
    and not exists (select from notify.mail m where m.refund_id = r.refund_id)
    -- Of a loss or a late payment the mail about that comes first, and tells the refund if it can.
    and (r.cause not in (coalesce('order:' || r.order_number || ':ended', ''), 'session:' || s.session_id || ':late')
      or exists (select from notify.mail m where m.dedupe_key in ('order_ended:' || r.order_number, 'late_payment:' || s.session_id)))
    and notify.recipient_1(s.contact_email, s.account_id) is not null
  on conflict do nothing;
  get diagnostics written = row_count;
  total := total + written;

  -- Refunds that wait for an account to go into: one mail for all of a checkout, one more when days have gone by, and again
  -- when the bank would not have the account that was named.
  insert into notify.mail (mail_id, kind, dedupe_key, session_id, order_number, locale)
  select notify.new_id_1(), 'refund_account', 'refund_account:' || r.refund_id || ':' || r.round
      || case when r.updated_at <= now() - notify.account_reminder_after_1() then ':again' else '' end,
    s.session_id, r.order_number, s.locale
  from checkout.session s
  join payment.payment p using (session_id)
  cross join lateral (
    select w.refund_id, w.round, w.order_number, w.updated_at from payment.refund w
    where w.payment_id = p.payment_id and w.status = 'account_needed' order by w.created_at, w.refund_id limit 1
  ) r
  where s.session_id = any (p_session_ids) and r.updated_at > now() - interval '30 days'
    and notify.recipient_1(s.contact_email, s.account_id) is not null
  on conflict do nothing;
  get diagnostics written = row_count;
  total := total + written;

  -- A transfer that the bank took back, each time it does.
  insert into notify.mail (mail_id, kind, dedupe_key, session_id, locale)
  select notify.new_id_1(), 'deposit_reverted', 'deposit_reverted:' || s.session_id || ':' || (extract(epoch from d.reverted_at) * 1000)::bigint, s.session_id, s.locale
  from checkout.session s
  join payment.payment p using (session_id)
  join payment.deposit d using (payment_id)
  where s.session_id = any (p_session_ids) and d.reverted_at > now() - interval '30 days'
    and notify.recipient_1(s.contact_email, s.account_id) is not null
  on conflict do nothing;
  get diagnostics written = row_count;
  total := total + written;

  -- A payment that waits for its owner. What is not done soon is in vain, and so is the mail.
  insert into notify.mail (mail_id, kind, dedupe_key, session_id, locale, give_up_at)
  select notify.new_id_1(), 'payment_action', 'payment_action:' || s.session_id, s.session_id, s.locale, s.expires_at - interval '2 minutes'
  from checkout.session s
  join payment.payment p using (session_id)
  where s.session_id = any (p_session_ids) and s.status = 'pending' and p.status = 'requires_action'
    and p.updated_at <= now() - notify.reminder_after_1() and s.expires_at > now() + interval '3 minutes'
    and notify.recipient_1(s.contact_email, s.account_id) is not null
  on conflict do nothing;
  get diagnostics written = row_count;
  return total + written;
end $function$
;

CREATE TRIGGER guard BEFORE UPDATE OF status ON notify.mail FOR EACH ROW EXECUTE FUNCTION notify.guard_mail();

create schema ops;

create table ops.audit (
  audit_id bigint generated always as identity not null,
  at timestamp with time zone default now() not null,
  account_id text not null,
  role text not null,
  action text not null,
  subject text not null,
  detail jsonb default '{}'::jsonb not null,
  constraint audit_pkey PRIMARY KEY (audit_id)
);

create table ops.refund_approval (
  approval_id text not null,
  order_number text not null,
  wish jsonb not null,
  amount_minor bigint not null,
  currency text not null,
  reason text not null,
  cause text not null,
  request_id text,
  status text default 'waiting'::text not null,
  asked_by text not null,
  asked_at timestamp with time zone default now() not null,
  answered_by text,
  answered_at timestamp with time zone,
  constraint refund_approval_pkey PRIMARY KEY (approval_id),
  constraint refund_approval_order_number_fkey FOREIGN KEY (order_number) REFERENCES orders.store_order(order_number),
  constraint refund_approval_amount_minor_check CHECK ((amount_minor > 0)),
  constraint refund_approval_check CHECK ((((status = 'waiting'::text) = (answered_by IS NULL)) AND ((status = 'waiting'::text) = (answered_at IS NULL)))),
  constraint refund_approval_check1 CHECK (((status <> 'approved'::text) OR (answered_by <> asked_by))),
  constraint refund_approval_status_check CHECK ((status = ANY (ARRAY['waiting'::text, 'approved'::text, 'declined'::text])))
);

create table ops.refund_limit (
  currency text not null,
  amount_minor bigint not null,
  constraint refund_limit_pkey PRIMARY KEY (currency),
  constraint refund_limit_amount_minor_check CHECK ((amount_minor >= 0)),
  constraint refund_limit_currency_check CHECK ((currency = ANY (ARRAY['USD'::text, 'KRW'::text])))
);

CREATE INDEX audit_subject ON ops.audit USING btree (subject, audit_id DESC);

CREATE INDEX refund_approval_order ON ops.refund_approval USING btree (order_number);

CREATE INDEX refund_approval_queue ON ops.refund_approval USING btree (asked_at) WHERE (status = 'waiting'::text);

CREATE UNIQUE INDEX refund_approval_waiting ON ops.refund_approval USING btree (cause) WHERE (status = 'waiting'::text);

CREATE OR REPLACE FUNCTION ops.follow_refund()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform pg_notify('muse_desk', 'refund');
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION ops.follow_task()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform pg_notify('muse_desk', 'task ' || new.order_number);
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION ops.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'UPDATE' then
    if new.detail = old.detail - 'note' and (new.audit_id, new.at, new.account_id, new.role, new.action, new.subject)
      = (old.audit_id, old.at, old.account_id, old.role, old.action, old.subject) then
      return new;
    end if;
  end if;
  raise exception 'the audit trail is append-only' using errcode = 'MU001';
end $function$
;

CREATE TRIGGER append_only BEFORE DELETE OR UPDATE ON ops.audit FOR EACH ROW EXECUTE FUNCTION ops.refuse_change();

CREATE TRIGGER append_only_whole BEFORE TRUNCATE ON ops.audit FOR EACH STATEMENT EXECUTE FUNCTION ops.refuse_change();

CREATE TRIGGER ops_follows AFTER INSERT OR UPDATE OF status ON ops.refund_approval FOR EACH STATEMENT EXECUTE FUNCTION ops.follow_refund();

create schema orders;

create type orders.item_status as enum ('pending', 'placed', 'shipped', 'delivered', 'failed', 'cancelled');

create type orders.order_status as enum ('pending', 'placed', 'confirmed', 'shipped', 'delivered', 'failed', 'cancelled');

create type orders.payment_status as enum ('unpaid', 'paid', 'partially_refunded', 'refunded');

create type orders.refund_request_status as enum ('open', 'approved', 'declined');

create table orders.order_item (
  order_number text not null,
  line_no smallint not null,
  product_id text not null,
  variant_id text not null,
  sku text not null,
  title text not null,
  size text,
  color text,
  image_url text,
  product_url text,
  quantity integer not null,
  unit_price_minor bigint not null,
  original_price_minor bigint,
  line_total_minor bigint not null,
  discount_minor bigint default 0 not null,
  tax_minor bigint default 0 not null,
  item_status orders.item_status default 'pending'::orders.item_status not null,
  refunded_quantity integer default 0 not null,
  refunded_minor bigint default 0 not null,
  constraint order_item_pkey PRIMARY KEY (order_number, line_no),
  constraint order_item_order_number_fkey FOREIGN KEY (order_number) REFERENCES orders.store_order(order_number),
  constraint order_item_check CHECK ((line_total_minor = (unit_price_minor * quantity))),
  constraint order_item_check1 CHECK (((refunded_quantity >= 0) AND (refunded_quantity <= quantity))),
  constraint order_item_check2 CHECK (((refunded_minor >= 0) AND (refunded_minor <= ((line_total_minor - discount_minor) + tax_minor)))),
  constraint order_item_line_no_check CHECK ((line_no > 0)),
  constraint order_item_quantity_check CHECK ((quantity > 0)),
  constraint order_item_unit_price_minor_check CHECK ((unit_price_minor >= 0))
) with (fillfactor=70);

create table orders.order_status_history (
  history_id bigint generated always as identity not null,
  order_number text not null,
  from_status orders.order_status,
  to_status orders.order_status not null,
  at timestamp with time zone default clock_timestamp() not null,
  constraint order_status_history_pkey PRIMARY KEY (history_id),
  constraint order_status_history_order_number_fkey FOREIGN KEY (order_number) REFERENCES orders.store_order(order_number)
);

create table orders.refund_request (
  request_id text not null,
  order_number text not null,
  account_id text not null,
  lines jsonb,
  reason text not null,
  status orders.refund_request_status default 'open'::orders.refund_request_status not null,
  answered_by text,
  answered_at timestamp with time zone,
  created_at timestamp with time zone default now() not null,
  constraint refund_request_pkey PRIMARY KEY (request_id),
  constraint refund_request_order_number_fkey FOREIGN KEY (order_number) REFERENCES orders.store_order(order_number)
);

create table orders.store_order (
  order_number text not null,
  session_id text not null,
  group_key text not null,
  account_id text not null,
  store_id text not null,
  store_name text not null,
  kind catalog.product_kind not null,
  status orders.order_status default 'pending'::orders.order_status not null,
  payment_status orders.payment_status default 'unpaid'::orders.payment_status not null,
  placement_method store.placement_method,
  currency text not null,
  item_count integer not null,
  subtotal_minor bigint not null,
  discount_minor bigint not null,
  shipping_minor bigint not null,
  tax_minor bigint not null,
  total_minor bigint not null,
  refunded_minor bigint default 0 not null,
  refunded_shipping_minor bigint default 0 not null,
  shipping_option_id text,
  delivery_from date,
  delivery_to date,
  store_order_number text,
  tracking_number text,
  carrier text,
  reason text,
  cancel_requested_at timestamp with time zone,
  cancel_reason text,
  cancel_refused_at timestamp with time zone,
  placed_at timestamp with time zone,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  constraint store_order_pkey PRIMARY KEY (order_number),
  constraint store_order_session_id_group_key_key UNIQUE (session_id, group_key),
  constraint store_order_store_id_fkey FOREIGN KEY (store_id) REFERENCES store.store(store_id),
  constraint store_order_check CHECK ((total_minor = (((subtotal_minor - discount_minor) + shipping_minor) + tax_minor))),
  constraint store_order_check1 CHECK (((refunded_minor >= 0) AND (refunded_minor <= total_minor))),
  constraint store_order_check2 CHECK (((refunded_shipping_minor >= 0) AND (refunded_shipping_minor <= refunded_minor))),
  constraint store_order_check3 CHECK (((cancel_refused_at IS NULL) OR (cancel_requested_at IS NOT NULL))),
  constraint store_order_check4 CHECK (((store_order_number IS NULL) OR (status <> 'pending'::orders.order_status))),
  constraint store_order_currency_check CHECK ((currency = ANY (ARRAY['USD'::text, 'KRW'::text]))),
  constraint store_order_discount_minor_check CHECK ((discount_minor >= 0)),
  constraint store_order_item_count_check CHECK ((item_count > 0)),
  constraint store_order_shipping_minor_check CHECK ((shipping_minor >= 0)),
  constraint store_order_subtotal_minor_check CHECK ((subtotal_minor >= 0)),
  constraint store_order_tax_minor_check CHECK ((tax_minor >= 0))
) with (fillfactor=70);

create view orders.refund_to_repeat as
 SELECT r.refund_id,
    r.payment_id,
    r.order_number,
    rest.amount_minor,
    r.reason,
    r.requested_by,
    rest.lines,
    r.created_at
   FROM (payment.refund r
     CROSS JOIN LATERAL orders.refund_left_1(r.*) rest(amount_minor, lines))
  WHERE ((r.status = 'failed'::payment.refund_status) AND (r.failure_code = 'charge_disputed'::text) AND (EXISTS ( SELECT
           FROM payment.dispute d
          WHERE ((d.payment_id = r.payment_id) AND (d.closed_at >= r.created_at)))) AND (NOT (EXISTS ( SELECT
           FROM payment.dispute d
          WHERE ((d.payment_id = r.payment_id) AND (d.status = ANY (ARRAY['needs_response'::text, 'under_review'::text, 'lost'::text])))))) AND (NOT orders.refund_replaced_1(r.*)));

CREATE INDEX order_item_product ON orders.order_item USING btree (product_id);

CREATE INDEX order_status_history_order ON orders.order_status_history USING btree (order_number);

CREATE UNIQUE INDEX refund_request_open ON orders.refund_request USING btree (order_number) WHERE (status = 'open'::orders.refund_request_status);

CREATE INDEX refund_request_order ON orders.refund_request USING btree (order_number);

CREATE INDEX store_order_account ON orders.store_order USING btree (account_id, created_at DESC);

CREATE UNIQUE INDEX store_order_at_store ON orders.store_order USING btree (store_id, store_order_number) WHERE (store_order_number IS NOT NULL);

CREATE INDEX store_order_created ON orders.store_order USING btree (created_at DESC, order_number);

CREATE INDEX store_order_newest ON orders.store_order USING btree (created_at DESC);

CREATE INDEX store_order_store ON orders.store_order USING btree (store_id, created_at DESC);

CREATE OR REPLACE FUNCTION orders.abandon_1(p_session_id text)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare
  abandoned int;
begin
  update orders.store_order o set status = 'cancelled', reason = 'not_paid', updated_at = now()
  where o.session_id = p_session_id and o.payment_status = 'unpaid' and o.status = 'pending';
  get diagnostics abandoned = row_count;
  return abandoned;
end $function$
;

CREATE OR REPLACE FUNCTION orders.advance_1(p_order_number text, p_to orders.order_status, p_line_nos smallint[])
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  o orders.store_order;
begin
  select so.* into o from orders.store_order so where so.order_number = p_order_number for update;
  if not found then return 'not_found'; end if;
  if o.status = 'pending' then return 'not_placed'; end if;
  if o.status in ('failed', 'cancelled') then return 'ended'; end if;

  if p_to in ('shipped', 'delivered') then
    update orders.order_item i set item_status = p_to::text::orders.item_status
    where i.order_number = p_order_number and (p_line_nos is null or i.line_no = any (p_line_nos))
      and (i.item_status = 'placed' or (p_to = 'delivered' and i.item_status = 'shipped'));
  end if;
  -- The labels of the enum stand in the order of the life cycle.
  if o.status >= p_to then return 'already'; end if;
  if p_to = 'delivered' and o.status <> 'shipped' then
    update orders.store_order so set status = 'shipped' where so.order_number = p_order_number;
  end if;
  update orders.store_order so set status = p_to, updated_at = now() where so.order_number = p_order_number;
  return 'advanced';
end $function$
;

CREATE OR REPLACE FUNCTION orders.cancel_refused_1(p_order_number text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  update orders.store_order o set cancel_refused_at = now(), updated_at = now()
  where o.order_number = p_order_number and o.cancel_requested_at is not null and o.cancel_refused_at is null;
end $function$
;

CREATE OR REPLACE FUNCTION orders.cancel_requested_1(p_order_number text, p_reason text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  update orders.store_order o
  set cancel_reason = coalesce(o.cancel_reason, p_reason), cancel_requested_at = coalesce(o.cancel_requested_at, now()), updated_at = now()
  where o.order_number = p_order_number;
end $function$
;

CREATE OR REPLACE FUNCTION orders.guard_order()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.status <> old.status and not (
    (old.status = 'pending' and new.status in ('placed', 'failed', 'cancelled'))
    or (old.status = 'placed' and new.status in ('confirmed', 'shipped', 'cancelled'))
    or (old.status = 'confirmed' and new.status in ('shipped', 'cancelled'))
    or (old.status = 'shipped' and new.status in ('delivered', 'cancelled'))
  ) then
    raise exception 'order % cannot go from % to %', old.order_number, old.status, new.status using errcode = 'MU001';
  end if;
  if new.payment_status <> old.payment_status and not (
    (old.payment_status = 'unpaid' and new.payment_status = 'paid')
    or (old.payment_status = 'paid' and new.payment_status in ('partially_refunded', 'refunded'))
    or (old.payment_status = 'partially_refunded' and new.payment_status = 'refunded')
  ) then
    raise exception 'order % cannot go from % to %', old.order_number, old.payment_status, new.payment_status using errcode = 'MU001';
  end if;
  -- O2: nothing leaves 'pending' towards a store before it is paid.
  if new.status = 'placed' and new.payment_status = 'unpaid' then
    raise exception 'order % is not paid and cannot be placed', old.order_number using errcode = 'MU001';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION orders.items_delivered_1(p_order_number text, p_line_nos smallint[])
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  update orders.order_item i set item_status = 'delivered'
  where i.order_number = p_order_number and i.line_no = any (p_line_nos) and i.item_status in ('placed', 'shipped');
end $function$
;

CREATE OR REPLACE FUNCTION orders.mark_paid_1(p_session_id text)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare
  paid int;
begin
  update orders.store_order o set payment_status = 'paid', updated_at = now()
  where o.session_id = p_session_id and o.payment_status = 'unpaid' and o.status = 'pending';
  get diagnostics paid = row_count;
  return paid;
end $function$
;

CREATE OR REPLACE FUNCTION orders.new_number_1()
 RETURNS text
 LANGUAGE sql
AS $function$
  with random as (select uuid_send(gen_random_uuid()) as bytes)
  select 'MO-' || string_agg(substr('23456789ABCDEFGHJKMNPQRSTVWXYZ', get_byte(bytes, i) % 30 + 1, 1), '' order by n)
  from random, unnest(array[0, 1, 2, 3, 4, 5, 10, 11, 12, 13]) with ordinality as pick (i, n)
$function$
;

CREATE OR REPLACE FUNCTION orders.order_end_1(p_order_number text, p_status orders.order_status, p_reason text)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
declare
  o orders.store_order;
begin
  select so.* into o from orders.store_order so where so.order_number = p_order_number for update;
  if not found or o.status in ('failed', 'cancelled', 'delivered') then return false; end if;

  update orders.store_order so set status = p_status, reason = p_reason, updated_at = now() where so.order_number = p_order_number;
  update orders.order_item i set item_status = p_status::text::orders.item_status
  where i.order_number = p_order_number and i.item_status in ('pending', 'placed', 'shipped');
  if o.payment_status <> 'unpaid' and o.total_minor > o.refunded_minor then
    perform orders.refund_open_1(p_order_number, 'order:' || p_order_number || ':ended', o.total_minor - o.refunded_minor, p_reason, null, null);
  end if;
  if o.status <> 'shipped' then
    perform inventory.restock_1(o.session_id, (select array_agg(i.variant_id order by i.variant_id) from orders.order_item i where i.order_number = p_order_number));
  end if;
  return true;
end $function$
;

CREATE OR REPLACE FUNCTION orders.order_placed_1(p_order_number text, p_method store.placement_method, p_store_order_number text)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
declare
  wants_back boolean;
begin
  update orders.store_order o
  set status = 'placed', placement_method = p_method, store_order_number = p_store_order_number, placed_at = now(), updated_at = now()
  where o.order_number = p_order_number and o.status = 'pending'
  returning o.cancel_requested_at is not null into wants_back;
  if not found then return false; end if;
  update orders.order_item i set item_status = 'placed' where i.order_number = p_order_number and i.item_status = 'pending';
  if wants_back then
    perform graphile_worker.add_job('placement.cancel', json_build_object('orderNumber', p_order_number), job_key => 'placement.cancel:' || p_order_number);
  end if;
  return true;
end $function$
;

CREATE OR REPLACE FUNCTION orders.order_tracked_1(p_order_number text, p_carrier text, p_tracking_number text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  update orders.store_order o set carrier = p_carrier, tracking_number = p_tracking_number, updated_at = now()
  where o.order_number = p_order_number;
end $function$
;

CREATE OR REPLACE FUNCTION orders.put_1(p_session_id text, p_account_id text, p_currency text, p_snapshot jsonb, p_quote jsonb)
 RETURNS void
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
begin
  with put as (
    insert into orders.store_order as o (order_number, session_id, group_key, account_id, store_id, store_name, kind, currency, item_count,
      subtotal_minor, discount_minor, shipping_minor, tax_minor, total_minor, shipping_option_id, delivery_from, delivery_to)
    select orders.new_number_1(), p_session_id, g ->> 'key', p_account_id, g ->> 'storeId', g ->> 'storeName',
      (g ->> 'kind')::catalog.product_kind, p_currency, (g ->> 'itemCount')::int, (g ->> 'subtotalMinor')::bigint,
      coalesce((q ->> 'discountMinor')::bigint, 0), coalesce((q ->> 'shippingMinor')::bigint, 0), coalesce((q ->> 'taxMinor')::bigint, 0),
      (g ->> 'subtotalMinor')::bigint - coalesce((q ->> 'discountMinor')::bigint, 0) + coalesce((q ->> 'shippingMinor')::bigint, 0)
        + coalesce((q ->> 'taxMinor')::bigint, 0),
      q ->> 'shippingOptionId', (q ->> 'deliveryFrom')::date, (q ->> 'deliveryTo')::date
    from jsonb_array_elements(p_snapshot -> 'groups') as g
    cross join lateral (select p_quote -> 'groups' -> (g ->> 'key')) as quoted (q)
    on conflict (session_id, group_key) do update
      set discount_minor = excluded.discount_minor, shipping_minor = excluded.shipping_minor, tax_minor = excluded.tax_minor,
          total_minor = excluded.total_minor, shipping_option_id = excluded.shipping_option_id,
          delivery_from = excluded.delivery_from, delivery_to = excluded.delivery_to, updated_at = now()
      where o.payment_status = 'unpaid' and o.status = 'pending'
    returning o.order_number, o.group_key
  )
  insert into orders.order_item as i (order_number, line_no, product_id, variant_id, sku, title, size, color, image_url, product_url,
    quantity, unit_price_minor, original_price_minor, line_total_minor, discount_minor, tax_minor)
  select put.order_number, (l ->> 'lineNo')::smallint, l ->> 'productId', l ->> 'variantId', l ->> 'sku', l ->> 'title', l ->> 'size',
    l ->> 'color', l ->> 'imageUrl', l ->> 'productUrl', (l ->> 'quantity')::int, (l ->> 'unitPriceMinor')::bigint,
    (l ->> 'originalPriceMinor')::bigint, (l ->> 'lineTotalMinor')::bigint,
    coalesce((p_quote -> 'groups' -> put.group_key -> 'lineDiscountMinor' ->> (l ->> 'lineNo'))::bigint, 0),
    coalesce((p_quote -> 'groups' -> put.group_key -> 'lineTaxMinor' ->> (l ->> 'lineNo'))::bigint, 0)
  from jsonb_array_elements(p_snapshot -> 'groups') as g
  join put on put.group_key = g ->> 'key'
  cross join lateral jsonb_array_elements(g -> 'items') as l
  on conflict (order_number, line_no) do update
    set discount_minor = excluded.discount_minor, tax_minor = excluded.tax_minor;
end $function$
;

CREATE OR REPLACE FUNCTION orders.refund_left_1(r payment.refund, OUT amount_minor bigint, OUT lines jsonb)
 RETURNS record
 LANGUAGE sql
 STABLE
AS $function$
  select case when r.order_number is null then least(r.amount_minor, (select p.amount_minor - p.refunded_minor from payment.payment p where p.payment_id = r.payment_id))
      else coalesce(sum(still.amount_minor), 0)::bigint end,
    jsonb_agg(jsonb_build_object('lineNo', still.line_no, 'quantity', still.quantity, 'amountMinor', still.amount_minor) order by still.line_no)
      filter (where still.line_no is not null)
  from (
    select asked."lineNo" as line_no, least(asked.quantity, rest.quantity) as quantity, least(asked."amountMinor", rest."amountMinor") as amount_minor
    from jsonb_to_recordset(r.lines) as asked ("lineNo" int, quantity int, "amountMinor" bigint)
    join jsonb_to_recordset(orders.refund_rest_1(r.order_number)) as rest ("lineNo" int, quantity int, "amountMinor" bigint) using ("lineNo")
  ) still
$function$
;

CREATE OR REPLACE FUNCTION orders.refund_open_1(p_order_number text, p_cause text, p_amount_minor bigint, p_reason text, p_requested_by text, p_lines jsonb)
 RETURNS TABLE(outcome text, refund_id text)
 LANGUAGE plpgsql
AS $function$
declare
  o orders.store_order;
  opened record;
  shares jsonb;
begin
  select so.* into o from orders.store_order so where so.order_number = p_order_number for update;
  if not found then
    return query select 'not_found', null::text; return;
  end if;
  select 'exists' as outcome, r.refund_id into opened from payment.refund r where r.cause = p_cause;
  if found then
    return query select opened.outcome::text, opened.refund_id::text; return;
  end if;
  if o.refunded_minor + p_amount_minor > o.total_minor then
    return query select 'above_charge', null::text; return;
  end if;

  shares := coalesce(p_lines, orders.refund_rest_1(p_order_number));
  if (select sum((l ->> 'amountMinor')::bigint) from jsonb_array_elements(shares) l) is distinct from p_amount_minor::numeric then
    raise exception 'M5: the lines of the refund % do not sum to its amount', p_cause using errcode = 'MU001';
  end if;
  select r.outcome, r.refund_id into opened from payment.payment p
  cross join lateral payment.refund_open_1('re_' || replace(gen_random_uuid()::text, '-', ''), p.payment_id, p_order_number, p_cause,
    p_amount_minor, p_reason, p_requested_by, shares) as r
  where p.session_id = o.session_id;
  if opened.outcome = 'opened' then
    perform orders.refund_share_1(p_order_number, p_amount_minor, shares, 1);
    perform ledger.post_refund_opened_1(opened.refund_id);
  end if;
  return query select coalesce(opened.outcome, 'not_charged')::text, opened.refund_id::text;
end $function$
;

CREATE OR REPLACE FUNCTION orders.refund_repeat_1()
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare
  due record;
  refused record;
  cause text;
  answer text;
begin
  select x.refund_id, x.payment_id, x.order_number into due from orders.refund_to_repeat x order by x.created_at, x.refund_id limit 1;
  if not found then return 0; end if;
  perform 1 from orders.store_order o where o.order_number = due.order_number for update;
  perform 1 from payment.payment p where p.payment_id = due.payment_id for update;
  -- Read again under the locks: what is left may have gone meanwhile, and the look for the next one finds that.
  select x.* into refused from orders.refund_to_repeat x where x.refund_id = due.refund_id;
  if not found then return 1; end if;
  cause := 'again:' || refused.refund_id;
  if refused.order_number is not null then
    select o.outcome into answer
    from orders.refund_open_1(refused.order_number, cause, refused.amount_minor, refused.reason, refused.requested_by, refused.lines) o;
  else
    select o.outcome into answer
    from payment.refund_open_1('re_' || replace(gen_random_uuid()::text, '-', ''), refused.payment_id, null, cause, refused.amount_minor,
      refused.reason, refused.requested_by, null) o;
  end if;
  if answer <> 'opened' then
    raise exception 'M2: refund % is owed, and asking for it again came to %', refused.refund_id, answer using errcode = 'MU001';
  end if;
  return 1;
end $function$
;

CREATE OR REPLACE FUNCTION orders.refund_replaced_1(r payment.refund)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select exists (
    select from payment.refund later
    where later.payment_id = r.payment_id and later.order_number is not distinct from r.order_number
      and (later.cause = 'again:' || r.refund_id
        or (later.created_at > r.created_at and later.status <> 'failed' and later.cause not like 'again:%')))
    or (select rest.amount_minor <= 0 from orders.refund_left_1(r) rest)
$function$
;

CREATE OR REPLACE FUNCTION orders.refund_request_open_1(p_request_id text, p_order_number text, p_account_id text, p_lines jsonb, p_reason text, p_is_valid boolean)
 RETURNS TABLE(outcome text, request_id text)
 LANGUAGE plpgsql
AS $function$
declare
  o orders.store_order;
  known orders.refund_request;
begin
  select so.* into o from orders.store_order so where so.order_number = p_order_number and so.account_id = p_account_id for update;
  if not found or o.payment_status = 'unpaid' then
    return query select 'not_found', null::text; return;
  end if;
  select r.* into known from orders.refund_request r where r.order_number = p_order_number and r.status = 'open';
  if found then
    return query select case
      when not p_is_valid then 'invalid'
      when (known.lines, known.reason) is distinct from (p_lines, p_reason) then 'other_open'
      else 'open' end, known.request_id;
    return;
  end if;
  if o.payment_status = 'refunded' or o.refunded_minor = o.total_minor then
    return query select 'nothing_left', null::text; return;
  end if;
  -- What has not been placed yet is taken back by cancelling it.
  if o.status in ('pending', 'failed', 'cancelled') then
    return query select 'not_delivered', null::text; return;
  end if;
  if not p_is_valid then
    return query select 'invalid', null::text; return;
  end if;
  insert into orders.refund_request (request_id, order_number, account_id, lines, reason)
  values (p_request_id, p_order_number, p_account_id, p_lines, p_reason);
  return query select 'opened', p_request_id;
end $function$
;

CREATE OR REPLACE FUNCTION orders.refund_rest_1(p_order_number text)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
AS $function$
  select coalesce(jsonb_agg(jsonb_build_object('lineNo', rest.line_no, 'quantity', rest.quantity, 'amountMinor', rest.amount_minor) order by rest.line_no), '[]')
  from (
    select 0 as line_no, 0 as quantity, o.total_minor - o.refunded_shipping_minor
      - (select coalesce(sum(i.line_total_minor - i.discount_minor + i.tax_minor), 0) from orders.order_item i where i.order_number = o.order_number) as amount_minor
    from orders.store_order o where o.order_number = p_order_number
    union all
    select i.line_no, i.quantity - i.refunded_quantity, i.line_total_minor - i.discount_minor + i.tax_minor - i.refunded_minor
    from orders.order_item i where i.order_number = p_order_number
  ) rest
  where rest.quantity > 0 or rest.amount_minor > 0
$function$
;

CREATE OR REPLACE FUNCTION orders.refund_settled_1(p_refund_id text, p_status payment.refund_status, p_provider_ref text, p_failure_code text, p_try_at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
declare
  known payment.refund;
  settled bigint;
begin
  -- Lock order: order, then payment, then refund.
  perform 1 from orders.store_order o join payment.refund r using (order_number) where r.refund_id = p_refund_id for update of o;
  -- No answer to the question how a pending refund stands leaves it pending.
  known := payment.refund_settle_1(p_refund_id, case
    when p_status = 'unknown' and exists (select from payment.refund r where r.refund_id = p_refund_id and r.status = 'pending') then 'pending'
    else p_status end::payment.refund_status, p_provider_ref, p_failure_code, p_try_at);
  if known.refund_id is null then return false; end if;
  if known.order_number is null then return true; end if;

  select coalesce(sum(r.amount_minor), 0) into settled from payment.refund r
  where r.order_number = known.order_number and r.status = 'succeeded';
  if p_status = 'succeeded' then
    update orders.store_order o
    set payment_status = case when settled >= o.total_minor then 'refunded' else 'partially_refunded' end::orders.payment_status, updated_at = now()
    where o.order_number = known.order_number and o.payment_status <> 'refunded';
    -- S3: what was paid back is downloaded no more. Of goods that are sent there is nothing to take.
    if exists (select from orders.store_order o where o.order_number = known.order_number and o.kind = 'digital' and o.payment_status = 'refunded') then
      perform access.revoke_1(known.order_number, 'refunded');
    end if;
  elsif p_status = 'failed' then
    perform orders.refund_share_1(known.order_number, known.amount_minor, known.lines, -1);
    perform ledger.post_refund_withdrawn_1(p_refund_id);
  end if;
  return true;
end $function$
;

CREATE OR REPLACE FUNCTION orders.refund_share_1(p_order_number text, p_amount_minor bigint, p_lines jsonb, p_sign integer)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  shared int;
begin
  update orders.store_order o
  set refunded_minor = o.refunded_minor + p_sign * p_amount_minor, updated_at = now(),
      refunded_shipping_minor = o.refunded_shipping_minor + p_sign * coalesce((
        select sum((l ->> 'amountMinor')::bigint) from jsonb_array_elements(p_lines) l where (l ->> 'lineNo')::int = 0), 0)
  where o.order_number = p_order_number;
  update orders.order_item i
  set refunded_quantity = i.refunded_quantity + p_sign * (l ->> 'quantity')::int,
      refunded_minor = i.refunded_minor + p_sign * (l ->> 'amountMinor')::bigint
  from jsonb_array_elements(p_lines) l
  where i.order_number = p_order_number and i.line_no = (l ->> 'lineNo')::int;
  get diagnostics shared = row_count;
  if shared <> (select count(*) from jsonb_array_elements(p_lines) l where (l ->> 'lineNo')::int <> 0) then
    raise exception 'M5: a refund of order % names a line that it has not, or one twice', p_order_number using errcode = 'MU001';
  end if;
end $function$
;

CREATE OR REPLACE FUNCTION orders.tell()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if (old.status <> new.status and case new.placement_method
      when 'manual' then true
      -- What is there at once is part of being paid.
      when 'digital' then new.status not in ('placed', 'shipped', 'delivered')
      else new.status <> 'placed' end)
    or (old.payment_status <> new.payment_status and new.payment_status <> 'paid')
    or old.tracking_number is distinct from new.tracking_number
    or old.cancel_refused_at is distinct from new.cancel_refused_at
  then
    perform pg_notify('muse_session', new.session_id || ' order');
  end if;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION orders.write_first_history()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into orders.order_status_history (order_number, from_status, to_status) select f.order_number, null, f.status from fresh f;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION orders.write_history()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.status <> old.status then
    insert into orders.order_status_history (order_number, from_status, to_status) values (new.order_number, old.status, new.status);
  end if;
  return null;
end $function$
;

CREATE TRIGGER ops_follows AFTER INSERT OR UPDATE OF status ON orders.refund_request FOR EACH STATEMENT EXECUTE FUNCTION ops.follow_refund();

CREATE TRIGGER checkout_follows AFTER UPDATE OF status, cancel_refused_at ON orders.store_order FOR EACH ROW EXECUTE FUNCTION checkout.follow_order();

CREATE TRIGGER first_history AFTER INSERT ON orders.store_order REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION orders.write_first_history();

CREATE TRIGGER guard BEFORE UPDATE OF status, payment_status ON orders.store_order FOR EACH ROW EXECUTE FUNCTION orders.guard_order();

CREATE TRIGGER history AFTER UPDATE OF status ON orders.store_order FOR EACH ROW EXECUTE FUNCTION orders.write_history();

CREATE TRIGGER ledger_follows AFTER UPDATE OF status ON orders.store_order FOR EACH ROW EXECUTE FUNCTION ledger.follow_order();

CREATE TRIGGER notify_follows AFTER UPDATE OF status ON orders.store_order FOR EACH ROW EXECUTE FUNCTION notify.follow_order();

CREATE TRIGGER tell AFTER UPDATE OF status, payment_status, tracking_number, cancel_refused_at ON orders.store_order FOR EACH ROW EXECUTE FUNCTION orders.tell();

create schema payment;

create type payment.answer_status as enum ('started', 'unknown', 'submitted', 'refused');

create type payment.attempt_status as enum ('started', 'requires_action', 'unknown', 'succeeded', 'failed');

create type payment.payment_status as enum ('started', 'requires_action', 'unknown', 'succeeded', 'failed', 'canceled');

create type payment.provider as enum ('stripe', 'toss');

create type payment.refund_status as enum ('created', 'account_needed', 'unknown', 'pending', 'succeeded', 'failed');

create table payment.attempt (
  attempt_id text not null,
  payment_id text not null,
  number integer not null,
  generation integer not null,
  method_ref text not null,
  amount_minor bigint not null,
  currency text not null,
  terms text not null,
  press bytea,
  status payment.attempt_status not null,
  failure_code text,
  decline_code text,
  created_at timestamp with time zone default now() not null,
  ended_at timestamp with time zone,
  constraint attempt_pkey PRIMARY KEY (attempt_id),
  constraint attempt_payment_id_number_key UNIQUE (payment_id, number),
  constraint attempt_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payment.payment(payment_id),
  constraint attempt_amount_minor_check CHECK ((amount_minor > 0)),
  constraint attempt_number_check CHECK ((number >= 1)),
  constraint attempt_press_check CHECK ((length(press) = 32))
);

create table payment.deposit (
  payment_id text not null,
  provider_ref text not null,
  bank_code text not null,
  account_number text not null,
  holder_name text not null,
  due_at timestamp with time zone not null,
  secret text not null,
  reverted_at timestamp with time zone,
  look_at timestamp with time zone default now() not null,
  created_at timestamp with time zone default now() not null,
  constraint deposit_pkey PRIMARY KEY (payment_id),
  constraint deposit_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payment.payment(payment_id)
);

create table payment.dispute (
  dispute_id text not null,
  payment_id text not null,
  amount_minor bigint not null,
  currency text not null,
  reason text not null,
  status text not null,
  withdrawn_minor bigint default 0 not null,
  movement_count integer default 0 not null,
  evidence_due_at timestamp with time zone,
  opened_at timestamp with time zone not null,
  closed_at timestamp with time zone,
  opened_count integer default 1 not null,
  is_appeal boolean default false not null,
  look_at timestamp with time zone default (now() + '01:00:00'::interval) not null,
  updated_at timestamp with time zone default now() not null,
  constraint dispute_pkey PRIMARY KEY (dispute_id),
  constraint dispute_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payment.payment(payment_id),
  constraint dispute_amount_minor_check CHECK ((amount_minor > 0)),
  constraint dispute_status_check CHECK ((status = ANY (ARRAY['inquiry'::text, 'inquiry_closed'::text, 'needs_response'::text, 'under_review'::text, 'won'::text, 'lost'::text]))),
  constraint dispute_withdrawn_minor_check CHECK ((withdrawn_minor >= 0))
);

create table payment.dispute_answer (
  answer_id text not null,
  dispute_id text not null,
  opening integer default 1 not null,
  status payment.answer_status default 'started'::payment.answer_status not null,
  evidence jsonb not null,
  asked_by text not null,
  asked_at timestamp with time zone default now() not null,
  tries integer default 0 not null,
  try_at timestamp with time zone default now(),
  error text,
  settled_at timestamp with time zone,
  constraint dispute_answer_pkey PRIMARY KEY (answer_id),
  constraint dispute_answer_dispute_id_fkey FOREIGN KEY (dispute_id) REFERENCES payment.dispute(dispute_id),
  constraint dispute_answer_check CHECK (((try_at IS NOT NULL) = (status = ANY (ARRAY['started'::payment.answer_status, 'unknown'::payment.answer_status])))),
  constraint dispute_answer_check1 CHECK (((settled_at IS NOT NULL) = (status = ANY (ARRAY['submitted'::payment.answer_status, 'refused'::payment.answer_status]))))
);

create table payment.payment (
  payment_id text not null,
  session_id text not null,
  account_id text not null,
  provider payment.provider not null,
  status payment.payment_status not null,
  amount_minor bigint not null,
  currency text not null,
  provider_ref text,
  dead_refs text[] default '{}'::text[] not null,
  generation integer default 1 not null,
  client_secret text,
  action_url text,
  failure_code text,
  refunded_minor bigint default 0 not null,
  check_at timestamp with time zone,
  checks integer default 0 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  succeeded_at timestamp with time zone,
  constraint payment_pkey PRIMARY KEY (payment_id),
  constraint payment_session_id_key UNIQUE (session_id),
  constraint payment_amount_minor_check CHECK ((amount_minor > 0)),
  constraint payment_check CHECK (((refunded_minor >= 0) AND (refunded_minor <= amount_minor))),
  constraint payment_check1 CHECK (((refunded_minor = 0) OR (status = 'succeeded'::payment.payment_status))),
  constraint payment_check2 CHECK (((status = 'succeeded'::payment.payment_status) = (succeeded_at IS NOT NULL))),
  constraint payment_currency_check CHECK ((currency = ANY (ARRAY['USD'::text, 'KRW'::text])))
) with (fillfactor=70);

create table payment.refund (
  refund_id text not null,
  payment_id text not null,
  order_number text,
  cause text not null,
  amount_minor bigint not null,
  currency text not null,
  reason text not null,
  status payment.refund_status default 'created'::payment.refund_status not null,
  source text default 'muse'::text not null,
  provider_ref text,
  requested_by text,
  lines jsonb,
  failure_code text,
  round integer default 0 not null,
  tries integer default 0 not null,
  try_at timestamp with time zone default now() not null,
  ask_from timestamp with time zone default now() not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  succeeded_at timestamp with time zone,
  constraint refund_pkey PRIMARY KEY (refund_id),
  constraint refund_cause_key UNIQUE (cause),
  constraint refund_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payment.payment(payment_id),
  constraint refund_amount_minor_check CHECK ((amount_minor > 0)),
  constraint refund_source_check CHECK ((source = ANY (ARRAY['muse'::text, 'provider'::text])))
);

create table payment.refund_account (
  refund_id text not null,
  bank_code text not null,
  last_digits text not null,
  wrapped_key bytea,
  sealed bytea,
  master_key_id text,
  given_by text not null,
  given_at timestamp with time zone default now() not null,
  constraint refund_account_pkey PRIMARY KEY (refund_id),
  constraint refund_account_refund_id_fkey FOREIGN KEY (refund_id) REFERENCES payment.refund(refund_id),
  constraint refund_account_check CHECK ((((wrapped_key IS NULL) = (sealed IS NULL)) AND ((sealed IS NULL) = (master_key_id IS NULL)))),
  constraint refund_account_last_digits_check CHECK ((last_digits ~ '^[0-9]{3}$'::text))
);

create table payment.toss_order (
  order_id text not null,
  session_id text not null,
  amount_minor bigint not null,
  mismatched_at timestamp with time zone,
  created_at timestamp with time zone default now() not null,
  constraint toss_order_pkey PRIMARY KEY (order_id),
  constraint toss_order_amount_minor_check CHECK ((amount_minor > 0)),
  constraint toss_order_order_id_check CHECK ((order_id ~ '^[A-Za-z0-9_-]{6,64}$'::text))
);

create table payment.unmatched (
  payment_id text not null,
  provider_ref text not null,
  reason text not null,
  amount_minor bigint not null,
  currency text not null,
  seen_at timestamp with time zone default now() not null,
  constraint unmatched_pkey PRIMARY KEY (payment_id, provider_ref),
  constraint unmatched_payment_id_fkey FOREIGN KEY (payment_id) REFERENCES payment.payment(payment_id),
  constraint unmatched_reason_check CHECK ((reason = ANY (ARRAY['amount_mismatch'::text, 'surplus'::text])))
);

CREATE INDEX attempt_created_span ON payment.attempt USING brin (created_at);

CREATE UNIQUE INDEX attempt_live ON payment.attempt USING btree (payment_id) WHERE (status = ANY (ARRAY['started'::payment.attempt_status, 'requires_action'::payment.attempt_status, 'unknown'::payment.attempt_status]));

CREATE UNIQUE INDEX attempt_succeeded ON payment.attempt USING btree (payment_id) WHERE (status = 'succeeded'::payment.attempt_status);

CREATE INDEX deposit_reverted ON payment.deposit USING btree (look_at) WHERE (reverted_at IS NOT NULL);

CREATE INDEX dispute_answer_dispute ON payment.dispute_answer USING btree (dispute_id);

CREATE INDEX dispute_answer_due ON payment.dispute_answer USING btree (try_at) WHERE (try_at IS NOT NULL);

CREATE UNIQUE INDEX dispute_answer_once ON payment.dispute_answer USING btree (dispute_id, opening) WHERE (status <> 'refused'::payment.answer_status);

CREATE INDEX dispute_open ON payment.dispute USING btree (evidence_due_at) WHERE (closed_at IS NULL);

CREATE INDEX dispute_opened ON payment.dispute USING btree (opened_at DESC, dispute_id);

CREATE INDEX dispute_payment ON payment.dispute USING btree (payment_id);

CREATE INDEX payment_account ON payment.payment USING btree (account_id);

CREATE INDEX payment_check ON payment.payment USING btree (check_at) WHERE (check_at IS NOT NULL);

CREATE INDEX payment_open ON payment.payment USING btree (updated_at) WHERE (status = ANY (ARRAY['started'::payment.payment_status, 'requires_action'::payment.payment_status, 'unknown'::payment.payment_status, 'failed'::payment.payment_status]));

CREATE UNIQUE INDEX payment_provider_ref ON payment.payment USING btree (provider, provider_ref) WHERE (provider_ref IS NOT NULL);

CREATE INDEX payment_succeeded_span ON payment.payment USING brin (succeeded_at);

CREATE INDEX refund_account_sealed ON payment.refund_account USING btree (refund_id) WHERE (sealed IS NOT NULL);

CREATE INDEX refund_due ON payment.refund USING btree (try_at) WHERE (status = ANY (ARRAY['created'::payment.refund_status, 'unknown'::payment.refund_status, 'pending'::payment.refund_status]));

CREATE INDEX refund_failed ON payment.refund USING btree (created_at) WHERE (status = 'failed'::payment.refund_status);

CREATE INDEX refund_named ON payment.refund USING btree (provider_ref) WHERE (provider_ref IS NOT NULL);

CREATE INDEX refund_order ON payment.refund USING btree (order_number);

CREATE INDEX refund_payment ON payment.refund USING btree (payment_id);

CREATE UNIQUE INDEX refund_provider_ref ON payment.refund USING btree (provider_ref) WHERE (source = 'muse'::text);

CREATE INDEX refund_waiting ON payment.refund USING btree (updated_at) WHERE (status = 'account_needed'::payment.refund_status);

CREATE INDEX toss_order_session ON payment.toss_order USING btree (session_id);

CREATE OR REPLACE FUNCTION payment.attempt_start_1(p_session_id text, p_account_id text, p_payment_id text, p_attempt_id text, p_amount_minor bigint, p_currency text, p_method_ref text, p_terms text, p_check_after interval, p_dead_ref text, p_press bytea)
 RETURNS TABLE(payment_id text, attempt_id text, number integer, generation integer, provider_ref text)
 LANGUAGE plpgsql
AS $function$
declare
  pay payment.payment;
  next_number int;
begin
  update payment.payment p
  set generation = p.generation + 1, dead_refs = p.dead_refs || p.provider_ref, provider_ref = null, client_secret = null
  where p.session_id = p_session_id and p.provider_ref = p_dead_ref and p.status in ('failed', 'requires_action');
  insert into payment.payment as p (payment_id, session_id, account_id, provider, status, amount_minor, currency, check_at)
  values (p_payment_id, p_session_id, p_account_id, case p_currency when 'KRW' then 'toss' else 'stripe' end::payment.provider,
          'started', p_amount_minor, p_currency, now() + p_check_after)
  on conflict (session_id) do update
    -- Where no intent is there yet, the one that this attempt makes decides what the payment is of.
    set status = 'started', amount_minor = case when p.provider_ref is null then excluded.amount_minor else p.amount_minor end,
        failure_code = null, action_url = null, check_at = now() + p_check_after, checks = 0, updated_at = now()
  returning p.* into pay;
  if pay.amount_minor <> p_amount_minor or pay.currency <> p_currency then
    raise exception 'M6: the intent of payment % is not of what was on the button', pay.payment_id using errcode = 'MU001';
  end if;

  select coalesce(max(a.number), 0) + 1 into next_number from payment.attempt a where a.payment_id = pay.payment_id;
  update payment.attempt a set status = 'failed', failure_code = 'replaced', ended_at = now()
  where a.payment_id = pay.payment_id and a.status = 'requires_action';
  insert into payment.attempt (attempt_id, payment_id, number, generation, method_ref, amount_minor, currency, terms, press, status)
  values (p_attempt_id, pay.payment_id, next_number, pay.generation, p_method_ref, p_amount_minor, p_currency, p_terms, p_press, 'started');

  return query select pay.payment_id, p_attempt_id, next_number, pay.generation, pay.provider_ref;
end $function$
;

CREATE OR REPLACE FUNCTION payment.await_deposit_1(p_attempt_id text, p_provider_ref text, p_bank_code text, p_account_number text, p_holder_name text, p_due_at timestamp with time zone, p_secret text, p_check_at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
begin
  if not payment.settle_attempt_1(p_attempt_id, 'requires_action', p_provider_ref, null, null, null, null, p_check_at) then
    return false;
  end if;
  insert into payment.deposit as d (payment_id, provider_ref, bank_code, account_number, holder_name, due_at, secret)
  select a.payment_id, p_provider_ref, p_bank_code, p_account_number, p_holder_name, p_due_at, p_secret
  from payment.attempt a where a.attempt_id = p_attempt_id
  on conflict (payment_id) do update
    set provider_ref = excluded.provider_ref, bank_code = excluded.bank_code, account_number = excluded.account_number, holder_name = excluded.holder_name,
        due_at = excluded.due_at, secret = excluded.secret;
  return true;
end $function$
;

CREATE OR REPLACE FUNCTION payment.deposit_reverted_1(p_payment_id text, p_is_reverted boolean, p_read_at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
begin
  update payment.deposit d set reverted_at = case when p_is_reverted then now() end
  from payment.payment p
  where d.payment_id = p_payment_id and p.payment_id = d.payment_id and p.provider_ref = d.provider_ref and p.status = 'succeeded'
    and case when p_is_reverted then d.reverted_at is null else d.reverted_at < p_read_at end;
  return found;
end $function$
;

CREATE OR REPLACE FUNCTION payment.dispute_answer_1(p_answer_id text, p_dispute_id text, p_evidence jsonb, p_asked_by text)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  d payment.dispute;
begin
  select x.* into d from payment.dispute x where x.dispute_id = p_dispute_id for update;
  if not found then return 'not_found'; end if;
  if exists (select from payment.dispute_answer a where a.dispute_id = p_dispute_id and a.opening = d.opened_count and a.status <> 'refused') then
    return 'answered';
  end if;
  if d.closed_at is not null or d.status not in ('needs_response', 'inquiry') or d.evidence_due_at <= now() then return 'closed'; end if;
  insert into payment.dispute_answer (answer_id, dispute_id, opening, evidence, asked_by)
  values (p_answer_id, p_dispute_id, d.opened_count, p_evidence, p_asked_by);
  return 'started';
end $function$
;

CREATE OR REPLACE FUNCTION payment.dispute_note_1(p_dispute_id text, p_provider payment.provider, p_provider_ref text, p_amount_minor bigint, p_currency text, p_reason text, p_status text, p_withdrawn_minor bigint, p_movement_count integer, p_evidence_due_at timestamp with time zone, p_opened_at timestamp with time zone, p_is_appeal boolean DEFAULT false)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  pay payment.payment;
  known payment.dispute;
  is_open boolean := p_status in ('inquiry', 'needs_response', 'under_review');
begin
  select p.* into pay from payment.payment p
  where p.provider = p_provider and p.provider_ref = p_provider_ref and p.status = 'succeeded' for update;
  if not found then return 'unknown_payment'; end if;
  select d.* into known from payment.dispute d where d.dispute_id = p_dispute_id;
  if found and (known.movement_count > p_movement_count or (known.movement_count = p_movement_count and case when p_is_appeal
      then known.is_appeal and known.status = p_status
      else known.status = p_status or known.closed_at is not null or (known.is_appeal and is_open) end)) then
    return 'known';
  end if;

  insert into payment.dispute as d (dispute_id, payment_id, amount_minor, currency, reason, status, withdrawn_minor, movement_count,
    evidence_due_at, opened_at, closed_at, opened_count, is_appeal)
  values (p_dispute_id, pay.payment_id, p_amount_minor, p_currency, p_reason, p_status, p_withdrawn_minor, p_movement_count,
    p_evidence_due_at, p_opened_at, case when not is_open then now() end, is_open::int, p_is_appeal)
  on conflict (dispute_id) do update
    set amount_minor = excluded.amount_minor, reason = excluded.reason, status = excluded.status, withdrawn_minor = excluded.withdrawn_minor,
        movement_count = excluded.movement_count, evidence_due_at = excluded.evidence_due_at,
        closed_at = case when not is_open then coalesce(d.closed_at, excluded.closed_at) end, is_appeal = excluded.is_appeal,
        opened_count = d.opened_count + (is_open and (d.closed_at is not null or (excluded.is_appeal and not d.is_appeal)))::int,
        look_at = case when d.closed_at is not null and is_open then now() + interval '1 hour' else d.look_at end, updated_at = now();
  perform ledger.post_dispute_1(p_dispute_id);
  return 'noted';
end $function$
;

CREATE OR REPLACE FUNCTION payment.forget_account()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.status in ('account_needed', 'succeeded', 'failed') and new.status <> old.status then
    update payment.refund_account a set wrapped_key = null, sealed = null, master_key_id = null
    where a.refund_id = new.refund_id and a.sealed is not null;
  end if;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION payment.guard_answer()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if old.status in ('submitted', 'refused') and new.status <> old.status then
    raise exception 'dispute answer % cannot go from % to %', old.answer_id, old.status, new.status using errcode = 'MU001';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION payment.guard_attempt()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.status <> old.status and not (
    (old.status = 'started' and new.status in ('requires_action', 'unknown', 'succeeded', 'failed'))
    or (old.status = 'requires_action' and new.status in ('unknown', 'succeeded', 'failed'))
    or (old.status = 'unknown' and new.status in ('requires_action', 'succeeded', 'failed'))
    -- A declined attempt whose card owner confirms the same intent afterwards in the provider's own form.
    or (old.status = 'failed' and new.status = 'succeeded')
  ) then
    raise exception 'payment attempt % cannot go from % to %', old.attempt_id, old.status, new.status using errcode = 'MU001';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION payment.guard_payment()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.status <> old.status and not (
    (old.status = 'started' and new.status in ('requires_action', 'unknown', 'succeeded', 'failed', 'canceled'))
    or (old.status = 'requires_action' and new.status in ('started', 'unknown', 'succeeded', 'failed', 'canceled'))
    or (old.status = 'unknown' and new.status in ('requires_action', 'succeeded', 'failed', 'canceled'))
    or (old.status = 'failed' and new.status in ('started', 'succeeded', 'canceled'))
  ) then
    raise exception 'payment % cannot go from % to %', old.payment_id, old.status, new.status using errcode = 'MU001';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION payment.guard_refund()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.status <> old.status and not (
    (old.status in ('created', 'unknown') and new.status in ('account_needed', 'unknown', 'pending', 'succeeded', 'failed'))
    -- An account was given; or the money went back at the provider itself, past Muse.
    or (old.status = 'account_needed' and new.status in ('created', 'succeeded'))
    or (old.status = 'pending' and new.status in ('succeeded', 'failed'))
    -- The provider may take a success back days later.
    or (old.status = 'succeeded' and new.status = 'failed')
  ) then
    raise exception 'refund % cannot go from % to %', old.refund_id, old.status, new.status using errcode = 'MU001';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION payment.intent_canceled_1(p_payment_id text, p_generation integer)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
begin
  update payment.payment p set status = 'canceled', check_at = null, action_url = null, updated_at = now()
  where p.payment_id = p_payment_id and p.generation = p_generation and p.status not in ('succeeded', 'canceled');
  if not found then return false; end if;
  update payment.attempt a set status = 'failed', failure_code = 'canceled', ended_at = now()
  where a.payment_id = p_payment_id and a.status in ('started', 'requires_action', 'unknown');
  return true;
end $function$
;

CREATE OR REPLACE FUNCTION payment.is_deposited_1(p_payment_id text)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select exists (
    select from payment.deposit d join payment.payment p using (payment_id)
    where d.payment_id = p_payment_id and d.provider_ref = p.provider_ref and d.reverted_at is null)
$function$
;

CREATE OR REPLACE FUNCTION payment.refund_account_give_1(p_refund_id text, p_bank_code text, p_last_digits text, p_wrapped_key bytea, p_sealed bytea, p_master_key_id text, p_given_by text)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
begin
  perform 1 from payment.payment p join payment.refund r using (payment_id) where r.refund_id = p_refund_id for update of p;
  update payment.refund r
  set status = 'created', round = r.round + 1, failure_code = null, tries = 0, ask_from = now(), try_at = now(), updated_at = now()
  where r.refund_id = p_refund_id and r.status = 'account_needed';
  if not found then return false; end if;
  insert into payment.refund_account as a (refund_id, bank_code, last_digits, wrapped_key, sealed, master_key_id, given_by)
  values (p_refund_id, p_bank_code, p_last_digits, p_wrapped_key, p_sealed, p_master_key_id, p_given_by)
  on conflict (refund_id) do update
    set bank_code = excluded.bank_code, last_digits = excluded.last_digits, wrapped_key = excluded.wrapped_key,
        sealed = excluded.sealed, master_key_id = excluded.master_key_id, given_by = excluded.given_by, given_at = now();
  perform graphile_worker.add_job('order.refund', json_build_object('refundId', p_refund_id), job_key => 'order.refund:' || p_refund_id);
  return true;
end $function$
;

CREATE OR REPLACE FUNCTION payment.refund_account_json_1(p_payment_id text)
 RETURNS jsonb
 LANGUAGE sql
 STABLE
AS $function$
  select case when count(*) > 0 then jsonb_build_object(
    'status', case when bool_or(r.status = 'account_needed') then 'needed' else 'given' end,
    'amountMinor', coalesce(sum(r.amount_minor) filter (where r.status = 'account_needed'), sum(r.amount_minor)),
    'failureCode', max(r.failure_code) filter (where r.status = 'account_needed'),
    'bankCode', max(a.bank_code), 'lastDigits', max(a.last_digits)) end
  from payment.refund r left join payment.refund_account a using (refund_id)
  where r.payment_id = p_payment_id and (r.status = 'account_needed' or (a.refund_id is not null and r.status in ('created', 'unknown', 'pending')))
$function$
;

CREATE OR REPLACE FUNCTION payment.refund_account_refused_1(p_refund_id text, p_round integer, p_failure_code text)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
begin
  perform 1 from payment.payment p join payment.refund r using (payment_id) where r.refund_id = p_refund_id for update of p;
  update payment.refund r
  set status = 'account_needed', failure_code = p_failure_code, tries = r.tries + 1, updated_at = now()
  where r.refund_id = p_refund_id and r.status in ('created', 'unknown') and r.round = p_round;
  return found;
end $function$
;

CREATE OR REPLACE FUNCTION payment.refund_at_bank_1(r payment.refund)
 RETURNS boolean
 LANGUAGE sql
 STABLE
AS $function$
  select r.status = 'failed' and r.failure_code = 'charge_disputed' and exists (
    select from payment.dispute d join payment.payment p using (payment_id)
    where d.payment_id = r.payment_id
      and (d.status in ('needs_response', 'under_review') or (d.status = 'lost' and d.withdrawn_minor >= p.amount_minor)))
$function$
;

CREATE OR REPLACE FUNCTION payment.refund_by_provider_1(p_refund_id text, p_provider_ref text)
 RETURNS void
 LANGUAGE sql
AS $function$
  update payment.refund r set source = 'provider', provider_ref = p_provider_ref where r.refund_id = p_refund_id
$function$
;

CREATE OR REPLACE FUNCTION payment.refund_open_1(p_refund_id text, p_payment_id text, p_order_number text, p_cause text, p_amount_minor bigint, p_reason text, p_requested_by text, p_lines jsonb)
 RETURNS TABLE(outcome text, refund_id text)
 LANGUAGE plpgsql
AS $function$
declare
  pay payment.payment;
  known text;
  needs_account boolean;
begin
  select p.* into pay from payment.payment p where p.payment_id = p_payment_id for update;
  if not found or pay.status <> 'succeeded' then
    return query select 'not_charged', null::text; return;
  end if;
  select r.refund_id into known from payment.refund r where r.cause = p_cause;
  if found then
    return query select 'exists', known; return;
  end if;
  if pay.refunded_minor + p_amount_minor > pay.amount_minor then
    return query select 'above_charge', null::text; return;
  end if;

  needs_account := payment.is_deposited_1(p_payment_id);
  insert into payment.refund (refund_id, payment_id, order_number, cause, amount_minor, currency, reason, requested_by, lines, status)
  values (p_refund_id, p_payment_id, p_order_number, p_cause, p_amount_minor, pay.currency, p_reason, p_requested_by, p_lines,
    case when needs_account then 'account_needed' else 'created' end::payment.refund_status);
  update payment.payment p set refunded_minor = p.refunded_minor + p_amount_minor, updated_at = now()
  where p.payment_id = p_payment_id;
  -- One of an order is posted once the order counts it (orders.refund_open_1).
  if p_order_number is null then perform ledger.post_refund_opened_1(p_refund_id); end if;
  if not needs_account then
    perform graphile_worker.add_job('order.refund', json_build_object('refundId', p_refund_id), job_key => 'order.refund:' || p_refund_id);
  end if;
  return query select 'opened', p_refund_id;
end $function$
;

CREATE OR REPLACE FUNCTION payment.refund_settle_1(p_refund_id text, p_status payment.refund_status, p_provider_ref text, p_failure_code text, p_try_at timestamp with time zone)
 RETURNS payment.refund
 LANGUAGE plpgsql
AS $function$
declare
  known payment.refund;
begin
  -- Lock order: payment before refund, as everywhere.
  perform 1 from payment.payment p join payment.refund r using (payment_id) where r.refund_id = p_refund_id for update of p;
  select r.* into known from payment.refund r where r.refund_id = p_refund_id for update;
  if not found or known.status = 'failed' or (known.status = 'succeeded' and p_status <> 'failed') then return null; end if;
  -- A late word about an account that the bank would not have, and that its owner is asked for anew.
  if known.status = 'account_needed' and p_status <> 'succeeded' then return null; end if;
  if known.status = p_status and p_status in ('pending', 'unknown') then
    update payment.refund r set tries = r.tries + 1, try_at = coalesce(p_try_at, r.try_at), updated_at = now() where r.refund_id = p_refund_id;
    return null;
  end if;

  update payment.refund r
  set status = p_status, provider_ref = coalesce(p_provider_ref, r.provider_ref), failure_code = p_failure_code,
      tries = r.tries + 1, try_at = coalesce(p_try_at, r.try_at), updated_at = now(),
      succeeded_at = case when p_status = 'succeeded' then now() end
  where r.refund_id = p_refund_id;
  if p_status = 'succeeded' then perform ledger.post_refund_1(p_refund_id); end if;
  if p_status = 'failed' then
    update payment.payment p set refunded_minor = p.refunded_minor - known.amount_minor, updated_at = now()
    where p.payment_id = known.payment_id;
    if known.status = 'succeeded' then perform ledger.post_refund_returned_1(p_refund_id); end if;
    if known.order_number is null then perform ledger.post_refund_withdrawn_1(p_refund_id); end if;
  end if;
  known.status := p_status;
  return known;
end $function$
;

CREATE OR REPLACE FUNCTION payment.settle_attempt_1(p_attempt_id text, p_status payment.attempt_status, p_provider_ref text, p_client_secret text, p_action_url text, p_failure_code text, p_decline_code text, p_check_at timestamp with time zone)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
declare
  pay payment.payment;
begin
  select p.* into pay from payment.payment p join payment.attempt a using (payment_id)
  where a.attempt_id = p_attempt_id for update of p;
  if not found or pay.status = 'succeeded' then return false; end if;
  -- Late word of an intent that has been replaced says nothing of the one that lives now (M1).
  if p_provider_ref is not null and (p_provider_ref = any (pay.dead_refs) or p_provider_ref <> pay.provider_ref) then return false; end if;
  if exists (select from payment.attempt later join payment.attempt this using (payment_id)
             where this.attempt_id = p_attempt_id and later.number > this.number) then
    return false;
  end if;

  update payment.attempt a
  set status = p_status, failure_code = p_failure_code, decline_code = p_decline_code,
      ended_at = case when p_status = 'failed' then now() end
  where a.attempt_id = p_attempt_id and a.status <> 'failed';
  if not found then return false; end if;

  update payment.payment p
  set status = p_status::text::payment.payment_status, provider_ref = coalesce(p_provider_ref, p.provider_ref),
      client_secret = coalesce(p_client_secret, p.client_secret), action_url = p_action_url, failure_code = p_failure_code,
      check_at = p_check_at, updated_at = now()
  where p.payment_id = pay.payment_id;
  if p_failure_code = 'canceled' then
    -- The intent is dead at the provider, whoever canceled it: the next try makes a new one.
    update payment.payment p
    set generation = p.generation + 1, dead_refs = array_remove(p.dead_refs || p.provider_ref, null), provider_ref = null, client_secret = null
    where p.payment_id = pay.payment_id;
  end if;
  return true;
end $function$
;

CREATE OR REPLACE FUNCTION payment.succeed_1(p_payment_id text, p_provider_ref text)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
begin
  update payment.payment p
  set status = 'succeeded', provider_ref = p_provider_ref, succeeded_at = now(), check_at = null, failure_code = null,
      action_url = null, updated_at = now()
  where p.payment_id = p_payment_id and p.status <> 'succeeded';
  if not found then return false; end if;

  update payment.attempt a set status = 'succeeded', failure_code = null, decline_code = null, ended_at = now()
  where a.attempt_id = (select l.attempt_id from payment.attempt l where l.payment_id = p_payment_id order by l.number desc limit 1);
  perform ledger.post_capture_1(p_payment_id);
  return true;
end $function$
;

CREATE OR REPLACE FUNCTION payment.unmatched_1(p_payment_id text, p_provider_ref text, p_reason text, p_amount_minor bigint, p_currency text)
 RETURNS void
 LANGUAGE sql
AS $function$
  insert into payment.unmatched (payment_id, provider_ref, reason, amount_minor, currency)
  values (p_payment_id, p_provider_ref, p_reason, p_amount_minor, p_currency) on conflict do nothing
$function$
;

CREATE TRIGGER guard BEFORE UPDATE OF status ON payment.attempt FOR EACH ROW EXECUTE FUNCTION payment.guard_attempt();

CREATE TRIGGER access_follows AFTER UPDATE OF reverted_at ON payment.deposit FOR EACH ROW EXECUTE FUNCTION access.follow_deposit();

CREATE TRIGGER notify_follows AFTER UPDATE OF reverted_at ON payment.deposit FOR EACH ROW EXECUTE FUNCTION notify.follow_deposit();

CREATE TRIGGER placement_follows AFTER UPDATE OF reverted_at ON payment.deposit FOR EACH ROW EXECUTE FUNCTION placement.follow_deposit();

CREATE TRIGGER access_follows AFTER INSERT OR UPDATE OF status ON payment.dispute FOR EACH ROW EXECUTE FUNCTION access.follow_dispute();

CREATE TRIGGER notify_follows AFTER INSERT ON payment.dispute FOR EACH ROW WHEN ((new.closed_at IS NULL)) EXECUTE FUNCTION notify.follow_dispute();

CREATE TRIGGER notify_follows_again AFTER UPDATE OF opened_count ON payment.dispute FOR EACH ROW WHEN ((new.opened_count > old.opened_count)) EXECUTE FUNCTION notify.follow_dispute();

CREATE TRIGGER guard BEFORE UPDATE OF status ON payment.dispute_answer FOR EACH ROW EXECUTE FUNCTION payment.guard_answer();

CREATE TRIGGER guard BEFORE UPDATE OF status ON payment.payment FOR EACH ROW EXECUTE FUNCTION payment.guard_payment();

CREATE TRIGGER notify_follows AFTER UPDATE OF status ON payment.payment FOR EACH ROW EXECUTE FUNCTION notify.follow_payment();

CREATE TRIGGER account_follows AFTER UPDATE OF status ON payment.refund FOR EACH ROW EXECUTE FUNCTION payment.forget_account();

CREATE TRIGGER guard BEFORE UPDATE OF status ON payment.refund FOR EACH ROW EXECUTE FUNCTION payment.guard_refund();

CREATE TRIGGER notify_follows AFTER INSERT OR UPDATE OF status ON payment.refund FOR EACH ROW EXECUTE FUNCTION notify.follow_refund();

CREATE TRIGGER notify_late AFTER INSERT ON payment.refund FOR EACH ROW WHEN ((new.order_number IS NULL)) EXECUTE FUNCTION notify.follow_late();

CREATE TRIGGER notify_follows AFTER INSERT ON payment.unmatched FOR EACH ROW EXECUTE FUNCTION notify.follow_unmatched();

create schema placement;

create type placement.attempt_status as enum ('started', 'placed', 'refused', 'unavailable', 'unknown');

create type placement.placement_status as enum ('waiting', 'running', 'unknown', 'manual', 'placed', 'failed', 'cancelled');

create type placement.task_kind as enum ('place', 'cancel');

create type placement.task_status as enum ('open', 'claimed', 'placed', 'failed', 'cancelled', 'refused', 'withdrawn');

create table placement.attempt (
  attempt_id text not null,
  order_number text not null,
  fence integer not null,
  method store.placement_method not null,
  connector text,
  status placement.attempt_status not null,
  worker_id text,
  deadline_at timestamp with time zone,
  reason text,
  detail text,
  store_order_number text,
  store_total_minor bigint,
  lookups integer default 0 not null,
  lookup_at timestamp with time zone,
  submitting_at timestamp with time zone,
  evidence_until timestamp with time zone,
  started_at timestamp with time zone default now() not null,
  ended_at timestamp with time zone,
  constraint attempt_pkey PRIMARY KEY (attempt_id),
  constraint attempt_order_number_fence_key UNIQUE (order_number, fence),
  constraint attempt_order_number_fkey FOREIGN KEY (order_number) REFERENCES placement.placement(order_number)
) with (fillfactor=70);

create table placement.manual_task (
  order_number text not null,
  kind placement.task_kind default 'place'::placement.task_kind not null,
  status placement.task_status default 'open'::placement.task_status not null,
  why text not null,
  detail text,
  outcome_unknown boolean default false not null,
  opened_at timestamp with time zone default now() not null,
  deadline_at timestamp with time zone not null,
  claimed_by text,
  claimed_until timestamp with time zone,
  closed_at timestamp with time zone,
  closed_by text,
  fail_reason text,
  note text,
  paid_minor bigint,
  constraint manual_task_pkey PRIMARY KEY (order_number, kind),
  constraint manual_task_order_number_fkey FOREIGN KEY (order_number) REFERENCES placement.placement(order_number),
  constraint manual_task_check CHECK ((((status = 'claimed'::placement.task_status) = (claimed_by IS NOT NULL)) AND ((status = 'claimed'::placement.task_status) = (claimed_until IS NOT NULL)))),
  constraint manual_task_check1 CHECK (((status = ANY (ARRAY['open'::placement.task_status, 'claimed'::placement.task_status])) = (closed_at IS NULL)))
);

create table placement.placement (
  order_number text not null,
  session_id text not null,
  store_id text not null,
  status placement.placement_status not null,
  tier_position smallint not null,
  method store.placement_method not null,
  tries integer default 0 not null,
  next_attempt_at timestamp with time zone default now() not null,
  fence integer default 0 not null,
  reason text,
  cancel_at timestamp with time zone,
  cancel_tries integer default 0 not null,
  held_at timestamp with time zone,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  constraint placement_pkey PRIMARY KEY (order_number),
  constraint placement_order_number_fkey FOREIGN KEY (order_number) REFERENCES orders.store_order(order_number),
  constraint placement_store_id_fkey FOREIGN KEY (store_id) REFERENCES store.store(store_id)
) with (fillfactor=70);

create table placement.store_limit (
  store_id text not null,
  method store.placement_method not null,
  running_max integer not null,
  constraint store_limit_pkey PRIMARY KEY (store_id, method),
  constraint store_limit_store_id_fkey FOREIGN KEY (store_id) REFERENCES store.store(store_id),
  constraint store_limit_running_max_check CHECK ((running_max > 0))
);

CREATE INDEX attempt_evidence ON placement.attempt USING btree (evidence_until) WHERE (evidence_until IS NOT NULL);

CREATE UNIQUE INDEX attempt_live ON placement.attempt USING btree (order_number) WHERE (status = ANY (ARRAY['started'::placement.attempt_status, 'unknown'::placement.attempt_status]));

CREATE INDEX attempt_lookup ON placement.attempt USING btree (lookup_at) WHERE ((status = 'unknown'::placement.attempt_status) AND (lookup_at IS NOT NULL));

CREATE INDEX attempt_overdue ON placement.attempt USING btree (deadline_at) WHERE (status = 'started'::placement.attempt_status);

CREATE UNIQUE INDEX attempt_placed ON placement.attempt USING btree (order_number) WHERE (status = 'placed'::placement.attempt_status);

CREATE INDEX attempt_started_span ON placement.attempt USING brin (started_at);

CREATE INDEX manual_task_closed ON placement.manual_task USING btree (closed_at) WHERE (closed_at IS NOT NULL);

CREATE UNIQUE INDEX manual_task_live ON placement.manual_task USING btree (order_number) WHERE (status = ANY (ARRAY['open'::placement.task_status, 'claimed'::placement.task_status]));

CREATE INDEX manual_task_queue ON placement.manual_task USING btree (deadline_at) WHERE (status = ANY (ARRAY['open'::placement.task_status, 'claimed'::placement.task_status]));

CREATE INDEX placement_at_work ON placement.placement USING btree (updated_at) WHERE (status = ANY (ARRAY['running'::placement.placement_status, 'unknown'::placement.placement_status]));

CREATE INDEX placement_cancel ON placement.placement USING btree (cancel_at) WHERE (cancel_at IS NOT NULL);

CREATE INDEX placement_due ON placement.placement USING btree (next_attempt_at) WHERE (status = 'waiting'::placement.placement_status);

CREATE INDEX placement_store ON placement.placement USING btree (store_id);

CREATE OR REPLACE FUNCTION placement.abandon_overdue_1(p_limit integer)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare
  overdue record;
  has_no_leave boolean;
  count int := 0;
begin
  for overdue in
    select a.attempt_id, a.order_number, a.method from placement.attempt a
    where a.status = 'started' and a.deadline_at <= now() order by a.deadline_at limit p_limit
  loop
    -- The order is the lock everybody takes first; one that is busy is being ended right now and is left alone.
    perform 1 from orders.store_order o where o.order_number = overdue.order_number for update skip locked;
    if not found then continue; end if;
    select a.submitting_at is null into has_no_leave from placement.attempt a where a.attempt_id = overdue.attempt_id and a.status = 'started' for update;
    if not found then continue; end if;
    if overdue.method = 'headless' and has_no_leave then
      perform placement.attempt_end_1(overdue.attempt_id, 'unavailable', 'worker_lost', 'the worker stopped before the button', null, null, null, null);
    else
      perform placement.attempt_end_1(overdue.attempt_id, 'unknown', 'no_answer', 'the worker stopped before the store answered', null, null, null, '0 s');
    end if;
    count := count + 1;
  end loop;
  return count;
end $function$
;

CREATE OR REPLACE FUNCTION placement.ask_gates_1(p_worker_id text, p_methods store.placement_method[], p_limit integer, p_limit_keys text[], p_limit_free integer[])
 RETURNS text[]
 LANGUAGE plpgsql
AS $function$
declare
  candidate record;
  answer record;
  let_through text[] := '{}';
  keys text[] := '{}';
  busy text[];
begin
  busy := array(
    select p.store_id from placement.attempt a join placement.placement p using (order_number)
    where a.status = 'started' and a.method = 'headless' and a.worker_id = p_worker_id and a.deadline_at > now());
  for candidate in
    select p.order_number, p.store_id, p.method, p.tier_position, p.created_at, p.store_id || ' ' || p.method as key
    from placement.placement p
    join store.tier t on t.store_id = p.store_id and t.position = p.tier_position and t.method = p.method and t.is_enabled
    where p.status = 'waiting' and p.next_attempt_at <= now() and p.held_at is null and p.method = any (p_methods)
      and case p.method
        when 'headless' then p.store_id <> all (busy)
        else exists (select from store.tier_gate g where g.store_id = t.store_id and g.position = t.position and g.state <> 'closed') end
    order by p.next_attempt_at limit p_limit + 50
    for update of p skip locked
  loop
    exit when cardinality(let_through) >= p_limit;
    continue when candidate.method = 'headless' and candidate.key = any (keys);
    -- No more are asked for than the store's limit will let be claimed.
    continue when exists (
      select from unnest(p_limit_keys, p_limit_free) as l (key, free)
      where l.key = candidate.key and l.free <= cardinality(array_positions(keys, candidate.key)));
    select g.gate, g.until into answer from store.gate_1(candidate.store_id, candidate.tier_position) g;
    if answer.gate = 'open' then
      let_through := let_through || candidate.order_number;
      keys := keys || candidate.key;
    -- A moment's waiting is no illness, and half an hour in all is what an order waits for its store.
    elsif answer.until <= (case answer.gate
      when 'sick' then clock_timestamp() + interval '2 seconds'
      when 'not_permitted' then '-infinity'
      else candidate.created_at + interval '30 minutes' end)
    then
      update placement.placement p set next_attempt_at = answer.until, reason = answer.gate, updated_at = now() where p.order_number = candidate.order_number;
    else
      perform placement.next_tier_1(candidate.order_number, answer.gate, null);
    end if;
  end loop;
  return let_through;
end $function$
;

CREATE OR REPLACE FUNCTION placement.attempt_end_1(p_attempt_id text, p_status placement.attempt_status, p_reason text, p_detail text, p_store_order_number text, p_store_total_minor bigint, p_retry_after interval, p_lookup_after interval)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  held record;
  o orders.store_order;
  a placement.attempt;
  p placement.placement;
begin
  -- Lock order: order, then placement, then attempt (a row's locks are taken in the order that is written here), then task.
  -- Whoever had to wait goes on with the newest versions of all three.
  select so as o, pl as p, t as a into held
  from placement.attempt t join placement.placement pl using (order_number) join orders.store_order so using (order_number)
  where t.attempt_id = p_attempt_id for update of so, pl, t;
  if not found then return 'not_found'; end if;
  o := held.o;
  p := held.p;
  a := held.a;
  if a.status not in ('started', 'unknown') then
    if p_status <> 'placed' or a.store_order_number is not distinct from p_store_order_number then return 'ended'; end if;
    -- What was taken for refused or absent has been accepted after all. While nothing else has come of the order, that is
    -- what came of it; else the store holds one too many.
    update placement.attempt t set store_order_number = p_store_order_number, detail = 'the store had it after all'
    where t.attempt_id = p_attempt_id and t.status <> 'placed';
    if o.status = 'pending' then return placement.store_says_1(o.order_number, p_store_order_number, true); end if;
    if o.store_order_number is not distinct from p_store_order_number then return 'ended'; end if;
    perform placement.surplus_1(p.order_number, p_store_order_number);
    return 'surplus';
  end if;

  -- Nearly all orders go this way: the store has what nobody took back and no person is at. Where the first statement finds
  -- anything else it changes nothing, and the rest of this function decides.
  if p_status = 'placed' and o.status = 'pending' and o.cancel_requested_at is null then
    update placement.attempt t
    set status = 'placed', reason = p_reason, detail = p_detail, store_order_number = p_store_order_number,
        store_total_minor = p_store_total_minor, lookup_at = null, ended_at = now()
    where t.attempt_id = p_attempt_id
      and not exists (
        select from orders.store_order so
        where so.store_id = o.store_id and so.store_order_number = p_store_order_number and so.order_number <> o.order_number)
      and not exists (
        select from placement.manual_task mt
        where mt.order_number = o.order_number and mt.kind = 'place' and mt.status in ('open', 'claimed'));
    if found then
      update placement.placement pl set status = 'placed', reason = null, cancel_at = null, updated_at = now()
      where pl.order_number = o.order_number;
      perform orders.order_placed_1(o.order_number, a.method, p_store_order_number);
      return 'placed';
    end if;
  end if;

  if p_status = 'placed' and exists (
    select from orders.store_order so where so.store_id = o.store_id and so.store_order_number = p_store_order_number and so.order_number <> o.order_number
  ) then
    -- A number that another order has is no proof of anything.
    return placement.attempt_unknown_1(p_attempt_id, 'number_taken', 'the store answered with the number of another order', null);
  end if;
  if p_status = 'unknown' then
    return placement.attempt_unknown_1(p_attempt_id, p_reason, p_detail, p_lookup_after);
  end if;
  -- Whoever took the leave away has written, or will write at its deadline, what becomes of it; unless the order is wanted back.
  if p_reason = 'fence_lost' and o.cancel_requested_at is null then return 'ended'; end if;

  update placement.attempt t
  set status = p_status, reason = p_reason, detail = p_detail, store_order_number = p_store_order_number,
      store_total_minor = p_store_total_minor, lookup_at = null, ended_at = now()
  where t.attempt_id = p_attempt_id;
  if p_status = 'unavailable' and exists (
    select from placement.manual_task t
    where t.order_number = p.order_number and t.kind = 'place' and t.status = 'claimed' and t.claimed_until > now()
  ) then
    -- Somebody is at it by hand right now: it stays with them, and nothing is submitted beside them.
    update placement.manual_task t set outcome_unknown = false where t.order_number = p.order_number and t.kind = 'place';
    return 'unavailable';
  end if;
  perform placement.task_withdraw_1(p.order_number);

  if p_status = 'placed' then
    return placement.placed_1(p.order_number, a.method, p_store_order_number);
  elsif p_status = 'refused' and o.cancel_requested_at is null then
    update placement.placement pl set status = 'failed', reason = p_reason, updated_at = now() where pl.order_number = p.order_number;
    perform orders.order_end_1(p.order_number, 'failed', p_reason);
    return 'refused';
  elsif o.cancel_requested_at is not null then
    -- Nothing was ordered and nobody wants it any more.
    update placement.placement pl set status = 'cancelled', reason = o.cancel_reason, updated_at = now() where pl.order_number = p.order_number;
    perform orders.order_end_1(p.order_number, 'cancelled', o.cancel_reason);
    return 'cancelled';
  end if;
  perform placement.try_on_1(p.order_number, p_reason, p_detail, p_retry_after);
  return 'unavailable';
end $function$
;

CREATE OR REPLACE FUNCTION placement.attempt_tell_1(p_attempt_id text, p_status placement.attempt_status, p_reason text, p_detail text, p_store_order_number text, p_store_total_minor bigint, p_retry_after interval, p_lookup_after interval, OUT outcome text, OUT is_settled boolean)
 RETURNS record
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
begin
  -- The store's health is told of a try's first outcome, and of nothing that was our own doing.
  perform store.tell_1(p.store_id, p.tier_position, p_status::text, p_reason, (extract(epoch from clock_timestamp() - a.started_at) * 1000)::int)
  from placement.attempt a join placement.placement p using (order_number)
  where a.attempt_id = p_attempt_id and a.status = 'started' and p_reason is distinct from 'fence_lost';
  outcome := placement.attempt_end_1(p_attempt_id, p_status, p_reason, p_detail, p_store_order_number, p_store_total_minor, p_retry_after, p_lookup_after);
  is_settled := not exists (
    select from placement.attempt a
    join placement.placement mine using (order_number)
    join orders.store_order o on o.session_id = mine.session_id
    left join placement.placement pl on pl.order_number = o.order_number
    where a.attempt_id = p_attempt_id and o.status = 'pending' and coalesce(pl.status, 'waiting') in ('waiting', 'running'));
end $function$
;

CREATE OR REPLACE FUNCTION placement.attempt_unknown_1(p_attempt_id text, p_reason text, p_detail text, p_lookup_after interval)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  number text;
begin
  update placement.attempt t
  set status = 'unknown', reason = coalesce(p_reason, t.reason), detail = coalesce(p_detail, t.detail), lookups = t.lookups + 1,
      lookup_at = now() + p_lookup_after
  where t.attempt_id = p_attempt_id
  returning t.order_number into number;
  if p_lookup_after is null then
    perform placement.to_manual_1(number, 'outcome_unknown', coalesce(p_detail, p_reason), true);
  else
    update placement.placement pl set status = 'unknown', reason = p_reason, updated_at = now()
    where pl.order_number = number and pl.status = 'running';
  end if;
  return 'unknown';
end $function$
;

CREATE OR REPLACE FUNCTION placement.cancel_1(p_order_number text, p_reason text)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  o orders.store_order;
  p placement.placement;
  t placement.manual_task;
begin
  select so.* into o from orders.store_order so where so.order_number = p_order_number for update;
  if not found or o.payment_status = 'unpaid' then return 'not_found'; end if;
  if o.status = 'cancelled' then return 'cancelled'; end if;
  if o.status in ('failed', 'delivered', 'shipped') then return 'not_cancellable'; end if;
  if o.cancel_refused_at is not null then return 'refused_by_store'; end if;
  select pl.* into p from placement.placement pl where pl.order_number = p_order_number for update;
  select mt.* into t from placement.manual_task mt where mt.order_number = p_order_number and mt.kind = 'place' for update;

  if o.status = 'pending' and (
    p.order_number is null or p.status = 'waiting'
    or (p.status = 'manual' and not t.outcome_unknown and (t.status = 'open' or t.claimed_until <= now()))
  ) then
    update placement.placement pl set status = 'cancelled', reason = p_reason, updated_at = now() where pl.order_number = p_order_number;
    perform placement.task_withdraw_1(p_order_number);
    perform orders.order_end_1(p_order_number, 'cancelled', p_reason);
    return 'cancelled';
  end if;

  perform orders.cancel_requested_1(p_order_number, p_reason);
  if o.status <> 'pending' and o.cancel_requested_at is null then
    update placement.placement pl set cancel_at = now(), updated_at = now() where pl.order_number = p_order_number;
    perform placement.cancel_ring_1(p_order_number, now());
  end if;
  return 'requested';
end $function$
;

CREATE OR REPLACE FUNCTION placement.cancel_by_hand_1(p_order_number text, p_why text, p_detail text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  update placement.placement p set cancel_at = null, updated_at = now() where p.order_number = p_order_number;
  insert into placement.manual_task as t (order_number, kind, why, detail, deadline_at)
  values (p_order_number, 'cancel', p_why, p_detail, now() + interval '2 hours')
  on conflict (order_number, kind) do update
    set status = 'open', why = excluded.why, detail = excluded.detail, opened_at = now(), deadline_at = excluded.deadline_at,
        closed_at = null, closed_by = null
    where t.status not in ('open', 'claimed');
end $function$
;

CREATE OR REPLACE FUNCTION placement.cancel_end_1(p_order_number text, p_answer text, p_detail text, p_again_after interval)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  o orders.store_order;
begin
  select so.* into o from orders.store_order so where so.order_number = p_order_number for update;
  perform 1 from placement.placement pl where pl.order_number = p_order_number for update;
  if o.status not in ('placed', 'confirmed') or o.cancel_requested_at is null or o.cancel_refused_at is not null then
    update placement.placement pl set cancel_at = null where pl.order_number = p_order_number;
    return 'over';
  end if;

  if p_answer = 'cancelled' then
    update placement.placement pl set status = 'cancelled', reason = o.cancel_reason, cancel_at = null, updated_at = now()
    where pl.order_number = p_order_number;
    perform orders.order_end_1(p_order_number, 'cancelled', o.cancel_reason);
  elsif p_answer = 'refused' then
    update placement.placement pl set cancel_at = null, updated_at = now() where pl.order_number = p_order_number;
    perform orders.cancel_refused_1(p_order_number);
  elsif p_answer = 'unavailable' and p_again_after is not null then
    update placement.placement pl set cancel_at = now() + p_again_after, updated_at = now() where pl.order_number = p_order_number;
    perform placement.cancel_ring_1(p_order_number, now() + p_again_after);
    return 'later';
  else
    perform placement.cancel_by_hand_1(p_order_number, 'cancel_at_store', p_detail);
    return 'manual';
  end if;
  update placement.manual_task t set status = 'withdrawn', closed_at = now(), claimed_by = null, claimed_until = null
  where t.order_number = p_order_number and t.kind = 'cancel' and t.status in ('open', 'claimed');
  return p_answer;
end $function$
;

CREATE OR REPLACE FUNCTION placement.cancel_overdue_1(p_limit integer)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare
  overdue record;
  count int := 0;
begin
  for overdue in select p.order_number from placement.placement p where p.cancel_at <= now() - interval '30 seconds' order by p.cancel_at limit p_limit loop
    perform placement.cancel_ring_1(overdue.order_number, now());
    count := count + 1;
  end loop;
  return count;
end $function$
;

CREATE OR REPLACE FUNCTION placement.cancel_ring_1(p_order_number text, p_at timestamp with time zone)
 RETURNS void
 LANGUAGE sql
AS $function$
  select graphile_worker.add_job('placement.cancel', json_build_object('orderNumber', p_order_number), run_at => p_at,
    job_key => 'placement.cancel:' || p_order_number)
$function$
;

CREATE OR REPLACE FUNCTION placement.cancel_take_1(p_order_number text, p_lease interval)
 RETURNS TABLE(outcome text, store_id text, method store.placement_method, connector text, base_url text, timeout_ms integer, store_order_number text, tries integer, wrapped_key bytea, sealed bytea, master_key_id text, attempt_id text, clue jsonb)
 LANGUAGE plpgsql
AS $function$
declare
  o orders.store_order;
  p placement.placement;
  placed_by placement.attempt;
begin
  select so.* into o from orders.store_order so where so.order_number = p_order_number for update;
  select pl.* into p from placement.placement pl where pl.order_number = p_order_number for update;
  if p.cancel_at is null or o.cancel_requested_at is null or o.cancel_refused_at is not null or o.status not in ('placed', 'confirmed') then
    update placement.placement pl set cancel_at = null where pl.order_number = p_order_number and pl.cancel_at is not null;
    outcome := 'over';
    return next;
    return;
  end if;
  if p.cancel_at > clock_timestamp() then
    outcome := 'later';
    return next;
    return;
  end if;

  select a.* into placed_by from placement.attempt a where a.order_number = p_order_number and a.status = 'placed';
  if placed_by.method = 'headless' then
    update placement.attempt a set evidence_until = now() + interval '30 days' where a.attempt_id = placed_by.attempt_id;
  end if;
  update placement.placement pl
  set cancel_tries = pl.cancel_tries + 1, cancel_at = now() + p_lease * case placed_by.method when 'headless' then 6 else 1 end, updated_at = now()
  where pl.order_number = p_order_number;
  return query
    select 'due', o.store_id, placed_by.method, placed_by.connector, tier.base_url, tier.timeout_ms, o.store_order_number, p.cancel_tries + 1,
      c.wrapped_key, c.sealed, c.master_key_id, placed_by.attempt_id,
      case placed_by.method when 'headless' then placement.clue_1(p_order_number, placed_by.attempt_id) end
    from (select 1) one
    left join lateral (
      select x.base_url, x.timeout_ms from store.tier x where x.store_id = o.store_id and x.connector = placed_by.connector order by x.position limit 1
    ) tier on true
    left join store.credential c on c.store_id = o.store_id and c.purpose = case placed_by.method when 'headless' then 'headless' else 'api' end;
end $function$
;

CREATE OR REPLACE FUNCTION placement.cancel_unheld_1(p_limit integer)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare
  unheld record;
  count int := 0;
begin
  for unheld in
    select t.order_number, o.cancel_reason from placement.manual_task t join orders.store_order o using (order_number)
    where t.kind = 'place' and not t.outcome_unknown and (t.status = 'open' or (t.status = 'claimed' and t.claimed_until <= now()))
      and o.status = 'pending' and o.cancel_requested_at is not null
    order by t.order_number limit p_limit
  loop
    -- Never waits for an order while it holds another: ending one locks its checkout's session, which the other's holder
    -- may be waiting for.
    perform 1 from orders.store_order o where o.order_number = unheld.order_number for update skip locked;
    if not found then continue; end if;
    perform placement.cancel_1(unheld.order_number, unheld.cancel_reason);
    count := count + 1;
  end loop;
  return count;
end $function$
;

CREATE OR REPLACE FUNCTION placement.claim_1(p_worker_id text, p_methods store.placement_method[], p_limit integer)
 RETURNS TABLE(attempt_id text, order_number text, session_id text, store_id text, method store.placement_method, connector text, base_url text, timeout_ms integer, wrapped_key bytea, sealed bytea, master_key_id text, request jsonb)
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare
  limited record;
  -- Stores with a limit, and how many more of their orders fit.
  limit_keys text[] := '{}';
  limit_free int[] := '{}';
  let_through text[] := '{}';
begin
  for limited in select l.store_id, l.method, l.running_max from placement.store_limit l where l.method = any (p_methods) order by l.store_id, l.method loop
    limit_keys := limit_keys || (limited.store_id || ' ' || limited.method);
    -- One claimer at a time counts a store's orders, else two would both see the last free place.
    limit_free := limit_free || case when pg_try_advisory_xact_lock(hashtextextended('placement.limit:' || limited.store_id || ' ' || limited.method, 0))
      then limited.running_max - (
        select count(*)::int from placement.attempt a join placement.placement p using (order_number)
        where a.status = 'started' and a.method = limited.method and p.store_id = limited.store_id)
      else 0 end;
  end loop;

  -- Where something may stand in the way of a store, it is asked first. An API whose tier has nothing against it need not be.
  if 'headless' = any (p_methods) or exists (select from store.tier_gate g where g.state <> 'closed') then
    let_through := placement.ask_gates_1(p_worker_id, p_methods, p_limit, limit_keys, limit_free);
  end if;

  return query
  with due as (
    select p.order_number, p.store_id, p.method, p.next_attempt_at
    from placement.placement p
    join store.tier t on t.store_id = p.store_id and t.position = p.tier_position and t.method = p.method and t.is_enabled
    where p.status = 'waiting' and p.next_attempt_at <= now() and p.held_at is null and p.method = any (p_methods)
      and not exists (select from unnest(limit_keys, limit_free) as l (key, free) where l.key = p.store_id || ' ' || p.method and l.free <= 0)
      and (p.order_number = any (let_through) or (p.method <> 'headless'
        and not exists (select from store.tier_gate g where g.store_id = t.store_id and g.position = t.position and g.state <> 'closed')))
    order by p.next_attempt_at limit p_limit
    for update of p skip locked
  ), ranked as (
    select d.order_number, d.store_id || ' ' || d.method as key, row_number() over (partition by d.store_id, d.method order by d.next_attempt_at) as rank
    from due d
  ), running as (
    update placement.placement p set status = 'running', fence = p.fence + 1, updated_at = now()
    from ranked r
    where p.order_number = r.order_number
      and r.rank <= coalesce((select l.free from unnest(limit_keys, limit_free) as l (key, free) where l.key = r.key), r.rank)
    returning p.order_number, p.session_id, p.store_id, p.tier_position, p.fence
  ), started as (
    insert into placement.attempt as a (attempt_id, order_number, fence, method, connector, status, worker_id, deadline_at, evidence_until)
    select 'pla_' || replace(gen_random_uuid()::text, '-', ''), r.order_number, r.fence, t.method, t.connector, 'started', p_worker_id,
      -- The worker's own deadline ends some seconds before this one: it has time to write what came of it. A browser takes
      -- longer to be put away.
      now() + make_interval(secs => t.timeout_ms / 1000.0 + case t.method when 'headless' then 20 else 3 end),
      case t.method when 'headless' then now() + interval '30 days' end
    from running r join store.tier t on t.store_id = r.store_id and t.position = r.tier_position
    returning a.attempt_id, a.order_number
  )
  select s.attempt_id, r.order_number, r.session_id, r.store_id, t.method, t.connector, t.base_url, t.timeout_ms,
    c.wrapped_key, c.sealed, c.master_key_id,
    jsonb_build_object(
      'currency', o.currency, 'shippingOptionId', o.shipping_option_id, 'shipTo', se.shipping_address,
      'contactEmail', coalesce(se.contact_email, (select u.email from account."user" u where u.id = o.account_id and not u.is_anonymous)),
      -- The price guard: what the shopper paid for what the store's total is of, and the store's margin on top. An API's is
      -- of goods and delivery; a shop's review page shows the tax of the address too.
      'totalMinorMax', (o.subtotal_minor - o.discount_minor + o.shipping_minor + case t.method when 'headless' then o.tax_minor else 0 end)
        * (10000 + st.price_margin_bp) / 10000,
      'lines', (select jsonb_agg(jsonb_build_object('sku', i.sku, 'quantity', i.quantity, 'unitPriceMinor', i.unit_price_minor,
          'title', i.title, 'size', i.size, 'color', i.color, 'productUrl', i.product_url) order by i.line_no)
        from orders.order_item i where i.order_number = o.order_number))
  from started s
  join running r using (order_number)
  join orders.store_order o using (order_number)
  join checkout.session se on se.session_id = r.session_id
  join store.tier t on t.store_id = r.store_id and t.position = r.tier_position
  join store.store st on st.store_id = r.store_id
  left join store.credential c on c.store_id = r.store_id and c.purpose = case t.method when 'headless' then 'headless' else 'api' end;
end $function$
;

CREATE OR REPLACE FUNCTION placement.clue_1(p_order_number text, p_attempt_id text)
 RETURNS jsonb
 LANGUAGE plpgsql
 STABLE
AS $function$
begin
  return (select jsonb_build_object(
    'shipTo', se.shipping_address,
    'contactEmail', coalesce(se.contact_email, (select u.email from account."user" u where u.id = o.account_id and not u.is_anonymous)),
    'lines', (select jsonb_agg(jsonb_build_object('sku', i.sku, 'quantity', i.quantity, 'unitPriceMinor', i.unit_price_minor,
        'title', i.title, 'size', i.size, 'color', i.color, 'productUrl', i.product_url) order by i.line_no)
      from orders.order_item i where i.order_number = o.order_number),
    'pressedFrom', coalesce(a.submitting_at, a.started_at), 'pressedUntil', coalesce(a.deadline_at, a.ended_at, now()),
    'otherOrderNumbers', coalesce((
      select jsonb_agg(other.store_order_number) from orders.store_order other
      where other.store_id = o.store_id and other.order_number <> o.order_number and other.store_order_number is not null
        and other.created_at > a.started_at - interval '7 days'), '[]'))
  from placement.attempt a
  join orders.store_order o using (order_number)
  join checkout.session se on se.session_id = o.session_id
  where a.order_number = p_order_number and a.attempt_id = p_attempt_id);
end $function$
;

CREATE OR REPLACE FUNCTION placement.enqueue_1(p_order_numbers text[])
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare
  queued int;
  by_hand text[];
  number text;
begin
  with fresh as (
    insert into placement.placement (order_number, session_id, store_id, status, tier_position, method)
    select o.order_number, o.session_id, o.store_id, 'waiting', coalesce(t.position, 9), coalesce(t.method, 'manual')
    from unnest(p_order_numbers) as wanted (order_number)
    -- Each by its key, whatever the plan was made for: without `offset` a cached one may read the whole table.
    cross join lateral (
      select so.order_number, so.session_id, so.store_id, so.payment_status, so.status
      from orders.store_order so where so.order_number = wanted.order_number offset 0
    ) o
    left join lateral (
      select t.position, t.method from store.tier t where t.store_id = o.store_id and t.is_enabled order by t.position limit 1
    ) t on true
    where o.payment_status = 'paid' and o.status = 'pending'
    order by o.order_number
    on conflict (order_number) do nothing
    returning order_number, method
  )
  select count(*) filter (where f.method <> 'manual'), coalesce(array_agg(f.order_number order by f.order_number) filter (where f.method = 'manual'), '{}')
  into queued, by_hand from fresh f;
  foreach number in array by_hand loop
    perform placement.to_manual_1(number, 'manual_store', null, false);
  end loop;
  return queued;
end $function$
;

CREATE OR REPLACE FUNCTION placement.follow_deposit()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
declare
  said constant text := placement.held_words_1();
  owner text;
begin
  if (new.reverted_at is null) = (old.reverted_at is null) then return null; end if;
  select p.session_id into owner from payment.payment p where p.payment_id = new.payment_id;
  perform 1 from orders.store_order o where o.session_id = owner order by o.order_number for update;
  update placement.placement pl set held_at = new.reverted_at, updated_at = now()
  where pl.session_id = owner and pl.status in ('waiting', 'running', 'unknown', 'manual');
  update placement.manual_task t
  set detail = case when new.reverted_at is null then nullif(btrim(replace(t.detail, said, ''), '; '), '') else concat_ws('; ', t.detail, said) end
  from placement.placement pl
  where pl.order_number = t.order_number and pl.session_id = owner and t.kind = 'place' and t.status in ('open', 'claimed');
  if new.reverted_at is null then perform pg_notify('muse_placement', ''); end if;
  perform pg_notify('muse_session', owner || ' deposit');
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION placement.follow_permission()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  insert into placement.store_limit (store_id, method, running_max) values (new.store_id, 'headless', new.orders_at_once)
  on conflict (store_id, method) do update set running_max = excluded.running_max;
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION placement.guard_attempt()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if new.status <> old.status and not (
    (old.status = 'started' and new.status in ('placed', 'refused', 'unavailable', 'unknown'))
    -- 'unavailable' after 'unknown' only when the store has proved that it never had the order.
    or (old.status = 'unknown' and new.status in ('placed', 'refused', 'unavailable'))
  ) then
    raise exception 'placement attempt % cannot go from % to %', old.attempt_id, old.status, new.status using errcode = 'MU001';
  end if;
  return new;
end $function$
;

CREATE OR REPLACE FUNCTION placement.held_words_1()
 RETURNS text
 LANGUAGE sql
 IMMUTABLE
AS $function$ select 'the bank took the payment back: do not order it' $function$
;

CREATE OR REPLACE FUNCTION placement.lookup_claim_1(p_methods store.placement_method[], p_limit integer)
 RETURNS TABLE(attempt_id text, order_number text, session_id text, store_id text, method store.placement_method, connector text, base_url text, timeout_ms integer, lookups integer, age_ms bigint, wrapped_key bytea, sealed bytea, master_key_id text, clue jsonb)
 LANGUAGE sql
AS $function$
  with due as (
    select a.attempt_id from placement.attempt a
    where a.status = 'unknown' and a.lookup_at <= now() and a.method = any (p_methods) order by a.lookup_at limit p_limit
    for update skip locked
  ), taken as (
    update placement.attempt a
    set lookup_at = now() + interval '30 seconds' * case a.method when 'headless' then 10 else 1 end,
        evidence_until = case a.method when 'headless' then now() + interval '30 days' end
    from due where a.attempt_id = due.attempt_id
    returning a.attempt_id, a.order_number, a.method, a.connector, a.lookups, coalesce(a.submitting_at, a.started_at) as submitted_at
  )
  select t.attempt_id, t.order_number, p.session_id, p.store_id, t.method, t.connector, tier.base_url, tier.timeout_ms, t.lookups,
    (extract(epoch from now() - t.submitted_at) * 1000)::bigint, c.wrapped_key, c.sealed, c.master_key_id,
    case t.method when 'headless' then placement.clue_1(t.order_number, t.attempt_id) end
  from taken t
  join placement.placement p using (order_number)
  left join lateral (
    select x.base_url, x.timeout_ms from store.tier x where x.store_id = p.store_id and x.connector = t.connector order by x.position limit 1
  ) tier on true
  left join store.credential c on c.store_id = p.store_id and c.purpose = case t.method when 'headless' then 'headless' else 'api' end
$function$
;

CREATE OR REPLACE FUNCTION placement.next_tier_1(p_order_number text, p_reason text, p_detail text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  next_tier record;
begin
  select t.position, t.method into next_tier from placement.placement p join store.tier t using (store_id)
  where p.order_number = p_order_number and t.is_enabled and t.position > p.tier_position order by t.position limit 1;
  if found and next_tier.method <> 'manual' then
    update placement.placement pl
    set status = 'waiting', tries = 0, tier_position = next_tier.position, method = next_tier.method, reason = p_reason,
        next_attempt_at = now(), updated_at = now()
    where pl.order_number = p_order_number;
    perform pg_notify('muse_placement', '');
  else
    perform placement.to_manual_1(p_order_number, p_reason, p_detail, false);
  end if;
end $function$
;

CREATE OR REPLACE FUNCTION placement.placed_1(p_order_number text, p_method store.placement_method, p_store_order_number text)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  is_placed boolean;
begin
  is_placed := orders.order_placed_1(p_order_number, p_method, p_store_order_number);
  update placement.placement pl
  set status = 'placed', reason = null, updated_at = now(),
      cancel_at = case when exists (
        select from orders.store_order o where o.order_number = p_order_number and o.cancel_requested_at is not null and o.cancel_refused_at is null)
        then now() end
  where pl.order_number = p_order_number;
  if is_placed then return 'placed'; end if;
  perform placement.surplus_1(p_order_number, p_store_order_number);
  return 'surplus';
end $function$
;

CREATE OR REPLACE FUNCTION placement.store_says_1(p_order_number text, p_store_order_number text, p_has boolean)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  p placement.placement;
  live text;
begin
  select pl.* into p from placement.placement pl where pl.order_number = p_order_number for update;
  if not p_has and p.status = 'placed' then
    update placement.placement pl set status = 'cancelled', reason = 'cancelled_by_store', cancel_at = null, updated_at = now()
    where pl.order_number = p_order_number;
    update placement.manual_task t set status = 'withdrawn', closed_at = now(), claimed_by = null, claimed_until = null
    where t.order_number = p_order_number and t.kind = 'cancel' and t.status in ('open', 'claimed');
    return 'cancelled';
  end if;
  if p.order_number is null or p.status in ('placed', 'failed', 'cancelled') then return 'none'; end if;
  select a.attempt_id into live from placement.attempt a where a.order_number = p_order_number and a.status in ('started', 'unknown') for update;

  if p_has and live is not null then
    return placement.attempt_end_1(live, 'placed', 'store_event', null, p_store_order_number, null, null, null);
  end if;
  perform placement.task_withdraw_1(p_order_number);
  if not p_has then
    update placement.attempt a set status = 'refused', reason = 'cancelled_by_store', store_order_number = p_store_order_number, lookup_at = null, ended_at = now()
    where a.attempt_id = live;
    update placement.placement pl set status = 'cancelled', reason = 'cancelled_by_store', updated_at = now() where pl.order_number = p_order_number;
    return 'cancelled';
  end if;
  -- No attempt of ours is open, and the store has the order all the same: it is placed, and nothing more is submitted.
  update placement.placement pl set fence = pl.fence + 1 where pl.order_number = p_order_number;
  insert into placement.attempt (attempt_id, order_number, fence, method, status, reason, store_order_number, ended_at)
  values ('pla_' || replace(gen_random_uuid()::text, '-', ''), p_order_number, p.fence + 1, p.method, 'placed', 'store_event', p_store_order_number, now());
  return placement.placed_1(p_order_number, p.method, p_store_order_number);
end $function$
;

CREATE OR REPLACE FUNCTION placement.submitting_1(p_attempt_id text)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
declare
  held record;
begin
  select so.status as order_status, so.payment_status, so.cancel_requested_at, pl.status as placement_status, pl.fence as newest, pl.held_at, t.* into held
  from placement.attempt t join placement.placement pl using (order_number) join orders.store_order so using (order_number)
  where t.attempt_id = p_attempt_id for update of so, pl, t;
  if not found or held.status <> 'started' or held.submitting_at is not null or held.deadline_at <= clock_timestamp()
    or held.placement_status <> 'running' or held.fence <> held.newest or held.held_at is not null
    or held.order_status <> 'pending' or held.payment_status not in ('paid', 'partially_refunded') or held.cancel_requested_at is not null
  then
    return false;
  end if;
  update placement.attempt t set submitting_at = clock_timestamp() where t.attempt_id = p_attempt_id;
  return true;
end $function$
;

CREATE OR REPLACE FUNCTION placement.surplus_1(p_order_number text, p_store_order_number text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select from placement.manual_task t where t.order_number = p_order_number and t.status in ('open', 'claimed')) then
    update placement.manual_task t set detail = concat_ws('; ', t.detail, 'the store also holds ' || p_store_order_number)
    where t.order_number = p_order_number and t.status in ('open', 'claimed') and position(p_store_order_number in coalesce(t.detail, '')) = 0;
    return;
  end if;
  -- Its later events tell nothing new once somebody has dealt with it.
  if exists (
    select from placement.manual_task t
    where t.order_number = p_order_number and t.kind = 'cancel' and position(p_store_order_number in coalesce(t.detail, '')) > 0
  ) then
    return;
  end if;
  perform placement.cancel_by_hand_1(p_order_number, 'surplus_at_store', 'the store holds ' || p_store_order_number || ', which is not wanted here');
end $function$
;

CREATE OR REPLACE FUNCTION placement.task_cancel_1(p_order_number text, p_operator text, p_is_cancelled boolean, p_note text)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  hold text;
begin
  hold := placement.task_hold_1(p_order_number, p_operator, 'cancel');
  if hold = (case when p_is_cancelled then 'cancelled' else 'refused' end) or hold in ('not_found', 'not_held') then return hold; end if;
  if hold <> 'held' then return 'closed'; end if;
  update placement.manual_task mt
  set status = case when p_is_cancelled then 'cancelled' else 'refused' end::placement.task_status, closed_at = now(), closed_by = p_operator,
      note = p_note, claimed_by = null, claimed_until = null
  where mt.order_number = p_order_number and mt.kind = 'cancel';
  perform placement.cancel_end_1(p_order_number, case when p_is_cancelled then 'cancelled' else 'refused' end, p_note, null);
  return case when p_is_cancelled then 'cancelled' else 'refused' end;
end $function$
;

CREATE OR REPLACE FUNCTION placement.task_claim_1(p_order_number text, p_operator text, p_lease interval)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  t placement.manual_task;
begin
  select mt.* into t from placement.manual_task mt where mt.order_number = p_order_number and mt.status in ('open', 'claimed') for update;
  if not found then
    return case when exists (select from placement.manual_task mt where mt.order_number = p_order_number) then 'closed' else 'not_found' end;
  end if;
  if t.status = 'claimed' and t.claimed_by <> p_operator and t.claimed_until > now() then return 'held'; end if;
  update placement.manual_task mt set status = 'claimed', claimed_by = p_operator, claimed_until = now() + p_lease
  where mt.order_number = p_order_number and mt.kind = t.kind;
  return 'claimed';
end $function$
;

CREATE OR REPLACE FUNCTION placement.task_fail_1(p_order_number text, p_operator text, p_reason text, p_note text)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  hold text;
  o orders.store_order;
begin
  hold := placement.task_hold_1(p_order_number, p_operator, 'place');
  if hold in ('failed', 'not_found', 'not_held') then return hold; end if;
  if hold <> 'held' then return 'closed'; end if;

  select so.* into o from orders.store_order so where so.order_number = p_order_number;
  update placement.attempt a set status = 'refused', reason = p_reason, lookup_at = null, ended_at = now()
  where a.order_number = p_order_number and a.status = 'unknown';
  update placement.manual_task mt
  set status = 'failed', closed_at = now(), closed_by = p_operator, fail_reason = p_reason, note = p_note, claimed_by = null, claimed_until = null
  where mt.order_number = p_order_number and mt.kind = 'place';
  update placement.placement p
  set status = case when o.cancel_requested_at is null then 'failed' else 'cancelled' end::placement.placement_status, reason = p_reason, updated_at = now()
  where p.order_number = p_order_number;
  perform orders.order_end_1(p_order_number, case when o.cancel_requested_at is null then 'failed' else 'cancelled' end::orders.order_status,
    coalesce(o.cancel_reason, p_reason));
  return 'failed';
end $function$
;

CREATE OR REPLACE FUNCTION placement.task_hold_1(p_order_number text, p_operator text, p_kind placement.task_kind)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  t placement.manual_task;
begin
  perform 1 from orders.store_order o where o.order_number = p_order_number for update;
  perform 1 from placement.placement p where p.order_number = p_order_number for update;
  select mt.* into t from placement.manual_task mt where mt.order_number = p_order_number and mt.kind = p_kind for update;
  if not found then
    return case when exists (select from placement.manual_task mt where mt.order_number = p_order_number) then 'closed' else 'not_found' end;
  end if;
  if t.status not in ('open', 'claimed') then return t.status::text; end if;
  if t.status <> 'claimed' or t.claimed_by <> p_operator or t.claimed_until <= now() then return 'not_held'; end if;
  return 'held';
end $function$
;

CREATE OR REPLACE FUNCTION placement.task_place_1(p_order_number text, p_operator text, p_store_order_number text, p_paid_minor bigint)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  hold text;
  live text;
begin
  hold := placement.task_hold_1(p_order_number, p_operator, 'place');
  if hold = 'placed' and exists (select from orders.store_order o where o.order_number = p_order_number and o.store_order_number = p_store_order_number) then
    return 'placed';
  end if;
  if hold in ('not_found', 'not_held') then return hold; end if;
  if hold <> 'held' then return 'closed'; end if;
  if exists (
    select from orders.store_order o join orders.store_order other using (store_id)
    where o.order_number = p_order_number and other.store_order_number = p_store_order_number and other.order_number <> p_order_number
  ) then
    return 'number_taken';
  end if;

  select a.attempt_id into live from placement.attempt a where a.order_number = p_order_number and a.status = 'unknown';
  if found then
    update placement.attempt a set status = 'placed', store_order_number = p_store_order_number, store_total_minor = p_paid_minor,
      lookup_at = null, ended_at = now() where a.attempt_id = live;
  else
    update placement.placement p set fence = p.fence + 1 where p.order_number = p_order_number;
    insert into placement.attempt (attempt_id, order_number, fence, method, status, worker_id, store_order_number, store_total_minor, ended_at)
    select 'pla_' || replace(gen_random_uuid()::text, '-', ''), p.order_number, p.fence, 'manual', 'placed', p_operator, p_store_order_number, p_paid_minor, now()
    from placement.placement p where p.order_number = p_order_number;
  end if;
  update placement.manual_task mt
  set status = 'placed', closed_at = now(), closed_by = p_operator, paid_minor = p_paid_minor, claimed_by = null, claimed_until = null
  where mt.order_number = p_order_number and mt.kind = 'place';
  return placement.placed_1(p_order_number, 'manual', p_store_order_number);
end $function$
;

CREATE OR REPLACE FUNCTION placement.task_release_1(p_order_number text, p_operator text)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  o orders.store_order;
begin
  select so.* into o from orders.store_order so where so.order_number = p_order_number for update;
  update placement.manual_task mt set status = 'open', claimed_by = null, claimed_until = null
  where mt.order_number = p_order_number and mt.status = 'claimed' and mt.claimed_by = p_operator;
  if not found then
    return case when exists (select from placement.manual_task mt where mt.order_number = p_order_number) then 'not_held' else 'not_found' end;
  end if;
  if o.status = 'pending' and o.cancel_requested_at is not null then
    perform placement.cancel_1(p_order_number, o.cancel_reason);
  end if;
  return 'released';
end $function$
;

CREATE OR REPLACE FUNCTION placement.task_withdraw_1(p_order_number text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  update placement.manual_task t set status = 'withdrawn', closed_at = now(), claimed_by = null, claimed_until = null
  where t.order_number = p_order_number and t.kind = 'place' and t.status in ('open', 'claimed');
end $function$
;

CREATE OR REPLACE FUNCTION placement.tell()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  perform pg_notify('muse_session', new.session_id || ' ' || new.status);
  return null;
end $function$
;

CREATE OR REPLACE FUNCTION placement.to_manual_1(p_order_number text, p_why text, p_detail text, p_unknown boolean)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  held timestamptz;
begin
  update placement.placement p set status = 'manual', method = 'manual', reason = p_why, updated_at = now()
  where p.order_number = p_order_number returning p.held_at into held;
  insert into placement.manual_task as t (order_number, kind, why, detail, outcome_unknown, deadline_at)
  values (p_order_number, 'place', p_why, nullif(concat_ws('; ', p_detail, case when held is not null then placement.held_words_1() end), ''), p_unknown,
    now() + interval '4 hours')
  on conflict (order_number, kind) do update
    set why = excluded.why, detail = excluded.detail, outcome_unknown = excluded.outcome_unknown,
        status = case when t.status = 'claimed' then t.status else 'open' end,
        opened_at = case when t.status = 'withdrawn' then now() else t.opened_at end,
        deadline_at = case when t.status = 'withdrawn' then excluded.deadline_at else t.deadline_at end,
        closed_at = null
    where t.status in ('open', 'claimed', 'withdrawn');
end $function$
;

CREATE OR REPLACE FUNCTION placement.try_on_1(p_order_number text, p_reason text, p_detail text, p_retry_after interval)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  p placement.placement;
  tries_max int;
begin
  select pl.* into p from placement.placement pl where pl.order_number = p_order_number;
  select t.tries_max into tries_max from store.tier t
  where t.store_id = p.store_id and t.position = p.tier_position and t.is_enabled and t.method <> 'manual';
  if p_reason in ('unreachable', 'overloaded', 'store_error', 'not_there', 'browser_lost', 'sign_in_lost', 'worker_lost') and p.tries + 1 < coalesce(tries_max, 0) then
    -- Jitter below a doubling that stops at 30 s, so that a store that comes back is not met by everybody at once.
    update placement.placement pl
    set status = 'waiting', tries = pl.tries + 1, reason = p_reason, updated_at = now(),
        next_attempt_at = now() + greatest(coalesce(p_retry_after, '0'), (0.2 + random()) * least(30, 0.5 * 2 ^ pl.tries) * interval '1 second')
    where pl.order_number = p_order_number;
    return;
  end if;
  perform placement.next_tier_1(p_order_number, p_reason, p_detail);
end $function$
;

CREATE OR REPLACE FUNCTION placement.unstick_1(p_methods store.placement_method[], p_patience interval, p_limit integer)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare
  stuck record;
  count int := 0;
begin
  for stuck in
    select found.order_number, found.status, found.has_no_tier from (
      select p.order_number, p.status, t.position is null as has_no_tier
      from placement.placement p
      left join store.tier t on t.store_id = p.store_id and t.position = p.tier_position and t.method = p.method and t.is_enabled
      where p.status = 'waiting' and p.next_attempt_at <= now() and p.held_at is null
        and (t.position is null
          or p.next_attempt_at <= now() - p_patience * case when not (p.method = any (p_methods)) then 1 when p.method = 'headless' then 2 end)
      -- Apart, so that each is read by an index of its own: all placements there ever were are too many to look at.
      union all
      select p.order_number, p.status, false
      from placement.placement p
      where p.status in ('running', 'unknown') and p.updated_at <= now() - p_patience
        and not exists (
          select from placement.attempt a where a.order_number = p.order_number
            and (a.status = 'started' or (a.status = 'unknown' and (a.lookup_at is null or a.lookup_at > now() - p_patience))))
    ) found
    order by found.order_number limit p_limit
  loop
    perform 1 from orders.store_order o where o.order_number = stuck.order_number for update skip locked;
    if not found then continue; end if;
    perform 1 from placement.placement p where p.order_number = stuck.order_number and p.status = stuck.status for update;
    if not found then continue; end if;
    if stuck.status = 'waiting' then
      perform placement.try_on_1(stuck.order_number, case when stuck.has_no_tier then 'tier_gone' else 'no_worker' end, null, null);
    else
      perform placement.to_manual_1(stuck.order_number, 'outcome_unknown', 'no attempt stands for it', true);
    end if;
    count := count + 1;
  end loop;
  return count;
end $function$
;

CREATE TRIGGER guard BEFORE UPDATE OF status ON placement.attempt FOR EACH ROW EXECUTE FUNCTION placement.guard_attempt();

CREATE TRIGGER notify_follows AFTER UPDATE OF status ON placement.attempt FOR EACH ROW WHEN (((old.status <> new.status) AND (new.reason = 'page_changed'::text))) EXECUTE FUNCTION notify.follow_attempt();

CREATE TRIGGER notify_follows AFTER INSERT OR UPDATE OF outcome_unknown, status ON placement.manual_task FOR EACH ROW WHEN ((new.outcome_unknown AND (new.status = 'open'::placement.task_status))) EXECUTE FUNCTION notify.follow_task();

CREATE TRIGGER ops_follows AFTER UPDATE ON placement.manual_task FOR EACH ROW WHEN ((old.* IS DISTINCT FROM new.*)) EXECUTE FUNCTION ops.follow_task();

CREATE TRIGGER ops_follows_new AFTER INSERT ON placement.manual_task FOR EACH ROW EXECUTE FUNCTION ops.follow_task();

CREATE TRIGGER tell AFTER UPDATE OF status ON placement.placement FOR EACH ROW WHEN (((old.status <> new.status) AND (new.status = ANY (ARRAY['unknown'::placement.placement_status, 'manual'::placement.placement_status, 'waiting'::placement.placement_status])))) EXECUTE FUNCTION placement.tell();

create schema platform;

create type platform.idempotency_outcome as enum ('claimed', 'replay', 'reused', 'in_progress');

create type platform.idempotency_status as enum ('running', 'done');

create table platform.idempotency_key (
  account_id text not null,
  key text not null,
  request_hash bytea not null,
  status platform.idempotency_status not null,
  response_status integer,
  response_body text,
  locked_until timestamp with time zone,
  created_at timestamp with time zone default now() not null,
  constraint idempotency_key_pkey PRIMARY KEY (account_id, key),
  constraint idempotency_key_check CHECK (((status = 'done'::platform.idempotency_status) = ((response_status IS NOT NULL) AND (response_body IS NOT NULL)))),
  constraint idempotency_key_check1 CHECK (((status = 'running'::platform.idempotency_status) = (locked_until IS NOT NULL))),
  constraint idempotency_key_key_check CHECK (((length(key) >= 1) AND (length(key) <= 255))),
  constraint idempotency_key_request_hash_check CHECK ((length(request_hash) = 32)),
  constraint idempotency_key_response_status_check CHECK (((response_status >= 200) AND (response_status <= 499)))
) with (fillfactor=80);

CREATE INDEX idempotency_key_created_at ON platform.idempotency_key USING btree (created_at);

CREATE OR REPLACE FUNCTION platform.idempotency_claim_1(p_account_id text, p_key text, p_request_hash bytea, p_lock_s integer)
 RETURNS TABLE(outcome platform.idempotency_outcome, response_status integer, response_body text)
 LANGUAGE plpgsql
AS $function$
declare
  known platform.idempotency_key;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('idempotency ' || p_account_id || ' ' || p_key, 0)) then
    return query select 'in_progress'::platform.idempotency_outcome, null::int, null::text;
    return;
  end if;

  select k.account_id, k.key, k.request_hash, k.status, k.response_status, k.response_body, k.locked_until, k.created_at
  into known
  from platform.idempotency_key k
  where k.account_id = p_account_id and k.key = p_key and k.created_at > now() - interval '24 hours'
  for update;

  if found then
    if known.request_hash <> p_request_hash then
      return query select 'reused'::platform.idempotency_outcome, null::int, null::text;
      return;
    elsif known.status = 'done' then
      return query select 'replay'::platform.idempotency_outcome, known.response_status, known.response_body;
      return;
    elsif known.locked_until > clock_timestamp() then
      return query select 'in_progress'::platform.idempotency_outcome, null::int, null::text;
      return;
    end if;
  end if;

  if p_lock_s is not null then
    insert into platform.idempotency_key as k (account_id, key, request_hash, status, locked_until)
    values (p_account_id, p_key, p_request_hash, 'running', clock_timestamp() + make_interval(secs => p_lock_s))
    on conflict (account_id, key) do update
      set request_hash = excluded.request_hash, status = 'running', locked_until = excluded.locked_until,
          response_status = null, response_body = null, created_at = excluded.created_at;
  end if;
  return query select 'claimed'::platform.idempotency_outcome, null::int, null::text;
end $function$
;

create schema quote;

create type quote.shipping_kind as enum ('flat', 'per_item');

create table quote.shipping_option (
  store_id text not null,
  option_id text not null,
  name text not null,
  kind quote.shipping_kind not null,
  amount_minor bigint not null,
  per_item_minor bigint default 0 not null,
  free_above_minor bigint,
  days_min smallint not null,
  days_max smallint not null,
  "position" smallint default 0 not null,
  constraint shipping_option_pkey PRIMARY KEY (store_id, option_id),
  constraint shipping_option_store_id_fkey FOREIGN KEY (store_id) REFERENCES store.store(store_id),
  constraint shipping_option_amount_minor_check CHECK ((amount_minor >= 0)),
  constraint shipping_option_check CHECK ((days_max >= days_min)),
  constraint shipping_option_days_min_check CHECK ((days_min >= 0)),
  constraint shipping_option_free_above_minor_check CHECK ((free_above_minor >= 0)),
  constraint shipping_option_per_item_minor_check CHECK ((per_item_minor >= 0))
);

create table quote.tax_rate (
  state text not null,
  rate_ppm integer not null,
  constraint tax_rate_pkey PRIMARY KEY (state),
  constraint tax_rate_rate_ppm_check CHECK (((rate_ppm >= 0) AND (rate_ppm <= 200000))),
  constraint tax_rate_state_check CHECK ((state ~ '^[A-Z]{2}$'::text))
);

create schema seller;

create type seller.product_status as enum ('draft', 'published', 'withdrawn');

create type seller.verification as enum ('unverified', 'email', 'identity');

create table seller.product (
  product_id text not null,
  account_id text not null,
  currency text not null,
  title text not null,
  description text default ''::text not null,
  category text,
  price_minor bigint not null,
  edition_limit integer,
  status seller.product_status default 'draft'::seller.product_status not null,
  first_published_at timestamp with time zone,
  published_at timestamp with time zone,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  constraint product_pkey PRIMARY KEY (product_id),
  constraint product_account_id_fkey FOREIGN KEY (account_id) REFERENCES seller.seller(account_id),
  constraint product_category_check CHECK (((category <> ''::text) AND (length(category) <= 60))),
  constraint product_check CHECK (((price_minor >=
CASE currency
    WHEN 'USD'::text THEN 50
    ELSE 100
END) AND (price_minor <=
CASE currency
    WHEN 'USD'::text THEN 1000000
    ELSE 10000000
END))),
  constraint product_check1 CHECK (((status = 'draft'::seller.product_status) OR (published_at IS NOT NULL))),
  constraint product_check2 CHECK (((status <> 'draft'::seller.product_status) OR (first_published_at IS NULL))),
  constraint product_currency_check CHECK ((currency = ANY (ARRAY['USD'::text, 'KRW'::text]))),
  constraint product_description_check CHECK ((length(description) <= 8000)),
  constraint product_edition_limit_check CHECK (((edition_limit >= 1) AND (edition_limit <= 1000000))),
  constraint product_title_check CHECK (((btrim(title) <> ''::text) AND (length(title) <= 140)))
);

create table seller.seller (
  account_id text not null,
  display_name text not null,
  about text default ''::text not null,
  locale text default 'en'::text not null,
  verification seller.verification default 'unverified'::seller.verification not null,
  contract_version text not null,
  contract_accepted_at timestamp with time zone default now() not null,
  suspended_at timestamp with time zone,
  suspended_reason text,
  erased_at timestamp with time zone,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  constraint seller_pkey PRIMARY KEY (account_id),
  constraint seller_about_check CHECK ((length(about) <= 1000)),
  constraint seller_check CHECK (((suspended_at IS NULL) = (suspended_reason IS NULL))),
  constraint seller_display_name_check CHECK (((btrim(display_name) <> ''::text) AND (length(display_name) <= 60))),
  constraint seller_locale_check CHECK ((locale = ANY (ARRAY['en'::text, 'ko'::text]))),
  constraint seller_suspended_reason_check CHECK (((btrim(suspended_reason) <> ''::text) AND (length(suspended_reason) <= 500)))
);

create table seller.shop (
  account_id text not null,
  currency text not null,
  store_id text not null,
  constraint shop_pkey PRIMARY KEY (account_id, currency),
  constraint shop_store_id_key UNIQUE (store_id),
  constraint shop_account_id_fkey FOREIGN KEY (account_id) REFERENCES seller.seller(account_id),
  constraint shop_store_id_fkey FOREIGN KEY (store_id) REFERENCES store.store(store_id),
  constraint shop_currency_check CHECK ((currency = ANY (ARRAY['USD'::text, 'KRW'::text])))
);

create view seller.sale as
 SELECT sh.account_id,
    o.order_number,
    o.session_id,
    p.product_id,
    i.title,
    o.currency,
    o.created_at AS sold_at,
    o.payment_status,
    (o.subtotal_minor - o.discount_minor) AS gross_minor,
    o.tax_minor,
    back.refunded_minor,
    ledger.platform_fee_1(((o.subtotal_minor - o.discount_minor) - back.refunded_minor)) AS fee_minor,
    (((o.subtotal_minor - o.discount_minor) - back.refunded_minor) - ledger.platform_fee_1(((o.subtotal_minor - o.discount_minor) - back.refunded_minor))) AS net_minor
   FROM (((((seller.shop sh
     JOIN orders.store_order o ON (((o.store_id = sh.store_id) AND (o.kind = 'digital'::catalog.product_kind) AND (o.payment_status <> 'unpaid'::orders.payment_status))))
     JOIN orders.order_item i ON ((i.order_number = o.order_number)))
     JOIN seller.product p ON ((p.product_id = i.product_id)))
     LEFT JOIN LATERAL ledger.refunded_parts_1(o.order_number) parts(goods_minor, shipping_minor, tax_minor) ON ((o.refunded_minor > 0)))
     CROSS JOIN LATERAL ( SELECT COALESCE(parts.goods_minor, (0)::bigint) AS refunded_minor) back);

CREATE INDEX product_account ON seller.product USING btree (account_id, created_at DESC);

CREATE INDEX seller_created ON seller.seller USING btree (created_at DESC, account_id);

CREATE OR REPLACE FUNCTION seller.file_withdraw_1(p_account_id text, p_product_id text, p_file_id text)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  p seller.product;
  outcome text;
begin
  select x.* into p from seller.product x where x.product_id = p_product_id and x.account_id = p_account_id for update;
  if not found then return 'not_found'; end if;
  outcome := access.file_withdraw_1(p_file_id, p_product_id, p.status = 'published');
  return case outcome when 'not_found' then 'file_not_found' else outcome end;
end $function$
;

CREATE OR REPLACE FUNCTION seller.forget_1(p_account_id text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  shop record;
begin
  -- Nothing more is begun for them.
  perform from seller.product p where p.account_id = p_account_id and p.first_published_at is null for update;
  perform access.files_forget_1(p.product_id) from seller.product p where p.account_id = p_account_id and p.first_published_at is null;
  delete from seller.product p where p.account_id = p_account_id and p.first_published_at is null;
  if not exists (select from seller.shop sh where sh.account_id = p_account_id) then
    delete from seller.seller s where s.account_id = p_account_id;
    return;
  end if;
  update seller.product p set description = '', category = null where p.account_id = p_account_id;
  update seller.seller s
  set display_name = 'Erased seller', about = '', verification = 'unverified', suspended_at = null, suspended_reason = null, erased_at = clock_timestamp(),
      updated_at = clock_timestamp()
  where s.account_id = p_account_id;
  for shop in select sh.store_id, sh.currency from seller.shop sh where sh.account_id = p_account_id order by sh.store_id loop
    perform store.seller_put_1(shop.store_id, p_account_id, 'Erased seller', '', shop.currency);
  end loop;
  perform store.seller_sells_1(p_account_id, false);
  perform catalog.digital_forget_1(p_account_id);
end $function$
;

CREATE OR REPLACE FUNCTION seller.has_place_1(p_account_id text)
 RETURNS boolean
 LANGUAGE sql
AS $function$
  select count(*) < seller.products_max_1() from seller.product o where o.account_id = p_account_id and o.status <> 'withdrawn'
$function$
;

CREATE OR REPLACE FUNCTION seller.level_1(s seller.seller)
 RETURNS seller.verification
 LANGUAGE sql
 STABLE
AS $function$
  select case when s.verification = 'unverified' and exists (select from account."user" u where u.id = s.account_id and u.email_verified)
    then 'email'::seller.verification else s.verification end
$function$
;

CREATE OR REPLACE FUNCTION seller.open_1(p_account_id text, p_display_name text, p_about text, p_verification seller.verification, p_contract_version text, p_locale text)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
begin
  insert into seller.seller (account_id, display_name, about, verification, contract_version, locale)
  values (p_account_id, p_display_name, p_about, p_verification, p_contract_version, p_locale)
  on conflict (account_id) do nothing;
  if not found then return 'known'; end if;
  return 'opened';
end $function$
;

CREATE OR REPLACE FUNCTION seller.product_add_1(p_account_id text, p_product_id text, p_currency text, p_title text, p_description text, p_category text, p_price_minor bigint, p_edition_limit integer)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
begin
  perform from seller.seller s where s.account_id = p_account_id for no key update;
  if not found then return 'not_found'; end if;
  if not seller.has_place_1(p_account_id) then return 'products_too_many'; end if;
  insert into seller.product (product_id, account_id, currency, title, description, category, price_minor, edition_limit)
  values (p_product_id, p_account_id, p_currency, p_title, p_description, p_category, p_price_minor, p_edition_limit);
  return 'added';
end $function$
;

CREATE OR REPLACE FUNCTION seller.product_delete_1(p_account_id text, p_product_id text)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  p seller.product;
begin
  select x.* into p from seller.product x where x.product_id = p_product_id and x.account_id = p_account_id for update;
  if not found then return 'not_found'; end if;
  if p.status <> 'draft' then return 'published'; end if;
  perform access.files_forget_1(p_product_id);
  delete from seller.product x where x.product_id = p_product_id;
  return 'deleted';
end $function$
;

CREATE OR REPLACE FUNCTION seller.products_max_1()
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select 1000
$function$
;

CREATE OR REPLACE FUNCTION seller.publish_1(p_account_id text, p_product_id text, p_store_id text, p_variant_id text)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  p seller.product;
  who seller.seller;
  shop_id text;
begin
  select x.* into p from seller.product x where x.product_id = p_product_id and x.account_id = p_account_id for update;
  if not found then return 'not_found'; end if;
  if not exists (select from access.file f where f.product_id = p_product_id and f.withdrawn_at is null) then return 'no_file'; end if;
  -- Two products published at once make one store.
  select s.* into who from seller.seller s where s.account_id = p_account_id for update;
  if who.suspended_at is not null then return 'suspended'; end if;
  if p.status <> 'published' and seller.level_1(who) = 'unverified' and seller.unverified_products_1() <= (
    select count(*) from seller.product o where o.account_id = p_account_id and o.status = 'published'
  ) then
    return 'too_many';
  end if;
  if p.status = 'withdrawn' and not seller.has_place_1(p_account_id) then return 'products_too_many'; end if;

  select sh.store_id into shop_id from seller.shop sh where sh.account_id = p_account_id and sh.currency = p.currency;
  perform store.seller_put_1(coalesce(shop_id, p_store_id), p_account_id, who.display_name, who.about, p.currency);
  if shop_id is null then
    shop_id := p_store_id;
    insert into seller.shop (account_id, currency, store_id) values (p_account_id, p.currency, shop_id);
  end if;
  perform catalog.digital_put_1(p_product_id, p_variant_id, shop_id, p_account_id, p.title, p.description, who.display_name,
    p.category, null, p.price_minor, p.edition_limit);
  update seller.product x
  set status = 'published', published_at = clock_timestamp(), first_published_at = coalesce(x.first_published_at, clock_timestamp())
  where x.product_id = p_product_id;
  return 'published';
end $function$
;

CREATE OR REPLACE FUNCTION seller.resume_1(p_account_id text)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  who seller.seller;
begin
  select s.* into who from seller.seller s where s.account_id = p_account_id and s.erased_at is null for update;
  if not found then return 'not_found'; end if;
  if who.suspended_at is null then return 'already'; end if;
  update seller.seller s set suspended_at = null, suspended_reason = null, updated_at = clock_timestamp() where s.account_id = p_account_id;
  perform store.seller_sells_1(p_account_id, true);
  return 'resumed';
end $function$
;

CREATE OR REPLACE FUNCTION seller.suspend_1(p_account_id text, p_reason text)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  who seller.seller;
begin
  select s.* into who from seller.seller s where s.account_id = p_account_id and s.erased_at is null for update;
  if not found then return 'not_found'; end if;
  if who.suspended_at is not null then return 'already'; end if;
  update seller.seller s set suspended_at = clock_timestamp(), suspended_reason = p_reason, updated_at = clock_timestamp()
  where s.account_id = p_account_id;
  perform store.seller_sells_1(p_account_id, false);
  return 'suspended';
end $function$
;

CREATE OR REPLACE FUNCTION seller.unverified_products_1()
 RETURNS integer
 LANGUAGE sql
 IMMUTABLE
AS $function$
  select 3
$function$
;

CREATE OR REPLACE FUNCTION seller.withdraw_1(p_account_id text, p_product_id text)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  p seller.product;
begin
  select x.* into p from seller.product x where x.product_id = p_product_id and x.account_id = p_account_id for update;
  if not found then return 'not_found'; end if;
  if p.status <> 'published' then return 'not_published'; end if;
  perform catalog.digital_withdraw_1(p_product_id, p_account_id);
  update seller.product x set status = 'withdrawn' where x.product_id = p_product_id;
  return 'withdrawn';
end $function$
;

create schema shipment;

create type shipment.shipment_status as enum ('label_created', 'in_transit', 'out_for_delivery', 'delivered', 'exception');

create table shipment.event (
  shipment_id text not null,
  occurred_at timestamp with time zone not null,
  status shipment.shipment_status not null,
  description text not null,
  location text,
  constraint event_pkey PRIMARY KEY (shipment_id, occurred_at, status),
  constraint event_shipment_id_fkey FOREIGN KEY (shipment_id) REFERENCES shipment.shipment(shipment_id)
);

create table shipment.shipment (
  shipment_id text not null,
  order_number text not null,
  carrier text not null,
  tracking_number text not null,
  line_nos smallint[],
  status shipment.shipment_status default 'label_created'::shipment.shipment_status not null,
  estimated_delivery timestamp with time zone,
  poll_at timestamp with time zone,
  polls integer default 0 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  delivered_at timestamp with time zone,
  constraint shipment_pkey PRIMARY KEY (shipment_id),
  constraint shipment_order_number_carrier_tracking_number_key UNIQUE (order_number, carrier, tracking_number),
  constraint shipment_order_number_fkey FOREIGN KEY (order_number) REFERENCES orders.store_order(order_number),
  constraint shipment_check CHECK (((status = 'delivered'::shipment.shipment_status) = (delivered_at IS NOT NULL))),
  constraint shipment_check1 CHECK (((status <> 'delivered'::shipment.shipment_status) OR (poll_at IS NULL)))
);

CREATE INDEX shipment_due ON shipment.shipment USING btree (poll_at) WHERE (poll_at IS NOT NULL);

CREATE INDEX shipment_tracking ON shipment.shipment USING btree (carrier, tracking_number);

CREATE OR REPLACE FUNCTION shipment.deliver_if_all_1(p_order_number text)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  if exists (select from shipment.shipment s where s.order_number = p_order_number and s.status <> 'delivered') then return; end if;
  -- A parcel of which nobody said what is in it holds everything.
  if exists (select from shipment.shipment s where s.order_number = p_order_number and s.line_nos is null)
    or not exists (select from orders.order_item i where i.order_number = p_order_number and i.item_status in ('placed', 'shipped'))
  then
    perform orders.advance_1(p_order_number, 'delivered', null);
  end if;
end $function$
;

CREATE OR REPLACE FUNCTION shipment.progress_1(p_shipment_id text, p_status shipment.shipment_status, p_estimated_delivery timestamp with time zone, p_events jsonb, p_poll_after interval)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
declare
  s shipment.shipment;
  is_news boolean;
begin
  perform 1 from orders.store_order o join shipment.shipment x using (order_number) where x.shipment_id = p_shipment_id for update of o;
  select x.* into s from shipment.shipment x where x.shipment_id = p_shipment_id for update;
  if not found then return false; end if;

  -- Two hundred of a parcel are kept, as many as one answer may hold: a carrier that dates its scans anew each time it is asked
  -- would add to them for ever. Where the parcel is stands in its own row, whatever is kept of its way.
  insert into shipment.event (shipment_id, occurred_at, status, description, location)
  select p_shipment_id, e.occurred_at, e.status, e.description, e.location
  from jsonb_to_recordset(p_events) as e (occurred_at timestamptz, status shipment.shipment_status, description text, location text)
  where not exists (select from shipment.event k where k.shipment_id = p_shipment_id and k.occurred_at = e.occurred_at and k.status = e.status)
  order by e.occurred_at, e.status
  limit (select greatest(0, 200 - count(*)) from shipment.event k where k.shipment_id = p_shipment_id)
  on conflict (shipment_id, occurred_at, status) do nothing;

  -- The labels stand in the order of the way; 'exception' comes last and can be left again.
  is_news := s.status <> 'delivered' and p_status <> s.status and (p_status > s.status or s.status = 'exception');
  update shipment.shipment x
  set status = case when is_news then p_status else x.status end,
      estimated_delivery = coalesce(p_estimated_delivery, x.estimated_delivery), updated_at = now(),
      delivered_at = case when is_news and p_status = 'delivered' then now() else x.delivered_at end,
      -- Where something moves, more will soon.
      polls = case when is_news then 0 else x.polls end,
      poll_at = case when x.status = 'delivered' or p_status = 'delivered' then null when is_news then now() + p_poll_after else x.poll_at end
  where x.shipment_id = p_shipment_id;
  if is_news and p_status = 'delivered' then
    perform orders.advance_1(s.order_number, 'shipped', s.line_nos);
    perform orders.items_delivered_1(s.order_number, s.line_nos);
    perform shipment.deliver_if_all_1(s.order_number);
  end if;
  return is_news;
end $function$
;

CREATE OR REPLACE FUNCTION shipment.put_1(p_shipment_id text, p_order_number text, p_carrier text, p_tracking_number text, p_estimated_delivery timestamp with time zone, p_line_nos smallint[], p_poll_after interval, p_has_arrived boolean DEFAULT false)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  o orders.store_order;
begin
  select so.* into o from orders.store_order so where so.order_number = p_order_number for update;
  if not found or o.payment_status = 'unpaid' then return 'not_found'; end if;

  update shipment.shipment s
  set estimated_delivery = coalesce(p_estimated_delivery, s.estimated_delivery), line_nos = coalesce(p_line_nos, s.line_nos), updated_at = now()
  where s.order_number = p_order_number and s.carrier = p_carrier and s.tracking_number = p_tracking_number;
  if found then
    perform orders.advance_1(p_order_number, 'shipped', p_line_nos);
    return 'already';
  end if;
  if o.status not in ('placed', 'confirmed', 'shipped') and not (p_has_arrived and o.status = 'delivered') then return 'conflict'; end if;
  -- One parcel may carry two orders of one shopper from one store; anything else is a slip of the pen.
  if exists (
    select from shipment.shipment s join orders.store_order other using (order_number)
    where s.carrier = p_carrier and s.tracking_number = p_tracking_number
      and (other.account_id <> o.account_id or other.store_id <> o.store_id)
  ) then
    return 'conflict';
  end if;
  -- The order is held, so nobody else adds one meanwhile.
  if (select count(*) from shipment.shipment s where s.order_number = p_order_number) >= 100 then return 'too_many'; end if;

  insert into shipment.shipment (shipment_id, order_number, carrier, tracking_number, line_nos, estimated_delivery, poll_at, status, delivered_at)
  values (p_shipment_id, p_order_number, p_carrier, p_tracking_number, p_line_nos, p_estimated_delivery,
    case when not p_has_arrived then now() + p_poll_after end,
    case when p_has_arrived then 'delivered' else 'label_created' end::shipment.shipment_status, case when p_has_arrived then now() end);
  perform orders.order_tracked_1(p_order_number, p_carrier, p_tracking_number);
  perform orders.advance_1(p_order_number, 'shipped', p_line_nos);
  return 'tracked';
end $function$
;

CREATE OR REPLACE FUNCTION shipment.store_event_1(p_store_id text, p_type text, p_store_order_number text, p_reference text, p_carrier text, p_tracking_number text, p_estimated_delivery timestamp with time zone, p_shipment_id text, p_poll_after interval)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  o orders.store_order;
  noted text;
begin
  select so.* into o from orders.store_order so
  where so.store_id = p_store_id and (so.order_number = p_reference or (p_reference is null and so.store_order_number = p_store_order_number))
  for update;
  if not found then return null; end if;
  if o.payment_status = 'unpaid' then return 'not_paid'; end if;
  if o.store_order_number <> p_store_order_number then
    if p_type <> 'cancelled' then
      perform placement.surplus_1(o.order_number, p_store_order_number);
    end if;
    return 'other_order';
  end if;
  if p_type = 'delivered' then
    -- Of an order that was called back on its way, too.
    update shipment.shipment x set status = 'delivered', delivered_at = now(), poll_at = null, updated_at = now()
    where x.order_number = o.order_number and x.status <> 'delivered';
  end if;
  if o.status in ('failed', 'cancelled') then
    if p_type = 'cancelled' or o.store_order_number is not null then return 'ended'; end if;
    if exists (select from placement.attempt a where a.order_number = o.order_number and a.store_order_number = p_store_order_number) then
      return 'ended';
    end if;
    perform placement.surplus_1(o.order_number, p_store_order_number);
    return 'surplus';
  end if;

  if p_type = 'cancelled' then
    if o.status = 'delivered' then return 'already'; end if;
    perform placement.store_says_1(o.order_number, p_store_order_number, false);
    perform orders.order_end_1(o.order_number, 'cancelled', case when o.cancel_requested_at is null then 'cancelled_by_store' else o.cancel_reason end);
    return 'cancelled';
  end if;

  if o.status = 'pending' and placement.store_says_1(o.order_number, p_store_order_number, true) <> 'placed' then
    return 'already';
  end if;
  if p_type = 'shipped' and p_carrier is not null and p_tracking_number is not null then
    noted := shipment.put_1(p_shipment_id, o.order_number, p_carrier, p_tracking_number, p_estimated_delivery, null, p_poll_after,
      p_has_arrived => o.status = 'delivered');
    if noted = 'tracked' then return 'advanced'; end if;
    if noted = 'too_many' then return 'parcels_too_many'; end if;
  end if;
  return orders.advance_1(o.order_number, p_type::orders.order_status, null);
end $function$
;

CREATE TRIGGER notify_follows AFTER INSERT ON shipment.shipment FOR EACH ROW EXECUTE FUNCTION notify.follow_shipment();

create schema store;

create type store.placement_method as enum ('api', 'headless', 'manual', 'digital');

create type store.store_kind as enum ('retailer', 'seller');

create table store.breaker_rule (
  method store.placement_method not null,
  window_minutes integer not null,
  bad_min integer not null,
  unknown_weight integer not null,
  bad_share real not null,
  rest_seconds integer not null,
  rest_seconds_max integer not null,
  probes integer not null,
  constraint breaker_rule_pkey PRIMARY KEY (method),
  constraint breaker_rule_bad_min_check CHECK ((bad_min > 0)),
  constraint breaker_rule_bad_share_check CHECK (((bad_share > (0)::double precision) AND (bad_share <= (1)::double precision))),
  constraint breaker_rule_check CHECK ((rest_seconds_max >= rest_seconds)),
  constraint breaker_rule_probes_check CHECK ((probes > 0)),
  constraint breaker_rule_rest_seconds_check CHECK ((rest_seconds > 0)),
  constraint breaker_rule_unknown_weight_check CHECK ((unknown_weight > 0)),
  constraint breaker_rule_window_minutes_check CHECK (((window_minutes >= 1) AND (window_minutes <= 60)))
);

create table store.credential (
  store_id text not null,
  purpose text not null,
  wrapped_key bytea not null,
  sealed bytea not null,
  master_key_id text not null,
  updated_at timestamp with time zone default now() not null,
  constraint credential_pkey PRIMARY KEY (store_id, purpose),
  constraint credential_store_id_fkey FOREIGN KEY (store_id) REFERENCES store.store(store_id),
  constraint credential_purpose_check CHECK ((purpose = ANY (ARRAY['api'::text, 'webhook'::text, 'headless'::text])))
);

create table store.health_event (
  event_id bigint generated always as identity not null,
  at timestamp with time zone default clock_timestamp() not null,
  store_id text not null,
  "position" smallint not null,
  method store.placement_method not null,
  kind text not null,
  reason text,
  bad integer,
  total integer,
  until timestamp with time zone,
  constraint health_event_pkey PRIMARY KEY (event_id),
  constraint health_event_store_id_fkey FOREIGN KEY (store_id) REFERENCES store.store(store_id) ON DELETE CASCADE,
  constraint health_event_kind_check CHECK ((kind = ANY (ARRAY['sick'::text, 'recovered'::text, 'paused'::text, 'resumed'::text])))
);

create table store.health_minute (
  store_id text not null,
  "position" smallint not null,
  minute timestamp with time zone not null,
  outcome text not null,
  reason text not null,
  speed smallint not null,
  count integer not null,
  constraint health_minute_pkey PRIMARY KEY (store_id, "position", minute, outcome, reason, speed),
  constraint health_minute_store_id_position_fkey FOREIGN KEY (store_id, "position") REFERENCES store.tier(store_id, "position") ON DELETE CASCADE
);

create table store.pass (
  store_id text not null,
  at timestamp with time zone not null,
  constraint pass_store_id_fkey FOREIGN KEY (store_id) REFERENCES store.store(store_id) ON DELETE CASCADE
);

create table store.permission (
  store_id text not null,
  words text not null,
  link text,
  permitted_on date not null,
  recorded_by text not null,
  recorded_at timestamp with time zone default now() not null,
  orders_at_once integer default 1 not null,
  orders_per_hour integer,
  time_zone text default 'UTC'::text not null,
  opens_at time without time zone,
  closes_at time without time zone,
  days smallint[] default '{1,2,3,4,5,6,7}'::smallint[] not null,
  constraint permission_pkey PRIMARY KEY (store_id),
  constraint permission_store_id_fkey FOREIGN KEY (store_id) REFERENCES store.store(store_id) ON DELETE CASCADE,
  constraint permission_check CHECK ((((opens_at IS NULL) = (closes_at IS NULL)) AND ((opens_at IS NULL) OR (opens_at <> closes_at)))),
  constraint permission_days_check CHECK ((((cardinality(days) >= 1) AND (cardinality(days) <= 7)) AND (days <@ '{1,2,3,4,5,6,7}'::smallint[]))),
  constraint permission_orders_at_once_check CHECK (((orders_at_once >= 1) AND (orders_at_once <= 100))),
  constraint permission_orders_per_hour_check CHECK (((orders_per_hour >= 1) AND (orders_per_hour <= 100000))),
  constraint permission_time_zone_check CHECK ((('2026-01-01 00:00:00+00'::timestamp with time zone AT TIME ZONE time_zone) IS NOT NULL)),
  constraint permission_words_check CHECK ((btrim(words) <> ''::text))
);

create table store.store (
  store_id text not null,
  name text not null,
  description text default ''::text not null,
  kind store.store_kind not null,
  currency text not null,
  homepage text,
  owner_account_id text,
  return_policy text default ''::text not null,
  texts jsonb default '{}'::jsonb not null,
  price_margin_bp integer default 0 not null,
  is_active boolean default true not null,
  by_hand_hours_max smallint default 4 not null,
  created_at timestamp with time zone default now() not null,
  updated_at timestamp with time zone default now() not null,
  constraint store_pkey PRIMARY KEY (store_id),
  constraint store_by_hand_hours_max_check CHECK (((by_hand_hours_max >= 1) AND (by_hand_hours_max <= 240))),
  constraint store_currency_check CHECK ((currency = ANY (ARRAY['USD'::text, 'KRW'::text]))),
  constraint store_price_margin_bp_check CHECK (((price_margin_bp >= 0) AND (price_margin_bp <= 5000)))
);

create table store.tier (
  store_id text not null,
  "position" smallint not null,
  method store.placement_method not null,
  connector text,
  base_url text,
  is_enabled boolean default true not null,
  tries_max smallint default 4 not null,
  timeout_ms integer default 10000 not null,
  constraint tier_pkey PRIMARY KEY (store_id, "position"),
  constraint tier_store_id_fkey FOREIGN KEY (store_id) REFERENCES store.store(store_id),
  constraint tier_check CHECK (((timeout_ms >= 100) AND (timeout_ms <=
CASE method
    WHEN 'headless'::store.placement_method THEN 900000
    ELSE 120000
END))),
  constraint tier_check1 CHECK (((method = 'manual'::store.placement_method) OR ((connector IS NOT NULL) AND (base_url IS NOT NULL)))),
  constraint tier_method_check CHECK ((method <> 'digital'::store.placement_method)),
  constraint tier_position_check CHECK ((("position" >= 1) AND ("position" <= 9))),
  constraint tier_tries_max_check CHECK (((tries_max >= 1) AND (tries_max <= 20)))
);

create table store.tier_gate (
  store_id text not null,
  "position" smallint not null,
  state text not null,
  until timestamp with time zone,
  reason text,
  trips integer default 0 not null,
  probes_left integer default 0 not null,
  probes_good integer default 0 not null,
  changed_at timestamp with time zone default now() not null,
  constraint tier_gate_pkey PRIMARY KEY (store_id, "position"),
  constraint tier_gate_store_id_position_fkey FOREIGN KEY (store_id, "position") REFERENCES store.tier(store_id, "position") ON DELETE CASCADE,
  constraint tier_gate_check CHECK (((state = ANY (ARRAY['sick'::text, 'half_open'::text])) <= (until IS NOT NULL))),
  constraint tier_gate_state_check CHECK ((state = ANY (ARRAY['closed'::text, 'sick'::text, 'half_open'::text, 'paused'::text])))
);

create unlogged table store.told (
  store_id text not null,
  "position" smallint not null,
  at timestamp with time zone not null,
  outcome text not null,
  reason text,
  took_ms integer
) with (autovacuum_vacuum_scale_factor=0, autovacuum_vacuum_threshold=2000);

create view store.by_hand as
 SELECT store_id,
    by_hand_hours_max AS hours_max
   FROM store.store s
  WHERE ((kind = 'retailer'::store.store_kind) AND (NOT (EXISTS ( SELECT
           FROM (store.tier t
             LEFT JOIN store.tier_gate g ON (((g.store_id = t.store_id) AND (g."position" = t."position"))))
          WHERE ((t.store_id = s.store_id) AND t.is_enabled AND (t.method <> 'manual'::store.placement_method) AND ((t.method <> 'headless'::store.placement_method) OR (EXISTS ( SELECT
                   FROM store.permission p
                  WHERE ((p.store_id = t.store_id) AND (COALESCE(store.opens_next_1(p.time_zone, p.opens_at, p.closes_at, p.days, now()), now()) <= (now() + '00:30:00'::interval)))))) AND ((g.state IS NULL) OR (g.state = ANY (ARRAY['closed'::text, 'half_open'::text])) OR (g.until <= now())))))));

CREATE INDEX health_event_store ON store.health_event USING btree (store_id, event_id DESC);

CREATE INDEX pass_store ON store.pass USING btree (store_id, at);

CREATE INDEX store_owner ON store.store USING btree (owner_account_id) WHERE (owner_account_id IS NOT NULL);

CREATE OR REPLACE FUNCTION store.fold_health_1()
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare
  t record;
  counted int := 0;
begin
  if not pg_try_advisory_xact_lock(hashtextextended('store.fold_health', 0)) then return 0; end if;
  for t in
    with gone as (
      -- As many as one statement has time for, whatever lies there; nobody else takes them away.
      delete from store.told d using (select x.ctid as place from store.told x limit 50000) taken where d.ctid = taken.place
      returning d.store_id, d.position, d.at, d.outcome, d.reason, d.took_ms
    ), known as (
      select g.store_id, g.position, g.at, g.outcome, g.reason, g.took_ms, x.method, s.state, s.changed_at
      from gone g
      join store.tier x on x.store_id = g.store_id and x.position = g.position
      left join store.tier_gate s on s.store_id = g.store_id and s.position = g.position
    ), put as (
      insert into store.health_minute as h (store_id, position, minute, outcome, reason, speed, count)
      select k.store_id, k.position, date_trunc('minute', k.at), k.outcome, coalesce(k.reason, ''),
        case when k.took_ms is null then -1 else round(10 * ln(greatest(k.took_ms, 1))) end, count(*)
      from known k group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6
      on conflict (store_id, position, minute, outcome, reason, speed) do update set count = h.count + excluded.count
    )
    select k.store_id, k.position, k.method, count(*)::int as told,
      count(*) filter (where k.outcome in ('unavailable', 'unknown'))::int as bad,
      -- Of those that were let through to a recovering tier: not of what was under way when it fell sick. The first of them
      -- began in the very transaction that changed the tier, and times are counted in whole milliseconds.
      count(*) filter (where k.outcome in ('placed', 'refused') and k.state = 'half_open'
        and k.at - coalesce(k.took_ms, 0) * interval '1 ms' >= k.changed_at - interval '1 second')::int as probes_good,
      count(*) filter (where k.outcome in ('unavailable', 'unknown') and k.state = 'half_open'
        and k.at - coalesce(k.took_ms, 0) * interval '1 ms' >= k.changed_at - interval '1 second')::int as probes_bad
    from known k group by k.store_id, k.position, k.method
    order by k.store_id, k.position
  loop
    counted := counted + t.told;
    delete from store.health_minute h where h.store_id = t.store_id and h.position = t.position and h.minute < now() - interval '25 hours';
    if t.bad + t.probes_good > 0 then
      perform store.judge_tier_1(t.store_id, t.position, t.method, t.probes_good, t.probes_bad);
    end if;
  end loop;
  return counted;
end $function$
;

CREATE OR REPLACE FUNCTION store.gate_1(p_store_id text, p_position integer)
 RETURNS TABLE(gate text, until timestamp with time zone)
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
declare
  t record;
  p store.permission;
  stands store.tier_gate;
  opens timestamptz;
  passed int;
  first_pass timestamptz;
begin
  select x.method, x.timeout_ms, g.state, g.until into t from store.tier x
  left join store.tier_gate g on g.store_id = x.store_id and g.position = x.position
  where x.store_id = p_store_id and x.position = p_position;
  if not found then return query select 'not_permitted', null::timestamptz; return; end if;

  if t.state = 'paused' and (t.until is null or t.until > clock_timestamp()) or t.state = 'sick' and t.until > clock_timestamp() then
    return query select 'sick', t.until;
    return;
  end if;

  if t.method = 'headless' then
    select x.* into p from store.permission x where x.store_id = p_store_id;
    if not found then return query select 'not_permitted', null::timestamptz; return; end if;
    opens := store.opens_next_1(p.time_zone, p.opens_at, p.closes_at, p.days, clock_timestamp());
    if opens is not null then return query select 'out_of_hours', opens; return; end if;
    if p.orders_per_hour is not null then
      -- Read again under the lock: whoever had it before has committed what it counted.
      select x.* into p from store.permission x where x.store_id = p_store_id for update skip locked;
      if not found then return query select 'rate_limited', clock_timestamp() + interval '250 ms'; return; end if;
      delete from store.pass x where x.store_id = p_store_id and x.at <= clock_timestamp() - interval '1 hour';
      select count(*) into passed from store.pass x where x.store_id = p_store_id;
      if passed >= p.orders_per_hour then
        -- As many have to grow old as would leave room for one.
        select x.at into first_pass from store.pass x where x.store_id = p_store_id order by x.at offset passed - p.orders_per_hour limit 1;
        return query select 'rate_limited', first_pass + interval '1 hour';
        return;
      end if;
    end if;
  end if;

  if t.state in ('sick', 'half_open') then
    select x.* into stands from store.tier_gate x where x.store_id = p_store_id and x.position = p_position for update skip locked;
    if not found then return query select 'sick', clock_timestamp() + interval '250 ms'; return; end if;
    if stands.state = 'half_open' and stands.probes_left <= 0 and stands.until > clock_timestamp() then
      return query select 'sick', stands.until;
      return;
    end if;
    if stands.state = 'sick' or (stands.state = 'half_open' and stands.until <= clock_timestamp()) then
      -- Rested, or the few that were sent were never heard of again: send as many as it takes.
      update store.tier_gate x
      set state = 'half_open', probes_left = r.probes - 1, probes_good = 0, changed_at = now(),
          until = clock_timestamp() + greatest(interval '5 minutes', 2 * t.timeout_ms * interval '1 ms')
      from store.breaker_rule r where r.method = t.method and x.store_id = p_store_id and x.position = p_position;
    elsif stands.state = 'half_open' then
      update store.tier_gate x set probes_left = x.probes_left - 1 where x.store_id = p_store_id and x.position = p_position;
    end if;
  end if;
  if p.orders_per_hour is not null then
    insert into store.pass (store_id, at) values (p_store_id, clock_timestamp());
  end if;
  return query select 'open', null::timestamptz;
end $function$
;

CREATE OR REPLACE FUNCTION store.health_event_1(p_store_id text, p_position integer, p_kind text, p_reason text, p_bad integer, p_total integer, p_until timestamp with time zone)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
begin
  insert into store.health_event (store_id, position, method, kind, reason, bad, total, until)
  select t.store_id, t.position, t.method, p_kind, nullif(p_reason, ''), p_bad, p_total, p_until
  from store.tier t where t.store_id = p_store_id and t.position = p_position;
  perform pg_notify('muse_desk', 'store ' || p_store_id);
end $function$
;

CREATE OR REPLACE FUNCTION store.judge_tier_1(p_store_id text, p_position integer, p_method store.placement_method, p_good integer, p_bad integer)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
declare
  rule store.breaker_rule;
  g store.tier_gate;
  seen record;
begin
  select r.* into rule from store.breaker_rule r where r.method = p_method;
  if not found then return; end if;
  select x.* into g from store.tier_gate x where x.store_id = p_store_id and x.position = p_position for update;
  -- What is sick leaves that by store.gate_1 alone; what is still told of it was under way before.
  if g.state = 'sick' or g.state = 'paused' and (g.until is null or g.until > now()) then return; end if;

  if g.state = 'half_open' then
    if p_bad = 0 and g.probes_good + p_good >= rule.probes then
      update store.tier_gate x
      set state = 'closed', until = null, reason = null, trips = 0, probes_left = 0, probes_good = 0, changed_at = clock_timestamp()
      where x.store_id = p_store_id and x.position = p_position;
      perform store.health_event_1(p_store_id, p_position, 'recovered', null, null, null, null);
      return;
    elsif p_bad = 0 then
      update store.tier_gate x set probes_good = x.probes_good + p_good where x.store_id = p_store_id and x.position = p_position;
      return;
    end if;
  end if;

  -- Since it was last well: what made it sick the last time has been paid for.
  select coalesce(sum(h.count), 0)::int as total, coalesce(sum(h.count) filter (where h.outcome in ('unavailable', 'unknown')), 0)::int as bad,
    coalesce(sum(h.count * case h.outcome when 'unavailable' then 1 when 'unknown' then rule.unknown_weight else 0 end), 0)::int as weight,
    mode() within group (order by h.reason) filter (where h.outcome in ('unavailable', 'unknown')) as reason
  into seen from store.health_minute h
  where h.store_id = p_store_id and h.position = p_position
    and h.minute >= greatest(now() - rule.window_minutes * interval '1 minute', case when g.state = 'closed' then g.changed_at end);
  if g.state is distinct from 'half_open' and (seen.weight < rule.bad_min or seen.bad < seen.total * rule.bad_share) then return; end if;

  insert into store.tier_gate as x (store_id, position, state, until, reason, trips, changed_at)
  values (p_store_id, p_position, 'sick', clock_timestamp() + rule.rest_seconds * interval '1 second', seen.reason, 1, clock_timestamp())
  on conflict (store_id, position) do update
    set state = 'sick', reason = excluded.reason, trips = x.trips + 1, probes_left = 0, probes_good = 0, changed_at = excluded.changed_at,
        until = clock_timestamp() + least(rule.rest_seconds_max, rule.rest_seconds * 2 ^ least(x.trips, 20)) * interval '1 second';
  perform store.health_event_1(p_store_id, p_position, 'sick', seen.reason, seen.bad, seen.total,
    (select x.until from store.tier_gate x where x.store_id = p_store_id and x.position = p_position));
end $function$
;

CREATE OR REPLACE FUNCTION store.opens_next_1(p_zone text, p_opens time without time zone, p_closes time without time zone, p_days smallint[], p_at timestamp with time zone)
 RETURNS timestamp with time zone
 LANGUAGE plpgsql
 STABLE
AS $function$
declare
  here timestamp := p_at at time zone p_zone;
  day date;
  opening timestamp;
  next_opening timestamptz;
begin
  -- Yesterday's opening may last until this morning; in eight days each day of the week has come.
  for i in -1..8 loop
    day := here::date + i;
    continue when not (extract(isodow from day)::smallint = any (p_days));
    opening := day + coalesce(p_opens, time '00:00');
    if opening > here then
      next_opening := opening at time zone p_zone;
      -- An hour that the clocks leap over does not exist: the moment after it does.
      return greatest(next_opening, p_at + interval '1 second');
    end if;
    if here < (case when p_opens is null or p_closes < p_opens then day + 1 else day end) + coalesce(p_closes, time '00:00') then
      return null;
    end if;
  end loop;
  return p_at + interval '1 day';
end $function$
;

CREATE OR REPLACE FUNCTION store.seller_put_1(p_store_id text, p_account_id text, p_name text, p_description text, p_currency text)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$
begin
  insert into store.store as s (store_id, name, description, kind, currency, owner_account_id)
  values (p_store_id, p_name, p_description, 'seller', p_currency, p_account_id)
  on conflict (store_id) do update set name = excluded.name, description = excluded.description, updated_at = now()
    where s.kind = 'seller' and s.owner_account_id = p_account_id and s.currency = excluded.currency;
  return found;
end $function$
;

CREATE OR REPLACE FUNCTION store.seller_sells_1(p_account_id text, p_is_active boolean)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare
  changed int;
begin
  update store.store s set is_active = p_is_active, updated_at = now()
  where s.owner_account_id = p_account_id and s.kind = 'seller' and s.is_active <> p_is_active;
  get diagnostics changed = row_count;
  return changed;
end $function$
;

CREATE OR REPLACE FUNCTION store.tell_1(p_store_id text, p_position integer, p_outcome text, p_reason text, p_took_ms integer)
 RETURNS void
 LANGUAGE plpgsql
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
begin
  insert into store.told (store_id, position, at, outcome, reason, took_ms)
  values (p_store_id, p_position, clock_timestamp(), p_outcome, p_reason, p_took_ms);
end $function$
;

CREATE OR REPLACE FUNCTION store.tier_changed()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  delete from store.tier_gate g where g.store_id = new.store_id and g.position = new.position and g.state <> 'paused';
  delete from store.health_minute h where h.store_id = new.store_id and h.position = new.position;
  return null;
end $function$
;

CREATE TRIGGER notify_follows AFTER INSERT ON store.health_event FOR EACH ROW WHEN ((new.kind = ANY (ARRAY['sick'::text, 'recovered'::text]))) EXECUTE FUNCTION notify.follow_health();

CREATE TRIGGER placement_follows AFTER INSERT OR UPDATE OF orders_at_once ON store.permission FOR EACH ROW EXECUTE FUNCTION placement.follow_permission();

CREATE TRIGGER tier_changed AFTER UPDATE ON store.tier FOR EACH ROW WHEN ((((old.method IS DISTINCT FROM new.method) OR (old.connector IS DISTINCT FROM new.connector)) OR (old.base_url IS DISTINCT FROM new.base_url))) EXECUTE FUNCTION store.tier_changed();

create schema webhook;

create type webhook.source as enum ('stripe', 'toss', 'store');

create table webhook.inbox (
  source webhook.source not null,
  event_id text not null,
  type text not null,
  store_id text,
  object_ref text,
  payment_id text,
  payload jsonb not null,
  received_at timestamp with time zone default now() not null,
  processed_at timestamp with time zone,
  outcome text,
  tries integer default 0 not null,
  work_at timestamp with time zone not null,
  last_error text,
  constraint inbox_pkey PRIMARY KEY (source, event_id)
);

CREATE INDEX inbox_open ON webhook.inbox USING btree (work_at) WHERE (processed_at IS NULL);

CREATE INDEX inbox_received ON webhook.inbox USING btree (received_at);

CREATE OR REPLACE FUNCTION webhook.receive_1(p_source webhook.source, p_event_id text, p_type text, p_store_id text, p_object_ref text, p_payload jsonb)
 RETURNS text
 LANGUAGE plpgsql
AS $function$
declare
  paying payment.payment_status;
  named text := case p_source when 'stripe' then p_payload #>> '{data,object,metadata,payment_id}' end;
  verdict text := 'stored';
begin
  if p_source = 'stripe' and p_type = 'payment_intent.succeeded' then
    -- Through this very intent: a second one that took money for the same payment is news (M1).
    select p.status into paying from payment.payment p
    where p.payment_id = named and (p.status <> 'succeeded' or p.provider_ref = p_object_ref);
    verdict := case paying when 'succeeded' then 'known' when 'started' then 'expected' else 'stored' end;
  end if;
  insert into webhook.inbox (source, event_id, type, store_id, object_ref, payment_id, payload, processed_at, outcome, work_at)
  values (p_source, p_event_id, p_type, p_store_id, p_object_ref, named, p_payload, case verdict when 'known' then now() end,
    case verdict when 'known' then 'known' end, now() + case verdict when 'expected' then interval '15 s' else interval '30 s' end)
  on conflict (source, event_id) do nothing;
  if not found then return 'duplicate'; end if;
  if verdict = 'stored' then
    perform graphile_worker.add_job('webhook.process', json_build_object('source', p_source, 'eventId', p_event_id), job_key => 'webhook.process:' || p_source || ':' || p_event_id);
  end if;
  return verdict;
end $function$
;

CREATE OR REPLACE FUNCTION webhook.settle_known_1(p_limit integer)
 RETURNS integer
 LANGUAGE plpgsql
AS $function$
declare
  settled int;
begin
  with open_event as (
    select i.source, i.event_id, i.payment_id, i.object_ref from webhook.inbox i
    where i.processed_at is null and i.source = 'stripe' and i.type = 'payment_intent.succeeded' and i.payment_id is not null
    order by i.work_at limit p_limit
  ), known as (
    select e.source, e.event_id from open_event e
    where (select p.provider_ref from payment.payment p where p.payment_id = e.payment_id and p.status = 'succeeded') = e.object_ref
  )
  update webhook.inbox i set processed_at = now(), outcome = 'known'
  from known k where i.source = k.source and i.event_id = k.event_id;
  get diagnostics settled = row_count;
  return settled;
end $function$
;
