import assert from "node:assert/strict";
import { test } from "node:test";
import { newId } from "#kernel/ids.ts";
import { as, testServer } from "#platform/http/test-server.ts";
import { openTestDb } from "../../../test/db.ts";
import { paidOrder } from "../../../test/paid-orders.ts";
import { configRoute } from "./config-route.ts";
import { contactRoute } from "./contact-route.ts";

const { pool } = await openTestDb();
const { http } = testServer(pool);
contactRoute(http);
configRoute(http, {
  toss: { clientKey: "test_ck_muse_sandbox" },
  isSandbox: true,
  stripe: { publishableKey: "pk_test_x", isLive: false },
});

const put = async (sessionId: string, accountId: string, email: string) => {
  const answer = await http.fastify.inject({
    method: "PUT",
    url: `/api/v1/checkout/sessions/${sessionId}/email`,
    headers: as("anonymous", accountId),
    payload: { email },
  });
  const { data, error } = answer.json();
  return { status: answer.statusCode, code: error?.code, email: data?.email };
};

test("the address of a purchase is corrected until it has been delivered, and each correction is kept", async () => {
  const { sessionId, accountId, orderNumber } = await paidOrder(pool);
  for (const email of ["ada@mail.test", "ada@mail.test", "grace@mail.test"]) {
    const changed = await put(sessionId, accountId, email);
    assert.deepEqual([changed.status, changed.email], [200, email]);
  }
  const { rows } = await pool.query(
    "select from_email is null as is_first, to_email from checkout.contact_change where session_id = $1 order by changed_at",
    [sessionId],
  );
  assert.deepEqual(
    rows.map(({ to_email: to }) => to),
    ["ada@mail.test", "grace@mail.test"],
  );
  await pool.query("select orders.order_placed_1($1, 'manual', 'S-1')", [orderNumber]);
  assert.equal((await put(sessionId, accountId, "ada@mail.test")).status, 200);
  await pool.query("select orders.advance_1($1, 'delivered', null)", [orderNumber]);
  assert.deepEqual((await put(sessionId, accountId, "late@mail.test")).code, "session_closed");
});

test("nobody else's, nothing that is no address, and not again and again", async () => {
  const { sessionId, accountId } = await paidOrder(pool);
  assert.equal((await put(sessionId, newId("acc"), "eve@mail.test")).code, "session_not_found");
  assert.equal((await put(sessionId, accountId, "no address")).status, 400);
  const codes = [];
  for (let n = 0; n < 12; n += 1) codes.push((await put(sessionId, accountId, `a${n}@mail.test`)).code ?? "ok");
  assert.deepEqual(codes, [...Array.from({ length: 10 }, () => "ok"), "rate_limited", "rate_limited"]);
});

test("a checkout that has ended unpaid takes no address any more", async () => {
  const { sessionId, accountId } = await paidOrder(pool, {}, { isPaid: false });
  assert.equal((await put(sessionId, accountId, "ada@mail.test")).status, 200, "while its payment is in the air");
  await pool.query("update checkout.session set status = 'pending' where session_id = $1", [sessionId]);
  await pool.query("update checkout.session set status = 'cancelled' where session_id = $1", [sessionId]);
  assert.equal((await put(sessionId, accountId, "eve@mail.test")).code, "session_cancelled");
});

test("a page learns the provider's publishable key and what can be paid in, whoever asks", async () => {
  const answer = await http.fastify.inject({ method: "GET", url: "/api/v1/checkout/config" });
  assert.deepEqual(answer.json().data, {
    provider: "stripe",
    publishableKey: "pk_test_x",
    tossClientKey: "test_ck_muse_sandbox",
    mode: "sandbox",
    currencies: [
      { currency: "USD", amountMinCents: 50 },
      { currency: "KRW", amountMinCents: 100 },
    ],
    sessionMinutes: 30,
  });
});
