import assert from "node:assert/strict";
import { test } from "node:test";
import type Stripe from "stripe";
import { newsOf } from "./events.ts";
import { outcomeOfError, outcomeOfIntent } from "./outcome.ts";
import { outcomeOfRefund } from "./provider.ts";

const intent = (status: string, more: object = {}): Stripe.PaymentIntent =>
  ({
    id: "pi_1",
    object: "payment_intent",
    status,
    amount_received: 2_500,
    currency: "usd",
    client_secret: "pi_1_secret_2",
    ...more,
  }) as Stripe.PaymentIntent;

test("only a state that is proof is told as an outcome; any other is still processing", () => {
  assert.deepEqual(outcomeOfIntent(intent("succeeded")), {
    kind: "succeeded",
    providerRef: "pi_1",
    amountMinor: 2_500n,
    currency: "USD",
  });
  const challenge = { next_action: { redirect_to_url: { url: "https://bank.test/" } } };
  assert.deepEqual(outcomeOfIntent(intent("requires_action", challenge)), {
    kind: "requires_action",
    providerRef: "pi_1",
    clientSecret: "pi_1_secret_2",
    actionUrl: "https://bank.test/",
  });
  const refused = { last_payment_error: { code: "card_declined", decline_code: "lost_card" } };
  assert.deepEqual(outcomeOfIntent(intent("requires_payment_method", refused)), {
    kind: "declined",
    providerRef: "pi_1",
    code: "card_declined",
    declineCode: "lost_card",
  });
  assert.deepEqual(outcomeOfIntent(intent("canceled")), { kind: "canceled", providerRef: "pi_1" });
  for (const status of ["processing", "requires_capture", "requires_confirmation", "a state of next year"]) {
    assert.deepEqual(outcomeOfIntent(intent(status)), { kind: "processing", providerRef: "pi_1" }, status);
  }
});

test("an error that is not the provider's is a bug, and stays one", () => {
  assert.throws(() => outcomeOfError(new TypeError("ours")), TypeError);
});

test("a refund has succeeded, failed or is on its way; what is not known yet is on its way", () => {
  const refund = (status: string | null, more: object = {}): Stripe.Refund =>
    ({ id: "re_1", status, ...more }) as Stripe.Refund;
  assert.equal(outcomeOfRefund(refund("succeeded")).kind, "succeeded");
  for (const status of ["pending", "requires_action", null]) {
    assert.equal(outcomeOfRefund(refund(status)).kind, "pending", String(status));
  }
  const failed = outcomeOfRefund(refund("failed", { failure_reason: "expired_or_canceled_card" }));
  assert.deepEqual([failed.kind, failed.failureCode], ["failed", "expired_or_canceled_card"]);
  assert.equal(outcomeOfRefund(refund("canceled")).failureCode, "canceled");
});

test("events tell of intents and of refunds, ours and others'; everything else is kept and means nothing", () => {
  const event = (object: object): Stripe.Event => ({ data: { object } }) as Stripe.Event;
  assert.deepEqual(newsOf(event({ id: "pi_1", object: "payment_intent", metadata: { payment_id: "pay_1" } })), {
    kind: "intent",
    providerRef: "pi_1",
    paymentId: "pay_1",
    orderNumber: null,
  });
  assert.deepEqual(newsOf(event({ id: "pi_1", object: "payment_intent", metadata: { orderId: "MO-23456" } })), {
    kind: "intent",
    providerRef: "pi_1",
    paymentId: null,
    orderNumber: "MO-23456",
  });
  const untried = { last_payment_error: null };
  assert.deepEqual(outcomeOfIntent(intent("requires_payment_method", untried)), {
    kind: "requires_action",
    providerRef: "pi_1",
    clientSecret: "pi_1_secret_2",
    actionUrl: null,
  });
  const refund = { id: "re_1", object: "refund", metadata: { refund_id: "re_ours" } };
  assert.deepEqual(newsOf(event(refund)), { kind: "refund", refundId: "re_ours", refund });
  for (const metadata of [{}, null])
    assert.deepEqual(newsOf(event({ ...refund, metadata })), { kind: "provider_refund", refundRef: "re_1" });
  for (const object of [{ object: "charge" }, {}]) assert.deepEqual(newsOf(event(object)), { kind: "other" });
});
