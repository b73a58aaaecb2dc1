import assert from "node:assert/strict";
import { test } from "node:test";
import { silentLog } from "#platform/log/log.ts";
import { openTestDb } from "../../../test/db.ts";
import { paidOrder } from "../../../test/paid-orders.ts";
import type { Db } from "#platform/db/query.ts";
import { placementsClaim } from "./placement.sql.gen.ts";
import { writeOutcome } from "./write-outcome.ts";

const { pool } = await openTestDb();
const placed = {
  status: "placed",
  reason: null,
  detail: null,
  storeOrderNumber: "W-1",
  storeTotalMinor: 1,
  retryAfterMs: null,
  lookUpAfterSeconds: null,
} as const;

test("what a store said is written as soon as the database is back", async () => {
  const order = await paidOrder(pool, { connector: "rest-oauth" });
  const [claim] = await placementsClaim(pool, { workerId: "w", methods: ["api"], countMax: 1 });
  assert.ok(claim !== undefined);
  let failures = 0;
  const flaky: Db = {
    query: (statement) => {
      failures += 1;
      if (failures <= 2) return Promise.reject(new Error("the database is restarting"));
      return pool.query({ ...statement, values: [...statement.values] });
    },
  };
  assert.deepEqual(await writeOutcome({ db: flaky, log: silentLog }, claim.attemptId, placed), {
    outcome: "placed",
    isSettled: true,
  });
  assert.equal(failures, 3);
  const { rows } = await pool.query("select status from orders.store_order where order_number = $1", [
    order.orderNumber,
  ]);
  assert.deepEqual(rows, [{ status: "placed" }]);
});

test("a database that stays away is given up, and the sweep makes the attempt unknown", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  let now = 0;
  t.mock.method(performance, "now", () => (now += 20_000));
  const gone: Db = { query: () => Promise.reject(new Error("gone")) };
  const writing = writeOutcome({ db: gone, log: silentLog }, "pla_x", placed);
  for (let round = 0; round < 8; round += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    t.mock.timers.tick(5_000);
  }
  assert.equal(await writing, null);
});
