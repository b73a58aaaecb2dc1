import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { makeStore, makeVariant } from "../../../test/makers.ts";
import { openTestDb } from "../../../test/db.ts";
import { importFeedWithStock, readAvailability, setEdition } from "./index.ts";

const { pool } = await openTestDb({ connectionMax: 20 });
const storeId = await makeStore(pool);

type Short = { readonly short_variant_id: string; readonly available: number };
async function reserve(
  sessionId: string,
  variantIds: readonly string[],
  quantities: readonly number[],
): Promise<Short[]> {
  const { rows } = await pool.query<Short>(
    "select short_variant_id, available from inventory.reserve_1($1, $2, $3, now() + interval '30 minutes')",
    [sessionId, variantIds, quantities],
  );
  return rows;
}
const release = (sessionId: string) => pool.query("select inventory.release_1($1, 'released')", [sessionId]);
const commit = (sessionId: string, variantIds: readonly string[], quantities: readonly number[]) =>
  pool
    .query("select inventory.commit_1($1, $2, $3) as short", [sessionId, variantIds, quantities])
    .then(({ rows }) => rows.map(({ short }) => short));

/** S1 and S2 by SQL: what stock says is reserved is what reservations hold, and nothing is below zero. */
async function assertSound(): Promise<void> {
  const { rows } = await pool.query(
    `select s.variant_id from inventory.stock s
     left join inventory.reservation r on r.variant_id = s.variant_id and r.status = 'active'
     group by s.variant_id, s.reserved, s.on_hand
     having s.reserved <> coalesce(sum(r.quantity), 0) or s.on_hand < 0 or s.reserved > s.on_hand`,
  );
  assert.deepEqual(rows, [], "S1, S2");
}
async function stockOf(variantId: string): Promise<unknown> {
  return (await readAvailability(pool, [variantId])).get(variantId);
}

test("S1: a hundred sessions race for ten units: ten get one, ninety are told, none is oversold", async () => {
  const { variantId } = await makeVariant(pool, { storeId, stock: 10 });
  const sessions = Array.from({ length: 100 }, () => newId("cs"));
  const answers = await Promise.all(sessions.map((session) => reserve(session, [variantId], [1])));
  assert.equal(answers.filter((short) => short.length === 0).length, 10);
  assert.ok(answers.every((short) => short.every((row) => row.short_variant_id === variantId && row.available === 0)));
  assert.deepEqual(await stockOf(variantId), { onHand: 10, reserved: 10, available: 0 });
  await assertSound();
});

test("reservations of the same variants in opposite orders never deadlock", async () => {
  const variants = await Promise.all(Array.from({ length: 6 }, () => makeVariant(pool, { storeId, stock: 1000 })));
  const ids = variants.map(({ variantId }) => variantId);
  const quantities = ids.map(() => 2);
  const sessions = Array.from({ length: 60 }, () => newId("cs"));
  await Promise.all(
    sessions.map(async (session, i) => {
      const order = i % 2 === 0 ? ids : ids.toReversed();
      assert.deepEqual(await reserve(session, order, quantities), []);
      if (i % 3 === 0) await release(session);
      else if (i % 3 === 1) assert.deepEqual(await commit(session, order.toReversed(), quantities), []);
    }),
  );
  for (const variantId of ids)
    assert.deepEqual(await stockOf(variantId), { onHand: 960, reserved: 40, available: 920 });
  await assertSound();
});

test("a reservation takes all its lines or none, and names those that are short", async () => {
  const much = await makeVariant(pool, { storeId, stock: 10 });
  const little = await makeVariant(pool, { storeId, stock: 1 });
  const untracked = await makeVariant(pool, { storeId });
  const ids = [much.variantId, little.variantId, untracked.variantId];
  assert.deepEqual(await reserve(newId("cs"), ids, [2, 2, 50]), [{ short_variant_id: little.variantId, available: 1 }]);
  assert.deepEqual(await stockOf(much.variantId), { onHand: 10, reserved: 0, available: 10 });
  assert.deepEqual(await reserve(newId("cs"), ids, [2, 1, 50]), []);
  assert.equal(await stockOf(untracked.variantId), undefined, "only the store knows");
});

test("S2: a reservation ends once, as committed, released or expired; a late payment takes what is free or nothing", async () => {
  const { variantId } = await makeVariant(pool, { storeId, stock: 3 });
  const [paid, late, tooLate] = [newId("cs"), newId("cs"), newId("cs")];
  for (const session of [paid, late, tooLate]) await reserve(session, [variantId], [1]);
  assert.deepEqual(await commit(paid, [variantId], [1]), []);
  assert.deepEqual(await commit(paid, [variantId], [1]), [], "twice is once");
  await release(paid);
  assert.deepEqual(await stockOf(variantId), { onHand: 2, reserved: 2, available: 0 });

  await pool.query("select inventory.release_1($1, 'expired'), inventory.release_1($2, 'expired')", [late, tooLate]);
  assert.deepEqual(await commit(late, [variantId], [1]), []);
  await reserve(newId("cs"), [variantId], [1]);
  assert.deepEqual(await commit(tooLate, [variantId], [1]), [variantId]);
  await pool.query("select inventory.restock_1($1, $2), inventory.restock_1($1, $2)", [paid, [variantId]]);
  assert.deepEqual(await stockOf(variantId), { onHand: 2, reserved: 1, available: 1 });
  await assertSound();
});

