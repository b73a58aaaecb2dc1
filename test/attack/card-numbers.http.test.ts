/** Card numbers in any field of any route are refused, kept nowhere, and in no line of the log (P2, P1). */
import assert from "node:assert/strict";
import { test } from "node:test";
import { must } from "../../server/src/kernel/assert.ts";
import { bearer, openAttacked, operationsOf, tablesOf, type Call } from "./attacked-system.ts";
import { newOwner, newPerson } from "./cast.ts";
import { rows, urlOf } from "./route-rows.ts";
import type { Body, Row } from "./row.ts";

const attacked = await openAttacked();
const { send, pool, log } = attacked;
const operations = await operationsOf(attacked);
const owner = await newOwner(attacked);
const admin = await newPerson(attacked, "admin");

const cards = [
  "4242424242424242",
  "4242 4242 4242 4242",
  "4242-4242-4242-4242",
  "pay with 5555555555554444 please",
  "378282246310005",
  "card:6011111111111117;cvc:123",
] as const;

/** Fields that hold long digits by nature; what they mean cannot be mistaken for a card by anybody who reads them. */
const digitFields = new Set([
  "trackingNumber",
  "shippingTrackingNumber",
  "storeOrderNumber",
  "reference",
  "accountNumber",
]);

type Place = readonly (string | number)[];

function placesIn(value: unknown, at: Place = []): Place[] {
  if (typeof value !== "object" || value === null) return [at];
  return Object.entries(value).flatMap(([key, item]) => placesIn(item, [...at, key]));
}

function withAt(value: unknown, [key, ...rest]: Place, put: unknown): unknown {
  if (key === undefined) return put;
  if (Array.isArray(value))
    return value.map((item: unknown, i) => (String(i) === key ? withAt(item, rest, put) : item));
  return { ...(value as object), [key]: withAt((value as Body)[key], rest, put) };
}

const bodied = operations.filter(({ name }) => rows[name]?.body !== undefined);

for (const operation of bodied) {
  test(`${operation.name} refuses a card number wherever it stands`, async () => {
    const row = must(rows[operation.name], operation.name);
    const right = must(row.body, operation.name)(owner.owns);
    const headers = (row.whose === "staff" ? admin : owner).headers;
    const call = { method: operation.method, url: urlOf(operation.path, row, owner.owns), headers };
    const bodies: unknown[] = cards.flatMap((card) => [
      ...placesIn(right)
        .filter((at) => at.length > 0 && !digitFields.has(String(at.at(-1))))
        .map((at) => withAt(right, at, card)),
      { ...right, unknown: card },
      { ...right, [card]: 1 },
      { ...right, deep: [{ er: [card] }] },
    ]);
    for (const body of [...bodies, { ...right, number: 4242424242424242 }]) {
      const reply = await send({ ...call, body: body as object });
      assert.deepEqual(
        [reply.status, reply.json?.error?.code],
        [400, "card_number_refused"],
        `${JSON.stringify(body)}: ${reply.text}`,
      );
      // A request's id is drawn from the same digits, and now and then it has four of them in a row.
      const said = reply.text.replace(/"requestId":"\w+"/, "");
      assert.ok(!/4242|5554444|6310005|1111117/.test(said), "the answer repeats it");
    }
  });
}

/** What lists go on by, and what operators look for parcels with, is digits by nature. */
const isDigits = (row: Row, word: string): boolean => word === "cursor" || (row.whose === "staff" && word === "query");

async function codeOf(call: Call): Promise<string | undefined> {
  const { json } = await send(call);
  return json?.error?.code;
}

for (const card of cards.slice(0, 3)) {
  test(`${card}: in no query either`, async () => {
    for (const { path, name, query } of operations) {
      const row = must(rows[name], name);
      const headers = (row.whose === "staff" ? admin : owner).headers;
      for (const word of query.filter((one) => !isDigits(row, one))) {
        const asked = new URLSearchParams({ [word]: card }).toString();
        const url = `${urlOf(path, row, owner.owns).split("?")[0]}?${asked}`;
        assert.equal(await codeOf({ method: "GET", url, headers }), "card_number_refused", `${name} ${word}`);
      }
    }
  });

  test(`${card}: nor in a raw body, a name, an address or a key`, async () => {
    const plain = card.replaceAll(" ", "");
    const calls: Call[] = [
      {
        method: "PUT",
        url: `/api/v1/orders/${owner.owns.orderNumber}/tracking`,
        headers: admin.headers,
        body: { trackingNumber: "TRK-1234", carrier: plain },
      },
      {
        method: "POST",
        url: "/api/auth/sign-up/email",
        body: { email: `${plain}@people.test`, password: "long enough", name: "A" },
      },
      {
        method: "POST",
        url: "/api/auth/sign-up/email",
        body: { email: "a.card@people.test", password: "long enough", name: card },
      },
      {
        method: "POST",
        url: "/api/v1/checkout/sessions",
        headers: { ...owner.headers, "idempotency-key": card },
        body: {},
      },
    ];
    for (const call of calls) assert.equal(await codeOf(call), "card_number_refused", call.url);
  });
}

test("a UUID that happens to be digits is no card", async () => {
  const headers = { ...owner.headers, "idempotency-key": "42424242-4242-4242-8242-424242424242" };
  const reply = await send({ method: "POST", url: "/api/v1/checkout/sessions", headers, body: {} });
  assert.ok(reply.status < 300, reply.text);
});

test("nothing of it is kept or logged: not the card, not whose it was, not how they signed in", async () => {
  const signedIn = await send({
    method: "POST",
    url: "/api/auth/sign-in/email",
    body: { email: owner.email, password: "long enough" },
  });
  const { token } = signedIn.json as unknown as { token: string };
  await send({ method: "GET", url: "/api/v1/account", headers: bearer(token) });
  const digits = /4242[ -]?4242|5555555555554444|378282246310005|6011111111111117/;
  for (const table of await tablesOf(pool)) {
    if (table === "platform.idempotency_key") await pool.query(`delete from ${table} where key like '42424242-%'`);
    const { rows: found } = await pool.query(`select 1 from ${table} t where t::text ~ $1 limit 1`, [digits.source]);
    assert.equal(found.length, 0, `${table} keeps a card number`);
  }
  const text = log.join("");
  assert.ok(log.length > 200);
  for (const canary of [
    digits,
    token,
    owner.email,
    "long enough",
    "Mallory",
    "Harbor Street",
    "5035550123",
    "@people.test",
  ]) {
    assert.equal(typeof canary === "string" ? text.includes(canary) : canary.test(text), false, String(canary));
  }
});
