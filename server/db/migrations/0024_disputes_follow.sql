-- The access room follows disputes, which the payment room records.

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
