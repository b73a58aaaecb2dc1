import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { openTestDb } from "../../../test/db.ts";
import { paidOrder, type PaidOrder } from "../../../test/paid-orders.ts";
import { permit } from "../../../test/permit.ts";
import { cancelOrder } from "./cancel-order.ts";
import {
  attemptSubmitting,
  lookUpsClaim,
  overdueAbandon,
  placementsClaim,
  placementsUnstick,
} from "./placement.sql.gen.ts";
import { endAttempt, type AttemptOutcome } from "./write-outcome.ts";

const { pool } = await openTestDb();

const nothing = {
  reason: null,
  detail: null,
  storeOrderNumber: null,
  storeTotalMinor: null,
  retryAfterMs: null,
  lookUpAfterSeconds: null,
} as const;
const fenceLost: AttemptOutcome = { ...nothing, status: "unavailable", reason: "fence_lost" };

/** An order whose first tier is a browser, and whose second a person. */
async function shopOrder(bounds?: Parameters<typeof permit>[2] | null, storeId?: string): Promise<PaidOrder> {
  const order = await paidOrder(pool, {
    connector: "pages",
    lines: [{ priceMinor: 2_000, taxMinor: 100 }],
    shippingMinor: 600,
    ...(storeId === undefined ? {} : { storeId }),
  });
  if (storeId !== undefined) return order;
  await pool.query(
    "update store.tier set method = 'headless', timeout_ms = 240000 where store_id = $1 and position = 1",
    [order.storeId],
  );
  await pool.query("update placement.placement set method = 'headless' where order_number = $1", [order.orderNumber]);
  if (bounds !== null) await permit(pool, order.storeId, bounds);
  return order;
}

/** Each time another worker, as each has one browser for a store. */
async function claimAll(countMax = 100, workerId = newId("wrk")) {
  return await placementsClaim(pool, { workerId, methods: ["headless"], countMax });
}

async function claim({ orderNumber }: PaidOrder) {
  const claimed = (await claimAll()).find((row) => row.orderNumber === orderNumber);
  assert.ok(claimed !== undefined, "it is claimed");
  return claimed;
}

async function stateOf({ orderNumber }: PaidOrder) {
  const { rows } = await pool.query<Record<string, string | boolean | null>>(
    `select p.status, p.method, p.reason, o.status as "order", t.why, p.next_attempt_at > now() as "isLater",
       (select string_agg(a.status || coalesce(' ' || a.reason, ''), ', ' order by a.fence) from placement.attempt a
        where a.order_number = p.order_number) as attempts
     from placement.placement p join orders.store_order o using (order_number)
     left join placement.manual_task t on t.order_number = p.order_number and t.closed_at is null where p.order_number = $1`,
    [orderNumber],
  );
  const [row] = rows;
  assert.ok(row !== undefined);
  return row;
}

const makeOverdue = async (attemptId: string): Promise<unknown> =>
  await pool.query("update placement.attempt set deadline_at = now() - interval '1 s' where attempt_id = $1", [
    attemptId,
  ]);

test("the guard of a web shop is of what its review page shows: goods, delivery and tax", async () => {
  const order = await shopOrder();
  await pool.query("update store.store set price_margin_bp = 200 where store_id = $1", [order.storeId]);
  const { request } = await claim(order);
  assert.equal((request as { totalMinorMax: number }).totalMinorMax, Math.floor((2_000 + 600 + 100) * 1.02));
});

test("leave to press is given once, and its moment is kept", async () => {
  const { attemptId } = await claim(await shopOrder());
  const asked = await Promise.all([1, 2, 3].map(async () => await attemptSubmitting(pool, { attemptId })));
  assert.equal(asked.filter(({ maySubmit }) => maySubmit).length, 1);
});

test("no leave after the deadline, after the order is wanted back, or for an attempt that has ended", async () => {
  const overdue = await claim(await shopOrder());
  await makeOverdue(overdue.attemptId);
  assert.equal((await attemptSubmitting(pool, overdue)).maySubmit, false);

  const order = await shopOrder();
  const wanted = await claim(order);
  assert.equal((await cancelOrder(pool, order.orderNumber, "cancelled_by_shopper")).kind, "requested");
  assert.equal((await attemptSubmitting(pool, wanted)).maySubmit, false);
  // The browser says that it pressed nothing: now the wish can be granted.
  await endAttempt(pool, wanted.attemptId, fenceLost);
  assert.equal((await stateOf(order))["order"], "cancelled");
  assert.equal((await attemptSubmitting(pool, wanted)).maySubmit, false);
  assert.equal((await attemptSubmitting(pool, { attemptId: "pla_none" })).maySubmit, false);
});

