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
-- What one person of the house may give back of an order by themselves. A currency without a row: nothing.
create table ops.refund_limit (
  currency text primary key check (currency in ('USD', 'KRW')),
  amount_minor bigint not null check (amount_minor >= 0)
);
insert into ops.refund_limit values ('USD', 20000), ('KRW', 300000);

-- Refunds that one person asked for and a second one has to agree to.
create table ops.refund_approval (
  approval_id text primary key,
  order_number text not null references orders.store_order,
  -- What was meant, and what it came to when it was asked for: more than that is never given.
  wish jsonb not null,
  amount_minor bigint not null check (amount_minor > 0),
  currency text not null,
  reason text not null,
  cause text not null,
  -- The shopper's request that it answers.
  request_id text,
  status text not null default 'waiting' check (status in ('waiting', 'approved', 'declined')),
  asked_by text not null,
  asked_at timestamptz not null default now(),
  answered_by text,
  answered_at timestamptz,
  check ((status = 'waiting') = (answered_by is null) and (status = 'waiting') = (answered_at is null)),
  -- Whatever a program does wrong: nobody agrees with themselves.
  check (status <> 'approved' or answered_by <> asked_by)
);
create unique index refund_approval_waiting on ops.refund_approval (cause) where status = 'waiting';
create index refund_approval_queue on ops.refund_approval (asked_at) where status = 'waiting';
create index refund_approval_order on ops.refund_approval (order_number);

-- Desks that are open hear of what moves, from the commit that moves it. All of it is rare beside the orders themselves.
create function ops.follow_task() returns trigger language plpgsql as $$
begin
  perform pg_notify('muse_desk', 'task ' || new.order_number);
  return null;
end $$;
create trigger ops_follows_new after insert on placement.manual_task for each row execute function ops.follow_task();
create trigger ops_follows after update on placement.manual_task
  for each row when (old is distinct from new) execute function ops.follow_task();

create function ops.follow_refund() returns trigger language plpgsql as $$
begin
  perform pg_notify('muse_desk', 'refund');
  return null;
end $$;
create trigger ops_follows after insert or update of status on ops.refund_approval
  for each statement execute function ops.follow_refund();
create trigger ops_follows after insert or update of status on orders.refund_request
  for each statement execute function ops.follow_refund();
