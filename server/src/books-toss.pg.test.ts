/** Our books against Toss's own, with its simulator: what the nightly reconciliation finds of payments in won. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { nodeHttp } from "@muse/connectors/http";
import { newId } from "#kernel/ids.ts";
import { silentLog } from "#platform/log/log.ts";
import { outboundHttp } from "#platform/outbound/http.ts";
import { openToss, tossBooks, tossMethodRef, tossOrderOpen, tossProvider } from "#rooms/payment";
import { openTestDb } from "../test/db.ts";
import { makeFile } from "../test/digital.ts";
import { openTestSandbox } from "../test/sandbox.ts";
import { openTossPayer } from "../test/toss-payer.ts";
import { reconcile } from "./rooms/ledger/reconcile.ts";

const { pool } = await openTestDb();
const sandbox = await openTestSandbox();
const payer = openTossPayer(sandbox.url);
const toss = openToss({
  secretKey: "test_sk_muse_sandbox",
  apiBase: sandbox.url,
  http: outboundHttp(nodeHttp, "toss"),
});
const provider = tossProvider(toss);
const books = tossBooks(toss, pool);
const deps = { db: pool, log: silentLog };
const amount = 12_000;
let numbers = 0;

type Charged = { readonly paymentId: string; readonly paymentKey: string; readonly orderNumber: string };

/** A payment in won, here and there. `isHeard`: whether we ever learned that it succeeded. */
async function charged({ isHeard = true } = {}): Promise<Charged> {
  const { productId } = await makeFile(pool, { currency: "KRW", priceMinor: amount });
  const [accountId, sessionId, orderId, paymentId] = [newId("acc"), newId("cs"), newId("to"), newId("pay")];
  await pool.query("select from checkout.session_start_3($1, $2, interval '30 minutes', 'ko', $3)", [
    accountId,
    sessionId,
    [productId],
  ]);
  await tossOrderOpen(pool, { orderId, sessionId, amountMinor: BigInt(amount) });
  const paymentKey = await payer.agree({ orderId, amount });
  const methodRef = tossMethodRef({ orderId, paymentKey });
  await pool.query("update checkout.session set payment_method_id = $2 where session_id = $1", [sessionId, methodRef]);
  await pool.query("select from checkout.place_start_1($1, $2, $3, $4, interval '1 minute')", [
    sessionId,
    accountId,
    paymentId,
    newId("att"),
  ]);
  const outcome = await provider.charge({
    paymentId,
    sessionId,
    attemptNumber: 1,
    generation: 1,
    providerRef: null,
    amountMinor: BigInt(amount),
    currency: "KRW",
    methodRef,
    returnUrl: "http://127.0.0.1:3000/",
  });
  assert.equal(outcome.kind, "succeeded");
  if (isHeard) await heard({ paymentId, paymentKey });
  const { rows } = await pool.query("select order_number from orders.store_order where session_id = $1", [sessionId]);
  return { paymentId, paymentKey, orderNumber: rows[0].order_number };
}

async function heard({ paymentId, paymentKey }: Pick<Charged, "paymentId" | "paymentKey">): Promise<void> {
  await pool.query("select checkout.payment_succeeded_1($1, $2, $3, 'KRW')", [paymentId, paymentKey, amount]);
}

/** `isHeard`: whether Toss's answer reached us. */
async function refunded(order: Charged, amountMinor: number, { isHeard = true } = {}) {
  const lines = JSON.stringify([{ lineNo: 1, quantity: 0, amountMinor }]);
  const { rows } = await pool.query("select refund_id from orders.refund_open_1($1, $2, $3, 'goodwill', null, $4)", [
    order.orderNumber,
    `test:${(numbers += 1)}`,
    amountMinor,
    lines,
  ]);
  const refundId: string = rows[0].refund_id;
  const { kind, providerRef } = await provider.refund({
    refundId,
    providerRef: order.paymentKey,
    refundRef: null,
    amountMinor: BigInt(amountMinor),
    orderNumber: order.orderNumber,
  });
  assert.equal(kind, "succeeded");
  const settle = async (): Promise<void> => {
    await pool.query("select orders.refund_settled_1($1, 'succeeded', $2, null, null)", [refundId, providerRef]);
  };
  if (isHeard) await settle();
  return { refundId, settle };
}

type Named = { readonly kind: string; readonly subject: string; readonly ours: bigint | null; readonly theirs: bigint };

/** Reconciles all there is, as if two hours from now, and says what was named. */
async function differences(): Promise<Named[]> {
  await pool.query("update ledger.reconciliation set to_at = from_at + interval '1 second'");
  const toAt = new Date(Date.now() + 2 * 3_600_000);
  const run = await reconcile(deps, books, { toAt, requestedBy: "acc_ops" });
  assert.ok(run.kind === "finished", run.kind);
  const { rows } = await pool.query<Named>(
    `select kind, subject, ours_minor as ours, theirs_minor as theirs from ledger.difference
     where reconciliation_id = $1 order by kind, subject`,
    [run.reconciliationId],
  );
  return rows;
}

