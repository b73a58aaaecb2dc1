import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";
import { createHttp } from "@muse/connectors/http";
import { newId } from "#kernel/ids.ts";
import { tx } from "#platform/db/tx.ts";
import { as, testServer } from "#platform/http/test-server.ts";
import { outboundHttp } from "#platform/outbound/http.ts";
import { openWebPages } from "#platform/outbound/web-page.ts";
import { openTestDb } from "../../../test/db.ts";
import { makeStore } from "../../../test/makers.ts";
import { cartRoutes } from "../cart/index.ts";
import { catalogRoutes } from "./routes.ts";
import { importFeed } from "./import-feed.ts";
import { openProductPages } from "./product-pages.ts";

/** A shop whose pages a test writes, and that counts who reads them. */
const pages = new Map<string, { html: string | Buffer; status?: number; headers?: Record<string, string> }>();
const reads: string[] = [];
const shop = createServer((request, response) => {
  const path = request.url ?? "";
  reads.push(path);
  const { html = "", status = 200, headers = {} } = pages.get(path) ?? { status: 404 };
  setTimeout(() => response.writeHead(status, { "content-type": "text/html", ...headers }).end(html), 30);
});
shop.listen(0, "127.0.0.1");
await once(shop, "listening");
after(() => {
  shop.closeAllConnections();
  shop.close();
});
const origin = `http://127.0.0.1:${(shop.address() as AddressInfo).port}`;

const { pool } = await openTestDb();
const { http } = testServer(pool);
const sender = outboundHttp(createHttp({ connectTimeoutMs: 500, bodyEncoding: "latin1" }), "product_page");
const readers = openProductPages(openWebPages({ outside: sender, sandbox: { origin, http: sender } }));
cartRoutes(http, readers);
catalogRoutes(http);

let stores = 0;
/** A store of its own for each test, below a path of the same shop. */
async function makeShop(currency = "USD"): Promise<{ storeId: string; home: string; path: string }> {
  const storeId = await makeStore(pool, { currency });
  stores += 1;
  const path = `/s${stores}`;
  await pool.query("update store.store set homepage = $2 where store_id = $1", [storeId, `${origin}${path}/`]);
  return { storeId, home: `${origin}${path}`, path };
}

type Options = { readonly headers?: Record<string, string>; readonly body?: object };
async function add(url: string, { headers = {}, body = {} }: Options = {}) {
  const response = await http.fastify.inject({
    method: "POST",
    url: "/api/v1/cart/items",
    headers: { ...as("shopper", newId("acc")), ...headers },
    payload: { url, ...body },
  });
  return { status: response.statusCode, headers: response.headers, ...response.json() };
}
const offer = (price: number | string, over: object = {}) => ({
  "@type": "Offer",
  price,
  priceCurrency: "USD",
  ...over,
});
const ld = (data: object): string =>
  `<script type="application/ld+json">${JSON.stringify({ "@type": "Product", name: "Lamp", ...data })}</script>`;
const age = (storeId: string, by: string) =>
  pool.query("update catalog.product set page_read_at = page_read_at - $2::interval where store_id = $1", [
    storeId,
    by,
  ]);

test("a page becomes an item with its price, picture and page; again it is the same one, read once", async () => {
  const { home, path } = await makeShop();
  pages.set(`${path}/lamp`, { html: ld({ image: "/l.jpg", offers: offer("24.90", { sku: "L" }) }) });
  const headers = as("shopper", newId("acc"));
  const first = await add(`${home}/lamp?utm_source=mail#top`, { headers, body: { quantity: 2 } });
  assert.equal(first.status, 200, JSON.stringify(first.error));
  const { title, unitPriceCents, quantity, productUrl, imageUrl, available } = first.data.item;
  assert.deepEqual(
    { title, unitPriceCents, quantity, productUrl, imageUrl, available },
    {
      title: "Lamp",
      unitPriceCents: 2490,
      quantity: 2,
      productUrl: `${home}/lamp`,
      imageUrl: `${origin}/l.jpg`,
      available: true,
    },
  );
  const second = await add(`${home}/lamp/`, { headers });
  assert.equal(second.data.item.itemId, first.data.item.itemId);
  assert.equal(second.data.item.quantity, 3);
  assert.equal(reads.filter((read) => read.startsWith(`${path}/lamp`)).length, 1);
});

