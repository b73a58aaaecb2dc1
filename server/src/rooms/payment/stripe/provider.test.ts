import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { openTestSandbox } from "../../../../test/sandbox.ts";
import type { ChargeRequest } from "../provider.ts";
import { openStripe } from "./client.ts";
import { stripeProvider } from "./provider.ts";

const sandbox = await openTestSandbox();
const stripe = openStripe({ secretKey: "sk_test_muse_sandbox", apiBase: sandbox.url });
const provider = stripeProvider(stripe);
const fault = (endpoint: string, kind: string, more: object = {}) =>
  sandbox.faults([{ part: "stripe", endpoint, kind, times: 1, ...more }]);

const request = (methodRef = "pm_card_visa"): ChargeRequest => ({
  paymentId: newId("pay"),
  sessionId: newId("cs"),
  attemptNumber: 1,
  generation: 1,
  providerRef: null,
  amountMinor: 2_500n,
  currency: "USD",
  methodRef,
  returnUrl: "http://127.0.0.1:3000/",
});

async function charged() {
  const outcome = await provider.charge(request());
  assert.ok(outcome.kind === "succeeded");
  return outcome;
}

test("an intent whose answer was lost is found by what is written on it, and absence is said as such", async () => {
  const wanted = request();
  // Twice: the SDK repeats a call by itself when a kept-alive connection is closed under it.
  await fault("payment_intents.create", "drop_after", { times: 2 });
  assert.equal((await provider.charge(wanted)).kind, "unknown");
  await sandbox.faults([]);
  const found = await provider.findIntent({ ...wanted, generation: 1 });
  assert.ok(found.kind === "succeeded");
  assert.deepEqual([found.amountMinor, found.currency], [2_500n, "USD"]);
  assert.deepEqual(await provider.findIntent({ ...wanted, generation: 2 }), { kind: "absent" });
  await fault("payment_intents.search", "error", { status: 500 });
  assert.equal((await provider.findIntent({ ...wanted, generation: 1 })).kind, "unknown");
});

test("the same request again charges once, and tells the first call's outcome", async () => {
  const wanted = request();
  const [one, two] = [await provider.charge(wanted), await provider.charge(wanted)];
  assert.deepEqual(one, two);
  const charges = await sandbox.records("charge");
  assert.equal(charges.filter(({ data }) => JSON.stringify(data).includes(wanted.paymentId)).length, 1);
});

test("an intent can be called off, unless it has succeeded: then its state is told instead", async () => {
  const challenged = await provider.charge(request("pm_card_threeDSecure2Required"));
  assert.ok(challenged.kind === "requires_action");
  assert.equal((await provider.cancelIntent(challenged.providerRef)).kind, "canceled");
  assert.equal((await provider.cancelIntent(challenged.providerRef)).kind, "canceled", "twice is once");
  assert.equal((await provider.cancelIntent((await charged()).providerRef)).kind, "succeeded");
});

test("a key that lets nobody in is told apart from a card that is refused", async () => {
  for (const status of [401, 403]) {
    await fault("payment_intents.create", "error", { status });
    assert.deepEqual(await provider.charge(request()), { kind: "not_sent", code: "credentials" }, `${status}`);
  }
  const declined = await provider.charge(request("pm_card_visa_chargeDeclined"));
  assert.ok(declined.kind === "declined");
  assert.equal(declined.code, "card_declined");
});

test("a refund is made once by its id, read once it has a name, and refused above the charge", async () => {
  const { providerRef } = await charged();
  const wanted = { refundId: newId("re"), providerRef, refundRef: null, amountMinor: 1_000n, orderNumber: "MO-TEST" };
  const first = await provider.refund(wanted);
  assert.equal(first.kind, "succeeded");
  assert.deepEqual(await provider.refund(wanted), first);
  assert.deepEqual(await provider.refund({ ...wanted, refundRef: first.providerRef }), first);
  const above = await provider.refund({ ...wanted, refundId: newId("re"), amountMinor: 2_000n, orderNumber: null });
  assert.equal(above.kind, "failed");
  assert.equal(above.providerRef, null);
});

test("a refund without an answer is unknown, and 429 says when to ask again", async () => {
  const wanted = { refundId: newId("re"), refundRef: null, amountMinor: 1_000n, orderNumber: null };
  const request = { ...wanted, providerRef: (await charged()).providerRef };
  await fault("refunds.create", "429");
  assert.deepEqual(await provider.refund(request), {
    kind: "unknown",
    providerRef: null,
    failureCode: null,
    retryAfterMs: 2_000,
  });
  await fault("refunds.create", "error", { status: 500 });
  const lost = await provider.refund(request);
  assert.deepEqual([lost.kind, lost.retryAfterMs], ["unknown", null]);
  await sandbox.faults([]);
  assert.equal((await provider.refund(request)).kind, "succeeded");
});

test("a refusal that is not about the charge proves nothing: the refund may have been made before", async () => {
  const { providerRef } = await charged();
  const wanted = { refundId: newId("re"), providerRef, refundRef: null, amountMinor: 1_000n, orderNumber: null };
  // Twice: the SDK repeats a call by itself when a kept-alive connection is closed under it.
  await fault("refunds.create", "drop_after", { times: 2 });
  assert.equal((await provider.refund(wanted)).kind, "unknown");
  await sandbox.faults([]);
  // As keys of another account have it: it knows neither the intent nor the refund.
  const elsewhere = await provider.refund({ ...wanted, refundId: newId("re"), providerRef: "pi_elsewhere" });
  assert.deepEqual([elsewhere.kind, elsewhere.failureCode], ["unknown", "resource_missing"]);
  const unread = await provider.refund({ ...wanted, refundRef: "re_elsewhere" });
  assert.deepEqual([unread.kind, unread.failureCode], ["unknown", "resource_missing"]);
  await fault("refunds.create", "error", { status: 400 });
  assert.equal((await provider.refund(wanted)).kind, "unknown");
  await sandbox.faults([]);

  assert.equal((await provider.refund(wanted)).kind, "succeeded");
  const refunds = (await sandbox.records("refund")).filter(({ data }) => data["paymentIntent"] === providerRef);
  assert.equal(refunds.length, 1);
  await provider.refund({ ...wanted, refundId: newId("re"), amountMinor: 1_500n });
  const over = await provider.refund({ ...wanted, refundId: newId("re"), amountMinor: 1n });
  assert.deepEqual([over.kind, over.failureCode], ["failed", "charge_already_refunded"]);
});
