/** Our books against the provider's own, with the provider's simulator: what the nightly reconciliation finds. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { silentLog } from "#platform/log/log.ts";
import { reconcileJobs, reconcileSweeps } from "#rooms/ledger";
import { noteDispute, openStripe, readStripeDispute, stripeBooks, stripeProvider } from "#rooms/payment";
import { openTestDb } from "../test/db.ts";
import { paidOrder, type PaidOrder } from "../test/paid-orders.ts";
import { openTestSandbox } from "../test/sandbox.ts";
import { reconcile } from "./rooms/ledger/reconcile.ts";

const { pool } = await openTestDb();
const sandbox = await openTestSandbox();
const stripe = openStripe({ secretKey: "sk_test_muse_sandbox", apiBase: sandbox.url });
const deps = { db: pool, log: silentLog, books: [stripeBooks(stripe)] };
let numbers = 0;

/** A payment, here and there. `isHeard`: whether we ever learned that it succeeded. */
async function charged({ isHeard = true, amountMinor = 4_200 } = {}): Promise<PaidOrder & { readonly intent: string }> {
  const order = await paidOrder(pool, { lines: [{ priceMinor: 4_200 }], shippingMinor: 0 }, { isPaid: false });
  const intent = await stripe.paymentIntents.create({
    amount: amountMinor,
    currency: "usd",
    payment_method: "pm_card_visa",
    confirm: true,
    automatic_payment_methods: { enabled: true },
    return_url: "http://127.0.0.1:3000/",
    metadata: { payment_id: order.paymentId, generation: "1" },
  });
  if (isHeard) {
    await pool.query("select checkout.payment_succeeded_1($1, $2, 4200, 'USD')", [order.paymentId, intent.id]);
    await pool.query("select orders.order_placed_1($1, 'manual', $2)", [order.orderNumber, `R-${(numbers += 1)}`]);
  }
  return { ...order, intent: intent.id };
}

async function refunded(order: PaidOrder & { readonly intent: string }, amountMinor: number): Promise<string> {
  const lines = JSON.stringify([{ lineNo: 1, quantity: 0, amountMinor }]);
  const { rows } = await pool.query("select refund_id from orders.refund_open_1($1, $2, $3, 'goodwill', null, $4)", [
    order.orderNumber,
    `test:${(numbers += 1)}`,
    amountMinor,
    lines,
  ]);
  const refundId: string = rows[0].refund_id;
  const answer = await stripeProvider(stripe).refund({
    refundId,
    providerRef: order.intent,
    refundRef: null,
    amountMinor: BigInt(amountMinor),
    orderNumber: order.orderNumber,
  });
  await pool.query("select orders.refund_settled_1($1, $2::payment.refund_status, $3, null, null)", [
    refundId,
    answer.kind,
    answer.providerRef,
  ]);
  return refundId;
}

/** What only banks do. */
async function bank(path: string, body: object): Promise<{ readonly id: string }> {
  const answer = await fetch(`${sandbox.url}/stripe-control/${path}`, { method: "POST", body: JSON.stringify(body) });
  assert.equal(answer.status, 200);
  return (await answer.json()) as { readonly id: string };
}

const heard = async (disputeId: string) =>
  await noteDispute(pool, "stripe", await readStripeDispute(stripe, disputeId));

type Named = {
  readonly kind: string;
  readonly subject: string;
  readonly ours: bigint | null;
  readonly theirs: bigint | null;
};

/** Reconciles all there is, as if two hours from now, and says what was named. */
async function differences(): Promise<Named[]> {
  await pool.query("update ledger.reconciliation set to_at = from_at + interval '1 second'");
  const toAt = new Date(Date.now() + 2 * 3_600_000);
  const run = await reconcile(deps, stripeBooks(stripe), { toAt, requestedBy: "acc_ops" });
  assert.ok(run.kind === "finished", run.kind);
  const { rows } = await pool.query<Named>(
    `select kind, subject, ours_minor as ours, theirs_minor as theirs from ledger.difference
     where reconciliation_id = $1 order by kind, subject`,
    [run.reconciliationId],
  );
  assert.equal(rows.length, run.differences);
  return rows;
}

