-- name: personByEmail :opt
-- The person whose address this is, for an administrator who is about to give them a role. Locks nothing.
select u.id as account_id, u.email, u.role, u.email_verified as is_email_verified
from account."user" u
where u.email = :email and not u.is_anonymous;

-- name: peopleLock :many
-- Whoever gives a role and whoever gets one. Locks both rows, by id: two administrators who take each other's role away take
-- turns, and the second finds that they are none any more.
select u.id as account_id, u.role, u.email_verified as is_email_verified
from account."user" u
where u.id = any (:account_ids::text[]) and not u.is_anonymous
order by u.id
for update;

-- name: roleChange :opt
-- Gives a person a role, and ends their sessions where the role before let them do more. The triggers tell every process, so both
-- hold at once. Locks the account's row, which the caller holds already, and its sessions.
with changed as (
  update account."user" u set role = :role, updated_at = now()
  where u.id = :account_id and not u.is_anonymous
  returning u.id
), ended as (
  delete from account.session s using changed c
  where s.user_id = c.id and :ends_sessions::boolean
)
select c.id as "account_id!" from changed c;

-- name: passwordPut :opt
-- A password for whoever has none, in a session that has just begun. No row where the session is over or is a visitor's. Locks
-- nothing that exists; two at once meet at the unique key, and the first stays.
with caller as (
  select u.id, s.created_at > now() - make_interval(secs => :fresh_for_s) as is_fresh
  from account.session s
  join account."user" u on u.id = s.user_id
  where s.token = :token and s.expires_at > now() and not u.is_anonymous
), put as (
  insert into account.sign_in (id, account_id, provider_id, user_id, password)
  select :sign_in_id, c.id, 'credential', c.id, :password_hash from caller c where c.is_fresh
  on conflict (provider_id, account_id) do nothing
  returning id
)
select c.is_fresh as "is_fresh!", exists (select from put) as "is_put!" from caller c;
