-- Who of the house did what. Rows are only ever added.
create schema ops;

create table ops.audit (
  audit_id bigint generated always as identity primary key,
  at timestamptz not null default now(),
  account_id text not null,
  role text not null,
  action text not null,
  subject text not null,
  detail jsonb not null default '{}'
);
create index audit_at on ops.audit (at desc);
create index audit_subject on ops.audit (subject, at desc);

create function ops.refuse_change() returns trigger language plpgsql as $$
begin
  raise exception 'the audit trail is append-only' using errcode = 'MU001';
end $$;
create trigger append_only before update or delete on ops.audit for each row execute function ops.refuse_change();
