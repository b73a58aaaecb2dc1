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
  ["query=merino%20scarf", ["Brushed Merino Scarf"]],
  ["query=merino%20coat", []],
  ["query=xyzzy", []],
  ["query=%25", ["Brushed Merino Scarf", "Felt Hat", "Lambswool Crewneck", "Wool-Blend Overcoat"]],
  ["category=Hats", ["Felt Hat"]],
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
  });
  assert.equal((await get(`/products?store=${storeId}`)).body.data.total, 4);
  assert.equal((await get(`/products?store=${emptyStore}`)).body.data.total, 0);
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

test("stores are listed with what they sell and how they deliver", async () => {
  const { body } = await get(`/stores/${storeId}`);
  assert.deepEqual(
    [body.data.productCount, body.data.categories],
    [4, ["Coats & Jackets", "Hats", "Knitwear", "Scarves"]],
  );
  assert.deepEqual(body.data.delivery[0], {
    optionId: "standard",
    name: "Standard",
    amountCents: 599,
    perItemCents: 0,
    freeAboveCents: 50_000,
    daysMin: 3,
    daysMax: 5,
  });
  assert.equal((await get("/stores")).body.data.stores.length, 2);
  assert.deepEqual((await get("/stores/nowhere")).body.error.code, "store_not_found");
});

test("the reference describes every endpoint of the catalogue", async () => {
  const { paths } = (await http.fastify.inject({ method: "GET", url: "/api/openapi.json" })).json();
  assert.equal(Object.keys(paths).length, 4);
});
