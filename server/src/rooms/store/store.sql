-- name: storeList :many
-- All stores, for ops and for those who import their feeds. Locks nothing.
select s.store_id, s.name, s.description, s.kind, s.currency, s.homepage, s.owner_account_id, s.return_policy, s.texts, s.price_margin_bp,
  s.is_active, s.updated_at,
  (select coalesce(jsonb_agg(jsonb_build_object('position', t.position, 'method', t.method, 'connector', t.connector,
      'baseUrl', t.base_url, 'isEnabled', t.is_enabled, 'triesMax', t.tries_max, 'timeoutMs', t.timeout_ms) order by t.position), '[]')
    from store.tier t where t.store_id = s.store_id) as "tiers!",
  array(select c.purpose from store.credential c where c.store_id = s.store_id order by c.purpose) as "credential_purposes!"
from store.store s
where :store_id?::text is null or s.store_id = :store_id?
order by s.name, s.store_id;

-- name: storePut :one
-- Makes a store or brings it up to date, with its tiers (replaced) and those credentials that are given (the others
-- stay). One statement, so that no placement ever sees half of it. Locks the store's rows.
with put as (
  insert into store.store as s (store_id, name, description, kind, currency, homepage, owner_account_id, return_policy, texts, price_margin_bp, is_active)
  values (:store_id, :name, :description, :kind, :currency, :homepage?, :owner_account_id?, :return_policy, coalesce(:texts?::jsonb, '{}'), :price_margin_bp,
    :is_active)
  on conflict (store_id) do update
    set name = excluded.name, description = excluded.description, homepage = excluded.homepage, owner_account_id = excluded.owner_account_id,
        return_policy = excluded.return_policy, texts = coalesce(:texts?::jsonb, s.texts), price_margin_bp = excluded.price_margin_bp, is_active = excluded.is_active, updated_at = now()
    -- What was sold in one currency by one kind of store stays so.
    where s.kind = excluded.kind and s.currency = excluded.currency
  returning s.store_id
), tier as (
  select p.store_id, t.position, t.method, t.connector, t.base_url, t.is_enabled, t.tries_max, t.timeout_ms
  from put p
  cross join jsonb_to_recordset(:tiers) as t (position smallint, method store.placement_method, connector text, base_url text,
    is_enabled boolean, tries_max smallint, timeout_ms int)
), tier_put as (
  insert into store.tier as t (store_id, position, method, connector, base_url, is_enabled, tries_max, timeout_ms)
  select n.store_id, n.position, n.method, n.connector, n.base_url, n.is_enabled, n.tries_max, n.timeout_ms from tier n
  on conflict (store_id, position) do update
    set method = excluded.method, connector = excluded.connector, base_url = excluded.base_url, is_enabled = excluded.is_enabled,
        tries_max = excluded.tries_max, timeout_ms = excluded.timeout_ms
), tier_gone as (
  delete from store.tier t using put p
  where t.store_id = p.store_id and not exists (select from tier n where n.position = t.position)
), sealed as (
  insert into store.credential as c (store_id, purpose, wrapped_key, sealed, master_key_id)
  select p.store_id, n.purpose, n.wrapped_key, n.sealed, n.master_key_id
  from put p
  cross join unnest(:purposes::text[], :wrapped_keys::bytea[], :sealed::bytea[], :master_key_ids::text[])
    as n (purpose, wrapped_key, sealed, master_key_id)
  on conflict (store_id, purpose) do update
    set wrapped_key = excluded.wrapped_key, sealed = excluded.sealed, master_key_id = excluded.master_key_id, updated_at = now()
)
select exists (select from put) as "is_put!";

-- name: credentialRead :opt
-- One sealed credential of a store, to be opened by whoever is about to use it. Locks nothing.
select c.wrapped_key, c.sealed, c.master_key_id
from store.credential c
where c.store_id = :store_id and c.purpose = :purpose;
