/** The marketplace's older ways in won, with Toss's simulator: opened, agreed to in its window, confirmed. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { nodeHttp } from "@muse/connectors/http";
import { newId } from "#kernel/ids.ts";
import { openBell } from "#platform/db/bell.ts";
import { openListener } from "#platform/db/listen.ts";
import { as, testServer } from "#platform/http/test-server.ts";
import { silentLog } from "#platform/log/log.ts";
import { outboundHttp } from "#platform/outbound/http.ts";
import { byCurrency, openStripe, openToss, stripeProvider, tossProvider } from "#rooms/payment";
import { checkInvariants } from "../../../../tools/invariants/check-invariants.ts";
import { openTestDb } from "../../../test/db.ts";
import { makeFile, ownedBy, type MadeFile } from "../../../test/digital.ts";
import { openTestSandbox } from "../../../test/sandbox.ts";
import { openTossPayer } from "../../../test/toss-payer.ts";
import { marketplaceRoutes } from "./marketplace-routes.ts";
import { checkoutRoutes } from "./routes.ts";
import { openSessionWatch } from "./session-watch.ts";

const { pool, url, beforeClose } = await openTestDb();
const sandbox = await openTestSandbox();
const payer = openTossPayer(sandbox.url);
const listener = await openListener({
  connectionString: url,
  applicationName: "test ears",
  onReconnect: () => undefined,
});
beforeClose(() => listener.close());
const { http } = testServer(pool);
const stripe = openStripe({ secretKey: "sk_test_muse_sandbox", apiBase: sandbox.url });
const toss = openToss({
  secretKey: "test_sk_muse_sandbox",
  apiBase: sandbox.url,
  http: outboundHttp(nodeHttp, "toss"),
});
const deps = {
  db: pool,
  bell: openBell(pool, silentLog),
  provider: byCurrency({ stripe: stripeProvider(stripe), toss: tossProvider(toss) }),
  watch: await openSessionWatch(listener),
  returnUrlBase: "http://127.0.0.1:3000/checkout/placing/",
};
checkoutRoutes(http, deps);
marketplaceRoutes(http, deps);

function caller(accountId: string) {
  return async (path: string, body: object, headers: Record<string, string> = {}) => {
    const answer = await http.fastify.inject({
      method: "POST",
      url: path,
      headers: { ...as("anonymous", accountId), ...headers },
      payload: body,
    });
    return { status: answer.statusCode, json: answer.json() };
  };
}

const inWon = (priceMinor: number, editionLimit?: number): Promise<MadeFile> =>
  makeFile(pool, { currency: "KRW", priceMinor, ...(editionLimit === undefined ? {} : { editionLimit }) });
const cart = (...files: readonly MadeFile[]) => ({ items: files.map(({ productId }) => ({ id: productId })) });
const confirm = "/api/payments/toss/confirm";
const checkout = "/api/cart/checkout";

type Opened = { readonly paymentId: string; readonly amount: number };

/** What the browser does with the answer: the window, and what Toss's redirect says. */
async function agreed({ paymentId: orderId, amount }: Opened) {
  return { orderId, amount, paymentKey: await payer.agree({ orderId, amount }) };
}

async function chargesOf(...orderIds: readonly string[]): Promise<number> {
  const charges = await sandbox.records("charge");
  return charges.filter(({ data }) => orderIds.includes(String(data["orderId"]))).length;
}

async function ordersOf(sessionId: string) {
  const { rows } = await pool.query(
    `select order_number as "orderId", status, payment_status as paid, reason from orders.store_order
     where session_id = $1 order by order_number`,
    [sessionId],
  );
  return rows;
}

test("three products in won bought together: one order each, one payment, and each is owned", async () => {
  const files = [await inWon(1_000), await inWon(2_000), await inWon(3_000)];
  const accountId = newId("acc");
  const send = caller(accountId);
  const key = { "idempotency-key": newId("cs") };
  const opened = await send(checkout, { ...cart(...files), customerName: "김민지" }, key);
  assert.equal(opened.status, 201, JSON.stringify(opened.json));
  const { data } = opened.json;
  assert.deepEqual([data.provider, data.clientSecret, data.amount, data.currency], ["toss", null, 6_000, "KRW"]);
  assert.match(data.paymentId, /^to_/);
  assert.deepEqual(
    data.orders.map((order: Record<string, unknown>) => [
      order["productId"],
      order["amount"],
      order["status"],
      order["paymentStatus"],
    ]),
    files.map(({ productId }, index) => [productId, 1_000 * (index + 1), "pending", "unpaid"]),
  );
  assert.deepEqual((await send(checkout, { ...cart(...files), customerName: "김민지" }, key)).json.data, data);

  const told = await agreed(data);
  const both = await Promise.all([send(confirm, told), send(confirm, told)]);
  for (const paid of [...both, await send(confirm, told)]) {
    assert.equal(paid.status, 200, JSON.stringify(paid.json));
    assert.deepEqual([paid.json.data.payment, paid.json.data.orders.length], ["paid", 3]);
  }
  assert.equal(await chargesOf(data.paymentId), 1);
  assert.deepEqual(await ownedBy(pool, accountId), files.map(({ productId }) => productId).toSorted());
  const orders = await ordersOf(data.checkoutSessionId);
  assert.deepEqual(
    orders.map(({ orderId }) => orderId),
    data.orders.map(({ orderId }: { orderId: string }) => orderId).toSorted(),
  );
  assert.ok(orders.every(({ status, paid }) => status === "delivered" && paid === "paid"));
  const { rows } = await pool.query(
    "select count(*)::int as payments, min(p.amount_minor)::int as amount from payment.payment p where session_id = $1",
    [data.checkoutSessionId],
  );
  assert.deepEqual(rows, [{ payments: 1, amount: 6_000 }]);
  assert.equal((await send(checkout, cart(...files))).json.error.code, "already_purchased");
});

