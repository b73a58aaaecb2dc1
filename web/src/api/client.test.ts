import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { after, test } from "node:test";
import { CancelledError, QueryClient } from "@tanstack/react-query";
import { call } from "./call.ts";
import { apiClient } from "./client.ts";
import { isApiError } from "./error.ts";

type Heard = Pick<IncomingMessage, "method" | "url" | "headers"> & { readonly body: string };

const heard: Heard[] = [];
let answer: { readonly status: number; readonly body: string } = { status: 200, body: "" };

/** Answers nothing, or begins to and leaves off. */
const stuck = createServer((request, response) => {
  if (request.url === "/api/v1/account") response.writeHead(200).write("{");
});

const server = createServer((request, response) => {
  void text(request).then((body) => {
    heard.push({ method: request.method, url: request.url, headers: request.headers, body });
    response.writeHead(answer.status).end(answer.body);
  });
});
await once(server.listen(0, "127.0.0.1"), "listening");
await once(stuck.listen(0, "127.0.0.1"), "listening");
after(() => {
  server.close();
  stuck.close();
  stuck.closeAllConnections();
});

const portOf = (of: Server): number => (of.address() as AddressInfo).port;
const port = portOf(server);
const api = apiClient({
  baseUrl: `http://127.0.0.1:${port}`,
  headers: () => ({ "accept-language": "ko" }),
  patienceMs: () => 5_000,
});

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

const impatient = apiClient({
  baseUrl: `http://127.0.0.1:${portOf(stuck)}`,
  headers: () => ({}),
  patienceMs: ({ isBytes }) => (isBytes ? 400 : 100),
});

test("an API that does not answer, or not to the end, is given up and told as one that nobody reaches", async () => {
  const startedMs = performance.now();
  await assert.rejects(call(impatient.GET("/api/v1/cart")), (error) => isApiError(error, "unreachable"));
  await assert.rejects(call(impatient.GET("/api/v1/account")), (error) => isApiError(error, "unreachable"));
  assert.ok(performance.now() - startedMs < 2_000);

  const sentMs = performance.now();
  const params = { path: { uploadId: "upl_1", piece: 3 } };
  const body = new Blob(["bytes"]) as unknown as undefined;
  const sent = call(impatient.PUT("/api/v1/seller/uploads/{uploadId}/pieces/{piece}", { params, body }));
  await assert.rejects(sent, (error) => isApiError(error, "unreachable"));
  assert.ok(performance.now() - sentMs > 300, "bytes may take longer");
});

test("a call that its page calls off is no failure of the API's, before it is sent or while it waits", async () => {
  const isCalledOff = (error: unknown): boolean => error instanceof DOMException && error.name === "AbortError";
  const leaving = new AbortController();
  const waiting = call(impatient.GET("/api/v1/cart", { signal: leaving.signal }));
  leaving.abort();
  await assert.rejects(waiting, isCalledOff);
  await assert.rejects(call(impatient.GET("/api/v1/cart", { signal: leaving.signal })), isCalledOff);
});

test("a query that is cancelled stays as it was; one whose time is over says that nobody was reached", async () => {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const queryFn = async ({ signal }: { readonly signal: AbortSignal }) =>
    await call(impatient.GET("/api/v1/cart", { signal }));
  const cancelled = client.fetchQuery({ queryKey: ["cancelled"], queryFn });
  const told = assert.rejects(cancelled, (error) => error instanceof CancelledError);
  await client.cancelQueries({ queryKey: ["cancelled"] });
  await told;
  assert.deepEqual(
    [client.getQueryState(["cancelled"])?.status, client.getQueryState(["cancelled"])?.error],
    ["pending", null],
  );

  const slow = client.fetchQuery({ queryKey: ["slow"], queryFn });
  await assert.rejects(slow, (error) => isApiError(error, "unreachable"));
  assert.equal(client.getQueryState(["slow"])?.status, "error");
  client.clear();
});
