import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { tx } from "#platform/db/tx.ts";
import { silentLog } from "#platform/log/log.ts";
import { openStripe, stripeProvider, type RefundAnswer } from "#rooms/payment";
import { openTestDb } from "../../../test/db.ts";
import { paidOrder, paidOrders, type PaidOrder } from "../../../test/paid-orders.ts";
import { openTestSandbox } from "../../../test/sandbox.ts";
import { refundsStuck, type RefundWish } from "./index.ts";
import { issueRefundOnce, refundJobs, refundSweeps, settleRefund, type RefundJobDeps } from "./refund-job.ts";
import { refundOrder, type RefundOrderResult } from "./refund-order.ts";

const { pool } = await openTestDb();
let causes = 0;
let numbers = 0;

function refund(order: PaidOrder, wish: RefundWish, cause = `test:${(causes += 1)}`): Promise<RefundOrderResult> {
  const { orderNumber } = order;
  return tx(pool, "test.refund", (open) =>
    refundOrder(open, { orderNumber, wish, cause, reason: "goodwill", requestedBy: "acc_ops" }),
  );
}

async function placed(order: PaidOrder): Promise<PaidOrder> {
  await pool.query("select orders.order_placed_1($1, 'manual', $2)", [order.orderNumber, `R-${(numbers += 1)}`]);
  return order;
}

async function moneyOf({ orderNumber, paymentId }: PaidOrder) {
  const { rows } = await pool.query(
    `select o.status, o.payment_status as payment, o.refunded_minor as refunded, o.refunded_shipping_minor as shipping, o.total_minor as total,
       (select sum(i.refunded_minor)::bigint from orders.order_item i where i.order_number = o.order_number) as lines,
       (select p.refunded_minor from payment.payment p where p.payment_id = $2) as "ofPayment"
     from orders.store_order o where o.order_number = $1`,
    [orderNumber, paymentId],
  );
  return rows[0];
}

const answering = (
  outcome: Partial<RefundAnswer> & { kind: RefundAnswer["kind"] },
): RefundJobDeps & { asked: unknown[] } => {
  const asked: unknown[] = [];
  return {
    db: pool,
    log: silentLog,
    asked,
    openAccount: () => null,
    issueRefund: async (_provider, request) => {
      asked.push(request);
      return { providerRef: `re_at_${request.refundId}`, failureCode: null, retryAfterMs: null, ...outcome };
    },
  };
};

function idOf(result: RefundOrderResult): string {
  assert.ok(result.kind === "opened" || result.kind === "exists", result.kind);
  return result.refundId;
}

test("lines, their tax and the delivery go back, and payment status follows only the provider's yes", async () => {
  const order = await placed(
    await paidOrder(pool, {
      lines: [{ priceMinor: 1_000, quantity: 3, taxMinor: 100 }, { priceMinor: 500 }],
      shippingMinor: 600,
      shippingTaxMinor: 7,
    }),
  );
  const first = await refund(order, { kind: "lines", lines: [{ lineNo: 1, quantity: 1 }], withShipping: false });
  assert.ok(first.kind === "opened");
  assert.equal(first.amountMinor, 1_034n);
  assert.deepEqual(
    await moneyOf(order).then((money) => [money.payment, money.refunded, money.lines, money.ofPayment]),
    ["paid", 1_034n, 1_034n, 1_034n],
  );

  const deps = answering({ kind: "succeeded" });
  await issueRefundOnce(deps, first.refundId);
  assert.equal((await moneyOf(order)).payment, "partially_refunded");
  await issueRefundOnce(deps, first.refundId);
  assert.equal(deps.asked.length, 1, "what has succeeded is not asked for again");

  const rest = await refund(order, { kind: "rest" });
  assert.ok(rest.kind === "opened");
  assert.equal(rest.amountMinor, order.totalMinor - 1_034n);
  await issueRefundOnce(deps, rest.refundId);
  const money = await moneyOf(order);
  assert.deepEqual(
    [money.payment, money.refunded, money.shipping, money.ofPayment],
    ["refunded", order.totalMinor, 607n, order.totalMinor],
  );
  assert.equal((await refund(order, { kind: "rest" })).kind, "nothing_left");
});

test("the same cause is refunded once, whatever is left; two racing never pass the total", async () => {
  const order = await placed(await paidOrder(pool, { lines: [{ priceMinor: 10_000 }], shippingMinor: 0 }));
  const [one, two] = await Promise.all(
    [1, 2].map(() => refund(order, { kind: "amount", amountMinor: 6_000n }, "cause:same")),
  );
  assert.ok(one !== undefined && two !== undefined);
  assert.equal(idOf(one), idOf(two));
  const racing = await Promise.all([1, 2, 3].map(() => refund(order, { kind: "amount", amountMinor: 3_000n })));
  assert.deepEqual(racing.map(({ kind }) => kind).sort(), ["above_rest", "above_rest", "opened"]);
  assert.equal((await moneyOf(order)).refunded, 9_000n);
  const again = await refund(order, { kind: "amount", amountMinor: 6_000n }, "cause:same");
  assert.deepEqual([again.kind, idOf(again)], ["exists", idOf(one)]);
});

