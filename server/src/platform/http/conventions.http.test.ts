import assert from "node:assert/strict";
import { connect } from "node:net";
import { test } from "node:test";
import { z } from "zod";
import { openTestDb } from "../../../test/db.ts";
import { fileRoute } from "./file-route.ts";
import { answer, problem } from "./problem.ts";
import { route } from "./route.ts";
import { as, testServer } from "./test-server.ts";

const { pool } = await openTestDb();
const { http } = testServer(pool, { reference: true });
const { fastify } = http;

const Thing = z.object({ name: z.string(), amountCents: z.int() });

route(
  http,
  {
    method: "POST",
    url: "/things/:id",
    summary: "Make a thing",
    tags: ["test"],
    auth: "shopper",
    params: z.object({ id: z.string().regex(/^thg_\w+$/) }),
    body: z.strictObject({
      name: z.string().min(1).max(50),
      lines: z.array(z.strictObject({ quantity: z.int().min(1) })).optional(),
    }),
    reply: Thing,
    statuses: [200, 201],
    errors: ["product_not_found", "out_of_stock", "payment_provider_unavailable", "session_processing"],
  },
  async ({ body, params }) => {
    if (body.name === "gone") return problem("product_not_found");
    if (body.name === "sold")
      return problem("out_of_stock", { field: "name", details: { items: [{ itemId: "ci_1" }] } });
    if (body.name === "provider") return problem("payment_provider_unavailable");
    if (body.name === "later") return problem("session_processing", { retryAfterS: 7 });
    if (body.name === "soon") return problem("session_processing");
    if (body.name === "bug") throw new Error("nobody expected this");
    if (body.name === "leak")
      return { name: params.id, amountCents: 1, secret: "not in the contract" } as z.output<typeof Thing>;
    if (body.name === "wrong") return { name: "x", amountCents: 1.5 };
    return answer({ name: body.name, amountCents: 100 }, { status: 201, message: "made", headers: { etag: '"1"' } });
  },
);
for (const auth of [
  "anonymous_ok",
  "shopper",
  "signed_in",
  "seller",
  "ops",
  "admin",
  "creates_account",
  "none",
] as const) {
  route(
    http,
    {
      method: "GET",
      url: `/as/${auth}`,
      summary: `As ${auth}`,
      tags: ["test"],
      auth,
      reply: z.object({ who: z.string().nullable() }),
      errors: [],
    },
    async ({ account }) => ({ who: account === null ? null : account.accountId }),
  );
}
route(
  http,
  {
    method: "GET",
    url: "/sleep",
    summary: "Sleep",
    tags: ["test"],
    auth: "none",
    query: z.strictObject({ s: z.coerce.number() }),
    reply: z.object({}),
    errors: [],
  },
  async ({ db, query }) => {
    await db.query({
      text: "select pg_sleep($1), set_config('statement_timeout', '5s', false)",
      values: [query.s],
      rowMode: "array",
    });
    return {};
  },
);
route(
  http,
  {
    method: "POST",
    url: "/hook",
    summary: "Take bytes",
    tags: ["test"],
    auth: "none",
    rawBody: true,
    shownBody: z.object({ type: z.string() }),
    reply: z.object({ bytes: z.int() }),
    errors: ["webhook_signature_invalid"],
  },
  async ({ body }) => (body.length === 0 ? problem("webhook_signature_invalid") : { bytes: body.length }),
);
route(
  http,
  {
    method: "POST",
    url: "/bare/:id",
    idempotent: true,
    summary: "No body",
    tags: ["test"],
    auth: "creates_account",
    digitFields: ["trackingNumber"],
    reply: z.object({}),
    errors: [],
  },
  async () => ({}),
);
fileRoute(
  http,
  {
    method: "GET",
    url: "/receipt",
    summary: "A file",
    tags: ["test"],
    auth: "shopper",
    produces: ["application/pdf"],
    errors: ["order_not_found"],
  },
  async ({ account }) =>
    account.accountId === "acc_2"
      ? problem("order_not_found")
      : { contentType: "application/pdf", content: Buffer.from("%PDF") },
);

