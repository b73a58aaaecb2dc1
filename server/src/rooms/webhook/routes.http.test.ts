import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { systemClock } from "#kernel/clock.ts";
import { newId } from "#kernel/ids.ts";
import { testServer } from "#platform/http/test-server.ts";
import { silentLog } from "#platform/log/log.ts";
import { openStripe } from "#rooms/payment";
import { openTestDb } from "../../../test/db.ts";
import { processEvent, webhookSweeps, type EventOutcome } from "./process-event.ts";
import { webhookRoutes } from "./routes.ts";

const { pool } = await openTestDb();
const { http } = testServer(pool);
const stripe = openStripe({ secretKey: "sk_test_muse_sandbox", apiBase: "http://127.0.0.1:9" });
const secret = "whsec_test";
const storeSecret = "store-secret";
webhookRoutes(http, {
  stripe,
  stripeWebhookSecret: secret,
  tossOrderOf: async () => null,
  webhookSecretOf: async (_db, storeId) => (storeId === "known-store" ? storeSecret : null),
  clock: systemClock,
});

function stripeEvent(paymentId: string | null = null) {
  const object = {
    id: newId("pi"),
    object: "payment_intent",
    metadata: paymentId === null ? {} : { payment_id: paymentId },
  };
  return { id: newId("evt"), object: "event", type: "payment_intent.succeeded", created: 1, data: { object } };
}

async function postStripe(payload: string, header: string, path = "/api/v1/webhooks/stripe") {
  const answer = await http.fastify.inject({
    method: "POST",
    url: path,
    headers: { "content-type": "application/json", "stripe-signature": header },
    payload,
  });
  return { status: answer.statusCode, json: answer.json() };
}

const sign = (payload: string, timestamp = Math.floor(Date.now() / 1000)): string =>
  stripe.webhooks.generateTestHeaderString({ payload, secret, timestamp });

async function inbox(eventId: string) {
  const { rows } = await pool.query("select outcome, processed_at, tries from webhook.inbox where event_id = $1", [
    eventId,
  ]);
  return rows;
}

test("a signed event is stored once, however often and wherever it is delivered (W1)", async () => {
  const event = stripeEvent();
  const payload = JSON.stringify(event, null, 2);
  for (const path of ["/api/v1/webhooks/stripe", "/api/webhooks/stripe", "/api/v1/webhooks/stripe"]) {
    assert.deepEqual(await postStripe(payload, sign(payload), path), {
      status: 200,
      json: { success: true, data: { received: true } },
    });
  }
  assert.equal((await inbox(event.id)).length, 1);
  const { rows } = await pool.query("select count(*)::int as jobs from graphile_worker.jobs where key = $1", [
    `webhook.process:stripe:${event.id}`,
  ]);
  assert.deepEqual(rows, [{ jobs: 1 }]);
});

test("forged, altered, stale and unsigned events are refused and leave nothing", async () => {
  const event = stripeEvent();
  const payload = JSON.stringify(event);
  const wrong = stripe.webhooks.generateTestHeaderString({ payload, secret: "whsec_other" });
  const stale = sign(payload, Math.floor(Date.now() / 1000) - 301);
  const altered = payload.replace("succeeded", "canceled");
  const reordered = JSON.stringify(event, null, 1);
  for (const [body, header] of [
    [payload, wrong],
    [payload, stale],
    [altered, sign(payload)],
    [reordered, sign(payload)],
    [payload, ""],
    ["{", sign("{")],
  ] as const) {
    const { status, json } = await postStripe(body, header);
    assert.deepEqual([status, json.error.code], [400, "webhook_signature_invalid"]);
  }
  assert.deepEqual(await inbox(event.id), []);
});

