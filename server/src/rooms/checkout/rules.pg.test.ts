import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { openTestDb } from "../../../test/db.ts";
import type { OrderRecord } from "./record.ts";
import { isSettled, paymentState, sessionTransitions, stepOf } from "./rules.ts";

const { pool } = await openTestDb();

async function session(status: string): Promise<string> {
  const sessionId = newId("cs");
  await pool.query(
    `insert into checkout.session (session_id, account_id, status, currency, cart_hash, snapshot, needs_shipping, item_count, subtotal_minor,
       total_minor, expires_at)
     values ($1, $1, $2, 'USD', 'h', '{"groups": []}', false, 1, 100, 100, now())`,
    [sessionId, status],
  );
  return sessionId;
}

test("the database holds the same life of a session as rules.ts, pair by pair", async () => {
  for (const [from, allowed] of Object.entries(sessionTransitions)) {
    for (const to of Object.keys(sessionTransitions)) {
      const change = pool.query("update checkout.session set status = $2 where session_id = $1", [
        await session(from),
        to,
      ]);
      if (from === to || allowed.some((status) => status === to)) await change;
      else await assert.rejects(change, { code: "MU001" }, `${from} → ${to}`);
    }
  }
});

test("a snapshot is frozen, whatever the code does (M6)", async () => {
  const sessionId = await session("pending");
  const change = pool.query(`update checkout.session set snapshot = '{"groups": [1]}' where session_id = $1`, [
    sessionId,
  ]);
  await assert.rejects(change, { code: "MU001" });
});

test("what may still become a charge is never called unpaid", () => {
  const facts = { isPaid: false, latePayment: null, deposit: null } as const;
  assert.equal(paymentState({ ...facts, status: null }), "unpaid");
  assert.equal(paymentState({ ...facts, status: "started" }), "checking");
  assert.equal(paymentState({ ...facts, status: "unknown" }), "checking");
  assert.equal(paymentState({ ...facts, status: "requires_action" }), "action_required");
  const deposit = { bankCode: "20", accountNumber: "X1", holderName: "A", dueAt: 0, isReverted: false };
  assert.equal(paymentState({ ...facts, status: "requires_action", deposit }), "awaiting_deposit");
  assert.equal(paymentState({ ...facts, status: "failed" }), "declined");
  assert.equal(paymentState({ ...facts, status: "canceled" }), "unpaid");
  assert.equal(paymentState({ ...facts, status: "succeeded" }), "paid");
  assert.equal(paymentState({ ...facts, status: "succeeded", isPaid: true, latePayment: "honoured" }), "paid");
  assert.equal(paymentState({ ...facts, status: "succeeded", isPaid: true, latePayment: "refunded" }), "refunded");
});

const order: OrderRecord = {
  orderNumber: "MO-1",
  groupKey: "store",
  storeName: "Store",
  storeOrderNumber: null,
  status: "pending",
  paymentStatus: "paid",
  reason: null,
  totalMinor: 100,
  refundedMinor: 0,
  placedAt: null,
  refund: null,
  placement: "waiting",
};

test("the place call waits for stores, not for people", () => {
  const session = { status: "processing", onStoreFailure: "ship_what_you_can" } as const;
  const failed: OrderRecord = { ...order, status: "failed" };
  const placed: OrderRecord = { ...order, status: "placed" };
  assert.equal(isSettled(session, [order]), false);
  assert.equal(isSettled(session, [{ ...order, placement: "running" }]), false);
  assert.equal(isSettled(session, [{ ...order, placement: "manual" }]), true);
  assert.equal(isSettled(session, [{ ...order, placement: "unknown" }]), true);
  assert.equal(isSettled(session, [placed, order]), false);
  assert.equal(isSettled(session, [placed, failed]), true);
  const allOrNothing = { ...session, onStoreFailure: "all_or_nothing" } as const;
  assert.equal(isSettled(allOrNothing, [placed, failed]), false, "the placed one is being called back");
  assert.equal(isSettled({ ...allOrNothing, status: "failed" }, [failed, { ...order, status: "cancelled" }]), true);
});

test("each order is at one step that a page can show", () => {
  assert.equal(stepOf({ ...order, paymentStatus: "unpaid", placement: null }), "waiting_for_payment");
  assert.equal(stepOf(order), "waiting");
  assert.equal(stepOf({ ...order, placement: "running" }), "placing");
  assert.equal(stepOf({ ...order, placement: "unknown" }), "checking");
  assert.equal(stepOf({ ...order, placement: "manual" }), "by_hand");
  assert.equal(stepOf({ ...order, status: "shipped" }), "shipped");
});
