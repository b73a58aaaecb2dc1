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
  payload jsonb not null,
  received_at timestamptz not null default now(),
  processed_at timestamptz,
  outcome text,
  tries int not null default 0,
  last_error text,
  primary key (source, event_id)
);
create index inbox_open on webhook.inbox (received_at) where processed_at is null;
create index inbox_received on webhook.inbox (received_at);

-- Stores an event once and lets a job work it. An event that tells of a payment we know to have succeeded is done on
-- arrival: most do, because the provider's answer was faster.
create function webhook.receive_1(p_source webhook.source, p_event_id text, p_type text, p_store_id text, p_object_ref text, p_payload jsonb) returns text
language plpgsql as $$
declare
  is_known boolean;
begin
  is_known := p_source = 'stripe' and p_type = 'payment_intent.succeeded' and exists (
    select from payment.payment p where p.provider = 'stripe' and p.provider_ref = p_object_ref and p.status = 'succeeded');
  insert into webhook.inbox (source, event_id, type, store_id, object_ref, payload, processed_at, outcome)
  values (p_source, p_event_id, p_type, p_store_id, p_object_ref, p_payload, case when is_known then now() end, case when is_known then 'known' end)
  on conflict (source, event_id) do nothing;
  if not found then return 'duplicate'; end if;
  if is_known then return 'known'; end if;
  perform graphile_worker.add_job('webhook.process', json_build_object('source', p_source, 'eventId', p_event_id), job_key => 'webhook.process:' || p_source || ':' || p_event_id);
  return 'stored';
end $$;
