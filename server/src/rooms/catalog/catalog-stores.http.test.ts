/** Anybody may sell, so lists of stores are read by the page, and hold those that have something on sale. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { testServer } from "#platform/http/test-server.ts";
import { openTestDb } from "../../../test/db.ts";
import { makeFile } from "../../../test/digital.ts";
import { makeStore, makeVariant } from "../../../test/makers.ts";
import { catalogRoutes } from "./routes.ts";

const { pool } = await openTestDb();
const { http } = testServer(pool);
catalogRoutes(http);

const retailers = [await makeStore(pool), await makeStore(pool)];
for (const storeId of retailers) await makeVariant(pool, { storeId });
const empty = await makeStore(pool);
const sold: string[] = [];
for (const priceMinor of [100, 200, 300]) sold.push((await makeFile(pool, { priceMinor })).productId);
await pool.query("update store.store set name = 'A shop before all others' where kind = 'seller'");

const get = async (path: string) => {
  const reply = await http.fastify.inject({ method: "GET", url: `/api/v1/catalog${path}` });
  return { status: reply.statusCode, data: reply.json().data };
};
const list = async (query: string) => {
  const { stores, ...rest } = (await get(`/stores?${query}`)).data;
  return { kinds: stores.map(({ kind }: { kind: string }) => kind), stores, ...rest };
};

test("stores come by the page, retailers first, with how many there are", async () => {
  const first = await list("limit=2");
  assert.deepEqual(first.kinds, ["retailer", "retailer"]);
  assert.deepEqual([first.total, first.limit, first.offset], [5, 2, 0]);
  const names = first.stores.map(({ name }: { name: string }) => name);
  assert.deepEqual(names, names.toSorted());
  const rest = await list("limit=9&offset=2");
  assert.deepEqual(rest.kinds, ["seller", "seller", "seller"]);
  assert.equal(rest.stores[0].productCount, 1);
  const beyond = await list("offset=9");
  assert.deepEqual([beyond.kinds, beyond.total], [[], 5]);
});

test("one kind of store can be asked for alone", async () => {
  assert.deepEqual((await list("kind=seller&limit=1")).total, 3);
  assert.deepEqual((await list("kind=retailer")).kinds, ["retailer", "retailer"]);
  for (const query of ["kind=friend", "limit=0", "limit=101", "shop=a"])
    assert.equal((await get(`/stores?${query}`)).status, 400, query);
});

test("a store with nothing on sale is in no list, and has its page still", async () => {
  const ids = (await list("limit=100")).stores.map(({ storeId }: { storeId: string }) => storeId);
  assert.ok(!ids.includes(empty));
  assert.equal((await get(`/stores/${empty}`)).data.productCount, 0);
  await pool.query("update catalog.product set is_active = false where store_id = $1", [retailers[0]]);
  assert.equal((await list("")).total, 4);
  await pool.query("update catalog.product set is_active = true where store_id = $1", [retailers[0]]);
});

test("the sitemap is walked by its cursor, stores before products, each once and none that sells nothing", async () => {
  const seen: string[] = [];
  let path = "/sitemap?limit=3";
  for (let page = 0; page < 9; page += 1) {
    const { stores, products, nextCursor } = (await get(path)).data;
    const ids = [
      ...stores.map(({ storeId }: { storeId: string }) => storeId),
      ...products.map(({ productId }: { productId: string }) => productId),
    ];
    assert.ok(ids.length <= 3);
    seen.push(...ids);
    if (nextCursor === null) break;
    path = `/sitemap?limit=3&cursor=${encodeURIComponent(nextCursor)}`;
  }
  assert.deepEqual([seen.length, new Set(seen).size], [10, 10]);
  assert.ok(!seen.includes(empty));
  assert.ok(retailers.every((storeId) => seen.indexOf(storeId) < 5));
  assert.ok(sold.every((productId) => seen.includes(productId)));
  assert.equal((await get("/sitemap?cursor=prd_1")).status, 400);
});
