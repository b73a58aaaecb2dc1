import { assert } from "#kernel/assert.ts";
import type { Db } from "#platform/db/query.ts";
import { cartClear, cartsMerge, itemChange } from "./cart.sql.gen.ts";
import { writtenOf, type CartWritten } from "./written.ts";

export type ChangeItem = {
  readonly accountId: string;
  readonly itemId: string;
  /** Another variant of the same product; null leaves it. */
  readonly variantId: string | null;
  /** Null leaves it, 0 takes the item out. */
  readonly quantity: number | null;
  readonly expectedVersion: bigint | null;
};

/**
 * Sets an item's variant, its quantity or both. A variant that has an item of its own takes this one's units over. An
 * item of somebody else's is not there (P3).
 */
export async function changeItem(db: Db, input: ChangeItem): Promise<CartWritten> {
  assert(input.quantity === null || (input.quantity >= 0 && input.quantity <= 99), "changeItem: a line's quantity");
  return writtenOf(await itemChange(db, input));
}

export async function clearCart(
  db: Db,
  input: { readonly accountId: string; readonly expectedVersion: bigint | null },
): Promise<CartWritten> {
  return writtenOf(await cartClear(db, input));
}

export type CartsMerged = {
  readonly moved: number;
  /** Left out, because the account's cart is full. */
  readonly dropped: number;
  readonly version: number;
};

/**
 * Moves a visitor's cart to the account the visitor signed in to: {A:1, B:2} and {B:1, C:1} make {A:1, B:3, C:1},
 * within what a line may hold and what is in stock. Doing it twice changes nothing.
 */
export async function mergeCarts(
  db: Db,
  input: { readonly fromAccountId: string; readonly toAccountId: string },
): Promise<CartsMerged> {
  const { moved, dropped, version } = await cartsMerge(db, input);
  return { moved, dropped, version: Number(version) };
}