const post = (payload: unknown, headers: Record<string, string> = {}) =>
  fastify.inject({
    method: "POST",
    url: "/things/thg_1",
    payload: payload as object,
    headers: { ...as("shopper", "acc_1"), ...headers },
  });

test("success is the envelope, with status, message and headers where the handler gives them", async () => {
  const made = await post({ name: "tea" });
  assert.equal(made.statusCode, 201);
  assert.deepEqual(made.json(), { success: true, data: { name: "tea", amountCents: 100 }, message: "made" });
  assert.equal(made.headers["etag"], '"1"');
  assert.match(String(made.headers["x-request-id"]), /^req_/);
  assert.equal(made.headers["cache-control"], "no-store");
  assert.equal(made.headers["content-type"], "application/json; charset=utf-8");
});

const refusals: [string, unknown, Record<string, string>, number, string, string | undefined][] = [
  ["a misspelt field", { name: "tea", qty: 1 }, {}, 400, "unknown_field", "qty"],
  [
    "a misspelt field inside a list",
    { name: "tea", lines: [{ quantity: 1, x: 1 }] },
    {},
    400,
    "unknown_field",
    "lines[0].x",
  ],
  ["a wrong type", { name: 5 }, {}, 400, "request_invalid", "name"],
  ["a missing field", {}, {}, 400, "request_invalid", "name"],
  ["a value out of range", { name: "tea", lines: [{ quantity: 0 }] }, {}, 400, "request_invalid", "lines[0].quantity"],
  ["no body", undefined, {}, 400, "request_invalid", undefined],
  ["a list for an object", [], {}, 400, "request_invalid", undefined],
  ["broken JSON", '{"name":', { "content-type": "application/json" }, 400, "request_invalid", undefined],
  [
    "prototype poisoning",
    '{"__proto__":{"a":1},"name":"x"}',
    { "content-type": "application/json" },
    400,
    "request_invalid",
    undefined,
  ],
  [
    "a form",
    "name=tea",
    { "content-type": "application/x-www-form-urlencoded" },
    415,
    "unsupported_media_type",
    undefined,
  ],
  ["plain text", "tea", { "content-type": "text/plain" }, 415, "unsupported_media_type", undefined],
  ["more than 256 KiB", { name: "x".repeat(257 * 1024) }, {}, 413, "body_too_large", undefined],
  ["a code of the handler", { name: "gone" }, {}, 404, "product_not_found", undefined],
  ["a code with a field and details", { name: "sold" }, {}, 409, "out_of_stock", "name"],
  ["a bug", { name: "bug" }, {}, 500, "internal", undefined],
  ["a reply that does not meet its contract", { name: "wrong" }, {}, 500, "internal", undefined],
  ["a shortage elsewhere", { name: "provider" }, {}, 503, "payment_provider_unavailable", undefined],
];
for (const [what, payload, headers, status, code, field] of refusals) {
  test(`${what} is answered ${status} ${code} in the envelope`, async () => {
    const refused = await post(payload, headers);
    const body = refused.json();
    assert.equal(refused.statusCode, status);
    assert.equal(body.success, false);
    assert.equal(body.error.code, code);
    assert.equal(body.error.field, field);
    assert.equal(body.error.requestId, refused.headers["x-request-id"]);
    assert.ok(body.error.message.length > 10);
  });
}

test("what the contract does not name never leaves, and details do", async () => {
  assert.deepEqual((await post({ name: "leak" })).json(), { success: true, data: { name: "thg_1", amountCents: 1 } });
  assert.deepEqual((await post({ name: "sold" })).json().error.details, { items: [{ itemId: "ci_1" }] });
});

