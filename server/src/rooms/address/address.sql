-- name: addressList :many
-- Somebody's addresses, the default first. Reads only.
select a.address_id, a.name, a.address1, a.address2, a.city, a.state, a.zip, a.country, a.phone, a.created_at
from address.saved_address a
where a.account_id = :account_id
order by a.preferred_at desc nulls last, a.created_at, a.address_id;

-- name: addressSave :opt
-- Keeps an address; the same one again is brought up to date. No row: there are too many already. Two that race may end
-- one above the limit, which does no harm. Locks the address.
insert into address.saved_address as a (address_id, account_id, name, address1, address2, city, state, zip, country, phone, address_key, preferred_at)
select :address_id, :account_id, :name, :address1, :address2?, :city, :state, :zip, :country, :phone?, :address_key,
  case when :is_preferred::boolean then clock_timestamp() end
where exists (select from address.saved_address k where k.account_id = :account_id and k.address_key = :address_key)
  or (select count(*) from address.saved_address k where k.account_id = :account_id) < :count_max
on conflict (account_id, address_key) do update
  set name = excluded.name, address1 = excluded.address1, address2 = excluded.address2, city = excluded.city, zip = excluded.zip,
      phone = coalesce(excluded.phone, a.phone), preferred_at = coalesce(excluded.preferred_at, a.preferred_at), updated_at = now()
returning a.address_id;

-- name: addressChange :opt
-- Writes an address anew. Where that makes it the same as another one the two become one, the other. No row: it is not
-- there, or not theirs (P3). Locks both.
with own as (
  select a.address_id, a.preferred_at from address.saved_address a where a.address_id = :address_id and a.account_id = :account_id for update
), twin as (
  select a.address_id from address.saved_address a, own
  where a.account_id = :account_id and a.address_key = :address_key and a.address_id <> own.address_id
), gone as (
  delete from address.saved_address a using own, twin where a.address_id = own.address_id
)
update address.saved_address a
set name = :name, address1 = :address1, address2 = :address2?, city = :city, state = :state, zip = :zip, country = :country, phone = :phone?,
    address_key = :address_key, updated_at = now(),
    preferred_at = case when :is_preferred::boolean then clock_timestamp() else greatest(a.preferred_at, own.preferred_at) end
from own
where a.address_id = coalesce((select t.address_id from twin t), own.address_id)
returning a.address_id;

-- name: addressPrefer :opt
-- Makes an address the default. No row: it is not there, or not theirs (P3). Locks it.
update address.saved_address a set preferred_at = clock_timestamp()
where a.address_id = :address_id and a.account_id = :account_id
returning a.address_id;

-- name: addressRemove :opt
-- Forgets an address. No row: it is not there, or not theirs (P3). Locks it.
delete from address.saved_address a where a.address_id = :address_id and a.account_id = :account_id
returning a.address_id;

-- name: addressesAdopt :exec
-- A visitor turned out to be somebody: their addresses are that person's from now on, but for those the person has.
-- Locks the visitor's.
with known as (
  delete from address.saved_address a
  where a.account_id = :from_account_id and exists (
    select from address.saved_address k where k.account_id = :to_account_id and k.address_key = a.address_key)
  returning a.address_id
)
update address.saved_address a set account_id = :to_account_id
where a.account_id = :from_account_id and a.address_id not in (select k.address_id from known k);

-- name: addressesExport :one
-- Somebody's addresses, for their copy of all that is kept of them. Reads only.
select coalesce(jsonb_agg(jsonb_build_object('name', a.name, 'address1', a.address1, 'address2', a.address2, 'city', a.city, 'state', a.state,
    'zip', a.zip, 'country', a.country, 'phone', a.phone, 'savedAt', a.created_at) order by a.created_at, a.address_id), '[]') as "addresses!"
from address.saved_address a
where a.account_id = any (:account_ids::text[]);

-- name: addressesErase :exec
-- Somebody's addresses go with them. Locks them.
delete from address.saved_address a where a.account_id = any (:account_ids::text[]);
