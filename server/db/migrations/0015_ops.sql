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
-- The trail is walked by audit_id, newest first; `at` is the transaction's begin and may step back.
create index audit_subject on ops.audit (subject, audit_id desc);

-- What people of the house wrote about a shopper is struck out when that shopper is erased. That they did it, when and to
-- what, stays as it is.
create function ops.refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' then
    if new.detail = old.detail - 'note' and (new.audit_id, new.at, new.account_id, new.role, new.action, new.subject)
      = (old.audit_id, old.at, old.account_id, old.role, old.action, old.subject) then
      return new;
    end if;
  end if;
  raise exception 'the audit trail is append-only' using errcode = 'MU001';
end $$;
create trigger append_only before update or delete on ops.audit for each row execute function ops.refuse_change();
create trigger append_only_whole before truncate on ops.audit for each statement execute function ops.refuse_change();

-- The metrics ask for a span of time. Rows are written in the order of time and these columns never change, so a BRIN
-- index of a few pages finds the span, costs writers next to nothing, and does not stand in the way of HOT updates.
create index session_created_span on checkout.session using brin (created_at);
create index attempt_created_span on payment.attempt using brin (created_at);
create index attempt_started_span on placement.attempt using brin (started_at);
-- Addresses of checkouts that came to nothing, to be forgotten. A row enters when it is of no more use, so no hot path pays.
create index session_forget on checkout.session (finished_at)
  where paid_at is null and (shipping_address is not null or contact_email is not null);
-- Operators read orders newest first.
create index store_order_created on orders.store_order (created_at desc, order_number);