test("503 and 429-like answers carry Retry-After", async () => {
  assert.equal((await post({ name: "provider" })).headers["retry-after"], "1");
  assert.equal((await post({ name: "later" })).headers["retry-after"], "7");
  assert.equal((await post({ name: "soon" })).headers["retry-after"], "1");
});

test("messages follow Accept-Language, codes do not", async () => {
  const en = (await post({ name: "gone" }, { "accept-language": "fr, en;q=0.8, ko;q=0.3" })).json().error;
  const ko = (await post({ name: "gone" }, { "accept-language": "de;q=0.9, ko-KR" })).json().error;
  assert.equal(en.code, ko.code);
  assert.match(en.message, /product/);
  assert.match(ko.message, /상품/);
  assert.match((await post({ name: 5 }, { "accept-language": "ko" })).json().error.message, /"name" 항목/);
});

test("paths and methods that do not exist are 404 in the envelope, as is an id of another shape", async () => {
  for (const [method, url] of [
    ["GET", "/nowhere"],
    ["DELETE", "/things/thg_1"],
    ["GET", "/%zz"],
    ["GET", `/things/${"x".repeat(300)}`],
  ] as const) {
    const missing = await fastify.inject({ method, url });
    assert.equal(missing.statusCode, 404, url);
    assert.equal(missing.json().error.code, "not_found");
    assert.match(String(missing.headers["x-request-id"]), /^req_/);
  }
  const shape = await fastify.inject({
    method: "POST",
    url: "/things/other",
    payload: { name: "tea" },
    headers: as("shopper", "acc_1"),
  });
  assert.equal(shape.json().error.code, "product_not_found");
});

test("who may call what: 401 without an account, 403 without the role, an admin may all", async () => {
  const visitors = {
    nobody: {},
    anonymous: as("anonymous", "a"),
    shopper: as("shopper", "a"),
    seller: as("seller", "a"),
    ops: as("ops", "a"),
    admin: as("admin", "a"),
  };
  const expected: Record<string, number[]> = {
    none: [200, 200, 200, 200, 200, 200],
    anonymous_ok: [200, 200, 200, 200, 200, 200],
    creates_account: [200, 200, 200, 200, 200, 200],
    shopper: [401, 200, 200, 200, 200, 200],
    signed_in: [401, 401, 200, 200, 200, 200],
    seller: [401, 401, 403, 200, 403, 200],
    ops: [401, 401, 403, 403, 200, 200],
    admin: [401, 401, 403, 403, 403, 200],
  };
  for (const [auth, statuses] of Object.entries(expected)) {
    const seen = await Promise.all(
      Object.values(visitors).map((headers) => fastify.inject({ method: "GET", url: `/as/${auth}`, headers })),
    );
    assert.deepEqual(
      seen.map(({ statusCode }) => statusCode),
      statuses,
      auth,
    );
    for (const { statusCode, body } of seen) {
      if (statusCode === 401) assert.equal(JSON.parse(body).error.code, "not_signed_in");
      if (statusCode === 403) assert.equal(JSON.parse(body).error.code, "role_missing");
    }
  }
});

test("a visitor gets an account where the route makes one, and its token in a header", async () => {
  const first = await fastify.inject({ method: "GET", url: "/as/creates_account" });
  assert.match(first.json().data.who, /^acc_made/);
  assert.match(String(first.headers["set-auth-token"]), /^anonymous:acc_made/);
});

test("refusals come before the body is looked at", async () => {
  const unknown = await fastify.inject({
    method: "POST",
    url: "/things/thg_1",
    payload: "{",
    headers: { "content-type": "application/json" },
  });
  assert.equal(unknown.statusCode, 401);
});

test("a write that a browser says comes from another site is refused; one by an app is not", async () => {
  const foreign = await fastify.inject({
    method: "POST",
    url: "/things/thg_1",
    payload: { name: "tea" },
    headers: { "sec-fetch-site": "cross-site", cookie: "muse.session_token=x" },
  });
  assert.equal(foreign.statusCode, 403);
  assert.equal(foreign.json().error.code, "cross_site_refused");
  assert.equal((await post({ name: "tea" }, { "sec-fetch-site": "cross-site" })).statusCode, 201);
});