test("a fence that was lost for another reason changes nothing", async () => {
  const order = await shopOrder();
  const { attemptId } = await claim(order);
  assert.equal((await endAttempt(pool, attemptId, fenceLost)).outcome, "ended");
  assert.deepEqual([(await stateOf(order))["status"], (await stateOf(order))["attempts"]], ["running", "started"]);
});

test("C11: a worker that dies before the leave has ordered nothing, one that dies after it may have", async () => {
  const before = await shopOrder();
  const after = await shopOrder();
  const claims = await claimAll();
  for (const { attemptId, orderNumber } of claims) {
    if (orderNumber === after.orderNumber) assert.equal((await attemptSubmitting(pool, { attemptId })).maySubmit, true);
    await makeOverdue(attemptId);
  }
  await overdueAbandon(pool, { countMax: 100 });
  const [first, second] = [await stateOf(before), await stateOf(after)];
  assert.deepEqual(
    [first["status"], first["method"], first["attempts"]],
    ["waiting", "headless", "unavailable worker_lost"],
  );
  assert.deepEqual([second["status"], second["attempts"]], ["unknown", "unknown no_answer"]);
  const asked = await lookUpsClaim(pool, { methods: ["headless"], countMax: 100 });
  const mine = asked.find(({ orderNumber }) => orderNumber === after.orderNumber);
  const clue = mine?.clue as { readonly lines: readonly unknown[]; readonly shipTo: { readonly zip: string } };
  assert.deepEqual([clue.lines.length, clue.shipTo.zip], [1, "97201"]);
  assert.deepEqual(await lookUpsClaim(pool, { methods: ["api"], countMax: 100 }), []);
});

test("what may pass by itself is tried again at the same tier, what a person has to see goes on at once", async () => {
  for (const [reason, status, why] of [
    ["browser_lost", "waiting", null],
    ["sign_in_lost", "waiting", null],
    ["captcha", "manual", "captcha"],
    ["queue", "manual", "queue"],
    ["page_changed", "manual", "page_changed"],
    ["credentials", "manual", "credentials"],
  ] as const) {
    const order = await shopOrder();
    const { attemptId } = await claim(order);
    await endAttempt(pool, attemptId, { ...nothing, status: "unavailable", reason });
    const state = await stateOf(order);
    assert.deepEqual([state["status"], state["why"], state["isLater"]], [status, why, status === "waiting"], reason);
  }
});

test("a store that permits nothing, or is sick, is passed over; a full hour is waited for as long as is worth it", async () => {
  const forbidden = await shopOrder(null);
  await claimAll();
  assert.deepEqual(
    [(await stateOf(forbidden))["status"], (await stateOf(forbidden))["why"]],
    ["manual", "not_permitted"],
  );

  const paused = await shopOrder();
  await pool.query("insert into store.tier_gate (store_id, position, state) values ($1, 1, 'paused')", [
    paused.storeId,
  ]);
  await claimAll();
  assert.deepEqual([(await stateOf(paused))["status"], (await stateOf(paused))["why"]], ["manual", "sick"]);

  const first = await shopOrder({ ordersPerHour: 1 });
  const second = await shopOrder(undefined, first.storeId);
  await claimAll();
  await claimAll();
  assert.equal((await stateOf(first))["status"], "running");
  assert.deepEqual([(await stateOf(second))["status"], (await stateOf(second))["why"]], ["manual", "rate_limited"]);
  // Ten minutes and its hour is over: that is waited for.
  await pool.query("update store.pass set at = now() - interval '50 minutes' where store_id = $1", [first.storeId]);
  const third = await shopOrder(undefined, first.storeId);
  await claimAll();
  const { status, reason, isLater } = await stateOf(third);
  assert.deepEqual([status, reason, isLater], ["waiting", "rate_limited", true]);
});

