-- The access room and the order room follow disputes, which the payment room records.

-- A bank asks a charge back: nothing of it is downloaded until the bank has decided, and what is lost is taken for good. An
-- inquiry only asks. A payment may be disputed more than once: the last one to end opens the files again. Products in the
-- order of their ids, as access.grant_1 has it.
create function access.follow_dispute() returns trigger language plpgsql as $$
declare
  bought text;
begin
  if new.status = 'inquiry' then return null; end if;
  for bought in
    select o.order_number from orders.store_order o join payment.payment p using (session_id)
    where p.payment_id = new.payment_id and o.kind = 'digital' order by o.group_key
  loop
    if new.status = 'lost' then
      perform access.revoke_1(bought, 'dispute_lost');
    elsif new.status in ('needs_response', 'under_review') then
      perform access.freeze_1(bought);
    elsif not exists (
      select from payment.dispute d
      where d.payment_id = new.payment_id and d.dispute_id <> new.dispute_id and d.status in ('needs_response', 'under_review')
    ) then
      perform access.thaw_1(bought);
    end if;
  end loop;
  return null;
end $$;
create trigger access_follows after insert or update of status on payment.dispute
  for each row execute function access.follow_dispute();

-- Whether a refund was refused because a bank had taken its charge back (`charge_disputed`), and it is the bank's to decide, or
-- the bank has given the shopper all of it already: nothing is owed beside that.
create function payment.refund_at_bank_1(r payment.refund) returns boolean
language sql stable as $$
  select r.status = 'failed' and r.failure_code = 'charge_disputed' and exists (
    select from payment.dispute d join payment.payment p using (payment_id)
    where d.payment_id = r.payment_id
      and (d.status in ('needs_response', 'under_review') or (d.status = 'lost' and d.withdrawn_minor >= p.amount_minor)))
$$;

-- Those that nothing is in the way of any more: the bank decided for us after they were asked for, and nobody has given
-- anything else of the order back meanwhile.
create view orders.refund_to_repeat as
  select r.refund_id, r.payment_id, r.order_number, r.amount_minor, r.reason, r.requested_by, r.lines, r.created_at
  from payment.refund r
  where r.status = 'failed' and r.failure_code = 'charge_disputed'
    and exists (select from payment.dispute d where d.payment_id = r.payment_id and d.closed_at >= r.created_at)
    and not exists (select from payment.dispute d where d.payment_id = r.payment_id and d.status in ('needs_response', 'under_review', 'lost'))
    and not exists (
      select from payment.refund later
      where later.payment_id = r.payment_id and later.order_number is not distinct from r.order_number
        and (later.cause = 'again:' || r.refund_id or (later.created_at > r.created_at and later.status <> 'failed')));

-- Asks for the oldest of them again, as another refund: under the old one's key the provider would only repeat its no. One at
-- a time, as each locks its order before the payment. Answers how many that were: one or none.
create function orders.refund_repeat_1() returns int
language plpgsql as $$
declare
  refused record;
  cause text;
begin
  select x.* into refused from orders.refund_to_repeat x order by x.created_at limit 1;
  if not found then return 0; end if;
  cause := 'again:' || refused.refund_id;
  if refused.order_number is not null then
    perform orders.refund_open_1(refused.order_number, cause, refused.amount_minor, refused.reason, refused.requested_by, refused.lines);
  else
    perform payment.refund_open_1('re_' || replace(gen_random_uuid()::text, '-', ''), refused.payment_id, null, cause, refused.amount_minor,
      refused.reason, refused.requested_by, null);
  end if;
  return 1;
end $$;
