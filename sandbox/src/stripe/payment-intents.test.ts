import assert from "node:assert/strict";
import { test } from "node:test";

import { cardPayment, openTestStripe, stripeError, webhookSecret } from "./test/open-sdk.ts";

const world = await openTestStripe();
const { stripe } = world;

test("a confirmed card payment succeeds, is charged once and is told to the world", async () => {
  const intent = await stripe.paymentIntents.create({
    ...cardPayment,
    expand: ["latest_charge.balance_transaction", "payment_method"],
  });
  assert.equal(intent.status, "succeeded");
  assert.equal(intent.amount_received, 24_800);
  assert.match(intent.lastResponse.requestId, /^req_/);
  const charge = intent.latest_charge;
  assert.ok(charge !== null && typeof charge === "object");
  assert.equal(charge.amount_captured, 24_800);
  assert.equal(charge.payment_method_details?.card?.last4, "4242");
  assert.ok(typeof charge.balance_transaction === "object" && charge.balance_transaction?.fee === 749);
  assert.ok(typeof intent.payment_method === "object" && intent.payment_method?.card?.brand === "visa");

  const records = await world.records("charge");
  assert.deepEqual(records.find(({ key }) => key === charge.id)?.data, {
    paymentIntent: intent.id,
    charge: charge.id,
    amount: 24_800,
    currency: "usd",
    metadata: { checkout_session_id: "cs_1" },
    status: "succeeded",
  });
  const hooks = await world.arrived("payment_intent.created", "charge.succeeded", "payment_intent.succeeded");
  for (const hook of hooks) {
    const event = stripe.webhooks.constructEvent(hook.body, hook.signature, webhookSecret);
    assert.equal((await stripe.events.retrieve(event.id)).type, event.type);
  }
  assert.throws(() => stripe.webhooks.constructEvent(hooks[0]?.body ?? "", hooks[0]?.signature ?? "", "whsec_other"));
});

const declines = [
  ["pm_card_visa_chargeDeclined", "card_declined", "generic_decline"],
  ["pm_card_visa_chargeDeclinedInsufficientFunds", "card_declined", "insufficient_funds"],
  ["pm_card_visa_chargeDeclinedLostCard", "card_declined", "lost_card"],
  ["pm_card_chargeDeclinedExpiredCard", "expired_card", "expired_card"],
  ["pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc", "incorrect_cvc"],
  ["pm_card_chargeDeclinedProcessingError", "processing_error", "processing_error"],
  ["pm_card_radarBlock", "card_declined", "fraudulent"],
] as const;

for (const [method, code, declineCode] of declines) {
  test(`${method} is declined with 402 ${code}, and the intent can be paid with another card`, async () => {
    const before = (await world.records("charge")).length;
    const error = await stripeError(stripe.paymentIntents.create({ ...cardPayment, payment_method: method }));
    assert.deepEqual(
      [error.statusCode, error.type, error.code, error.decline_code],
      [402, "StripeCardError", code, declineCode],
    );
    const open = error.payment_intent;
    assert.equal(open?.status, "requires_payment_method");
    assert.equal(open.payment_method, null);
    assert.equal(open.last_payment_error?.decline_code, declineCode);
    assert.equal((await world.records("charge")).length, before);

    const paid = await stripe.paymentIntents.confirm(open.id, { payment_method: "pm_card_mastercard" });
    assert.equal(paid.status, "succeeded");
    assert.equal((await world.records("charge")).length, before + 1);
    const charges = await stripe.charges.list({ payment_intent: open.id });
    assert.deepEqual(
      charges.data.map(({ status }) => status),
      ["succeeded", "failed"],
    );
  });
}

