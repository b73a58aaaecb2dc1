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
