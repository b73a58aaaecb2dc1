import assert from "node:assert/strict";
import { test } from "node:test";
import { openBell } from "#platform/db/bell.ts";
import { openListener } from "#platform/db/listen.ts";
import { silentLog } from "#platform/log/log.ts";
import { openStripe, stripeProvider } from "#rooms/payment";
import { openTestDb } from "../../../test/db.ts";
import { makeCart, makeStore, makeVariant, type MadeVariant } from "../../../test/makers.ts";
import { openTestSandbox } from "../../../test/sandbox.ts";
import { sessionsExpire } from "./checkout.sql.gen.ts";
import { placeSession, type PlaceDeps } from "./place-session.ts";
import { cancelPayment, reconcileIntent, reconcilePayments } from "./reconcile-payments.ts";
import { cancelSession, payWith, readSession, startSession } from "./session-commands.ts";
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
const deps: PlaceDeps = {
  db: pool,
  bell: openBell(pool, silentLog),
  provider: stripeProvider(stripe),
  watch: await openSessionWatch(listener),
  returnUrlBase: "http://127.0.0.1:3000/checkout/success/session/",
};
const reconciling = { ...deps, log: silentLog };

type Shopper = { readonly accountId: string; readonly sessionId: string; readonly goods: readonly MadeVariant[] };

/** A shopper with two stores' goods in a session that is ready to pay. The stores are ordered from by hand. */
async function shopper({ card = "pm_card_visa", stock = 5 }: { card?: string; stock?: number } = {}): Promise<Shopper> {
  const goods = [
    await makeVariant(pool, { storeId: await makeStore(pool), priceMinor: 24_800, stock }),
    await makeVariant(pool, { storeId: await makeStore(pool), priceMinor: 8_900 }),
  ];
  const accountId = await makeCart(
    pool,
    goods.map((variant) => ({ variant })),
  );
  const started = await startSession(pool, { accountId });
  assert.ok(started.kind === "started");
  const { sessionId } = started.state.session;
  await pool.query("update checkout.session set needs_shipping = false where session_id = $1", [sessionId]);
  await payWith(pool, { sessionId, accountId, paymentMethodId: card, onStoreFailure: null });
  return { accountId, sessionId, goods };
}

const place = (who: Shopper) => placeSession(deps, { ...who, claimKey: null });

async function chargesOf({ sessionId }: Shopper): Promise<number> {
  const charges = await sandbox.records("charge");
  return charges.filter(({ data }) => JSON.stringify(data).includes(sessionId)).length;
}

async function cartOf({ accountId }: Shopper): Promise<number> {
  const { rows } = await pool.query("select count(*)::int as count from cart.item where account_id = $1", [accountId]);
  return rows[0].count;
}

