import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { as, testServer } from "#platform/http/test-server.ts";
import { makeStore, makeVariant, type MadeVariant } from "../../../test/makers.ts";
import { openTestDb } from "../../../test/db.ts";
import { cartRoutes } from "./routes.ts";

const { pool } = await openTestDb();
const { http } = testServer(pool, { reference: true });
cartRoutes(http);

const coat = await makeVariant(pool, { storeId: await makeStore(pool), priceMinor: 18_900 });
const belt = await makeVariant(pool, { storeId: await makeStore(pool), priceMinor: 3_500 });
const file = await makeVariant(pool, {
  storeId: await makeStore(pool, { currency: "KRW" }),
  currency: "KRW",
  kind: "digital",
  priceMinor: 12_000,
});
await pool.query("update catalog.variant set list_price_minor = 24900 where variant_id = $1", [coat.variantId]);

type Headers = Readonly<Record<string, string>>;
type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
const call = async (
  method: Method,
  path: string,
  { payload, headers = {} }: { payload?: object; headers?: Headers } = {},
) => {
  const response = await http.fastify.inject({
    method,
    url: `/api/v1/cart${path}`,
    headers,
    ...(payload === undefined ? {} : { payload }),
  });
  return { status: response.statusCode, headers: response.headers, body: response.json() };
};
const somebody = (): Headers => as("shopper", newId("acc"));
const add = (headers: Headers, { productId }: MadeVariant, quantity = 1) =>
  call("POST", "/items", { headers, payload: { productId, quantity } });
const code = ({ status, body }: { status: number; body: { error?: { code: string } } }) => [status, body.error?.code];

test("POST /items answers the item, the sums, the version and its tag", async () => {
  const { status, headers, body } = await add(somebody(), coat, 2);
  assert.equal(status, 200);
  assert.equal(headers.etag, '"1"');
  const { item, summary, version } = body.data;
  assert.equal(version, 1);
  assert.deepEqual(item, {
    itemId: item.itemId,
    productId: coat.productId,
    variantId: coat.variantId,
    title: item.title,
    size: null,
    color: null,
    quantity: 2,
    unitPriceCents: 18_900,
    unitPriceDisplay: "$189.00",
    originalPriceCents: 24_900,
    originalPriceDisplay: "$249.00",
    discountCents: 12_000,
    discountDisplay: "$120.00",
    lineTotalCents: 37_800,
    lineTotalDisplay: "$378.00",
    imageUrl: null,
    productUrl: null,
    available: true,
    unavailableReason: null,
    availableQuantity: null,
    quantityMax: 99,
  });
  assert.deepEqual(summary, {
    totalItemCount: 2,
    lineCount: 1,
    storeCount: 1,
    currency: "USD",
    subtotalCents: 37_800,
    subtotalDisplay: "$378.00",
    savingsCents: 12_000,
    savingsDisplay: "$120.00",
    isMixedCurrency: false,
    totals: [
      {
        currency: "USD",
        itemCount: 2,
        subtotalCents: 37_800,
        subtotalDisplay: "$378.00",
        savingsCents: 12_000,
        savingsDisplay: "$120.00",
      },
    ],
  });
});

test("a visitor gets an account with the first item, not with a look", async () => {
  const looked = await call("GET", "");
  assert.equal(looked.headers["set-auth-token"], undefined);
  assert.deepEqual(looked.body.data.stores, []);
  const added = await add({}, coat);
  const token = String(added.headers["set-auth-token"]);
  const { body } = await call("GET", "", { headers: { authorization: `Bearer ${token}` } });
  assert.equal(body.data.summary.totalItemCount, 1);
});

