import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { openTestDb } from "../../../test/db.ts";
import { createHttpServer } from "../http/server.ts";
import { route } from "../http/route.ts";
import { silentLog } from "../log/log.ts";
import { serveHealth } from "./health.ts";
import { httpMetrics } from "./http-metrics.ts";
import { openRegistry } from "./registry.ts";

const { pool } = await openTestDb();
const registry = openRegistry("api");
let database: () => Promise<string | null> = async () => null;
const http = createHttpServer({
  db: pool,
  log: silentLog,
  metrics: httpMetrics(registry),
  accounts: {
    whoIs: async () => null,
    whoIsNow: async () => null,
    createAnonymous: () => Promise.reject(new Error("not here")),
  },
});
serveHealth(http.fastify, registry, { database: () => database(), queue: async () => null });
route(
  http,
  { method: "GET", url: "/things/:id", summary: "x", tags: [], auth: "none", reply: z.object({}), errors: [] },
  async () => ({}),
);
const get = (url: string) => http.fastify.inject({ method: "GET", url });

test("a live process says so, whatever its database does", async () => {
  database = async () => "away";
  assert.equal((await get("/healthz")).statusCode, 200);
});

test("readiness names each check, and is 503 when one fails, throws or hangs", async () => {
  database = async () => null;
  assert.deepEqual((await get("/readyz")).json(), { status: "ok", checks: { database: "ok", queue: "ok" } });
  const bad: [() => Promise<string | null>, string][] = [
    [async () => "migrations pending", "migrations pending"],
    [() => Promise.reject(new Error("postgres://user:secret@host")), "failed"],
    [() => new Promise(() => undefined), "timeout"],
  ];
  for (const [check, said] of bad) {
    database = check;
    const answered = await get("/readyz");
    assert.equal(answered.statusCode, 503);
    assert.deepEqual(answered.json(), { status: "unready", checks: { database: said, queue: "ok" } });
  }
});

test("requests are counted by route pattern, never by what was in the path", async () => {
  await get("/things/a@b.co");
  await get("/nowhere/a@b.co");
  const { body, headers } = await get("/metrics");
  assert.match(String(headers["content-type"]), /^text\/plain/);
  assert.match(body, /http_request_duration_seconds_count\{[^}]*method="GET",route="\/things\/:id",status="200"\} 1/);
  assert.match(body, /route="unmatched",status="404"/);
  assert.match(body, /process_cpu_user_seconds_total/);
  assert.doesNotMatch(body, /a@b\.co/);
});
