/** Sellers' files as tests begin with them. */
import { newId } from "#kernel/ids.ts";
import type { Pool } from "#platform/db/pool.ts";
import { makeStore, makeVariant, type MadeVariant } from "./makers.ts";

export type FileWish = {
  readonly priceMinor?: number;
  readonly currency?: "USD" | "KRW";
  /** The seller's account; somebody new otherwise. */
  readonly sellerId?: string;
  readonly editionLimit?: number;
};

export type MadeFile = MadeVariant & { readonly sellerId: string };

/** A digital product that is on sale, in a store of its seller's own. */
export async function makeFile(pool: Pool, wish: FileWish = {}): Promise<MadeFile> {
  const { priceMinor = 1_200, currency = "USD", sellerId = newId("acc"), editionLimit = null } = wish;
  const storeId = await makeStore(pool, { currency, owner: sellerId });
  const file = await makeVariant(pool, { storeId, priceMinor, currency, kind: "digital" });
  await pool.query("update catalog.product set seller_id = $2, edition_limit = $3 where product_id = $1", [
    file.productId,
    sellerId,
    editionLimit,
  ]);
  return { ...file, sellerId };
}

/** What an account may download at this moment. */
export async function ownedBy(pool: Pool, accountId: string): Promise<string[]> {
  const { rows } = await pool.query<{ product_id: string }>(
    "select product_id from access.holding where account_id = $1 and revoked_at is null order by product_id",
    [accountId],
  );
  return rows.map(({ product_id: productId }) => productId);
}