test("GET / groups by store and shows both currencies in the reader's form", async () => {
  const me = somebody();
  await add(me, coat);
  await add(me, belt, 2);
  await add(me, file);
  const { body, headers } = await call("GET", "", { headers: { ...me, "accept-language": "ko" } });
  assert.equal(headers.etag, '"3"');
  assert.deepEqual(
    body.data.stores.map((store: { kind: string; itemCount: number; subtotalDisplay: string; items: object[] }) => [
      store.kind,
      store.itemCount,
      store.subtotalDisplay,
      store.items.length,
    ]),
    [
      ["physical", 1, "$189.00", 1],
      ["physical", 2, "$70.00", 1],
      ["digital", 1, "₩12,000", 1],
    ],
  );
  const { summary } = body.data;
  assert.deepEqual(
    [summary.isMixedCurrency, summary.currency, summary.subtotalCents, summary.totals.length],
    [true, null, null, 2],
  );
  const mixed = await call("GET", "/summary?zip=10001", { headers: me });
  assert.equal(mixed.body.data.estimate, null, "two currencies have no one total");
});

test("a moved price is told until the item is changed", async () => {
  const lamp = await makeVariant(pool, { storeId: coat.storeId, priceMinor: 4_000 });
  const me = somebody();
  const { body } = await add(me, lamp);
  assert.equal("priceChanged" in body.data.item, false);
  await pool.query("update catalog.variant set price_minor = 4500 where variant_id = $1", [lamp.variantId]);
  const read = await call("GET", "", { headers: me });
  assert.deepEqual(read.body.data.stores[0].items[0].priceChanged, {
    fromCents: 4_000,
    fromDisplay: "$40.00",
    toCents: 4_500,
    toDisplay: "$45.00",
  });
});

test("GET /summary estimates shipping and tax for a ZIP code, and says that it does", async () => {
  const me = somebody();
  assert.equal(
    (await call("GET", "/summary?zip=10001", { headers: me })).body.data.estimate,
    null,
    "an empty cart has none",
  );
  await add(me, coat);
  await add(me, belt);
  assert.equal((await call("GET", "/summary", { headers: me })).body.data.estimate, null);
  const { body } = await call("GET", "/summary?zip=10001", { headers: me });
  const { estimate } = body.data;
  assert.deepEqual(
    [
      estimate.isEstimate,
      estimate.state,
      estimate.shippingCents,
      estimate.taxCents,
      estimate.totalCents,
      estimate.totalDisplay,
    ],
    [true, "NY", 1_198, 896, 22_400 + 1_198 + 896, "$244.94"],
  );
  assert.deepEqual(
    estimate.stores.map((store: { shippingOptionName: string; shippingDisplay: string }) => [
      store.shippingOptionName,
      store.shippingDisplay,
    ]),
    [
      ["Standard", "$5.99"],
      ["Standard", "$5.99"],
    ],
  );
  const unknown = await call("GET", "/summary?zip=00000", { headers: me });
  assert.deepEqual([...code(unknown), unknown.body.error.field], [400, "shipping_address_invalid", "zip"]);
  assert.deepEqual(code(await call("GET", "/summary?zip=abc", { headers: me })), [400, "request_invalid"]);
  await pool.query("delete from quote.shipping_option where store_id = $1", [belt.storeId]);
  assert.equal((await call("GET", "/summary?zip=10001", { headers: me })).body.data.estimate, null);
});

test("GET /items/check says whether, where and how many", async () => {
  const me = somebody();
  const path = `/items/check?productId=${coat.productId}`;
  assert.deepEqual((await call("GET", path)).body.data, { inCart: false, version: 0 });
  const { body } = await add(me, coat, 3);
  assert.deepEqual((await call("GET", path, { headers: me })).body.data, {
    inCart: true,
    itemId: body.data.item.itemId,
    quantity: 3,
    version: 1,
  });
  assert.deepEqual((await call("GET", `${path}&variantId=var_other`, { headers: me })).body.data, {
    inCart: false,
    version: 1,
  });
  assert.deepEqual(code(await call("GET", "/items/check", { headers: me })), [400, "request_invalid"]);
});