/** Without triggers, as a hand or a restored backup changes things. */
async function byHand(...statements: readonly string[]): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    await client.query("set local session_replication_role = replica");
    for (const statement of statements) assert.notEqual((await client.query(statement)).rowCount, 0, statement);
    await client.query("commit");
  } finally {
    client.release();
  }
}

test("where there was never a payment there is nothing to compare", async () => {
  const run = await reconcile(deps, stripeBooks(stripe), { toAt: new Date(), requestedBy: null });
  assert.deepEqual(run, { kind: "nothing_to_do" });
});

test("charges, refunds and disputes that both know of agree, won and lost, and the ledger with them", async () => {
  await charged();
  await refunded(await charged(), 1_500);
  for (const status of ["won", "lost"]) {
    const { intent } = await charged();
    const { id } = await bank("disputes", { payment_intent: intent });
    assert.equal(await heard(id), "noted");
    await bank(`disputes/${id}/close`, { status });
    assert.equal(await heard(id), "noted");
    assert.equal(await heard(id), "known");
  }
  const sentBack = await refunded(await charged(), 700);
  const { rows } = await pool.query("select provider_ref from payment.refund where refund_id = $1", [sentBack]);
  await bank(`refunds/${rows[0].provider_ref}/fail`, {});
  await pool.query("select orders.refund_settled_1($1, 'failed', null, 'expired_or_canceled_card', null)", [sentBack]);
  assert.deepEqual(await differences(), []);

  const { rows: balance } = await pool.query(
    "select sum(p.amount_minor)::int as ours from ledger.posting p where p.account = 'provider_clearing'",
  );
  const { rows: there } = await pool.query("select sum(amount_minor)::int as theirs from ledger.provider_record");
  assert.equal(balance[0].ours, there[0].theirs);
});

test("a lost webhook is found: a charge, a refund's failure and a dispute that nobody told us of", async () => {
  const unheard = await charged({ isHeard: false });
  const refundId = await refunded(await charged(), 900);
  const { rows } = await pool.query("select provider_ref from payment.refund where refund_id = $1", [refundId]);
  await bank(`refunds/${rows[0].provider_ref}/fail`, {});
  const { intent } = await charged();
  const { id: disputeId } = await bank("disputes", { payment_intent: intent });
  assert.deepEqual(await differences(), [
    { kind: "charge_unrecorded", subject: unheard.paymentId, ours: null, theirs: 4_200n },
    { kind: "dispute_unrecorded", subject: disputeId, ours: null, theirs: 4_200n },
    { kind: "refund_failure", subject: refundId, ours: 900n, theirs: 0n },
  ]);
  // Named again until it is put right, and then no more.
  assert.equal((await differences()).length, 3);
  await pool.query("select checkout.payment_succeeded_1($1, $2, 4200, 'USD')", [unheard.paymentId, unheard.intent]);
  await pool.query("select orders.refund_settled_1($1, 'failed', null, 'late', null)", [refundId]);
  await heard(disputeId);
  assert.deepEqual(await differences(), []);
});

