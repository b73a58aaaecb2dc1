import type { Db } from "#platform/db/query.ts";
import { cartRead, itemCheck, type CartReadRow } from "./cart.sql.gen.ts";
import type { CartLine } from "./written.ts";

/** Lines in the order they were added. No cart reads like an empty one of version 0. */
export type CartRecord = { readonly version: number; readonly lines: readonly CartLine[] };

export async function readCart(db: Db, accountId: string | null): Promise<CartRecord> {
  const rows = accountId === null ? [] : await cartRead(db, { accountId });
  const [first] = rows;
  return { version: Number(first?.version ?? 0n), lines: rows.flatMap(lineOf) };
}

export type ItemChecked = { readonly version: number; readonly itemId: string | null; readonly quantity: number };

/** Whether a product, or with `variantId` that variant, is in the cart; all its variants together without one. */
export async function checkItem(
  db: Db,
  {
    accountId,
    productId,
    variantId,
  }: { readonly accountId: string | null; readonly productId: string; readonly variantId: string | null },
): Promise<ItemChecked> {
  const row = accountId === null ? null : await itemCheck(db, { accountId, productId, variantId });
  return { version: Number(row?.version ?? 0n), itemId: row?.itemId ?? null, quantity: row?.quantity ?? 0 };
}

function lineOf({
  version: _version,
  itemId,
  priceMinor,
  listPriceMinor,
  seenPriceMinor,
  ...row
}: CartReadRow): CartLine[] {
  // The one row of an empty cart.
  if (itemId === null) return [];
  return [
    {
      ...row,
      itemId,
      currency: row.currency as CartLine["currency"],
      priceMinor: Number(priceMinor),
      listPriceMinor: listPriceMinor === null ? null : Number(listPriceMinor),
      seenPriceMinor: Number(seenPriceMinor),
    },
  ];
}