test("an intent goes through its states one by one", async () => {
  const created = await stripe.paymentIntents.create({
    amount: 500,
    currency: "USD",
    allowed_payment_method_types: ["card"],
  });
  assert.equal(created.status, "requires_payment_method");
  assert.equal(created.currency, "usd");
  const updated = await stripe.paymentIntents.update(created.id, {
    payment_method: "pm_card_visa",
    amount: 700,
    metadata: { a: "1", b: "2" },
  });
  assert.equal(updated.status, "requires_confirmation");
  const confirmed = await stripe.paymentIntents.confirm(created.id);
  assert.deepEqual([confirmed.status, confirmed.amount_received], ["succeeded", 700]);
  const described = await stripe.paymentIntents.update(created.id, { metadata: { a: "", c: "3" } });
  assert.deepEqual(described.metadata, { b: "2", c: "3" });
  const refused = await stripeError(stripe.paymentIntents.update(created.id, { amount: 800 }));
  assert.equal(refused.code, "payment_intent_unexpected_state");
});

test("a paid intent is never paid again, nor canceled", async () => {
  const intent = await stripe.paymentIntents.create(cardPayment);
  const before = (await world.records("charge")).length;
  const again = await stripeError(stripe.paymentIntents.confirm(intent.id, { payment_method: "pm_card_visa" }));
  assert.deepEqual([again.statusCode, again.code], [400, "payment_intent_unexpected_state"]);
  assert.equal(again.payment_intent?.status, "succeeded");
  const canceled = await stripeError(stripe.paymentIntents.cancel(intent.id));
  assert.equal(canceled.code, "payment_intent_unexpected_state");
  assert.match(canceled.message, /status of succeeded/);
  const captured = await stripeError(stripe.paymentIntents.capture(intent.id));
  assert.equal(captured.code, "payment_intent_unexpected_state");
  assert.equal((await world.records("charge")).length, before);
});

test("held money is captured once, in part, and the rest is let go", async () => {
  const held = await stripe.paymentIntents.create({ ...cardPayment, capture_method: "manual" });
  assert.deepEqual([held.status, held.amount_capturable, held.amount_received], ["requires_capture", 24_800, 0]);
  const before = (await world.records("charge")).length;
  const tooMuch = await stripeError(stripe.paymentIntents.capture(held.id, { amount_to_capture: 24_801 }));
  assert.equal(tooMuch.param, "amount_to_capture");
  const paid = await stripe.paymentIntents.capture(held.id, { amount_to_capture: 20_000 });
  assert.deepEqual([paid.status, paid.amount_received, paid.amount_capturable], ["succeeded", 20_000, 0]);
  assert.equal((await world.records("charge")).at(-1)?.data["amount"], 20_000);
  assert.equal((await world.records("charge")).length, before + 1);
  const again = await stripeError(stripe.paymentIntents.capture(held.id));
  assert.equal(again.code, "payment_intent_unexpected_state");
  const over = await stripeError(stripe.refunds.create({ payment_intent: held.id, amount: 20_001 }));
  assert.equal(over.statusCode, 400);
});

test("a canceled hold gives the money back and is over", async () => {
  const held = await stripe.paymentIntents.create({ ...cardPayment, capture_method: "manual" });
  const canceled = await stripe.paymentIntents.cancel(held.id, { cancellation_reason: "abandoned" });
  assert.deepEqual([canceled.status, canceled.cancellation_reason], ["canceled", "abandoned"]);
  const confirmed = await stripeError(stripe.paymentIntents.confirm(held.id, { payment_method: "pm_card_visa" }));
  assert.match(confirmed.message, /status of canceled/);
  const twice = await stripeError(stripe.paymentIntents.cancel(held.id));
  assert.equal(twice.code, "payment_intent_unexpected_state");
});

