import assert from "node:assert/strict";
import { test } from "node:test";

import { cardPayment, openTestStripe } from "./test/open-sdk.ts";

const world = await openTestStripe();
const { stripe } = world;

type Answer = { readonly status: number; readonly body: Record<string, unknown>; readonly headers: Headers };

async function asBrowser(method: "GET" | "POST", path: string, params: Record<string, string> = {}): Promise<Answer> {
  const form = new URLSearchParams(params).toString();
  const answer = await fetch(`${world.url}${path}${method === "GET" && form !== "" ? `?${form}` : ""}`, {
    method,
    headers: {
      authorization: "Bearer pk_test_muse_sandbox",
      "content-type": "application/x-www-form-urlencoded",
      origin: "https://shop.example",
    },
    ...(method === "POST" ? { body: form } : {}),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown>, headers: answer.headers };
}

const card = { type: "card", "card[number]": "4242424242424242", "card[exp_month]": "12", "card[exp_year]": "34" };

test("a browser may make a payment method, and never sees a fingerprint or the number again", async () => {
  const { status, body, headers } = await asBrowser("POST", "/v1/payment_methods", card);
  assert.equal(status, 200);
  assert.equal(headers.get("access-control-allow-origin"), "*");
  const seen = JSON.stringify(body);
  assert.match(seen, /"last4":"4242"/);
  assert.doesNotMatch(seen, /fingerprint|4242424242424242|metadata/);
  const kept = await stripe.paymentMethods.retrieve(String(body["id"]));
  assert.ok(kept.card?.fingerprint);
  assert.doesNotMatch(JSON.stringify(kept), /4242424242424242/);
});

test("a browser sees an intent only with its client secret, and without what the server noted", async () => {
  const intent = await stripe.paymentIntents.create({ ...cardPayment, payment_method: "pm_card_threeDSecureRequired" });
  const secret = { client_secret: intent.client_secret ?? "" };
  const path = `/v1/payment_intents/${intent.id}`;
  assert.equal((await asBrowser("GET", path)).status, 401);
  assert.equal((await asBrowser("GET", path, { client_secret: `${intent.id}_secret_guess` })).status, 400);
  const { status, body } = await asBrowser("GET", path, secret);
  assert.equal(status, 200);
  assert.equal(body["status"], "requires_action");
  assert.deepEqual([body["metadata"], body["latest_charge"], body["customer"]], [undefined, undefined, undefined]);
});

test("a browser may confirm an intent with its client secret; a decline shows it the intent, reduced as well", async () => {
  const intent = await stripe.paymentIntents.create({
    amount: 500,
    currency: "usd",
    metadata: { order: "secret-note" },
  });
  const secret = { client_secret: intent.client_secret ?? "", use_stripe_sdk: "true" };
  const path = `/v1/payment_intents/${intent.id}/confirm`;
  const declined = await asBrowser("POST", path, { ...secret, payment_method: "pm_card_chargeDeclined" });
  assert.equal(declined.status, 402);
  assert.doesNotMatch(JSON.stringify(declined.body), /secret-note|fingerprint/);
  assert.match(JSON.stringify(declined.body), /"last_payment_error"/);
  const paid = await asBrowser("POST", path, { ...secret, payment_method: "pm_card_visa" });
  assert.equal(paid.body["status"], "succeeded");
});

test("what a browser collected in a confirmation token is paid by the server, once", async () => {
  const data = Object.fromEntries(Object.entries(card).map(([name, value]) => [bracketed(name), value]));
  const { status, body } = await asBrowser("POST", "/v1/confirmation_tokens", {
    ...data,
    "shipping[name]": "Ada",
    return_url: "https://shop.example/done",
  });
  assert.equal(status, 200);
  assert.match(JSON.stringify(body["payment_method_preview"]), /"last4":"4242"/);
  assert.doesNotMatch(JSON.stringify(body), /fingerprint/);
  const confirmation = { amount: 500, currency: "usd", confirm: true, confirmation_token: String(body["id"]) } as const;
  const paid = await stripe.paymentIntents.create(confirmation);
  assert.deepEqual([paid.status, paid.shipping?.name], ["succeeded", "Ada"]);
  await assert.rejects(stripe.paymentIntents.create(confirmation), { code: "payment_method_unexpected_state" });
  await assert.rejects(stripe.paymentIntents.create({ ...confirmation, confirmation_token: "ctoken_none" }), {
    code: "resource_missing",
  });
});

/** `card[number]` as `payment_method_data[card][number]`. */
function bracketed(name: string): string {
  const [first = "", ...rest] = name.split("[");
  return `payment_method_data[${first}]${rest.map((part) => `[${part}`).join("")}`;
}

test("everything else needs the secret key", async () => {
  const refused = [
    await asBrowser("POST", "/v1/payment_intents", { amount: "500", currency: "usd" }),
    await asBrowser("GET", "/v1/payment_intents"),
    await asBrowser("POST", "/v1/refunds", { payment_intent: "pi_1" }),
    await asBrowser("GET", "/v1/payment_methods"),
    await asBrowser("GET", "/v1/customers"),
  ];
  for (const { status, body } of refused) {
    assert.equal(status, 403);
    assert.equal((body["error"] as { code: string }).code, "secret_key_required");
  }
});

test("an injected error can be read by a page of another origin", async () => {
  await world.faults([{ part: "stripe", endpoint: "payment_methods.create", kind: "error", times: 1 }]);
  const { status, headers } = await asBrowser("POST", "/v1/payment_methods", card);
  assert.equal(status, 500);
  assert.equal(headers.get("access-control-allow-origin"), "*");
  const preflight = await fetch(`${world.url}/v1/payment_methods`, {
    method: "OPTIONS",
    headers: { origin: "https://shop.example", "access-control-request-method": "POST" },
  });
  assert.equal(preflight.status, 204);
  assert.match(preflight.headers.get("access-control-allow-headers") ?? "", /authorization/);
});
