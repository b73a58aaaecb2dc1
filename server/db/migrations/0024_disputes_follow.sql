-- The access room and the order room follow disputes, which the payment room records.

-- A bank asks a charge back: nothing of it is downloaded until the bank has decided, and what is lost is taken for good. An
-- inquiry only asks. A payment may be disputed more than once: the last one to end opens the files again, unless another one
-- was lost: its money stays with the bank. Products in the order of their ids, as access.grant_1 has it.
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
      where d.payment_id = new.payment_id and d.dispute_id <> new.dispute_id
        and d.status in ('needs_response', 'under_review', 'lost')
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

-- What a failed refund's lines have left to give: each as it was asked for, or the rest of it where others took some since.
-- Of a payment that no order stands for, the amount alone.
create function orders.refund_left_1(r payment.refund, out amount_minor bigint, out lines jsonb)
language sql stable as $$
  select case when r.order_number is null then least(r.amount_minor, (select p.amount_minor - p.refunded_minor from payment.payment p where p.payment_id = r.payment_id))
      else coalesce(sum(still.amount_minor), 0)::bigint end,
    jsonb_agg(jsonb_build_object('lineNo', still.line_no, 'quantity', still.quantity, 'amountMinor', still.amount_minor) order by still.line_no)
      filter (where still.line_no is not null)
  from (
    select asked."lineNo" as line_no, least(asked.quantity, rest.quantity) as quantity, least(asked."amountMinor", rest."amountMinor") as amount_minor
    from jsonb_to_recordset(r.lines) as asked ("lineNo" int, quantity int, "amountMinor" bigint)
    join jsonb_to_recordset(orders.refund_rest_1(r.order_number)) as rest ("lineNo" int, quantity int, "amountMinor" bigint) using ("lineNo")
  ) still
$$;

-- Whether a failed refund is nobody's work any more: it was asked for again, people have given back of the same order since, or
-- nothing is left to give. A repeat stands for its own refund alone.
create function orders.refund_replaced_1(r payment.refund) returns boolean
language sql stable as $$
  select exists (
    select from payment.refund later
    where later.payment_id = r.payment_id and later.order_number is not distinct from r.order_number
      and (later.cause = 'again:' || r.refund_id
        or (later.created_at > r.created_at and later.status <> 'failed' and later.cause not like 'again:%')))
    or (select rest.amount_minor <= 0 from orders.refund_left_1(r) rest)
$$;

-- Those that nothing is in the way of any more: the bank decided for us after they were asked for, and nothing came in their
-- stead. Each with as much as can still be given.
create view orders.refund_to_repeat as
  select r.refund_id, r.payment_id, r.order_number, rest.amount_minor, r.reason, r.requested_by, rest.lines, r.created_at
  from payment.refund r cross join lateral orders.refund_left_1(r) rest
  where r.status = 'failed' and r.failure_code = 'charge_disputed'
    and exists (select from payment.dispute d where d.payment_id = r.payment_id and d.closed_at >= r.created_at)
    and not exists (select from payment.dispute d where d.payment_id = r.payment_id and d.status in ('needs_response', 'under_review', 'lost'))
    and not orders.refund_replaced_1(r);

-- Asks for the oldest of them again, as another refund: under the old one's key the provider would only repeat its no. One at
-- a time, as each locks its order before the payment. Answers how many that were: one or none.
create function orders.refund_repeat_1() returns int
language plpgsql as $$
declare
  due record;
  refused record;
  cause text;
  answer text;
begin
  select x.refund_id, x.payment_id, x.order_number into due from orders.refund_to_repeat x order by x.created_at, x.refund_id limit 1;
  if not found then return 0; end if;
  perform 1 from orders.store_order o where o.order_number = due.order_number for update;
  perform 1 from payment.payment p where p.payment_id = due.payment_id for update;
  -- Read again under the locks: what is left may have gone meanwhile, and the look for the next one finds that.
  select x.* into refused from orders.refund_to_repeat x where x.refund_id = due.refund_id;
  if not found then return 1; end if;
  cause := 'again:' || refused.refund_id;
  if refused.order_number is not null then
    select o.outcome into answer
    from orders.refund_open_1(refused.order_number, cause, refused.amount_minor, refused.reason, refused.requested_by, refused.lines) o;
  else
    select o.outcome into answer
    from payment.refund_open_1('re_' || replace(gen_random_uuid()::text, '-', ''), refused.payment_id, null, cause, refused.amount_minor,
      refused.reason, refused.requested_by, null) o;
  end if;
  if answer <> 'opened' then
    raise exception 'M2: refund % is owed, and asking for it again came to %', refused.refund_id, answer using errcode = 'MU001';
  end if;
  return 1;
end $$;
