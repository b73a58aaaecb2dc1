/** More than can be served: refused early and in words, bounded in memory, over when it is over. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { after, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { createHttpServer } from "./server.ts";
import { pressureLimits } from "./pressure.ts";
import { route } from "./route.ts";
import type { HttpServer } from "./server-type.ts";
import { openLog } from "#platform/log/log.ts";
import { openTestDb } from "../../../test/db.ts";

const { pool, url } = await openTestDb({ connectionMax: 2 });
const lines: string[] = [];
const log = openLog({ level: "info", program: "test", destination: { write: (line) => void lines.push(line) } });
const accounts = {
  whoIs: async () => null,
  whoIsNow: async () => null,
  createAnonymous: () => Promise.reject(new Error("not here")),
};
const http = createHttpServer({
  db: pool,
  accounts,
  log,
  limits: { pressure: { ...pressureLimits, waitingPerConnectionMax: 2, loopDelayMsMax: 100 } },
});
/** Of little patience, so that a test need not wait for half a minute. */
const strict = createHttpServer({
  db: pool,
  accounts,
  log,
  limits: { requestTimeoutMs: 400, connectionTimeoutMs: 1_000, connectionsMax: 50 },
});
const open = { tags: [], auth: "none", reply: z.object({}), errors: [] } as const;
route(http, { ...open, method: "GET", url: "/slow", summary: "x" }, async () => {
  await pool.query("select pg_sleep(0.2)");
  return {};
});
route(http, { ...open, method: "GET", url: "/slow-pay", summary: "x", isUnderWay: true }, async () => {
  await pool.query("select pg_sleep(0.2)");
  return {};
});
route(http, { ...open, method: "GET", url: "/busy", summary: "x" }, () => {
  for (const untilMs = performance.now() + 300; performance.now() < untilMs;);
  return {};
});
route(http, { ...open, method: "GET", url: "/pay", summary: "x", isUnderWay: true }, () => ({}));
for (const server of [http, strict]) {
  route(server, { ...open, method: "GET", url: "/quick", summary: "x" }, () => ({}));
  route(server, { ...open, method: "POST", url: "/take", summary: "x", body: z.object({}).loose() }, () => ({}));
  await server.fastify.listen({ port: 0, host: "127.0.0.1" });
  after(() => server.fastify.close());
}
const portOf = ({ fastify }: HttpServer) => (fastify.server.address() as AddressInfo).port;
const base = `http://127.0.0.1:${portOf(http)}`;
const port = portOf(strict);
const strictBase = `http://127.0.0.1:${port}`;

type Answer = { readonly status: number; readonly retryAfter: string | null };

async function get(path: string, from = base): Promise<Answer> {
  const answer = await fetch(`${from}${path}`);
  await answer.arrayBuffer();
  return { status: answer.status, retryAfter: answer.headers.get("retry-after") };
}

async function untilServed(): Promise<void> {
  const startedMs = performance.now();
  while ((await get("/quick")).status !== 200) {
    assert.ok(performance.now() - startedMs < 10_000, "it did not recover");
    await sleep(50);
  }
}

test("a long line for the database: who comes now hears at once when to come back; those in line are served", async () => {
  let served = 0;
  const inLine = Array.from({ length: 7 }, async () => {
    const answer = await get("/slow");
    served += 1;
    return answer;
  });
  await sleep(100);
  const late = await get("/quick");
  assert.equal(late.status, 503);
  assert.ok(Number(late.retryAfter) >= 1 && Number(late.retryAfter) <= 3);
  assert.ok(served < inLine.length, "it did not wait for its turn");
  assert.equal((await get("/pay")).status, 200, "what was begun goes on");
  assert.deepEqual([...new Set((await Promise.all(inLine)).map(({ status }) => status))], [200]);
  await untilServed();
});

test("an event loop that cannot keep up: 503 in words, and back by itself", async () => {
  const busy = await Promise.all(Array.from({ length: 6 }, () => get("/busy")));
  const [first] = busy;
  assert.equal(first?.status, 200, "what was let in is served");
  assert.ok(busy.every(({ status }) => status === 200 || status === 503));
  // The next look at the clock tells of it.
  await sleep(250);
  const refused = await get("/quick");
  assert.equal(refused.status, 503);
  assert.ok(Number(refused.retryAfter) >= 1);
  await untilServed();
  await sleep(500);
  const said = lines.filter((line) => line.includes('"http.pressure'));
  assert.ok(
    said.some((line) => line.includes('"http.pressure"')) && said.some((line) => line.includes('"http.pressure_over"')),
  );
  assert.ok(said.length <= 8, "a line when it begins and one when it is over, not one for each request");
});

async function closedWithin(socket: Socket, msMax: number): Promise<string> {
  let text = "";
  socket.on("data", (chunk: Buffer) => (text += chunk.toString()));
  socket.on("error", () => undefined);
  const timer = sleep(msMax).then(() => "still open");
  const ended = await Promise.race([once(socket, "close").then(() => "closed"), timer]);
  assert.equal(ended, "closed", `a slow client held its connection beyond ${msMax} ms`);
  return text;
}

