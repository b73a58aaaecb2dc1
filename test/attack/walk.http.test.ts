/** Every route as everybody: who gets in, what they learn of others, and that nobody else's things move (P3). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { must } from "../../server/src/kernel/assert.ts";
import {
  openAttacked,
  operationsOf,
  stateOf,
  tablesOf,
  type Headers,
  type Operation,
  type Reply,
} from "./attacked-system.ts";
import { newOwner, newPerson, newVisitor } from "./cast.ts";
import { elsewhere, rows, urlOf } from "./route-rows.ts";
import type { Row } from "./row.ts";

const attacked = await openAttacked();
const { pool, send } = attacked;
const operations = await operationsOf(attacked);
const alice = await newOwner(attacked);
const bob = await newOwner(attacked);
const visitor = await newVisitor(attacked);
const seller = await newPerson(attacked, "seller");
const ops = await newPerson(attacked, "ops");
const admin = await newPerson(attacked, "admin");
const tables = await tablesOf(pool);
const { itemId, sessionId, paidSessionId, orderNumber } = alice.owns;
const aliceIds = [alice.accountId, itemId, sessionId, paidSessionId, orderNumber];
const nobody = { headers: {} as Headers };

const callers = { nobody, visitor, bob, seller, ops, admin } as const;
type Caller = keyof typeof callers;
const everybody = Object.keys(callers) as Caller[];

/** Who gets past the door, by what the route says of itself; the others are 401 without an account, 403 with one. */
const admitted: Readonly<Record<string, readonly Caller[]>> = {
  none: everybody,
  anonymous_ok: everybody,
  creates_account: everybody,
  shopper: ["visitor", "bob", "seller", "ops", "admin"],
  signed_in: ["bob", "seller", "ops", "admin"],
  seller: ["seller", "admin"],
  ops: ["ops", "admin"],
  admin: ["admin"],
};

const rowOf = (operation: Operation): Row =>
  must(rows[operation.name], `${operation.name} has no row in route-rows.ts`);

async function call({ method, path }: Operation, row: Row, owns: typeof alice.owns, headers: Headers): Promise<Reply> {
  const body = row.body?.(owns);
  return await send({ method, url: urlOf(path, row, owns), headers, ...(body === undefined ? {} : { body }) });
}

function refusalOf(reply: Reply): [number, string] {
  return [reply.status, reply.json?.error?.code ?? "none"];
}

/** What a stranger can read of an answer, but for the request's own id. */
const seen = ({ status, text }: Reply): string => `${status} ${text.replaceAll(/req_\w+/g, "req")}`;

test("every route has a row, and every row its route", () => {
  const served = operations.map(({ name }) => name).sort();
  assert.deepEqual(Object.keys(rows).sort(), served);
  for (const { name, auth } of operations) assert.ok(Object.hasOwn(admitted, auth), `${name}: ${auth}`);
  for (const operation of operations) {
    const isStaff = ["seller", "ops", "admin"].includes(operation.auth);
    assert.equal(rowOf(operation).whose === "staff", isStaff, `${operation.name}: its row and its note disagree`);
  }
});

test("the document shows each body, each header of a route's own, and every way to say that it worked", async () => {
  const { json } = await send({ method: "GET", url: "/api/openapi.json" });
  const { paths } = must(json, "the document is JSON") as unknown as { paths: Record<string, Record<string, Shown>> };
  const shown = ({ method, path }: Operation): Shown => must(paths[path]?.[method.toLowerCase()], path);
  for (const operation of operations) {
    const { requestBody, responses } = shown(operation);
    if (rowOf(operation).body !== undefined) assert.ok(requestBody !== undefined, `${operation.name} shows its body`);
    if (operation.method !== "GET") assert.ok(responses["400"] !== undefined, `${operation.name} says what is refused`);
  }
  for (const [name, of] of Object.entries(told)) {
    const operation = must(
      operations.find((one) => one.name === name),
      name,
    );
    const { parameters = [], requestBody, responses } = shown(operation);
    const headers = parameters.filter((one) => one.in === "header").map((one) => one.name);
    const worked = Object.keys(responses).filter((status) => /^[23]/.test(status));
    const types = Object.keys(requestBody?.content ?? {});
    assert.deepEqual({ headers, worked, types }, { headers: [], worked: ["200"], types: [jsonType], ...of }, name);
  }
});

type Shown = {
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> };
  readonly responses: Readonly<Record<string, unknown>>;
};

