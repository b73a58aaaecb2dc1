import assert from "node:assert/strict";
import { test } from "node:test";
import { testServer } from "#platform/http/test-server.ts";
import { tx } from "#platform/db/tx.ts";
import { makeStore } from "../../../test/makers.ts";
import { openTestDb } from "../../../test/db.ts";
import { importFeed } from "./import-feed.ts";
import { catalogRoutes } from "./routes.ts";

const { pool } = await openTestDb();
const { http } = testServer(pool, { reference: true });
catalogRoutes(http);

const storeId = await makeStore(pool);
const emptyStore = await makeStore(pool);
type Over = Readonly<Record<string, unknown>>;
const variant = (sku: string, priceCents: number, over: Over = {}) => ({
  sku,
  size: null,
  color: null,
  priceCents,
  listPriceCents: null,
  stock: 9,
  allocation: null,
  ...over,
});
const product = (id: string, title: string, category: string, variants: readonly object[]) => ({
  id,
  title,
  description: `About ${title}`,
  brand: "Alder & Row",
  category,
  imageUrl: `https://img.example/${id}.svg`,
  url: `https://shop.example/p/${id}`,
  variants,
});
const feed = {
  products: [
    product("coat", "Wool-Blend Overcoat", "Coats & Jackets", [
      variant("coat-m", 18_900, { size: "M", listPriceCents: 24_900 }),
      variant("coat-l", 19_900, { size: "L" }),
    ]),
    product("scarf", "Brushed Merino Scarf", "Scarves", [variant("scarf", 5_900)]),
    product("crew", "Lambswool Crewneck", "Knitwear", [
      variant("crew", 8_900, { listPriceCents: 9_900, allocation: 3 }),
    ]),
    product("hat", "Felt Hat", "Hats", [variant("hat", 3_900, { stock: 0 })]),
  ],
};
await tx(pool, "test", (open) => importFeed(open, storeId, feed));
await pool.query(
  "insert into inventory.stock (variant_id, on_hand, reserved) select variant_id, 3, 0 from catalog.variant where sku = 'crew'",
);

const get = async (path: string, language = "en") => {
  const response = await http.fastify.inject({
    method: "GET",
    url: `/api/v1/catalog${path}`,
    headers: { "accept-language": language },
  });
  return { status: response.statusCode, body: response.json() };
};
const titles = async (query: string): Promise<string[]> =>
  (await get(`/products?${query}`)).body.data.products.map(({ title }: { title: string }) => title);

test("a tile tells price, former price and whether it can be had", async () => {
  const { body } = await get("/products?query=overcoat", "ko");
  const { productId, ...tile } = body.data.products[0];
  assert.match(productId, /^prd_/);
  assert.deepEqual(tile, {
    storeId,
    storeName: tile.storeName,
    kind: "physical",
    title: "Wool-Blend Overcoat",
    brand: "Alder & Row",
    category: "Coats & Jackets",
    categoryLabel: "코트·재킷",
    imageUrl: "https://img.example/coat.svg",
    currency: "USD",
    priceCents: 18_900,
    priceDisplay: "$189.00",
    priceMaxCents: 19_900,
    originalPriceCents: 24_900,
    originalPriceDisplay: "$249.00",
    onSale: true,
    variantCount: 2,
    onlyVariantId: null,
    availability: "in_stock",
  });
  assert.equal(body.data.total, 1);
});

const searches: readonly (readonly [string, readonly string[]])[] = [
  ["query=COAT", ["Wool-Blend Overcoat"]],
  ["query=overcaot", ["Wool-Blend Overcoat"]],
  ["query=lambswol", ["Lambswool Crewneck"]],
  // Letters that changed places, where trigrams have nothing left in common.
  ["query=mernio", ["Brushed Merino Scarf"]],
  ["query=scrfa", ["Brushed Merino Scarf"]],
  ["query=hta", ["Felt Hat"]],
  ["query=%EC%BD%94%ED%8A%B8", ["Wool-Blend Overcoat"]],
  ["query=%EB%AA%A8%EC%9E%90&onSale=true", []],
  ["query=merino%20scarf", ["Brushed Merino Scarf"]],
  ["query=merino%20coat", []],
  ["query=xyzzy", []],
  ["query=%25", ["Brushed Merino Scarf", "Felt Hat", "Lambswool Crewneck", "Wool-Blend Overcoat"]],
  ["category=Hats", ["Felt Hat"]],
  ["category=Hats&category=Scarves", ["Brushed Merino Scarf", "Felt Hat"]],
  ["department=clothing", ["Lambswool Crewneck", "Wool-Blend Overcoat"]],
  ["department=clothing&category=Knitwear", ["Lambswool Crewneck"]],
  ["department=books", []],
  ["onSale=true", ["Lambswool Crewneck", "Wool-Blend Overcoat"]],
  ["onSale=false", ["Brushed Merino Scarf", "Felt Hat"]],
  ["minPriceCents=5900&maxPriceCents=8900", ["Brushed Merino Scarf", "Lambswool Crewneck"]],
  ["sort=price_asc", ["Felt Hat", "Brushed Merino Scarf", "Lambswool Crewneck", "Wool-Blend Overcoat"]],
  ["sort=price_desc&limit=2", ["Wool-Blend Overcoat", "Lambswool Crewneck"]],
  ["sort=discount&limit=2", ["Wool-Blend Overcoat", "Lambswool Crewneck"]],
  ["sort=newest&limit=1&offset=3", ["Wool-Blend Overcoat"]],
  ["offset=9", []],
];
for (const [query, expected] of searches)
  test(`products?${query}`, async () => assert.deepEqual(await titles(query), expected));