test("a database that is short of something is 503 with Retry-After, not a bug", async () => {
  const slow = await fastify.inject({ method: "GET", url: "/sleep?s=6" });
  assert.equal(slow.statusCode, 503);
  assert.equal(slow.json().error.code, "overloaded");
  assert.equal(slow.headers["retry-after"], "1");
});

test("raw bodies arrive as bytes, whatever their type, and a route without a body takes none", async () => {
  const raw = await fastify.inject({
    method: "POST",
    url: "/hook",
    payload: "{not json",
    headers: { "content-type": "text/weird" },
  });
  assert.deepEqual(raw.json().data, { bytes: 9 });
  assert.equal((await fastify.inject({ method: "POST", url: "/bare/1" })).statusCode, 200);
  const empty = await fastify.inject({
    method: "POST",
    url: "/bare/1",
    headers: { "content-type": "application/json" },
    payload: "",
  });
  assert.equal(empty.statusCode, 200);
  const extra = await fastify.inject({ method: "POST", url: "/bare/1", payload: { a: 1 } });
  assert.equal(extra.json().error.code, "unknown_field");
});

test("a file route answers its file, and refuses as every other route", async () => {
  const file = await fastify.inject({ method: "GET", url: "/receipt", headers: as("shopper", "acc_1") });
  assert.equal(file.headers["content-type"], "application/pdf");
  assert.equal(file.body, "%PDF");
  assert.equal(
    (await fastify.inject({ method: "GET", url: "/receipt", headers: as("shopper", "acc_2") })).json().error.code,
    "order_not_found",
  );
  assert.equal((await fastify.inject({ method: "GET", url: "/receipt" })).statusCode, 401);
});

test("bytes that are not HTTP get the envelope too", async () => {
  await fastify.listen({ port: 0, host: "127.0.0.1" });
  const address = fastify.server.address();
  assert.ok(typeof address === "object" && address !== null);
  const said = await new Promise<string>((resolve, reject) => {
    const socket = connect(address.port, "127.0.0.1", () => socket.write("hello?\r\n\r\n"));
    let text = "";
    socket.on("data", (chunk) => (text += chunk.toString()));
    socket.on("end", () => resolve(text));
    socket.on("error", reject);
  });
  assert.match(said, /^HTTP\/1\.1 400 /);
  assert.match(said, /"code":"request_invalid"/);
  assert.match(said, /x-request-id: req_/);
});

test("the reference tells every route, its codes and its script without a network", async () => {
  const document = (await fastify.inject({ method: "GET", url: "/api/openapi.json" })).json();
  assert.equal(document.openapi, "3.1.0");
  const operation = document.paths["/things/{id}"].post;
  assert.equal(operation.summary, "Make a thing");
  assert.deepEqual(Object.keys(operation.responses).sort(), [
    "200",
    "201",
    "400",
    "401",
    "403",
    "404",
    "409",
    "413",
    "415",
    "500",
    "503",
  ]);
  const codes = operation.responses["409"].content["application/json"].schema.properties.error.properties.code;
  assert.deepEqual(codes.enum, ["out_of_stock", "session_processing"]);
  const [header] = document.paths["/bare/{id}"].post.parameters.filter((one: { in: string }) => one.in === "header");
  assert.equal(header.name, "Idempotency-Key");
  assert.equal(document.paths["/api/docs/*"], undefined);

  const page = await fastify.inject({ method: "GET", url: "/api/docs/" });
  assert.equal(page.statusCode, 200);
  assert.doesNotMatch(page.body, /src="https?:/);
  const script = await fastify.inject({ method: "GET", url: "/api/docs/js/scalar.js" });
  assert.equal(script.statusCode, 200);
  assert.ok(script.body.length > 100_000);
});
