import assert from "node:assert/strict";
import { test } from "node:test";
import { orderMessage } from "./messages.ts";
import type { OrderRecord } from "./record.ts";

const order: OrderRecord = {
  orderNumber: "MO-1",
  groupKey: "store",
  storeName: "Store",
  storeOrderNumber: null,
  status: "failed",
  paymentStatus: "paid",
  reason: "out_of_stock",
  totalMinor: 2_500,
  refundedMinor: 2_500,
  placedAt: null,
  refund: null,
  placement: "failed",
};
const say = (change: Partial<OrderRecord>, language: "en" | "ko" = "en"): string | null =>
  orderMessage({ ...order, ...change }, "USD", language);

test("an order that ended says why, and where its money is", () => {
  assert.equal(say({}), "The store has run out of it. $25.00 is being refunded.");
  assert.equal(say({ paymentStatus: "refunded" }), "The store has run out of it. $25.00 has been refunded.");
  assert.equal(say({}, "ko"), "스토어에 재고가 없습니다. $25.00 환불이 진행 중입니다.");
  assert.equal(say({ paymentStatus: "refunded" }, "ko"), "스토어에 재고가 없습니다. $25.00 환불이 완료되었습니다.");
  assert.equal(
    say({ status: "cancelled", reason: "not_paid", paymentStatus: "unpaid", refundedMinor: 0 }),
    "It was not paid.",
  );
  for (const reason of ["a_code_of_some_store", null]) {
    assert.equal(say({ reason, refundedMinor: 0 }), "The store could not take the order.");
  }
});

test("an order on its way says who is at it, where the status does not", () => {
  const pending = { status: "pending", reason: null, refundedMinor: 0 } as const;
  assert.equal(say({ ...pending, placement: "unknown" }, "ko"), "스토어에 주문 접수 여부를 확인하고 있습니다.");
  assert.equal(say({ ...pending, placement: "manual" }), "One of our people is placing this order by hand.");
  for (const placement of ["waiting", "running", null] as const) assert.equal(say({ ...pending, placement }), null);
  assert.equal(say({ ...pending, status: "shipped", placement: "placed" }), null);
});
