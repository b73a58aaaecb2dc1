import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { openTestDb } from "../../../test/db.ts";
import { inLine, ordersOf, rowLock } from "../../../test/in-line.ts";
import { makeStore, makeVariant } from "../../../test/makers.ts";

const { pool } = await openTestDb({ connectionMax: 20, isPatient: true });
const storeId = await makeStore(pool);

const stockRow = (variantId: string) => rowLock("inventory.stock", "variant_id", variantId);
const reserve =
  (sessionId: string, variantId: string, units = 1) =>
  async (): Promise<boolean> => {
    const { rows } = await pool.query(
      "select 1 from inventory.reserve_1($1, array[$2], array[$3]::int[], now() + interval '30 minutes')",
      [sessionId, variantId, units],
    );
    return rows.length === 0;
  };

async function stockOf(variantId: string): Promise<string> {
  const { rows } = await pool.query(
    `select s.on_hand, s.reserved, coalesce(sum(r.quantity) filter (where r.status = 'active'), 0)::int as held
     from inventory.stock s left join inventory.reservation r using (variant_id) where variant_id = $1 group by s.variant_id`,
    [variantId],
  );
  assert.equal(rows[0].reserved, rows[0].held, "S2");
  return `${rows[0].on_hand} on hand, ${rows[0].reserved} reserved`;
}

test("lesson 10: ten reservations in line for three units: three have them (S1)", async () => {
  const { variantId } = await makeVariant(pool, { storeId, stock: 3 });
  const told = await inLine(
    pool,
    stockRow(variantId),
    Array.from({ length: 10 }, () => reserve(newId("cs"), variantId)),
  );
  assert.equal(told.filter(Boolean).length, 3);
  assert.equal(await stockOf(variantId), "3 on hand, 3 reserved");
});

test("a sale, an expiry and the next shopper in all six orders: the unit is sold once (S1, S2)", async () => {
  for (const order of ordersOf(["sale", "expiry", "next"] as const)) {
    const { variantId } = await makeVariant(pool, { storeId, stock: 1 });
    const session = newId("cs");
    await reserve(session, variantId)();
    const acts = {
      sale: async () => {
        const { rows } = await pool.query("select inventory.commit_1($1, array[$2], array[1]) as short", [
          session,
          variantId,
        ]);
        return rows.length === 0;
      },
      // The end of a session looks for what it holds first; only a held reservation makes it wait for the stock.
      expiry: async () => {
        const { rows } = await pool.query("select inventory.release_1($1, 'expired') as released", [session]);
        return rows[0].released === 1;
      },
      next: reserve(newId("cs"), variantId),
    };
    const told = await inLine(
      pool,
      stockRow(variantId),
      order.map((act) => acts[act]),
    );
    const did = Object.fromEntries(order.map((act, index) => [act, told[index]]));
    assert.equal([did["sale"], did["next"]].filter(Boolean).length, 1, `${order.join()}: one of the two has it`);
    const isSold = did["sale"] === true;
    assert.equal(await stockOf(variantId), isSold ? "0 on hand, 0 reserved" : "1 on hand, 1 reserved", order.join());
  }
});
