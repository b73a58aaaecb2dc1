import assert from "node:assert/strict";
import { connect } from "node:net";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { openTestDb } from "../../../test/db.ts";
import { openEventStream, type EventStream } from "./event-stream.ts";
import { fileRoute } from "./file-route.ts";
import { pressureLimits } from "./pressure.ts";
import { problem } from "./problem.ts";
import { route } from "./route.ts";
import { as, testServer } from "./test-server.ts";

const { pool } = await openTestDb();
const { http, lines } = testServer(pool);
let opened: (stream: EventStream) => void = () => undefined;

fileRoute(
  http,
  {
    method: "GET",
    url: "/events",
    summary: "Follow",
    tags: ["test"],
    auth: "shopper",
    produces: ["text/event-stream"],
    errors: ["session_not_found"],
  },
  async ({ account, request, reply }) => {
    if (account.accountId !== "acc_1") return problem("session_not_found");
    const stream = openEventStream(request, reply);
    stream.send("status", { status: "processing" }, "7");
    opened(stream);
    return "taken";
  },
);
const base = await http.fastify.listen({ port: 0, host: "127.0.0.1" });

test("events arrive as they are sent, with their ids, until the server is done", async () => {
  opened = (stream) => {
    setTimeout(() => {
      assert.equal(stream.send("done", { ok: true }), true);
      stream.close();
      assert.equal(stream.send("late", {}), false);
    }, 20);
  };
  const answered = await fetch(`${base}/events`, { headers: as("shopper", "acc_1") });
  assert.equal(answered.headers.get("content-type"), "text/event-stream; charset=utf-8");
  assert.match(String(answered.headers.get("x-request-id")), /^req_/);
  assert.equal(
    await answered.text(),
    'retry: 2000\n\nid: 7\nevent: status\ndata: {"status":"processing"}\n\nevent: done\ndata: {"ok":true}\n\n',
  );
});

test("a listener who hangs up is noticed, and its request is in the log", async () => {
  const stream = new Promise<EventStream>((resolve) => (opened = resolve));
  const leaving = new AbortController();
  const answered = await fetch(`${base}/events`, { headers: as("shopper", "acc_1"), signal: leaving.signal });
  const { signal, send } = await stream;
  assert.equal(signal.aborted, false);
  leaving.abort();
  await answered.text().catch(() => undefined);
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve));
  assert.equal(send("late", {}), false);
  assert.ok(lines.some((line) => line.includes('"route":"/events","status":200')));
});

test("a server that stops ends its streams, and stops at once", async () => {
  const { http: other } = testServer(pool);
  fileRoute(
    other,
    {
      method: "GET",
      url: "/events",
      summary: "x",
      tags: [],
      auth: "none",
      produces: ["text/event-stream"],
      errors: [],
    },
    async ({ request, reply }) => {
      openEventStream(request, reply);
      return "taken";
    },
  );
  const url = await other.fastify.listen({ port: 0, host: "127.0.0.1" });
  const answered = await fetch(`${url}/events`);
  const startedAt = performance.now();
  const text = answered.text();
  await other.fastify.close();
  assert.equal(await text, "retry: 2000\n\n");
  assert.ok(performance.now() - startedAt < 2000);
});

test("whoever may not listen is refused in the envelope", async () => {
  const refused = await fetch(`${base}/events`, { headers: as("shopper", "acc_2") });
  assert.equal(refused.status, 404);
  assert.equal(((await refused.json()) as { error: { code: string } }).error.code, "session_not_found");
});

/** A server that counts, behind a proxy that says who comes, and that is busy with three requests at once. */
async function countingServer() {
  const { http: other } = testServer(pool, {
    rateLimitFactor: 1,
    isProxyTrusted: true,
    limits: { pressure: { ...pressureLimits, inFlightMax: 3 } },
  });
  const streams: EventStream[] = [];
  const entered = Promise.withResolvers<void>();
  const shared = { method: "GET", summary: "x", tags: [], auth: "shopper", errors: [] } as const;
  fileRoute(other, { ...shared, url: "/events", produces: ["text/event-stream"] }, async ({ request, reply }) => {
    streams.push(openEventStream(request, reply));
    return "taken";
  });
  fileRoute(other, { ...shared, url: "/late-events", produces: ["text/event-stream"] }, async ({ request, reply }) => {
    entered.resolve();
    await sleep(250);
    streams.push(openEventStream(request, reply));
    return "taken";
  });
  route(other, { ...shared, url: "/quick", reply: z.object({}) }, () => ({}));
  const url = await other.fastify.listen({ port: 0, host: "127.0.0.1" });
  const { port } = new URL(url);
  const get = async (path: string, accountId: string, address = "192.0.2.1", signal?: AbortSignal) =>
    await fetch(`${url}${path}`, {
      headers: { ...as("shopper", accountId), "x-forwarded-for": address },
      ...(signal === undefined ? {} : { signal }),
    });
  return { get, port: Number(port), streams, entered, counts: other.fastify.streams.counts };
}

