import assert from "node:assert/strict";
import { test } from "node:test";
import { must } from "#kernel/assert.ts";
import { silentLog } from "#platform/log/log.ts";
import { disputeSweeps, openStripe, stripeDisputes, stripeProvider } from "#rooms/payment";
import { runChecks } from "../../../../tools/invariants/check-invariants.ts";
import { openTestDb } from "../../../test/db.ts";
import { paidOrder, type PaidOrder } from "../../../test/paid-orders.ts";
import { openTestSandbox } from "../../../test/sandbox.ts";
import { refundsStuck } from "./index.ts";
import { issueRefundOnce, refundSweeps } from "./refund-job.ts";

const { pool } = await openTestDb();
const sandbox = await openTestSandbox();
const stripe = openStripe({ secretKey: "sk_test_muse_sandbox", apiBase: sandbox.url });
const provider = stripeProvider(stripe);
const deps = {
  db: pool,
  openAccount: () => null,
  log: silentLog,
  issueRefund: (_: string, request: Parameters<typeof provider.refund>[0]) => provider.refund(request),
};
const again = must(
  refundSweeps({ db: pool }).find(({ name }) => name === "order.refunds_again"),
  "the sweep is there",
);
const repeat = async (): Promise<unknown> => await again.run(new AbortController().signal);

/** Paid at the provider as well, so that a bank can take it back there. */
async function charged(): Promise<PaidOrder & { readonly intent: string }> {
  const order = await paidOrder(pool, { lines: [{ priceMinor: 4_000 }] });
  const { id } = await stripe.paymentIntents.create({
    amount: Number(order.totalMinor),
    currency: "usd",
    payment_method: "pm_card_visa",
    automatic_payment_methods: { enabled: true, allow_redirects: "never" },
    confirm: true,
  });
  await pool.query("update payment.payment set provider_ref = $2 where payment_id = $1", [order.paymentId, id]);
  return { ...order, intent: id };
}

async function bank(path: string, body: object): Promise<{ readonly id: string }> {
  const answer = await fetch(new URL(`/stripe-control/${path}`, sandbox.url), {
    method: "POST",
    body: JSON.stringify(body),
  });
  assert.equal(answer.status, 200);
  return (await answer.json()) as { readonly id: string };
}

async function note(id: string, { intent, totalMinor }: Awaited<ReturnType<typeof charged>>, status: string) {
  const isBack = status === "won";
  await pool.query(
    "select payment.dispute_note_1($1, 'stripe', $2, $3, 'USD', 'fraudulent', $4, $5, $6, now() + interval '7 days', now())",
    [id, intent, totalMinor, status, isBack ? 0 : totalMinor, isBack ? 2 : 1],
  );
}

/** The store has lost it, so all of it is to go back. */
async function lose({ orderNumber }: PaidOrder): Promise<void> {
  await pool.query("select orders.order_end_1($1, 'failed', 'out_of_stock')", [orderNumber]);
  await ask(orderNumber);
}

async function ask(orderNumber: string): Promise<void> {
  const { rows } = await pool.query<{ id: string }>(
    "select refund_id as id from payment.refund where order_number = $1 and status in ('created', 'unknown')",
    [orderNumber],
  );
  for (const { id } of rows) await issueRefundOnce(deps, id);
}

async function refundsOf(orderNumber: string): Promise<string[]> {
  const { rows } = await pool.query<{ told: string }>(
    "select concat_ws(' ', status, failure_code) as told from payment.refund where order_number = $1 order by created_at",
    [orderNumber],
  );
  return rows.map(({ told }) => told);
}

const stuck = async (orderNumber: string): Promise<boolean> =>
  (await refundsStuck(pool, { limit: 100 })).some((one) => one.orderNumber === orderNumber);

async function owed(orderNumber: string): Promise<boolean> {
  await pool.query("update payment.refund set updated_at = now() - interval '1 hour' where order_number = $1", [
    orderNumber,
  ]);
  await pool.query("update payment.payment set updated_at = now() - interval '1 hour'");
  await pool.query("update orders.store_order set updated_at = now() - interval '1 hour'");
  await pool.query("update payment.dispute set updated_at = now() - interval '1 hour'");
  const { results } = await runChecks(pool, null, 0);
  return results.find(({ name }) => name === "m2NothingOwed")?.outcome === "broken";
}

