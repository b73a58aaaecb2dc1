import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { as, testServer } from "#platform/http/test-server.ts";
import { trackParcel } from "#rooms/shipment";
import { openTestDb } from "../../../test/db.ts";
import { paidOrder, type PaidOrder } from "../../../test/paid-orders.ts";
import { placementRoutes, type AuditEntry } from "./index.ts";
import { placementsClaim, taskRelease } from "./placement.sql.gen.ts";
import { endAttempt } from "./write-outcome.ts";

const { pool } = await openTestDb();
const { http } = testServer(pool);
const trail: AuditEntry[] = [];
placementRoutes(http, {
  audit: async (_db, entry) => {
    trail.push(entry);
  },
  track: trackParcel,
  evidenceFolder: "nowhere",
});
const base = "/api/v1/admin/manual-orders";
const ops = (name = "acc_ops1") => as("ops", name);

const get = (url: string, headers: Record<string, string> = ops()) =>
  http.fastify.inject({ method: "GET", url, headers });
const post = (url: string, payload: object = {}, headers: Record<string, string> = ops()) =>
  http.fastify.inject({ method: "POST", url, payload, headers });
const code = (answer: { json: () => { error?: { code: string } } }) => answer.json().error?.code;

async function statusOf({ orderNumber }: PaidOrder): Promise<unknown> {
  return (await pool.query("select status from orders.store_order where order_number = $1", [orderNumber])).rows[0]
    .status;
}

test("P3: nobody without the role reaches the desk", async () => {
  const { orderNumber } = await paidOrder(pool);
  const routes = [
    ["GET", base],
    ["GET", `${base}/stats`],
    ["GET", `${base}/${orderNumber}`],
    ["GET", `${base}/${orderNumber}/instructions`],
    ...["claim", "release", "place", "fail", "cancel"].map(
      (verb) => ["POST", `${base}/${orderNumber}/${verb}`] as const,
    ),
  ] as const;
  for (const [method, url] of routes) {
    const payload = method === "POST" ? { payload: {} } : {};
    assert.equal((await http.fastify.inject({ method, url, ...payload })).statusCode, 401, url);
    for (const role of ["shopper", "seller"] as const) {
      assert.equal(
        (await http.fastify.inject({ method, url, ...payload, headers: as(role, "acc_x") })).statusCode,
        403,
        url,
      );
    }
  }
});

test("the queue: oldest deadline first, filtered by store, status and holder", async () => {
  const first = await paidOrder(pool);
  const second = await paidOrder(pool, { storeId: first.storeId });
  await pool.query(
    "update placement.manual_task set deadline_at = now() - interval '1 minute' where order_number = $1",
    [second.orderNumber],
  );
  const listed = async (query: string): Promise<string[]> => {
    const { data } = (await get(`${base}?store=${first.storeId}${query}`)).json();
    assert.equal(data.total, data.orders.length);
    return data.orders.map((order: { museOrderNumber: string }) => order.museOrderNumber);
  };
  assert.deepEqual(await listed(""), [second.orderNumber, first.orderNumber]);
  await post(`${base}/${first.orderNumber}/claim`);
  assert.deepEqual(await listed("&claimed=true"), [first.orderNumber]);
  assert.deepEqual(await listed("&claimed=mine"), [first.orderNumber]);
  assert.deepEqual(await listed("&claimed=false"), [second.orderNumber]);
  assert.deepEqual(await listed("&status=claimed"), [first.orderNumber]);
  assert.deepEqual(await listed("&status=placed"), []);
  const { data } = (await get(`${base}?store=${first.storeId}&limit=1`)).json();
  const [order] = data.orders;
  assert.deepEqual(
    [order.task, order.why, order.isOverdue, order.itemCount, order.totalCents, order.totalDisplay],
    ["place", "manual_store", true, 1, 3_099, "$30.99"],
  );
});

