-- name: accountIds :many
-- An account and every visitor's that became part of it: whatever arrived late may still stand under one of theirs. Reads
-- only.
with recursive mine (id) as (
  select :account_id::text
  union
  select m.from_account_id from account.merge m join mine on mine.id = m.to_account_id
)
select mine.id as "id!" from mine;

-- name: accountExport :one
-- Who somebody is to us, for their copy of all that is kept of them. Secrets are theirs to know, not ours to show. Reads
-- only.
select coalesce(jsonb_agg(jsonb_build_object('accountId', u.id, 'isAnonymous', u.is_anonymous, 'role', u.role,
    'name', case when not u.is_anonymous then u.name end, 'email', case when not u.is_anonymous then u.email end,
    'createdAt', u.created_at, 'twoFactor', u.two_factor_enabled,
    'signIns', (select jsonb_agg(jsonb_build_object('provider', i.provider_id, 'createdAt', i.created_at))
      from account.sign_in i where i.user_id = u.id),
    'sessions', (select jsonb_agg(jsonb_build_object('createdAt', s.created_at, 'expiresAt', s.expires_at, 'address', s.ip_address,
        'userAgent', s.user_agent) order by s.created_at) from account.session s where s.user_id = u.id))
    order by u.created_at), '[]') as "accounts!"
from account."user" u
where u.id = any (:account_ids::text[]);

-- name: passwordFind :opt
-- The hash to hold a given password against, where an account has one. Locks nothing.
select i.password, u.email
from account.sign_in i
join account."user" u on u.id = i.user_id
where i.user_id = :account_id and i.provider_id = 'credential';

-- name: storesOwned :one
-- Retailers' stores that would be left without their owner; of sellers' own the seller room knows. Reads only.
select count(*) as "stores!" from store.store s where s.owner_account_id = any (:account_ids::text[]) and s.kind = 'retailer' and s.is_active;

-- name: accountErase :exec
-- Ends a person: sessions, passwords, second factors and all that is known of them. Their id stays, leading to nobody, as
-- orders and payments hang on it. The triggers tell every process. Locks the account's rows.
with sessions as (
  delete from account.session s where s.user_id = any (:account_ids::text[])
), sign_ins as (
  delete from account.sign_in i where i.user_id = any (:account_ids::text[])
), second_factors as (
  delete from account.two_factor t where t.user_id = any (:account_ids::text[])
), secrets as (
  delete from account.verification v
  where v.value = any (:account_ids::text[])
    or v.identifier in (select u.email from account."user" u where u.id = any (:account_ids::text[]))
    -- A sign-in link's says whose it is inside of it.
    or exists (select from account."user" u where u.id = any (:account_ids::text[]) and position('"' || u.email || '"' in v.value) > 0)
)
update account."user" u
set name = 'Erased', email = 'erased-' || u.id || '@anonymous.invalid', email_verified = false, image = null, is_anonymous = true,
  role = 'shopper', two_factor_enabled = false, updated_at = now()
where u.id = any (:account_ids::text[]);

-- name: visitorsStale :many
-- Visitors of two months ago who never came back and never paid, a bounded number at once. Locks their rows, skips those in
-- use.
select u.id from account."user" u
where u.is_anonymous and u.created_at < now() - interval '60 days'
  and not exists (select from account.session s where s.user_id = u.id)
  and not exists (select from account.merge m where m.from_account_id = u.id or m.to_account_id = u.id)
  and not exists (select from payment.payment p where p.account_id = u.id)
  and not exists (select from orders.store_order o where o.account_id = u.id)
order by u.created_at
limit :count_max::int
for update of u skip locked;

-- name: visitorsDelete :exec
-- Removes visitors of whom nothing is left. Locks the rows.
delete from account."user" u where u.id = any (:account_ids::text[]) and u.is_anonymous;
