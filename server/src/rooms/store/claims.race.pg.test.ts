import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDb } from "../../../test/db.ts";
import { makeStore } from "../../../test/makers.ts";
import { paidOrder } from "../../../test/paid-orders.ts";

const { pool } = await openTestDb({ connectionMax: 24, isPatient: true });

/** Orders that wait at a store's first tier. */
async function waiting(storeId: string, count: number): Promise<void> {
  for (let index = 0; index < count; index += 1) await paidOrder(pool, { storeId, connector: "rest-oauth" });
  const { rows } = await pool.query(
    "select count(*)::int as n from placement.placement where store_id = $1 and status = 'waiting'",
    [storeId],
  );
  assert.equal(rows[0].n, count);
}

/** Twenty workers at once, each of which claims again and again. Answers how many orders they began. */
async function claimAll(method: "api" | "headless", storeId: string): Promise<number> {
  await Promise.all(
    Array.from({ length: 20 }, async (_, worker) => {
      for (let round = 0; round < 5; round += 1) {
        await pool.query("select * from placement.claim_1($1, array[$2]::store.placement_method[], 4)", [
          `worker-${worker}`,
          method,
        ]);
      }
    }),
  );
  const { rows } = await pool.query(
    "select count(*)::int as n from placement.attempt a join placement.placement p using (order_number) where p.store_id = $1 and a.method = $2::store.placement_method",
    [storeId, method],
  );
  return rows[0].n as number;
}

async function byStatus(storeId: string): Promise<Record<string, number>> {
  const { rows } = await pool.query(
    "select status::text, count(*)::int as n from placement.placement where store_id = $1 group by 1",
    [storeId],
  );
  return Object.fromEntries(rows.map(({ status, n }) => [status as string, n as number]));
}

test("twenty workers begin no more browser orders at a store than its permission allows in an hour", async () => {
  const storeId = await makeStore(pool, { connector: "rest-oauth" });
  await pool.query("update store.tier set method = 'headless' where store_id = $1 and position = 1", [storeId]);
  await pool.query(
    `insert into store.permission (store_id, words, permitted_on, recorded_by, orders_at_once, orders_per_hour)
     values ($1, 'they said yes', '2026-01-01', 'acc_ops', 100, 7)`,
    [storeId],
  );
  await waiting(storeId, 20);
  // Who is not first to the store's count comes again in a moment; make the moment now.
  let begun = 0;
  for (let round = 0; round < 6 && begun < 7; round += 1) {
    begun = await claimAll("headless", storeId);
    await pool.query(
      "update placement.placement set next_attempt_at = now() where store_id = $1 and status = 'waiting' and next_attempt_at < now() + interval '10 s'",
      [storeId],
    );
  }
  assert.equal(begun, 7);
  const { rows } = await pool.query("select count(*)::int as n from store.pass where store_id = $1", [storeId]);
  assert.equal(rows[0].n, 7, "each that was counted was begun");
});

test("twenty workers send a recovering store its few, and no order is lost on the way", async () => {
  const storeId = await makeStore(pool, { connector: "rest-oauth" });
  await waiting(storeId, 20);
  await pool.query("select store.tell_1($1, 1, 'unavailable', 'unreachable', 10) from generate_series(1, 20)", [
    storeId,
  ]);
  await pool.query("select store.fold_health_1()");
  await pool.query("update store.tier_gate set until = clock_timestamp() where store_id = $1", [storeId]);
  const begun = await claimAll("api", storeId);
  assert.ok(begun >= 1 && begun <= 3, String(begun));
  const { running = 0, manual = 0, waiting: left = 0 } = await byStatus(storeId);
  assert.deepEqual([running, running + manual + left], [begun, 20]);
});

test("a store is well when the orders it was sent have been placed, from the very first on", async () => {
  const storeId = await makeStore(pool, { connector: "rest-oauth" });
  await waiting(storeId, 4);
  await pool.query("select store.tell_1($1, 1, 'unavailable', 'unreachable', 10) from generate_series(1, 20)", [
    storeId,
  ]);
  await pool.query("select store.fold_health_1()");
  await pool.query("update store.tier_gate set until = clock_timestamp() where store_id = $1", [storeId]);
  const state = async () =>
    (await pool.query("select state, probes_good from store.tier_gate where store_id = $1", [storeId]))
      .rows[0] as unknown;
  for (const [good, expected] of [
    [1, "half_open"],
    [2, "half_open"],
    [0, "closed"],
  ] as const) {
    const { rows } = await pool.query(
      "select attempt_id, order_number from placement.claim_1('worker', array['api']::store.placement_method[], 1) where store_id = $1",
      [storeId],
    );
    assert.equal(rows.length, 1);
    const [{ attempt_id: attemptId, order_number: number }] = rows;
    await pool.query("select placement.attempt_tell_1($1, 'placed', null, null, $2, null, null, null)", [
      attemptId,
      `SO-${String(number)}`,
    ]);
    await pool.query("select store.fold_health_1()");
    assert.deepEqual(await state(), { state: expected, probes_good: good });
  }
});