const jsonType = "application/json";
const keyed = "Idempotency-Key";
const told: Readonly<Record<string, { headers?: string[]; worked?: string[]; types?: string[] }>> = {
  "PUT /api/v1/orders/{orderNumber}/tracking": { headers: ["Store-Signature"] },
  "POST /api/v1/webhooks/stores/{storeId}": { headers: ["Store-Signature"] },
  "POST /api/v1/webhooks/stripe": { headers: ["Stripe-Signature"] },
  "POST /api/webhooks/toss": { headers: ["TossPayments-Webhook-Transmission-Id"] },
  "POST /api/auth/sign-in/email": {},
  "POST /api/auth/two-factor/verify-totp": {},
  "GET /api/auth/magic-link/verify": { worked: ["200", "302"], types: [] },
  "PUT /api/v1/cart/items/{itemId}": { headers: ["If-Match"] },
  "POST /api/v1/cart/items": { headers: [keyed, "If-Match"] },
  "POST /api/v1/checkout/sessions": { headers: [keyed], worked: ["200", "201"] },
  "GET /api/v1/checkout/sessions/{sessionId}/events": {
    headers: ["Last-Event-ID"],
    worked: ["200", "204"],
    types: [],
  },
  "POST /api/payments/create": { headers: [keyed], worked: ["201"] },
  "POST /api/cart/checkout": { headers: [keyed], worked: ["201"] },
  "POST /api/v1/orders/{orderNumber}/refund-request": { headers: [keyed], worked: ["200", "201"] },
  "POST /api/v1/orders/{orderNumber}/cancel": { headers: [keyed], worked: ["200", "202"], types: [] },
  "POST /api/v1/orders/lookup": { worked: ["202"] },
  "PUT /api/v1/seller/uploads/{uploadId}/pieces/{piece}": { types: ["application/octet-stream"] },
  "GET /api/v1/files/{fileId}": { headers: ["Range", "If-Range"], worked: ["200", "206"], types: [] },
  "GET /api/v1/catalog/products": { headers: ["If-None-Match"], worked: ["200", "304"], types: [] },
};

test("nothing is hung outside of the document but what is known to be", () => {
  const hung = hungPaths(attacked.app.fastify.printRoutes({ commonPrefix: false }));
  assert.ok(hung.length > operations.length / 2);
  const known = new Set(["/api/auth/*", "/api/openapi.json", "/healthz", "/readyz", "/metrics", "*"]);
  const documented = new Set(operations.map(({ path }) => path.replaceAll(/\{(\w+)\}/g, ":$1")));
  const strange = hung.filter((path) => !known.has(path) && !documented.has(path) && !path.startsWith("/api/docs"));
  assert.deepEqual(strange, []);
});

/** Fastify shows its routes as a tree: what stands further right hangs on the line above. */
function hungPaths(tree: string): string[] {
  const above: string[] = [];
  const paths: string[] = [];
  for (const line of tree.split("\n")) {
    const found = /^([│├└─ ]*)(\S+)( \([A-Z, ]+\))?$/.exec(line);
    if (found === null) continue;
    const depth = (found[1] ?? "").length / 4;
    const path = (above[depth - 1] ?? "") + (found[2] ?? "");
    above[depth] = path;
    if (found[3] !== undefined) paths.push(path);
  }
  return paths;
}

/** To those whom it lets in, a stream of the house's goes on answering: its own tests read it. */
function isEndless(operation: Operation, name: Caller): boolean {
  const { whose, isStream } = rowOf(operation);
  return whose === "staff" && isStream === true && must(admitted[operation.auth], operation.auth).includes(name);
}

/** One caller at one route, and what must be true of the answer. */
async function knock(operation: Operation, name: Caller): Promise<void> {
  const row = rowOf(operation);
  const { headers } = callers[name];
  const isIn = must(admitted[operation.auth], operation.auth).includes(name);
  // Whoever is let in by the role may well change what they name: they name nothing.
  const owns = isIn && row.whose === "staff" ? elsewhere(alice.owns) : alice.owns;
  const reply = await call(operation, row, owns, headers);
  assert.ok(reply.status < 500, `${name}: ${reply.text}`);
  assert.ok(!reply.text.includes(alice.accountId), `${name} was told of alice`);
  if (!isIn) {
    const isUnknown = name === "nobody" || (name === "visitor" && operation.auth !== "shopper");
    assert.deepEqual(refusalOf(reply), isUnknown ? [401, "not_signed_in"] : [403, "role_missing"], name);
  } else if (row.whose === "owner") {
    const nothing = await call(operation, row, elsewhere(alice.owns), headers);
    assert.equal(reply.status, 404, `${name}: ${reply.text}`);
    assert.equal(seen(reply), seen(nothing), `${name} can tell what exists from what does not`);
  } else if (row.whose === "bought") {
    assert.deepEqual(refusalOf(reply), [403, "order_not_owned"], name);
  } else if (row.whose !== "signed") {
    assert.ok(reply.status !== 401 && reply.status !== 403, `${name}: ${reply.text}`);
  }
}

