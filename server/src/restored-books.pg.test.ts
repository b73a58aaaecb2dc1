/** Books that were restored to an earlier moment: refunds of ours that Stripe knows of and they do not. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { must } from "#kernel/assert.ts";
import { newId } from "#kernel/ids.ts";
import { silentLog } from "#platform/log/log.ts";
import { recordAudit } from "#rooms/ops";
import { noteProviderRefund, noticingRefunds, settleRefund } from "#rooms/order";
import { openStripe, readStripeRefund, refundIsKnown, stripeBooks } from "#rooms/payment";
import { cancelOrder } from "#rooms/placement";
import { stripeEffects } from "#rooms/webhook";
import { openTestDb } from "../test/db.ts";
import { paidOrder } from "../test/paid-orders.ts";
import { openTestSandbox } from "../test/sandbox.ts";

const { pool } = await openTestDb();
const sandbox = await openTestSandbox();
const stripe = openStripe({ secretKey: "sk_test_muse_sandbox", apiBase: sandbox.url });

/** An order of 30.99 dollars, charged at Stripe. */
async function paidInDollars() {
  const intent = await stripe.paymentIntents.create({
    amount: 3_099,
    currency: "usd",
    payment_method: "pm_card_visa",
    confirm: true,
    automatic_payment_methods: { enabled: true, allow_redirects: "never" },
  });
  const order = await paidOrder(pool);
  assert.equal(order.totalMinor, 3_099n);
  await pool.query("update payment.payment set provider_ref = $2 where payment_id = $1", [order.paymentId, intent.id]);
  return { ...order, intentId: intent.id };
}

async function noteAtStripe(refundRef: string) {
  const refund = must(await readStripeRefund(stripe, refundRef), "it is of an intent");
  return await noteProviderRefund({ db: pool, log: silentLog, audit: recordAudit, cancelOrder }, refund);
}

async function refundsOf({ paymentId }: { readonly paymentId: string }) {
  const { rows } = await pool.query(
    `select r.order_number as number, r.amount_minor as amount, r.status, r.source, r.provider_ref as ref
     from payment.refund r where r.payment_id = $1 order by r.created_at, r.refund_id`,
    [paymentId],
  );
  return rows;
}

/** As it was made before the books were restored to an earlier moment: named after a row that is not here any more. */
async function refundedBeforeRestore(order: Awaited<ReturnType<typeof paidInDollars>>, amount: number) {
  return await stripe.refunds.create({
    payment_intent: order.intentId,
    amount,
    metadata: { refund_id: newId("re"), order_number: order.orderNumber },
  });
}

const hearStripe = stripeEffects({
  reconcileIntent: async () => assert.fail("no intent is told of"),
  isRefundKnown: async (refundId) => (await refundIsKnown(pool, { refundId })).isKnown,
  settleRefund: async (refundId, outcome) => void (await settleRefund(pool, { refundId, ...outcome })),
  noteRefund: noteAtStripe,
  noteDispute: async () => assert.fail("no dispute is told of"),
});

const told = async (object: object) =>
  await hearStripe({
    source: "stripe",
    eventId: newId("evt"),
    type: "refund.created",
    storeId: null,
    objectRef: null,
    payload: { data: { object } },
    receivedAt: new Date(),
    tries: 1,
  });

const wholeAgain = async ({ orderNumber, totalMinor }: { orderNumber: string; totalMinor: bigint }) => {
  const { rows } = await pool.query("select outcome from orders.refund_open_1($1, $2, $3, 'goodwill', null, null)", [
    orderNumber,
    newId("rr"),
    totalMinor,
  ]);
  return rows[0].outcome;
};

test("a refund of ours that a restored backup knows nothing of is recorded by its event, and not made once more", async () => {
  const order = await paidInDollars();
  const made = await refundedBeforeRestore(order, 3_099);
  assert.equal(await told(made), "refund_noted");
  assert.equal(await told(made), "refund_known");
  assert.deepEqual(
    (await refundsOf(order)).map(({ number, amount, status, source, ref }) => [number, amount, status, source, ref]),
    [[order.orderNumber, 3_099n, "succeeded", "provider", made.id]],
  );
  const { rows } = await pool.query("select payment_status from orders.store_order where order_number = $1", [
    order.orderNumber,
  ]);
  assert.deepEqual(rows, [{ payment_status: "refunded" }]);
  assert.equal(await wholeAgain(order), "above_charge");
});

test("ours that is in our books is settled by its event, whoever is faster, and never recorded beside itself", async () => {
  const order = await paidInDollars();
  const { rows } = await pool.query(
    "select refund_id from orders.refund_open_1($1, $2, 500, 'goodwill', null, jsonb_build_array(jsonb_build_object('lineNo', 1, 'quantity', 0, 'amountMinor', 500)))",
    [order.orderNumber, newId("rr")],
  );
  const refundId: string = rows[0].refund_id;
  const made = await stripe.refunds.create({
    payment_intent: order.intentId,
    amount: 500,
    metadata: { refund_id: refundId, order_number: order.orderNumber },
  });
  // The books are read, and the event is here, before the call's own answer.
  assert.equal(await noteAtStripe(made.id), "ours");
  assert.equal(await told(made), "refund");
  const [kept, ...more] = await refundsOf(order);
  assert.deepEqual([kept.amount, kept.status, kept.source, more], [500n, "succeeded", "muse", []]);
});

test("the nightly reading of Stripe's books records what a restored backup knows nothing of, without any event", async () => {
  const order = await paidInDollars();
  const made = await refundedBeforeRestore(order, 1_099);
  const asked: string[] = [];
  const books = noticingRefunds(stripeBooks(stripe), {
    db: pool,
    log: silentLog,
    note: async ({ refundRef }) => {
      asked.push(refundRef);
      return await noteAtStripe(refundRef);
    },
  });
  const read = async () => {
    const span = { fromAt: new Date(Date.now() - 3_600_000), toAt: new Date(Date.now() + 3_600_000) };
    for await (const page of books.recordsOf(span)) assert.ok(page.length > 0);
    return asked.splice(0);
  };
  assert.ok((await read()).includes(made.id));
  assert.deepEqual(
    (await refundsOf(order)).map(({ number, amount, source, ref }) => [number, amount, source, ref]),
    [[order.orderNumber, 1_099n, "provider", made.id]],
  );
  assert.equal(await wholeAgain(order), "above_charge");
  assert.ok(!(await read()).includes(made.id), "once it is known it is not asked about");
});
