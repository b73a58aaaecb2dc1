-- Stock that Muse itself tracks: an allocation held for us, or a limited edition. A variant without a row is untracked:
-- there only the store's own answer counts.
create schema inventory;

create table inventory.stock (
  variant_id text primary key references catalog.variant,
  on_hand int not null check (on_hand >= 0),
  reserved int not null default 0 check (reserved between 0 and on_hand),
  -- What the store's feed last said it holds for us; null where the number is our own (a limited edition).
  allocation int check (allocation >= 0),
  updated_at timestamptz not null default now()
) with (fillfactor = 70);

create type inventory.reservation_status as enum ('active', 'committed', 'released', 'expired');

create table inventory.reservation (
  session_id text not null,
  variant_id text not null references inventory.stock,
  quantity int not null check (quantity > 0),
  status inventory.reservation_status not null default 'active',
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  ended_at timestamptz,
  primary key (session_id, variant_id),
  check ((status = 'active') = (ended_at is null))
);
create index reservation_variant on inventory.reservation (variant_id);
create index reservation_due on inventory.reservation (expires_at) where status = 'active';

-- Reserves all lines or none. Locks stock rows in id order, so that two checkouts never deadlock. Returns the lines that
-- are short (none: everything is reserved). Quantities of one variant must come summed.
-- Here and in commit_1 a plan for these very arrays would cost as much as the work itself, and be the same one.
create function inventory.reserve_1(p_session_id text, p_variant_ids text[], p_quantities int[], p_expires_at timestamptz)
returns table (short_variant_id text, available int)
language plpgsql set plan_cache_mode = force_generic_plan as $$
begin
  perform 1 from inventory.stock s where s.variant_id = any (p_variant_ids) order by s.variant_id for update;

  return query
    select s.variant_id, s.on_hand - s.reserved
    from unnest(p_variant_ids, p_quantities) as want (variant_id, quantity)
    join inventory.stock s using (variant_id)
    where s.on_hand - s.reserved < want.quantity;
  if found then return; end if;

  update inventory.stock s set reserved = s.reserved + want.quantity, updated_at = now()
  from unnest(p_variant_ids, p_quantities) as want (variant_id, quantity)
  where s.variant_id = want.variant_id;

  insert into inventory.reservation (session_id, variant_id, quantity, expires_at)
  select p_session_id, s.variant_id, want.quantity, p_expires_at
  from unnest(p_variant_ids, p_quantities) as want (variant_id, quantity)
  join inventory.stock s using (variant_id);
end $$;

-- Turns reservations into sales once the payment succeeded. A reservation that has ended meanwhile (late payment) is
-- taken anew from what is free. Returns the variants that could not be had; all others are committed.
create function inventory.commit_1(p_session_id text, p_variant_ids text[], p_quantities int[])
returns setof text
language plpgsql set plan_cache_mode = force_generic_plan as $$
declare
  line record;
  sold int;
begin
  -- Apart from what follows, which has to see reservations as they are once the stock is ours.
  perform 1 from inventory.stock s where s.variant_id = any (p_variant_ids) order by s.variant_id for update;

  -- Those that are still active, nearly always all. Told by ended_at: a plan made while few are active would look for
  -- the session's through the index of all active ones.
  with kept as (
    update inventory.reservation r set status = 'committed', ended_at = now()
    from unnest(p_variant_ids, p_quantities) as want (variant_id, quantity)
    where r.session_id = p_session_id and r.variant_id = want.variant_id and r.ended_at is null
    returning r.variant_id, want.quantity
  )
  update inventory.stock s set on_hand = s.on_hand - k.quantity, reserved = s.reserved - k.quantity, updated_at = now()
  from kept k where s.variant_id = k.variant_id;
  get diagnostics sold = row_count;
  if sold = cardinality(p_variant_ids) then return; end if;

  for line in
    select s.variant_id, want.quantity, s.on_hand - s.reserved as free
    from unnest(p_variant_ids, p_quantities) as want (variant_id, quantity)
    join inventory.stock s using (variant_id)
    left join inventory.reservation r on r.session_id = p_session_id and r.variant_id = s.variant_id
    where r.status is distinct from 'committed'
    order by s.variant_id
  loop
    if line.free >= line.quantity then
      update inventory.stock s set on_hand = s.on_hand - line.quantity, updated_at = now() where s.variant_id = line.variant_id;
      insert into inventory.reservation (session_id, variant_id, quantity, status, expires_at, ended_at)
      values (p_session_id, line.variant_id, line.quantity, 'committed', now(), now())
      on conflict (session_id, variant_id) do update set status = 'committed', ended_at = now();
    else
      return next line.variant_id;
    end if;
  end loop;
end $$;

-- Locks what these sessions hold of the stock, and these variants besides, in the order of their ids: for whoever ends
-- several sessions in one transaction, each of which would lock its own.
create function inventory.hold_1(p_session_ids text[], p_variant_ids text[]) returns void language sql as $$
  select from inventory.stock s
  where s.variant_id in (
    select r.variant_id from inventory.reservation r where r.session_id = any (p_session_ids) and r.status = 'active'
    union all select unnest(p_variant_ids))
  order by s.variant_id for update
$$;

-- Gives back what a session still holds: it expired, was cancelled, or its payment will never come.
create function inventory.release_1(p_session_id text, p_status inventory.reservation_status)
returns int
language plpgsql as $$
declare
  released int;
begin
  perform 1 from inventory.stock s
  where s.variant_id in (select r.variant_id from inventory.reservation r where r.session_id = p_session_id and r.status = 'active')
  order by s.variant_id for update;

  with ended as (
    update inventory.reservation r set status = p_status, ended_at = now()
    where r.session_id = p_session_id and r.status = 'active'
    returning r.variant_id, r.quantity
  )
  update inventory.stock s set reserved = s.reserved - e.quantity, updated_at = now()
  from ended e where s.variant_id = e.variant_id;
  get diagnostics released = row_count;
  return released;
end $$;

-- Puts sold units back: the order that had them failed or was cancelled before the store sent them.
create function inventory.restock_1(p_session_id text, p_variant_ids text[])
returns int
language plpgsql as $$
declare
  restocked int;
begin
  perform 1 from inventory.stock s where s.variant_id = any (p_variant_ids) order by s.variant_id for update;

  with ended as (
    update inventory.reservation r set status = 'released', ended_at = now()
    where r.session_id = p_session_id and r.variant_id = any (p_variant_ids) and r.status = 'committed'
    returning r.variant_id, r.quantity
  )
  update inventory.stock s set on_hand = s.on_hand + e.quantity, updated_at = now()
  from ended e where s.variant_id = e.variant_id;
  get diagnostics restocked = row_count;
  return restocked;
end $$;
