import assert from "node:assert/strict";
import { test } from "node:test";
import { openLog } from "#platform/log/log.ts";
import { openTestDb } from "../../../test/db.ts";
import { paidOrder, type PaidOrder } from "../../../test/paid-orders.ts";
import { applyStoreEvent, isStoreEventType, storeEventTypes, type StoreEventType } from "./index.ts";
import { parcelsMax } from "./rules.ts";

const { pool } = await openTestDb();
const lines: string[] = [];
const log = openLog({ level: "debug", program: "test", destination: { write: (line) => void lines.push(line) } });
const api = { connector: "rest-oauth" } as const;

function tell(
  order: PaidOrder,
  type: StoreEventType,
  data: object = {},
  storeId = order.storeId,
): Promise<string | null> {
  const event = { orderNumber: `AT-${order.orderNumber}`, reference: order.orderNumber, ...data };
  return applyStoreEvent({ db: pool, log }, { storeId, type, data: event });
}

async function placed(): Promise<PaidOrder> {
  const order = await paidOrder(pool, api);
  const attemptId = await claim(order);
  await end(attemptId, "placed", `AT-${order.orderNumber}`);
  return order;
}

async function claim({ orderNumber }: PaidOrder): Promise<string> {
  const { rows } = await pool.query("select attempt_id, order_number from placement.claim_1('w', '{api}', 50)");
  return rows.find((row) => row.order_number === orderNumber).attempt_id;
}

async function end(attemptId: string, status: string, number: string | null): Promise<string> {
  const { rows } = await pool.query(
    "select placement.attempt_end_1($1, $2::placement.attempt_status, null, null, $3, null, null, $4) as o",
    [attemptId, status, number, status === "unknown" ? "1 minute" : null],
  );
  return rows[0].o;
}

async function stateOf({ orderNumber }: PaidOrder) {
  const { rows } = await pool.query(
    `select o.status as "order", o.reason, o.store_order_number as number, o.refunded_minor as refunded, o.tracking_number as tracking, p.status as placement,
       (select string_agg(h.to_status::text, ' ' order by h.history_id) from orders.order_status_history h where h.order_number = o.order_number) as history,
       (select count(*)::int from placement.attempt a where a.order_number = o.order_number and a.status = 'placed') as attempts,
       (select t.why from placement.manual_task t where t.order_number = o.order_number and t.closed_at is null) as why
     from orders.store_order o left join placement.placement p using (order_number) where o.order_number = $1`,
    [orderNumber],
  );
  return rows[0];
}

test("an order's life in its order, each event twice: one row of history each", async () => {
  const order = await placed();
  const outcomes: (string | null)[] = [];
  for (const type of ["order.confirmed", "order.shipped", "order.delivered"] as const) {
    for (const _twice of [1, 2])
      outcomes.push(
        await tell(order, type, { carrier: "SwiftPost", trackingNumber: "SW-77", estimatedDelivery: "2026-11-25" }),
      );
  }
  assert.deepEqual(outcomes, ["advanced", "already", "advanced", "already", "advanced", "already"]);
  const state = await stateOf(order);
  assert.equal(state.history, "pending placed confirmed shipped delivered");
  assert.equal(state.tracking, "SW-77");
  const { rows } = await pool.query(
    "select status, carrier, poll_at, count(*) over ()::int as count from shipment.shipment where order_number = $1",
    [order.orderNumber],
  );
  assert.deepEqual(rows, [{ status: "delivered", carrier: "swiftpost", poll_at: null, count: 1 }]);
});

test("W1: in every order of arrival the end is the same, and nothing goes back", async () => {
  const types = ["order.confirmed", "order.shipped", "order.delivered"] as const;
  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ] as const;
  for (const sequence of orders) {
    const order = await placed();
    for (const index of sequence) await tell(order, types[index]);
    const { order: status, history } = await stateOf(order);
    assert.equal(status, "delivered", sequence.join());
    assert.ok(
      history === "pending placed confirmed shipped delivered" || history === "pending placed shipped delivered",
      history,
    );
  }
});

async function parcelsOf({ orderNumber }: PaidOrder): Promise<unknown[]> {
  const { rows } = await pool.query(
    "select tracking_number as number, status, poll_at from shipment.shipment where order_number = $1",
    [orderNumber],
  );
  return rows;
}

