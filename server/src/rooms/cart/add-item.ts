import { newId } from "#kernel/ids.ts";
import type { Db } from "#platform/db/query.ts";
import { productUrlForms } from "#rooms/catalog";
import { itemAdd } from "./cart.sql.gen.ts";
import { writtenOf, type CartWritten } from "./written.ts";

/** What to add: a product by its id, or by its page at the store. */
export type WantedItem = {
  readonly productId?: string | undefined;
  readonly variantId?: string | undefined;
  readonly url?: string | undefined;
  readonly size?: string | undefined;
  readonly color?: string | undefined;
  readonly quantity: number;
};

export type AddItem = WantedItem & {
  readonly accountId: string;
  /** The version the caller's change was meant for; null for any. */
  readonly expectedVersion: bigint | null;
};

/**
 * Adds units of a product to an account's cart, which is made with its first item. What is there already grows. The
 * price is noted only so that the shopper can be told when it moves: a checkout takes the catalogue's (M6).
 */
export async function addItem(db: Db, { accountId, expectedVersion, ...wanted }: AddItem): Promise<CartWritten> {
  return writtenOf(
    await itemAdd(db, {
      accountId,
      itemId: newId("ci"),
      productId: wanted.productId ?? null,
      variantId: wanted.variantId ?? null,
      urls: wanted.url === undefined ? null : productUrlForms(wanted.url),
      size: wanted.size ?? null,
      color: wanted.color ?? null,
      quantity: wanted.quantity,
      expectedVersion,
    }),
  );
}
