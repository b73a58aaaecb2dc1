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

type Named = Pick<MadeFile, "productId">;

export type BegunFiles = {
  readonly accountId: string;
  readonly sessionId: string;
  readonly paymentId: string;
  readonly amountMinor: bigint;
  readonly currency: string;
};

/** A checkout of these files that is being charged: a card in dollars, in won what was agreed in Toss's window. */
export async function beginFiles(
  pool: Pool,
  files: readonly Named[],
  accountId: string = newId("acc"),
): Promise<BegunFiles> {
  const sessionId = newId("cs");
  await pool.query("select from checkout.session_start_3($1, $2, interval '30 minutes', 'en', $3)", [
    accountId,
    sessionId,
    files.map(({ productId }) => productId),
  ]);
  await pool.query(
    "update checkout.session set payment_method_id = case currency when 'KRW' then $2 else 'pm_card_visa' end where session_id = $1",
    [sessionId, `${newId("to")}:key`],
  );
  const start = await pool.query<{ payment_id: string; amount_minor: bigint; currency: string }>(
    "select payment_id, amount_minor, currency from checkout.place_start_1($1, $2, $3, $4, interval '1 minute')",
    [sessionId, accountId, newId("pay"), newId("att")],
  );
  const begun = must(start.rows[0], "beginFiles: a payment was begun");
  const { payment_id: paymentId, amount_minor: amountMinor, currency } = begun;
  return { accountId, sessionId, paymentId, amountMinor, currency };
}

/** The provider says yes. */
export async function payFiles(pool: Pool, { paymentId, amountMinor, currency }: BegunFiles): Promise<void> {
  await pool.query("select from checkout.payment_succeeded_1($1, $2, $3, $4)", [
    paymentId,
    `pi_${paymentId}`,
    amountMinor,
    currency,
  ]);
}

export type BoughtFiles = BegunFiles & {
  /** In the order of the files. */
  readonly orderNumbers: readonly string[];
};

/** One paid checkout of these files, made by the very functions that make it in production. */
export async function buyFiles(pool: Pool, files: readonly Named[], accountId?: string): Promise<BoughtFiles> {
  const begun = await beginFiles(pool, files, accountId);
  await payFiles(pool, begun);
  const { rows } = await pool.query<{ order_number: string; group_key: string }>(
    "select order_number, group_key from orders.store_order where session_id = $1 and status = 'delivered'",
    [begun.sessionId],
  );
  const orderNumbers = files.map(({ productId }) =>
    must(rows.find(({ group_key: key }) => key === productId)?.order_number, "buyFiles: each file is its buyer's"),
  );
  return { ...begun, orderNumbers };
}

export type BoughtFile = BegunFiles & { readonly orderNumber: string };

/** The same of one file. */
export async function buyFile(pool: Pool, file: Named, accountId?: string): Promise<BoughtFile> {
  const bought = await buyFiles(pool, [file], accountId);
  return { ...bought, orderNumber: must(bought.orderNumbers[0], "buyFile: one file, one order") };
}

/** The money of an order goes back, and the provider has said so. */
export async function refundFile(pool: Pool, orderNumber: string): Promise<void> {
  const { rows } = await pool.query<{ refund_id: string }>(
    `select r.refund_id from orders.store_order o
     cross join lateral orders.refund_open_1(o.order_number, 'test:' || o.order_number, o.total_minor, 'wish', null, null) r
     where o.order_number = $1`,
    [orderNumber],
  );
  await pool.query("select orders.refund_settled_1($1, 'succeeded', $2, null, null)", [
    rows[0]?.refund_id,
    newId("ref"),
  ]);
}
