-- What providers and stores told us, stored before it is answered and worked afterwards (W1).
create schema webhook;

create type webhook.source as enum ('stripe', 'toss', 'store');

create table webhook.inbox (
  source webhook.source not null,
  -- The provider's event id; a store's is prefixed with the store's.
  event_id text not null,
  type text not null,
  store_id text,
  object_ref text,
  -- Our own payment, where the event names it.
  payment_id text,
  payload jsonb not null,
  received_at timestamptz not null default now(),
  processed_at timestamptz,
  outcome text,
  tries int not null default 0,
  -- When the sweep works it if nobody has.
  work_at timestamptz not null,
  last_error text,
  primary key (source, event_id)
);
create index inbox_open on webhook.inbox (work_at) where processed_at is null;
create index inbox_received on webhook.inbox (received_at);

-- Stores an event once. News is rung for at once. What tells of a payment we know to have succeeded is done on arrival; what
-- tells of one whose own call is still on its way needs nobody either: its answer is here in a moment, and the sweep then
-- finds the event known (webhook.settle_known_1), many in one statement.
create function webhook.receive_1(p_source webhook.source, p_event_id text, p_type text, p_store_id text, p_object_ref text, p_payload jsonb) returns text
language plpgsql as $$
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
end $$;

-- Closes, many at once, the events that tell of payments we have learned of by now. Looks at the open events alone, which
-- are few however many there have been, and at each one's payment by its key.
create function webhook.settle_known_1(p_limit int) returns int language plpgsql as $$
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
end $$;