test("where nobody ever paid in won there is nothing to compare", async () => {
  const run = await reconcile(deps, books, { toAt: new Date(), requestedBy: null });
  assert.deepEqual(run, { kind: "nothing_to_do" });
});

test("payments in won and refunds of them, in part and whole, agree with Toss's books and the ledger", async () => {
  await charged();
  await refunded(await charged(), 5_000);
  await refunded(await charged(), amount);
  assert.deepEqual(await differences(), []);
  const { rows: ours } = await pool.query(
    "select sum(p.amount_minor)::int as sum from ledger.posting p where p.account = 'provider_clearing'",
  );
  const { rows: theirs } = await pool.query(
    "select sum(amount_minor)::int as sum, count(*)::int as lines from ledger.provider_record where provider = 'toss'",
  );
  assert.deepEqual([ours[0].sum, theirs[0].sum, theirs[0].lines], [19_000, 19_000, 5]);
});

test("a lost charge and a lost refund are found, by the order's name and by the cancel's reason", async () => {
  const unheard = await charged({ isHeard: false });
  const { refundId, settle } = await refunded(await charged(), 900, { isHeard: false });
  assert.deepEqual(await differences(), [
    { kind: "charge_unrecorded", subject: unheard.paymentId, ours: null, theirs: 12_000n },
    { kind: "refund_unrecorded", subject: refundId, ours: 900n, theirs: 900n },
  ]);
  await heard(unheard);
  await settle();
  assert.deepEqual(await differences(), []);
});

test("what nobody here asked for is named: a payment of no order of ours, and a cancel by another hand", async () => {
  const orderId = newId("to");
  const paymentKey = await payer.agree({ orderId, amount: 777 });
  assert.equal((await toss.confirm({ paymentKey, orderId, amount: 777 }, "strange")).kind, "payment");
  const order = await charged();
  const cancelled = await toss.cancel({
    paymentKey: order.paymentKey,
    reason: "by hand",
    amount: 100,
    idempotencyKey: "by hand",
  });
  assert.ok(cancelled.kind === "payment");
  const transactionKey = cancelled.payment.cancels?.[0]?.transactionKey;
  assert.deepEqual(await differences(), [
    { kind: "charge_unknown", subject: paymentKey, ours: null, theirs: 777n },
    { kind: "refund_unknown", subject: transactionKey, ours: null, theirs: 100n },
  ]);
});

test("an altered amount is found, in the payment and against the ledger", async () => {
  const before = await differences();
  const { paymentId } = await charged();
  const alter = async (by: number): Promise<void> => {
    const client = await pool.connect();
    try {
      await client.query("begin");
      // Without triggers, as a hand or a restored backup changes things.
      await client.query("set local session_replication_role = replica");
      await client.query("update payment.payment set amount_minor = amount_minor + $2 where payment_id = $1", [
        paymentId,
        by,
      ]);
      await client.query("commit");
    } finally {
      client.release();
    }
  };
  await alter(1);
  const found = (await differences()).filter(({ subject }) => subject === paymentId);
  assert.deepEqual(found, [
    { kind: "charge_amount", subject: paymentId, ours: 12_001n, theirs: 12_000n },
    { kind: "ledger_amount", subject: paymentId, ours: 12_000n, theirs: 12_001n },
  ]);
  await alter(-1);
  assert.deepEqual(await differences(), before);
});

test("books of more than a page are read to the end, and those that cannot be read are not taken for read", async () => {
  const span = { fromAt: new Date(Date.now() - 3_600_000), toAt: new Date(Date.now() + 3_600_000) };
  const read = async (limit: number): Promise<string[]> => {
    const keys: string[] = [];
    for (;;) {
      const page = await toss.listTransactions({ ...span, startingAfter: keys.at(-1) ?? null, limit });
      assert.ok(page.kind === "transactions");
      keys.push(...page.transactions.map(({ transactionKey }) => transactionKey));
      if (page.transactions.length < limit) return keys;
    }
  };
  const whole = await read(1_000);
  assert.ok(whole.length > 6);
  assert.deepEqual(await read(2), whole);

  await pool.query("update ledger.reconciliation set to_at = from_at + interval '1 second'");
  await sandbox.faults([{ part: "toss", endpoint: "transactions.list", kind: "error", status: 500, times: 1 }]);
  await assert.rejects(reconcile(deps, books, { toAt: new Date(Date.now() + 1_000), requestedBy: null }), /toss tells/);
  const { rows } = await pool.query("select status from ledger.reconciliation order by started_at desc limit 1");
  assert.deepEqual(rows, [{ status: "failed" }]);
});
