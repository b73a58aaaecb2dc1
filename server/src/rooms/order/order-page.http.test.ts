/** What an order's page tells a shopper: in their words, with what can be done and why the rest cannot. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Order } from "@muse/contracts/order";
import { as, testServer } from "#platform/http/test-server.ts";
import { openTestDb } from "../../../test/db.ts";
import { paidOrder, type PaidOrder } from "../../../test/paid-orders.ts";
import { orderRoutes } from "./index.ts";

const { pool } = await openTestDb();
const { http } = testServer(pool);
orderRoutes(http, { accessOf: async () => [] });

const read = async ({ orderNumber, accountId }: PaidOrder, language = "en"): Promise<Order> => {
  const headers = { ...as("shopper", accountId), "accept-language": language };
  return (await http.fastify.inject({ method: "GET", url: `/api/v1/orders/${orderNumber}`, headers })).json().data;
};
const placed = ({ orderNumber }: PaidOrder) =>
  pool.query("select orders.order_placed_1($1, 'manual', $2)", [orderNumber, `S-${orderNumber}`]);
const ended = ({ orderNumber }: PaidOrder, status: string, reason: string) =>
  pool.query("select orders.order_end_1($1, $2::orders.order_status, $3)", [orderNumber, status, reason]);
const can = ({ cancelling, refundRequesting }: Order) => [cancelling.why, refundRequesting.why];

test("an order whose store has failed says why and what goes back, without jargon, in both languages", async () => {
  const order = await paidOrder(pool, { lines: [{ priceMinor: 8_900 }], shippingMinor: 599 });
  await ended(order, "failed", "out_of_stock");
  const english = await read(order);
  assert.equal(english.message, "The store has run out of it.");
  assert.deepEqual(can(english), ["ended", "nothing_left"]);
  // Asked for, and not gone yet: nobody is told that it has.
  assert.equal(english.refundRequesting.message, "All of it has gone back, or is on its way.");
  const [refund] = english.refunds;
  assert.deepEqual(
    [refund?.amountDisplay, refund?.message, refund?.method],
    ["$94.99", "The store has run out of it.", "original_payment_method"],
  );
  const korean = await read(order, "ko");
  assert.deepEqual(
    [korean.message, korean.cancelling.message],
    ["스토어에 재고가 없습니다.", "이미 종료된 주문입니다."],
  );
});

test("a reason that is only for us is not shown to a shopper as it is", async () => {
  const order = await paidOrder(pool);
  await ended(order, "failed", "tier_config_broken");
  const { message, refunds } = await read(order);
  assert.equal(message, "The store could not take the order.");
  assert.equal(refunds[0]?.message, null);
});

test("what can be done follows the order's life, and what cannot is explained", async () => {
  const order = await paidOrder(pool, { lines: [{ priceMinor: 2_000, quantity: 3 }] });
  const pending = await read(order);
  assert.deepEqual(can(pending), [null, "not_placed"]);
  assert.equal(pending.message, "One of our people is placing this order by hand.");
  assert.deepEqual([pending.items[0]?.refundableQuantity, pending.cancelling.isPossible], [0, true]);

  await placed(order);
  const atStore = await read(order);
  assert.deepEqual([...can(atStore), atStore.message], [null, null, null]);
  assert.equal(atStore.items[0]?.refundableQuantity, 3);

  await pool.query("select orders.cancel_requested_1($1, 'cancelled_by_shopper')", [order.orderNumber]);
  assert.deepEqual(can(await read(order)), ["requested", null]);
  await pool.query("select orders.cancel_refused_1($1)", [order.orderNumber]);
  assert.deepEqual(can(await read(order)), ["refused_by_store", null]);
  await pool.query("select orders.advance_1($1, 'shipped', null)", [order.orderNumber]);
  assert.deepEqual(can(await read(order)), ["shipped", null]);
  await pool.query(
    "insert into orders.refund_request (request_id, order_number, account_id, reason) values ('req_page1', $1, $2, 'torn')",
    [order.orderNumber, order.accountId],
  );
  const asked = await read(order, "ko");
  assert.deepEqual(
    [...can(asked), asked.refundRequesting.message],
    ["shipped", "requested", "환불 요청을 확인하고 있습니다."],
  );
});

test("all amounts come written out, and the receipts by their paths", async () => {
  const order = await paidOrder(pool, {
    lines: [{ priceMinor: 2_000, quantity: 2, taxMinor: 80 }],
    shippingMinor: 599,
  });
  const page = await read(order, "ko");
  assert.deepEqual(
    [page.subtotalDisplay, page.shippingDisplay, page.taxDisplay, page.totalDisplay, page.refundedDisplay],
    ["$40.00", "$5.99", "$0.80", "$46.79", "$0.00"],
  );
  const [item] = page.items;
  assert.deepEqual([item?.unitPriceDisplay, item?.lineTotalDisplay], ["$20.00", "$40.00"]);
  for (const [name, path] of Object.entries(page.receipts ?? {})) {
    const headers = as("shopper", order.accountId);
    const receipt = await http.fastify.inject({ method: "GET", url: path, headers });
    const type = name.toLowerCase().endsWith("pdf") ? "application/pdf" : "text/html; charset=utf-8";
    assert.deepEqual([receipt.statusCode, receipt.headers["content-type"]], [200, type]);
  }
});