test("one order from the queue to the store: read, claim, place with its parcel, and every step in the audit", async () => {
  const order = await paidOrder(pool, { lines: [{ priceMinor: 4_000, quantity: 2 }], shippingMinor: 500 });
  const at = `${base}/${order.orderNumber}`;
  const read = (await get(at)).json().data;
  assert.deepEqual(
    [read.chargeMaxCents, read.contactEmail, read.shippingAddress.zip],
    [8_755, "ada@shopper.test", "97201"],
  );
  assert.equal(read.items[0].quantity, 2);
  assert.deepEqual(read.attempts, []);

  assert.equal(code(await post(`${at}/place`, { storeOrderNumber: "S-1" })), "manual_order_not_claimed");
  const claimed = (await post(`${at}/claim`)).json().data;
  assert.ok(new Date(claimed.claimedUntil).getTime() > Date.now() + 14 * 60_000);
  assert.equal(code(await post(`${at}/claim`, {}, ops("acc_ops2"))), "manual_order_claimed");
  assert.equal(code(await post(`${at}/release`, {}, ops("acc_ops2"))), "manual_order_not_claimed");

  const body = { storeOrderNumber: "S-1", trackingNumber: "SW1234567", carrier: "SwiftPost", paidCents: 8_756 };
  const placed = await post(`${at}/place`, body, { ...ops(), "idempotency-key": "k1" });
  assert.deepEqual(placed.json().data, {
    museOrderNumber: order.orderNumber,
    storeOrderNumber: "S-1",
    warnings: ["price_above_guard"],
  });
  const again = await post(`${at}/place`, body, { ...ops(), "idempotency-key": "k1" });
  assert.equal(again.headers["idempotent-replayed"], "true");
  assert.equal(await statusOf(order), "shipped");
  assert.equal(code(await post(`${at}/fail`, { reason: "other" })), "manual_order_closed");
  assert.equal(code(await post(`${at}/claim`)), "manual_order_closed");

  assert.deepEqual(
    trail
      .filter(({ subject }) => subject === order.orderNumber)
      .map(({ action, accountId, role }) => [action, accountId, role]),
    [
      ["manual_order.claim", "acc_ops1", "ops"],
      ["manual_order.place", "acc_ops1", "ops"],
    ],
  );
});

test("a parcel that is another shopper's is warned of, and the order is placed all the same", async () => {
  const [first, second] = [await paidOrder(pool), await paidOrder(pool)];
  for (const [order, number, warnings] of [
    [first, "T-1", []],
    [second, "T-2", ["tracking_conflict"]],
  ] as const) {
    const at = `${base}/${order.orderNumber}`;
    await post(`${at}/claim`);
    const placed = await post(`${at}/place`, {
      storeOrderNumber: number,
      trackingNumber: "SAME-9",
      carrier: "swiftpost",
      paidCents: 100,
    });
    assert.deepEqual(placed.json().data.warnings, warnings);
  }
  assert.deepEqual([await statusOf(first), await statusOf(second)], ["shipped", "placed"]);
});

test("bad bodies are refused by name", async () => {
  const order = await paidOrder(pool);
  const at = `${base}/${order.orderNumber}`;
  await post(`${at}/claim`);
  const refusals = [
    [`${at}/place`, {}, "storeOrderNumber"],
    [`${at}/place`, { storeOrderNumber: "S", trackingNumber: "SW123" }, "carrier"],
    [`${at}/place`, { storeOrderNumber: "S", paidCents: 1.5 }, "paidCents"],
    [`${at}/place`, { storeOrderNumber: "S", total: 1 }, "total"],
    [`${at}/fail`, { reason: "bored" }, "reason"],
    [`${at}/cancel`, { outcome: "maybe" }, "outcome"],
  ] as const;
  for (const [url, body, field] of refusals) {
    const refused = await post(url, body);
    assert.equal(refused.statusCode, 400, JSON.stringify(body));
    assert.equal(refused.json().error.field, field);
  }
  assert.equal((await get(`${base}?claimed=maybe`)).statusCode, 400);
  for (const verb of ["claim", "release", "fail", "cancel"]) {
    const body = verb === "fail" ? { reason: "other" } : verb === "cancel" ? { outcome: "refused" } : {};
    assert.equal(code(await post(`${base}/MO-NOBODY22/${verb}`, body)), "order_not_found", verb);
  }
  assert.equal(code(await get(`${base}/MO-NOBODY22`)), "order_not_found");
  assert.equal(code(await get(`${base}/MO-NOBODY22/instructions`)), "order_not_found");
  const twin = await paidOrder(pool, { storeId: order.storeId });
  await post(`${at}/place`, { storeOrderNumber: "TWIN" });
  await post(`${base}/${twin.orderNumber}/claim`);
  assert.equal(
    (await post(`${base}/${twin.orderNumber}/place`, { storeOrderNumber: "TWIN" })).json().error.field,
    "storeOrderNumber",
  );
});

