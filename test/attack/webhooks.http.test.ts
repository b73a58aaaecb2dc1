/** Events that nobody sent, or not like this, or not now: no row, no job, no effect (W1). */
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { openAttacked, stateOf, tablesOf, type Headers } from "./attacked-system.ts";
import { newOwner, newPerson } from "./cast.ts";

const attacked = await openAttacked();
const { send, pool, config, log } = attacked;
const secret = config.providers.stripe.webhookSecret;
const owner = await newOwner(attacked);
const ops = await newPerson(attacked, "ops");
const storeSecret = "a-store-secret-of-its-own";
const storeId = await ownStore();
const tables = await tablesOf(pool);
const nowS = () => Math.floor(Date.now() / 1000);

async function ownStore(): Promise<string> {
  const { rows } = await pool.query("select store_id from orders.store_order where order_number = $1", [
    owner.owns.orderNumber,
  ]);
  const id = rows[0].store_id as string;
  for (const [store, webhookSecret] of [
    [id, storeSecret],
    [owner.owns.storeId, "another-store-secret"],
  ] as const) {
    const url = `/api/v1/admin/stores/${store}`;
    const reply = await send({ method: "PUT", url, headers: ops.headers, body: { credentials: { webhookSecret } } });
    assert.equal(reply.status, 200, reply.text);
  }
  return id;
}

const succeeded = {
  id: "evt_forged00000001",
  object: "event",
  type: "payment_intent.succeeded",
  created: nowS(),
  data: {
    object: { id: "pi_forged", object: "payment_intent", metadata: { checkout_session_id: owner.owns.sessionId } },
  },
};
const payload = JSON.stringify(succeeded);
const json = { "content-type": "application/json" };

function hmac(key: string, text: string): string {
  return createHmac("sha256", key).update(text).digest("hex");
}

const signature = (text: string, t = nowS(), key = secret) => `t=${t},v1=${hmac(key, `${t}.${text}`)}`;

async function nothingMoves(what: string, run: () => Promise<unknown>): Promise<void> {
  const ids = [owner.accountId, owner.owns.sessionId, owner.owns.orderNumber, "evt_forged", "pi_forged"];
  const before = await stateOf(pool, tables, ids);
  await run();
  assert.equal(await stateOf(pool, tables, ids), before, what);
}

test("Stripe's endpoint takes nothing that Stripe did not sign, over these bytes, within five minutes", async () => {
  const t = nowS();
  const forged: readonly (readonly [what: string, body: string | Buffer, headers: Headers])[] = [
    ["no header", payload, {}],
    ["an empty one", payload, { "stripe-signature": "" }],
    ["nonsense", payload, { "stripe-signature": "t=,v1=" }],
    ["another secret", payload, { "stripe-signature": signature(payload, t, "whsec_other") }],
    ["an empty secret", payload, { "stripe-signature": signature(payload, t, "") }],
    ["301 seconds old", payload, { "stripe-signature": signature(payload, t - 301) }],
    [
      "a time that is not signed",
      payload,
      { "stripe-signature": signature(payload, t - 600).replace(/t=\d+/, `t=${t}`) },
    ],
    ["tampered", payload.replace("pi_forged", "pi_forgee"), { "stripe-signature": signature(payload) }],
    ["parsed and written again", JSON.stringify(succeeded, null, 1), { "stripe-signature": signature(payload) }],
    ["a byte more", `${payload} `, { "stripe-signature": signature(payload) }],
    ["the scheme of tests", payload, { "stripe-signature": `t=${t},v0=${hmac(secret, `${t}.${payload}`)}` }],
    ["a store's signature", payload, { "store-signature": signature(payload) }],
    ["half of one", payload, { "stripe-signature": signature(payload).slice(0, -2) }],
    ["in capitals", payload, { "stripe-signature": signature(payload).toUpperCase() }],
    ["no body", "", { "stripe-signature": signature("") }],
    ["no JSON", "{", { "stripe-signature": signature("{") }],
    ["no event", "[]", { "stripe-signature": signature("[]") }],
  ];
  for (const url of ["/api/v1/webhooks/stripe", "/api/webhooks/stripe"]) {
    for (const [what, body, headers] of forged) {
      await nothingMoves(what, async () => {
        const reply = await send({ method: "POST", url, headers: { ...json, ...headers }, body });
        assert.deepEqual(
          [reply.status, reply.json?.error?.code],
          [400, "webhook_signature_invalid"],
          `${what}: ${reply.text}`,
        );
      });
    }
  }
});

test("a signed event is taken once however often it comes, also while the secret is being changed", async () => {
  const event = { ...succeeded, id: "evt_replayed000001", type: "charge.updated" };
  const text = JSON.stringify(event);
  const t = nowS();
  const rotating = `t=${t},v1=${hmac("whsec_old", `${t}.${text}`)},v1=${hmac(secret, `${t}.${text}`)}`;
  for (const header of [signature(text), signature(text), rotating]) {
    const headers = { ...json, "stripe-signature": header };
    const reply = await send({ method: "POST", url: "/api/v1/webhooks/stripe", headers, body: text });
    assert.equal(reply.status, 200, reply.text);
  }
  const kept = await pool.query("select 1 from webhook.inbox where event_id = $1", [event.id]);
  assert.equal(kept.rowCount, 1);
});

