import assert from "node:assert/strict";
import { test } from "node:test";
import { nodeHttp } from "@muse/connectors/http";
import { openBell } from "#platform/db/bell.ts";
import { openListener } from "#platform/db/listen.ts";
import { silentLog } from "#platform/log/log.ts";
import { outboundHttp } from "#platform/outbound/http.ts";
import { byCurrency, openStripe, openToss, stripeProvider, tossProvider } from "#rooms/payment";
import { refundJobs } from "#rooms/order";
import { openTestDb } from "../../../test/db.ts";
import { makeCart, makeStore, makeVariant } from "../../../test/makers.ts";
import { openTestSandbox } from "../../../test/sandbox.ts";
import { openTossPayer } from "../../../test/toss-payer.ts";
import { sessionsExpire } from "./checkout.sql.gen.ts";
import { confirmTossOrder } from "./confirm-toss-order.ts";
import { openTossOrder } from "./open-toss-order.ts";
import { placeSession, type PlaceDeps } from "./place-session.ts";
import { cancelPayment, reconcilePayments, reconcileTossOrder } from "./reconcile-payments.ts";
import { cancelSession, payWith, readSession, startSession } from "./session-commands.ts";
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
const http = outboundHttp(nodeHttp, "toss");
const deps: PlaceDeps = {
  db: pool,
  bell: openBell(pool, silentLog),
  provider: byCurrency({
    stripe: stripeProvider(openStripe({ secretKey: "sk_test_muse_sandbox", apiBase: sandbox.url })),
    toss: tossProvider(openToss({ secretKey: "test_sk_muse_sandbox", apiBase: sandbox.url, http })),
  }),
  watch: await openSessionWatch(listener),
  returnUrlBase: "http://127.0.0.1:3000/checkout/placing/",
};
const reconciling = { ...deps, log: silentLog };
const priceMinor = 24_800;

type Shopper = { readonly accountId: string; readonly sessionId: string };
type Agreed = Shopper & { readonly orderId: string; readonly paymentKey: string; readonly amountMinor: bigint };

/** Somebody with one thing in won, and a session of it. The store is ordered from by hand. */
async function shopper(stock = 5): Promise<Shopper> {
  const storeId = await makeStore(pool, { currency: "KRW" });
  const variant = await makeVariant(pool, { storeId, priceMinor, currency: "KRW", stock });
  const accountId = await makeCart(pool, [{ variant }]);
  const started = await startSession(pool, { accountId });
  assert.ok(started.kind === "started");
  const { sessionId } = started.state.session;
  await pool.query("update checkout.session set needs_shipping = false where session_id = $1", [sessionId]);
  return { accountId, sessionId };
}

/** Presses the button and says yes in Toss's window. */
async function agree(who: Shopper, method = "CARD"): Promise<Agreed> {
  const opened = await openTossOrder(pool, { ...who, language: "ko" });
  assert.ok(opened.kind === "opened", opened.kind);
  const { orderId, amountMinor } = opened;
  return {
    ...who,
    orderId,
    amountMinor,
    paymentKey: await payer.agree({ orderId, amount: Number(amountMinor), method }),
  };
}

const confirm = (agreed: Agreed, more: Partial<Agreed> = {}) =>
  confirmTossOrder(deps, { ...agreed, claimKey: null, ...more });

async function chargesOf({ sessionId }: Shopper): Promise<number> {
  const { rows } = await pool.query("select order_id from payment.toss_order where session_id = $1", [sessionId]);
  const ours = new Set(rows.map((row) => row.order_id));
  return (await sandbox.records("charge")).filter(({ data }) => ours.has(data["orderId"])).length;
}

async function read(who: Shopper) {
  const state = await readSession(pool, who);
  assert.ok(state !== null);
  return state;
}

async function paymentOf({ sessionId }: Shopper) {
  const { rows } = await pool.query(
    "select payment_id, status, provider, provider_ref, amount_minor, currency from payment.payment where session_id = $1",
    [sessionId],
  );
  return rows[0];
}

const due = ({ sessionId }: Shopper) =>
  pool.query("update payment.payment set check_at = now() where session_id = $1", [sessionId]);
const fault = (kind: string, more: object = {}) =>
  sandbox.faults([{ part: "toss", endpoint: "payments.confirm", kind, times: 1, ...more }]);

test("a payment in won: agreed in the window, charged at once, once", async () => {
  const agreed = await agree(await shopper());
  assert.equal(agreed.amountMinor, BigInt(priceMinor));
  assert.equal(await chargesOf(agreed), 0, "agreeing moves no money");
  const placed = await confirm(agreed);
  assert.ok(placed.kind === "placing", placed.kind);
  const { provider, status, provider_ref: ref, amount_minor: amount, currency } = await paymentOf(agreed);
  assert.deepEqual(
    [provider, status, ref, amount, currency],
    ["toss", "succeeded", agreed.paymentKey, BigInt(priceMinor), "KRW"],
  );
  assert.equal((await read(agreed)).orders.length, 1);
  for (const again of [await confirm(agreed), await confirm(agreed)]) assert.equal(again.kind, "placing");
  assert.equal(await chargesOf(agreed), 1);
});