test("one product in won: its order stays the same however often its window is opened, and is paid once", async () => {
  const file = await inWon(12_000);
  const accountId = newId("acc");
  const send = caller(accountId);
  const first = await send("/api/payments/create", { productId: file.productId });
  assert.equal(first.status, 201, JSON.stringify(first.json));
  const second = await send("/api/payments/create", { productId: file.productId });
  assert.equal(second.json.data.orderId, first.json.data.orderId);
  assert.equal(second.json.data.order.orderId, first.json.data.orderId);
  assert.notEqual(second.json.data.paymentId, first.json.data.paymentId);
  const [one, two] = [await agreed(first.json.data), await agreed(second.json.data)];
  assert.equal((await send(confirm, one)).json.data.payment, "paid");
  assert.equal((await send(confirm, two)).json.data.payment, "paid");
  assert.equal(await chargesOf(one.orderId, two.orderId), 1);
  assert.deepEqual(await ownedBy(pool, accountId), [file.productId]);
});

test("an amount that was tampered with is refused before Toss is called, and somebody else's order is none (M6)", async () => {
  const file = await inWon(12_000);
  const accountId = newId("acc");
  const send = caller(accountId);
  const { json } = await send(checkout, cart(file));
  const told = await agreed(json.data);
  const tampered = await send(confirm, { ...told, amount: 100 });
  assert.deepEqual([tampered.status, tampered.json.error.code], [409, "payment_amount_mismatch"]);
  assert.equal((await caller(newId("acc"))(confirm, told)).json.error.code, "session_not_found");
  assert.equal(await chargesOf(told.orderId), 0);
  assert.deepEqual(await ownedBy(pool, accountId), []);
  assert.equal((await send(confirm, told)).json.data.payment, "paid");
});

test("won and dollars together are refused in both languages, and nothing is made", async () => {
  const files = [await inWon(12_000), await makeFile(pool)];
  const accountId = newId("acc");
  const send = caller(accountId);
  const english = await send(checkout, cart(...files));
  const korean = await send(checkout, cart(...files), { "accept-language": "ko" });
  assert.deepEqual([english.status, english.json.error.code], [409, "mixed_currency"]);
  assert.match(english.json.error.message, /same currency/i);
  assert.equal(korean.json.error.message, "모든 상품의 통화가 동일해야 합니다");
  const { rowCount } = await pool.query("select from checkout.session where account_id = $1", [accountId]);
  assert.equal(rowCount, 0);
});

test("the last copy goes to who comes back first; the other is not charged, and a declined payer may try again", async () => {
  const file = await inWon(12_000, 1);
  const [winner, loser] = [newId("acc"), newId("acc")];
  const wins = await caller(winner)(checkout, cart(file));
  const loses = await caller(loser)(checkout, cart(file));
  assert.deepEqual([wins.status, loses.status], [201, 201]);
  const late = await agreed(loses.json.data);
  await sandbox.faults([
    { part: "toss", endpoint: "payments.confirm", kind: "decline", value: "EXCEED_MAX_AMOUNT", times: 1 },
  ]);
  assert.equal((await caller(winner)(confirm, await agreed(wins.json.data))).json.error.code, "payment_declined");
  const again = await caller(winner)(checkout, cart(file));
  assert.equal(again.json.data.orders[0].orderId, wins.json.data.orders[0].orderId);
  assert.equal((await caller(winner)(confirm, await agreed(again.json.data))).json.data.payment, "paid");
  const refused = await caller(loser)(confirm, late);
  assert.deepEqual([refused.status, refused.json.error.code], [409, "out_of_stock"]);
  assert.equal(await chargesOf(late.orderId), 0);
  assert.equal((await caller(loser)(checkout, cart(file))).json.error.code, "out_of_stock");
});

test("while a transfer is waited for no second window opens beside it", async () => {
  const file = await inWon(12_000);
  const send = caller(newId("acc"));
  const { data } = (await send(checkout, cart(file))).json;
  const { paymentId: orderId, amount } = data;
  const paymentKey = await payer.agree({ orderId, amount, method: "VIRTUAL_ACCOUNT" });
  assert.equal((await send(confirm, { orderId, amount, paymentKey })).json.data.payment, "awaiting_deposit");
  const again = await send(checkout, cart(file));
  assert.deepEqual([again.status, again.json.error.code], [409, "payment_in_progress"]);
});

test("orders whose window nobody came back from end with their session, and are not paid afterwards", async () => {
  const [file, other] = [await inWon(12_000), await inWon(5_000)];
  const accountId = newId("acc");
  const send = caller(accountId);
  const { data } = (await send(checkout, cart(file))).json;
  const told = await agreed(data);
  assert.equal((await send(checkout, cart(file, other))).status, 201);
  const [order] = await ordersOf(data.checkoutSessionId);
  assert.deepEqual([order.status, order.paid, order.reason], ["cancelled", "unpaid", "not_paid"]);
  assert.equal((await send(confirm, told)).json.error.code, "session_cancelled");
  assert.equal(await chargesOf(told.orderId), 0);
});

test("and after all of this every rule holds", async () => {
  const { results } = await checkInvariants({ databaseUrl: url, sandboxUrl: sandbox.url, settledForSeconds: 3600 });
  assert.deepEqual(
    results.filter(({ outcome }) => outcome === "broken" || outcome === "failed"),
    [],
  );
});
