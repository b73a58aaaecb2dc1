import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { must } from "#kernel/assert.ts";
import { openTestDb } from "../../../test/db.ts";
import { paidOrder, type PaidOrder } from "../../../test/paid-orders.ts";
import { sessionRead } from "./checkout.sql.gen.ts";

const { pool } = await openTestDb();

const Orders = z.array(z.object({ refund: z.object({ amountMinor: z.number(), status: z.string() }).nullable() }));

/** What the confirmation says of the one order's refund. */
async function shown({ sessionId, accountId }: PaidOrder) {
  const row = must(await sessionRead(pool, { sessionId, accountId }), "the session is there");
  return Orders.parse(row.orders)[0]?.refund ?? null;
}

async function open({ orderNumber, totalMinor }: PaidOrder, cause: string): Promise<void> {
  await pool.query("select orders.refund_open_1($1, $2, $3, 'goodwill', 'acc_ops', null)", [
    orderNumber,
    cause,
    totalMinor,
  ]);
}

async function settle({ orderNumber }: PaidOrder, cause: string, status: string): Promise<void> {
  await pool.query(
    `select orders.refund_settled_1(r.refund_id, ($3::text)::payment.refund_status, 're_' || r.refund_id, null, null)
     from payment.refund r where r.order_number = $1 and r.cause = $2`,
    [orderNumber, cause, status],
  );
}

test("a refund that failed is told, and one that came in its stead is told once and in its place", async () => {
  const order = await paidOrder(pool, { lines: [{ priceMinor: 24_800 }] });
  const amountMinor = Number(order.totalMinor);
  assert.equal(await shown(order), null);
  await open(order, "first");
  assert.deepEqual(await shown(order), { amountMinor, status: "pending" });
  await settle(order, "first", "failed");
  assert.deepEqual(await shown(order), { amountMinor, status: "failed" });
  await open(order, "second");
  assert.deepEqual(await shown(order), { amountMinor, status: "pending" });
  await settle(order, "second", "succeeded");
  assert.deepEqual(await shown(order), { amountMinor, status: "succeeded" });
});
