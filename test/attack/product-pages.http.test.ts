/**
 * Somebody who types in an address for us to read, and wants it read somewhere else (SSRF), or wants the reader
 * down.
 */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after, beforeEach, test } from "node:test";
import { gzipSync } from "node:zlib";
import { createHttp, type NameLookUp } from "@muse/connectors/http";
import { isPublicAddress } from "@muse/connectors/public-address";
import { outboundHttp } from "../../server/src/platform/outbound/http.ts";
import { openWebPages, webPageBytesMax } from "../../server/src/platform/outbound/web-page.ts";
import { openAttacked } from "./attacked-system.ts";
import { newPerson } from "./cast.ts";

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** What an attacker wants to be read: whoever asks is noted. */
async function openServer(answers: Readonly<Record<string, Answer>>) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? "");
    const answer = answers[new URL(request.url ?? "/", "http://x").pathname];
    if (answer === undefined) response.writeHead(404).end();
    else answer(request, response);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  after(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { port, origin: `http://127.0.0.1:${port}`, asked };
}

const secret: Answer = (_, response) => response.writeHead(200, { "content-type": "text/html" }).end("secret");
const inner = await openServer({ "/": secret, "/latest/meta-data/": secret });

const product = (title: string, offer: object = {}) =>
  `<script type="application/ld+json">${JSON.stringify({
    "@type": "Product",
    name: title,
    offers: { price: "5.00", priceCurrency: "USD", ...offer },
  }).replaceAll("</", "<\\/")}</script>`;
const page =
  (html: string): Answer =>
  (_, response) =>
    response.writeHead(200, { "content-type": "text/html" }).end(html);
const moved =
  (location: string): Answer =>
  (_, response) =>
    response.writeHead(302, { location }).end();

const shop = await openServer({
  "/good": page(product("Lamp")),
  "/script": page(product(`<script>alert(1)</script><img src=x onerror=alert(1)>"'&amp;Lamp\u202e`, { sku: "S-1" })),
  "/moved": moved("/good"),
  "/round": moved("/round"),
  "/nowhere": (_, response) => response.writeHead(302).end(),
  "/inside": moved(`${inner.origin}/`),
  "/metadata": moved("http://169.254.169.254/latest/meta-data/"),
  "/file": moved("file:///etc/passwd"),
  "/data": moved("data:text/html,hello"),
  "/userinfo": moved(`http://me:secret@127.0.0.1:${inner.port}/`),
  "/huge": (_, response) => {
    response.writeHead(200, { "content-type": "text/html" });
    const piece = Buffer.alloc(64 * 1024, "a");
    const more = (): void => {
      while (!response.destroyed && response.write(piece));
      if (!response.destroyed) response.once("drain", more);
    };
    more();
  },
  "/bomb": (_, response) =>
    response
      .writeHead(200, { "content-type": "text/html", "content-encoding": "gzip" })
      .end(gzipSync(Buffer.alloc(200 * 1024 * 1024))),
  "/drip": (_, response) => {
    response.writeHead(200, { "content-type": "text/html" });
    const timer = setInterval(() => response.write("<p>"), 200);
    response.once("close", () => clearInterval(timer));
  },
  "/silent": () => undefined,
  // A page within all bounds whose objects are a hundred times its size.
  "/brackets": page(`<script type="application/ld+json">[${"[],".repeat(330_000)}[]]</script>`),
  "/entities": page(product("&amp;".repeat(190_000))),
  "/deep": page("<div itemscope itemprop=a>".repeat(38_000)),
  "/picture": (_, response) => response.writeHead(200, { "content-type": "image/png" }).end("x"),
  "/refused": (_, response) => response.writeHead(403).end(),
  "/broken": (_, response) => response.writeHead(500).end(),
  "/cut": (_, response) => response.destroy(),
});

/**
 * A resolver that says of every name that it lives here: whether that is looked at again is in the connectors'
 * tests.
 */
const lookUpName: NameLookUp = (_hostname, _options, done) => done(null, [{ address: "127.0.0.1", family: 4 }]);
const bytes = { connectTimeoutMs: 400, bodyBytesMax: webPageBytesMax, bodyEncoding: "latin1" } as const;
const readWebPage = openWebPages({
  outside: outboundHttp(createHttp({ ...bytes, isAddressAllowed: isPublicAddress, lookUpName }), "product_page"),
  sandbox: { origin: shop.origin, http: outboundHttp(createHttp(bytes), "product_page") },
});

const attacked = await openAttacked({ RATE_LIMIT_FACTOR: "1" }, { readWebPage });
const { send, pool } = attacked;
/** Somebody new for each test, so that no limit of one person is in the way of another's. */
let shopper = await newPerson(attacked, "shopper");
beforeEach(async () => {
  shopper = await newPerson(attacked, "shopper");
});
const add = (url: string) =>
  send({ method: "POST", url: "/api/v1/cart/items", headers: shopper.headers, body: { url } });