test("refusals: what is not there, not paid, not placed yet", async () => {
  const pending = await paidOrder(pool);
  assert.equal((await refund(pending, { kind: "rest" })).kind, "still_pending");
  assert.equal((await refund(pending, { kind: "amount", amountMinor: pending.totalMinor })).kind, "still_pending");
  assert.equal((await refund(pending, { kind: "amount", amountMinor: 1n })).kind, "opened");
  assert.equal((await refund(await paidOrder(pool, {}, { isPaid: false }), { kind: "rest" })).kind, "not_paid");
  assert.equal((await refund({ ...pending, orderNumber: "MO-NOBODY" }, { kind: "rest" })).kind, "not_found");
  const sql = async (orderNumber: string): Promise<unknown> =>
    (await pool.query("select outcome from orders.refund_open_1($1, 'c', 1, 'r', null, null)", [orderNumber])).rows[0]
      .outcome;
  assert.equal(await sql("MO-NOBODY"), "not_found");
  await assert.rejects(sql(pending.orderNumber), /M5/);
  const strange = JSON.stringify([{ lineNo: 9, quantity: 0, amountMinor: 1 }]);
  const ofNoLine = "select outcome from orders.refund_open_1($1, 'd', 1, 'r', null, $2)";
  await assert.rejects(pool.query(ofNoLine, [pending.orderNumber, strange]), /M5/);
});

test("a refund that the provider refuses, even days later, no longer counts and can be made again", async () => {
  const order = await placed(await paidOrder(pool, { lines: [{ priceMinor: 2_000, quantity: 2 }] }));
  const refundId = idOf(await refund(order, { kind: "lines", lines: [{ lineNo: 1 }], withShipping: false }));
  await issueRefundOnce(answering({ kind: "pending" }), refundId);
  assert.equal((await moneyOf(order)).payment, "paid");
  await settleRefund(pool, { refundId, kind: "unknown", providerRef: null, failureCode: null });
  assert.equal(await settleRefund(pool, { refundId, kind: "succeeded", providerRef: null, failureCode: null }), true);
  assert.equal((await moneyOf(order)).payment, "partially_refunded");
  assert.equal(
    await settleRefund(pool, { refundId, kind: "pending", providerRef: null, failureCode: null }),
    false,
    "late news goes nowhere",
  );
  assert.equal(
    await settleRefund(pool, { refundId, kind: "failed", providerRef: null, failureCode: "expired_card" }),
    true,
  );
  assert.deepEqual(await moneyOf(order).then((money) => [money.refunded, money.lines, money.ofPayment]), [0n, 0n, 0n]);
  assert.ok((await refundsStuck(pool, { limit: 100 })).some((stuck) => stuck.refundId === refundId));
  const again = await refund(order, { kind: "lines", lines: [{ lineNo: 1 }], withShipping: false });
  assert.equal(again.kind, "opened");
  assert.ok(!(await refundsStuck(pool, { limit: 100 })).some((stuck) => stuck.refundId === refundId));
});

test("C12, C13: an unanswered refund is asked for again with the same id; a lost job is rung for", async () => {
  const order = await placed(await paidOrder(pool));
  const refundId = idOf(await refund(order, { kind: "rest" }));
  const deps = answering({ kind: "unknown", providerRef: null, retryAfterMs: 1_000 });
  await issueRefundOnce(deps, refundId);
  const jobsOf = async (): Promise<number> =>
    (
      await pool.query("select count(*)::int as count from graphile_worker.jobs where key = $1", [
        `order.refund:${refundId}`,
      ])
    ).rows[0].count;
  await pool.query("delete from graphile_worker._private_jobs");
  const sweep = refundSweeps({ db: pool })[0];
  assert.ok(sweep !== undefined);
  assert.deepEqual(await sweep.run(new AbortController().signal), { found: 0, mended: 0, failed: 0, hasMore: false });
  assert.equal(await jobsOf(), 0, "it is not due yet");
  await pool.query("update payment.refund set try_at = now() - interval '1 minute' where refund_id = $1", [refundId]);
  await sweep.run(new AbortController().signal);
  await sweep.run(new AbortController().signal);
  assert.equal(await jobsOf(), 1, "rung twice, one job");
  const job = refundJobs(answering({ kind: "succeeded" }))[0];
  await job?.run({ refundId }, new AbortController().signal);
  assert.equal((await moneyOf(order)).payment, "refunded");
});

test("after twenty hours without an answer no machine asks again: the provider may have forgotten the key", async () => {
  const order = await placed(await paidOrder(pool));
  const refundId = idOf(await refund(order, { kind: "rest" }));
  await pool.query("update payment.refund set ask_from = now() - interval '21 hours' where refund_id = $1", [refundId]);
  const deps = answering({ kind: "succeeded" });
  await issueRefundOnce(deps, refundId);
  assert.equal(deps.asked.length, 0);
  assert.ok((await refundsStuck(pool, { limit: 100 })).some((stuck) => stuck.refundId === refundId));
  await issueRefundOnce(deps, "re_nobody");
  await pool.query("update payment.payment set provider_ref = null where payment_id = $1", [order.paymentId]);
  await issueRefundOnce(deps, refundId);
  assert.equal(deps.asked.length, 0);
});

