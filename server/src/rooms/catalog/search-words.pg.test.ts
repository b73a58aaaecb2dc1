/** The words that products are found under: which are forgotten, and what looking for a misspelt one costs. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Db } from "#platform/db/query.ts";
import { tx } from "#platform/db/tx.ts";
import { makeStore } from "../../../test/makers.ts";
import { openTestDb } from "../../../test/db.ts";
import { wordsCorrect, wordsForget } from "./catalog.sql.gen.ts";
import { importFeed } from "./import-feed.ts";
import { catalogSweeps } from "./sweeps.ts";

const { pool } = await openTestDb();
const storeId = await makeStore(pool);

const feedOf = (...titles: readonly string[]) => ({
  products: titles.map((title) => ({
    id: title,
    title,
    description: "",
    brand: null,
    category: null,
    imageUrl: null,
    url: "https://shop.example/p",
    variants: [
      { sku: "one", size: null, color: null, priceCents: 1000, listPriceCents: null, stock: 5, allocation: null },
    ],
  })),
});
const load = (...titles: readonly string[]) => tx(pool, "test", (open) => importFeed(open, storeId, feedOf(...titles)));
const words = async (): Promise<string[]> =>
  (await pool.query("select word from catalog.search_word order by word")).rows.map(({ word }) => word);
const age = (hours: number) =>
  pool.query("update catalog.search_word set noted_at = now() - make_interval(hours => $1)", [hours]);
const sweep = async () => {
  const [own] = catalogSweeps(pool);
  return await own?.run(new AbortController().signal);
};
const round = (found: number, hasMore = false) => ({ found, mended: found, failed: 0, hasMore });

test("a word goes a day after the last product with it, and not while one is sold", async () => {
  await load("merino scarf", "felt hat");
  await load("merino scarf");
  assert.deepEqual(await sweep(), round(0));
  await age(25);
  assert.deepEqual(await sweep(), round(2));
  assert.deepEqual(await words(), ["merino", "scarf"]);
  // Those were looked at just now.
  assert.deepEqual((await wordsForget(pool, { limit: 9n })).lookedAt, 0n);
  await load("merino scarf", "felt hat");
  assert.deepEqual(await words(), ["felt", "hat", "merino", "scarf"]);
});

test("a word that is being noted again stays, though nobody sees yet what holds it", async () => {
  await load("merino scarf");
  await age(25);
  await tx(pool, "test", async (open) => {
    await importFeed(open, storeId, feedOf("merino scarf", "felt hat"));
    assert.deepEqual(await sweep(), round(0));
  });
  assert.deepEqual(await sweep(), round(0));
  assert.deepEqual(await words(), ["felt", "hat", "merino", "scarf"]);
  // What was noted within half a day is written no second time.
  const { rows } = await pool.query("select max(xmin::text::bigint) as last from catalog.search_word");
  await load("merino scarf", "felt hat");
  assert.deepEqual((await pool.query("select max(xmin::text::bigint) as last from catalog.search_word")).rows, rows);
});

test("however many words have gone, a round looks at a thousand", async () => {
  await pool.query("insert into catalog.search_word (word) select 'gone' || n from generate_series(1, 1500) n");
  await age(25);
  assert.equal((await words()).length, 1504);
  const first = await sweep();
  assert.ok(typeof first === "object" && first.hasMore && first.found >= 996);
  await sweep();
  assert.deepEqual(await words(), ["felt", "hat", "merino", "scarf"]);
});

test("a misspelt word is compared with so many words at most, by an index, and still corrected", async () => {
  await pool.query(
    `insert into catalog.search_word (word) select distinct 'm' || left(md5(n::text), l) || 'x'
     from generate_series(1, 12000) n cross join unnest(array[2, 3, 5]) l`,
  );
  await pool.query("analyze catalog.search_word");
  const correct = async (db: Db, word: string) => await wordsCorrect(db, { words: [word], comparedMax: 500n });
  for (const [typed, meant] of [
    ["mernio", "merino"],
    ["scrfa", "scarf"],
    ["jelt", "felt"],
    ["hta", "hat"],
    ["amerino", "merino"],
    ["merinos", "merino"],
  ] as const) {
    assert.deepEqual(await correct(pool, typed), [{ typed, meant }]);
  }
  const plans: unknown[] = [];
  await correct(explaining(plans), "mernio");
  const scans = nodesOf(plans[0]).filter((node) => "Actual Rows" in node && node["Relation Name"] === "search_word");
  assert.equal(scans.length, 2);
  assert.deepEqual(
    scans.filter((node) => node["Node Type"] === "Seq Scan"),
    [],
  );
  const read = scans.map((node) => Number(node["Actual Rows"]) + Number(node["Rows Removed by Filter"] ?? 0));
  assert.ok(
    read.every((rows) => rows <= 500),
    read.join(),
  );
});

type PlanNode = Readonly<Record<string, unknown>>;

/** Keeps how the database would go about what it is given to run, were there too many rows to read them all. */
function explaining(plans: unknown[]): Db {
  return {
    query: async ({ text, values }) => {
      const client = await pool.connect();
      await client.query("set enable_seqscan = off");
      const { rows } = await client.query({ text: `explain (analyze, format json) ${text}`, values: [...values] });
      client.release(true);
      plans.push(rows[0]?.["QUERY PLAN"]);
      return { rows: [], rowCount: 0 };
    },
  };
}

function nodesOf(plan: unknown): readonly PlanNode[] {
  if (Array.isArray(plan)) return plan.flatMap(nodesOf);
  if (typeof plan !== "object" || plan === null) return [];
  return [plan as PlanNode, ...Object.values(plan).flatMap(nodesOf)];
}
