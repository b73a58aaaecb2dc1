/** Anybody may sell, under any category: what stands beside a search is bounded, and what was chosen stays in it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { testServer } from "#platform/http/test-server.ts";
import { openTestDb } from "../../../test/db.ts";
import { makeVariant, makeStore } from "../../../test/makers.ts";
import { catalogRoutes } from "./routes.ts";

const { pool } = await openTestDb();
const { http } = testServer(pool);
catalogRoutes(http);

const big = await makeStore(pool);
const small: string[] = [];
for (let n = 0; n < 60; n += 1) {
  const storeId = await makeStore(pool);
  small.push(storeId);
  const own = [
    [storeId, `Odd ${String(n).padStart(2, "0")}`],
    [big, "Odd of all"],
  ] as const;
  for (const [store, category] of own) {
    const { productId } = await makeVariant(pool, { storeId: store });
    await pool.query("update catalog.product set category = $2 where product_id = $1", [productId, category]);
  }
}
const lone = await makeVariant(pool, { storeId: big });
await pool.query("update catalog.product set category = 'Tents & Shelter' where product_id = $1", [lone.productId]);
await pool.query("update store.store set name = 'Zebra' where store_id = $1", [big]);

const facets = async (query: string) => {
  const reply = await http.fastify.inject({ method: "GET", url: `/api/v1/catalog/products?facets=true&${query}` });
  const found = reply.json().data.facets;
  return {
    stores: found.stores.map(({ storeId }: { storeId: string }) => storeId) as string[],
    categories: found.categories.map(({ category }: { category: string }) => category) as string[],
    departments: found.departments as unknown,
  };
};

test("fifty stores are offered, those with the most first, and those that were chosen", async () => {
  const { stores } = await facets("");
  assert.equal(stores.length, 50);
  assert.ok(stores.includes(big));
  const left = small.filter((storeId) => !stores.includes(storeId));
  assert.equal(left.length, 11);
  const chosen = await facets(left.map((storeId) => `store=${storeId}`).join("&"));
  assert.equal(chosen.stores.length, 61);
});

test("fifty categories are offered, those that were chosen, and all that a department counts", async () => {
  const { categories, departments } = await facets("");
  assert.equal(categories.length, 51);
  assert.ok(categories.includes("Odd of all") && categories.includes("Tents & Shelter"));
  assert.deepEqual(departments, [{ department: "outdoor", label: "Outdoor", count: 1 }]);
  assert.ok(!categories.includes("Odd 59"));
  const chosen = await facets("category=Odd%2059");
  assert.deepEqual([chosen.categories.length, chosen.categories.includes("Odd 59")], [52, true]);
});