test("a provider's no to the job itself is for people to see", async () => {
  const order = await placed(await paidOrder(pool));
  const refundId = idOf(await refund(order, { kind: "rest" }));
  await issueRefundOnce(answering({ kind: "failed", failureCode: "charge_disputed" }), refundId);
  assert.deepEqual(await moneyOf(order).then((money) => [money.payment, money.refunded]), ["paid", 0n]);
});

test("an order that ends gives back to the cent what was not refunded before", async () => {
  const [first] = await paidOrders(pool, [{ lines: [{ priceMinor: 3_333, quantity: 3, taxMinor: 101 }] }, {}]);
  assert.ok(first !== undefined);
  await placed(first);
  await refund(first, { kind: "amount", amountMinor: 1_111n });
  await refund(first, { kind: "lines", lines: [{ lineNo: 1, quantity: 1 }], withShipping: true });
  const { rows } = await pool.query("select orders.order_end_1($1, 'cancelled', 'cancelled_by_store') as ended", [
    first.orderNumber,
  ]);
  assert.equal(rows[0].ended, true);
  const money = await moneyOf(first);
  assert.deepEqual(
    [money.status, money.refunded, money.lines + money.shipping],
    ["cancelled", first.totalMinor, first.totalMinor],
  );
  const again = await pool.query("select orders.order_end_1($1, 'cancelled', 'x') as ended", [first.orderNumber]);
  assert.equal(again.rows[0].ended, false);
});

test("M2, M5: any sequence of refunds on real rows keeps every sum, and the end leaves exactly nothing", async () => {
  const wish: fc.Arbitrary<RefundWish> = fc.oneof(
    fc.record({ kind: fc.constant("amount" as const), amountMinor: fc.bigInt({ min: 1n, max: 4_000n }) }),
    fc.record({
      kind: fc.constant("lines" as const),
      lines: fc.array(fc.record({ lineNo: fc.integer({ min: 1, max: 3 }), quantity: fc.integer({ min: 1, max: 3 }) }), {
        minLength: 1,
        maxLength: 2,
      }),
      withShipping: fc.boolean(),
    }),
  );
  const step = fc.record({
    wish,
    settles: fc.constantFrom("succeeded" as const, "failed" as const, "pending" as const),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 6 }), async (steps) => {
      const order = await placed(
        await paidOrder(pool, {
          lines: [{ priceMinor: 1_999, quantity: 3, taxMinor: 397 }, { priceMinor: 50 }],
          shippingMinor: 599,
          shippingTaxMinor: 13,
        }),
      );
      for (const { wish: wanted, settles } of [
        ...steps,
        { wish: { kind: "rest" } as const, settles: "succeeded" as const },
      ]) {
        const opened = await refund(order, wanted);
        if (opened.kind === "opened") {
          await settleRefund(pool, { refundId: opened.refundId, kind: settles, providerRef: null, failureCode: null });
        }
        const money = await moneyOf(order);
        assert.equal(money.lines + money.shipping, money.refunded);
        assert.equal(money.ofPayment, money.refunded);
        assert.ok(money.refunded <= money.total);
      }
      assert.equal((await moneyOf(order)).refunded, order.totalMinor);
    }),
    { numRuns: 25 },
  );
});

test("with the real provider's simulator: one refund there, however often the job runs", async () => {
  const sandbox = await openTestSandbox();
  const stripe = openStripe({ secretKey: "sk_test_muse_sandbox", apiBase: sandbox.url });
  const order = await placed(await paidOrder(pool, { lines: [{ priceMinor: 4_200 }], shippingMinor: 0 }));
  const intent = await stripe.paymentIntents.create({
    amount: 4_200,
    currency: "usd",
    payment_method: "pm_card_visa",
    confirm: true,
    automatic_payment_methods: { enabled: true },
    return_url: "http://127.0.0.1:3000/",
  });
  await pool.query("update payment.payment set provider_ref = $2 where payment_id = $1", [order.paymentId, intent.id]);
  const provider = stripeProvider(stripe);
  const deps: RefundJobDeps = {
    db: pool,
    log: silentLog,
    issueRefund: (_provider, request) => provider.refund(request),
    openAccount: () => null,
  };
  const refundId = idOf(await refund(order, { kind: "amount", amountMinor: 1_200n }));
  await Promise.all([1, 2, 3].map(() => issueRefundOnce(deps, refundId)));
  await issueRefundOnce(deps, refundId);
  const made = (await sandbox.records("refund")).filter(({ data }) => data["paymentIntent"] === intent.id);
  assert.deepEqual(
    made.map(({ data }) => data["amount"]),
    [1_200],
  );
  assert.equal((await moneyOf(order)).payment, "partially_refunded");
});