test("an event about a payment that is known to have succeeded needs no job", async () => {
  const paymentId = newId("pay");
  await pool.query(
    `insert into payment.payment (payment_id, session_id, account_id, provider, status, amount_minor, currency)
     values ($1, $1, 'a', 'stripe', 'started', 100, 'USD')`,
    [paymentId],
  );
  const early = stripeEvent(paymentId);
  await postStripe(JSON.stringify(early), sign(JSON.stringify(early)));
  assert.equal((await inbox(early.id))[0]?.processed_at, null, "its answer is on its way");

  const { object } = early.data;
  await pool.query(
    "update payment.payment set status = 'succeeded', succeeded_at = now(), provider_ref = $2 where payment_id = $1",
    [paymentId, object.id],
  );
  const late = { ...stripeEvent(paymentId), data: { object } };
  await postStripe(JSON.stringify(late), sign(JSON.stringify(late)));
  assert.equal((await inbox(late.id))[0]?.outcome, "known");
  const second = stripeEvent(paymentId);
  await postStripe(JSON.stringify(second), sign(JSON.stringify(second)));

  const effects = { stripe: async () => null, toss: async () => null, store: async () => null };
  for (const sweep of webhookSweeps({ db: pool, log: silentLog, effects }))
    await sweep.run(new AbortController().signal);
  assert.equal((await inbox(early.id))[0]?.outcome, "known");
  assert.equal((await inbox(second.id))[0]?.outcome, null, "another intent that took money is news (M1)");
  const { rows } = await pool.query("select key from graphile_worker.jobs where key = any($1)", [
    [early, late, second].map(({ id }) => `webhook.process:stripe:${id}`),
  ]);
  assert.deepEqual(rows, [{ key: `webhook.process:stripe:${second.id}` }]);
});

test("an event takes effect once; one that came too early is tried again; a failure is kept for people to see", async () => {
  const answers: (EventOutcome | Error)[] = [null, new Error("provider away"), "paid"];
  let asked = 0;
  const effects = {
    stripe: async () => {
      const next = answers[asked];
      asked += 1;
      if (next instanceof Error) throw next;
      return next === undefined ? "again" : next;
    },
    toss: async () => null,
    store: async () => null,
  };
  const deps = { db: pool, log: silentLog, effects };
  const event = stripeEvent();
  await postStripe(JSON.stringify(event), sign(JSON.stringify(event)));
  const name = { source: "stripe", eventId: event.id };
  assert.equal(await processEvent(deps, name), null);
  await assert.rejects(processEvent(deps, name));
  assert.equal((await inbox(event.id))[0]?.tries, 2);
  assert.equal(await processEvent(deps, name), "paid");
  assert.equal(await processEvent(deps, name), "worked", "the second delivery finds it done");
  assert.equal((await inbox(event.id))[0]?.outcome, "paid");
});

test("a store's event is checked against that store's secret", async () => {
  const event = JSON.stringify({ id: newId("evt"), type: "order.shipped", data: { orderNumber: "S-1" } });
  const time = Math.floor(Date.now() / 1000);
  const signature = (key: string, at = time): string =>
    `t=${at},v1=${createHmac("sha256", key).update(`${at}.${event}`).digest("hex")}`;
  const post = async (storeId: string, header: string) => {
    const answer = await http.fastify.inject({
      method: "POST",
      url: `/api/v1/webhooks/stores/${storeId}`,
      headers: { "content-type": "application/json", "store-signature": header },
      payload: event,
    });
    return [answer.statusCode, answer.json().error?.code ?? "ok"];
  };
  assert.deepEqual(await post("known-store", signature(storeSecret)), [200, "ok"]);
  assert.deepEqual(
    await post("known-store", `t=${time},v1=00,${signature(storeSecret).split(",")[1]}`),
    [200, "ok"],
    "a secret being changed",
  );
  assert.deepEqual(await post("known-store", signature("other")), [400, "webhook_signature_invalid"]);
  assert.deepEqual(await post("known-store", signature(storeSecret, time - 301)), [400, "webhook_signature_invalid"]);
  assert.deepEqual(await post("known-store", "nonsense"), [400, "webhook_signature_invalid"]);
  assert.equal((await post("other-store", signature(storeSecret)))[1], "unknown_store");
});

test("a store's event of a kind that means nothing here is refused by name and not kept (W1)", async () => {
  const event = JSON.stringify({ id: newId("evt"), type: "order.painted", data: { orderNumber: "S-1" } });
  const time = Math.floor(Date.now() / 1000);
  const refused = await http.fastify.inject({
    method: "POST",
    url: "/api/v1/webhooks/stores/known-store",
    headers: {
      "content-type": "application/json",
      "store-signature": `t=${time},v1=${createHmac("sha256", storeSecret).update(`${time}.${event}`).digest("hex")}`,
    },
    payload: event,
  });
  const { code, field } = refused.json().error;
  assert.deepEqual([refused.statusCode, code, field], [400, "webhook_event_unknown", "type"]);
  const { rows } = await pool.query("select 1 from webhook.inbox where type = 'order.painted'");
  assert.deepEqual(rows, []);
});