test("fifty shoppers who paste one address at once cost its store one request", async () => {
  const { home, path, storeId } = await makeShop();
  pages.set(`${path}/lamp`, { html: ld({ offers: offer(5) }) });
  const all = await Promise.all(Array.from({ length: 50 }, () => add(`${home}/lamp`)));
  assert.deepEqual(new Set(all.map(({ status }) => status)), new Set([200]));
  assert.equal(reads.filter((read) => read === `${path}/lamp`).length, 1);
  const { rows } = await pool.query("select count(*)::int as n from catalog.product where store_id = $1", [storeId]);
  assert.equal(rows[0].n, 1);
});

test("a repeat of a keyed request reads nothing again and adds nothing again", async () => {
  const { home, path } = await makeShop();
  pages.set(`${path}/lamp`, { html: ld({ offers: offer(5) }) });
  const headers = { ...as("shopper", newId("acc")), "idempotency-key": "k-1" };
  const first = await add(`${home}/lamp`, { headers });
  pages.delete(`${path}/lamp`);
  await pool.query("update catalog.product set page_read_at = now() - interval '1 hour'");
  const again = await add(`${home}/lamp`, { headers });
  assert.equal(again.headers["idempotent-replayed"], "true");
  assert.deepEqual(again.data, first.data);
  assert.equal(reads.filter((read) => read === `${path}/lamp`).length, 1);
  assert.equal((await add(`${home}/other`, { headers })).error.code, "idempotency_key_reused");
});

test("variants are chosen by size and colour, by the address, or by the shopper from a list", async () => {
  const { home, path } = await makeShop();
  const hasVariant = ["S", "M"].map((size) => ({
    "@type": "Product",
    sku: `SHIRT-${size}`,
    size,
    color: "Blue",
    offers: offer(size === "S" ? 10 : 12, { url: `${home}/shirt?sku=SHIRT-${size}` }),
  }));
  const html = ld({ "@type": "ProductGroup", name: "Shirt", url: `${home}/shirt`, hasVariant });
  pages.set(`${path}/shirt`, { html });
  pages.set(`${path}/shirt?sku=SHIRT-M`, { html });
  const asked = await add(`${home}/shirt`);
  assert.equal(asked.error.code, "variant_required");
  const { productId, choices } = asked.error.details;
  assert.deepEqual(
    choices.map(({ size, priceCents }: { size: string; priceCents: number }) => [size, priceCents]),
    [
      ["S", 1000],
      ["M", 1200],
    ],
  );
  const shown = await http.fastify.inject({ url: `/api/v1/catalog/products/${productId}` });
  assert.equal(shown.json().data.variants.length, 2);
  assert.equal((await add(`${home}/shirt`, { body: { size: "s" } })).data.item.unitPriceCents, 1000);
  const named = await add(`${home}/shirt?sku=SHIRT-M`);
  assert.deepEqual([named.data.item.productId, named.data.item.size], [productId, "M"]);
});

test("what the store's feed brings is the feed's: the page only leads to it, and a feed takes no page's product away", async () => {
  const { storeId, home, path } = await makeShop();
  const feed = {
    products: [
      {
        id: "cup",
        title: "Cup",
        description: "",
        brand: null,
        category: null,
        imageUrl: null,
        url: `${home}/cup`,
        variants: [
          { sku: "CUP-1", size: null, color: null, priceCents: 700, listPriceCents: null, stock: 3, allocation: null },
        ],
      },
    ],
  };
  await tx(pool, "test", (open) => importFeed(open, storeId, feed));
  pages.set(`${path}/cup?from=letter`, {
    html: `<link rel="canonical" href="${home}/cup">${ld({ name: "Cup!", sku: "CUP-1", offers: offer(9) })}`,
  });
  pages.set(`${path}/lamp`, { html: ld({ offers: offer(5) }) });
  const cup = await add(`${home}/cup?from=letter`);
  assert.deepEqual([cup.data.item.title, cup.data.item.unitPriceCents], ["Cup", 700]);
  await add(`${home}/lamp`);
  await tx(pool, "test", (open) => importFeed(open, storeId, feed));
  assert.equal((await add(`${home}/lamp`)).data.item.available, true);
  const listed = await http.fastify.inject({ url: `/api/v1/catalog/products?store=${storeId}` });
  assert.deepEqual(
    listed.json().data.products.map(({ title }: { title: string }) => title),
    ["Cup"],
    "what came from a page is on no shelf",
  );
});

