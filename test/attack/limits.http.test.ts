/** Who does too much of something is told to wait; everybody else notices nothing. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openAttacked, type Headers, type Reply } from "./attacked-system.ts";
import { belongingsOf, newOwner, newVisitor, type Person } from "./cast.ts";

// As in production, behind a proxy that says where visitors come from.
const attacked = await openAttacked({ RATE_LIMIT_FACTOR: "1", TRUST_PROXY: "true" });
const { send, pool, log } = attacked;
const owner = await newOwner(attacked);
const { productId, variantId } = owner.owns;
const from = (address: string): Headers => ({ "x-forwarded-for": address });

function assertTold({ status, json, headers }: Reply): void {
  assert.deepEqual([status, json?.error?.code], [429, "rate_limited"]);
  assert.ok(Number(headers["retry-after"]) >= 1);
}

const newCart = (headers: Headers) =>
  send({ method: "POST", url: "/api/v1/cart/items", headers, body: { productId, variantId } });

test("one address makes 300 visitors a minute and no more, whichever way it asks; others go on", async () => {
  for (let i = 0; i < 300; i += 1) assert.equal((await newCart(from("203.0.113.7"))).status, 200);
  assertTold(await newCart(from("203.0.113.7")));
  assertTold(
    await send({ method: "POST", url: "/api/auth/sign-in/anonymous", headers: from("203.0.113.7"), body: {} }),
  );
  assert.equal((await newCart(from("203.0.113.8"))).status, 200);
  const { rows } = await pool.query(`select count(*)::int as n from account.session where ip_address = '203.0.113.7'`);
  assert.equal(rows[0].n, 300, "nobody was made beyond it");
  // Who has an account already is not new, wherever they are.
  assert.equal((await newCart({ ...owner.headers, ...from("203.0.113.7") })).status, 200);
  assert.equal((await send({ method: "GET", url: "/api/v1/cart", headers: from("203.0.113.7") })).status, 200);
});

test("an IPv6 customer's billions of addresses are one", async () => {
  for (let i = 0; i < 300; i += 1) await newCart(from(`2001:db8:1:2::${i.toString(16)}`));
  assertTold(await newCart(from("2001:db8:1:2:ffff::1")));
  assert.equal((await newCart(from("2001:db8:1:3::1"))).status, 200);
});

test("this machine itself is not counted: everybody may come through it", async () => {
  for (let i = 0; i < 320; i += 1) assert.equal((await newCart({})).status, 200);
});

test("calls to place are bounded by account, far above what a page needs", async () => {
  const url = "/api/v1/checkout/sessions/cs_000000000000/place";
  const place = () => send({ method: "POST", url, headers: owner.headers, body: {} });
  for (let i = 0; i < 300; i += 1) assert.equal((await place()).status, 404);
  assertTold(await place());
});

async function declineOnce(person: Person, sessionId: string, address: string): Promise<Reply> {
  const base = `/api/v1/checkout/sessions/${sessionId}`;
  const headers = { ...person.headers, ...from(address) };
  const body = { paymentMethodId: "pm_card_visa_chargeDeclined" };
  const noted = await send({ method: "PUT", url: `${base}/payment`, headers, body });
  assert.equal(noted.status, 200, noted.text);
  return await send({ method: "POST", url: `${base}/place`, headers, body: {} });
}

test("one account tries ten cards in an hour, then waits; nothing is asked of the provider meanwhile", async () => {
  const tester = await newOwner(attacked);
  for (let i = 0; i < 10; i += 1) {
    const reply = await declineOnce(tester, tester.owns.sessionId, `198.51.100.${i}`);
    assert.deepEqual([reply.status, reply.json?.error?.code], [402, "payment_declined"], reply.text);
  }
  const attempts = await attemptsOf(tester.owns.sessionId);
  const stopped = await declineOnce(tester, tester.owns.sessionId, "198.51.100.99");
  assertTold(stopped);
  assert.ok(Number(stopped.headers["retry-after"]) > 3_000, "an hour from the first");
  assert.equal(await attemptsOf(tester.owns.sessionId), attempts);
});

test("one address tries thirty cards with ever new accounts, then waits, with any account", async () => {
  let declined = 0;
  for (let i = 0; i < 4; i += 1) {
    const visitor = await newVisitor(attacked);
    const { sessionId } = await belongingsOf(attacked, visitor);
    for (let j = 0; j < 9 && declined < 30; j += 1) {
      const reply = await declineOnce(visitor, sessionId, "198.51.100.200");
      assert.equal(reply.status, 402, reply.text);
      declined += 1;
    }
  }
  assert.equal(declined, 30);
  const fresh = await newVisitor(attacked);
  const { sessionId } = await belongingsOf(attacked, fresh);
  assertTold(await declineOnce(fresh, sessionId, "198.51.100.200"));
  assert.equal((await declineOnce(fresh, sessionId, "198.51.100.201")).status, 402, "elsewhere it may be tried");
});

test("what is counted in the database names nobody", async () => {
  const { rows } = await pool.query<{ key: string }>("select key from account.rate_limit");
  assert.ok(rows.length > 0);
  for (const { key } of rows) assert.match(key, /^[\w-]{43}$/);
  for (const address of ["203.0.113.7", "198.51.100.200", "2001:db8"])
    assert.ok(!log.join("").includes(address), address);
});

async function attemptsOf(sessionId: string): Promise<number> {
  const { rows } = await pool.query(
    "select count(*)::int as n from payment.attempt join payment.payment using (payment_id) where session_id = $1",
    [sessionId],
  );
  return rows[0].n;
}
