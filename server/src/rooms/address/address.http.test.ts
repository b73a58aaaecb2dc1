import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { as, testServer } from "#platform/http/test-server.ts";
import { openTestDb } from "../../../test/db.ts";
import { addressesAdopt, addressRoutes } from "./index.ts";

const { pool } = await openTestDb();
const { http } = testServer(pool);
addressRoutes(http);
const base = "/api/v1/addresses";

type Method = "GET" | "POST" | "PUT" | "DELETE";
const call = async (accountId: string, method: Method, url: string, payload?: object, language = "en") => {
  const headers = { ...as("shopper", accountId), "accept-language": language };
  const reply = await http.fastify.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
  return { status: reply.statusCode, body: reply.json() };
};
const home = {
  name: "Ada Byron",
  address1: "12 Harbor Street",
  city: "Portland",
  state: "OR",
  zip: "97201",
  phone: "+15035550123",
};
const streets = ({ body }: { body: { data: { addresses: { address1: string }[] } } }): string[] =>
  body.data.addresses.map(({ address1 }) => address1);

const places: readonly (readonly [string, string | null, string])[] = [
  ["97201", "Portland", "OR"],
  ["10001", "New York", "NY"],
  ["90210-1234", "Beverly Hills", "CA"],
  // Its neighbours are in Idaho.
  ["83414", "Alta", "WY"],
  ["09001", null, "AE"],
];
for (const [zip, city, state] of places)
  test(`${zip} lies in ${city ?? "no place we know"}, ${state}`, async () => {
    const reply = await http.fastify.inject({ method: "GET", url: `${base}/zip/${zip}` });
    const { data } = reply.json();
    assert.deepEqual([data.zip, data.city, data.state, data.isServed], [zip, city, state, state !== "AE"]);
    assert.match(String(reply.headers["cache-control"]), /^public/);
  });

test("a ZIP code that does not exist is said to be none, in the reader's language", async () => {
  const unknown = await call("a", "GET", `${base}/zip/00000`, undefined, "ko");
  assert.deepEqual(
    [unknown.status, unknown.body.error.code, unknown.body.error.message],
    [404, "not_found", "존재하지 않는 우편번호입니다. 다시 확인해 주세요."],
  );
  assert.equal((await call("a", "GET", `${base}/zip/9720`)).status, 404);
});

test("the first address is the default until another one is preferred, and again when that one goes", async () => {
  const accountId = newId("acc");
  assert.deepEqual(streets(await call(accountId, "GET", base)), []);
  const first = (await call(accountId, "POST", base, home)).body.data;
  assert.deepEqual([first.address.isDefault, first.address.country, first.address.zip], [true, "US", "97201"]);
  assert.equal(first.correctedAddress, null);
  await call(accountId, "POST", base, { ...home, address1: "1 Pine Rd" });
  const third = (await call(accountId, "POST", base, { ...home, address1: "9 Elm Ct", isDefault: true })).body.data;
  assert.deepEqual(streets(await call(accountId, "GET", base)), ["9 Elm Ct", "12 Harbor Street", "1 Pine Rd"]);
  const chosen = await call(accountId, "POST", `${base}/${first.address.addressId}/default`);
  assert.deepEqual(streets(chosen), ["12 Harbor Street", "9 Elm Ct", "1 Pine Rd"]);
  const left = await call(accountId, "DELETE", `${base}/${first.address.addressId}`);
  assert.deepEqual(streets(left), ["9 Elm Ct", "1 Pine Rd"]);
  assert.equal(third.address.isDefault, true);
});

test("the same address is kept once, and one that becomes another's twin becomes that one", async () => {
  const accountId = newId("acc");
  const one = (await call(accountId, "POST", base, home)).body.data.address;
  const same = (await call(accountId, "POST", base, { ...home, address1: "12 HARBOR STREET", phone: null })).body.data;
  assert.deepEqual([same.address.addressId, same.address.phone], [one.addressId, home.phone]);
  const two = (await call(accountId, "POST", base, { ...home, address1: "1 Pine Rd" })).body.data.address;
  const changed = await call(accountId, "PUT", `${base}/${two.addressId}`, { ...home, address1: "2 Pine Rd" });
  assert.deepEqual(changed.body.data.address.address1, "2 Pine Rd");
  const merged = await call(accountId, "PUT", `${base}/${two.addressId}`, home);
  assert.equal(merged.body.data.address.addressId, one.addressId);
  assert.deepEqual(streets(await call(accountId, "GET", base)), ["12 Harbor Street"]);
});

test("an address nothing can be sent to is refused field by field, and nothing is kept", async () => {
  const accountId = newId("acc");
  const reply = await call(accountId, "POST", base, { ...home, state: "NY", phone: "12" }, "ko");
  assert.deepEqual([reply.status, reply.body.error.code], [400, "shipping_address_invalid"]);
  assert.deepEqual(reply.body.error.details.fields, [
    {
      field: "zip",
      code: "zip_state_mismatch",
      message: "우편번호와 주가 일치하지 않습니다. 둘 중 하나를 고쳐 주세요.",
    },
    {
      field: "phone",
      code: "phone_format",
      message: "10자리 전화번호 또는 +국가번호로 시작하는 번호를 입력해 주세요.",
    },
  ]);
  assert.equal((await call(accountId, "POST", base, { ...home, planet: "Earth" })).status, 400);
  assert.deepEqual(streets(await call(accountId, "GET", base)), []);
});

test("P3: another person's address does not exist", async () => {
  const owner = newId("acc");
  const { addressId } = (await call(owner, "POST", base, home)).body.data.address;
  const stranger = newId("acc");
  for (const [method, url, body] of [
    ["PUT", `${base}/${addressId}`, home],
    ["DELETE", `${base}/${addressId}`, undefined],
    ["POST", `${base}/${addressId}/default`, undefined],
  ] as const) {
    const reply = await call(stranger, method, url, body);
    assert.deepEqual([reply.status, reply.body.error.code], [404, "address_not_found"]);
  }
  assert.deepEqual(streets(await call(owner, "GET", base)), ["12 Harbor Street"]);
});

test("a book has a last page; what is in it can still be brought up to date", async () => {
  const accountId = newId("acc");
  for (let number = 1; number <= 30; number += 1)
    assert.equal((await call(accountId, "POST", base, { ...home, address1: `${number} Pine Rd` })).status, 200);
  const full = await call(accountId, "POST", base, home);
  assert.deepEqual([full.status, full.body.error.code], [409, "address_book_full"]);
  assert.equal((await call(accountId, "POST", base, { ...home, address1: "7 PINE RD" })).status, 200);
});

test("a visitor's addresses go with them to their account, each once", async () => {
  const [visitor, person] = [newId("acc"), newId("acc")];
  await call(visitor, "POST", base, home);
  await call(visitor, "POST", base, { ...home, address1: "1 Pine Rd" });
  await call(person, "POST", base, home);
  const merge = { fromAccountId: visitor, toAccountId: person };
  await addressesAdopt(pool, merge);
  await addressesAdopt(pool, merge);
  assert.deepEqual(streets(await call(person, "GET", base)), ["1 Pine Rd", "12 Harbor Street"]);
  assert.deepEqual(streets(await call(visitor, "GET", base)), []);
});
