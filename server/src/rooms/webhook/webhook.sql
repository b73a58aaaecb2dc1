-- name: eventReceive :one
-- Stores an event once, with the job that works it, in one commit; what we know already is done on arrival. Locks nothing.
select webhook.receive_1((:source::text)::webhook.source, :event_id, :type, :store_id?, :object_ref?, (:payload::text)::jsonb) as "outcome!";

-- name: eventTake :opt
-- The event a job is to work, unless it was worked before. Counts the try and says when the sweep tries next, ever later.
-- Locks the event's row.
update webhook.inbox i set tries = i.tries + 1, work_at = now() + interval '30 s' * power(2, least(i.tries, 7))
where i.source = (:source::text)::webhook.source and i.event_id = :event_id and i.processed_at is null
returning i.source, i.event_id, i.type, i.store_id, i.object_ref, i.payload, i.received_at, i.tries;

-- name: eventDone :exec
-- An event took effect, or needed none. Locks the event's row.
update webhook.inbox i set processed_at = now(), outcome = :outcome, last_error = null
where i.source = (:source::text)::webhook.source and i.event_id = :event_id;

-- name: eventFailed :exec
-- An event could not be worked yet: for operators to see. Locks the event's row.
update webhook.inbox i set last_error = :error
where i.source = (:source::text)::webhook.source and i.event_id = :event_id;

-- name: eventsSettleKnown :one
-- Closes the events that tell of payments we have learned of by now. Locks their rows.
select webhook.settle_known_1(:count_max) as "settled!";

-- name: eventsDue :many
-- Events nobody has worked in time, whatever became of their job: the sweep works them again. Reads only.
select i.source, i.event_id from webhook.inbox i
where i.processed_at is null and i.work_at <= now()
order by i.work_at limit :count_max;

-- name: eventList :many
-- Events for operators, newest first, a page at a time by time and id. Reads only.
select i.source, i.event_id, i.type, i.store_id, i.object_ref, i.received_at, i.processed_at, i.outcome, i.tries, i.last_error
from webhook.inbox i
where (:source?::text is null or i.source = (:source?::text)::webhook.source)
  -- Two ways to say it, so that the open ones, which are few, are found by their index.
  and (:is_open?::boolean is null or (:is_open? and i.processed_at is null) or (not :is_open? and i.processed_at is not null))
order by i.received_at desc, i.event_id limit :count_max offset :offset;

-- name: eventReplay :opt
-- An operator wants an event worked again: it is open once more. Locks the event's row.
update webhook.inbox i set processed_at = null, outcome = null
where i.source = (:source::text)::webhook.source and i.event_id = :event_id
returning i.source, i.event_id, i.type, i.store_id, i.object_ref, i.payload, i.received_at, i.tries;
