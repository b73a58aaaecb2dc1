import type { Db } from "#platform/db/query.ts";
import { productList, type ProductListRow } from "./seller.sql.gen.ts";

type Of = { readonly accountId: string; readonly productId: string };

/** One product of a seller's, as in the list of them; null: they have none of that id. */
export async function findProduct(db: Db, of: Of): Promise<ProductListRow | null> {
  const [row] = await productList(db, { ...of, limit: 1n, offset: 0n });
  return row ?? null;
}
