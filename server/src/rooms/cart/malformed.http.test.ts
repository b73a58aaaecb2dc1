import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { as, testServer } from "#platform/http/test-server.ts";
import { makeStore, makeVariant } from "../../../test/makers.ts";
import { openTestDb } from "../../../test/db.ts";
import { cartRoutes } from "./routes.ts";

const { pool } = await openTestDb();
const { http } = testServer(pool);
cartRoutes(http);

const storeId = await makeStore(pool);
const coat = await makeVariant(pool, { storeId });
const belt = await makeVariant(pool, { storeId });

type Headers = Readonly<Record<string, string>>;
type Method = "GET" | "POST" | "PUT" | "PATCH";
const call = async (
  method: Method,
  path: string,
  { payload, headers = {} }: { payload?: object; headers?: Headers } = {},
) => {
  const url = `/api/v1/cart${path}`;
  const response = await http.fastify.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
  return { status: response.statusCode, body: response.json() };
};
const somebody = (): Headers => as("shopper", newId("acc"));
const code = ({ status, body }: { status: number; body: { error?: { code: string } } }) => [status, body.error?.code];

const badAdds: readonly (readonly [string, unknown, string])[] = [
  ["nothing", {}, "request_invalid"],
  ["a list", [], "request_invalid"],
  ["a word for a product", { productId: 7 }, "request_invalid"],
  ["no units", { productId: coat.productId, quantity: 0 }, "request_invalid"],
  ["negative units", { productId: coat.productId, quantity: -1 }, "request_invalid"],
  ["half a unit", { productId: coat.productId, quantity: 1.5 }, "request_invalid"],
  ["a huge number", { productId: coat.productId, quantity: 1e15 }, "request_invalid"],
  ["units as text", { productId: coat.productId, quantity: "2" }, "request_invalid"],
  ["a price", { productId: coat.productId, price: 1 }, "unknown_field"],
  ["a product and a page", { productId: coat.productId, url: "https://x.example/" }, "request_invalid"],
  ["a variant alone", { variantId: coat.variantId }, "request_invalid"],
  ["a size of a product", { productId: coat.productId, size: "M" }, "request_invalid"],
  ["a page that is none", { url: "javascript:alert(1)" }, "request_invalid"],
  ["a zero byte", { productId: "prd_\u0000" }, "request_invalid"],
  ["an endless id", { productId: "p".repeat(65) }, "request_invalid"],
  ["SQL", { productId: "' or 1=1 --" }, "request_invalid"],
];
for (const [what, payload, expected] of badAdds) {
  test(`adding ${what} is refused and adds nothing`, async () => {
    const me = somebody();
    const refused = await call("POST", "/items", { headers: me, payload: payload as object });
    assert.deepEqual(code(refused), [400, expected]);
    assert.equal((await call("GET", "", { headers: me })).body.data.version, 0);
  });
}

test("changing an item to nonsense is refused", async () => {
  const me = somebody();
  const { itemId } = (await call("POST", "/items", { headers: me, payload: { productId: coat.productId } })).body.data
    .item;
  for (const quantity of [-1, 100, 1.5, "2", null]) {
    assert.deepEqual(code(await call("PATCH", `/items/${itemId}/quantity`, { headers: me, payload: { quantity } })), [
      400,
      "request_invalid",
    ]);
  }
  assert.deepEqual(code(await call("PUT", `/items/${itemId}`, { headers: me, payload: {} })), [400, "request_invalid"]);
  assert.deepEqual(code(await call("PUT", `/items/${itemId}`, { headers: me, payload: { quantity: 0 } })), [
    400,
    "request_invalid",
  ]);
  assert.deepEqual(code(await call("PUT", `/items/${itemId}`, { headers: me, payload: { size: "M" } })), [
    400,
    "unknown_field",
  ]);
  assert.deepEqual(
    code(await call("PUT", `/items/${itemId}`, { headers: me, payload: { variantId: belt.variantId } })),
    [404, "product_not_found"],
  );
});
