import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, test } from "node:test";
import { isMissing } from "./missing-page.ts";

const asked: string[] = [];
const api = createServer((request, response) => {
  asked.push(`${request.method} ${request.url}`);
  const statuses: Readonly<Record<string, number>> = { here: 200, gone: 404, odd: 400, broken: 500 };
  const id = request.url?.split("/").at(-1) ?? "";
  if (id === "silent") return;
  response.writeHead(statuses[id] ?? 200).end();
});
api.listen(0, "127.0.0.1");
await once(api, "listening");
after(() => {
  api.closeAllConnections();
  api.close();
});
const apiUrl = `http://127.0.0.1:${(api.address() as AddressInfo).port}`;
const open = (path: string, { method = "GET", headers = {} } = {}) =>
  isMissing({ method, url: `http://shop.example${path}`, headers: new Headers(headers) }, apiUrl);

test("a product or a store that there is not is missing; whatever else happens, its page says", async () => {
  assert.equal(await open("/products/gone"), true);
  assert.equal(await open("/stores/gone?sort=newest"), true);
  assert.equal(await open("/products/odd", { method: "HEAD" }), true);
  for (const path of ["/products/here", "/products/broken", "/products/silent"])
    assert.equal(await open(path), false, path);
});

test("nobody else's page is asked for, and no step within the shop", async () => {
  asked.length = 0;
  for (const path of ["/", "/cart", "/products", "/products/gone/more", "/orders/gone", "/constructor/gone"])
    assert.equal(await open(path), false, path);
  assert.equal(await open("/products/gone", { headers: { rsc: "1" } }), false);
  assert.equal(await open("/products/gone", { method: "POST" }), false);
  assert.deepEqual(asked, []);
});
