import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { as, testServer } from "#platform/http/test-server.ts";
import { tx } from "#platform/db/tx.ts";
import { openTestDb } from "../../../test/db.ts";
import { makeStore } from "../../../test/makers.ts";
import { paidOrder, paidOrders } from "../../../test/paid-orders.ts";
import { checkInvariants } from "../../../../tools/invariants/check-invariants.ts";
import { openDeskWatch } from "./desk-watch.ts";
import { recordAudit } from "./record-audit.ts";
import { opsRoutes } from "./routes.ts";

const { pool, url } = await openTestDb();
const { http, lines } = testServer(pool, { reference: true });
opsRoutes(http, { masterKey: { id: "0123456789abcdef", key: Buffer.alloc(32, 7) }, desk: openDeskWatch() });

type Call = { readonly payload?: object; readonly headers?: Record<string, string> };
const ops = as("ops", "acc_ops");

async function call(method: "GET" | "POST" | "PUT", path: string, { payload, headers = ops }: Call = {}) {
  const url = `/api/v1/admin${path}`;
  const response = await http.fastify.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
  return { status: response.statusCode, headers: response.headers, body: response.json() };
}

const get = async (path: string) => {
  const { status, body } = await call("GET", path);
  assert.equal(status, 200, JSON.stringify(body));
  return body.data;
};
const code = ({ status, body }: { status: number; body: { error?: { code: string } } }) => [status, body.error?.code];
const trail = async (subject: string): Promise<string[]> =>
  (await get(`/audit?subject=${subject}`)).entries.map(({ action }: { action: string }) => action);

async function placed(orderNumber: string, storeOrderNumber: string): Promise<void> {
  const { rows } = await pool.query(
    "select attempt_id, order_number from placement.claim_1('test', array['api']::store.placement_method[], 100)",
  );
  const attempt = rows.find((row) => row.order_number === orderNumber);
  await pool.query("select placement.attempt_end_1($1, 'placed', null, null, $2, null, null, null)", [
    attempt.attempt_id,
    storeOrderNumber,
  ]);
}

const routes = [
  ["GET", "/metrics/overview"],
  ["GET", "/metrics/placements"],
  ["GET", "/orders"],
  ["GET", "/orders/MO-ABCDEF"],
  ["POST", "/orders/MO-ABCDEF/refund", { reason: "goodwill" }],
  ["GET", "/refund-requests"],
  ["POST", "/refund-requests/rr_none/answer", { decision: "declined" }],
  ["GET", "/refunds/stuck"],
  ["GET", "/stores"],
  ["GET", "/stores/none"],
  ["PUT", "/stores/none", { name: "None" }],
  ["GET", "/webhook-events"],
  ["POST", "/webhook-events/stripe/evt_none/replay"],
  ["GET", "/audit"],
] as const;

for (const [method, path, payload] of routes) {
  test(`${method} ${path} is for ops and admins alone (P3)`, async () => {
    const sent = payload === undefined ? {} : { payload };
    assert.deepEqual(code(await call(method, path, { ...sent, headers: {} })), [401, "not_signed_in"]);
    assert.deepEqual(code(await call(method, path, { ...sent, headers: as("anonymous", "acc_a") })), [
      401,
      "not_signed_in",
    ]);
    for (const role of ["shopper", "seller"] as const) {
      assert.deepEqual(code(await call(method, path, { ...sent, headers: as(role, "acc_s") })), [403, "role_missing"]);
    }
    for (const role of ["ops", "admin"] as const) {
      const { status } = await call(method, path, { ...sent, headers: as(role, "acc_o") });
      assert.ok(![401, 403, 500].includes(status), `${role}: ${status}`);
    }
  });
}