const codeOf = async (url: string): Promise<string> => {
  const { status, json } = await add(url);
  return status === 200 ? "added" : String(json?.error?.code);
};
async function makeShop(storeId: string, homepage: string): Promise<void> {
  await pool.query(
    "insert into store.store (store_id, name, kind, currency, homepage) values ($1, $1, 'retailer', 'USD', $2)",
    [storeId, homepage],
  );
}
await makeShop("honest", `${shop.origin}/`);

test("nothing is read for a store that nobody knows, whatever its address looks like", async () => {
  const addresses = [
    `http://127.0.0.1:${inner.port}/`,
    `http://localhost:${inner.port}/`,
    `http://[::1]:${inner.port}/`,
    `http://[::ffff:127.0.0.1]:${inner.port}/`,
    `http://2130706433:${inner.port}/`,
    `http://0x7f.1:${inner.port}/`,
    `http://0177.0.0.1:${inner.port}/`,
    "http://169.254.169.254/latest/meta-data/",
    "http://10.0.0.1/",
    "http://127.0.0.1.evil.example/good",
    "https://evil.example/good",
  ];
  for (const url of addresses) assert.equal(await codeOf(url), "page_store_unknown", url);
  assert.equal(await codeOf(`http://honest@127.0.0.1:${shop.port}/good`), "product_url_unknown", "somebody's name");
  for (const url of ["file:///etc/passwd", "data:text/html,x", "gopher://127.0.0.1/", "ftp://127.0.0.1/good", "//x/y"])
    assert.equal(await codeOf(url), "request_invalid", url);
  assert.deepEqual(inner.asked, []);
  assert.deepEqual(shop.asked, []);
});

test("a store whose own address leads inside is not read either", async () => {
  const homes = [
    ["http://127.0.0.1/", "http://127.0.0.1/"],
    ["http://10.0.0.7/", "http://10.0.0.7/x"],
    ["http://169.254.169.254/", "http://169.254.169.254/latest/meta-data/"],
    ["http://[::1]/", "http://[::1]/"],
    ["http://[::ffff:127.0.0.1]/", "http://[::ffff:7f00:1]/"],
    ["http://2130706433/", "http://0x7f000001/"],
    ["http://inside.example/", "http://inside.example/"],
    [`http://127.0.0.1:${inner.port}/`, `http://127.0.0.1:${inner.port}/`],
    ["https://ported.example:8443/", "https://ported.example:8443/x"],
  ] as const;
  for (const [index, [home, url]] of homes.entries()) {
    await makeShop(`inside-${index}`, home);
    assert.equal(await codeOf(url), "product_url_unknown", url);
  }
  assert.deepEqual(inner.asked, []);
});

test("no redirect leads out of the store", async () => {
  for (const path of ["/inside", "/metadata", "/file", "/data", "/userinfo"])
    assert.equal(await codeOf(`${shop.origin}${path}`), "product_url_unknown", path);
  for (const path of ["/round", "/nowhere"]) assert.equal(await codeOf(`${shop.origin}${path}`), "page_unreachable");
  assert.deepEqual(inner.asked, []);
  assert.equal(await codeOf(`${shop.origin}/moved`), "added", "one within it does");
});

test("a page that is too much is left off, and says so", async () => {
  const before = process.memoryUsage().rss;
  for (const [path, code] of [
    ["/huge", "page_too_large"],
    ["/bomb", "page_too_large"],
    ["/drip", "page_timed_out"],
    ["/silent", "page_timed_out"],
    ["/picture", "page_not_product"],
    ["/refused", "page_blocked"],
    ["/broken", "page_unreachable"],
    ["/cut", "page_unreachable"],
    ["/missing", "page_not_found"],
  ] as const) {
    const startedAt = performance.now();
    assert.equal(await codeOf(`${shop.origin}${path}`), code, path);
    assert.ok(performance.now() - startedAt < 8_000, `${path} ends in time`);
  }
  for (const path of ["/brackets", "/entities", "/deep"]) {
    const code = await codeOf(`${shop.origin}${path}`);
    assert.match(code, /^(page_too_large|page_not_product|added)$/, path);
  }
  assert.equal(await codeOf(`${shop.origin}/good`), "added", "and the reader goes on");
  assert.ok(process.memoryUsage().rss - before < 400 * 1024 * 1024, "the bomb was not unpacked");
});

test("what a page says is text, wherever it is shown", async () => {
  const { status, text, json } = await add(`${shop.origin}/script`);
  assert.equal(status, 200, text);
  assert.doesNotMatch(json?.data.item.title, /<|script|onerror/);
  assert.ok(json?.data.item.title.includes("Lamp"));
});

test("nobody reads the web by our hand all day", async () => {
  const another = await newPerson(attacked, "shopper");
  const codes = new Set<string>();
  for (let times = 0; times < 40; times += 1) {
    const url = `${shop.origin}/missing?n=${times}`;
    const reply = await send({ method: "POST", url: "/api/v1/cart/items", headers: another.headers, body: { url } });
    codes.add(String(reply.json?.error?.code));
    if (reply.json?.error?.code === "rate_limited") assert.ok(Number(reply.headers["retry-after"]) > 0);
  }
  assert.deepEqual([...codes], ["page_not_found", "rate_limited"]);
});
