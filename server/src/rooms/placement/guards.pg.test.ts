import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { openTestDb } from "../../../test/db.ts";
import { paidOrder } from "../../../test/paid-orders.ts";

const { pool } = await openTestDb();

async function attempt(orderNumber: string, fence: number, status: string): Promise<void> {
  await pool.query(
    "insert into placement.attempt (attempt_id, order_number, fence, method, status) values ($1, $2, $3, 'api', $4)",
    [newId("pla"), orderNumber, fence, status],
  );
}

const isTaken = { code: "23505" };

test("O3: one attempt of an order is in the air at most, one of them placed it, whatever the code does", async () => {
  const { orderNumber } = await paidOrder(pool, { connector: "rest-lookup" });
  await attempt(orderNumber, 1, "unknown");
  await assert.rejects(attempt(orderNumber, 2, "started"), isTaken);
  await attempt(orderNumber, 2, "placed");
  await assert.rejects(attempt(orderNumber, 3, "placed"), isTaken);
  await assert.rejects(attempt(orderNumber, 2, "refused"), isTaken, "each attempt has a fence of its own");
});

test("an order is in one person's hands at most, whatever the code does", async () => {
  const { orderNumber } = await paidOrder(pool);
  const task = pool.query(
    "insert into placement.manual_task (order_number, kind, why, deadline_at) values ($1, 'cancel', 'test', now())",
    [orderNumber],
  );
  await assert.rejects(task, isTaken);
});
