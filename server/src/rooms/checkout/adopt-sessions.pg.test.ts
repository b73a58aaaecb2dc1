import assert from "node:assert/strict";
import { test } from "node:test";
import { tx } from "#platform/db/tx.ts";
import { newId } from "#kernel/ids.ts";
import { adoptOrders } from "#rooms/order";
import { openTestDb } from "../../../test/db.ts";
import { paidOrder, type PaidOrder } from "../../../test/paid-orders.ts";
import { sessionsAdopt } from "./checkout.sql.gen.ts";

const { pool } = await openTestDb();

/** What signing in does with a visitor's checkouts and orders. */
async function merge(fromAccountId: string, toAccountId: string, onBegin = (): void => undefined): Promise<void> {
  await tx(pool, "test.merge", async (open) => {
    onBegin();
    await sessionsAdopt(open, { fromAccountId, toAccountId });
    await adoptOrders(open, { fromAccountId, toAccountId });
  });
}

async function untilSomebodyWaits(): Promise<void> {
  const deadlineMs = performance.now() + 5_000;
  const sql = "select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'";
  while ((await pool.query(sql)).rowCount === 0) {
    assert.ok(performance.now() < deadlineMs, "the merge waits for what another holds");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function ownersOf({ sessionId }: PaidOrder): Promise<unknown[]> {
  const { rows } = await pool.query(
    "select s.account_id as session, o.account_id as order from checkout.session s join orders.store_order o using (session_id) where s.session_id = $1",
    [sessionId],
  );
  return rows;
}

test("signing in while a store accepts the visitor's order: each waits for the other in turn, never both", async () => {
  const order = await paidOrder(pool);
  const person = newId("acc");
  let tries = 0;
  const placing = await pool.connect();
  await placing.query("begin");
  await placing.query("select 1 from orders.store_order where order_number = $1 for update", [order.orderNumber]);
  const merging = merge(order.accountId, person, () => (tries += 1));
  await untilSomebodyWaits();
  // Ends the session as well, whose row it takes for that.
  await placing.query("select orders.order_placed_1($1, 'manual', 'S-1')", [order.orderNumber]);
  await placing.query("commit");
  placing.release();
  await merging;
  assert.equal(tries, 1, "no deadlock that a second try had to make good");
  assert.deepEqual(await ownersOf(order), [{ session: person, order: person }]);
});

test("signing in while the visitor's checkout is being paid begins over and takes everything along", async () => {
  const order = await paidOrder(pool, {}, { isPaid: false });
  const person = newId("acc");
  let tries = 0;
  const paying = await pool.connect();
  await paying.query("begin");
  await paying.query("select * from checkout.payment_succeeded_1($1, 'pi_x', $2, 'USD')", [
    order.paymentId,
    order.totalMinor,
  ]);
  const merging = merge(order.accountId, person, () => (tries += 1));
  await untilSomebodyWaits();
  await paying.query("commit");
  paying.release();
  await merging;
  assert.equal(tries, 2);
  assert.deepEqual(await ownersOf(order), [{ session: person, order: person }]);
});

test("P3: a visitor and a person who are paying for the same cart at once: both checkouts are the person's", async () => {
  const theirs = await paidOrder(pool, {}, { isPaid: false });
  const mine = await paidOrder(pool, {}, { isPaid: false });
  await pool.query(
    "update checkout.session s set cart_hash = t.cart_hash from checkout.session t where s.session_id = $1 and t.session_id = $2",
    [mine.sessionId, theirs.sessionId],
  );
  await merge(theirs.accountId, mine.accountId);
  for (const order of [theirs, mine]) {
    assert.deepEqual(await ownersOf(order), [{ session: mine.accountId, order: mine.accountId }]);
  }
});
