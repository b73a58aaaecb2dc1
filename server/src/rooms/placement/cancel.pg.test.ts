import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDb } from "../../../test/db.ts";
import { paidOrder, paidOrders, type PaidOrder } from "../../../test/paid-orders.ts";
import { cancelOrder } from "./cancel-order.ts";
import {
  cancelEnd,
  cancelsRing,
  cancelTake,
  placementsClaim,
  taskCancel,
  taskClaim,
  taskFail,
  taskPlace,
  taskRelease,
} from "./placement.sql.gen.ts";
import { endAttempt as writeAttempt, type AttemptOutcome } from "./write-outcome.ts";

const { pool } = await openTestDb();

const endAttempt = async (...args: Parameters<typeof writeAttempt>): Promise<string> =>
  (await writeAttempt(...args)).outcome;
const api = { connector: "rest-lookup" } as const;
const operator = "acc_ops1";

const blank = {
  reason: null,
  detail: null,
  storeOrderNumber: null,
  storeTotalMinor: null,
  retryAfterMs: null,
  lookUpAfterSeconds: null,
} as const;
const unknown: AttemptOutcome = { ...blank, status: "unknown", reason: "no_answer", lookUpAfterSeconds: 60 };
const unavailable: AttemptOutcome = { ...blank, status: "unavailable", reason: "unreachable" };
let numbers = 0;
const placed = (): AttemptOutcome => ({ ...blank, status: "placed", storeOrderNumber: `N-${(numbers += 1)}` });

async function claim({ orderNumber }: PaidOrder): Promise<string> {
  await pool.query(
    "update placement.placement set next_attempt_at = now() + interval '1 hour' where order_number <> $1 and status = 'waiting'",
    [orderNumber],
  );
  const [claimed] = await placementsClaim(pool, { workerId: "w1", methods: ["api"], countMax: 10 });
  assert.equal(claimed?.orderNumber, orderNumber);
  return claimed.attemptId;
}

async function placedOrder(): Promise<PaidOrder> {
  const order = await paidOrder(pool, api);
  assert.equal(await endAttempt(pool, await claim(order), placed()), "placed");
  return order;
}

async function stateOf({ orderNumber }: PaidOrder) {
  const { rows } = await pool.query(
    `select o.status as "order", o.reason, o.refunded_minor as refunded, o.cancel_refused_at is not null as "isRefused", p.status as placement,
       p.cancel_at is not null as "isAsking", t.kind, t.status as task, t.why
     from orders.store_order o left join placement.placement p using (order_number)
     left join placement.manual_task t on t.order_number = o.order_number and t.closed_at is null
     where o.order_number = $1`,
    [orderNumber],
  );
  return rows[0];
}

const cancel = async ({ orderNumber }: PaidOrder, reason = "cancelled_by_shopper"): Promise<string> =>
  (await cancelOrder(pool, orderNumber, reason)).kind;

async function jobs({ orderNumber }: PaidOrder): Promise<number> {
  const { rows } = await pool.query("select count(*)::int as count from graphile_worker.jobs where key = $1", [
    `placement.cancel:${orderNumber}`,
  ]);
  return rows[0].count;
}

test("before anything was submitted an order is cancelled at once, and every cent goes back", async () => {
  const waiting = await paidOrder(pool, api);
  const byHand = await paidOrder(pool, {});
  for (const order of [waiting, byHand]) {
    assert.equal(await cancel(order), "cancelled");
    assert.equal(await cancel(order), "cancelled", "again changes nothing");
    const state = await stateOf(order);
    assert.deepEqual(
      [state.order, state.reason, state.refunded, state.placement, state.task],
      ["cancelled", "cancelled_by_shopper", order.totalMinor, "cancelled", null],
    );
  }
  const claimed = await placementsClaim(pool, { workerId: "w", methods: ["api"], countMax: 50 });
  assert.ok(!claimed.some(({ orderNumber }) => orderNumber === waiting.orderNumber));
});

test("while it may be with the store, the wish waits for the outcome: placed asks the store, anything else ends it", async () => {
  const outcomes = [
    { ends: unavailable, outcome: "cancelled", order: "cancelled", asks: 0 },
    {
      ends: { ...blank, status: "refused", reason: "out_of_stock" } as const,
      outcome: "cancelled",
      order: "cancelled",
      asks: 0,
    },
    { ends: placed(), outcome: "placed", order: "placed", asks: 1 },
  ] as const;
  for (const isUnknown of [false, true]) {
    for (const { ends, outcome, order: status, asks } of outcomes) {
      const order = await paidOrder(pool, api);
      const attemptId = await claim(order);
      if (isUnknown) await endAttempt(pool, attemptId, unknown);
      assert.equal(await cancel(order), "requested");
      assert.equal(await cancel(order), "requested", "again changes nothing");
      assert.equal((await stateOf(order)).order, "pending");
      assert.equal(await endAttempt(pool, attemptId, ends.status === "placed" ? placed() : ends), outcome);
      const state = await stateOf(order);
      assert.deepEqual([state.order, state.isAsking], [status, asks === 1]);
      assert.equal(await jobs(order), asks);
      assert.equal(state.refunded, status === "cancelled" ? order.totalMinor : 0n);
    }
  }
});

