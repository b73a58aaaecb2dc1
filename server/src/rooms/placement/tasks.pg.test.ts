import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDb } from "../../../test/db.ts";
import { paidOrder, type PaidOrder } from "../../../test/paid-orders.ts";
import { placementsClaim, taskClaim, taskFail, taskPlace, taskRead, taskRelease } from "./placement.sql.gen.ts";
import { endAttempt as writeAttempt } from "./write-outcome.ts";

const { pool } = await openTestDb();

const endAttempt = async (...args: Parameters<typeof writeAttempt>): Promise<string> =>
  (await writeAttempt(...args)).outcome;
const leaseSeconds = 900;
const claim = async ({ orderNumber }: PaidOrder, operator: string): Promise<string> =>
  (await taskClaim(pool, { orderNumber, operator, leaseSeconds })).outcome;
const place = async ({ orderNumber }: PaidOrder, operator: string, storeOrderNumber: string): Promise<string> =>
  (await taskPlace(pool, { orderNumber, operator, storeOrderNumber, paidMinor: 3_000n })).outcome;

async function attemptsOf({ orderNumber }: PaidOrder) {
  const { rows } = await pool.query(
    "select method, status, fence, store_order_number as number, worker_id as worker from placement.attempt where order_number = $1 order by fence",
    [orderNumber],
  );
  return rows;
}

test("of ten operators racing for one order one gets it, and the others are told", async () => {
  const order = await paidOrder(pool, {});
  const outcomes = await Promise.all(Array.from({ length: 10 }, (_, index) => claim(order, `acc_ops${index}`)));
  assert.equal(outcomes.filter((outcome) => outcome === "claimed").length, 1);
  assert.equal(outcomes.filter((outcome) => outcome === "held").length, 9);
});

test("claiming one's own renews it; a lease that ran out is anybody's, and its first holder may do nothing more", async () => {
  const order = await paidOrder(pool, {});
  assert.equal(await claim(order, "acc_a"), "claimed");
  assert.equal(await claim(order, "acc_a"), "claimed");
  await pool.query(
    "update placement.manual_task set claimed_until = now() - interval '1 second' where order_number = $1",
    [order.orderNumber],
  );
  assert.equal(await place(order, "acc_a", "A-1"), "not_held");
  assert.equal(await claim(order, "acc_b"), "claimed");
  assert.equal(await place(order, "acc_a", "A-1"), "not_held");
  assert.equal((await taskRelease(pool, { orderNumber: order.orderNumber, operator: "acc_a" })).outcome, "not_held");
  assert.equal((await taskRelease(pool, { orderNumber: order.orderNumber, operator: "acc_b" })).outcome, "released");
  assert.equal(
    (await taskFail(pool, { orderNumber: order.orderNumber, operator: "acc_b", reason: "other", note: null })).outcome,
    "not_held",
  );
});

test("placing by hand is an attempt like any other, once, whoever says it again", async () => {
  const order = await paidOrder(pool, {});
  await claim(order, "acc_a");
  assert.equal(await place(order, "acc_a", "HAND-7"), "placed");
  assert.equal(await place(order, "acc_a", "HAND-7"), "placed");
  assert.equal(await place(order, "acc_a", "HAND-8"), "closed");
  assert.equal(await claim(order, "acc_b"), "closed");
  assert.deepEqual(await attemptsOf(order), [
    { method: "manual", status: "placed", fence: 1, number: "HAND-7", worker: "acc_a" },
  ]);
  const { rows } = await pool.query("select status, placement_method from orders.store_order where order_number = $1", [
    order.orderNumber,
  ]);
  assert.deepEqual(rows, [{ status: "placed", placement_method: "manual" }]);
});