test("an altered amount is found, in the payment, in a refund and in the ledger", async () => {
  const altered = await charged();
  const posted = await charged();
  const order = await charged();
  const refundId = await refunded(order, 800);
  const undo = async (by: number) =>
    await byHand(
      `update payment.payment set amount_minor = amount_minor + ${by} where payment_id = '${altered.paymentId}'`,
      `update payment.refund set amount_minor = amount_minor + ${by} where refund_id = '${refundId}'`,
      `update ledger.posting set amount_minor = amount_minor + sign(amount_minor) * ${by}
       where entry_id = (select entry_id from ledger.entry where cause = 'payment_captured' and cause_id = '${posted.paymentId}')`,
    );
  await undo(1);
  assert.deepEqual(await differences(), [
    { kind: "charge_amount", subject: altered.paymentId, ours: 4_201n, theirs: 4_200n },
    ...[
      { kind: "ledger_amount", subject: altered.paymentId, ours: 4_200n, theirs: 4_201n },
      { kind: "ledger_amount", subject: posted.paymentId, ours: 4_201n, theirs: 4_200n },
      { kind: "ledger_amount", subject: refundId, ours: -800n, theirs: -801n },
    ].sort((a, b) => (a.subject < b.subject ? -1 : 1)),
    { kind: "refund_amount", subject: refundId, ours: 801n, theirs: 800n },
  ]);
  await undo(-1);
  assert.deepEqual(await differences(), []);
});

test("what stands here alone, there alone, or not in the ledger is named", async () => {
  const order = await charged();
  const refundId = await refunded(order, 300);
  const invented = await paidOrder(pool, { lines: [{ priceMinor: 4_200 }], shippingMinor: 0 });
  const strange = await stripe.paymentIntents.create({
    amount: 777,
    currency: "usd",
    payment_method: "pm_card_visa",
    confirm: true,
    automatic_payment_methods: { enabled: true },
    return_url: "http://127.0.0.1:3000/",
  });
  const twice = await stripe.paymentIntents.create({
    amount: 4_200,
    currency: "usd",
    payment_method: "pm_card_visa",
    confirm: true,
    automatic_payment_methods: { enabled: true },
    return_url: "http://127.0.0.1:3000/",
    metadata: { payment_id: order.paymentId, generation: "1" },
  });
  await byHand(
    `delete from ledger.posting where entry_id = (select entry_id from ledger.entry where cause = 'refund_paid' and cause_id = '${refundId}')`,
    `delete from ledger.entry where cause = 'refund_paid' and cause_id = '${refundId}'`,
  );
  assert.deepEqual(
    (await differences()).map(({ kind, subject }) => [kind, subject]),
    [
      ["charge_missing", invented.paymentId],
      ["charge_twice", order.paymentId],
      ["charge_unknown", strange.latest_charge],
      ["ledger_missing", refundId],
    ],
  );
  assert.ok(typeof twice.latest_charge === "string");
});

test("the night's is made once, after midnight; one that fails is not taken for one; one at a time", async () => {
  await pool.query("truncate ledger.difference, ledger.reconciliation");
  const [sweep] = reconcileSweeps(deps);
  const [job] = reconcileJobs(deps);
  assert.ok(sweep !== undefined && job !== undefined);
  const runs = async () =>
    (await pool.query("select status, requested_by from ledger.reconciliation order by started_at")).rows;

  await sandbox.faults([
    { part: "stripe", endpoint: "balance_transactions.list", kind: "error", status: 500, times: 1 },
  ]);
  await assert.rejects(job.run({ provider: "stripe", requestedBy: "acc_ops" }, new AbortController().signal));
  assert.deepEqual(await runs(), [{ status: "failed", requested_by: "acc_ops" }]);
  await pool.query("update ledger.reconciliation set started_at = now() - interval '20 minutes'");

  const isLate = new Date().getUTCHours() > 0 || new Date().getUTCMinutes() >= 15;
  await sweep.run(new AbortController().signal);
  await sweep.run(new AbortController().signal);
  const made = isLate ? [{ status: "finished", requested_by: null }] : [];
  assert.deepEqual(await runs(), [{ status: "failed", requested_by: "acc_ops" }, ...made]);

  await pool.query(
    "insert into ledger.reconciliation (reconciliation_id, provider, from_at, to_at) values ('rec_running', 'stripe', now(), now() + interval '1 s')",
  );
  await job.run({ provider: "stripe", requestedBy: "acc_ops" }, new AbortController().signal);
  assert.equal((await runs()).length, 2 + made.length);
});