test("a parcel whose arrival overtakes the word that it was sent is known, and has arrived", async () => {
  const order = await placed();
  const number = `SW-${order.orderNumber}`;
  assert.equal(await tell(order, "order.delivered"), "advanced");
  const sent = { carrier: "swiftpost", trackingNumber: number };
  assert.deepEqual(
    [await tell(order, "order.shipped", sent), await tell(order, "order.shipped", sent)],
    ["advanced", "already"],
  );
  assert.deepEqual(await parcelsOf(order), [{ number, status: "delivered", poll_at: null }]);
  const { order: status, tracking, history } = await stateOf(order);
  assert.deepEqual([status, tracking, history], ["delivered", number, "pending placed shipped delivered"]);
});

test("a parcel of an order that was called back on its way arrives all the same", async () => {
  const order = await placed();
  const sent = { carrier: "swiftpost", trackingNumber: `SW-${order.orderNumber}` };
  await tell(order, "order.shipped", sent);
  await pool.query("select orders.order_end_1($1, 'cancelled', 'cancelled_by_shopper')", [order.orderNumber]);
  assert.equal(await tell(order, "order.delivered"), "ended");
  assert.deepEqual(await parcelsOf(order), [{ number: sent.trackingNumber, status: "delivered", poll_at: null }]);
  assert.equal((await stateOf(order)).order, "cancelled");
});

test("an event that is faster than the store's own answer makes it good, and the late answer changes nothing", async () => {
  for (const isUnknown of [false, true]) {
    const order = await paidOrder(pool, api);
    const attemptId = await claim(order);
    if (isUnknown) await end(attemptId, "unknown", null);
    assert.equal(await tell(order, "order.shipped"), "advanced");
    const state = await stateOf(order);
    assert.deepEqual(
      [state.order, state.number, state.attempts, state.placement],
      ["shipped", `AT-${order.orderNumber}`, 1, "placed"],
    );
    assert.equal(await end(attemptId, "placed", `AT-${order.orderNumber}`), "ended");
  }
});

test("an order that was given back to the queue or to a person, and that the store has, is placed and submitted no more", async () => {
  const waiting = await paidOrder(pool, api);
  const manual = await paidOrder(pool, {});
  for (const order of [waiting, manual]) {
    assert.equal(await tell(order, "order.confirmed"), "advanced");
    const state = await stateOf(order);
    assert.deepEqual([state.order, state.placement, state.attempts, state.why], ["confirmed", "placed", 1, null]);
  }
});

test("the store cancels: refunded whole, whatever it was doing, once", async () => {
  const inFlight = await paidOrder(pool, api);
  const attemptId = await claim(inFlight);
  const cases = [await placed(), await paidOrder(pool, {}), await paidOrder(pool, api), inFlight];
  for (const order of cases) {
    assert.equal(await tell(order, "order.cancelled", { reason: "lost in the warehouse" }), "cancelled");
    assert.equal(await tell(order, "order.cancelled"), "ended");
    const state = await stateOf(order);
    assert.deepEqual(
      [state.order, state.reason, state.refunded, state.placement, state.why],
      ["cancelled", "cancelled_by_store", order.totalMinor, "cancelled", null],
    );
  }
  assert.equal(await end(attemptId, "placed", `AT-${inFlight.orderNumber}`), "ended");

  const shipped = await placed();
  await tell(shipped, "order.shipped");
  assert.equal(await tell(shipped, "order.cancelled"), "cancelled");
  const delivered = await placed();
  await tell(delivered, "order.delivered");
  assert.equal(await tell(delivered, "order.cancelled"), "already");
  assert.equal((await stateOf(delivered)).refunded, 0n);
});

test("the store's cancellation that we asked for keeps our reason, and ends the asking", async () => {
  const order = await placed();
  await pool.query("select placement.cancel_1($1, 'cancelled_by_shopper')", [order.orderNumber]);
  await pool.query("select placement.cancel_by_hand_1($1, 'cancel_at_store', null)", [order.orderNumber]);
  assert.equal(await tell(order, "order.cancelled"), "cancelled");
  assert.deepEqual(await stateOf(order).then((state) => [state.order, state.reason, state.why]), [
    "cancelled",
    "cancelled_by_shopper",
    null,
  ]);
});

