/** What a cart's page tells beyond the sums: how stores deliver, what is left, which prices moved. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { as, testServer } from "#platform/http/test-server.ts";
import { makeCart, makeStore, makeVariant } from "../../../test/makers.ts";
import { openTestDb } from "../../../test/db.ts";
import { cartRoutes } from "./routes.ts";

const { pool } = await openTestDb();
const { http } = testServer(pool);
cartRoutes(http);
const storeId = await makeStore(pool);
const coat = await makeVariant(pool, { storeId, priceMinor: 18_900 });
const lamp = await makeVariant(pool, { storeId: await makeStore(pool), priceMinor: 4_000, stock: 3 });

const cartOf = async (lines: Parameters<typeof makeCart>[1]) => {
  const accountId = newId("acc");
  await makeCart(pool, lines, accountId);
  return as("shopper", accountId);
};
const read = async (headers: Record<string, string>, path: string) =>
  (await http.fastify.inject({ method: "GET", url: `/api/v1/cart${path}`, headers })).json().data;
const itemOf = async (headers: Record<string, string>) => (await read(headers, "")).stores[0].items[0];

test("each store says how it delivers, as dates, and what is missing until that is free", async () => {
  const me = await cartOf([{ variant: coat, quantity: 2 }, { variant: lamp }]);
  assert.equal((await read(me, "/summary")).delivery, null, "only when asked");
  const { delivery, estimate } = await read(me, "/summary?delivery=true");
  assert.equal(estimate, null);
  const [first] = delivery;
  assert.deepEqual(
    delivery.map((store: { storeId: string }) => store.storeId),
    [coat.storeId, lamp.storeId],
  );
  assert.deepEqual(first.freeShipping, {
    optionId: "standard",
    optionName: "Standard",
    aboveCents: 50_000,
    aboveDisplay: "$500.00",
    missingCents: 12_200,
    missingDisplay: "$122.00",
    isReached: false,
  });
  const [standard, express] = first.options;
  assert.deepEqual([standard.shippingDisplay, express.shippingDisplay], ["$5.99", "$14.00"]);
  assert.match(standard.deliveryFrom, /^\d{4}-\d{2}-\d{2}$/);
  assert.ok(express.deliveryFrom <= standard.deliveryFrom && standard.deliveryFrom <= standard.deliveryTo);

  const withZip = await read(me, "/summary?zip=97201");
  assert.deepEqual(withZip.delivery, delivery);
  assert.equal(withZip.estimate.isEstimate, true);
});

test("what is reached is said to be, and what costs nothing is shown as that", async () => {
  const me = await cartOf([{ variant: coat, quantity: 3 }]);
  const [store] = (await read({ ...me, "accept-language": "ko" }, "/summary?delivery=true")).delivery;
  assert.deepEqual(
    [store.freeShipping.missingCents, store.freeShipping.isReached, store.freeShipping.optionName],
    [0, true, "일반 배송"],
  );
  assert.equal(store.options[0].shippingCents, 0);
  assert.deepEqual((await read(await cartOf([]), "/summary?delivery=true")).delivery, []);
});

test("an item says why it cannot be had, and how many could be", async () => {
  const me = await cartOf([{ variant: lamp, quantity: 5 }]);
  const stock = async () => {
    const { available, unavailableReason, availableQuantity, quantityMax } = await itemOf(me);
    return [available, unavailableReason, availableQuantity, quantityMax];
  };
  assert.deepEqual(await stock(), [false, "not_enough", 3, 3]);
  await pool.query("update inventory.stock set on_hand = 9 where variant_id = $1", [lamp.variantId]);
  assert.deepEqual(await stock(), [true, null, 9, 9]);
  await pool.query("update inventory.stock set on_hand = 900 where variant_id = $1", [lamp.variantId]);
  assert.deepEqual(await stock(), [true, null, null, 99]);
  await pool.query("update catalog.variant set is_in_stock = false where variant_id = $1", [lamp.variantId]);
  assert.deepEqual(await stock(), [false, "sold_out", 0, 0]);
  await pool.query("update catalog.product set is_active = false where product_id = $1", [lamp.productId]);
  assert.deepEqual(await stock(), [false, "discontinued", 0, 0]);
});

test("prices that were seen are not called out any more; the cart is the same", async () => {
  const vase = await makeVariant(pool, { storeId, priceMinor: 5_900 });
  const me = await cartOf([{ variant: vase }]);
  await pool.query("update catalog.variant set price_minor = 4900, image_url = $2 where variant_id = $1", [
    vase.variantId,
    "https://img.example/vase-rust.svg",
  ]);
  const before = await read(me, "");
  assert.equal(before.stores[0].items[0].priceChanged.toDisplay, "$49.00");
  assert.equal(before.stores[0].items[0].imageUrl, "https://img.example/vase-rust.svg", "the variant's own picture");
  const seen = await http.fastify.inject({ method: "POST", url: "/api/v1/cart/prices/seen", headers: me });
  const after = seen.json().data;
  assert.deepEqual([seen.statusCode, after.version], [200, before.version]);
  assert.equal("priceChanged" in after.stores[0].items[0], false);
});