test("M2: what a dispute was in the way of is asked for again once it is won, once, under a new name", async () => {
  const order = await charged();
  const { id } = await bank("disputes", { payment_intent: order.intent });
  await lose(order);
  assert.deepEqual(
    await refundsOf(order.orderNumber),
    ["failed charge_disputed"],
    "the provider's no came before its event",
  );
  await note(id, order, "needs_response");
  assert.equal(await repeat(), 0, "the bank has not decided");
  assert.equal(await stuck(order.orderNumber), false, "nobody can do anything");
  assert.equal(await owed(order.orderNumber), false, "the money is the bank's");

  await bank(`disputes/${id}/close`, { status: "won" });
  await note(id, order, "won");
  assert.equal(await owed(order.orderNumber), true, "it is the shopper's now");
  assert.equal(await repeat(), 1);
  assert.equal(await repeat(), 0);
  await ask(order.orderNumber);
  assert.deepEqual(await refundsOf(order.orderNumber), ["failed charge_disputed", "succeeded"]);
  assert.equal(await owed(order.orderNumber), false);
});

test("M2: what a lost dispute has paid back is not paid back again", async () => {
  const order = await charged();
  const { id } = await bank("disputes", { payment_intent: order.intent });
  await note(id, order, "needs_response");
  await lose(order);
  await bank(`disputes/${id}/close`, { status: "lost" });
  await note(id, order, "lost");
  assert.equal(await repeat(), 0);
  assert.deepEqual(await refundsOf(order.orderNumber), ["failed charge_disputed"]);
  assert.equal(await stuck(order.orderNumber), false);
  assert.equal(await owed(order.orderNumber), false);
});

test("a second dispute may be in the way of the second try, and what people gave back meanwhile is not given twice", async () => {
  const order = await charged();
  const first = await bank("disputes", { payment_intent: order.intent });
  await lose(order);
  await bank(`disputes/${first.id}/close`, { status: "won" });
  const second = await bank("disputes", { payment_intent: order.intent });
  await note(first.id, order, "won");
  assert.equal(await repeat(), 1);
  await ask(order.orderNumber);
  assert.equal(await repeat(), 0, "no dispute has ended since it was asked for");
  await bank(`disputes/${second.id}/close`, { status: "won" });
  await note(second.id, order, "won");
  await pool.query("select orders.refund_open_1($1, 'by hand', $2, 'goodwill', 'acc_ops', null)", [
    order.orderNumber,
    order.totalMinor,
  ]);
  assert.equal(await repeat(), 0);
  await ask(order.orderNumber);
  assert.deepEqual(await refundsOf(order.orderNumber), [
    "failed charge_disputed",
    "failed charge_disputed",
    "succeeded",
  ]);
});

const part = async (order: PaidOrder, cause: string, amountMinor: number, lineNo = 1): Promise<void> => {
  const lines = JSON.stringify([{ lineNo, quantity: 0, amountMinor }]);
  const { rows } = await pool.query("select outcome from orders.refund_open_1($1, $2, $3, 'goodwill', 'acc_ops', $4)", [
    order.orderNumber,
    cause + order.orderNumber,
    amountMinor,
    lines,
  ]);
  assert.deepEqual(rows, [{ outcome: "opened" }]);
  await ask(order.orderNumber);
};

async function amountsOf({ orderNumber }: PaidOrder): Promise<string[]> {
  const { rows } = await pool.query<{ told: string }>(
    "select status || ' ' || amount_minor as told from payment.refund where order_number = $1 order by created_at",
    [orderNumber],
  );
  return rows.map(({ told }) => told);
}