test("the amount kept when the window was opened decides: another one in the address never reaches Toss", async () => {
  const agreed = await agree(await shopper());
  await fault("error", { status: 500 });
  for (const amountMinor of [1n, 24_799n, 2_480_000n]) {
    assert.deepEqual(await confirm(agreed, { amountMinor }), { kind: "amount_mismatch" });
  }
  assert.equal(await paymentOf(agreed), undefined);
  await sandbox.faults([]);
  const { rows } = await pool.query("select mismatched_at from payment.toss_order where order_id = $1", [
    agreed.orderId,
  ]);
  assert.notEqual(rows[0].mismatched_at, null);
  assert.equal((await confirm(agreed)).kind, "placing", "the right one still pays");
});

test("an order of somebody else's, or of nobody, is not found; a name Toss does not know charges nothing", async () => {
  const agreed = await agree(await shopper());
  const stranger = await shopper();
  assert.equal((await confirm(agreed, { accountId: stranger.accountId })).kind, "not_found");
  assert.equal((await confirm(agreed, { orderId: "to_nobody" })).kind, "not_found");
  assert.equal((await confirm(agreed, { paymentKey: "nobody" })).kind, "payment_method_invalid");
  const other = await agree(stranger);
  assert.equal((await confirm(agreed, { paymentKey: other.paymentKey })).kind, "declined");
  assert.equal((await confirm(agreed)).kind, "placing");
  assert.equal(await chargesOf(agreed), 1);
  assert.equal(await chargesOf(stranger), 0);
});

test("the key of one's own other payment pays for nothing else, before it has succeeded and after", async () => {
  const [cheap, dear] = [await agree(await shopper()), await agree(await shopper())];
  assert.equal((await confirm(dear, { paymentKey: cheap.paymentKey })).kind, "declined");
  assert.equal((await confirm(cheap)).kind, "placing");
  const again = await agree(dear);
  assert.equal((await confirm(again, { paymentKey: cheap.paymentKey })).kind, "declined");
  assert.equal((await confirm(again, { orderId: cheap.orderId })).kind, "not_found", "of another account");
  assert.equal((await read(dear)).payment.isPaid, false);
  assert.deepEqual([await chargesOf(cheap), await chargesOf(dear)], [1, 0]);
});

test("coming back once more after the money went back charges nothing, and pays for no new checkout", async () => {
  const agreed = await agree(await shopper());
  await confirm(agreed);
  const [order] = (await read(agreed)).orders;
  assert.ok(order !== undefined);
  await pool.query("select orders.order_end_1($1, 'cancelled', 'cancelled_by_shopper')", [order.orderNumber]);
  const { rows } = await pool.query("select refund_id from payment.refund where order_number = $1", [
    order.orderNumber,
  ]);
  const [job] = refundJobs({
    db: pool,
    issueRefund: async (_provider, request) => await deps.provider.refund(request),
    openAccount: () => null,
    log: silentLog,
  });
  await job?.run({ refundId: rows[0].refund_id }, new AbortController().signal);
  assert.equal((await confirm(agreed)).kind, "placing", "told what it came to");
  assert.equal(await chargesOf(agreed), 1);
  const next = await agree(await shopper());
  assert.equal((await confirm(next, { paymentKey: agreed.paymentKey })).kind, "declined");
  assert.deepEqual([await chargesOf(agreed), await chargesOf(next)], [1, 0]);
});

test("a total that moved while the window was open is not charged", async () => {
  const agreed = await agree(await shopper());
  await pool.query(
    "update checkout.session set tax_minor = 100, total_minor = total_minor + 100 where session_id = $1",
    [agreed.sessionId],
  );
  assert.equal((await confirm(agreed)).kind, "price_changed");
  assert.equal(await chargesOf(agreed), 0);
});

test("a hundred confirmations at once, and two windows: one payment", async () => {
  const who = await shopper();
  const [one, two] = [await agree(who), await agree(who)];
  const placed = await Promise.all(Array.from({ length: 100 }, (_, i) => confirm(i % 2 === 0 ? one : two)));
  assert.ok(placed.every(({ kind }) => kind === "placing"));
  assert.equal(await chargesOf(who), 1);
  assert.equal((await read(who)).orders.length, 1);
});

