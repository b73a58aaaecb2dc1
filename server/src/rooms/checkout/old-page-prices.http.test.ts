import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { openBell } from "#platform/db/bell.ts";
import { openListener } from "#platform/db/listen.ts";
import { as, testServer } from "#platform/http/test-server.ts";
import { silentLog } from "#platform/log/log.ts";
import type { WebPage } from "#platform/outbound/web-page.ts";
import { openProductPages } from "#rooms/catalog";
import { openStripe, stripeProvider } from "#rooms/payment";
import { openTestDb } from "../../../test/db.ts";
import { makeStore, makeVariant } from "../../../test/makers.ts";
import { cartRoutes } from "../cart/index.ts";
import { checkoutRoutes } from "./routes.ts";
import { openSessionWatch } from "./session-watch.ts";

const { pool, url, beforeClose } = await openTestDb();
const listener = await openListener({
  connectionString: url,
  applicationName: "test ears",
  onReconnect: () => undefined,
});
beforeClose(() => listener.close());

/** What the store's page says at this moment, and how often it was asked. */
const web: { page: (address: string) => WebPage; reads: string[] } = {
  page: () => ({ kind: "unreachable" }),
  reads: [],
};
const pages = openProductPages(async (address) => {
  web.reads.push(address);
  return web.page(address);
});
const { http } = testServer(pool);
cartRoutes(http, pages);
checkoutRoutes(
  http,
  {
    db: pool,
    bell: openBell(pool, silentLog),
    // Starting a session asks no provider.
    provider: stripeProvider(openStripe({ secretKey: "sk_test_muse_sandbox", apiBase: "http://127.0.0.1:9" })),
    watch: await openSessionWatch(listener),
    returnUrlBase: "http://127.0.0.1:3000/checkout/placing/",
  },
  pages,
);

const priced =
  (price: number, availability = "InStock") =>
  (address: string): WebPage => ({
    kind: "page",
    url: address,
    type: "text/html",
    encoding: "identity",
    body: Buffer.from(
      `<script type="application/ld+json">${JSON.stringify({
        "@type": "Product",
        name: "Lamp",
        offers: { price, priceCurrency: "USD", availability },
      })}</script>`,
    ),
  });
const storeId = await makeStore(pool);
await pool.query("update store.store set homepage = 'https://shop.example/' where store_id = $1", [storeId]);

async function call(headers: Record<string, string>, path: string, payload: object) {
  const answer = await http.fastify.inject({ method: "POST", url: `/api/v1${path}`, headers, payload });
  return { status: answer.statusCode, ...answer.json() };
}

/** Somebody with a lamp for five dollars in their cart, whose page was read so long ago. */
async function withLamp(readAgo: string) {
  const headers = as("shopper", newId("acc"));
  const address = `https://shop.example/${newId("pag")}`;
  web.page = priced(5);
  const added = await call(headers, "/cart/items", { url: address });
  assert.equal(added.status, 200, JSON.stringify(added.error));
  await pool.query("update catalog.product set page_read_at = now() - $2::interval where product_id = $1", [
    added.data.item.productId,
    readAgo,
  ]);
  web.reads = [];
  return { headers, start: (more = {}) => call({ ...headers, ...more }, "/checkout/sessions", {}) };
}
const totalOf = (started: { data: { cartSnapshot: { summary: { subtotalCents: number } } } }) =>
  started.data.cartSnapshot.summary.subtotalCents;

test("a price that was read minutes ago is promised as it is", async () => {
  const { start } = await withLamp("9 minutes");
  web.page = priced(6);
  assert.equal(totalOf(await start()), 500);
  assert.deepEqual(web.reads, []);
});

test("an older one is read again first, and the session has the new one", async () => {
  const { start } = await withLamp("11 minutes");
  web.page = priced(6);
  assert.equal(totalOf(await start()), 600);
  assert.equal(web.reads.length, 1);
  assert.equal(totalOf(await start()), 600);
  assert.equal(web.reads.length, 1, "once is enough");
});

test("what is sold out or gone meanwhile is not promised", async () => {
  for (const page of [priced(5, "OutOfStock"), (): WebPage => ({ kind: "not_found" })]) {
    const { start } = await withLamp("1 hour");
    web.page = page;
    const { status, error } = await start();
    assert.deepEqual([status, error.code, error.details.items[0].title], [409, "product_unavailable", "Lamp"]);
  }
});

test("a store that is silent for a while keeps its price for the day, and not a minute longer", async () => {
  const today = await withLamp("23 hours");
  web.page = () => ({ kind: "timed_out" });
  assert.equal(totalOf(await today.start()), 500);
  const yesterday = await withLamp("24 hours 1 minute");
  web.page = () => ({ kind: "timed_out" });
  const { status, error } = await yesterday.start();
  assert.deepEqual([status, error.code], [409, "product_unavailable"]);
});

test("pages are read outside of the transaction of a keyed request, and not for a repeat of it", async () => {
  const { start } = await withLamp("1 hour");
  const key = { "idempotency-key": "once" };
  web.page = priced(8);
  assert.equal(totalOf(await start(key)), 800);
  await pool.query("update catalog.product set page_read_at = now() - interval '1 hour'");
  assert.equal(totalOf(await start(key)), 800);
  assert.equal(web.reads.length, 1);
});

test("a large cart of old prices reads a dozen of them at once, the rest with the next try", async () => {
  const headers = as("shopper", newId("acc"));
  web.page = priced(5);
  for (let index = 0; index < 15; index += 1)
    await call(headers, "/cart/items", { url: `https://shop.example/many/${index}` });
  await pool.query(
    "update catalog.product set page_read_at = now() - interval '2 days' where product_url like '%/many/%'",
  );
  web.reads = [];
  const { error } = await call(headers, "/checkout/sessions", {});
  assert.equal(error.code, "product_unavailable");
  assert.equal(web.reads.length, 12);
  assert.equal((await call(headers, "/checkout/sessions", {})).status, 201);
  assert.equal(web.reads.length, 15);
});

test("a cart without such products asks nobody", async () => {
  const { productId } = await makeVariant(pool, { storeId });
  const headers = as("shopper", newId("acc"));
  await call(headers, "/cart/items", { productId });
  web.reads = [];
  assert.equal((await call(headers, "/checkout/sessions", {})).status, 201);
  assert.deepEqual(web.reads, []);
});