test("PUT, PATCH and DELETE change an item; DELETE / empties the cart", async () => {
  const me = somebody();
  const { itemId } = (await add(me, coat)).body.data.item;
  const put = await call("PUT", `/items/${itemId}`, { headers: me, payload: { quantity: 4 } });
  assert.deepEqual([put.status, put.body.data.item.quantity, put.body.data.version], [200, 4, 2]);
  const patched = await call("PATCH", `/items/${itemId}/quantity`, { headers: me, payload: { quantity: 2 } });
  assert.deepEqual([patched.body.data.item.quantity, patched.headers.etag], [2, '"3"']);
  const zero = await call("PATCH", `/items/${itemId}/quantity`, { headers: me, payload: { quantity: 0 } });
  assert.deepEqual(
    [zero.body.data.item, zero.body.data.summary.subtotalCents, zero.body.data.summary.currency],
    [null, 0, null],
  );
  assert.deepEqual(code(await call("DELETE", `/items/${itemId}`, { headers: me })), [404, "cart_item_not_found"]);
  const again = (await add(me, coat)).body.data.item.itemId;
  assert.equal((await call("DELETE", `/items/${again}`, { headers: me })).status, 200);
  await add(me, belt);
  const cleared = await call("DELETE", "", { headers: me });
  assert.deepEqual([cleared.status, cleared.body.data.summary.lineCount, cleared.body.data.version], [200, 0, 8]);
});

test("If-Match guards every write; a stale one is told the version", async () => {
  const me = somebody();
  const { itemId } = (await add(me, coat)).body.data.item;
  const stale = { ...me, "if-match": '"0"' };
  const writes: readonly (readonly [Method, string, object | undefined])[] = [
    ["POST", "/items", { productId: coat.productId }],
    ["POST", "/items/batch", { items: [{ productId: coat.productId }] }],
    ["PUT", `/items/${itemId}`, { quantity: 2 }],
    ["PATCH", `/items/${itemId}/quantity`, { quantity: 2 }],
    ["DELETE", `/items/${itemId}`, undefined],
    ["DELETE", "", undefined],
  ];
  for (const [method, path, payload] of writes) {
    for (const tag of ['"0"', "nonsense"]) {
      const refused = await call(method, path, {
        headers: { ...stale, "if-match": tag },
        ...(payload === undefined ? {} : { payload }),
      });
      assert.deepEqual(
        [...code(refused), refused.body.error.details],
        [412, "precondition_failed", { version: 1 }],
        `${method} ${path}`,
      );
    }
  }
  for (const tag of ['"1"', 'W/"2"', "*"]) {
    assert.equal(
      (await call("POST", "/items", { headers: { ...me, "if-match": tag }, payload: { productId: coat.productId } }))
        .status,
      200,
      tag,
    );
  }
});

test("somebody else's item is answered as if it did not exist, and nothing of it changes (P3)", async () => {
  const me = somebody();
  const other = somebody();
  await add(other, belt);
  const { itemId } = (await add(me, coat, 2)).body.data.item;
  const attempts: readonly (readonly [Method, string, object | undefined])[] = [
    ["PUT", `/items/${itemId}`, { quantity: 9 }],
    ["PATCH", `/items/${itemId}/quantity`, { quantity: 0 }],
    ["DELETE", `/items/${itemId}`, undefined],
  ];
  for (const [method, path, payload] of attempts) {
    for (const headers of [other, as("admin", "acc_admin")]) {
      assert.deepEqual(code(await call(method, path, { headers, ...(payload === undefined ? {} : { payload }) })), [
        404,
        "cart_item_not_found",
      ]);
    }
    assert.deepEqual(code(await call(method, path, payload === undefined ? {} : { payload })), [
      404,
      "cart_item_not_found",
    ]);
  }
  assert.equal((await call("GET", "", { headers: me })).body.data.summary.totalItemCount, 2);
});

test("a visitor without an account has an empty cart, which can be emptied, and gets no account for it", async () => {
  const accounts = async () => (await pool.query('select count(*)::int as n from account."user"')).rows[0].n;
  const before = await accounts();
  const read = await call("GET", "");
  const emptied = await call("DELETE", "", { headers: { "if-match": '"0"' } });
  assert.equal(emptied.status, 200, JSON.stringify(emptied.body));
  assert.deepEqual(emptied.body.data, { version: 0, summary: read.body.data.summary });
  const seen = await call("POST", "/prices/seen");
  assert.deepEqual([seen.status, seen.body.data], [200, read.body.data]);
  for (const given of [emptied, seen]) assert.equal(given.headers["set-cookie"], undefined);
  const headers = { "if-match": '"3"' };
  for (const [method, path] of [
    ["DELETE", ""],
    ["DELETE", `/items/${newId("itm")}`],
  ] as const) {
    assert.deepEqual(code(await call(method, path, { headers })), [412, "precondition_failed"]);
  }
  assert.equal(await accounts(), before);
});

