-- name: eventsOpen :many
-- What providers and stores told and nobody has worked, by the partial index on those.
select case when i.tries > 5 then 'event_failing' else 'event_open' end as cause, format('%s %s (%s)', i.source, i.event_id, i.type) as subject,
  i.received_at as since, format('tried %s times%s', i.tries, coalesce('; the last: ' || i.last_error, '')) as note, i.work_at as next_at
from webhook.inbox i where i.processed_at is null and i.received_at < now() - interval '1 minute'
order by i.work_at limit :limit_max;

-- name: jobs :many
-- Jobs that failed, that nobody takes, or whose worker is gone: a living one holds an advisory lock on its name.
select case
    when j.locked_at is not null then 'job_locked_by_dead'
    when j.attempts >= j.max_attempts then 'job_given_up'
    when j.attempts > 0 then 'job_failing'
    else 'job_untaken' end as cause,
  format('%s %s', j.task_identifier, coalesce(j.key, j.id::text)) as subject, j.created_at as since,
  case when j.locked_at is not null then format('%s took it and is gone', j.locked_by)
    when j.attempts = 0 then 'its time has come and nobody has taken it'
    else format('tried %s of %s times; the last: %s', j.attempts, j.max_attempts, coalesce(j.last_error, 'nothing was said')) end as note,
  case when j.locked_at is null and j.attempts < j.max_attempts and j.attempts > 0 then j.run_at end as next_at
from graphile_worker.jobs j
where (j.locked_at < now() - interval '10 seconds' and not exists (
    select from pg_locks l where l.locktype = 'advisory' and l.objsubid = 1 and l.granted
      and (l.classid::bigint << 32 | l.objid::bigint) = hashtextextended('muse.job_worker:' || j.locked_by, 0)
      and l.database = (select d.oid from pg_database d where d.datname = current_database())))
  or (j.locked_at is null and (j.attempts > 0 or j.run_at < now() - interval '1 minute'))
order by j.run_at limit :limit_max;

-- name: idempotencyKeys :many
-- Keys of the last hour whose holder died before it answered. By the index on their age.
select 'key_held' as cause, format('a key of %s', k.account_id) as subject, k.created_at as since,
  'the call that took it has not answered' as note, null::timestamptz as next_at
from platform.idempotency_key k
where k.created_at > now() - interval '1 hour' and k.status = 'running' and k.locked_until < now()
order by k.created_at limit :limit_max;
