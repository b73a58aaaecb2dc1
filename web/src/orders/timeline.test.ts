import assert from "node:assert/strict";
import { test } from "node:test";
import { statusWord } from "./status-tones.ts";
import { happenedTo, toCome } from "./timeline.ts";

const at = (minute: number): string => new Date(Date.UTC(2026, 10, 21, 9, minute)).toISOString();

type Told = Parameters<typeof happenedTo>[0];

const order: Told = {
  orderedAt: at(0),
  totalDisplay: "$40.00",
  kind: "physical",
  status: "cancelled",
  paymentStatus: "refunded",
  statusHistory: [
    { from: null, to: "pending", at: at(0) },
    { from: "pending", to: "placed", at: at(1) },
    { from: "placed", to: "cancelled", at: at(5) },
  ],
  cancellation: { requestedAt: at(3), refusedAt: null },
  refundRequest: null,
  refunds: [
    {
      refundId: "re_123456",
      amountCents: 4000,
      amountDisplay: "$40.00",
      reason: "cancelled_by_shopper",
      message: null,
      method: "original_payment_method",
      status: "succeeded",
      createdAt: at(5),
      succeededAt: at(6),
    },
  ],
};

const kinds = (of: Told): string[] => happenedTo(of).map(({ kind }) => kind);

test("what happened to an order and its money is told in its order, causes before effects", () => {
  assert.deepEqual(kinds(order), ["ordered", "placed", "cancelled", "refundBegun", "refundDone"]);
});

test("a wish to cancel is told while it is open, and with its refusal", () => {
  const open: Told = { ...order, status: "placed", statusHistory: order.statusHistory.slice(0, 2), refunds: [] };
  assert.deepEqual(kinds(open), ["ordered", "placed", "cancelAsked"]);
  const refused = { ...open, cancellation: { requestedAt: at(3), refusedAt: at(4) } };
  assert.deepEqual(kinds(refused), ["ordered", "placed", "cancelAsked", "cancelRefused"]);
});

test("what is to come ends with the arrival, and nothing digital is shipped", () => {
  const paid = { paymentStatus: "paid" } as const;
  assert.deepEqual(toCome({ ...paid, status: "pending", kind: "physical" }), ["placed", "shipped", "delivered"]);
  assert.deepEqual(toCome({ ...paid, status: "placed", kind: "digital" }), ["delivered"]);
  for (const status of ["delivered", "failed", "cancelled"] as const) {
    assert.deepEqual(toCome({ ...paid, status, kind: "physical" }), []);
  }
});

test("an order that is not paid yet tells of no payment, and of what it waits for first", () => {
  const unpaid: Told = {
    ...order,
    status: "pending",
    paymentStatus: "unpaid",
    statusHistory: order.statusHistory.slice(0, 1),
    cancellation: null,
    refunds: [],
  };
  assert.deepEqual(kinds(unpaid), ["orderedUnpaid"]);
  assert.deepEqual(toCome({ ...unpaid, kind: "digital" }), ["paid", "placed", "delivered"]);
  assert.equal(statusWord(unpaid), "status.unpaid");
  const ended: Told = { ...unpaid, status: "cancelled" };
  assert.deepEqual([toCome(ended), statusWord(ended)], [[], "status.cancelled"]);
});

test("of a file it is told that it is there, not that somebody took it and it arrived", () => {
  const statusHistory: Told["statusHistory"] = [
    { from: null, to: "pending", at: at(0) },
    { from: "pending", to: "placed", at: at(1) },
    { from: "placed", to: "delivered", at: at(1) },
  ];
  const file: Told = { ...order, kind: "digital", status: "delivered", statusHistory, cancellation: null, refunds: [] };
  assert.deepEqual(kinds(file), ["ordered", "ready"]);
});

test("an order's end is told before the refund that it opened, though that was written a moment earlier", () => {
  const [refund] = order.refunds;
  assert.ok(refund !== undefined);
  const justBefore = new Date(Date.parse(at(5)) - 20).toISOString();
  const told = kinds({ ...order, refunds: [{ ...refund, createdAt: justBefore }] });
  assert.deepEqual(told, ["ordered", "placed", "cancelled", "refundBegun", "refundDone"]);
});
