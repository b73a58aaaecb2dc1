-- name: stockRead :many
-- What is free of the variants that Muse tracks; a variant without a row is untracked. Locks nothing.
select s.variant_id, s.on_hand, s.reserved, s.on_hand - s.reserved as "available!"
from inventory.stock s
where s.variant_id = any (:variant_ids::text[]);

-- name: allocationsPut :exec
-- Takes over what stores hold for us. More than last time is added to what is left of it; less only caps it: what was
-- sold meanwhile is gone from both numbers, and what is reserved is promised (S1). The same number again changes
-- nothing. Locks the stock rows in the order of their ids.
insert into inventory.stock as s (variant_id, on_hand, allocation)
select a.variant_id, a.quantity, a.quantity
from unnest(:variant_ids::text[], :quantities::int[]) as a (variant_id, quantity)
order by a.variant_id
on conflict (variant_id) do update
  set on_hand = greatest(s.reserved, least(excluded.allocation,
        s.on_hand + greatest(0, excluded.allocation - coalesce(s.allocation, s.on_hand)))),
      allocation = excluded.allocation, updated_at = now()
  where s.allocation is distinct from excluded.allocation;

-- name: editionPut :exec
-- Sets how many of a limited edition can still be had, never below what is reserved. Locks the stock row.
insert into inventory.stock as s (variant_id, on_hand)
values (:variant_id, :on_hand)
on conflict (variant_id) do update set on_hand = greatest(s.reserved, excluded.on_hand), updated_at = now();