test("O3: a person who finds the lost order with the store ends the attempt that was unknown, and makes no second one", async () => {
  const order = await paidOrder(pool, { connector: "rest-oauth" });
  const [claimed] = await placementsClaim(pool, { workerId: "w1", methods: ["api"], countMax: 10 });
  assert.ok(claimed !== undefined);
  const lost = {
    status: "unknown",
    reason: "no_answer",
    detail: null,
    storeOrderNumber: null,
    storeTotalMinor: null,
    retryAfterMs: null,
    lookUpAfterSeconds: null,
  } as const;
  await endAttempt(pool, claimed.attemptId, lost);
  await claim(order, "acc_a");
  await endAttempt(pool, claimed.attemptId, lost);
  const task = await taskRead(pool, order);
  assert.equal(task?.claimedBy, "acc_a", "news of the attempt does not take the task out of their hands");
  assert.equal(await place(order, "acc_a", "FOUND-1"), "placed");
  assert.deepEqual(await attemptsOf(order), [
    { method: "api", status: "placed", fence: 1, number: "FOUND-1", worker: "w1" },
  ]);
  assert.equal(
    await endAttempt(pool, claimed.attemptId, { ...lost, status: "placed", storeOrderNumber: "FOUND-1" }),
    "ended",
  );
});

test("an answer that comes while a person is at it withdraws their task when it is there, and leaves it when it is not", async () => {
  for (const status of ["placed", "unavailable"] as const) {
    const order = await paidOrder(pool, { connector: "rest-oauth" });
    const claims = await placementsClaim(pool, { workerId: "w1", methods: ["api"], countMax: 10 });
    const attemptId = claims.find(({ orderNumber }) => orderNumber === order.orderNumber)?.attemptId ?? "";
    const base = {
      reason: "no_answer",
      detail: null,
      storeTotalMinor: null,
      retryAfterMs: null,
      lookUpAfterSeconds: null,
    } as const;
    await endAttempt(pool, attemptId, { ...base, status: "unknown", storeOrderNumber: null });
    await claim(order, "acc_a");
    await endAttempt(pool, attemptId, { ...base, status, storeOrderNumber: status === "placed" ? "SELF-1" : null });
    const task = await taskRead(pool, order);
    if (status === "placed") {
      assert.equal(task?.status, "withdrawn");
      assert.equal(await place(order, "acc_a", "HAND-1"), "closed");
    } else {
      assert.deepEqual([task?.status, task?.outcomeUnknown, task?.claimedBy], ["claimed", false, "acc_a"]);
      assert.equal(await place(order, "acc_a", "HAND-2"), "placed");
      assert.deepEqual(
        (await attemptsOf(order)).map((attempt) => attempt.status),
        ["unavailable", "placed"],
      );
    }
  }
});

test("giving up refunds the order, once", async () => {
  const order = await paidOrder(pool, {});
  const fail = async (): Promise<string> =>
    (
      await taskFail(pool, {
        orderNumber: order.orderNumber,
        operator: "acc_a",
        reason: "store_closed",
        note: "closed down",
      })
    ).outcome;
  assert.equal(await fail(), "not_held");
  await claim(order, "acc_a");
  assert.deepEqual([await fail(), await fail()], ["failed", "failed"]);
  const { rows } = await pool.query(
    "select status, reason, refunded_minor from orders.store_order where order_number = $1",
    [order.orderNumber],
  );
  assert.deepEqual(rows, [{ status: "failed", reason: "store_closed", refunded_minor: order.totalMinor }]);
  assert.equal(await place(order, "acc_a", "X"), "closed");
});

test("a number that another order of the store has is refused, and everything stays as it was", async () => {
  const first = await paidOrder(pool, {});
  const second = await paidOrder(pool, { storeId: first.storeId });
  for (const order of [first, second]) await claim(order, "acc_a");
  assert.equal(await place(first, "acc_a", "TWIN"), "placed");
  assert.equal(await place(second, "acc_a", "TWIN"), "number_taken");
  assert.equal((await taskRead(pool, second))?.status, "claimed");
  assert.equal(await place(second, "acc_a", "TWIN-2"), "placed");
});

test("what is not in the queue is not found", async () => {
  const nobody = { orderNumber: "MO-NOBODY", operator: "acc_a" };
  assert.equal((await taskClaim(pool, { ...nobody, leaseSeconds })).outcome, "not_found");
  assert.equal((await taskRelease(pool, nobody)).outcome, "not_found");
  assert.equal((await taskFail(pool, { ...nobody, reason: "other", note: null })).outcome, "not_found");
  assert.equal((await taskPlace(pool, { ...nobody, storeOrderNumber: "X", paidMinor: null })).outcome, "not_found");
  assert.equal(await taskRead(pool, nobody), null);
});
