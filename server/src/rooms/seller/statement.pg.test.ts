import assert from "node:assert/strict";
import { test } from "node:test";
import type { Db } from "#platform/db/query.ts";
import { openTestDb } from "../../../test/db.ts";
import { buyFile } from "../../../test/digital.ts";
import { makeSeller, makeSold } from "../../../test/sellers.ts";
import { writeSales } from "./statement.ts";

const { pool } = await openTestDb();

test("a month is read a bounded number of sales at a time, each once, and summed", async () => {
  const sellerId = await makeSeller(pool);
  const product = await makeSold(pool, sellerId);
  const orders: string[] = [];
  for (let sales = 0; sales < 7; sales += 1) orders.push((await buyFile(pool, product)).orderNumber);
  orders.sort();
  // Within one millisecond, some in one instant, and one on either side of the month.
  const at = [-1, 0, 1, 1, 1, 2, 2_678_400_000_000];
  await pool.query(
    `update orders.store_order o set created_at = '2026-01-01T00:00:00Z'::timestamptz + x.us * interval '1 microsecond'
     from unnest($1::text[], $2::bigint[]) x (order_number, us) where o.order_number = x.order_number`,
    [orders, at],
  );
  const read: number[] = [];
  const counted: Db = {
    query: async (statement) => {
      const result = await pool.query<unknown[]>({ ...statement, values: [...statement.values] });
      read.push(result.rows.length);
      return result;
    },
  };
  const wish = { accountId: sellerId, currency: "USD", month: "2026-01" };
  const whole = (await writeSales(pool, wish).toArray()).join("");
  const paged = (await writeSales(counted, wish, 2).toArray()).join("");
  assert.equal(paged, whole);
  assert.deepEqual(read, [2, 2, 1]);
  const lines = paged.split("\r\n").slice(1, -2);
  assert.deepEqual(
    lines.map((line) => line.split(",")[1]),
    orders.slice(1, 6),
  );
  assert.match(paged, /\r\ntotal,5,,,,USD,60\.00,0\.00,,6\.00,54\.00\r\n$/);
});

test("nothing is read before somebody takes it, nor more after they have gone", async () => {
  const sellerId = await makeSeller(pool);
  const product = await makeSold(pool, sellerId);
  for (let sales = 0; sales < 4; sales += 1) await buyFile(pool, product);
  let asked = 0;
  const counted: Db = {
    query: async (statement) => {
      asked += 1;
      return await pool.query<unknown[]>({ ...statement, values: [...statement.values] });
    },
  };
  const month = new Date().toISOString().slice(0, 7);
  const sales = writeSales(counted, { accountId: sellerId, currency: "USD", month }, 1);
  assert.equal(asked, 0);
  for await (const line of sales) if (String(line).includes("MO-")) break;
  assert.ok(asked <= 2, `${asked} statements for the first line`);
});