test("a page beyond the last still says how many there are", async () => {
  assert.deepEqual((await get("/products?offset=9&limit=5")).body.data, {
    products: [],
    total: 4,
    limit: 5,
    offset: 9,
    correctedQuery: null,
    facets: null,
  });
  assert.equal((await get(`/products?store=${storeId}`)).body.data.total, 4);
  assert.equal((await get(`/products?store=${emptyStore}`)).body.data.total, 0);
});

test("what was looked for instead is told, and only when something was found by it", async () => {
  const corrected = async (query: string) => (await get(`/products?query=${query}`)).body.data.correctedQuery;
  assert.equal(await corrected("mernio%20scarf"), "merino scarf");
  assert.equal(await corrected("lambswool"), null);
  assert.equal(await corrected("zzzzzz"), null);
  assert.equal(await corrected("mernio&onSale=true"), null);
});

test("filters are counted each by what all the others let through, in the reader's words", async () => {
  const { facets } = (await get("/products?facets=true&onSale=true&category=Knitwear&limit=1", "ko")).body.data;
  assert.deepEqual(
    facets.stores.map(({ storeId: id, count }: { storeId: string; count: number }) => [id, count]),
    [[storeId, 1]],
  );
  assert.deepEqual(facets.departments, [{ department: "clothing", label: "의류", count: 2 }]);
  assert.deepEqual(facets.categories, [
    { category: "Coats & Jackets", label: "코트·재킷", department: "clothing", count: 1 },
    { category: "Knitwear", label: "니트", department: "clothing", count: 1 },
  ]);
  assert.equal(facets.onSaleCount, 1);
  assert.deepEqual(facets.prices, [
    { currency: "USD", minCents: 8_900, minDisplay: "$89.00", maxCents: 8_900, maxDisplay: "$89.00" },
  ]);
  const none = (await get("/products?facets=true&query=xyzzy")).body.data.facets;
  assert.deepEqual(none, { stores: [], departments: [], categories: [], onSaleCount: 0, prices: [] });
});

test("what is the same for everybody is kept by its tag and language, refusals are not", async () => {
  const read = (headers: Record<string, string>) =>
    http.fastify.inject({ method: "GET", url: "/api/v1/catalog/products?limit=2", headers });
  const first = await read({});
  const { etag, vary } = first.headers;
  assert.ok(typeof etag === "string" && /^"[\w-]{22}"$/.test(etag));
  assert.equal(vary, "accept-language");
  assert.match(String(first.headers["cache-control"]), /^public, max-age=30, stale-while-revalidate=\d+$/);
  const again = await read({ "if-none-match": `"other", W/${etag}` });
  assert.deepEqual([again.statusCode, again.body, again.headers.etag], [304, "", etag]);
  assert.equal((await read({ "if-none-match": etag, "accept-language": "ko" })).statusCode, 200);
  const missing = await http.fastify.inject({ method: "GET", url: "/api/v1/catalog/products/prd_none" });
  assert.deepEqual([missing.headers["cache-control"], missing.headers.etag], ["no-store", undefined]);
});

test("beside a product stand its store's own, those of its kind first, and never itself", async () => {
  const [coat] = (await get("/products?query=overcoat")).body.data.products;
  const { products } = (await get(`/products/${coat.productId}/related?limit=2`)).body.data;
  assert.deepEqual(
    products.map(({ title }: { title: string }) => title),
    ["Lambswool Crewneck", "Brushed Merino Scarf"],
  );
  assert.deepEqual((await get("/products/prd_none/related")).body.data, { products: [] });
});