test("what is not as the contract says is refused with the field named", async () => {
  const { orderNumber } = await paidOrder(pool, { connector: "rest-oauth" });
  const refund = `/orders/${orderNumber}/refund`;
  const refused: readonly (readonly ["GET" | "POST" | "PUT", string, object | undefined, string])[] = [
    ["GET", "/metrics/overview?from=yesterday", undefined, "from"],
    ["GET", "/metrics/overview?from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z", undefined, "to"],
    ...["overview", "placements"].flatMap((path) => [
      ["GET", `/metrics/${path}?from=2016-01-01T00:00:00Z&to=2026-01-01T00:00:00Z`, undefined, "from"] as const,
      ["GET", `/metrics/${path}?from=2025-01-01T00:00:00Z&to=2026-01-02T00:00:01Z`, undefined, "from"] as const,
      // Up to now, where nothing else is said.
      ["GET", `/metrics/${path}?from=2016-01-01T00:00:00Z`, undefined, "from"] as const,
    ]),
    ["GET", "/orders?status=lost", undefined, "status"],
    ["GET", "/stores?limit=101", undefined, "limit"],
    ["GET", "/stores?kind=digital", undefined, "kind"],
    ["GET", "/orders?limit=101", undefined, "limit"],
    ["GET", "/webhook-events?source=paypal", undefined, "source"],
    ["GET", "/audit?cursor=x", undefined, "cursor"],
    ["POST", refund, {}, "reason"],
    ["POST", refund, { reason: "x", amountCents: 0 }, "amountCents"],
    ["POST", refund, { reason: "x", amountCents: 100, items: [{ lineNo: 1 }] }, "amountCents"],
    ["PUT", "/stores/new-one", { name: "New", kind: "retailer", currency: "EUR" }, "currency"],
    [
      "PUT",
      "/stores/new-one",
      { name: "New", kind: "retailer", currency: "USD", tiers: [{ method: "api" }] },
      "tiers[0].connector",
    ],
    ["PUT", "/stores/new-one", { kind: "retailer", currency: "USD" }, "name"],
  ];
  for (const [method, path, payload, field] of refused) {
    const { status, body } = await call(method, path, payload === undefined ? {} : { payload });
    assert.deepEqual([status, body.error.code, body.error.field], [400, "request_invalid", field], `${method} ${path}`);
  }
  assert.deepEqual(code(await call("POST", refund, { payload: { reason: "x", amount: 5 } })), [400, "unknown_field"]);
});

