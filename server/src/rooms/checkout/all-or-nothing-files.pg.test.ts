import assert from "node:assert/strict";
import { test } from "node:test";
import { must } from "#kernel/assert.ts";
import { newId } from "#kernel/ids.ts";
import { openBell } from "#platform/db/bell.ts";
import { silentLog } from "#platform/log/log.ts";
import { openStripe, stripeProvider } from "#rooms/payment";
import { cancelOrder } from "#rooms/placement";
import { openTestDb } from "../../../test/db.ts";
import { makeFile, ownedBy, payFiles, type BegunFiles } from "../../../test/digital.ts";
import { makeCart, makeStore, makeVariant, type MadeVariant } from "../../../test/makers.ts";
import { checkoutJobs } from "./jobs.ts";
import { startSession } from "./session-commands.ts";

const { pool } = await openTestDb();
const unwind = must(
  checkoutJobs({
    db: pool,
    bell: openBell(pool, silentLog),
    log: silentLog,
    // Nothing here asks it.
    provider: stripeProvider(openStripe({ secretKey: "sk_test_nobody", apiBase: "http://127.0.0.1:9" })),
    returnUrlBase: "http://127.0.0.1/",
    cancelOrder,
  }).find(({ name }) => name === "checkout.unwind"),
  "there is a job for it",
);

/** Whose card is being charged for all of this, which they want whole or not at all. */
async function begun(goods: readonly MadeVariant[]): Promise<BegunFiles> {
  const accountId = await makeCart(
    pool,
    goods.map((variant) => ({ variant })),
  );
  const started = await startSession(pool, { accountId });
  assert.ok(started.kind === "started", started.kind);
  const { sessionId } = started.state.session;
  await pool.query(
    "update checkout.session set needs_shipping = false, payment_method_id = 'pm_card_visa', on_store_failure = 'all_or_nothing' where session_id = $1",
    [sessionId],
  );
  const { rows } = await pool.query(
    "select payment_id, amount_minor from checkout.place_start_1($1, $2, $3, $4, interval '1 minute')",
    [sessionId, accountId, newId("pay"), newId("att")],
  );
  return { accountId, sessionId, paymentId: rows[0].payment_id, amountMinor: rows[0].amount_minor, currency: "USD" };
}

const thing = async (stock: number | null = null): Promise<MadeVariant> =>
  await makeVariant(pool, { storeId: await makeStore(pool), priceMinor: 5_000, stock });

/** By what each was of: how it ended, why, and what of it goes back. */
async function ordersOf(sessionId: string): Promise<Record<string, string>> {
  const { rows } = await pool.query<{ group_key: string; told: string }>(
    `select group_key, concat_ws(' ', status, reason, refunded_minor) as told from orders.store_order where session_id = $1`,
    [sessionId],
  );
  return Object.fromEntries(rows.map(({ group_key: key, told }) => [key, told]));
}

async function statusOf(sessionId: string): Promise<string> {
  const { rows } = await pool.query("select status from checkout.session where session_id = $1", [sessionId]);
  return rows[0].status;
}

test("a store fails: what is still to be sent is called back and paid back; files are their buyer's, and stay", async () => {
  const [one, other] = [await thing(), await thing()];
  const files = [await makeFile(pool), await makeFile(pool)];
  const checkout = await begun([one, other, ...files]);
  await payFiles(pool, checkout);
  await pool.query(
    "select orders.order_end_1(order_number, 'failed', 'store_refused') from orders.store_order where session_id = $1 and group_key = $2",
    [checkout.sessionId, one.storeId],
  );
  await unwind.run({ sessionId: checkout.sessionId }, new AbortController().signal);
  assert.deepEqual(await ordersOf(checkout.sessionId), {
    [one.storeId]: "failed store_refused 5000",
    [other.storeId]: "cancelled all_or_nothing 5000",
    ...Object.fromEntries(files.map(({ productId }) => [productId, "delivered 0"])),
  });
  assert.equal((await ownedBy(pool, checkout.accountId)).length, 2);
  assert.equal(await statusOf(checkout.sessionId), "completed", "something was had");
});

test("stock is gone when the money comes: nothing is sent, and the file stays all the same", async () => {
  const [scarce, other, file] = [await thing(1), await thing(), await makeFile(pool)];
  const checkout = await begun([scarce, other, file]);
  await pool.query("delete from inventory.reservation where session_id = $1", [checkout.sessionId]);
  await pool.query("update inventory.stock set on_hand = 0, reserved = 0 where variant_id = $1", [scarce.variantId]);
  await payFiles(pool, checkout);
  assert.deepEqual(await ordersOf(checkout.sessionId), {
    [scarce.storeId]: "failed out_of_stock 5000",
    [other.storeId]: "failed out_of_stock 5000",
    [file.productId]: "delivered 0",
  });
  assert.deepEqual(await ownedBy(pool, checkout.accountId), [file.productId]);
});

test("a file's last copy went to somebody else: the parcel is called back, the other file stays", async () => {
  const [parcel, copy, file] = [await thing(), await makeFile(pool, { editionLimit: 1 }), await makeFile(pool)];
  const checkout = await begun([parcel, copy, file]);
  await pool.query("update access.edition set copies = 1 where product_id = $1", [copy.productId]);
  await payFiles(pool, checkout);
  await unwind.run({ sessionId: checkout.sessionId }, new AbortController().signal);
  assert.deepEqual(await ordersOf(checkout.sessionId), {
    [parcel.storeId]: "cancelled all_or_nothing 5000",
    [copy.productId]: "failed out_of_stock 1200",
    [file.productId]: "delivered 0",
  });
  assert.equal(await statusOf(checkout.sessionId), "completed");
});
