import assert from "node:assert/strict";
import { test } from "node:test";
import { testServer } from "#platform/http/test-server.ts";
import { makeStore, makeVariant } from "../../../test/makers.ts";
import { openTestDb } from "../../../test/db.ts";
import { quoteRoutes } from "./routes.ts";

const { pool } = await openTestDb();
const { http } = testServer(pool);
quoteRoutes(http);
const coat = await makeVariant(pool, { storeId: await makeStore(pool), priceMinor: 18_900 });
const file = await makeVariant(pool, { storeId: await makeStore(pool), kind: "digital" });

const delivery = async (productId: string, query = "", language = "en") => {
  const url = `/api/v1/catalog/products/${productId}/delivery${query}`;
  const reply = await http.fastify.inject({ method: "GET", url, headers: { "accept-language": language } });
  return { status: reply.statusCode, headers: reply.headers, ...reply.json() };
};

test("a product's page tells when it would be there, in dates, and what is missing until that is free", async () => {
  const { data, headers } = await delivery(coat.productId, "?quantity=2&zip=97201", "ko");
  assert.deepEqual(
    [data.place.city, data.place.stateName, data.isDelivered, data.isInstant],
    ["Portland", "Oregon", true, false],
  );
  assert.deepEqual(
    data.options.map(({ optionId, name, shippingDisplay }: Record<string, string>) => [
      optionId,
      name,
      shippingDisplay,
    ]),
    [
      ["standard", "일반 배송", "$5.99"],
      ["express", "빠른 배송", "$14.00"],
    ],
  );
  assert.match(data.options[0].deliveryTo, /^\d{4}-\d{2}-\d{2}$/);
  assert.deepEqual([data.freeShipping.missingCents, data.freeShipping.isReached], [12_200, false]);
  assert.match(String(headers["cache-control"]), /^public/);
});

test("without a ZIP code it says so much, and nothing of a place", async () => {
  const { data } = await delivery(coat.productId);
  assert.deepEqual([data.place, data.isDelivered, data.options.length], [null, true, 2]);
});

test("islands are not served, and a ZIP code that does not exist is told as that", async () => {
  const { data } = await delivery(coat.productId, "?zip=00901");
  assert.deepEqual([data.isDelivered, data.options, data.freeShipping], [false, [], null]);
  const none = await delivery(coat.productId, "?zip=00000");
  assert.deepEqual([none.status, none.error.code, none.error.field], [400, "shipping_address_invalid", "zip"]);
});

test("a digital good is there at once", async () => {
  const { data } = await delivery(file.productId, "?zip=00901");
  assert.deepEqual([data.isInstant, data.isDelivered, data.options], [true, true, []]);
});

test("what is not sold has no delivery", async () => {
  assert.equal((await delivery("prd_none")).error.code, "product_not_found");
  assert.equal((await delivery(coat.productId, "?variantId=var_none")).error.code, "product_not_found");
});
