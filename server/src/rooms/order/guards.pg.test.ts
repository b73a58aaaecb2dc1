import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { openTestDb } from "../../../test/db.ts";
import { paidOrder, type PaidOrder } from "../../../test/paid-orders.ts";

const { pool } = await openTestDb();

const isTaken = { code: "23505" };
const isRefused = { code: "23514" };
const change = ({ orderNumber }: PaidOrder, what: string) =>
  pool.query(`update orders.store_order set ${what} where order_number = $1`, [orderNumber]);

test("O1: a session has one order per store, whatever the code does", async () => {
  const { orderNumber } = await paidOrder(pool);
  const twin = pool.query(
    `insert into orders.store_order select (o).* from (
       select jsonb_populate_record(x, '{"order_number": "MO-TWIN"}') as o from orders.store_order x where order_number = $1) t`,
    [orderNumber],
  );
  await assert.rejects(twin, isTaken);
});

test("O3: a store's number stands for one order, whatever the code does", async () => {
  const one = await paidOrder(pool);
  const two = await paidOrder(pool, { storeId: one.storeId });
  await change(one, "status = 'placed', store_order_number = 'AT-1'");
  await assert.rejects(change(two, "status = 'placed', store_order_number = 'AT-1'"), isTaken);
});

test("M2, M5: an order gives back no more than it cost, a line no more than was paid for it, whatever the code does", async () => {
  const order = await paidOrder(pool);
  await assert.rejects(change(order, "refunded_minor = total_minor + 1"), isRefused);
  await assert.rejects(change(order, "total_minor = total_minor + 1"), isRefused);
  await assert.rejects(change(order, "refunded_shipping_minor = 1"), isRefused);
  for (const what of ["refunded_minor = line_total_minor + tax_minor + 1", "refunded_quantity = quantity + 1"]) {
    const line = pool.query(`update orders.order_item set ${what} where order_number = $1`, [order.orderNumber]);
    await assert.rejects(line, isRefused, what);
  }
});

test("one cause is one refund, and one wish for money back is open at a time, whatever the code does", async () => {
  const { orderNumber, paymentId, accountId } = await paidOrder(pool);
  const refund = () =>
    pool.query(
      `insert into payment.refund (refund_id, payment_id, cause, amount_minor, currency, reason) values ($1, $2, 'guard:cause', 1, 'USD', 'r')`,
      [newId("re"), paymentId],
    );
  await refund();
  await assert.rejects(refund(), isTaken);
  const wish = () =>
    pool.query(
      "insert into orders.refund_request (request_id, order_number, account_id, reason) values ($1, $2, $3, 'r')",
      [newId("req"), orderNumber, accountId],
    );
  await wish();
  await assert.rejects(wish(), isTaken);
});
