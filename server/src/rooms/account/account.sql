-- name: sessionFind :opt
-- The account a session's token stands for, while it lasts. Asked with almost every request that is not in memory, so
-- it is one prepared statement on two unique keys. Locks nothing.
select s.user_id, u.is_anonymous, u.role, s.second_factor_at is not null and u.two_factor_enabled as "has_second_factor!"
from account.session s
join account."user" u on u.id = s.user_id
where s.token = :token and s.expires_at > now();

-- name: anonymousCreate :one
-- A visitor's account and its first session, in one round trip; better-auth needs two statements in a transaction
-- (docs/decisions/0013). Both rows are what it would write. Locks nothing that exists.
with visitor as (
  insert into account."user" (id, name, email, is_anonymous)
  values (:account_id, 'Anonymous', :email, true)
  returning id
)
insert into account.session (id, token, user_id, expires_at, ip_address, user_agent)
select :session_id, :token, v.id, now() + make_interval(secs => :lasts_s), :ip_address, :user_agent
from visitor v
returning user_id;

-- name: visitorEnter :opt
-- A session of a visitor's account for somebody who has proved that it is theirs. No row where it became a person's, who signs
-- in instead, or was erased. Locks nothing that exists.
insert into account.session (id, token, user_id, expires_at, ip_address, user_agent)
select :session_id, :token, u.id, now() + make_interval(secs => :lasts_s), :ip_address, :user_agent
from account."user" u
where u.id = :account_id and u.is_anonymous and not exists (select from account.merge m where m.from_account_id = u.id)
returning user_id;

-- name: signInLinkPut :opt
-- The digest of a sign-in link's token, as better-auth would write it. No row where no person has the address, or where a link
-- would go round their second factor. Locks nothing that exists.
insert into account.verification (id, identifier, value, expires_at)
select :id, :token_hash, json_build_object('email', u.email)::text, now() + make_interval(secs => :good_for_seconds)
from account."user" u
where u.email = :email and not u.is_anonymous and not u.two_factor_enabled
returning id;

-- name: verificationDeleteOld :exec
-- Hourly housekeeping: one-time secrets that are over, a bounded number at once. Locks the rows it deletes and skips those in use.
delete from account.verification v
using (
  select o.id from account.verification o
  where o.expires_at <= now()
  limit :count_max
  for update skip locked
) old
where v.id = old.id;

-- name: accountFind :opt
-- Who an account is, for the person themselves and for mail to them. Locks nothing.
select u.id, u.is_anonymous, u.role, u.email, u.name
from account."user" u
where u.id = :account_id;

-- name: peopleOfDesk :many
-- Who works at the desk, by name, so that colleagues read of each other. Locks nothing.
select u.id as account_id, u.name, u.role from account."user" u
where not u.is_anonymous and u.role in ('ops', 'admin') order by u.name, u.id limit 1000;

-- name: mergeRecord :opt
-- Notes that a visitor's account is a person's from now on, and ends the visitor's sessions. No row when it was noted
-- before, or when the first is no visitor's account. Locks the visitor's row, so two sign-ins at once take turns.
with visitor as (
  select u.id from account."user" u
  where u.id = :from_account_id and u.is_anonymous
  for update
), ended as (
  delete from account.session s using visitor v where s.user_id = v.id
)
insert into account.merge as m (from_account_id, to_account_id)
select v.id, :to_account_id from visitor v
on conflict (from_account_id) do nothing
returning m.from_account_id;

-- name: roleSet :opt
-- Gives a person a role. The trigger tells every process, so it holds at once. Locks the account's row.
update account."user" u set role = :role, updated_at = now()
where u.id = :account_id and not u.is_anonymous
returning u.id;

-- name: personFind :opt
-- Whether a person exists already, before a password is hashed for nothing. Locks nothing.
select u.id from account."user" u where u.email = :email;

-- name: personPut :one
-- A person with a password, as better-auth would write them; running it again changes nothing. For the people the
-- sandbox has from the start. Locks the person's row.
with person as (
  insert into account."user" as u (id, name, email, email_verified, role)
  values (:account_id, :name, :email, true, :role)
  on conflict (email) do update set role = excluded.role
  returning u.id
), signs_in as (
  insert into account.sign_in (id, account_id, provider_id, user_id, password)
  select :sign_in_id, p.id, 'credential', p.id, :password_hash from person p
  on conflict (provider_id, account_id) do nothing
)
select p.id as "account_id!" from person p;

-- name: rateLimitTake :one
-- Counts an attempt and answers whether it is within the limit. Locks the counter's row.
select t.is_allowed as "is_allowed!", t.retry_after_s as "retry_after_s!"
from account.rate_limit_take_1(:key, :window_s, :count_max) t;

-- name: rateLimitLook :one
-- How long somebody who has used up their attempts must wait; 0 when they have not. Locks nothing.
select coalesce(max(ceil(extract(epoch from r.window_ends_at - now())))::int, 0) as "retry_after_s!"
from account.rate_limit r
where r.key = :key and r.window_ends_at > now() and r.count >= :count_max::int;

-- name: sessionDeleteExpired :exec
-- Hourly housekeeping, a bounded number at once. Locks the rows it deletes and skips those in use.
delete from account.session s
using (
  select e.id from account.session e
  where e.expires_at <= now()
  order by e.expires_at
  limit :count_max
  for update skip locked
) old
where s.id = old.id;

-- name: rateLimitDeleteOld :exec
-- Hourly housekeeping: counters whose window is over. Locks the rows it deletes and skips those in use.
delete from account.rate_limit r
using (
  select o.key from account.rate_limit o
  where o.window_ends_at <= now()
  limit :count_max
  for update skip locked
) old
where r.key = old.key;