test("a signed event of a payment that is not ours, or says another amount, pays for nothing", async () => {
  await nothingMoves("an event alone moves no money", async () => {
    const event = { ...succeeded, id: "evt_strange0000001" };
    const text = JSON.stringify(event);
    const headers = { ...json, "stripe-signature": signature(text) };
    await send({ method: "POST", url: "/api/v1/webhooks/stripe", headers, body: text });
    await pool.query("delete from webhook.inbox where event_id = $1", [event.id]);
    await pool.query("delete from graphile_worker._private_jobs where key = $1", [
      `webhook.process:stripe:${event.id}`,
    ]);
  });
});

test("what cannot be stored is refused, signed or not, and never a failure of ours", async () => {
  const nul = payload.replace("pi_forged", "pi_\\u0000forged");
  const headers = { ...json, "stripe-signature": signature(nul) };
  const reply = await send({ method: "POST", url: "/api/v1/webhooks/stripe", headers, body: nul });
  assert.equal(reply.status, 400);
  const big = Buffer.alloc(2 * 1024 * 1024, 0x20);
  const tooBig = await send({ method: "POST", url: "/api/v1/webhooks/stripe", headers: { ...json }, body: big });
  assert.equal(tooBig.status, 413);
});

test("a store speaks for itself alone", async () => {
  const shipped = { id: "ship-1", type: "order.shipped", data: { orderNumber: owner.owns.orderNumber } };
  const text = JSON.stringify(shipped);
  const t = nowS();
  const forged: readonly (readonly [what: string, store: string, header: string, body: string])[] = [
    ["another store's secret", storeId, signature(text, t, "another-store-secret"), text],
    ["at another store's address", owner.owns.storeId, signature(text, t, storeSecret), text],
    ["too old", storeId, signature(text, t - 301, storeSecret), text],
    ["of the future", storeId, signature(text, t + 400, storeSecret), text],
    ["tampered", storeId, signature(text, t, storeSecret), text.replace("shipped", "delivered")],
    ["Stripe's", storeId, signature(text, t, secret), text],
    ["five signatures", storeId, `t=${t},${"v1=00,".repeat(4)}v1=${hmac(storeSecret, `${t}.${text}`)}`, text],
    ["an empty one", storeId, `t=${t},v1=`, text],
    ["none", storeId, "", text],
  ];
  for (const [what, store, header, body] of forged) {
    await nothingMoves(what, async () => {
      const headers = { ...json, ...(header === "" ? {} : { "store-signature": header }) };
      const reply = await send({ method: "POST", url: `/api/v1/webhooks/stores/${store}`, headers, body });
      assert.deepEqual(
        [reply.status, reply.json?.error?.code],
        [400, "webhook_signature_invalid"],
        `${what}: ${reply.text}`,
      );
    });
  }
  const unknown = await send({ method: "POST", url: "/api/v1/webhooks/stores/sto_nobody", headers: json, body: text });
  assert.equal(unknown.json?.error?.code, "unknown_store");
});

test("a parcel is noted by the order's own store, or by the house, and by nobody else", async () => {
  const url = `/api/v1/orders/${owner.owns.orderNumber}/tracking`;
  const body = JSON.stringify({ trackingNumber: "TRK-12345", carrier: "swiftpost" });
  const t = nowS();
  const tries: readonly (readonly [what: string, headers: Headers, code: string])[] = [
    ["nobody", {}, "not_signed_in"],
    ["its own shopper", owner.headers, "role_missing"],
    ["another store", { "store-signature": signature(body, t, "another-store-secret") }, "webhook_signature_invalid"],
    ["an old signature", { "store-signature": signature(body, t - 301, storeSecret) }, "webhook_signature_invalid"],
    // A role does not make up for a signature that is wrong.
    [
      "ops with a wrong one",
      { ...ops.headers, "store-signature": signature(body, t, "x") },
      "webhook_signature_invalid",
    ],
  ];
  for (const [what, headers, code] of tries) {
    await nothingMoves(what, async () => {
      const reply = await send({ method: "PUT", url, headers: { ...json, ...headers }, body });
      assert.equal(reply.json?.error?.code, code, `${what}: ${reply.text}`);
    });
  }
  const elsewhere = { ...json, "store-signature": signature(body, t, storeSecret) };
  const missing = await send({ method: "PUT", url: "/api/v1/orders/MO-ZZZZZZZZZZ/tracking", headers: elsewhere, body });
  assert.equal(
    missing.json?.error?.code,
    "webhook_signature_invalid",
    "whether an order exists is its store's business",
  );
});

test("no signature and no secret stands in the log", () => {
  const text = log.join("");
  for (const word of [
    secret,
    storeSecret,
    "whsec_",
    "v1=",
    hmac(storeSecret, "x").slice(0, 8),
    "another-store-secret",
  ]) {
    assert.ok(!text.includes(word), word);
  }
});

test("Toss signs nothing, so its endpoint takes no word about what is not an order of ours", async () => {
  const event = { eventType: "PAYMENT_STATUS_CHANGED", data: { orderId: "to_forged", status: "DONE", totalAmount: 1 } };
  const flat = { orderId: owner.owns.sessionId, status: "DONE", secret: "ps_forged" };
  for (const body of [event, flat, { ...event, data: { orderId: owner.owns.orderNumber } }, [], {}]) {
    await nothingMoves("an event of no order of ours", async () => {
      const reply = await send({ method: "POST", url: "/api/webhooks/toss", headers: json, body });
      assert.equal(reply.status, 400, reply.text);
    });
  }
});