async function untilCount({ counts }: Pick<Awaited<ReturnType<typeof countingServer>>, "counts">, wanted: number) {
  const startedMs = performance.now();
  while (counts.count() !== wanted) {
    assert.ok(performance.now() - startedMs < 5_000, `${counts.count()} callers are still counted`);
    await sleep(10);
  }
}

async function codeOf(answered: Response): Promise<string> {
  return ((await answered.json()) as { error: { code: string } }).error.code;
}

test("an account has eight streams at most: a ninth is refused in words, and there is room when one has ended", async () => {
  const server = await countingServer();
  const leaving = new AbortController();
  const opened8 = await Promise.all(Array.from({ length: 8 }, () => server.get("/events", "acc_1")));
  assert.deepEqual([...new Set(opened8.map(({ status }) => status))], [200]);
  const ninth = await server.get("/events", "acc_1");
  assert.deepEqual([ninth.status, ninth.headers.get("retry-after"), await codeOf(ninth)], [429, "10", "rate_limited"]);
  assert.equal((await server.get("/events", "acc_2", "192.0.2.1", leaving.signal)).status, 200, "others listen");
  leaving.abort();

  // As a handler does that fails after the listener has gone.
  server.streams[0]?.close();
  server.streams[0]?.close();
  assert.equal((await server.get("/events", "acc_1")).status, 200);
  assert.equal((await server.get("/events", "acc_1")).status, 429, "one that ended twice is one");
  for (const stream of server.streams) stream.close();
  await untilCount(server, 0);
});

test("a listener who hangs up gives the place back", async () => {
  const server = await countingServer();
  const leaving = new AbortController();
  await Promise.all(Array.from({ length: 8 }, () => server.get("/events", "acc_1", "192.0.2.1", leaving.signal)));
  assert.equal(server.counts.count(), 2, "an account and its address");
  leaving.abort();
  await untilCount(server, 0);
  assert.equal((await server.get("/events", "acc_1")).status, 200);
});

test("a listener who is gone before there is anything to hear leaves no place taken", async () => {
  const server = await countingServer();
  const leaving = new AbortController();
  const late = server.get("/late-events", "acc_1", "192.0.2.1", leaving.signal);
  await server.entered.promise;
  leaving.abort();
  await assert.rejects(late);
  while (server.streams.length === 0) await sleep(10);
  await untilCount(server, 0);
  assert.equal(server.streams[0]?.signal.aborted, true);
});

test("whoever asks for many things on one connection and hangs up leaves no place taken", async () => {
  const server = await countingServer();
  const headers = Object.entries({ ...as("shopper", "acc_1"), host: "muse", "x-forwarded-for": "192.0.2.1" });
  const head = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  const socket = connect(server.port, "127.0.0.1");
  // The second and third answer wait for the first to end, which a stream does not.
  for (const path of ["/events", "/events", "/quick"]) socket.write(`GET ${path} HTTP/1.1\r\n${head}\r\n`);
  while (server.streams.length < 2) await sleep(10);
  socket.destroy();
  await untilCount(server, 0);
  for (let i = 0; i < 3; i += 1) assert.equal((await server.get("/quick", "acc_2")).status, 200);
});

test("an address has two hundred streams at most, however many accounts it makes; an IPv6 one is its /64", async () => {
  const server = await countingServer();
  for (let i = 0; i < 200; i += 1) {
    const answered = await server.get("/events", `acc_${i}`, `2001:db8:0:1::${i.toString(16)}`);
    assert.equal(answered.status, 200);
  }
  assert.equal((await server.get("/events", "acc_new", "2001:db8:0:1::ffff")).status, 429);
  assert.equal((await server.get("/events", "acc_new", "2001:db8:0:2::1")).status, 200);
});

test("open streams are no requests in flight: newcomers are served beside them", async () => {
  const server = await countingServer();
  const answers = await Promise.all(Array.from({ length: 3 }, () => server.get("/events", "acc_1")));
  for (let i = 0; i < 5; i += 1) answers.push(await server.get("/events", "acc_1"));
  assert.deepEqual([...new Set(answers.map(({ status }) => status))], [200]);
  assert.equal((await server.get("/quick", "acc_2")).status, 200);
  for (const stream of server.streams) stream.close();
  await untilCount(server, 0);
});
