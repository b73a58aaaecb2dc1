import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { test } from "node:test";

import { cardPayment, openSdk, openTestStripe, stripeError } from "./test/open-sdk.ts";

const world = await openTestStripe();
const { stripe } = world;

async function chargeCount(): Promise<number> {
  return (await world.records("charge")).length;
}

test("the same key and parameters give the first answer again, and one charge", async () => {
  const before = await chargeCount();
  const idempotencyKey = randomUUID();
  const first = await stripe.paymentIntents.create(cardPayment, { idempotencyKey });
  const again = await stripe.paymentIntents.create(cardPayment, { idempotencyKey });
  assert.equal(again.id, first.id);
  assert.equal(first.lastResponse.headers["idempotent-replayed"], undefined);
  assert.equal(again.lastResponse.headers["idempotent-replayed"], "true");
  assert.equal(again.lastResponse.headers["original-request"], first.lastResponse.requestId);
  assert.notEqual(again.lastResponse.requestId, first.lastResponse.requestId);
  assert.equal(await chargeCount(), before + 1);
});

test("a decline is an answer like any other: the key repeats it", async () => {
  const idempotencyKey = randomUUID();
  const declined = { ...cardPayment, payment_method: "pm_card_visa_chargeDeclined" };
  const first = await stripeError(stripe.paymentIntents.create(declined, { idempotencyKey }));
  const again = await stripeError(stripe.paymentIntents.create(declined, { idempotencyKey }));
  assert.equal(again.statusCode, 402);
  assert.equal(again.payment_intent?.id, first.payment_intent?.id);
  assert.equal(again.headers?.["idempotent-replayed"], "true");
});

test("the same key with other parameters, or for another endpoint, is an idempotency error and does nothing", async () => {
  const before = await chargeCount();
  const idempotencyKey = randomUUID();
  const intent = await stripe.paymentIntents.create(cardPayment, { idempotencyKey });
  const other = await stripeError(stripe.paymentIntents.create({ ...cardPayment, amount: 100 }, { idempotencyKey }));
  assert.deepEqual([other.statusCode, other.type], [400, "StripeIdempotencyError"]);
  const elsewhere = await stripeError(stripe.refunds.create({ payment_intent: intent.id }, { idempotencyKey }));
  assert.deepEqual([elsewhere.statusCode, elsewhere.type], [400, "StripeIdempotencyError"]);
  assert.equal(await chargeCount(), before + 1);
  assert.equal((await world.records("refund")).length, 0);
});

test("a request that failed validation leaves its key free", async () => {
  const idempotencyKey = randomUUID();
  const error = await stripeError(stripe.paymentIntents.create({ ...cardPayment, amount: 1 }, { idempotencyKey }));
  assert.equal(error.code, "amount_too_small");
  assert.equal((await stripe.paymentIntents.create(cardPayment, { idempotencyKey })).status, "succeeded");
});

test("a key in use answers 409, and the SDK's own retry then gets the one answer", async () => {
  const before = await chargeCount();
  await world.faults([
    { part: "stripe", endpoint: "payment_intents.create", kind: "latency", latencyMs: 300, times: 1 },
  ]);
  const idempotencyKey = randomUUID();
  const slow = stripe.paymentIntents.create(cardPayment, { idempotencyKey });
  await new Promise((resolve) => setTimeout(resolve, 100));
  const busy = await stripeError(stripe.paymentIntents.create(cardPayment, { idempotencyKey }));
  assert.deepEqual([busy.statusCode, busy.code], [409, "idempotency_key_in_use"]);
  const patient = await openSdk(Number(new URL(world.url).port), 3).paymentIntents.create(cardPayment, {
    idempotencyKey,
  });
  assert.equal(patient.id, (await slow).id);
  assert.equal(await chargeCount(), before + 1);
});

test("a 500 once begun is kept under the key, whether or not it acted; a new key starts afresh", async () => {
  const before = await chargeCount();
  for (const [value, charges] of [
    [false, 0],
    ["acted", 1],
  ] as const) {
    await world.faults([{ part: "stripe", endpoint: "payment_intents.create", kind: "stored_500", times: 1, value }]);
    const idempotencyKey = randomUUID();
    for (const replayed of [undefined, "true", "true"]) {
      const error = await stripeError(stripe.paymentIntents.create(cardPayment, { idempotencyKey }));
      assert.deepEqual([error.statusCode, error.headers?.["idempotent-replayed"]], [500, replayed]);
    }
    assert.equal(await chargeCount(), before + charges);
  }
  assert.equal((await stripe.paymentIntents.create(cardPayment)).status, "succeeded");
});

test("an answer lost after acting is found again under its key: one charge", async () => {
  for (const kind of ["drop_after", "error_after"]) {
    const before = await chargeCount();
    await world.faults([{ part: "stripe", endpoint: "payment_intents.create", kind, times: 1 }]);
    const idempotencyKey = randomUUID();
    const patient = openSdk(Number(new URL(world.url).port), 2);
    const intent = await patient.paymentIntents.create(cardPayment, { idempotencyKey });
    assert.equal(intent.lastResponse.headers["idempotent-replayed"], "true");
    assert.equal(await chargeCount(), before + 1);
  }
});

test("what was cut off before it acted did nothing, and the key then works", async () => {
  const before = await chargeCount();
  await world.faults([
    { part: "stripe", endpoint: "payment_intents.create", kind: "drop_before", times: 2 },
    { part: "stripe", endpoint: "payment_intents.create", kind: "429", times: 1 },
  ]);
  const idempotencyKey = randomUUID();
  const cut = await stripeError(stripe.paymentIntents.create(cardPayment, { idempotencyKey }));
  assert.equal(cut.type, "StripeConnectionError");
  const limited = await stripeError(stripe.paymentIntents.create(cardPayment, { idempotencyKey }));
  assert.deepEqual([limited.type, limited.headers?.["retry-after"]], ["StripeRateLimitError", "1"]);
  assert.equal(await chargeCount(), before);
  assert.equal((await stripe.paymentIntents.create(cardPayment, { idempotencyKey })).status, "succeeded");
});

test("an answer that never comes: after the caller's deadline the key tells what happened", async () => {
  for (const kind of ["hang", "hang_after"]) {
    const before = await chargeCount();
    await world.faults([{ part: "stripe", endpoint: "*", kind, times: 1 }]);
    const idempotencyKey = randomUUID();
    const lost = await stripeError(stripe.paymentIntents.create(cardPayment, { idempotencyKey, timeout: 150 }));
    assert.equal(lost.type, "StripeConnectionError");
    assert.equal(await chargeCount(), before + (kind === "hang_after" ? 1 : 0));
    assert.equal((await stripe.paymentIntents.create(cardPayment, { idempotencyKey })).status, "succeeded");
    assert.equal(await chargeCount(), before + 1);
  }
});
