import assert from "node:assert/strict";
import { test } from "node:test";
import type { Db } from "#platform/db/query.ts";
import { listStores } from "#rooms/store";
import { openTestDb } from "../../../test/db.ts";
import { makeStore } from "../../../test/makers.ts";
import { presentStores } from "./present-store.ts";

const { pool } = await openTestDb();
const db: Db = pool;

test("what stands behind a page's stores is read for them alone, however many there are", async () => {
  for (let number = 1; number <= 6; number += 1) {
    const storeId = await makeStore(pool, { connector: "rest-oauth" });
    await pool.query("select store.tell_1($1, 1, 'placed', null, 100)", [storeId]);
  }
  await pool.query("select store.fold_health_1()");
  const read: Record<string, number> = {};
  const counting: Db = {
    query: async (statement) => {
      const result = await db.query(statement);
      read[statement.name ?? "?"] = result.rows.length;
      return result;
    },
  };
  const { stores, total } = await listStores(counting, { query: null, kind: "retailer", limit: 2, offset: 1 });
  const shown = await presentStores(counting, stores);
  assert.equal(total, 6n);
  assert.deepEqual(
    shown.map(({ tiers, shippingOptions }) => [tiers[0]?.health.last24Hours.placed, shippingOptions.length]),
    [
      [1, 2],
      [1, 2],
    ],
  );
  // Two stores with two tiers and two ways to deliver each; one tier of each has done something, in both spans.
  assert.deepEqual(read, { "store.storeList": 2, "ops.shippingList": 4, "store.tierGates": 4, "store.tierHealth": 4 });
});