test("a refusal gives the session back; the next window pays; the first agreement is told its refusal again", async () => {
  const who = await shopper();
  const first = await agree(who);
  await fault("decline", { value: "REJECT_CARD_PAYMENT" });
  const declined = await confirm(first);
  assert.ok(declined.kind === "declined");
  assert.equal(declined.declineCode, "reject_card_payment");
  assert.equal((await confirm(first)).kind, "declined");
  const second = await agree(who);
  assert.equal((await confirm(second)).kind, "placing");
  assert.equal((await confirm(first)).kind, "placing", "it is paid");
  assert.equal(await chargesOf(who), 1);
});

test("confirmed too late, it is over, and another window pays", async () => {
  const who = await shopper();
  const late = await agree(who);
  await payer.ahead(11 * 60_000);
  const declined = await confirm(late);
  await payer.ahead(0);
  assert.ok(declined.kind === "declined");
  assert.equal(declined.declineCode, "payment_expired");
  assert.equal((await confirm(await agree(who))).kind, "placing");
  assert.equal(await chargesOf(who), 1);
});

test("an answer lost after acting: the redirect, its repeat, the event and the poller all find the one payment", async () => {
  for (const healer of ["poller", "event"] as const) {
    const agreed = await agree(await shopper());
    await sandbox.faults([
      { part: "toss", endpoint: "payments.confirm", kind: "drop_after", times: 1 },
      { part: "toss", endpoint: "payments.get", kind: "error", times: 1 },
    ]);
    const placing = confirm(agreed);
    for (let waited = 0; (await paymentOf(agreed))?.status !== "unknown" && waited < 200; waited += 1)
      await new Promise((resolve) => setTimeout(resolve, 10));
    await sandbox.faults([]);
    if (healer === "event") assert.equal(await reconcileTossOrder(reconciling, agreed.sessionId), "paid");
    else {
      await due(agreed);
      await reconcilePayments(reconciling);
    }
    assert.equal((await placing).kind, "placing", healer);
    assert.equal(await reconcileTossOrder(reconciling, agreed.sessionId), "already");
    assert.equal(await chargesOf(agreed), 1);
  }
});

test("an answer that never came and never acted is asked for again under its key, and charges once", async () => {
  const agreed = await agree(await shopper());
  await fault("error", { status: 503 });
  const placing = confirm(agreed);
  for (let waited = 0; (await paymentOf(agreed))?.status !== "unknown" && waited < 200; waited += 1)
    await new Promise((resolve) => setTimeout(resolve, 10));
  await sandbox.faults([]);
  await due(agreed);
  await reconcilePayments(reconciling);
  assert.equal((await placing).kind, "placing");
  assert.equal(await chargesOf(agreed), 1);
});

test("an event before anybody has confirmed is no payment", async () => {
  const agreed = await agree(await shopper());
  assert.equal(await reconcileTossOrder(reconciling, agreed.sessionId), "unknown_payment");
  assert.equal(await chargesOf(agreed), 0);
});

test("a virtual account: the session waits with its stock, the deposit pays it", async () => {
  const agreed = await agree(await shopper(), "VIRTUAL_ACCOUNT");
  const waiting = await confirm(agreed);
  assert.ok(waiting.kind === "placing", waiting.kind);
  const { deposit } = waiting.state.payment;
  assert.match(deposit?.accountNumber ?? "", /^X\d+$/);
  const again = await confirm(agreed);
  assert.ok(again.kind === "placing");
  assert.deepEqual(again.state.payment.deposit, deposit, "said again, the same account");
  await pool.query("update checkout.session set expires_at = now() - interval '1 hour' where session_id = $1", [
    agreed.sessionId,
  ]);
  await sessionsExpire(pool, { countMax: 100 });
  assert.equal((await read(agreed)).session.status, "processing", "its thirty minutes are for who has not chosen yet");
  const held =
    "select status from inventory.reservation where session_id = $1 and expires_at > now() + interval '6 days'";
  assert.deepEqual((await pool.query(held, [agreed.sessionId])).rows, [{ status: "active" }]);

  await payer.deposit(agreed.paymentKey);
  assert.equal(await reconcileTossOrder(reconciling, agreed.sessionId), "paid");
  assert.equal((await confirm(agreed)).kind, "placing");
  assert.equal((await read(agreed)).payment.deposit, null);
  assert.equal(await chargesOf(agreed), 1);
});

test("a deposit whose events are lost is found by the poller", async () => {
  const agreed = await agree(await shopper(), "VIRTUAL_ACCOUNT");
  await confirm(agreed);
  await due(agreed);
  await reconcilePayments(reconciling);
  assert.equal((await paymentOf(agreed)).status, "requires_action");
  await payer.deposit(agreed.paymentKey);
  await due(agreed);
  await reconcilePayments(reconciling);
  assert.equal((await paymentOf(agreed)).status, "succeeded");
});

