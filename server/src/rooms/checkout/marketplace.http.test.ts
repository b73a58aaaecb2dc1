import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { openBell } from "#platform/db/bell.ts";
import { openListener } from "#platform/db/listen.ts";
import { as, testServer } from "#platform/http/test-server.ts";
import { silentLog } from "#platform/log/log.ts";
import { openStripe, stripeProvider } from "#rooms/payment";
import { openTestDb } from "../../../test/db.ts";
import { makeFile, ownedBy } from "../../../test/digital.ts";
import { makeCart } from "../../../test/makers.ts";
import { openTestSandbox } from "../../../test/sandbox.ts";
import { marketplaceRoutes } from "./marketplace-routes.ts";
import { cancelPayment, reconcileIntent, reconcilePayments } from "./reconcile-payments.ts";
import { checkoutRoutes } from "./routes.ts";
import { openSessionWatch } from "./session-watch.ts";

const { pool, url, beforeClose } = await openTestDb();
const sandbox = await openTestSandbox();
const stripe = openStripe({ secretKey: "sk_test_muse_sandbox", apiBase: sandbox.url });
const listener = await openListener({
  connectionString: url,
  applicationName: "test ears",
  onReconnect: () => undefined,
});
beforeClose(() => listener.close());
const deps = {
  db: pool,
  bell: openBell(pool, silentLog),
  provider: stripeProvider(stripe),
  watch: await openSessionWatch(listener),
  returnUrlBase: "http://127.0.0.1:3000/checkout/placing/",
};
const reconciling = { ...deps, log: silentLog };
const { http } = testServer(pool);
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
    return { status: answer.statusCode, headers: answer.headers, json: answer.json() };
  };
}

/** What the shopper's browser does with the client secret. */
async function confirm(clientSecret: string, card = "pm_card_visa"): Promise<string> {
  const intent = clientSecret.split("_secret_")[0] ?? "";
  await stripe.paymentIntents.confirm(intent, { payment_method: card, return_url: "https://shop.test/" }).catch(() => {
    // The decline is what the test asks about.
  });
  return intent;
}

async function charged(sessionId: string): Promise<number> {
  const charges = await sandbox.records("charge");
  return charges.filter(({ data }) => data["status"] === "succeeded" && JSON.stringify(data).includes(sessionId))
    .length;
}

test("one product by the older way: its order and a secret, and the same again for who asks again", async () => {
  const file = await makeFile(pool, { priceMinor: 1_900 });
  const accountId = newId("acc");
  const send = caller(accountId);
  const made = await send("/api/payments/create", { productId: file.productId, customerName: "Ada Lovelace" });
  assert.equal(made.status, 201, JSON.stringify(made.json));
  const { data } = made.json;
  assert.equal(data.amount, 1_900);
  assert.equal(data.currency, "USD");
  assert.equal(data.provider, "stripe");
  assert.match(data.clientSecret, /^pi_.+_secret_/);
  assert.equal(data.orderId, data.orders[0].orderId);
  assert.deepEqual(
    {
      product: data.order.productId,
      seller: data.order.seller.id,
      status: data.order.status,
      paid: data.order.paymentStatus,
    },
    { product: file.productId, seller: file.sellerId, status: "pending", paid: "unpaid" },
  );
  const again = await send("/api/payments/create", { productId: file.productId });
  assert.deepEqual(again.json.data, data);

  const providerRef = await confirm(data.clientSecret);
  assert.equal(await reconcileIntent(reconciling, { providerRef, paymentId: null }), "paid");
  assert.deepEqual(await ownedBy(pool, accountId), [file.productId]);
  const { rows } = await pool.query("select customer_name from checkout.session where session_id = $1", [
    data.checkoutSessionId,
  ]);
  assert.deepEqual(rows, [{ customer_name: "Ada Lovelace" }]);
  const owned = await send("/api/payments/create", { productId: file.productId });
  assert.equal(owned.json.error.code, "already_purchased");
});