test("an API tier is asked for its gate only while something stands there, and the claim bears both at once", async () => {
  const well = await paidOrder(pool, { connector: "rest-lookup" });
  const sick = await paidOrder(pool, { connector: "rest-lookup" });
  await pool.query(
    "insert into store.tier_gate (store_id, position, state, until) values ($1, 1, 'sick', now() + interval '1 hour')",
    [sick.storeId],
  );
  const claimed = await placementsClaim(pool, { workerId: "w", methods: ["api"], countMax: 100 });
  assert.deepEqual(
    [well, sick].map((order) => claimed.some(({ orderNumber }) => orderNumber === order.orderNumber)),
    [true, false],
  );
  assert.deepEqual([(await stateOf(sick))["status"], (await stateOf(sick))["why"]], ["manual", "sick"]);
});

test("no more are let through than the store's limit, nor than there are browsers", async () => {
  const first = await shopOrder({ ordersAtOnce: 1, ordersPerHour: 100 });
  for (let more = 0; more < 3; more += 1) await shopOrder(undefined, first.storeId);
  const claimed = [...(await claimAll(2)), ...(await claimAll(2))];
  assert.equal(claimed.filter(({ storeId }) => storeId === first.storeId).length, 1);
  const { rows } = await pool.query("select count(*)::int as n from store.pass where store_id = $1", [first.storeId]);
  assert.equal(rows[0].n, 1, "asking is taking, so nobody asks in vain");
});

test("a worker has one order of a store at a time, and as many stores at once as it has browsers", async () => {
  const [first, other] = [await shopOrder(), await shopOrder()];
  const second = await shopOrder(undefined, first.storeId);
  const numbersOf = (rows: readonly { readonly orderNumber: string }[]) =>
    rows.map(({ orderNumber }) => orderNumber).filter((number) => ours.includes(number));
  const ours = [first, other, second].map(({ orderNumber }) => orderNumber);
  assert.deepEqual(new Set(numbersOf(await claimAll(10, "w1"))), new Set([first.orderNumber, other.orderNumber]));
  assert.deepEqual(numbersOf(await claimAll(10, "w1")), [], "its browser there is at work");
  assert.deepEqual(numbersOf(await claimAll(10, "w2")), [second.orderNumber]);
});

test("a try's first outcome is told to the store's health, once, and nothing that was our own doing", async () => {
  const order = await shopOrder();
  const { attemptId } = await claim(order);
  await endAttempt(pool, attemptId, { ...nothing, status: "unknown", reason: "no_answer", lookUpAfterSeconds: 0 });
  await endAttempt(pool, attemptId, { ...nothing, status: "placed", storeOrderNumber: `LH-${attemptId}` });
  const lost = await shopOrder();
  await endAttempt(pool, (await claim(lost)).attemptId, fenceLost);
  const { rows } = await pool.query("select outcome from store.told where store_id = any ($1)", [
    [order.storeId, lost.storeId],
  ]);
  assert.deepEqual(rows, [{ outcome: "unknown" }]);
});

test("O4: an order that no browser comes to, and one that nobody looks up, are a person's after a while", async () => {
  const waiting = await shopOrder();
  const unknown = await shopOrder({ ordersAtOnce: 1 });
  await pool.query(
    "update placement.placement set next_attempt_at = now() + interval '1 hour' where order_number = $1",
    [waiting.orderNumber],
  );
  const { attemptId } = await claim(unknown);
  await attemptSubmitting(pool, { attemptId });
  await endAttempt(pool, attemptId, { ...nothing, status: "unknown", reason: "no_answer", lookUpAfterSeconds: 2 });
  const unstick = async () =>
    await placementsUnstick(pool, { methods: ["api", "headless"], patienceSeconds: 900, countMax: 100 });
  await pool.query(
    "update placement.placement set next_attempt_at = now() - interval '29 minutes', updated_at = now() - interval '29 minutes' where order_number = any ($1)",
    [[waiting.orderNumber, unknown.orderNumber]],
  );
  await unstick();
  assert.deepEqual([(await stateOf(waiting))["status"], (await stateOf(unknown))["status"]], ["waiting", "unknown"]);
  await pool.query(
    "update placement.placement set next_attempt_at = now() - interval '31 minutes' where order_number = $1",
    [waiting.orderNumber],
  );
  await pool.query("update placement.attempt set lookup_at = now() - interval '16 minutes' where attempt_id = $1", [
    attemptId,
  ]);
  await unstick();
  assert.deepEqual(
    [(await stateOf(waiting))["why"], (await stateOf(unknown))["why"]],
    ["no_worker", "outcome_unknown"],
  );
});