test("an old reading is read again: a new price, a shop that is silent for a moment, a page that is gone", async () => {
  const { storeId, home, path } = await makeShop();
  const url = `${home}/lamp`;
  pages.set(`${path}/lamp`, { html: ld({ offers: offer(5) }) });
  const { data } = await add(url);
  pages.set(`${path}/lamp`, { html: ld({ offers: offer(6) }) });
  assert.equal((await add(url)).data.item.unitPriceCents, 500, "minutes old is today's");
  await age(storeId, "11 minutes");
  assert.deepEqual(
    [(await add(url)).data.item.unitPriceCents, (await add(url)).data.item.productId],
    [600, data.item.productId],
  );

  await age(storeId, "2 hours");
  pages.set(`${path}/lamp`, { html: "", status: 503 });
  assert.equal((await add(url)).data.item.unitPriceCents, 600, "the last word of today stands");
  await age(storeId, "1 day");
  assert.equal((await add(url)).error.code, "page_unreachable", "yesterday's does not");

  pages.set(`${path}/lamp`, { html: "<title>Nothing here</title>" });
  assert.equal((await add(url)).error.code, "page_not_product");
  const { rows } = await pool.query("select is_active from catalog.product where store_id = $1", [storeId]);
  assert.deepEqual(rows, [{ is_active: false }]);
  pages.set(`${path}/lamp`, { html: ld({ offers: offer(7) }) });
  assert.equal((await add(url)).data.item.unitPriceCents, 700, "and it can come back");
});

const troubles: readonly (readonly [string, { html: string; status?: number; headers?: Record<string, string> }])[] = [
  ["page_not_product", { html: "<h1>About us</h1>" }],
  ["page_several_products", { html: ld({ offers: offer(5) }) + ld({ name: "Other", offers: offer(6) }) }],
  ["page_price_missing", { html: ld({}) }],
  ["page_currency_other", { html: ld({ offers: offer(5, { priceCurrency: "EUR" }) }) }],
  ["page_sold_out", { html: ld({ offers: offer(5, { availability: "https://schema.org/OutOfStock" }) }) }],
  ["page_blocked", { html: "", status: 403 }],
  ["page_not_found", { html: "", status: 410 }],
  ["page_unreachable", { html: "", status: 500 }],
];
for (const [code, page] of troubles) {
  test(`${code} is said in the reader's language, and nothing is added`, async () => {
    const { home, path } = await makeShop();
    pages.set(`${path}/x`, page);
    const headers = { ...as("shopper", newId("acc")), "accept-language": "ko" };
    const refused = await add(`${home}/x`, { headers });
    assert.equal(refused.error.code, code);
    assert.match(refused.error.message, /[가-힣]/);
    const cart = await http.fastify.inject({ url: "/api/v1/cart", headers });
    assert.deepEqual(cart.json().data.stores, []);
  });
}

test("a Korean shop's page in its own charset and currency", async () => {
  const { home, path } = await makeShop("KRW");
  // "컵", a cup, as EUC-KR has it.
  const html = ld({ name: "%", offers: offer("12,000", { priceCurrency: "KRW" }) });
  const bytes = Buffer.from(html.replace("%", "\u00c4\u00c5"), "latin1");
  pages.set(`${path}/cup`, { html: bytes, headers: { "content-type": "text/html; charset=euc-kr" } });
  const { data } = await add(`${home}/cup`);
  assert.deepEqual([data.item.title, data.item.unitPriceCents, data.item.unitPriceDisplay], ["컵", 12_000, "₩12,000"]);
});

test("a cart that knows no way out finds what the catalogue has, and nothing else", async () => {
  const other = testServer(pool).http;
  cartRoutes(other);
  const { home } = await makeShop();
  const refused = await other.fastify.inject({
    method: "POST",
    url: "/api/v1/cart/items",
    headers: as("shopper", newId("acc")),
    payload: { url: `${home}/lamp` },
  });
  assert.equal(refused.json().error.code, "product_url_unknown");
});