test("many by the older way: one order each, one payment, and prices that are sent mean nothing (M6)", async () => {
  const files = [await makeFile(pool, { priceMinor: 1_000 }), await makeFile(pool, { priceMinor: 2_000 })];
  const accountId = await makeCart(
    pool,
    files.map((variant) => ({ variant })),
  );
  const items = files.map(({ productId }) => ({
    id: productId,
    title: "Cheap",
    price: 1,
    currency: "KRW",
    verification_level: 0,
    seller: { id: "acc_x", name: "X" },
  }));
  const made = await caller(accountId)("/api/cart/checkout", { items, customerName: "Ada" });
  assert.equal(made.status, 201, JSON.stringify(made.json));
  assert.equal(made.json.data.amount, 3_000);
  assert.equal(made.json.data.orders.length, 2);
  const providerRef = await confirm(made.json.data.clientSecret);
  assert.equal(await reconcileIntent(reconciling, { providerRef, paymentId: made.json.data.paymentId }), "paid");
  assert.deepEqual(await ownedBy(pool, accountId), files.map(({ productId }) => productId).toSorted());
  const left = await pool.query("select from cart.item where account_id = $1", [accountId]);
  assert.equal(left.rowCount, 0);
});

test("what cannot be bought is refused in the reader's words, and nothing is made", async () => {
  const dollars = await makeFile(pool);
  const won = await makeFile(pool, { currency: "KRW", priceMinor: 12_000 });
  const accountId = newId("acc");
  const send = caller(accountId);
  const cart = (...ids: string[]) => ({ items: ids.map((id) => ({ id })) });
  const korean = { "accept-language": "ko" };
  const mixed = await send("/api/cart/checkout", cart(dollars.productId, won.productId), korean);
  assert.equal(mixed.status, 409);
  assert.equal(mixed.json.error.message, "모든 상품의 통화가 동일해야 합니다");
  assert.equal((await send("/api/cart/checkout", cart())).json.error.code, "cart_empty");
  assert.equal((await send("/api/cart/checkout", cart("prd_unknown"))).json.error.code, "product_not_found");
  assert.equal(
    (await caller(dollars.sellerId)("/api/payments/create", { productId: dollars.productId })).json.error.code,
    "self_purchase",
  );
  await pool.query("update catalog.product set is_active = false where product_id = $1", [dollars.productId]);
  assert.equal(
    (await send("/api/payments/create", { productId: dollars.productId })).json.error.code,
    "product_unavailable",
  );
  const made = await pool.query("select from checkout.session where account_id in ($1, $2)", [
    accountId,
    dollars.sellerId,
  ]);
  assert.equal(made.rowCount, 0);
});

test("a card that is declined in the browser may be followed by another, on the same payment", async () => {
  const file = await makeFile(pool);
  const accountId = newId("acc");
  const send = caller(accountId);
  const first = await send("/api/payments/create", { productId: file.productId });
  const providerRef = await confirm(first.json.data.clientSecret, "pm_card_visa_chargeDeclined");
  assert.equal(await reconcileIntent(reconciling, { providerRef, paymentId: null }), "unpaid");
  const second = await send("/api/payments/create", { productId: file.productId });
  assert.equal(second.json.data.clientSecret, first.json.data.clientSecret);
  await confirm(second.json.data.clientSecret);
  await reconcileIntent(reconciling, { providerRef, paymentId: null });
  assert.deepEqual(await ownedBy(pool, accountId), [file.productId]);
  assert.equal(await charged(second.json.data.checkoutSessionId), 1);
});

