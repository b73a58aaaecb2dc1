/**
 * Everything a body and a query can hold that they should not: answered with 4xx in the envelope and never with a
 * failure of ours. Bounded; the seed is printed by fast-check when something breaks.
 */
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import fc from "fast-check";
import { Failure } from "../../contracts/src/envelope.ts";
import { must } from "../../server/src/kernel/assert.ts";
import { openAttacked, operationsOf, type Operation, type Reply } from "./attacked-system.ts";
import { newOwner, newPerson } from "./cast.ts";
import {
  forbiddenFields,
  hostile,
  hostileText,
  payloads,
  prototypeKeys,
  rawBodies,
  unkeepable,
} from "./hostile-values.ts";
import { elsewhere, rows, urlOf } from "./route-rows.ts";
import type { Body, Row } from "./row.ts";

const attacked = await openAttacked();
const { pool, send } = attacked;
const operations = await operationsOf(attacked);
const owner = await newOwner(attacked);
const admin = await newPerson(attacked, "admin");

/** Few enough that the whole walk takes seconds; the seeds differ from run to run. */
const runsPerRoute = 60;

const rowOf = ({ name }: Operation): Row => must(rows[name], name);
const bodied = operations.filter((operation) => rowOf(operation).body !== undefined);

/** Never the session's own `place`: a body that happens to be right would pay, and wait for stores nobody works. */
const namesOf = ({ path }: Operation) => (path.endsWith("/place") ? elsewhere(owner.owns) : owner.owns);

