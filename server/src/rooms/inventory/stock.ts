import { assert } from "#kernel/assert.ts";
import type { Db } from "#platform/db/query.ts";
import { editionPut, stockRead } from "./inventory.sql.gen.ts";

/** Of a tracked variant: how many can be promised at this moment. */
export type Availability = { readonly onHand: number; readonly reserved: number; readonly available: number };

/** What is free of these variants. A variant that is not in the answer is untracked: only its store knows. */
export async function readAvailability(
  db: Db,
  variantIds: readonly string[],
): Promise<ReadonlyMap<string, Availability>> {
  const rows = await stockRead(db, { variantIds });
  return new Map(rows.map(({ variantId, ...availability }) => [variantId, availability]));
}

/** Sets how many units of a limited edition are left; what is reserved stays promised. */
export async function setEdition(db: Db, variantId: string, onHand: number): Promise<void> {
  assert(Number.isSafeInteger(onHand) && onHand >= 0, "setEdition: a count of units");
  await editionPut(db, { variantId, onHand });
}