test("giving up refunds, and the numbers of the desk add up", async () => {
  const before = (await get(`${base}/stats`)).json().data;
  const order = await paidOrder(pool);
  const at = `${base}/${order.orderNumber}`;
  await post(`${at}/claim`, {}, ops("acc_stats"));
  const failed = await post(`${at}/fail`, { reason: "out_of_stock", note: "sold out in all sizes" }, ops("acc_stats"));
  assert.deepEqual(failed.json().data, { museOrderNumber: order.orderNumber, reason: "out_of_stock" });
  assert.equal(await statusOf(order), "failed");

  const placed = await paidOrder(pool);
  await post(`${base}/${placed.orderNumber}/claim`, {}, ops("acc_stats"));
  await post(`${base}/${placed.orderNumber}/place`, { storeOrderNumber: "ST-1" }, ops("acc_stats"));
  const after = (await get(`${base}/stats`)).json().data;
  assert.equal(after.depth, before.depth);
  assert.deepEqual(
    after.perOperator.find(({ operator }: { operator: string }) => operator === "acc_stats"),
    { operator: "acc_stats", placed: 1, failed: 1 },
  );
  assert.equal(after.perDay[0].failed, (before.perDay[0]?.failed ?? 0) + 1);
  assert.ok(after.oldestAgeSeconds >= 0 && after.unclaimed <= after.depth && after.overdue <= after.depth);
});

test("the instructions say what to paste where, and warn of what a machine has left behind", async () => {
  const order = await paidOrder(pool, { connector: "rest-oauth", lines: [{ quantity: 3 }] });
  const claims = await placementsClaim(pool, { workerId: "w", methods: ["api"], countMax: 50 });
  const attemptId = claims.find(({ orderNumber }) => orderNumber === order.orderNumber)?.attemptId ?? "";
  const blank = {
    reason: "no_answer",
    detail: "connection lost",
    storeOrderNumber: null,
    storeTotalMinor: null,
    retryAfterMs: null,
    lookUpAfterSeconds: null,
  };
  await endAttempt(pool, attemptId, { ...blank, status: "unknown" });
  await pool.query("update orders.store_order set cancel_requested_at = now() where order_number = $1", [
    order.orderNumber,
  ]);
  const at = `${base}/${order.orderNumber}`;
  const read = (await get(at)).json().data;
  assert.deepEqual([read.isOutcomeUnknown, read.isCancelRequested, read.detail], [true, true, "connection lost"]);
  assert.deepEqual([read.attempts[0].status, read.attempts[0].connector], ["unknown", "rest-oauth"]);

  type Step = { number: number; text: string; paste: { label: string; value: string }[] };
  const { steps } = (await get(`${at}/instructions`)).json().data as { steps: Step[] };
  assert.deepEqual(
    steps.map(({ number }) => number),
    steps.map((_, index) => index + 1),
  );
  assert.match(steps[0]?.text ?? "", /taken this order back/);
  assert.match(steps[1]?.text ?? "", /has this order already/);
  const pasted = steps.flatMap(({ paste }) => paste.map(({ value }) => value));
  for (const value of [order.orderNumber, "Ada Byron", "12 Harbor Street", "97201", "3", "ada@shopper.test"])
    assert.ok(pasted.includes(value), value);
  assert.ok(steps.some(({ text }) => text.includes("Never type in a card number")));
  const korean = (await get(`${at}/instructions`, { ...ops(), "accept-language": "ko" })).json().data.steps as Step[];
  assert.match(korean[0]?.text ?? "", /취소한 주문/);
  assert.equal(korean.length, steps.length);
});