for (const operation of operations) {
  test(`${operation.name} lets in whom it says, and nobody touches alice's things`, async () => {
    const before = await stateOf(pool, tables, aliceIds);
    const knocking = rowOf(operation).endsSession === true ? (["nobody"] as const) : everybody;
    for (const name of knocking) if (!isEndless(operation, name)) await knock(operation, name);
    assert.equal(await stateOf(pool, tables, aliceIds), before, "alice's rows have moved");
  });
}

test("the owner reaches every one of those things (so the refusals above were about who asked)", async () => {
  const owned = operations.filter((operation) => rowOf(operation).whose === "owner");
  for (const operation of owned.filter(({ method }) => method === "GET")) {
    if (rowOf(operation).isStream === true) continue;
    const reply = await call(operation, rowOf(operation), bob.owns, bob.headers);
    assert.equal(reply.status, 200, `${operation.name}: ${reply.text}`);
  }
  for (const operation of owned.filter(({ method }) => method !== "GET")) {
    const { owns, headers } = await newOwner(attacked);
    const reply = await call(operation, rowOf(operation), owns, headers);
    assert.ok(![401, 403, 404].includes(reply.status), `${operation.name}: ${reply.text}`);
  }
});

test("staff reach what is alice's by their role", async () => {
  // What a seller's role opens is the seller's own, not alice's.
  const ofStaff = operations.filter(({ name, auth }) => rows[name]?.whose === "staff" && auth !== "seller");
  const reads = ofStaff.filter(({ method }) => method === "GET");
  for (const operation of reads) {
    if (rowOf(operation).isStream === true) continue;
    const { headers } = operation.auth === "admin" ? admin : ops;
    const reply = await call(operation, rowOf(operation), alice.owns, headers);
    const expected = rowOf(operation).isMadeByBrowser === true ? 404 : 200;
    assert.equal(reply.status, expected, `${operation.name}: ${reply.text}`);
  }
});

test("what is anybody's own never shows what is another's", async () => {
  const mine = operations.filter(({ method, name }) => method === "GET" && rows[name]?.whose === "self");
  for (const operation of mine) {
    const reply = await call(operation, rowOf(operation), alice.owns, bob.headers);
    for (const id of [alice.accountId, alice.owns.orderNumber, alice.owns.sessionId, alice.owns.itemId]) {
      assert.ok(!reply.text.includes(id), `${operation.name} told bob of ${id}`);
    }
  }
});

test("a cookie and a token that do not agree: the token alone decides, and a wrong one is nobody", async () => {
  const signedIn = await send({
    method: "POST",
    url: "/api/auth/sign-in/email",
    body: { email: alice.email, password: "long enough" },
  });
  const [set = ""] = [signedIn.headers["set-cookie"] ?? []].flat().map(String);
  const cookie = set.split(";")[0] ?? "";
  const account = { method: "GET", url: "/api/v1/account" } as const;
  assert.equal((await send({ ...account, headers: { cookie } })).json?.data.accountId, alice.accountId);
  assert.equal((await send({ ...account, headers: { cookie, ...bob.headers } })).json?.data.accountId, bob.accountId);
  assert.equal((await send({ ...account, headers: { cookie, authorization: "Bearer nonsense" } })).status, 401);
});

test("methods, doubled slashes, dots and casing lead nowhere else", async () => {
  const admin404 = [
    "//api/v1/admin/manual-orders",
    "/API/v1/admin/manual-orders",
    "/api/v1/admin/../admin/manual-orders",
  ];
  for (const url of [
    ...admin404,
    "/api/v1/admin/manual-orders/",
    "/api/v1/admin%2fmanual-orders",
    "/api/v1/orders/%00",
  ]) {
    const reply = await send({ method: "GET", url, headers: bob.headers });
    assert.ok([401, 403, 404].includes(reply.status), `${url}: ${reply.status}`);
  }
  const overridden = { ...bob.headers, "x-http-method-override": "DELETE", "x-original-url": "/api/v1/admin/audit" };
  const before = await stateOf(pool, tables, [bob.accountId]);
  assert.equal((await send({ method: "GET", url: "/api/v1/cart", headers: overridden })).status, 200);
  assert.equal(await stateOf(pool, tables, [bob.accountId]), before);
});