async function read(who: Shopper) {
  const state = await readSession(pool, who);
  assert.ok(state !== null);
  return state;
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  const deadlineMs = performance.now() + 8_000;
  while (!(await isSo())) {
    assert.ok(performance.now() < deadlineMs, "it happened within eight seconds");
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

const byText = (a: string, b: string): number => (a < b ? -1 : 1);

test("a session is paid once: one charge, one order a store, stock sold, the cart empty", async () => {
  const who = await shopper();
  const placed = await place(who);
  assert.ok(placed.kind === "placing");
  assert.equal(placed.state.orders.length, 2);
  assert.ok(
    placed.state.orders.every(({ paymentStatus, placement }) => paymentStatus === "paid" && placement === "manual"),
  );
  assert.equal(await chargesOf(who), 1);
  assert.equal(await cartOf(who), 0);
  const { rows } = await pool.query("select on_hand, reserved from inventory.stock where variant_id = $1", [
    who.goods[0]?.variantId,
  ]);
  assert.deepEqual(rows, [{ on_hand: 4, reserved: 0 }]);

  const again = await place(who);
  assert.ok(again.kind === "placing");
  assert.deepEqual(again.state.orders, placed.state.orders);
  assert.equal(await chargesOf(who), 1);
});

test("twenty place calls at once: one charge, one order a store, twenty equal answers (M1, O1)", async () => {
  const who = await shopper();
  const all = await Promise.all(Array.from({ length: 20 }, () => place(who)));
  const numbers = new Set(
    all.map((placed) =>
      placed.kind === "placing" ? placed.state.orders.map(({ orderNumber }) => orderNumber).join() : placed.kind,
    ),
  );
  assert.equal(numbers.size, 1, [...numbers].join(" | "));
  assert.equal(await chargesOf(who), 1);
});

test("a decline leaves cart and session ready for another card, on the same intent", async () => {
  const who = await shopper({ card: "pm_card_visa_chargeDeclinedInsufficientFunds" });
  const declined = await place(who);
  assert.deepEqual(declined, { kind: "declined", code: "card_declined", declineCode: "insufficient_funds" });
  assert.equal((await read(who)).session.status, "pending");
  assert.equal(await cartOf(who), 2);

  await payWith(pool, { ...who, paymentMethodId: "pm_card_mastercard", onStoreFailure: null });
  assert.equal((await place(who)).kind, "placing");
  assert.equal(await chargesOf(who), 1);
  const { rows } = await pool.query(
    "select count(*)::int as intents from payment.payment p where p.session_id = $1 and p.generation = 1 and p.status = 'succeeded'",
    [who.sessionId],
  );
  assert.deepEqual(rows, [{ intents: 1 }]);
});

test("a challenge waits for its owner, and the same call goes on afterwards", async () => {
  const who = await shopper({ card: "pm_card_threeDSecure2Required" });
  const challenged = await place(who);
  assert.ok(challenged.kind === "action_required");
  assert.equal((await read(who)).session.status, "pending");
  assert.equal((await place(who)).kind, "action_required");

  const intent = challenged.clientSecret.split("_secret_")[0] ?? "";
  await fetch(`${sandbox.url}/3ds/${intent}/complete`, { method: "POST" });
  assert.equal((await place(who)).kind, "placing");
  assert.equal(await chargesOf(who), 1);
});

test("a challenge that the provider did not answer for is waited for, and is there again afterwards", async () => {
  const who = await shopper({ card: "pm_card_threeDSecure2Required" });
  assert.equal((await place(who)).kind, "action_required");
  await sandbox.faults([
    { part: "stripe", endpoint: "payment_intents.retrieve", kind: "error", status: 500, times: 1 },
  ]);
  const ask = async (): Promise<void> => {
    await pool.query("update payment.payment set check_at = now() where session_id = $1 and check_at is not null", [
      who.sessionId,
    ]);
    await reconcilePayments(reconciling);
  };
  await ask();
  assert.equal((await read(who)).payment.status, "unknown");
  const placing = place(who);
  await new Promise((resolve) => setTimeout(resolve, 50));
  await ask();
  assert.equal((await placing).kind, "action_required");
  assert.equal(await chargesOf(who), 0);
});

test("a challenged card can be given up for another: the first intent is dead before the second is born", async () => {
  const who = await shopper({ card: "pm_card_threeDSecure2Required" });
  const challenged = await place(who);
  assert.ok(challenged.kind === "action_required");
  await payWith(pool, { ...who, paymentMethodId: "pm_card_visa", onStoreFailure: null });
  assert.equal((await place(who)).kind, "placing");
  const first = await stripe.paymentIntents.retrieve(challenged.clientSecret.split("_secret_")[0] ?? "");
  assert.equal(first.status, "canceled");
  assert.equal(await chargesOf(who), 1);
});

test("a total that no card can be charged, and a card token for won, are refused before anything is written", async () => {
  for (const [change, kind] of [
    ["total_minor = 49, subtotal_minor = 49", "amount_too_small"],
    ["currency = 'KRW'", "payment_method_required"],
  ] as const) {
    const who = await shopper();
    await pool.query(`update checkout.session set ${change} where session_id = $1`, [who.sessionId]);
    assert.deepEqual(await place(who), { kind });
    const { rows } = await pool.query("select count(*)::int as count from payment.payment where session_id = $1", [
      who.sessionId,
    ]);
    assert.deepEqual(rows, [{ count: 0 }]);
  }
});

test("a payment method that the provider does not know is named as such", async () => {
  assert.deepEqual(await place(await shopper({ card: "pm_nobody_knows_this" })), { kind: "payment_method_invalid" });
});

test("an intent that somebody canceled at the provider does not end the checkout: the next try makes a new one", async () => {
  const who = await shopper({ card: "pm_card_threeDSecure2Required" });
  const challenged = await place(who);
  assert.ok(challenged.kind === "action_required");
  await stripe.paymentIntents.cancel(challenged.clientSecret.split("_secret_")[0] ?? "");
  await payWith(pool, { ...who, paymentMethodId: "pm_card_visa", onStoreFailure: null });
  assert.equal((await place(who)).kind, "declined");
  assert.equal((await place(who)).kind, "placing");
  assert.equal(await chargesOf(who), 1);
});

test("an answer lost after the charge is unknown, never failed, and asking completes it (C4)", async () => {
  const who = await shopper();
  await sandbox.faults([{ part: "stripe", endpoint: "payment_intents.create", kind: "drop_after", times: 2 }]);
  const placing = place(who);
  await until(async () => (await read(who)).payment.status === "unknown");
  assert.equal(await chargesOf(who), 1, "the money has moved, and nobody here knows");
  assert.equal((await read(who)).session.status, "processing");
  await sandbox.faults([]);
  await pool.query("update payment.payment set check_at = now() where check_at is not null");
  await reconcilePayments(reconciling);
  const placed = await placing;
  assert.ok(placed.kind === "placing");
  assert.equal(placed.state.orders.length, 2);
  assert.equal(await chargesOf(who), 1);
});

test("a repeat that is refused with 429 or 401 proves nothing of the first call: no second charge (M1)", async () => {
  const who = await shopper();
  const create = { part: "stripe", endpoint: "payment_intents.create" };
  await sandbox.faults([
    { ...create, kind: "error_after", status: 500, times: 1 },
    { ...create, kind: "429", times: 1 },
    { ...create, kind: "error", status: 401, times: 1 },
  ]);
  const placing = place(who);
  await until(async () => (await read(who)).payment.status === "unknown");
  for (let round = 0; round < 3; round += 1) {
    await pool.query("update payment.payment set check_at = now() where session_id = $1 and check_at is not null", [
      who.sessionId,
    ]);
    await reconcilePayments(reconciling);
  }
  await sandbox.faults([]);
  await pool.query(
    "update payment.payment set check_at = now(), checks = 6 where session_id = $1 and check_at is not null",
    [who.sessionId],
  );
  await reconcilePayments(reconciling);
  assert.equal((await placing).kind, "placing");
  assert.equal(await chargesOf(who), 1);
});

test("late word of an intent that was replaced says nothing of the one that lives now (M1)", async () => {
  const who = await shopper({ card: "pm_card_threeDSecure2Required" });
  const challenged = await place(who);
  assert.ok(challenged.kind === "action_required");
  const first = challenged.clientSecret.split("_secret_")[0] ?? "";
  await payWith(pool, { ...who, paymentMethodId: "pm_card_visa", onStoreFailure: null });
  await sandbox.faults([{ part: "stripe", endpoint: "payment_intents.create", kind: "latency", latencyMs: 400 }]);
  const placing = place(who);
  await until(async () => (await stripe.paymentIntents.retrieve(first)).status === "canceled");
  await new Promise((resolve) => setTimeout(resolve, 50));
  const { rows } = await pool.query("select payment_id from payment.payment where session_id = $1", [who.sessionId]);
  await reconcileIntent(reconciling, { providerRef: first, paymentId: rows[0].payment_id });
  assert.equal((await read(who)).session.status, "processing");
  assert.equal((await placing).kind, "placing");
  await sandbox.faults([]);
  assert.equal(await chargesOf(who), 1);
});

test("an old challenge met after the total has changed is refunded whole (M2, M6)", async () => {
  const who = await shopper({ card: "pm_card_threeDSecure2Required" });
  const challenged = await place(who);
  assert.ok(challenged.kind === "action_required");
  await pool.query(
    "update checkout.session set shipping_minor = 500, total_minor = total_minor + 500 where session_id = $1",
    [who.sessionId],
  );
  const providerRef = challenged.clientSecret.split("_secret_")[0] ?? "";
  await fetch(`${sandbox.url}/3ds/${providerRef}/complete`, { method: "POST" });
  assert.equal(await reconcileIntent(reconciling, { providerRef, paymentId: null }), "refunded_late");
  const { session, orders } = await read(who);
  assert.deepEqual([session.status, session.latePayment], ["cancelled", "refunded"]);
  assert.ok(orders.every(({ status }) => status === "cancelled"));
});

test("the webhook, the poller and the repeat all find it done (W1)", async () => {
  const who = await shopper({ card: "pm_card_threeDSecure2Required" });
  const challenged = await place(who);
  assert.ok(challenged.kind === "action_required");
  const providerRef = challenged.clientSecret.split("_secret_")[0] ?? "";
  await fetch(`${sandbox.url}/3ds/${providerRef}/complete`, { method: "POST" });
  await pool.query("update payment.payment set check_at = now() where check_at is not null");
  const results = await Promise.all([
    reconcileIntent(reconciling, { providerRef, paymentId: null }),
    reconcileIntent(reconciling, { providerRef, paymentId: null }),
    reconcilePayments(reconciling),
    place(who),
    place(who),
  ]);
  assert.equal(results.filter((result) => result === "paid").length <= 1, true);
  assert.equal((await read(who)).orders.length, 2);
  assert.equal(await chargesOf(who), 1);
  const { rows } = await pool.query("select count(*)::int as count from placement.placement where session_id = $1", [
    who.sessionId,
  ]);
  assert.deepEqual(rows, [{ count: 2 }]);
});

test("a payment that succeeds after expiry is honoured while its stock can be had", async () => {
  const who = await shopper({ card: "pm_card_threeDSecure2Required" });
  const challenged = await place(who);
  assert.ok(challenged.kind === "action_required");
  await pool.query("update checkout.session set expires_at = now() - interval '1 s' where session_id = $1", [
    who.sessionId,
  ]);
  await sessionsExpire(pool, { countMax: 10 });
  assert.equal((await read(who)).session.status, "expired");
  const providerRef = challenged.clientSecret.split("_secret_")[0] ?? "";
  await fetch(`${sandbox.url}/3ds/${providerRef}/complete`, { method: "POST" });
  assert.equal(await reconcileIntent(reconciling, { providerRef, paymentId: null }), "paid");
  const { session, orders } = await read(who);
  assert.deepEqual([session.status, session.latePayment], ["processing", "honoured"]);
  assert.ok(orders.every(({ paymentStatus }) => paymentStatus === "paid"));
});

test("a payment that succeeds after expiry is refunded whole when its stock is gone, and the shopper is told", async () => {
  const who = await shopper({ card: "pm_card_threeDSecure2Required", stock: 1 });
  const challenged = await place(who);
  assert.ok(challenged.kind === "action_required");
  await pool.query("update checkout.session set expires_at = now() - interval '1 s' where session_id = $1", [
    who.sessionId,
  ]);
  await sessionsExpire(pool, { countMax: 10 });
  await pool.query("update inventory.stock set on_hand = 0 where variant_id = $1", [who.goods[0]?.variantId]);
  const providerRef = challenged.clientSecret.split("_secret_")[0] ?? "";
  await fetch(`${sandbox.url}/3ds/${providerRef}/complete`, { method: "POST" });
  assert.equal(await reconcileIntent(reconciling, { providerRef, paymentId: null }), "refunded_late");
  const { session, orders } = await read(who);
  assert.deepEqual([session.status, session.latePayment], ["expired", "refunded"]);
  assert.ok(orders.every(({ status }) => status === "cancelled"));
  const { rows } = await pool.query(
    "select r.amount_minor, r.status from payment.refund r join payment.payment p using (payment_id) where p.session_id = $1",
    [who.sessionId],
  );
  assert.deepEqual(rows, [{ amount_minor: 33_700n, status: "created" }]);
});

test("an ended session's intent is called off at the provider", async () => {
  const who = await shopper({ card: "pm_card_threeDSecure2Required" });
  const challenged = await place(who);
  assert.ok(challenged.kind === "action_required");
  assert.deepEqual(await cancelSession(pool, who), { kind: "cancelled" });
  await cancelPayment(reconciling, who.sessionId);
  const intent = await stripe.paymentIntents.retrieve(challenged.clientSecret.split("_secret_")[0] ?? "");
  assert.equal(intent.status, "canceled");
  const { orders } = await read(who);
  assert.ok(orders.every(({ status }) => status === "cancelled"));
});

test("what the shopper added while paying stays in the cart (O6)", async () => {
  const who = await shopper();
  await pool.query("update cart.item set quantity = 3 where account_id = $1 and variant_id = $2", [
    who.accountId,
    who.goods[0]?.variantId,
  ]);
  const other = await makeVariant(pool, { storeId: await makeStore(pool) });
  await makeCart(pool, [{ variant: other, quantity: 2 }], who.accountId);
  assert.equal((await place(who)).kind, "placing");
  const { rows } = await pool.query(
    "select variant_id, quantity from cart.item where account_id = $1 order by quantity, variant_id",
    [who.accountId],
  );
  assert.deepEqual(
    new Map(rows.map(({ variant_id, quantity }) => [variant_id, quantity])),
    new Map([
      [who.goods[0]?.variantId, 2],
      [other.variantId, 2],
    ]),
  );
});

test("stock gone at the moment of payment: that order fails and is refunded, the other goes on", async () => {
  const who = await shopper({ stock: 1 });
  // An allocation that the store took back while the card was being charged.
  await pool.query("update inventory.reservation set status = 'expired', ended_at = now() where session_id = $1", [
    who.sessionId,
  ]);
  await pool.query("update inventory.stock set on_hand = 0, reserved = 0 where variant_id = $1", [
    who.goods[0]?.variantId,
  ]);
  const placed = await place(who);
  assert.ok(placed.kind === "placing");
  assert.deepEqual(placed.state.orders.map(({ status, reason }) => `${status} ${reason}`).toSorted(byText), [
    "failed out_of_stock",
    "pending null",
  ]);
  const { rows } = await pool.query(
    "select r.amount_minor, order_number is not null as is_of_order from payment.refund r join payment.payment p using (payment_id) where p.session_id = $1",
    [who.sessionId],
  );
  assert.deepEqual(rows, [{ amount_minor: 24_800n, is_of_order: true }]);
});
