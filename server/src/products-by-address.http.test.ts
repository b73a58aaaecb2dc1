/**
 * The sandbox's six shops, read by their pages as a shopper pastes them: all three ways a page can tell of a
 * product.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { as, testServer } from "#platform/http/test-server.ts";
import { openRegistry } from "#platform/metrics/registry.ts";
import { cartRoutes } from "#rooms/cart";
import { catalogRoutes, openProductPages } from "#rooms/catalog";
import { openTestDb } from "../test/db.ts";
import { makeStore } from "../test/makers.ts";
import { openTestSandbox } from "../test/sandbox.ts";
import { outboundMetrics } from "#platform/outbound/http.ts";
import { webPagesFor } from "./run-api.ts";

const { pool } = await openTestDb();
const sandbox = await openTestSandbox();
const registry = openRegistry("api");
const { http } = testServer(pool);
const config = { providers: { sandboxUrl: sandbox.url } as never };
cartRoutes(http, openProductPages(webPagesFor(config, outboundMetrics(registry))));
catalogRoutes(http);

const slugs = ["harbor-main", "harbor-outlet", "fernwood", "lumen-home", "kite-co", "pinecrest"];
for (const slug of slugs) {
  const storeId = await makeStore(pool);
  await pool.query("update store.store set homepage = $2 where store_id = $1", [
    storeId,
    `${sandbox.url}/retailers/${slug}/`,
  ]);
}
const add = async (path: string, more: object = {}) => {
  const payload = { url: `${sandbox.url}/retailers/${path}`, ...more };
  const headers = as("shopper", newId("acc"));
  const response = await http.fastify.inject({ method: "POST", url: "/api/v1/cart/items", headers, payload });
  return { status: response.statusCode, ...response.json() };
};

const single = [
  ["harbor-outlet/products/ho-sample", "Sample Sale Weekender", 9_800, 24_500],
  ["fernwood/products/fw-repair", "Field Repair Kit", 3_200, null],
] as const;
for (const [path, title, price, before] of single) {
  test(`${path} is in the cart at its page's price`, async () => {
    const { status, data, error } = await add(path);
    assert.equal(status, 200, JSON.stringify(error));
    const { item } = data;
    assert.deepEqual(
      [item.title, item.unitPriceCents, item.originalPriceCents, item.available],
      [title, price, before, true],
    );
    assert.ok(item.imageUrl.startsWith(`${sandbox.url}/images/`));
  });
}

const several = [
  ["harbor-main/products/hm-signet", { color: "Stone" }, ["Navy 8600", "Stone 8600"]],
  ["lumen-home/products/lh-atelier", { color: "Amber" }, ["Amber 6400", "Smoke 6400"]],
  ["kite-co/products/kc-maker", { size: "Large" }, ["Large Rust 4800", "Small Rust 4800"]],
  ["pinecrest/products/pb-local", { size: "Signed" }, ["Paperback 1650", "Signed 1650"]],
] as const;
for (const [path, choice, variants] of several) {
  test(`${path} has its page's variants, each with the sku that the store orders by`, async () => {
    const { error } = await add(path);
    assert.equal(error.code, "variant_required", JSON.stringify(error));
    const choices = error.details.choices as readonly {
      size: string | null;
      color: string | null;
      priceCents: number;
    }[];
    assert.deepEqual(
      choices
        .map(({ size, color, priceCents }) => [size, color, priceCents].filter((part) => part !== null).join(" "))
        .toSorted(),
      [...variants],
    );
    const { data } = await add(path, choice);
    const { rows } = await pool.query("select sku from catalog.variant where variant_id = $1", [data.item.variantId]);
    assert.match(rows[0].sku, /^(HM-SIGNET-STO|LH-ATELIER-AMB|KC-MAKER-LARGE|PB-LOCAL-SIGNED)$/);
    const page = await add(`${path}?sku=${rows[0].sku}`);
    assert.equal(page.data?.item.variantId, data.item.variantId, "the address with the sku names the variant");
  });
}

test("what is no product, not there, or another store's is said so", async () => {
  const cases = [
    ["lumen-home/", "page_not_product"],
    ["fernwood/", "page_not_product"],
    ["pinecrest/products/nothing", "page_not_found"],
    ["nobody/products/x", "page_store_unknown"],
  ] as const;
  for (const [path, code] of cases) assert.equal((await add(path)).error?.code, code, path);
  const text = await registry.metrics();
  assert.match(text, /outbound_calls_total\{provider="product_page",outcome="4xx"[^}]*\} 1/);
});