async function attack(operation: Operation, body: object | string, query = ""): Promise<Reply> {
  const row = rowOf(operation);
  const isStaff = row.whose === "staff";
  const url = urlOf(operation.path, row, isStaff ? elsewhere(owner.owns) : namesOf(operation));
  return await send({
    method: operation.method,
    url: query === "" ? url : `${url.split("?")[0]}?${query}`,
    headers: { ...(isStaff ? admin : owner).headers, "content-type": "application/json" },
    ...(operation.method === "GET" ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
}

function assertDecent(reply: Reply, what: string): void {
  assert.ok(reply.status < 500, `${what}: ${reply.status} ${reply.text.slice(0, 300)}`);
  if (reply.status >= 400) {
    const read = Failure.safeParse(reply.json);
    assert.ok(read.success, `${what}: not the envelope: ${reply.text.slice(0, 300)}`);
    // A replay is the first answer, to the letter.
    if (reply.headers["idempotent-replayed"] === "true") return;
    assert.equal(reply.headers["x-request-id"], read.data.error.requestId);
  }
}

/** Every place in a body that something can be put into: paths of keys and indexes, the body itself first. */
function placesIn(value: unknown, at: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value !== "object" || value === null) return [at];
  return [at, ...Object.entries(value).flatMap(([key, item]) => placesIn(item, [...at, key]))];
}

function withAt(value: unknown, [key, ...rest]: readonly (string | number)[], put: unknown): unknown {
  if (key === undefined) return put;
  if (Array.isArray(value))
    return value.map((item: unknown, i) => (String(i) === String(key) ? withAt(item, rest, put) : item));
  return { ...(value as object), [key]: withAt((value as Body)[key], rest, put) };
}

function objectsIn(value: unknown): (readonly (string | number)[])[] {
  const isObject = (at: readonly (string | number)[]): boolean => {
    const found = at.reduce<unknown>((inner, key) => (inner as Body)[key], value);
    return typeof found === "object" && found !== null && !Array.isArray(found);
  };
  return placesIn(value).filter(isObject);
}

const rowCounts = async (): Promise<unknown> =>
  (
    await pool.query(
      `select (select count(*) from account."user") as people, (select count(*) from account."user" where role = 'admin') as admins,
         (select count(*) from orders.store_order) as orders, (select count(*) from payment.payment) as payments,
         (select sum(total_minor) from orders.store_order) as total`,
    )
  ).rows[0];

for (const operation of bodied) {
  const { name } = operation;
  const right = must(rowOf(operation).body, name)(namesOf(operation));

  test(`${name}: no client decides prices, states or whose things are (M6)`, async () => {
    const before = await rowCounts();
    for (const at of objectsIn(right)) {
      // A map of names to values takes any name; the desk's credentials are the one there is.
      for (const [field, value] of Object.entries(forbiddenFields)) {
        const inner = at.reduce<unknown>((found, key) => (found as Body)[key], right) as Body;
        if (Object.hasOwn(inner, field) || isKnownField(operation, at, field)) continue;
        const body = withAt(right, at, { ...inner, [field]: value });
        const reply = await attack(operation, body as object);
        // Where the shopper's own list is sent as it is, what else stands in it is not looked at.
        if (schemaAt(operation, at)?.additionalProperties) continue;
        assert.deepEqual(
          [reply.status, reply.json?.error?.code],
          [400, "unknown_field"],
          `${[...at, field].join(".")}: ${reply.text}`,
        );
      }
    }
    assert.deepEqual(await rowCounts(), before);
  });

  test(`${name}: any value in any place is taken or refused, never tripped over`, async () => {
    const places = placesIn(right);
    const body = fc.tuple(fc.constantFrom(...places), hostile).map(([at, value]) => withAt(right, at, value));
    await fc.assert(
      fc.asyncProperty(body, async (sent) =>
        assertDecent(await attack(operation, JSON.stringify(sent) ?? "null"), name),
      ),
      { numRuns: runsPerRoute, endOnFailure: true },
    );
    for (const key of prototypeKeys)
      assertDecent(await attack(operation, `{"${key}":{"role":"admin"}}`), `${name} ${key}`);
    for (const raw of rawBodies) assertDecent(await attack(operation, raw), `${name} ${raw.slice(0, 40)}`);
    assert.equal(({} as { isAdmin?: boolean }).isAdmin, undefined, "an object's prototype was written to");
  });

  test(`${name}: SQL and HTML in its texts are text`, async () => {
    const texts = placesIn(right).filter(
      (at) => typeof at.reduce<unknown>((found, key) => (found as Body)[key], right) === "string",
    );
    for (const at of texts) {
      for (const payload of [...payloads, ...unkeepable]) {
        const reply = await attack(operation, withAt(right, at, payload) as object);
        assertDecent(reply, `${name} ${at.join(".")} ${payload}`);
      }
    }
  });
}

function isKnownField(operation: Operation, at: readonly (string | number)[], field: string): boolean {
  return schemaAt(operation, at)?.properties?.[field] !== undefined;
}

function schemaAt({ body }: Operation, at: readonly (string | number)[]): Operation["body"] {
  const given = (schema: Operation["body"]): Operation["body"] =>
    schema?.anyOf?.find((one: { type?: string }) => one.type !== "null") ?? schema;
  let schema = given(body);
  for (const key of at) schema = given(/^\d+$/.test(String(key)) ? schema?.items : schema?.properties?.[key]);
  return schema;
}

for (const operation of operations.filter(({ query }) => query.length > 0)) {
  test(`${operation.name}: any query is taken or refused`, async () => {
    const name = fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...operation.query) }, hostileText);
    const value = fc.oneof(hostileText, fc.constantFrom("-1", "0", "1e9", "9007199254740993", "1.5", "true", "[]"));
    const query = fc.array(fc.tuple(name, value), { minLength: 1, maxLength: 4 });
    const encode = (word: string): string => encodeURIComponent(word.toWellFormed().slice(0, 3_000));
    await fc.assert(
      fc.asyncProperty(query, async (pairs) => {
        const asked = pairs.map(([key, given]) => `${encode(key)}=${encode(given)}`).join("&");
        assertDecent(await attack(operation, {}, asked), `${operation.name}?${asked.slice(0, 200)}`);
      }),
      { numRuns: runsPerRoute, endOnFailure: true },
    );
    for (const raw of [
      "%",
      "%zz=1",
      "a=%00",
      "limit=%00",
      "limit[]=1&limit[]=2",
      "limit=1&limit=2",
      "&&=&",
      "__proto__=1",
      "%ed%a0%80=1",
    ]) {
      assertDecent(await attack(operation, {}, raw), `${operation.name}?${raw}`);
    }
    for (const key of operation.query) {
      for (const payload of [...payloads, "\0", "a\0b"]) {
        const asked = `${key}=${encodeURIComponent(payload)}`;
        assertDecent(await attack(operation, {}, asked), `${operation.name}?${asked}`);
      }
    }
  });
}

test("any path is an answer", async () => {
  const named = operations.filter(({ path, name }) => path.includes("{") && rows[name]?.isStream !== true);
  const segment = fc.oneof(hostileText, fc.constantFrom(".", "..", "%00", "cs_x", "MO-"));
  for (const operation of named) {
    await fc.assert(
      fc.asyncProperty(segment, async (word) => {
        const filled = operation.path.replace(/\{\w+\}/g, encodeURIComponent(word.toWellFormed().slice(0, 400)));
        const body = rowOf(operation).body?.(owner.owns) ?? {};
        const reply = await send({
          method: operation.method,
          url: filled,
          headers: { ...admin.headers, "content-type": "application/json" },
          ...(operation.method === "GET" ? {} : { body }),
        });
        assertDecent(reply, `${operation.method} ${filled.slice(0, 200)}`);
      }),
      { numRuns: 25, endOnFailure: true },
    );
  }
});

