import assert from "node:assert/strict";
import { test } from "node:test";
import { nodeHttp } from "@muse/connectors/http";
import { systemClock } from "#kernel/clock.ts";
import { newId } from "#kernel/ids.ts";
import { openBell } from "#platform/db/bell.ts";
import { openListener } from "#platform/db/listen.ts";
import { as, testServer } from "#platform/http/test-server.ts";
import { silentLog } from "#platform/log/log.ts";
import { outboundHttp } from "#platform/outbound/http.ts";
import { byCurrency, openStripe, openToss, stripeProvider, tossOrderFind, tossProvider } from "#rooms/payment";
import { openTestDb } from "../../../test/db.ts";
import { makeCart, makeStore, makeVariant } from "../../../test/makers.ts";
import { openTestSandbox } from "../../../test/sandbox.ts";
import { openTossPayer } from "../../../test/toss-payer.ts";
import { checkoutRoutes } from "./routes.ts";
import { openSessionWatch } from "./session-watch.ts";

const { pool, url, beforeClose } = await openTestDb();
const sandbox = await openTestSandbox();
const payer = openTossPayer(sandbox.url);
const listener = await openListener({
  connectionString: url,
  applicationName: "test ears",
  onReconnect: () => undefined,
});
beforeClose(() => listener.close());
const { http } = testServer(pool);
const stripe = openStripe({ secretKey: "sk_test_muse_sandbox", apiBase: sandbox.url });
const toss = openToss({
  secretKey: "test_sk_muse_sandbox",
  apiBase: sandbox.url,
  http: outboundHttp(nodeHttp, "toss"),
});
checkoutRoutes(http, {
  db: pool,
  bell: openBell(pool, silentLog),
  provider: byCurrency({ stripe: stripeProvider(stripe), toss: tossProvider(toss) }),
  watch: await openSessionWatch(listener),
  returnUrlBase: "http://127.0.0.1:3000/checkout/placing/",
});

async function send(accountId: string, path: string, body: object, headers: Record<string, string> = {}) {
  const answer = await http.fastify.inject({
    method: "POST",
    url: path,
    headers: { ...as("anonymous", accountId), ...headers },
    payload: body,
  });
  return { status: answer.statusCode, headers: answer.headers, json: answer.json() };
}

/** Somebody with one thing in won and nothing left to say but how it is paid. */
async function shopper() {
  const storeId = await makeStore(pool, { currency: "KRW" });
  const accountId = await makeCart(pool, [
    { variant: await makeVariant(pool, { storeId, priceMinor: 12_000, currency: "KRW" }) },
  ]);
  const { json } = await send(accountId, "/api/v1/checkout/sessions", {});
  const { sessionId } = json.data as { sessionId: string };
  await pool.query("update checkout.session set needs_shipping = false where session_id = $1", [sessionId]);
  return { accountId, sessionId };
}

async function agree(who: { accountId: string; sessionId: string }, method = "CARD") {
  const opened = await send(who.accountId, `/api/v1/checkout/sessions/${who.sessionId}/toss`, {});
  assert.equal(opened.status, 200, JSON.stringify(opened.json));
  const { orderId, amountCents: amount, amountDisplay, currency, orderName } = opened.json.data;
  assert.deepEqual([amount, amountDisplay, currency], [12_000, "₩12,000", "KRW"]);
  assert.match(orderName, /^Thing/);
  return { orderId, amount, paymentKey: await payer.agree({ orderId, amount, method }) };
}

const confirm = "/api/payments/toss/confirm";

test("a payment in won over HTTP: opened, agreed, confirmed, and confirmed again", async () => {
  const who = await shopper();
  const agreed = await agree(who);
  const key = { "idempotency-key": `toss ${agreed.paymentKey}` };
  const paid = await send(who.accountId, confirm, agreed, key);
  assert.equal(paid.status, 200, JSON.stringify(paid.json));
  assert.deepEqual([paid.json.data.payment, paid.json.data.orders.length], ["paid", 1]);
  assert.equal((await send(who.accountId, confirm, agreed, key)).status, 200);
  assert.equal((await send(who.accountId, confirm, agreed)).status, 200);
  const charges = (await sandbox.records("charge")).filter(({ data }) => data["orderId"] === agreed.orderId);
  assert.deepEqual(
    charges.map(({ data }) => data["amount"]),
    [12_000],
  );
  const closed = await send(who.accountId, `/api/v1/checkout/sessions/${who.sessionId}/toss`, {});
  assert.equal(closed.json.error.code, "session_processing");
});

test("another amount is refused in both languages, and somebody else's order does not exist", async () => {
  const who = await shopper();
  const agreed = await agree(who);
  const tampered = { ...agreed, amount: 100 };
  const refused = await send(who.accountId, confirm, tampered, { "accept-language": "ko" });
  assert.deepEqual([refused.status, refused.json.error.code], [409, "payment_amount_mismatch"]);
  assert.match(refused.json.error.message, /금액/);
  const stranger = await send(newId("acc"), confirm, agreed);
  assert.deepEqual([stranger.status, stranger.json.error.code], [404, "session_not_found"]);
  const odd = await send(who.accountId, confirm, { ...agreed, status: "DONE" });
  assert.equal(odd.status, 400);
  const path = { ...agreed, paymentKey: "../../v1/payments" };
  assert.equal((await send(who.accountId, confirm, path)).status, 400);
  assert.equal((await sandbox.records("charge")).filter(({ data }) => data["orderId"] === agreed.orderId).length, 0);
});

test("a refusal by the card company is 402, with Toss's reason", async () => {
  const who = await shopper();
  const agreed = await agree(who);
  await sandbox.faults([
    { part: "toss", endpoint: "payments.confirm", kind: "decline", value: "EXCEED_MAX_AMOUNT", times: 1 },
  ]);
  const declined = await send(who.accountId, confirm, agreed);
  assert.deepEqual([declined.status, declined.json.error.code], [402, "payment_declined"]);
  assert.equal(declined.json.error.details.declineCode, "exceed_max_amount");
});

test("a virtual account is told with its bank and its day, by the call and by the session", async () => {
  const who = await shopper();
  const agreed = await agree(who, "VIRTUAL_ACCOUNT");
  const told = await send(who.accountId, confirm, agreed);
  assert.deepEqual([told.status, told.json.data.payment], [200, "awaiting_deposit"]);
  const { deposit } = told.json.data;
  assert.equal(deposit.bankName, "Woori Bank");
  const read = await http.fastify.inject({
    method: "GET",
    url: `/api/v1/checkout/sessions/${who.sessionId}`,
    headers: { ...as("anonymous", who.accountId), "accept-language": "ko" },
  });
  const { payment, deposit: same } = read.json().data;
  assert.equal(payment, "awaiting_deposit");
  assert.deepEqual(same, { ...deposit, bankName: "우리은행" }, "in the reader's language");
  assert.equal((await tossOrderFind(pool, { orderId: agreed.orderId }))?.sessionId, who.sessionId);
  assert.ok(new Date(deposit.dueAt) > systemClock.now());
});

test("a checkout in dollars opens no window of Toss", async () => {
  const accountId = await makeCart(pool, [{ variant: await makeVariant(pool, { storeId: await makeStore(pool) }) }]);
  const { json } = await send(accountId, "/api/v1/checkout/sessions", {});
  const opened = await send(accountId, `/api/v1/checkout/sessions/${json.data.sessionId}/toss`, {});
  assert.equal(opened.json.error.code, "currency_not_supported");
});
