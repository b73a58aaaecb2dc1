import assert from "node:assert/strict";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { test } from "node:test";

import { nodeHttp } from "./http.ts";
import { OutboundError } from "./port.ts";

test("status, headers and body come back as they are, redirects too", async () => {
  await using store = await listen((request, response) => {
    response.writeHead(request.url === "/moved" ? 307 : 201, { location: "/elsewhere", "X-Two": ["a", "b"] });
    request.pipe(response);
  });
  const created = await nodeHttp({ method: "POST", url: `${store.url}/orders`, body: "ordered", timeoutMs: 2_000 });
  assert.deepEqual([created.status, created.body, created.headers["x-two"]], [201, "ordered", "a, b"]);
  const moved = await nodeHttp({ method: "POST", url: `${store.url}/moved`, body: "x", timeoutMs: 2_000 });
  assert.equal(moved.status, 307);
});

test("connections are kept", async () => {
  const ports = new Set<number | undefined>();
  await using store = await listen((request, response) => {
    ports.add(request.socket.remotePort);
    response.end();
  });
  for (let round = 0; round < 5; round += 1) await nodeHttp({ method: "GET", url: store.url, timeoutMs: 2_000 });
  // A connection is free again a moment after its answer was read, so two may take turns.
  assert.ok(ports.size <= 2, `${ports.size} connections for five requests`);
});

test("only a connection that could not be made counts as not submitted", async () => {
  await using store = await listen((request) => {
    if (request.url === "/drop") request.socket.destroy();
  });
  const cases = [
    ["http://127.0.0.1:1/", false],
    ["http://nowhere.invalid/", false],
    ["no url at all", false],
    [`${store.url}/drop`, true],
    [`${store.url}/hang`, true],
  ] as const;
  for (const [url, submitted] of cases) {
    await assert.rejects(nodeHttp({ method: "POST", url, body: "{}", timeoutMs: 300 }), (error) => {
      assert.ok(error instanceof OutboundError, url);
      assert.equal(error.submitted, submitted, url);
      return true;
    });
  }
});

test("the deadline covers a body that drips", async () => {
  await using store = await listen((_request, response) => {
    response.writeHead(200);
    const timer = setInterval(() => response.write("."), 20);
    response.on("close", () => clearInterval(timer));
  });
  const startedMs = performance.now();
  await assert.rejects(nodeHttp({ method: "GET", url: store.url, timeoutMs: 200 }), OutboundError);
  assert.ok(performance.now() - startedMs < 2_000);
});

test("a body above a mebibyte is refused", async () => {
  await using store = await listen((_request, response) => response.end("x".repeat(1024 * 1024 + 1)));
  await assert.rejects(nodeHttp({ method: "GET", url: store.url, timeoutMs: 2_000 }), (error) => {
    return error instanceof OutboundError && error.submitted;
  });
});

async function listen(handler: RequestListener): Promise<{ url: string } & AsyncDisposable> {
  const server: Server = createServer(handler);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
