import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { openTestDb } from "../../../test/db.ts";
import { must } from "#kernel/assert.ts";
import { problem } from "../http/problem.ts";
import { route } from "../http/route.ts";
import { as, testServer } from "../http/test-server.ts";

const { pool } = await openTestDb();
await pool.query("create table person (email text primary key check (email <> 'refused@canary.test'), age int)");
const { http, lines } = testServer(pool);

/** Personal data and secrets of every kind, none of which occurs anywhere else. */
const canaries = {
  email: "canary.bird@canary.test",
  name: "Zebedee Quuxley",
  street: "742 Evergreen Terrace",
  phone: "+1 (555) 010-4477",
  koreanPhone: "010-2345-6789",
  card: "4242 4242 4242 4242",
  bareCard: "5555555555554444",
  token: "eyJhbGciOiJIUzI1NiJ9.canarypayload.canarysignature",
  stripeKey: "sk_test_canary51H",
  clientSecret: "pi_3Canary_secret_CanaryXyz",
  bearer: "CanaryTokenCanaryTokenCanary1234",
  password: "correct horse canary",
} as const;
const pieces = [
  ...Object.values(canaries),
  "canary",
  "Zebedee",
  "Quuxley",
  "Evergreen",
  "4477",
  "2345-6789",
  "4242",
  "5555",
];

const queries: { readonly [kind: string]: string } = {
  unique: "insert into person (email) values ($1), ($1)",
  check: "insert into person (email, age) values ('refused@canary.test', length($1))",
  "syntax of a value": "select $1::text::int",
  raise: "select ('x' || $1)::uuid",
};
const throws: { readonly [kind: string]: (value: string, id: string) => unknown } = {
  throw: (value, id) => {
    throw new Error(`could not serve ${value} of ${id}`, { cause: new TypeError(`because of "${value}"`) });
  },
  "throw a string": (value) => {
    // oxlint-disable-next-line typescript/only-throw-error -- libraries do
    throw value;
  },
  json: (value) => JSON.parse(value),
  url: (value) => fetch(`http://127.0.0.1:1/${encodeURIComponent(value)}`),
  must: (value) => must(null, `no row for ${JSON.stringify({ value })}`),
};

const body = z.strictObject({ kind: z.string(), value: z.string().optional(), count: z.int().optional() });
route(
  http,
  {
    method: "POST",
    url: "/canary/:id",
    summary: "Fail in every way",
    tags: ["test"],
    auth: "shopper",
    params: z.object({ id: z.string() }),
    body,
    reply: z.object({ value: z.string() }),
    errors: ["out_of_stock"],
  },
  async ({ db, body: { kind, value = "" }, params }) => {
    const query = (text: string) => db.query({ text, values: [value], rowMode: "array" });
    if (kind in queries) await query(queries[kind] ?? "");
    if (kind === "problem") return problem("out_of_stock", { details: { value } });
    if (kind === "contract") return { value: 5 } as unknown as { value: string };
    await throws[kind]?.(value, params.id);
    return { value };
  },
);

const kinds = [
  "ok",
  "problem",
  "unique",
  "check",
  "syntax of a value",
  "raise",
  "throw",
  "throw a string",
  "json",
  "url",
  "must",
  "contract",
];

test("P1: no personal data of a request reaches the log, whether it succeeds or fails in any way", async () => {
  const statuses = new Set<number>();
  for (const kind of kinds) {
    for (const value of Object.values(canaries)) {
      const answered = await http.fastify.inject({
        method: "POST",
        url: `/canary/${encodeURIComponent(value)}?email=${encodeURIComponent(canaries.email)}&q=${encodeURIComponent(value)}`,
        payload: { kind, value },
        headers: {
          ...as("shopper", "acc_1"),
          cookie: `muse.session_token=${canaries.bearer}; name=${encodeURIComponent(canaries.name)}`,
          "user-agent": canaries.name,
          referer: `http://x/?e=${canaries.email}`,
          "x-forwarded-for": "203.0.113.77",
          "idempotency-key": canaries.bearer,
          "accept-language": canaries.name,
          origin: "http://canary.test",
          "x-request-id": canaries.email,
          "x-name": canaries.street,
        },
      });
      statuses.add(answered.statusCode);
    }
  }
  for (const value of Object.values(canaries)) {
    const headers = { ...as("shopper", "acc_1"), "content-type": "application/json" };
    for (const payload of [
      `{"kind": "${value}`,
      `{"${value}": 1}`,
      `{"kind": 1, "value": "${value}"}`,
      `{"kind":"ok","count":"${value}"}`,
    ]) {
      statuses.add((await http.fastify.inject({ method: "POST", url: "/canary/1", payload, headers })).statusCode);
    }
    statuses.add(
      (await http.fastify.inject({ method: "GET", url: `/nowhere/${encodeURIComponent(value)}` })).statusCode,
    );
  }
  assert.deepEqual(statuses, new Set([200, 400, 404, 409, 500]));
  assert.ok(lines.length > 150);
  const text = lines.join("\n");
  for (const piece of pieces) {
    // A request's id is drawn at random, and may hold any digits.
    const leak = lines.find(
      (line) =>
        line
          .replace(/"requestId":"[^"]*"/, "")
          .toLowerCase()
          .includes(piece.toLowerCase()) && !line.includes('"route":"/canary/:id","status":200'),
    );
    const trace = leak?.replaceAll("/canary/:id", "").replaceAll("canary.http.test.ts", "");
    assert.equal(trace?.toLowerCase().includes(piece.toLowerCase()) ?? false, false, `${piece} in ${leak}`);
  }
  assert.equal(text.includes("203.0.113.77"), false);
});

test("a log line still says what an operator needs: request, route, kind of error and where", () => {
  const failures = lines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .filter(({ event }) => event === "request.failed");
  assert.ok(failures.length > 50);
  for (const { requestId, route: at, error } of failures) {
    assert.match(String(requestId), /^req_/);
    assert.equal(at, "/canary/:id");
    assert.ok((error as { name: string }).name.length > 0);
  }
  const duplicate = failures.map(({ error }) => error as Record<string, string>).find(({ code }) => code === "23505");
  assert.equal(duplicate?.["constraint"], "person_pkey");
  assert.match(String(duplicate?.["frames"]), /query\.ts|canary\.http\.test\.ts/);
  const request = lines
    .map((line) => JSON.parse(line) as Record<string, unknown>)
    .find(({ event, status }) => event === "request" && status === 409);
  assert.deepEqual(
    { ...request, time: 0, pid: 0, ms: 0, requestId: "", level: 30 },
    {
      level: 30,
      time: 0,
      program: "test",
      pid: 0,
      requestId: "",
      method: "POST",
      route: "/canary/:id",
      status: 409,
      ms: 0,
      account: "person",
      accountId: "acc_1",
      code: "out_of_stock",
      event: "request",
    },
  );
});
