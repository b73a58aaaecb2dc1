/** Sellers' files as tests begin with them. */
import { must } from "#kernel/assert.ts";
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

export type BoughtFiles = {
  readonly accountId: string;
  readonly sessionId: string;
  /** In the order of the files. */
  readonly orderNumbers: readonly string[];
};

/** One paid checkout of these files, made by the very functions that make it in production; in dollars. */
export async function buyFiles(
  pool: Pool,
  files: readonly MadeFile[],
  accountId: string = newId("acc"),
): Promise<BoughtFiles> {
  const sessionId = newId("cs");
  await pool.query("select from checkout.session_start_3($1, $2, interval '30 minutes', 'en', $3)", [
    accountId,
    sessionId,
    files.map(({ productId }) => productId),
  ]);
  await pool.query("update checkout.session set payment_method_id = 'pm_card_visa' where session_id = $1", [sessionId]);
  const start = await pool.query<{ payment_id: string; amount_minor: bigint }>(
    "select payment_id, amount_minor from checkout.place_start_1($1, $2, $3, $4, interval '1 minute')",
    [sessionId, accountId, newId("pay"), newId("att")],
  );
  const { payment_id: paymentId, amount_minor: amountMinor } = must(start.rows[0], "buyFiles: a payment was begun");
  await pool.query("select from checkout.payment_succeeded_1($1, $2, $3, 'USD')", [
    paymentId,
    `pi_${paymentId}`,
    amountMinor,
  ]);
  const { rows } = await pool.query<{ order_number: string; group_key: string }>(
    "select order_number, group_key from orders.store_order where session_id = $1 and payment_status = 'paid'",
    [sessionId],
  );
  const orderNumbers = files.map(({ productId }) =>
    must(rows.find(({ group_key: key }) => key === productId)?.order_number, "buyFiles: each file has its paid order"),
  );
  return { accountId, sessionId, orderNumbers };
}