test("what is wrong with a request is said before anything is done", async () => {
  const cases = [
    [() => stripe.paymentIntents.create({ amount: 10, currency: "usd" }), "amount_too_small", "amount"],
    [() => stripe.paymentIntents.create({ amount: 1.5, currency: "usd" }), "parameter_invalid_integer", "amount"],
    [() => stripe.paymentIntents.create({ amount: 100_000_000, currency: "usd" }), "amount_too_large", "amount"],
    [
      () => stripe.paymentIntents.create({ ...cardPayment, payment_method: "pm_none" }),
      "resource_missing",
      "payment_method",
    ],
    [
      () => stripe.paymentIntents.create({ amount: 500, currency: "usd", confirm: true }),
      "payment_intent_unexpected_state",
      undefined,
    ],
    [
      () =>
        stripe.paymentIntents.create({ amount: 500, currency: "usd", confirm: true, payment_method: "pm_card_visa" }),
      undefined,
      "return_url",
    ],
    [
      () => stripe.paymentIntents.create(JSON.parse('{"amount":500,"currency":"usd","colour":"red"}')),
      "parameter_unknown",
      "colour",
    ],
    [
      () => stripe.paymentIntents.create(JSON.parse('{"amount":500,"currency":"usd","payment_method_types":["card"]}')),
      "parameter_unknown",
      "payment_method_types",
    ],
    [() => stripe.paymentIntents.retrieve("pi_none"), "resource_missing", "intent"],
    [() => stripe.paymentIntents.retrieve("pi_none", { expand: ["secrets"] }), undefined, "expand"],
  ] as const;
  const before = (await stripe.paymentIntents.list({ limit: 1 })).data[0]?.id;
  for (const [call, code, param] of cases) {
    const error = await stripeError(call());
    assert.deepEqual([error.type, error.code, error.param], ["StripeInvalidRequestError", code, param]);
  }
  assert.equal((await stripe.paymentIntents.list({ limit: 1 })).data[0]?.id, before);
});

test("an intent is found by its metadata, and pages follow each other", async () => {
  const made: string[] = [];
  for (let count = 0; count < 5; count += 1) {
    made.push(
      (
        await stripe.paymentIntents.create({
          amount: 500 + count,
          currency: "usd",
          metadata: { run: "it's 7", n: String(count) },
        })
      ).id,
    );
  }
  const found = await stripe.paymentIntents.search({ query: "metadata['run']:'it\\'s 7' AND metadata['n']:'3'" });
  assert.deepEqual(
    found.data.map(({ id }) => id),
    [made[3]],
  );
  const none = await stripe.paymentIntents.search({ query: "metadata['run']:'it\\'s 7' AND status:'succeeded'" });
  assert.equal(none.data.length, 0);
  const all: string[] = [];
  for await (const intent of stripe.paymentIntents.search({
    query: "metadata['run']:'it\\'s 7' AND amount>500",
    limit: 2,
  }))
    all.push(intent.id);
  assert.deepEqual(all, made.slice(1).toReversed());
  const listed: string[] = [];
  for await (const intent of stripe.paymentIntents.list({ limit: 2 })) {
    listed.push(intent.id);
    if (listed.length === 5) break;
  }
  assert.deepEqual(listed, made.toReversed());
  const newer = await stripe.paymentIntents.list({ limit: 2, ending_before: made[0] ?? "" });
  assert.deepEqual(
    newer.data.map(({ id }) => id),
    [made[2], made[1]],
  );
});

test("a bank payment is processing until the bank has decided", async () => {
  const params = { ...cardPayment, payment_method: "pm_usBankAccount_success" };
  const waiting = await stripe.paymentIntents.create(params);
  assert.equal(waiting.status, "processing");
  assert.equal((await world.post(`/stripe-control/settle/${waiting.id}`)).status, 200);
  assert.equal((await stripe.paymentIntents.retrieve(waiting.id)).status, "succeeded");
  const failing = await stripe.paymentIntents.create({
    ...params,
    payment_method: "pm_usBankAccount_insufficientFunds",
  });
  await world.post(`/stripe-control/settle/${failing.id}`);
  assert.equal((await stripe.paymentIntents.retrieve(failing.id)).status, "requires_payment_method");
  await world.arrived("payment_intent.processing", "payment_intent.payment_failed");
});
