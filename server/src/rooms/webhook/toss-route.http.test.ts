import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { testServer } from "#platform/http/test-server.ts";
import { tossOrderFind } from "#rooms/payment";
import { openTestDb } from "../../../test/db.ts";
import { tossEffects } from "./toss-effects.ts";
import { tossRoute } from "./toss-route.ts";
import { eventTake } from "./webhook.sql.gen.ts";

const { pool } = await openTestDb();
const { http } = testServer(pool);
tossRoute(http, { tossOrderOf: async (db, orderId) => await tossOrderFind(db, { orderId }) });

async function post(body: object | string, headers: Record<string, string> = {}) {
  const answer = await http.fastify.inject({
    method: "POST",
    url: "/api/webhooks/toss",
    headers: { "content-type": "application/json", ...headers },
    payload: body,
  });
  return [answer.statusCode, answer.json().error?.code ?? "ok"];
}

/** An order of ours at Toss; with a secret, one whose payer was given an account. */
async function order(secret: string | null = null): Promise<string> {
  const [orderId, sessionId, paymentId] = [newId("to"), newId("cs"), newId("pay")];
  await pool.query("insert into payment.toss_order (order_id, session_id, amount_minor) values ($1, $2, 100)", [
    orderId,
    sessionId,
  ]);
  if (secret !== null) {
    await pool.query(
      `insert into payment.payment (payment_id, session_id, account_id, provider, status, amount_minor, currency)
       values ($1, $2, 'a', 'toss', 'requires_action', 100, 'KRW')`,
      [paymentId, sessionId],
    );
    await pool.query(
      `insert into payment.deposit (payment_id, provider_ref, bank_code, account_number, holder_name, due_at, secret)
       values ($1, 'key', '20', 'X1', 'A', now() + interval '1 day', $2)`,
      [paymentId, secret],
    );
  }
  return orderId;
}

async function stored(orderId: string) {
  const { rows } = await pool.query(
    "select event_id, type from webhook.inbox where source = 'toss' and object_ref = $1",
    [orderId],
  );
  return rows;
}

const changed = (orderId: string) => ({
  eventType: "PAYMENT_STATUS_CHANGED",
  createdAt: "2026-01-01T00:00:00.000000",
  data: { orderId, status: "DONE", paymentKey: "x" },
});

test("an event of an order of ours is stored once by its transmission, however often it comes", async () => {
  const orderId = await order();
  const headers = { "tosspayments-webhook-transmission-id": newId("tr") };
  for (let copy = 0; copy < 3; copy += 1) assert.deepEqual(await post(changed(orderId), headers), [200, "ok"]);
  assert.deepEqual(await stored(orderId), [
    { event_id: headers["tosspayments-webhook-transmission-id"], type: "PAYMENT_STATUS_CHANGED" },
  ]);
  // Without a name of its own, it is told from others by what it says.
  for (let copy = 0; copy < 2; copy += 1) assert.deepEqual(await post(changed(orderId)), [200, "ok"]);
  assert.equal((await stored(orderId)).length, 2);
});

test("what names no order of ours, or is no event, is refused and not kept", async () => {
  assert.deepEqual(await post(changed("to_nobody_knows")), [400, "webhook_event_unknown"]);
  assert.deepEqual(await stored("to_nobody_knows"), []);
  for (const body of ["{", "null", "[]", { eventType: "X" }, { data: { orderId: "x" } }]) {
    assert.deepEqual(await post(body), [400, "request_invalid"]);
  }
});

test("an event about an account carries its secret, or is forged", async () => {
  const orderId = await order("ps_secret");
  const flat = { createdAt: "2026-01-01", status: "DONE", transactionKey: "T", orderId };
  assert.deepEqual(await post({ ...flat, secret: "ps_other" }), [400, "webhook_signature_invalid"]);
  assert.deepEqual(await stored(orderId), []);
  assert.deepEqual(await post({ ...flat, secret: "ps_secret" }), [200, "ok"]);
  assert.deepEqual(
    (await stored(orderId)).map(({ type }) => type),
    ["DEPOSIT_CALLBACK"],
  );
});

test("its effect is to read the payment of its session; one whose payer went away means nothing", async () => {
  const orderId = await order();
  await post(changed(orderId), { "tosspayments-webhook-transmission-id": "one" });
  const event = await eventTake(pool, { source: "toss", eventId: "one" });
  assert.ok(event !== null);
  const read: string[] = [];
  const answers = ["paid", "paid", "unknown_payment", "already", "already", "already", "already"];
  const refunds = [[], ["noted"], ["ours"], ["ours", "noted"], ["above_rest"], ["above_rest"]];
  const effect = tossEffects({
    orderOf: async (named) => await tossOrderFind(pool, { orderId: named }),
    reconcileOrder: async (sessionId) => {
      read.push(sessionId);
      return answers.shift() ?? "none";
    },
    noteRefunds: async () => refunds.shift() ?? [],
  });
  assert.equal(await effect(event), "paid");
  assert.equal(await effect(event), "refund_noted", "its cancel is how we first hear of the payment");
  assert.equal(await effect(event), "ignored");
  assert.equal(await effect(event), "already");
  assert.equal(await effect(event), "refund_noted");
  assert.equal(await effect(event), null, "it does not fit yet");
  assert.equal(await effect({ ...event, tries: 13 }), "refund_above_rest");
  assert.equal(await effect({ ...event, objectRef: "to_nobody" }), "not_ours");
  assert.equal(read.length, 7);
});
