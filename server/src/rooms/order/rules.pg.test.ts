import assert from "node:assert/strict";
import { test } from "node:test";
import { orderStatuses, paymentStatuses } from "@muse/contracts/order";
import { openTestDb } from "../../../test/db.ts";
import { paidOrder } from "../../../test/paid-orders.ts";
import { orderTransitions, paymentTransitions, refundTryAfterS } from "./rules.ts";

const { pool } = await openTestDb();

/** Tries one change of a row on a transaction that is rolled back, so that every pair starts from the same. */
async function isAllowed(orderNumber: string, prepare: string, change: string): Promise<boolean> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query("set local session_replication_role = replica");
    await client.query(prepare, [orderNumber]);
    await client.query("set local session_replication_role = origin");
    await client.query(change, [orderNumber]);
    return true;
  } catch (error) {
    assert.equal((error as { code?: string }).code, "MU001", String(error));
    return false;
  } finally {
    await client.query("rollback");
    client.release();
  }
}

test("O5: the database allows exactly the order's life that rules.ts draws, every pair tried", async () => {
  const { orderNumber } = await paidOrder(pool);
  for (const from of orderStatuses) {
    for (const to of orderStatuses) {
      const allowed = await isAllowed(
        orderNumber,
        `update orders.store_order set status = '${from}' where order_number = $1`,
        `update orders.store_order set status = '${to}' where order_number = $1`,
      );
      assert.equal(allowed, from === to || orderTransitions[from].includes(to), `${from} → ${to}`);
    }
  }
});

test("the database allows exactly the payment statuses' life that rules.ts draws, every pair tried", async () => {
  const { orderNumber } = await paidOrder(pool);
  for (const from of paymentStatuses) {
    for (const to of paymentStatuses) {
      const allowed = await isAllowed(
        orderNumber,
        `update orders.store_order set payment_status = '${from}' where order_number = $1`,
        `update orders.store_order set payment_status = '${to}' where order_number = $1`,
      );
      assert.equal(allowed, from === to || paymentTransitions[from].includes(to), `${from} → ${to}`);
    }
  }
});

test("O2: an unpaid order cannot be placed", async () => {
  const { orderNumber } = await paidOrder(pool, {}, { isPaid: false });
  assert.equal(
    await isAllowed(
      orderNumber,
      "select $1::text",
      "update orders.store_order set status = 'placed' where order_number = $1",
    ),
    false,
  );
});

test("O5: every change of status has one row of history, and a repeat has none", async () => {
  const { orderNumber } = await paidOrder(pool);
  const advance = async (to: string): Promise<string> =>
    (await pool.query("select orders.advance_1($1, $2::orders.order_status, null) as outcome", [orderNumber, to]))
      .rows[0].outcome;
  assert.equal(await advance("confirmed"), "not_placed");
  await pool.query("select orders.order_placed_1($1, 'manual', $2)", [orderNumber, `S-${orderNumber}`]);
  assert.equal(await advance("delivered"), "advanced");
  assert.equal(await advance("delivered"), "already");
  assert.equal(await advance("shipped"), "already");
  assert.equal(await advance("confirmed"), "already");
  const { rows } = await pool.query(
    "select from_status, to_status from orders.order_status_history where order_number = $1 order by history_id",
    [orderNumber],
  );
  assert.deepEqual(
    rows.map(({ from_status: from, to_status: to }) => `${from} → ${to}`),
    ["null → pending", "pending → placed", "placed → shipped", "shipped → delivered"],
  );
  assert.equal((await pool.query("select orders.advance_1('MO-NOBODY', 'shipped', null) as o")).rows[0].o, "not_found");
});

test("refunds are asked after ever more slowly, an hour at most", () => {
  assert.deepEqual([0, 1, 5, 10, 99].map(refundTryAfterS), [5, 10, 160, 3_600, 3_600]);
});
