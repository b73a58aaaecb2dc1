// Generated from inventory.sql by tools/sqlgen.ts. Do not edit.
import { exec, many, type Db } from "#platform/db/query.ts";

export type StockReadArgs = {
  readonly variantIds: readonly string[];
};
export type StockReadRow = {
  readonly variantId: string;
  readonly onHand: number;
  readonly reserved: number;
  readonly available: number;
};
const stockReadText = `select s.variant_id, s.on_hand, s.reserved, s.on_hand - s.reserved as "available!"
from inventory.stock s
where s.variant_id = any ($1::text[])`;
/** What is free of the variants that Muse tracks; a variant without a row is untracked. Locks nothing. */
export function stockRead(db: Db, args: StockReadArgs): Promise<StockReadRow[]> {
  return many(db, "inventory.stockRead", stockReadText, [args.variantIds], (row): StockReadRow => ({
    variantId: row[0],
    onHand: row[1],
    reserved: row[2],
    available: row[3],
  }));
}

export type AllocationsPutArgs = {
  readonly variantIds: readonly string[];
  readonly quantities: readonly number[];
};
const allocationsPutText = `insert into inventory.stock as s (variant_id, on_hand, allocation)
select a.variant_id, a.quantity, a.quantity
from unnest($1::text[], $2::int[]) as a (variant_id, quantity)
order by a.variant_id
on conflict (variant_id) do update
  set on_hand = greatest(s.reserved, least(excluded.allocation,
        s.on_hand + greatest(0, excluded.allocation - coalesce(s.allocation, s.on_hand)))),
      allocation = excluded.allocation, updated_at = now()
  where s.allocation is distinct from excluded.allocation`;
/**
 * Takes over what stores hold for us. More than last time is added to what is left of it; less only caps it: what was
 * sold meanwhile is gone from both numbers, and what is reserved is promised (S1). The same number again changes
 * nothing. Locks the stock rows in the order of their ids.
 */
export function allocationsPut(db: Db, args: AllocationsPutArgs): Promise<number> {
  return exec(db, "inventory.allocationsPut", allocationsPutText, [args.variantIds, args.quantities]);
}

export type EditionPutArgs = {
  readonly variantId: string;
  readonly onHand: number;
};
const editionPutText = `insert into inventory.stock as s (variant_id, on_hand)
values ($1, $2)
on conflict (variant_id) do update set on_hand = greatest(s.reserved, excluded.on_hand), updated_at = now()`;
/** Sets how many of a limited edition can still be had, never below what is reserved. Locks the stock row. */
export function editionPut(db: Db, args: EditionPutArgs): Promise<number> {
  return exec(db, "inventory.editionPut", editionPutText, [args.variantId, args.onHand]);
}
