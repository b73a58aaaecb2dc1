import assert from "node:assert/strict";
import { test } from "node:test";
import { compareBooks, isSamePhone, type OwnOrder } from "./shop-orders.ts";

const shipTo = { name: "Dana Harbor", address1: "120 W 45th St", zip: "10036", phone: "+12125000010" };
const lines = [{ sku: "KC-POCKET-TEA", quantity: 1 }];
const ours: OwnOrder = {
  orderNumber: "MO-1",
  sessionId: "cs_1",
  storeId: "kite-co",
  status: "placed",
  storeOrderNumber: "KC-1",
  isInQueue: false,
  shipTo,
  lines,
};
const theirs = {
  storeId: "kite-co",
  number: "KC-1",
  reference: "",
  status: "placed",
  shipTo: { ...shipTo, phone: "(212) 500-0010" },
  lines,
};
const texts = (...books: Parameters<typeof compareBooks>): string[] => compareBooks(...books).map(({ text }) => text);

test("what a shop has once, under the number that we know, is as it must be", () => {
  assert.deepEqual(texts([theirs], [ours]), []);
  assert.deepEqual(texts([{ ...theirs, status: "cancelled" }], [{ ...ours, status: "cancelled" }]), []);
});

test("a second order for one of ours is seen by its telephone alone, taken back or not", () => {
  for (const status of ["placed", "cancelled"]) {
    assert.deepEqual(texts([theirs, { ...theirs, number: "KC-2", status }], [ours]), [
      `O3 kite-co has KC-2 (${status}) beside KC-1: MO-1 was ordered twice`,
    ]);
  }
  const byHand = { ...ours, storeOrderNumber: "BY-HAND-1" };
  assert.deepEqual(texts([theirs], [byHand]), [
    "O3 kite-co has KC-1 (placed) beside BY-HAND-1: MO-1 was ordered twice",
  ]);
});

test("an order that nobody knows of is surplus, but while a person sees to it or after it was taken back", () => {
  const failed = { ...ours, status: "failed", storeOrderNumber: null };
  assert.deepEqual(texts([theirs], [failed]), ["O3 kite-co has KC-1 (placed) which nobody knows of: MO-1 is failed"]);
  assert.deepEqual(texts([theirs], [{ ...failed, isInQueue: true }]), []);
  assert.deepEqual(texts([{ ...theirs, status: "cancelled" }], [failed]), []);
  assert.deepEqual(texts([theirs], []), ["O3 kite-co has KC-1 (placed) which belongs to no order of ours"]);
});

test("what was given up here must not stand there, and what stands here must be there", () => {
  assert.deepEqual(texts([theirs], [{ ...ours, status: "cancelled" }]), [
    "O3 kite-co has KC-1 (placed) and MO-1 is cancelled",
  ]);
  assert.deepEqual(texts([], [ours]), ["O3 MO-1 is KC-1 at kite-co, which has no such order"]);
  assert.deepEqual(texts([], [{ ...ours, storeOrderNumber: "BY-HAND-1" }]), []);
});

test("an order goes to whom it was bought for, with what was bought", () => {
  const elsewhere = { ...theirs, shipTo: { ...theirs.shipTo, name: "Dana Maa" } };
  assert.deepEqual(texts([elsewhere], [ours]), ["O3 kite-co has KC-1 (placed) for somebody else than MO-1 is for"]);
  const more = { ...theirs, lines: [{ sku: "KC-POCKET-TEA", quantity: 2 }] };
  assert.deepEqual(texts([more], [ours]), ["O3 kite-co has KC-1 (placed) of other goods than MO-1 is of"]);
});

test("two that look alike may have been taken for one another", () => {
  const otherPhone = { ...shipTo, phone: "+12125000020" };
  const other = { ...ours, orderNumber: "MO-2", sessionId: "cs_2", storeOrderNumber: "KC-2", shipTo: otherPhone };
  assert.deepEqual(
    texts(
      [
        { ...theirs, shipTo: otherPhone },
        { ...theirs, number: "KC-2" },
      ],
      [ours, other],
    ),
    [],
  );
});

test("a telephone is the same however it is written, and nothing is nobody's", () => {
  assert.ok(isSamePhone("+1 (212) 500-0010", "2125000010"));
  assert.ok(!isSamePhone("2125000010", "2125000020"));
  assert.ok(!isSamePhone(null, null));
});