test("an event that names the order alone finds its payment, and an order that is paid otherwise does not follow it", async () => {
  const file = await makeFile(pool);
  const accountId = newId("acc");
  const made = await caller(accountId)("/api/payments/create", { productId: file.productId });
  const providerRef = await confirm(made.json.data.clientSecret);
  const stranger = await stripe.paymentIntents.create({
    amount: 1_200,
    currency: "usd",
    confirm: true,
    payment_method: "pm_card_visa",
    return_url: "https://shop.test/",
    metadata: { orderId: made.json.data.orderId },
  });
  const named = { paymentId: null, orderNumber: made.json.data.orderId as string };
  assert.equal(await reconcileIntent(reconciling, { ...named, providerRef: stranger.id }), "unknown_payment");
  // Its answer was lost: only the event knows of the intent.
  await pool.query("update payment.payment set provider_ref = null where payment_id = $1", [made.json.data.paymentId]);
  assert.equal(await reconcileIntent(reconciling, { ...named, providerRef }), "paid");
  assert.deepEqual(await ownedBy(pool, accountId), [file.productId]);
});

test("webhook, poller, redirect and a hundred repeats at once: one payment, one grant", async () => {
  const file = await makeFile(pool);
  const accountId = newId("acc");
  const send = caller(accountId);
  const made = await send("/api/payments/create", { productId: file.productId });
  const { checkoutSessionId: sessionId, paymentId } = made.json.data;
  const providerRef = await confirm(made.json.data.clientSecret);
  await pool.query("update payment.payment set check_at = now() where payment_id = $1", [paymentId]);
  const hears = Array.from({ length: 100 }, (_, n) =>
    n % 10 === 0
      ? reconcilePayments(reconciling).then(() => "polled")
      : reconcileIntent(reconciling, { providerRef, paymentId }),
  );
  const heard = await Promise.all([...hears, send(`/api/v1/checkout/sessions/${sessionId}/place`, {})]);
  assert.ok(heard.length === 101);
  assert.deepEqual(await ownedBy(pool, accountId), [file.productId]);
  assert.equal(await charged(sessionId), 1);
  const { rows } = await pool.query(
    "select status, (select count(*)::int from orders.store_order where session_id = $1) as orders from checkout.session where session_id = $1",
    [sessionId],
  );
  assert.deepEqual(rows, [{ status: "completed", orders: 1 }]);
});

test("who pays on the checkout page after all pays there: the browser's payment is called off first (M1)", async () => {
  const file = await makeFile(pool);
  const accountId = newId("acc");
  const send = caller(accountId);
  const made = await send("/api/payments/create", { productId: file.productId });
  const { checkoutSessionId: sessionId } = made.json.data;
  const sessionUrl = `/api/v1/checkout/sessions/${sessionId}`;
  await http.fastify.inject({
    method: "PUT",
    url: `${sessionUrl}/payment`,
    headers: as("anonymous", accountId),
    payload: { paymentMethodId: "pm_card_visa" },
  });
  const placed = await send(`${sessionUrl}/place`, {});
  assert.equal(placed.status, 200, JSON.stringify(placed.json));
  assert.equal(placed.json.data.payment, "paid");
  await confirm(made.json.data.clientSecret);
  assert.equal(await charged(sessionId), 1);
  assert.deepEqual(await ownedBy(pool, accountId), [file.productId]);
});

test("a file in another cart is paid once: what was opened for it before is called off", async () => {
  const [file, other] = [await makeFile(pool), await makeFile(pool)];
  const accountId = newId("acc");
  const send = caller(accountId);
  const one = await send("/api/payments/create", { productId: file.productId });
  const both = await send("/api/cart/checkout", { items: [{ id: file.productId }, { id: other.productId }] });
  assert.equal(both.status, 201, JSON.stringify(both.json));
  await cancelPayment(reconciling, one.json.data.checkoutSessionId);
  await confirm(one.json.data.clientSecret);
  const providerRef = await confirm(both.json.data.clientSecret);
  assert.equal(await reconcileIntent(reconciling, { providerRef, paymentId: null }), "paid");
  assert.equal(await charged(one.json.data.checkoutSessionId), 0);
  assert.equal((await ownedBy(pool, accountId)).length, 2);
});
