import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { as, testServer } from "#platform/http/test-server.ts";
import { openTestDb } from "../../../test/db.ts";
import { paidOrder, type PaidOrder } from "../../../test/paid-orders.ts";
import { orderRoutes } from "./index.ts";

const { pool } = await openTestDb();
const { http } = testServer(pool);
orderRoutes(http, { accessOf: async () => [] });
const base = "/api/v1/orders";

const mine = ({ accountId }: PaidOrder) => as("shopper", accountId);
const get = (url: string, headers: Record<string, string>) => http.fastify.inject({ method: "GET", url, headers });
const code = (answer: { json: () => { error?: { code: string } } }) => answer.json().error?.code;

/** The payer was given an account to send the money to, and has days for it. */
async function awaitsDeposit({ paymentId }: PaidOrder): Promise<void> {
  await pool.query(
    `select checkout.payment_awaits_deposit_1(a.attempt_id, 'tviva_' || $1, '20', '1234567890', 'Muse', '2026-12-01T00:00:00Z', 'secret',
       interval '1 hour')
     from payment.attempt a where a.payment_id = $1`,
    [paymentId],
  );
}

test("an order is read before it is paid, by its number and by its checkout, and says so", async () => {
  const unpaid = await paidOrder(pool, {}, { isPaid: false });
  const { data } = (await get(`${base}/${unpaid.orderNumber}`, mine(unpaid))).json();
  assert.deepEqual(
    [data.museOrderNumber, data.status, data.paymentStatus, data.message, data.receipts, data.depositDueAt],
    [unpaid.orderNumber, "pending", "unpaid", "Its payment is not confirmed yet.", null, null],
  );
  assert.deepEqual(
    [data.isCancellable, data.cancelling.why, data.refundRequesting.why, data.items[0].refundableQuantity],
    [false, "not_paid", "not_paid", 0],
  );
  assert.deepEqual((await get(`/api/orders/${unpaid.orderNumber}`, mine(unpaid))).json().data, data);
  const ofCheckout = (await get(`/api/orders?checkoutSessionId=${unpaid.sessionId}`, mine(unpaid))).json().data;
  assert.deepEqual(ofCheckout.orders, [data]);
  const receipt = await get(`${base}/${unpaid.orderNumber}/receipt`, mine(unpaid));
  assert.deepEqual([receipt.statusCode, code(receipt)], [404, "order_not_found"]);
  assert.equal((await get(base, mine(unpaid))).json().data.totalOrders, 0, "an attempt is no order to a person");
});

test("money back for what is not paid is refused with the reason, and to a stranger there is no such order", async () => {
  const unpaid = await paidOrder(pool, {}, { isPaid: false });
  const ask = async (headers: Record<string, string>) =>
    await http.fastify.inject({
      method: "POST",
      url: `${base}/${unpaid.orderNumber}/refund-request`,
      payload: { reason: "x" },
      headers,
    });
  const refused = await ask(mine(unpaid));
  assert.deepEqual([refused.statusCode, code(refused)], [409, "refund_not_possible"]);
  assert.equal(refused.json().error.details.why, "not_paid");
  assert.equal(code(await ask(as("shopper", newId("acc")))), "order_not_found");
});

test("an order whose transfer is waited for is in the list, and not among what was spent", async () => {
  const awaited = await paidOrder(pool, {}, { isPaid: false });
  await awaitsDeposit(awaited);
  const { data } = (await get(`${base}/${awaited.orderNumber}`, mine(awaited))).json();
  assert.deepEqual([data.message, data.depositDueAt], ["It is waiting for your transfer.", "2026-12-01T00:00:00.000Z"]);
  const list = (await get(base, mine(awaited))).json().data;
  assert.deepEqual(
    [list.totalOrders, list.checkoutSessions[0].orders[0].paymentStatus],
    [1, "unpaid"],
    JSON.stringify(list),
  );
  assert.equal((await get(`${base}?offset=5`, mine(awaited))).json().data.totalOrders, 1);
  const stats = (await get(`${base}/stats`, mine(awaited))).json().data;
  assert.deepEqual([stats.totalOrders, stats.byStatus.pending, stats.totalSpent], [1, 1, []]);
  await pool.query("select orders.order_end_1($1, 'cancelled', 'not_paid')", [awaited.orderNumber]);
  assert.equal((await get(base, mine(awaited))).json().data.totalOrders, 0, "nobody paid into it");
  const ended = (await get(`${base}/${awaited.orderNumber}`, mine(awaited))).json().data;
  assert.deepEqual([ended.message, ended.depositDueAt, ended.cancelling.why], ["It was not paid.", null, "ended"]);
});