test("refusals carry what the caller can do: the choices, the limit, in their language", async () => {
  const me = somebody();
  const shirt = await makeVariant(pool, { storeId: coat.storeId });
  await pool.query(
    "insert into catalog.variant (variant_id, product_id, sku, size, price_minor) values ($1, $2, 'L', 'L', 2500)",
    [newId("var"), shirt.productId],
  );
  const required = await add({ ...me, "accept-language": "ko" }, shirt);
  assert.deepEqual([...code(required), required.body.error.details.choices.length], [400, "variant_required", 2]);
  assert.match(required.body.error.message, /옵션/);
  await add(me, coat, 99);
  const limit = await add(me, coat);
  assert.deepEqual([...code(limit), limit.body.error.details], [409, "quantity_limit", { max: 99, inCart: 99 }]);
  assert.deepEqual(code(await call("POST", "/items", { headers: me, payload: { url: "https://no.example/p" } })), [
    400,
    "product_url_unknown",
  ]);
});

test("POST /items/batch is all or nothing, or with partial each by itself", async () => {
  const me = somebody();
  const items = [{ productId: coat.productId }, { productId: "prd_none", quantity: 2 }];
  const refused = await call("POST", "/items/batch", { headers: me, payload: { items } });
  assert.deepEqual([...code(refused), refused.body.error.field], [404, "product_not_found", "items[1]"]);
  assert.deepEqual(
    refused.body.error.details.items.map(({ index, code: itemCode }: { index: number; code: string }) => [
      index,
      itemCode,
    ]),
    [[1, "product_not_found"]],
  );
  const partial = await call("POST", "/items/batch", { headers: me, payload: { items, partial: true } });
  assert.equal(partial.status, 200);
  const { results, summary, unchanged } = partial.body.data;
  assert.deepEqual([unchanged, summary.totalItemCount], [false, 1]);
  assert.deepEqual(
    results.map(({ added, error }: { added: boolean; error: { code: string } | null }) => [added, error?.code ?? null]),
    [
      [true, null],
      [false, "product_not_found"],
    ],
  );
  const again = await call("POST", "/items/batch", { headers: me, payload: { items, partial: true } });
  assert.deepEqual(
    [again.body.data.unchanged, again.body.data.version, again.body.data.summary.totalItemCount],
    [true, 1, 1],
  );
  for (const payload of [
    { items: [] },
    { items: Array.from({ length: 101 }, () => items[0]) },
    { items: [{ productId: coat.productId, quantity: -1 }] },
  ]) {
    assert.deepEqual(code(await call("POST", "/items/batch", { headers: me, payload })), [400, "request_invalid"]);
  }
});

test("an Idempotency-Key gives the first answer again, and adds once", async () => {
  const headers = { ...somebody(), "idempotency-key": newId("req") };
  const first = await add(headers, coat, 2);
  const again = await add(headers, coat, 2);
  assert.deepEqual(again.body, first.body);
  assert.equal(again.headers["idempotent-replayed"], "true");
  assert.deepEqual(code(await add(headers, coat, 3)), [422, "idempotency_key_reused"]);
  const { body } = await call("GET", "", { headers });
  assert.equal(body.data.summary.totalItemCount, 2);
});

test("the reference describes every endpoint of the cart", async () => {
  const { paths } = (await http.fastify.inject({ method: "GET", url: "/api/openapi.json" })).json();
  const described = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods as object).map((method) => `${method} ${path.replace("/api/v1/cart", "")}`),
  );
  assert.deepEqual(described.toSorted(), [
    "delete ",
    "delete /items/{itemId}",
    "get ",
    "get /items/check",
    "get /summary",
    "patch /items/{itemId}/quantity",
    "post /items",
    "post /items/batch",
    "post /prices/seen",
    "put /items/{itemId}",
  ]);
});