test("S2: what is still reserved is sold, what ended is taken anew or named, in one commit", async () => {
  const stocks = [5, 5, 1, 5];
  const made = await Promise.all(stocks.map((stock) => makeVariant(pool, { storeId, stock })));
  const [active, late, short, done] = made.map(({ variantId }) => variantId);
  const untracked = (await makeVariant(pool, { storeId })).variantId;
  assert.ok(active !== undefined && late !== undefined && short !== undefined && done !== undefined);
  const session = newId("cs");
  const ids = [untracked, short, late, done, active];
  await reserve(session, ids, [1, 1, 2, 3, 2]);
  assert.deepEqual(await commit(session, [done], [3]), []);
  await pool.query(
    `with ended as (
       update inventory.reservation r set status = 'expired', ended_at = now()
       where r.session_id = $1 and r.variant_id = any ($2) returning r.variant_id, r.quantity)
     update inventory.stock s set reserved = s.reserved - e.quantity from ended e where s.variant_id = e.variant_id`,
    [session, [late, short]],
  );
  await reserve(newId("cs"), [short], [1]);

  for (const time of ["once", "twice is once"]) {
    assert.deepEqual(await commit(session, ids, [1, 1, 2, 3, 2]), [short], time);
    assert.deepEqual(await stockOf(active), { onHand: 3, reserved: 0, available: 3 }, time);
    assert.deepEqual(await stockOf(late), { onHand: 3, reserved: 0, available: 3 }, time);
    assert.deepEqual(await stockOf(done), { onHand: 2, reserved: 0, available: 2 }, time);
    assert.deepEqual(await stockOf(short), { onHand: 1, reserved: 1, available: 0 }, time);
  }
  await assertSound();
});

test("S1: a commit and an expiry of the same reservation at once count it once, whichever is first", async () => {
  const { variantId } = await makeVariant(pool, { storeId, stock: 100 });
  const sessions = Array.from({ length: 40 }, () => newId("cs"));
  for (const session of sessions) await reserve(session, [variantId], [1]);
  await Promise.all(
    sessions.flatMap((session, i) => {
      const both = [() => commit(session, [variantId], [1]), () => release(session)];
      return (i % 2 === 0 ? both : both.toReversed()).map((end) => end());
    }),
  );
  assert.deepEqual(await stockOf(variantId), { onHand: 60, reserved: 0, available: 60 }, "all were paid");
  await assertSound();
});

const feedOf = (allocation: number | null) => ({
  products: [
    {
      id: "tea",
      title: "Tea",
      description: "",
      brand: null,
      category: null,
      imageUrl: null,
      url: null,
      variants: [
        { sku: "tea", size: null, color: null, priceCents: 1000, listPriceCents: null, stock: 50, allocation },
      ],
    },
  ],
});

test("an allocation follows the feed without ever selling a unit twice", async () => {
  const store = await makeStore(pool);
  await importFeedWithStock(pool, store, feedOf(null));
  const { rows } = await pool.query(
    "select variant_id from catalog.variant v join catalog.product p using (product_id) where p.store_id = $1",
    [store],
  );
  const variantId = String(rows[0]?.variant_id);
  assert.equal(await stockOf(variantId), undefined, "untracked");

  await importFeedWithStock(pool, store, feedOf(10));
  assert.deepEqual(await stockOf(variantId), { onHand: 10, reserved: 0, available: 10 });
  const [sold, held] = [newId("cs"), newId("cs")];
  await reserve(sold, [variantId], [3]);
  await commit(sold, [variantId], [3]);
  await reserve(held, [variantId], [4]);

  await importFeedWithStock(pool, store, feedOf(10));
  assert.deepEqual(
    await stockOf(variantId),
    { onHand: 7, reserved: 4, available: 3 },
    "the same number is no new stock",
  );
  await importFeedWithStock(pool, store, feedOf(12));
  assert.deepEqual(await stockOf(variantId), { onHand: 9, reserved: 4, available: 5 }, "two more are two more");
  await importFeedWithStock(pool, store, feedOf(6));
  assert.deepEqual(await stockOf(variantId), { onHand: 6, reserved: 4, available: 2 }, "less caps what is left");
  await importFeedWithStock(pool, store, feedOf(1));
  assert.deepEqual(
    await stockOf(variantId),
    { onHand: 4, reserved: 4, available: 0 },
    "what is reserved stays promised",
  );
  await importFeedWithStock(pool, store, feedOf(null));
  assert.deepEqual(await stockOf(variantId), { onHand: 4, reserved: 4, available: 0 }, "no word of it changes nothing");
  await assertSound();
});

test("a feed that is refused leaves the stock alone", async () => {
  assert.deepEqual(await importFeedWithStock(pool, "nowhere", feedOf(3)), { kind: "store_not_found" });
  const refused = await importFeedWithStock(pool, storeId, { products: [] });
  assert.equal(refused.kind, "feed_invalid");
});

test("an edition is set to what is left, never below what is promised", async () => {
  const { variantId } = await makeVariant(pool, { storeId, kind: "digital" });
  await setEdition(pool, variantId, 5);
  await reserve(newId("cs"), [variantId], [2]);
  await setEdition(pool, variantId, 1);
  assert.deepEqual(await stockOf(variantId), { onHand: 2, reserved: 2, available: 0 });
  await assert.rejects(setEdition(pool, variantId, -1), /a count of units/);
});