test("a line as long as nobody could be served in time turns away everybody", async () => {
  const inLine = Array.from({ length: 4 + 16 }, () => get("/slow-pay"));
  await sleep(100);
  assert.deepEqual([(await get("/quick")).status, (await get("/pay")).status], [503, 503]);
  await Promise.all(inLine);
  await untilServed();
});

test("slow clients lose their connections: silent, header by header, or byte by byte of a body", async () => {
  const silent = connect(port, "127.0.0.1");
  const dripping = connect(port, "127.0.0.1");
  dripping.write("GET /quick HTTP/1.1\r\nhost: x\r\n");
  const drip = setInterval(() => dripping.writable && dripping.write("x-slow: 1\r\n"), 50);
  const uploading = connect(port, "127.0.0.1");
  uploading.write("POST /take HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 1000\r\n\r\n{");
  const upload = setInterval(() => uploading.writable && uploading.write(" "), 50);
  try {
    const ends = await Promise.all([silent, dripping, uploading].map((socket) => closedWithin(socket, 4_000)));
    assert.ok(ends.every((text) => !text.includes("200 OK")));
  } finally {
    clearInterval(drip);
    clearInterval(upload);
  }
  assert.equal((await get("/quick", strictBase)).status, 200);
});

test("a body without end is cut off at 256 KiB, said or unsaid", async () => {
  const said = await fetch(`${strictBase}/take`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: `{"a":"${"x".repeat(300 * 1024)}"}`,
  });
  assert.equal(said.status, 413);
  const socket = connect(port, "127.0.0.1");
  socket.write(
    "POST /take HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n",
  );
  const chunk = `10000\r\n${"x".repeat(0x10000)}\r\n`;
  let sent = 0;
  const pump = setInterval(() => {
    if (!socket.writable || socket.writableLength > 1_000_000) return;
    socket.write(chunk);
    sent += 1;
  }, 5);
  const text = await closedWithin(socket, 4_000).finally(() => clearInterval(pump));
  assert.match(text, /413/);
  assert.ok(sent < 500);
});

test("connections beyond the limit are turned away, and there is room again when others leave", async () => {
  const sockets = Array.from({ length: 120 }, () => connect(port, "127.0.0.1").on("error", () => undefined));
  await sleep(300);
  const count = await new Promise<number>((settle) => strict.fastify.server.getConnections((_, n) => settle(n)));
  assert.ok(count <= 50, `${count} connections`);
  for (const socket of sockets) socket.destroy();
  await sleep(200);
  assert.equal((await get("/quick", strictBase)).status, 200);
});

test("the program itself with 2,000 idle connections and half-sent requests: it answers, and its memory is bounded", async () => {
  const data = mkdtempSync(join(tmpdir(), "muse-overload-"));
  const apiPort = await freePort();
  const child = spawn(process.execPath, [resolve(import.meta.dirname, "../../main.ts"), "api"], {
    env: { ...process.env, DATABASE_URL: url, MUSE_DATA: data, API_PORT: String(apiPort), LOG_LEVEL: "warn" },
    stdio: ["ignore", "inherit", "inherit"],
  });
  const sockets: Socket[] = [];
  try {
    const api = `http://127.0.0.1:${apiPort}`;
    await untilAnswers(`${api}/readyz`);
    for (let i = 0; i < 200; i += 1) await (await fetch(`${api}/api/v1/cart`)).arrayBuffer();
    const beforeMb = memoryMb(child.pid ?? 0);
    for (let i = 0; i < 2_000; i += 1) {
      const socket = connect(apiPort, "127.0.0.1").on("error", () => undefined);
      sockets.push(socket);
      await once(socket, "connect");
      if (i % 4 === 0) socket.write("POST /api/v1/cart/items HTTP/1.1\r\nhost: x\r\ncontent-length: 200000\r\n");
    }
    const slowestMs = await slowestOf(50, `${api}/api/v1/cart`);
    const grownMb = memoryMb(child.pid ?? 0) - beforeMb;
    assert.ok(slowestMs < 1_000, `the slowest of 50 took ${Math.round(slowestMs)} ms`);
    assert.ok(grownMb < 120, `${Math.round(grownMb)} MB for 2,000 connections`);
    assert.equal((await fetch(`${api}/healthz`)).status, 200);
  } finally {
    for (const socket of sockets) socket.destroy();
    const ended = once(child, "exit");
    child.kill("SIGTERM");
    await ended;
    rmSync(data, { recursive: true, force: true });
  }
});

async function slowestOf(count: number, address: string): Promise<number> {
  let slowestMs = 0;
  for (let i = 0; i < count; i += 1) {
    const startedMs = performance.now();
    const answer = await fetch(address);
    await answer.arrayBuffer();
    assert.equal(answer.status, 200);
    slowestMs = Math.max(slowestMs, performance.now() - startedMs);
  }
  return slowestMs;
}

async function untilAnswers(address: string): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const answer = await fetch(address).catch(() => null);
    if (answer?.status === 200) return;
    await sleep(100);
  }
  throw new Error("the API did not start");
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port: free } = server.address() as AddressInfo;
  server.close();
  return free;
}

/** What the kernel holds for it in memory. */
function memoryMb(pid: number): number {
  const found = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
  return Number(found?.[1] ?? 0) / 1024;
}
