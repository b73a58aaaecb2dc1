import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { openTestDb } from "../../../test/db.ts";
import { paidOrder, paidOrders, type PaidOrder } from "../../../test/paid-orders.ts";
import { placementsClaim, placementsGauge, placementsUnstick } from "./placement.sql.gen.ts";

const { pool } = await openTestDb();
const api = { connector: "rest-lookup" } as const;

async function stateOf({ orderNumber }: PaidOrder) {
  const { rows } = await pool.query(
    `select p.status as placement, t.status as task, t.why, t.outcome_unknown as "isUnknown"
     from placement.placement p left join placement.manual_task t on t.order_number = p.order_number and t.closed_at is null
     where p.order_number = $1`,
    [orderNumber],
  );
  return rows[0];
}

test("O4: an order whose tier is gone, or that no worker of its kind comes for, goes on to a person", async () => {
  const [gone, waiting] = await paidOrders(pool, [api, api]);
  assert.ok(gone !== undefined && waiting !== undefined);
  await pool.query("update store.tier set is_enabled = false where store_id = $1 and position = 1", [gone.storeId]);
  await pool.query(
    "update placement.placement set next_attempt_at = now() - interval '1 hour' where order_number = any ($1)",
    [[gone.orderNumber, waiting.orderNumber]],
  );
  const claimable = await placementsClaim(pool, { workerId: "w", methods: ["headless"], countMax: 100 });
  assert.equal(claimable.length, 0);
  await placementsUnstick(pool, { methods: ["api"], patienceSeconds: 900, countMax: 100 });
  assert.deepEqual(await stateOf(gone).then((state) => [state.placement, state.why]), ["manual", "tier_gone"]);
  assert.equal((await stateOf(waiting)).placement, "waiting", "an api worker leaves it to itself");
  await placementsUnstick(pool, { methods: ["headless"], patienceSeconds: 900, countMax: 100 });
  assert.deepEqual(await stateOf(waiting).then((state) => [state.placement, state.why]), ["manual", "no_worker"]);

  await pool.query(
    "update placement.placement set status = 'running', updated_at = now() - interval '1 hour' where order_number = $1",
    [gone.orderNumber],
  );
  await placementsUnstick(pool, { methods: ["api"], patienceSeconds: 900, countMax: 100 });
  assert.deepEqual(await stateOf(gone).then((state) => [state.placement, state.isUnknown]), ["manual", true]);
});

test("a store without a machine tier is a person's from the start, and enqueueing twice changes nothing", async () => {
  const order = await paidOrder(pool, {});
  const state = await stateOf(order);
  assert.deepEqual([state.placement, state.task, state.why], ["manual", "open", "manual_store"]);
  const again = await pool.query("select placement.enqueue_1($1) as queued", [[order.orderNumber, newId("ord")]]);
  assert.equal(again.rows[0].queued, 0);
});

test("the gauge counts what is under way", async () => {
  await paidOrder(pool, api);
  const gauge = await placementsGauge(pool);
  assert.equal(gauge.find(({ status }) => status === "waiting")?.count, 1n);
  assert.ok(gauge.every(({ oldestSeconds }) => oldestSeconds >= 0));
});
