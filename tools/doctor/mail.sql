-- name: mailsOpen :many
-- Mails that should have gone, by the partial index on those to send.
select case when m.attempts > 5 then 'mail_failing' else 'mail_waiting' end as cause, format('%s %s', m.kind, m.mail_id) as subject, m.created_at as since,
  format('tried %s times%s', m.attempts, coalesce('; the last: ' || m.error, '')) as note, m.try_at as next_at
from notify.mail m where m.try_at is not null and m.created_at < now() - interval '2 minutes'
order by m.try_at limit :limit_max;

-- name: mailsFailed :many
-- Mails of the last day that nobody got, by the index on when they ended.
select 'mail_failed' as cause, format('%s %s', m.kind, m.mail_id) as subject, m.updated_at as since,
  format('given up after %s tries: %s', m.attempts, coalesce(m.error, 'nothing was said')) as note, null::timestamptz as next_at
from notify.mail m where m.try_at is null and m.status = 'failed' and m.updated_at > now() - interval '1 day'
order by m.updated_at desc limit :limit_max;

-- name: newsUnread :many
-- What happened to checkouts and has not been looked at for mails, by its index.
select 'news_unread' as cause, format('news of %s', n.session_id) as subject, n.look_at as since, 'nobody has looked whether there is a mail to write' as note,
  null::timestamptz as next_at
from notify.news n where n.look_at < now() - interval '1 minute'
order by n.look_at limit :limit_max;
