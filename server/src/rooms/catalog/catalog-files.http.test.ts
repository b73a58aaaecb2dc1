/** What the shelves tell of sellers' files: two currencies side by side, and editions that run out. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { testServer } from "#platform/http/test-server.ts";
import { openTestDb } from "../../../test/db.ts";
import { buyFiles, makeFile } from "../../../test/digital.ts";
import { catalogRoutes } from "./routes.ts";

const { pool } = await openTestDb();
const { http } = testServer(pool);
catalogRoutes(http);

const edition = await makeFile(pool, { priceMinor: 900, editionLimit: 2 });
for (const priceMinor of [100, 20_000]) await makeFile(pool, { priceMinor });
for (const priceMinor of [3_000, 500]) await makeFile(pool, { priceMinor, currency: "KRW" });

const get = async (path: string, language = "en") =>
  (
    await http.fastify.inject({
      method: "GET",
      url: `/api/v1/catalog${path}`,
      headers: { "accept-language": language },
    })
  ).json().data;

const prices = async (sort: string, language: string): Promise<string> => {
  const { products } = await get(`/products?sort=${sort}`, language);
  return products.map((tile: { currency: string; priceCents: number }) => `${tile.currency} ${tile.priceCents}`).join();
};

test("by price, each currency is in an order of its own, and the reader's comes first", async () => {
  assert.equal(await prices("price_asc", "en"), "USD 100,USD 900,USD 20000,KRW 500,KRW 3000");
  assert.equal(await prices("price_desc", "en"), "USD 20000,USD 900,USD 100,KRW 3000,KRW 500");
  assert.equal(await prices("price_asc", "ko"), "KRW 500,KRW 3000,USD 100,USD 900,USD 20000");
});

test("an edition's page and tile count down, and say when it is sold out", async () => {
  const seen = async () => {
    const { editionLimit, variants } = await get(`/products/${edition.productId}`);
    const { products } = await get("/products?sort=price_asc");
    const tile = products.find(({ productId }: { productId: string }) => productId === edition.productId);
    return [editionLimit, variants[0].availability, variants[0].availableQuantity, tile.availability];
  };
  assert.deepEqual(await seen(), [2, "low_stock", 2, "low_stock"]);
  await buyFiles(pool, [edition]);
  assert.deepEqual(await seen(), [2, "low_stock", 1, "low_stock"]);
  await buyFiles(pool, [edition]);
  assert.deepEqual(await seen(), [2, "out_of_stock", 0, "out_of_stock"]);
});