test("an account nobody paid into by its day is closed at Toss, and its stock is free again", async () => {
  const who = await shopper(1);
  const agreed = await agree(who, "VIRTUAL_ACCOUNT");
  await confirm(agreed);
  await pool.query("update payment.deposit set due_at = now() - interval '1 s' where payment_id = $1", [
    (await paymentOf(who)).payment_id,
  ]);
  await pool.query("update checkout.session set expires_at = now() where session_id = $1", [who.sessionId]);
  await due(who);
  await reconcilePayments(reconciling);
  await assert.rejects(payer.deposit(agreed.paymentKey), "nobody can pay into it any more");
  await sessionsExpire(pool, { countMax: 100 });
  await cancelPayment(reconciling, who.sessionId);
  const { session, payment } = await read(who);
  assert.deepEqual([session.status, payment.deposit], ["expired", null]);
  const { rows } = await pool.query("select status from inventory.reservation where session_id = $1", [who.sessionId]);
  assert.deepEqual(rows, [{ status: "expired" }]);
  assert.equal((await confirm(agreed)).kind, "expired");
  assert.equal(await chargesOf(who), 0);
});

test("whoever waits to pay into an account may think again; paid in after all, it goes back", async () => {
  const agreed = await agree(await shopper(), "VIRTUAL_ACCOUNT");
  await confirm(agreed);
  assert.equal((await cancelSession(pool, agreed)).kind, "cancelled");
  await cancelPayment(reconciling, agreed.sessionId);
  await assert.rejects(payer.deposit(agreed.paymentKey), "the account is closed");
  const { session, payment } = await read(agreed);
  assert.deepEqual([session.status, payment.status, payment.deposit], ["cancelled", "canceled", null]);

  const late = await agree(await shopper(), "VIRTUAL_ACCOUNT");
  await confirm(late);
  await payer.deposit(late.paymentKey);
  assert.equal((await cancelSession(pool, late)).kind, "cancelled");
  await cancelPayment(reconciling, late.sessionId);
  assert.equal((await read(late)).payment.latePayment, "refunded");
});

test("won are not paid by card token, nor dollars through Toss", async () => {
  const who = await shopper();
  await payWith(pool, { ...who, paymentMethodId: "pm_card_visa", onStoreFailure: null });
  assert.equal((await placeSession(deps, { ...who, claimKey: null })).kind, "payment_method_required");
  const variant = await makeVariant(pool, { storeId: await makeStore(pool) });
  const accountId = await makeCart(pool, [{ variant }]);
  const started = await startSession(pool, { accountId });
  assert.ok(started.kind === "started");
  const dollars = { accountId, sessionId: started.state.session.sessionId };
  const opened = await openTossOrder(pool, { ...dollars, language: "en" });
  assert.equal(opened.kind, "currency_not_supported");
});

test("money in won goes back in parts through the order's refunds, up to what was paid and not beyond", async () => {
  const agreed = await agree(await shopper());
  await confirm(agreed);
  const [order] = (await read(agreed)).orders;
  assert.ok(order !== undefined);
  const issueRefund = async (_provider: string, request: Parameters<typeof deps.provider.refund>[0]) =>
    await deps.provider.refund(request);
  const [job] = refundJobs({ db: pool, issueRefund, openAccount: () => null, log: silentLog });
  const giveBack = async (cause: string, amountMinor: number): Promise<string> => {
    const lines = JSON.stringify([{ lineNo: 1, quantity: 0, amountMinor }]);
    const { rows } = await pool.query(
      "select outcome, refund_id from orders.refund_open_1($1, $2, $3, 'goodwill', null, $4)",
      [order.orderNumber, cause, amountMinor, lines],
    );
    const { outcome, refund_id: refundId } = rows[0];
    if (outcome !== "opened") return outcome;
    // Twice, as a job is run again when its worker dies.
    for (let run = 0; run < 2; run += 1) await job?.run({ refundId }, new AbortController().signal);
    const { rows: refunds } = await pool.query("select status from payment.refund where refund_id = $1", [refundId]);
    return refunds[0].status;
  };
  assert.equal(await giveBack("test:one", 4_800), "succeeded");
  assert.equal(await giveBack("test:two", 10_000), "succeeded");
  assert.notEqual(await giveBack("test:beyond", 10_001), "succeeded");
  assert.equal(await giveBack("test:rest", 10_000), "succeeded");
  const refunds = (await sandbox.records("refund")).filter(({ data }) => data["paymentKey"] === agreed.paymentKey);
  assert.deepEqual(
    refunds.map(({ data }) => data["amount"]),
    [4_800, 10_000, 10_000],
  );
  const { rows } = await pool.query("select payment_status from orders.store_order where order_number = $1", [
    order.orderNumber,
  ]);
  assert.deepEqual(rows, [{ payment_status: "refunded" }]);
});