test("M2: each of several refunds that one dispute was in the way of is asked for again", async () => {
  const order = await charged();
  const { id } = await bank("disputes", { payment_intent: order.intent });
  await part(order, "one", 20);
  await part(order, "two", 30);
  await bank(`disputes/${id}/close`, { status: "won" });
  await note(id, order, "won");
  assert.deepEqual([await repeat(), await repeat(), await repeat()], [1, 1, 0]);
  await ask(order.orderNumber);
  assert.deepEqual(await amountsOf(order), ["failed 20", "failed 30", "succeeded 20", "succeeded 30"]);
  assert.equal(await stuck(order.orderNumber), false);
});

test("M2: a repeat that fails hides nothing but the refund it stands for", async () => {
  const order = await charged();
  const { id } = await bank("disputes", { payment_intent: order.intent });
  await part(order, "one", 20);
  await part(order, "two", 30);
  await bank(`disputes/${id}/close`, { status: "won" });
  await note(id, order, "won");
  assert.equal(await repeat(), 1);
  const { rows } = await pool.query(
    `select orders.refund_settled_1(refund_id, 'failed', null, 'expired_card', null) as settled
     from payment.refund where order_number = $1 and status = 'created'`,
    [order.orderNumber],
  );
  assert.deepEqual(rows, [{ settled: true }]);
  const listed = await refundsStuck(pool, { limit: 100 });
  const mine = listed.filter(({ orderNumber }) => orderNumber === order.orderNumber);
  assert.deepEqual(
    mine.map(({ amountMinor, failureCode }) => `${amountMinor} ${failureCode}`),
    ["30 charge_disputed", "20 expired_card"],
  );
  assert.equal(await repeat(), 1);
});

test("M2: what is asked for twice during a dispute goes back once, and what has nothing left stops nobody", async () => {
  const [order, next] = [await charged(), await charged()];
  const total = Number(order.totalMinor);
  const { id } = await bank("disputes", { payment_intent: order.intent });
  await part(order, "some", 1_000);
  await lose(order);
  await note(id, order, "needs_response");
  assert.equal(await owed(order.orderNumber), false, "no more than all of it is the bank's");
  await bank(`disputes/${id}/close`, { status: "won" });
  await note(id, order, "won");
  const other = await bank("disputes", { payment_intent: next.intent });
  await part(next, "whole line", 4_000);
  await part(next, "whole line again", 4_000);
  await part(next, "delivery", 5, 0);
  await bank(`disputes/${other.id}/close`, { status: "won" });
  await note(other.id, next, "won");
  for (const repeated of [1, 1, 1, 1, 0]) assert.equal(await repeat(), repeated);
  await ask(order.orderNumber);
  await ask(next.orderNumber);
  assert.deepEqual(await amountsOf(order), [
    "failed 1000",
    `failed ${total}`,
    "succeeded 1000",
    `succeeded ${total - 1_000}`,
  ]);
  assert.deepEqual(await amountsOf(next), ["failed 4000", "failed 4000", "failed 5", "succeeded 4000", "succeeded 5"]);
  assert.deepEqual([await stuck(order.orderNumber), await stuck(next.orderNumber)], [false, false]);
  assert.equal(await owed(order.orderNumber), false);
});

test("a dispute of whose beginning no event came is found by the refund that it was in the way of", async () => {
  const order = await charged();
  const { id } = await bank("disputes", { payment_intent: order.intent, reason: "fraudulent" });
  await lose(order);
  assert.deepEqual(await refundsOf(order.orderNumber), ["failed charge_disputed"]);
  const find = must(
    disputeSweeps({ db: pool, log: silentLog, ...stripeDisputes(stripe) }).find(
      ({ name }) => name === "payment.missing_disputes",
    ),
    "the sweep is there",
  );
  const round = async (): Promise<unknown> => await find.run(new AbortController().signal);
  assert.deepEqual(await round(), { found: 1, mended: 1, failed: 0, hasMore: false });
  assert.deepEqual(await round(), { found: 0, mended: 0, failed: 0, hasMore: false }, "it is known now");
  await bank(`disputes/${id}/close`, { status: "won" });
  await note(id, order, "won");
  await repeat();
  await ask(order.orderNumber);
  assert.deepEqual(await refundsOf(order.orderNumber), ["failed charge_disputed", "succeeded"]);
});
