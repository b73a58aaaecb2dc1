import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { after, test } from "node:test";
import { call } from "./call.ts";
import { apiClient } from "./client.ts";
import { isApiError } from "./error.ts";

type Heard = Pick<IncomingMessage, "method" | "url" | "headers"> & { readonly body: string };

const heard: Heard[] = [];
let answer: { readonly status: number; readonly body: string } = { status: 200, body: "" };

const server = createServer((request, response) => {
  void text(request).then((body) => {
    heard.push({ method: request.method, url: request.url, headers: request.headers, body });
    response.writeHead(answer.status).end(answer.body);
  });
});
await once(server.listen(0, "127.0.0.1"), "listening");
after(() => server.close());

const { port } = server.address() as AddressInfo;
const api = apiClient({ baseUrl: `http://127.0.0.1:${port}`, headers: () => ({ "accept-language": "ko" }) });

test("names what it asks for in the path and after it, as often as it is given, and leaves out what is not", async () => {
  answer = { status: 200, body: `{"success":true,"data":{"products":[]}}` };
  const query = { query: "linen & wool", store: ["a", "b"], limit: 24, onSale: undefined as never };
  assert.deepEqual(await call(api.GET("/api/v1/catalog/products", { params: { query } })), { products: [] });
  assert.equal(heard.at(-1)?.url, "/api/v1/catalog/products?query=linen+%26+wool&store=a&store=b&limit=24");

  await api.GET("/api/v1/catalog/products/{productId}", { params: { path: { productId: "a/b?c" } } });
  assert.equal(heard.at(-1)?.url, "/api/v1/catalog/products/a%2Fb%3Fc");
  assert.equal(heard.at(-1)?.headers["accept-language"], "ko");
  assert.equal(heard.at(-1)?.headers["content-type"], undefined);
});

test("sends a body as JSON, bytes as they are, and a call's own headers", async () => {
  await api.POST("/api/v1/checkout/sessions/{sessionId}/place", {
    params: { path: { sessionId: "cks_1" }, header: { "Idempotency-Key": "once" } },
    body: { paymentMethod: "pm_1" } as never,
  });
  const { method, headers, body } = heard.at(-1) ?? assert.fail();
  assert.deepEqual([method, headers["content-type"], body], ["POST", "application/json", `{"paymentMethod":"pm_1"}`]);
  assert.equal(headers["idempotency-key"], "once");

  await api.PUT("/api/v1/seller/uploads/{uploadId}/pieces/{piece}", {
    params: { path: { uploadId: "upl_1", piece: 3 } },
    body: new Blob(["bytes"]) as unknown as undefined,
  });
  assert.equal(heard.at(-1)?.headers["content-type"], "application/octet-stream");
  assert.deepEqual([heard.at(-1)?.url, heard.at(-1)?.body], ["/api/v1/seller/uploads/upl_1/pieces/3", "bytes"]);
});

test("an empty answer has no data; a refusal is told, by the API or by whoever stands before it", async () => {
  answer = { status: 204, body: "" };
  assert.equal((await api.GET("/api/v1/cart")).data, undefined);

  answer = { status: 409, body: `{"success":false,"error":{"code":"cart_empty","message":"Empty."}}` };
  await assert.rejects(call(api.GET("/api/v1/cart")), (error) => isApiError(error, "cart_empty"));

  answer = { status: 502, body: "<h1>Bad gateway</h1>" };
  assert.equal((await api.GET("/api/v1/cart")).error, "<h1>Bad gateway</h1>");
  await assert.rejects(call(api.GET("/api/v1/cart")), (error) => isApiError(error, "unreachable"));
});