test("a product's price range follows its variants, whoever writes them", async () => {
  const of = async () => (await get("/products?query=felt%20hat")).body.data.products[0];
  const { productId } = await of();
  await pool.query(
    "insert into catalog.variant (variant_id, product_id, sku, price_minor, list_price_minor) values ('var_hat2', $1, 'hat2', 2900, 4100)",
    [productId],
  );
  const two = await of();
  assert.deepEqual(
    [two.priceCents, two.priceMaxCents, two.originalPriceCents, two.variantCount],
    [2900, 3900, 4100, 2],
  );
  await pool.query("update catalog.variant set is_active = false where variant_id = 'var_hat2'");
  const one = await of();
  assert.deepEqual([one.priceCents, one.onSale, one.variantCount], [3900, false, 1]);
});

test("a search that is not as documented is refused", async () => {
  for (const query of [
    "limit=0",
    "limit=101",
    "offset=-1",
    "sort=best",
    "onSale=maybe",
    "minPriceCents=-1",
    "colour=red",
    `query=${"x".repeat(201)}`,
  ]) {
    assert.equal((await get(`/products?${query}`)).status, 400, query);
  }
});

test("a product shows its variants in the store's order, with what is left of them", async () => {
  const find = async (query: string): Promise<string> =>
    (await get(`/products?query=${query}`)).body.data.products[0].productId;
  const { body } = await get(`/products/${await find("overcoat")}`);
  const { variants, description, returnPolicy, productUrl } = body.data;
  assert.deepEqual(
    [description, returnPolicy, productUrl],
    ["About Wool-Blend Overcoat", "", "https://shop.example/p/coat"],
  );
  assert.deepEqual(
    variants.map(
      ({ size, priceDisplay, originalPriceDisplay, availability, availableQuantity }: Record<string, unknown>) => [
        size,
        priceDisplay,
        originalPriceDisplay,
        availability,
        availableQuantity,
      ],
    ),
    [
      ["M", "$189.00", "$249.00", "in_stock", null],
      ["L", "$199.00", null, "in_stock", null],
    ],
  );
  const crew = await get(`/products/${await find("crewneck")}`);
  assert.deepEqual(
    [crew.body.data.variants[0].availability, crew.body.data.variants[0].availableQuantity],
    ["low_stock", 3],
  );
  const hat = await get(`/products/${await find("hat")}`);
  assert.deepEqual(
    [hat.body.data.variants[0].availability, hat.body.data.variants[0].availableQuantity],
    ["out_of_stock", 0],
  );
  const unknown = await get("/products/prd_none");
  assert.deepEqual([unknown.status, unknown.body.error.code], [404, "product_not_found"]);
  assert.equal((await get("/products/%00")).status, 404);
});

test("a store tells what it sells and how it delivers", async () => {
  const { body } = await get(`/stores/${storeId}`);
  assert.deepEqual(
    [body.data.productCount, body.data.categories],
    [
      4,
      [
        { category: "Coats & Jackets", label: "Coats & Jackets", department: "clothing" },
        { category: "Hats", label: "Hats", department: "accessories" },
        { category: "Knitwear", label: "Knitwear", department: "clothing" },
        { category: "Scarves", label: "Scarves", department: null },
      ],
    ],
  );
  assert.deepEqual(body.data.delivery[0], {
    optionId: "standard",
    name: "Standard",
    amountCents: 599,
    amountDisplay: "$5.99",
    perItemCents: 0,
    perItemDisplay: "$0.00",
    freeAboveCents: 50_000,
    freeAboveDisplay: "$500.00",
    daysMin: 3,
    daysMax: 5,
  });
  assert.deepEqual(body.data.placement, { method: "by_hand", hoursMax: 4 });
  assert.equal((await get(`/stores/${emptyStore}`)).body.data.productCount, 0);
  assert.deepEqual((await get("/stores/nowhere")).body.error.code, "store_not_found");
});

test("a store's words are told in Korean where it has them", async () => {
  const ko = { description: "항구의 백화점", returnPolicy: "30일 이내 무료 반품" };
  await pool.query("update store.store set texts = $2 where store_id = $1", [storeId, { ko }]);
  const korean = (await get(`/stores/${storeId}`, "ko")).body.data;
  assert.deepEqual([korean.description, korean.returnPolicy], ["항구의 백화점", "30일 이내 무료 반품"]);
  assert.equal(korean.delivery[0].name, "일반 배송");
  assert.equal((await get(`/stores/${storeId}`)).body.data.description, "");
});

test("the reference describes every endpoint of the catalogue", async () => {
  const { paths } = (await http.fastify.inject({ method: "GET", url: "/api/openapi.json" })).json();
  assert.equal(Object.keys(paths).length, 6);
});