test("headers of any kind are an answer", async () => {
  const names = [
    "authorization",
    "cookie",
    "accept-language",
    "if-match",
    "idempotency-key",
    "origin",
    "x-forwarded-for",
    "content-type",
    "sec-fetch-site",
    "user-agent",
  ];
  // What a header can carry at all; the rest never gets past the parser.
  const value = fc.oneof(
    fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)), maxLength: 300 }),
    fc.constantFrom(
      "Bearer ",
      "Bearer ../../x",
      "muse.session_token=%00",
      `W/"1"`,
      "9".repeat(5_000),
      "*",
      '"' + "1".repeat(30) + '"',
    ),
  );
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...names), value, async (name, given) => {
      const body = must(rows["POST /api/v1/cart/items"]?.body, "a row")(owner.owns);
      const reply = await send({
        method: "POST",
        url: "/api/v1/cart/items",
        headers: { ...owner.headers, [name]: given },
        body,
      });
      assertDecent(reply, `${name}: ${given}`);
    }),
    { numRuns: 300, endOnFailure: true },
  );
});

test("sign-in and sign-up take anything too, and give nobody a role", async () => {
  const before = (await pool.query("select count(*) from account.\"user\" where role <> 'shopper' or is_anonymous"))
    .rows[0];
  const clear = () => pool.query("delete from account.rate_limit");
  for (const path of ["sign-in/email", "sign-up/email", "two-factor/verify-totp", "change-password", "update-user"]) {
    const headers = { "content-type": "application/json" };
    for (const raw of rawBodies) {
      assertDecent(
        await send({ method: "POST", url: `/api/auth/${path}`, headers, body: raw }),
        `${path} ${raw.slice(0, 40)}`,
      );
    }
    const long = randomBytes(50_000).toString("hex");
    const novel = { email: `${long}@people.test`, password: long, name: long, image: long, code: long };
    assertDecent(await send({ method: "POST", url: `/api/auth/${path}`, headers, body: novel }), `${path}: a novel`);
    await clear();
    await fc.assert(
      fc.asyncProperty(hostile, hostile, hostile, async (email, password, name) => {
        const body = JSON.stringify({ email, password, name, ...forbiddenFields, id: "acc_mine", emailVerified: true });
        await clear();
        assertDecent(await send({ method: "POST", url: `/api/auth/${path}`, headers, body }), path);
      }),
      { numRuns: 40, endOnFailure: true },
    );
  }
  const url = "/api/auth/sign-up/email";
  const body = { email: "mass@people.test", password: "long enough", name: "<b>Mass</b>" };
  for (const [field, value] of Object.entries({ ...forbiddenFields, id: "acc_mine", emailVerified: true })) {
    const refused = await send({ method: "POST", url, body: { ...body, [field]: value } });
    assert.deepEqual([refused.status, refused.json?.error?.code], [400, "unknown_field"], field);
  }
  assert.equal((await send({ method: "POST", url, body })).status, 200);
  const { rows: made } = await pool.query(
    "select id, role, email_verified, is_anonymous, name from account.\"user\" where email = 'mass@people.test'",
  );
  assert.deepEqual(
    { ...made[0], id: "" },
    { id: "", role: "shopper", email_verified: false, is_anonymous: false, name: "<b>Mass</b>" },
  );
  assert.notEqual(made[0].id, "acc_mine");
  await clear();
  const after = (await pool.query("select count(*) from account.\"user\" where role <> 'shopper' or is_anonymous"))
    .rows[0];
  assert.deepEqual(after, before);
});

test("what was kept of all that is kept as it was written", async () => {
  const { headers, owns } = await newOwner(attacked);
  const reason = payloads.join(" ").slice(0, 480).trim();
  const url = `/api/v1/orders/${owns.orderNumber}/refund-request`;
  await pool.query("update orders.store_order set status = 'placed' where order_number = $1", [owns.orderNumber]);
  await pool.query("update orders.store_order set status = 'shipped' where order_number = $1", [owns.orderNumber]);
  await pool.query("update orders.store_order set status = 'delivered' where order_number = $1", [owns.orderNumber]);
  const reply = await send({ method: "POST", url, headers, body: { reason } });
  assert.ok(reply.status < 300, reply.text);
  const kept = await pool.query("select reason from orders.refund_request where order_number = $1", [owns.orderNumber]);
  assert.equal(kept.rows[0].reason, reason);
  assert.equal((await pool.query("select count(*)::int as n from orders.store_order")).rows[0].n > 0, true);
});
