import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, test } from "node:test";
import { nodeHttp } from "@muse/connectors/http";
import { openTestDb } from "../../../test/db.ts";
import { Registry } from "prom-client";
import { tx } from "../db/tx.ts";
import { outboundHttp, outboundMetrics } from "./http.ts";

const { pool } = await openTestDb();
const server = createServer((request, response) => {
  if (request.url === "/never") return;
  response.writeHead(request.url === "/down" ? 503 : 200).end("hello");
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
after(() => server.closeAllConnections());
after(() => server.close());
const address = server.address();
const base = typeof address === "object" && address !== null ? `http://127.0.0.1:${address.port}` : "";

const registry = new Registry();
const http = outboundHttp(nodeHttp, "stripe", outboundMetrics(registry));
const get = (path: string, timeoutMs = 2000) => http({ method: "GET", url: `${base}${path}`, timeoutMs });

test("the outside is never called while a transaction is open", async () => {
  await assert.rejects(
    tx(pool, "test.place", () => get("/")),
    /outbound call to stripe: called while the transaction test\.place is open/,
  );
  assert.equal((await get("/")).body, "hello");
});

test("every call has a deadline, and it is kept", async () => {
  const startedAt = performance.now();
  await assert.rejects(get("/never", 100));
  assert.ok(performance.now() - startedAt < 1000);
  await assert.rejects(get("/", 0), /the deadline is within/);
  await assert.rejects(get("/", 600_000), /the deadline is within/);
});

test("calls are counted by provider and class of answer", async () => {
  await get("/down");
  const text = await registry.metrics();
  assert.match(text, /outbound_calls_total\{provider="stripe",outcome="5xx"\} 1/);
  assert.match(text, /outbound_calls_total\{provider="stripe",outcome="none"\} 1/);
});