test("O3: an order that has ended here and that the store has after all is a person's to take back, and pages", async () => {
  const order = await paidOrder(pool, api);
  await pool.query("select placement.cancel_1($1, 'cancelled_by_shopper')", [order.orderNumber]);
  assert.equal(await tell(order, "order.confirmed"), "surplus");
  assert.equal(await tell(order, "order.shipped"), "surplus");
  assert.deepEqual(await stateOf(order).then((state) => [state.order, state.why]), ["cancelled", "surplus_at_store"]);
  assert.ok(lines.some((line) => line.includes("store_event.surplus")));

  const twice = await placed();
  assert.equal(await tell(twice, "order.confirmed", { orderNumber: "SECOND-1" }), "other_order");
  assert.equal(await tell(twice, "order.cancelled", { orderNumber: "SECOND-1" }), "other_order");
  assert.deepEqual(await stateOf(twice).then((state) => [state.order, state.why]), ["placed", "surplus_at_store"]);
  await pool.query("update placement.manual_task set status = 'cancelled', closed_at = now() where order_number = $1", [
    twice.orderNumber,
  ]);
  await tell(twice, "order.shipped", { orderNumber: "SECOND-1" });
  assert.equal((await stateOf(twice)).why, null, "once somebody has dealt with it, its later events are no news");
});

test("a late event of an order that was placed and then cancelled is no surplus", async () => {
  const order = await placed();
  await tell(order, "order.cancelled");
  assert.equal(await tell(order, "order.confirmed"), "ended");
  assert.equal((await stateOf(order)).why, null);
});

test("what is not this store's, not known, not paid or not readable has no effect", async () => {
  const order = await placed();
  const other = await paidOrder(pool, api);
  assert.equal(await tell(order, "order.cancelled", {}, other.storeId), null);
  assert.equal(await tell({ ...order, orderNumber: "MO-NOBODY" }, "order.confirmed"), null);
  const unpaid = await paidOrder(pool, api, { isPaid: false });
  assert.equal(await tell(unpaid, "order.confirmed"), "not_paid");
  assert.equal(await tell(order, "order.confirmed", { orderNumber: 7 }), "invalid");
  assert.equal((await stateOf(order)).order, "placed");
  assert.deepEqual(storeEventTypes.map(isStoreEventType), [true, true, true, true]);
  assert.equal(isStoreEventType("order.burned"), false);
});

test("an event without our number is known by the store's, and a strange tracking number is left out", async () => {
  for (const reference of [null, ""]) {
    const order = await placed();
    const strange = { reference, carrier: "swiftpost", trackingNumber: "<script>", estimatedDelivery: "soon" };
    assert.equal(await tell(order, "order.shipped", strange), "advanced");
    assert.deepEqual(await stateOf(order).then((state) => [state.order, state.tracking]), ["shipped", null]);
  }
});

test("two parcels: the order is delivered with the last of them", async () => {
  const order = await placed();
  await tell(order, "order.shipped", { carrier: "swiftpost", trackingNumber: "P-1001" });
  await tell(order, "order.shipped", { carrier: "swiftpost", trackingNumber: "P-1002" });
  const { rows } = await pool.query(
    "select shipment_id from shipment.shipment where order_number = $1 order by tracking_number",
    [order.orderNumber],
  );
  const progress = (index: number, status: string): Promise<unknown> =>
    pool.query("select shipment.progress_1($1, $2::shipment.shipment_status, null, '[]', interval '5 s')", [
      rows[index].shipment_id,
      status,
    ]);
  await progress(0, "delivered");
  assert.equal((await stateOf(order)).order, "shipped");
  await progress(1, "exception");
  await progress(1, "delivered");
  assert.equal((await stateOf(order)).order, "delivered");
});

test("an event of one parcel too many is done with, told to a person, and changes nothing", async () => {
  const order = await placed();
  const sent = (number: number) => ({ carrier: "swiftpost", trackingNumber: `M-${order.orderNumber}-${number}` });
  for (let number = 1; number <= parcelsMax; number += 1) {
    assert.equal(await tell(order, "order.shipped", sent(number)), "advanced");
  }
  const before = await stateOf(order);
  lines.length = 0;
  // Not null: what is null is worked again.
  assert.equal(await tell(order, "order.shipped", sent(parcelsMax + 1)), "parcels_too_many");
  assert.deepEqual(await stateOf(order), before);
  assert.equal((await parcelsOf(order)).length, parcelsMax);
  const told = lines.map((line) => JSON.parse(line)).find(({ event }) => event === "store_event.parcels_too_many");
  assert.deepEqual([told?.storeId, told?.orderNumber, told?.level], [order.storeId, order.orderNumber, 50]);

  assert.equal(await tell(order, "order.shipped", sent(1)), "already", "a known one is no more than it was");
  assert.equal(await tell(order, "order.delivered"), "advanced");
  assert.equal(
    await tell(order, "order.shipped", sent(parcelsMax + 1)),
    "parcels_too_many",
    "nor when all have arrived",
  );
});