test("an order is told whole: items, history, attempts, payment, refunds, session, task and trail", async () => {
  const [mine, sister] = await paidOrders(pool, [{ connector: "rest-oauth" }, {}]);
  assert.ok(mine !== undefined && sister !== undefined);
  await placed(mine.orderNumber, newId("so"));
  await call("POST", `/orders/${mine.orderNumber}/refund`, { payload: { amountCents: 300, reason: "late" } });

  const told = await get(`/orders/${mine.orderNumber}`);
  assert.equal(told.order.museOrderNumber, mine.orderNumber);
  assert.equal(told.order.items.length, 1);
  assert.deepEqual(
    told.order.statusHistory.map(({ to }: { to: string }) => to),
    ["pending", "placed"],
  );
  assert.deepEqual(told.session.siblings, [
    { museOrderNumber: sister.orderNumber, storeName: told.session.siblings[0].storeName, status: "pending" },
  ]);
  assert.deepEqual(
    [told.payment.paymentId, told.payment.status, told.payment.attempts.length],
    [mine.paymentId, "succeeded", 1],
  );
  assert.deepEqual(
    told.placement.attempts.map(({ status }: { status: string }) => status),
    ["placed"],
  );
  assert.match(told.placement.attempts[0].startedAt, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
  assert.deepEqual([told.refunds[0].amountCents, told.refunds[0].requestedBy], [300, "acc_ops"]);
  assert.deepEqual(
    told.audit.map(({ action }: { action: string }) => action),
    ["order.refund"],
  );
  const desk = await get(`/orders/${sister.orderNumber}`);
  assert.deepEqual(
    desk.manualTasks.map(({ task, status, why }: Record<string, string>) => [task, status, why]),
    [["place", "open", "manual_store"]],
  );
  assert.deepEqual(code(await call("GET", "/orders/MO-NOTHERE")), [404, "order_not_found"]);
});

test("an order that is not paid is told whole too, also one whose payer has not come back with a payment", async () => {
  const unpaid = await paidOrder(pool, {}, { isPaid: false });
  const begun = await get(`/orders/${unpaid.orderNumber}`);
  assert.deepEqual(
    [begun.order.paymentStatus, begun.payment.paymentId, begun.placement],
    ["unpaid", unpaid.paymentId, null],
  );
  // As the marketplace's older ways leave it in won: the order is there before anybody has been asked for money.
  await pool.query("delete from payment.attempt where payment_id = $1", [unpaid.paymentId]);
  await pool.query("delete from payment.payment where payment_id = $1", [unpaid.paymentId]);
  const opened = await get(`/orders/${unpaid.orderNumber}`);
  assert.deepEqual(
    [opened.order.museOrderNumber, opened.payment, opened.session.checkoutSessionId],
    [unpaid.orderNumber, null, unpaid.sessionId],
  );
});

test("a refund is one for its key, one for its words without a key, and never above what was paid (M2)", async () => {
  const order = await paidOrder(pool, {
    connector: "rest-oauth",
    lines: [{ priceMinor: 5_000, quantity: 2, taxMinor: 100 }],
  });
  await placed(order.orderNumber, newId("so"));
  const path = `/orders/${order.orderNumber}/refund`;
  const keyed = {
    payload: { items: [{ lineNo: 1, quantity: 1 }], reason: "damaged" },
    headers: { ...ops, "idempotency-key": "k1" },
  };

  const first = await call("POST", path, keyed);
  assert.equal(first.status, 200, JSON.stringify(first.body));
  assert.deepEqual([first.body.data.amountCents, first.body.data.isNew], [5_050, true]);
  const again = await call("POST", path, keyed);
  assert.equal(again.headers["idempotent-replayed"], "true");
  assert.deepEqual(again.body, first.body);

  const words = { payload: { amountCents: 100, reason: "goodwill" } };
  const told = await Promise.all(Array.from({ length: 5 }, () => call("POST", path, words)));
  assert.deepEqual([...new Set(told.map(({ status }) => status))], [200]);
  assert.equal(new Set(told.map(({ body }) => body.data.refundId)).size, 1, "five clicks, one refund");
  assert.equal(told.filter(({ body }) => body.data.isNew).length, 1);

  const above = await call("POST", path, { payload: { amountCents: 1_000_000, reason: "all of it" } });
  assert.deepEqual(code(above), [409, "refund_not_possible"]);
  assert.deepEqual(above.body.error.details, { reason: "above_rest", restCents: Number(order.totalMinor) - 5_150 });
  assert.deepEqual(code(await call("POST", path, { payload: { items: [{ lineNo: 9 }], reason: "x" } })), [
    409,
    "refund_not_possible",
  ]);
  const rest = await call("POST", path, { payload: { reason: "everything else" } });
  assert.equal(rest.body.data.amountCents, Number(order.totalMinor) - 5_150);
  assert.equal(
    (await call("POST", path, { payload: { reason: "once more" } })).body.error.details.reason,
    "nothing_left",
  );
  assert.deepEqual(await trail(order.orderNumber), ["order.refund", "order.refund", "order.refund"]);
  assert.deepEqual(code(await call("POST", "/orders/MO-NOTHERE/refund", { payload: { reason: "x" } })), [
    404,
    "order_not_found",
  ]);
});

test("an order that waits for its store is cancelled, not refunded whole", async () => {
  const { orderNumber } = await paidOrder(pool, { connector: "rest-oauth" });
  const { body } = await call("POST", `/orders/${orderNumber}/refund`, { payload: { reason: "no longer wanted" } });
  assert.deepEqual([body.error.code, body.error.details.reason], ["refund_not_possible", "still_pending"]);
});

async function request(
  lines: object[] | null = null,
): Promise<{ requestId: string; orderNumber: string; totalMinor: bigint }> {
  const order = await paidOrder(pool, { connector: "rest-oauth", lines: [{ priceMinor: 4_000, quantity: 2 }] });
  await placed(order.orderNumber, newId("so"));
  const requestId = newId("rr");
  await pool.query(
    "insert into orders.refund_request (request_id, order_number, account_id, lines, reason) values ($1, $2, $3, $4, 'too small')",
    [requestId, order.orderNumber, order.accountId, lines === null ? null : JSON.stringify(lines)],
  );
  return { requestId, orderNumber: order.orderNumber, totalMinor: order.totalMinor };
}

test("a request for a refund is listed until it is answered; approving it refunds what was asked for, once", async () => {
  const { requestId, orderNumber } = await request([{ lineNo: 1, quantity: 1 }]);
  const listed = (await get("/refund-requests")).requests.find(
    (each: { requestId: string }) => each.requestId === requestId,
  );
  assert.deepEqual([listed.museOrderNumber, listed.items], [orderNumber, [{ lineNo: 1, quantity: 1 }]]);

  const path = `/refund-requests/${requestId}/answer`;
  const both = await Promise.all(
    [1, 2].map(() => call("POST", path, { payload: { decision: "approved", includeShipping: true } })),
  );
  assert.deepEqual(
    both.map(({ status }) => status),
    [200, 200],
  );
  assert.deepEqual([...new Set(both.map(({ body }) => body.data.refund.amountCents))], [4_599]);
  assert.equal(new Set(both.map(({ body }) => body.data.refund.refundId)).size, 1);
  assert.deepEqual(await trail(orderNumber), ["refund_request.approve"]);
  assert.deepEqual(code(await call("POST", path, { payload: { decision: "declined" } })), [
    409,
    "refund_request_answered",
  ]);
  assert.ok(
    !(await get("/refund-requests?limit=100")).requests.some(
      (each: { requestId: string }) => each.requestId === requestId,
    ),
  );
});

test("declining moves no money, and stands", async () => {
  const { requestId, orderNumber, totalMinor } = await request();
  const path = `/refund-requests/${requestId}/answer`;
  for (const _ of [1, 2]) {
    const { body } = await call("POST", path, { payload: { decision: "declined", note: "worn" } });
    assert.deepEqual([body.data.decision, body.data.refund], ["declined", null]);
  }
  assert.deepEqual(code(await call("POST", path, { payload: { decision: "approved" } })), [
    409,
    "refund_request_answered",
  ]);
  const { order } = await get(`/orders/${orderNumber}`);
  assert.deepEqual([order.refundedCents, order.totalCents], [0, Number(totalMinor)]);
  assert.deepEqual(await trail(orderNumber), ["refund_request.decline"]);
  const none = await call("POST", "/refund-requests/rr_none/answer", { payload: { decision: "approved" } });
  assert.deepEqual(code(none), [404, "refund_request_not_found"]);
});

test("a store is registered and changed; its credentials are written and never read (P4)", async () => {
  const storeId = `store-${newId("st").slice(-8).toLowerCase()}`;
  const secret = "a-secret-for-nobody-to-read";
  const made = await call("PUT", `/stores/${storeId}`, {
    payload: {
      name: "Quay & Sons",
      kind: "retailer",
      currency: "USD",
      priceMarginBp: 250,
      tiers: [
        { method: "api", connector: "rest-oauth", baseUrl: "http://127.0.0.1:9", triesMax: 3 },
        { method: "manual" },
      ],
      shippingOptions: [
        { optionId: "standard", name: "Standard", kind: "flat", amountCents: 599, daysMin: 2, daysMax: 4 },
      ],
      credentials: { api: { clientId: "muse", clientSecret: secret }, webhookSecret: `whsec_${secret}` },
    },
  });
  assert.equal(made.status, 201, JSON.stringify(made.body));
  assert.deepEqual(made.body.data.credentials, { api: true, headless: false, webhookSecret: true });
  assert.deepEqual(
    made.body.data.tiers.map(({ position, method, triesMax }: Record<string, unknown>) => [position, method, triesMax]),
    [
      [1, "api", 3],
      [2, "manual", 4],
    ],
  );

  const changed = await call("PUT", `/stores/${storeId}`, { payload: { enabled: false, priceMarginBp: 0 } });
  assert.equal(changed.status, 200);
  const { updatedAt: _was, ...before } = made.body.data;
  const { updatedAt: _is, ...after } = await get(`/stores/${storeId}`);
  assert.deepEqual(after, { ...before, enabled: false, priceMarginBp: 0 }, "what is left out stays");
  assert.deepEqual(code(await call("PUT", `/stores/${storeId}`, { payload: { currency: "KRW" } })), [
    409,
    "store_fixed_field",
  ]);
  const strange = await call("PUT", `/stores/${storeId}`, {
    payload: { tiers: [{ method: "api", connector: "telepathy", baseUrl: "http://127.0.0.1:9" }] },
  });
  assert.deepEqual([strange.status, strange.body.error.field], [400, "tiers[0].connector"]);

  assert.deepEqual(await trail(storeId), ["store.change", "store.create"]);
  const everything = JSON.stringify([
    made.body,
    await get(`/stores?query=${storeId}`),
    await get(`/audit?subject=${storeId}`),
    lines,
  ]);
  assert.ok(!everything.includes(secret), "no answer, trail or log line tells the secret");
  assert.deepEqual((await get(`/audit?subject=${storeId}`)).entries[1].detail.credentials, ["api", "webhookSecret"]);
  assert.deepEqual(code(await call("GET", "/stores/not-there")), [404, "store_not_found"]);
});

test("events are listed, and one is worked again by a job", async () => {
  await pool.query("select webhook.receive_1('stripe', 'evt_ops1', 'payment_intent.processing', null, 'pi_1', '{}')");
  await pool.query("update webhook.inbox set processed_at = now(), outcome = 'ignored' where event_id = 'evt_ops1'");
  await pool.query("delete from graphile_worker._private_jobs");
  const open = async (): Promise<string[]> =>
    (await get("/webhook-events?source=stripe&open=true")).events.map(({ eventId }: { eventId: string }) => eventId);
  assert.deepEqual(await open(), []);

  const replayed = await call("POST", "/webhook-events/stripe/evt_ops1/replay");
  assert.deepEqual(replayed.body.data, { source: "stripe", eventId: "evt_ops1", status: "queued" });
  assert.deepEqual(await open(), ["evt_ops1"]);
  const { rows } = await pool.query("select payload from graphile_worker._private_jobs");
  assert.deepEqual(rows, [{ payload: { source: "stripe", eventId: "evt_ops1" } }]);
  assert.deepEqual(await trail("stripe:evt_ops1"), ["webhook_event.replay"]);
  assert.deepEqual(code(await call("POST", "/webhook-events/toss/evt_ops1/replay")), [404, "event_not_found"]);
});

test("the trail is walked by its cursor, and nobody changes it", async () => {
  for (const number of [1, 2, 3, 4, 5]) {
    await tx(pool, "test", (open) =>
      recordAudit(open, { accountId: "acc_o", role: "ops", action: `test.${number}`, subject: "walk", detail: {} }),
    );
  }
  const first = await get("/audit?subject=walk&limit=3");
  assert.deepEqual(
    first.entries.map(({ action }: { action: string }) => action),
    ["test.5", "test.4", "test.3"],
  );
  const second = await get(`/audit?subject=walk&limit=3&cursor=${first.nextCursor}`);
  assert.deepEqual(
    [second.entries.map(({ action }: { action: string }) => action), second.nextCursor],
    [["test.2", "test.1"], null],
  );
  await assert.rejects(pool.query("update ops.audit set action = 'other'"), /append-only/);
  await assert.rejects(pool.query("delete from ops.audit"), /append-only/);
  await assert.rejects(pool.query("truncate ops.audit"), /append-only/);
});

test("after all of it every invariant holds, and stores have what they had", async () => {
  await makeStore(pool);
  const { results } = await checkInvariants({ databaseUrl: url, settledForSeconds: 3600 });
  assert.deepEqual(
    results.filter(({ outcome }) => outcome === "broken" || outcome === "failed"),
    [],
  );
});