test("a placed order is asked back from its store: yes refunds it, no lets it go on, and then it is not asked again", async () => {
  for (const [answer, expected] of [
    ["cancelled", ["cancelled", true, false]],
    ["refused", ["placed", false, true]],
  ] as const) {
    const order = await placedOrder();
    assert.equal(await cancel(order), "requested");
    assert.equal(await jobs(order), 1);
    const taken = await cancelTake(pool, { orderNumber: order.orderNumber, leaseSeconds: 60 });
    assert.deepEqual([taken.outcome, taken.tries, taken.connector], ["due", 1, "rest-lookup"]);
    assert.equal(
      (await cancelTake(pool, { orderNumber: order.orderNumber, leaseSeconds: 60 })).outcome,
      "later",
      "one worker asks",
    );
    const ended = await cancelEnd(pool, {
      orderNumber: order.orderNumber,
      answer,
      detail: null,
      againAfterSeconds: null,
    });
    assert.equal(ended.outcome, answer);
    const state = await stateOf(order);
    assert.deepEqual([state.order, state.refunded === order.totalMinor, state.isRefused], expected);
    assert.equal(await cancel(order), answer === "cancelled" ? "cancelled" : "refused_by_store");
    const again = await cancelEnd(pool, {
      orderNumber: order.orderNumber,
      answer: "cancelled",
      detail: null,
      againAfterSeconds: null,
    });
    assert.equal(again.outcome, "over");
    assert.equal((await cancelTake(pool, { orderNumber: order.orderNumber, leaseSeconds: 60 })).outcome, "over");
  }
});

test("a store that does not answer is asked again, and after that a person asks", async () => {
  const order = await placedOrder();
  await cancel(order);
  await cancelTake(pool, { orderNumber: order.orderNumber, leaseSeconds: 60 });
  const later = await cancelEnd(pool, {
    orderNumber: order.orderNumber,
    answer: "unavailable",
    detail: "503",
    againAfterSeconds: 5,
  });
  assert.equal(later.outcome, "later");
  await pool.query("update placement.placement set cancel_at = now() - interval '31 seconds' where order_number = $1", [
    order.orderNumber,
  ]);
  await pool.query("delete from graphile_worker._private_jobs");
  assert.ok((await cancelsRing(pool, { countMax: 10 })).found >= 1);
  assert.equal(await jobs(order), 1, "a job that was lost is rung for again");

  const manual = await cancelEnd(pool, {
    orderNumber: order.orderNumber,
    answer: "unavailable",
    detail: "503",
    againAfterSeconds: null,
  });
  assert.equal(manual.outcome, "manual");
  const state = await stateOf(order);
  assert.deepEqual(
    [state.kind, state.task, state.why, state.isAsking, state.order],
    ["cancel", "open", "cancel_at_store", false, "placed"],
  );

  const { orderNumber } = order;
  assert.equal((await taskCancel(pool, { orderNumber, operator, isCancelled: true, note: null })).outcome, "not_held");
  await taskClaim(pool, { orderNumber, operator, leaseSeconds: 900 });
  assert.equal(
    (await taskPlace(pool, { orderNumber, operator, storeOrderNumber: "X", paidMinor: null })).outcome,
    "closed",
  );
  assert.equal((await taskFail(pool, { orderNumber, operator, reason: "other", note: null })).outcome, "closed");
  assert.equal(
    (await taskCancel(pool, { orderNumber, operator, isCancelled: true, note: "by phone" })).outcome,
    "cancelled",
  );
  assert.equal(
    (await taskCancel(pool, { orderNumber, operator, isCancelled: true, note: "by phone" })).outcome,
    "cancelled",
  );
  assert.equal((await taskCancel(pool, { orderNumber, operator, isCancelled: false, note: null })).outcome, "closed");
  assert.deepEqual(await stateOf(order).then((now) => [now.order, now.refunded]), ["cancelled", order.totalMinor]);
});

