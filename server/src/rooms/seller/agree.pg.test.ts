/** What a seller is told of their sales, and what the books owe them, are the same to the unit. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { newId } from "#kernel/ids.ts";
import { openTestDb } from "../../../test/db.ts";
import { buyTaxed, makeSeller, makeSold } from "../../../test/sellers.ts";

const { pool } = await openTestDb();

/** A refund of part of an order's one line; `settles`: it reaches the card, or the bank sends it back. */
async function refund(orderNumber: string, amountMinor: number, settles: "succeeded" | "failed"): Promise<void> {
  const { rows } = await pool.query<{ outcome: string; refund_id: string }>(
    "select outcome, refund_id from orders.refund_open_1($1, $2, $3, 'goodwill', null, $4)",
    [orderNumber, newId("try"), amountMinor, JSON.stringify([{ lineNo: 1, quantity: 0, amountMinor }])],
  );
  assert.equal(rows[0]?.outcome, "opened");
  await pool.query("select orders.refund_settled_1($1, $2::payment.refund_status, $3, null, null)", [
    rows[0]?.refund_id,
    settles,
    newId("re"),
  ]);
}

async function toldAndBooked(orderNumber: string) {
  const { rows } = await pool.query<{ fee: bigint; net: bigint; booked_fee: bigint; booked_net: bigint }>(
    `select s.fee_minor as fee, s.net_minor as net, b.fee as booked_fee, b.net as booked_net
     from seller.sale s cross join lateral (
       select coalesce(-sum(p.amount_minor) filter (where p.account = 'platform_fee'), 0)::bigint as fee,
         coalesce(-sum(p.amount_minor) filter (where p.account = 'seller_payable'), 0)::bigint as net
       from ledger.posting p where p.order_number = s.order_number) b
     where s.order_number = $1`,
    [orderNumber],
  );
  const row = rows[0];
  assert.ok(row !== undefined);
  return { told: [row.fee, row.net], booked: [row.booked_fee, row.booked_net] };
}

test("a partial refund of a file with tax: the tax's share is not the seller's to give back", async () => {
  const file = await makeSold(pool, await makeSeller(pool), { priceMinor: 1_000 });
  const { orderNumber } = await buyTaxed(pool, file, 75);
  assert.deepEqual((await toldAndBooked(orderNumber)).told, [100n, 900n]);
  await refund(orderNumber, 500, "succeeded");
  // Of 500 back 34 are tax (75 · 500 / 1075, rounded down), so 466 are goods, and 534 are left to share.
  const { told, booked } = await toldAndBooked(orderNumber);
  assert.deepEqual(told, [53n, 481n]);
  assert.deepEqual(booked, told);
});

test("whatever the price, the tax and the refunds, the seller is told what the books say", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 51, max: 2_999 }),
      fc.integer({ min: 0, max: 300 }),
      fc.array(fc.record({ share: fc.double({ min: 0.01, max: 1, noNaN: true }), isLost: fc.boolean() }), {
        maxLength: 4,
      }),
      async (priceMinor, taxMinor, refunds) => {
        const file = await makeSold(pool, await makeSeller(pool), { priceMinor });
        const { orderNumber, totalMinor } = await buyTaxed(pool, file, taxMinor);
        let left = Number(totalMinor);
        for (const { share, isLost } of refunds) {
          const amount = Math.max(1, Math.floor(left * share));
          if (amount > left) break;
          await refund(orderNumber, amount, isLost ? "failed" : "succeeded");
          if (!isLost) left -= amount;
          const { told, booked } = await toldAndBooked(orderNumber);
          assert.deepEqual(told, booked);
        }
        const { told, booked } = await toldAndBooked(orderNumber);
        assert.deepEqual(told, booked);
      },
    ),
    { numRuns: 30 },
  );
});
