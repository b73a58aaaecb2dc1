import assert from "node:assert/strict";
import { test } from "node:test";
import { tx } from "#platform/db/tx.ts";
import { makeStore } from "../../../test/makers.ts";
import { openTestDb } from "../../../test/db.ts";
import { importFeed } from "./import-feed.ts";

const { pool } = await openTestDb();
const load = (storeId: string, feed: unknown) => tx(pool, "test", (open) => importFeed(open, storeId, feed));

type Over = Readonly<Record<string, unknown>>;
const variant = (over: Over = {}) => ({
  sku: "tea",
  size: null,
  color: null,
  priceCents: 1000,
  listPriceCents: null,
  stock: 5,
  allocation: null,
  ...over,
});
const product = (over: Over = {}) => ({
  id: "tea",
  title: "Tea",
  description: "",
  brand: null,
  category: null,
  imageUrl: null,
  url: "https://shop.example/tea?utm_source=feed",
  variants: [variant()],
  ...over,
});
const shelf = async (storeId: string) =>
  (
    await pool.query(
      `select p.store_ref, v.sku, p.is_active and v.is_active as active, v.price_minor::int as price, v.list_price_minor::int as list, v.is_in_stock, p.product_url
       from catalog.product p join catalog.variant v using (product_id) where p.store_id = $1 order by p.store_ref, v.sku`,
      [storeId],
    )
  ).rows;

test("a feed makes products, brings them up to date, and takes what is gone out of sale", async () => {
  const storeId = await makeStore(pool);
  const first = await load(storeId, {
    products: [
      product(),
      product({ id: "cup", variants: [variant({ sku: "cup-s", allocation: 4 }), variant({ sku: "cup-l" })] }),
    ],
  });
  assert.ok(first.kind === "imported");
  assert.deepEqual(
    [first.productCount, first.variantCount, first.newCount, first.changedCount, first.goneCount],
    [2, 3, 2, 0, 0],
  );
  assert.deepEqual(
    first.allocations.map(({ quantity }) => quantity),
    [4],
  );

  const feed = {
    products: [
      product({
        title: "Green tea",
        variants: [variant({ priceCents: 900, listPriceCents: 1000, stock: 0 })],
        extra: "ignored",
      }),
    ],
  };
  const second = await load(storeId, feed);
  assert.ok(second.kind === "imported");
  assert.deepEqual([second.newCount, second.changedCount, second.goneCount], [0, 1, 1]);
  assert.deepEqual(await shelf(storeId), [
    {
      store_ref: "cup",
      sku: "cup-l",
      active: false,
      price: 1000,
      list: null,
      is_in_stock: true,
      product_url: "https://shop.example/tea",
    },
    {
      store_ref: "cup",
      sku: "cup-s",
      active: false,
      price: 1000,
      list: null,
      is_in_stock: true,
      product_url: "https://shop.example/tea",
    },
    {
      store_ref: "tea",
      sku: "tea",
      active: true,
      price: 900,
      list: 1000,
      is_in_stock: false,
      product_url: "https://shop.example/tea",
    },
  ]);
});

test("the same feed again writes nothing", async () => {
  const storeId = await makeStore(pool);
  const feed = { products: [product({ variants: [variant({ priceCents: 900, listPriceCents: 1000, stock: 0 })] })] };
  await load(storeId, feed);
  const rows = () =>
    pool
      .query(
        "select xmin::text, product_id from catalog.product where store_id = $1 union all select v.xmin::text, variant_id from catalog.variant v join catalog.product p using (product_id) where p.store_id = $1 order by 2",
        [storeId],
      )
      .then((result) => result.rows);
  const before = await rows();
  const third = await load(storeId, feed);
  assert.ok(third.kind === "imported" && third.changedCount === 0 && third.goneCount === 0);
  assert.deepEqual(await rows(), before, "the same feed writes nothing");
});

test("what comes back into the feed is sold again", async () => {
  const storeId = await makeStore(pool);
  await load(storeId, { products: [product({ id: "cup", variants: [variant({ sku: "cup-s" })] })] });
  await load(storeId, { products: [product()] });
  await load(storeId, { products: [product(), product({ id: "cup" })] });
  assert.deepEqual(
    (await shelf(storeId)).filter(({ active }) => active).map(({ sku }) => sku),
    ["tea", "tea"],
    "what comes back is sold again, without the variants it had",
  );
});

const invalid: readonly (readonly [string, unknown, string])[] = [
  ["nothing", null, ""],
  ["an empty list", { products: [] }, "products"],
  [
    "a price below zero",
    { products: [product({ variants: [variant({ priceCents: -1 })] })] },
    "products[0].variants[0].priceCents",
  ],
  [
    "a price in dollars",
    { products: [product({ variants: [variant({ priceCents: 9.99 })] })] },
    "products[0].variants[0].priceCents",
  ],
  [
    "a price as text",
    { products: [product({ variants: [variant({ priceCents: "900" })] })] },
    "products[0].variants[0].priceCents",
  ],
  [
    "a price beyond all bounds",
    { products: [product({ variants: [variant({ priceCents: 1e11 })] })] },
    "products[0].variants[0].priceCents",
  ],
  ["no variants", { products: [product({ variants: [] })] }, "products[0].variants"],
  ["a script for a picture", { products: [product({ imageUrl: "javascript:alert(1)" })] }, "products[0].imageUrl"],
  ["a zero byte", { products: [product({ title: "T\u0000ea" })] }, "products[0].title"],
  ["half a character", { products: [product({ title: "\uD800" })] }, "products[0].title"],
  ["a product twice", { products: [product(), product()] }, "products[1]"],
  ["a sku twice", { products: [product({ variants: [variant(), variant()] })] }, "products[0].variants[1]"],
];
for (const [what, feed, field] of invalid) {
  test(`a feed with ${what} is refused whole`, async () => {
    const storeId = await makeStore(pool);
    await load(storeId, { products: [product()] });
    const before = await shelf(storeId);
    const refused = await load(storeId, feed);
    assert.ok(refused.kind === "feed_invalid");
    assert.equal(refused.field, field);
    assert.deepEqual(await shelf(storeId), before);
  });
}

test("a former price that is no higher is none, and a store that is not there takes no feed", async () => {
  const storeId = await makeStore(pool);
  await load(storeId, { products: [product({ variants: [variant({ listPriceCents: 1000 })] })] });
  assert.equal((await shelf(storeId))[0].list, null);
  assert.deepEqual(await load("nowhere", { products: [product()] }), { kind: "store_not_found" });
});

test("two imports at once take turns; each is whole", async () => {
  const storeId = await makeStore(pool);
  const feeds = Array.from({ length: 6 }, (_, i) => ({
    products: ["a", "b", "c"].map((id) => product({ id, title: `Tea ${i}` })),
  }));
  await Promise.all(feeds.map((feed) => load(storeId, feed)));
  const { rows } = await pool.query("select distinct title from catalog.product where store_id = $1", [storeId]);
  assert.equal(rows.length, 1);
});