test("an order that was placed by hand is asked back by hand, and a no is the shopper's answer", async () => {
  const order = await paidOrder(pool, {});
  const { orderNumber } = order;
  await taskClaim(pool, { orderNumber, operator, leaseSeconds: 900 });
  await taskPlace(pool, { orderNumber, operator, storeOrderNumber: "HAND-1", paidMinor: null });
  await cancel(order);
  const taken = await cancelTake(pool, { orderNumber, leaseSeconds: 60 });
  assert.deepEqual([taken.outcome, taken.connector], ["due", null]);
  await cancelEnd(pool, { orderNumber, answer: "unsupported", detail: null, againAfterSeconds: null });
  await taskClaim(pool, { orderNumber, operator, leaseSeconds: 900 });
  assert.equal((await taskCancel(pool, { orderNumber, operator, isCancelled: false, note: null })).outcome, "refused");
  assert.deepEqual(await stateOf(order).then((now) => [now.order, now.isRefused, now.task]), ["placed", true, null]);
});

test("an operator who is at it is not interrupted; letting go of it, or losing the lease, ends it", async () => {
  const released = await paidOrder(pool, {});
  await taskClaim(pool, { orderNumber: released.orderNumber, operator, leaseSeconds: 900 });
  assert.equal(await cancel(released), "requested");
  assert.equal((await stateOf(released)).order, "pending");
  assert.equal((await taskRelease(pool, { orderNumber: released.orderNumber, operator })).outcome, "released");
  assert.equal((await stateOf(released)).order, "cancelled");

  const forgotten = await paidOrder(pool, {});
  await taskClaim(pool, { orderNumber: forgotten.orderNumber, operator, leaseSeconds: 900 });
  await cancel(forgotten);
  await pool.query(
    "update placement.manual_task set claimed_until = now() - interval '1 second' where order_number = $1",
    [forgotten.orderNumber],
  );
  await cancelsRing(pool, { countMax: 10 });
  assert.deepEqual(await stateOf(forgotten).then((now) => [now.order, now.task]), ["cancelled", null]);

  const given = await paidOrder(pool, {});
  await taskClaim(pool, { orderNumber: given.orderNumber, operator, leaseSeconds: 900 });
  await cancel(given);
  assert.equal(
    (await taskFail(pool, { orderNumber: given.orderNumber, operator, reason: "other", note: null })).outcome,
    "failed",
  );
  assert.deepEqual(await stateOf(given).then((now) => [now.order, now.reason]), ["cancelled", "cancelled_by_shopper"]);
});

test("what is on its way or over is not cancelled, and what was never paid does not exist", async () => {
  const order = await placedOrder();
  await pool.query("select orders.advance_1($1, 'shipped', null)", [order.orderNumber]);
  assert.equal(await cancel(order), "not_cancellable");
  await pool.query("select orders.advance_1($1, 'delivered', null)", [order.orderNumber]);
  assert.equal(await cancel(order), "not_cancellable");
  const failed = await paidOrder(pool, api);
  await endAttempt(pool, await claim(failed), { ...blank, status: "refused", reason: "rejected" });
  assert.equal(await cancel(failed), "not_cancellable");
  assert.equal(await cancel(await paidOrder(pool, api, { isPaid: false })), "not_found");
  assert.equal((await cancelOrder(pool, "MO-NOBODY", "x")).kind, "not_found");
});

test("all or nothing: when one order fails its sister is called back with that reason", async () => {
  const [first, second] = await paidOrders(pool, [api, api], { onStoreFailure: "all_or_nothing" });
  assert.ok(first !== undefined && second !== undefined);
  await endAttempt(pool, await claim(first), { ...blank, status: "refused", reason: "out_of_stock" });
  assert.equal(await cancel(second, "all_or_nothing"), "cancelled");
  const { rows } = await pool.query("select status from checkout.session where session_id = $1", [first.sessionId]);
  assert.deepEqual(rows, [{ status: "failed" }]);
  assert.equal((await stateOf(second)).reason, "all_or_nothing");
});

test("twenty cancellations racing a claim: cancelled before it, or obeyed after it, never both", async () => {
  const orders = (await Promise.all(Array.from({ length: 5 }, () => paidOrders(pool, [api, api, api, api])))).flat();
  const [claims, ...kinds] = await Promise.all([
    placementsClaim(pool, { workerId: "w", methods: ["api"], countMax: 100 }),
    ...orders.map((order) => cancel(order)),
  ]);
  for (const [index, order] of orders.entries()) {
    const claimed = claims.find(({ orderNumber }) => orderNumber === order.orderNumber);
    assert.equal(kinds[index], claimed === undefined ? "cancelled" : "requested");
    if (claimed !== undefined) assert.equal(await endAttempt(pool, claimed.attemptId, unavailable), "cancelled");
    assert.equal((await stateOf(order)).refunded, order.totalMinor);
  }
});
