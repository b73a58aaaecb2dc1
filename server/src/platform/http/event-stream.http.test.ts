import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestDb } from "../../../test/db.ts";
import { openEventStream, type EventStream } from "./event-stream.ts";
import { fileRoute } from "./file-route.ts";
import { problem } from "./problem.ts";
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
