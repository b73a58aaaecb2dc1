import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { makeStore } from "../test/makers.ts";
import { openTestDb } from "../test/db.ts";

const { pool, url } = await openTestDb();
const program = resolve(import.meta.dirname, "main.ts");

/** The program as a scheduler runs it: a feed on its standard input, an exit code, words. */
async function importing(args: readonly string[], input: string) {
  const child = spawn(process.execPath, [program, "import-feed", ...args], {
    env: { ...process.env, DATABASE_URL: url },
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  const [[code], said, complaint] = await Promise.all([once(child, "exit"), text(child.stdout), text(child.stderr)]);
  return { code: code as number, said, complaint };
}

const variant = { sku: "cup-s", size: "S", color: null, priceCents: 1200, listPriceCents: null, stock: 4 };
const cup = (over: Readonly<Record<string, unknown>> = {}) => ({
  products: [
    {
      id: "cup",
      title: "Cup",
      description: "",
      brand: null,
      category: null,
      imageUrl: null,
      url: "https://shop.example/cup",
      variants: [{ ...variant, allocation: 3, ...over }],
    },
  ],
});

async function shelfOf(storeId: string): Promise<unknown[]> {
  const { rows } = await pool.query(
    `select v.sku, v.price_minor::int as price, s.on_hand from catalog.product p join catalog.variant v using (product_id)
     left join inventory.stock s using (variant_id) where p.store_id = $1`,
    [storeId],
  );
  return rows;
}

test("a feed on standard input is what the store sells, and the same one again changes nothing", async () => {
  const storeId = await makeStore(pool);
  const feed = JSON.stringify(cup());
  const first = await importing([storeId], feed);
  assert.deepEqual([first.code, first.complaint], [0, ""]);
  assert.equal(first.said, `${storeId}: 1 products in 1 variants; 1 new, 0 changed, 0 no longer sold\n`);
  assert.deepEqual(await shelfOf(storeId), [{ sku: "cup-s", price: 1200, on_hand: 3 }]);
  const again = await importing([storeId], feed);
  assert.equal(again.said, `${storeId}: 1 products in 1 variants; 0 new, 0 changed, 0 no longer sold\n`);
});

test("what is no feed, or of no store, is refused in words and changes nothing", async () => {
  const storeId = await makeStore(pool);
  await importing([storeId], JSON.stringify(cup()));
  const refused = async (args: readonly string[], input: string, words: RegExp): Promise<void> => {
    const { code, said, complaint } = await importing(args, input);
    assert.deepEqual([code, said], [1, ""]);
    assert.match(complaint, words);
    assert.doesNotMatch(complaint, /at .*\.ts:\d/);
  };
  await refused([storeId], JSON.stringify(cup({ priceCents: -1 })), /"products\[0\]\.variants\[0\]\.priceCents"/);
  await refused([storeId], "{ products", /no JSON/);
  await refused(["nobody"], JSON.stringify(cup()), /There is no store nobody/);
  await refused([], JSON.stringify(cup()), /Say which store/);
  assert.deepEqual(await shelfOf(storeId), [{ sku: "cup-s", price: 1200, on_hand: 3 }]);
});