test("what is not paid yet cannot be cancelled, and says why; a stranger's does not exist (P3)", async () => {
  const order = await paidOrder(pool, {}, { isPaid: false });
  const url = `/api/v1/orders/${order.orderNumber}/cancel`;
  const shopper = as("shopper", order.accountId);
  const refused = await post(url, {}, shopper);
  assert.deepEqual([refused.statusCode, code(refused)], [409, "order_not_cancellable"]);
  assert.equal(refused.json().error.details.why, "not_paid");
  assert.equal(code(await post(url, {}, as("shopper", newId("acc")))), "order_not_found");
  await pool.query("select orders.order_end_1($1, 'cancelled', 'not_paid')", [order.orderNumber]);
  assert.equal((await post(url, {}, shopper)).json().error.details.why, "cancelled");
});

test("a shopper's cancellation: at once, as a request, again, and refused with its reason", async () => {
  const url = ({ orderNumber }: PaidOrder) => `/api/v1/orders/${orderNumber}/cancel`;
  const order = await paidOrder(pool);
  const shopper = as("anonymous", order.accountId);
  assert.equal(code(await post(url(order), {}, as("shopper", newId("acc")))), "order_not_found");
  const cancelled = await post(url(order), {}, shopper);
  assert.equal(cancelled.statusCode, 200);
  assert.deepEqual(cancelled.json().data, {
    museOrderNumber: order.orderNumber,
    outcome: "cancelled",
    status: "cancelled",
    refundedCents: 3_099,
    currency: "USD",
  });
  assert.equal((await post(url(order), {}, shopper)).statusCode, 200);

  const placed = await paidOrder(pool);
  const at = `${base}/${placed.orderNumber}`;
  await post(`${at}/claim`);
  await post(`${at}/place`, { storeOrderNumber: "C-1" });
  const requested = await post(url(placed), {}, as("shopper", placed.accountId));
  assert.deepEqual([requested.statusCode, requested.json().data.outcome], [202, "requested"]);
  await pool.query("select placement.cancel_by_hand_1($1, 'cancel_at_store', null)", [placed.orderNumber]);
  const steps = (await get(`${at}/instructions`)).json().data;
  assert.equal(steps.task, "cancel");
  assert.ok(steps.steps[1].paste.some(({ value }: { value: string }) => value === "C-1"));
  await post(`${at}/claim`);
  const answered = await post(`${at}/cancel`, { outcome: "refused" });
  assert.deepEqual(answered.json().data, { museOrderNumber: placed.orderNumber, outcome: "refused" });
  const refused = await post(url(placed), {}, as("shopper", placed.accountId));
  assert.deepEqual([refused.statusCode, refused.json().error.details.why], [409, "refused_by_store"]);

  await pool.query("select orders.advance_1($1, 'shipped', null)", [placed.orderNumber]);
  const tooLate = await post(url(placed), {}, as("shopper", placed.accountId));
  assert.deepEqual([tooLate.statusCode, tooLate.json().error.details.why], [409, "shipped"]);
});

test("release gives the order back to everybody", async () => {
  const order = await paidOrder(pool);
  const at = `${base}/${order.orderNumber}`;
  await post(`${at}/claim`);
  assert.equal((await post(`${at}/release`)).statusCode, 200);
  assert.equal((await taskRelease(pool, { orderNumber: order.orderNumber, operator: "acc_ops1" })).outcome, "not_held");
  assert.equal((await post(`${at}/claim`, {}, ops("acc_ops2"))).statusCode, 200);
});
