import assert from "node:assert/strict";
import { test } from "node:test";
import { tx } from "#platform/db/tx.ts";
import { openTestDb } from "../../../test/db.ts";
import { inLine, ordersOf, rowLock, type HeldLock } from "../../../test/in-line.ts";
import { paidOrder, paidOrders, type PaidOrder } from "../../../test/paid-orders.ts";
import type { RefundWish } from "./plan-refund.ts";
import { settleRefund } from "./refund-job.ts";
import { refundOrder, type RefundOrderResult } from "./refund-order.ts";
import { requestRefund } from "./request-refund.ts";

const { pool } = await openTestDb({ connectionMax: 16, isPatient: true });
let causes = 0;

function refund(
  { orderNumber }: PaidOrder,
  wish: RefundWish,
  cause = `race:${(causes += 1)}`,
): Promise<RefundOrderResult> {
  return tx(pool, "test.refund", (open) =>
    refundOrder(open, { orderNumber, wish, cause, reason: "goodwill", requestedBy: "acc_ops" }),
  );
}

async function placed(order: PaidOrder): Promise<PaidOrder> {
  await pool.query("select orders.order_placed_1($1, 'manual', $1)", [order.orderNumber]);
  return order;
}

const orderRow = ({ orderNumber }: PaidOrder): HeldLock => rowLock("orders.store_order", "order_number", orderNumber);
const paymentRow = ({ paymentId }: PaidOrder): HeldLock => rowLock("payment.payment", "payment_id", paymentId);
const amount = (amountMinor: bigint): RefundWish => ({ kind: "amount", amountMinor });

/** What the order, its lines and its payment say has gone back: always the same. */
async function refundedOf({ orderNumber, paymentId }: PaidOrder): Promise<bigint> {
  const { rows } = await pool.query(
    `select o.refunded_minor as of_order, p.refunded_minor as of_payment,
       o.refunded_shipping_minor + (select sum(i.refunded_minor) from orders.order_item i where i.order_number = $1)::bigint as by_line
     from orders.store_order o, payment.payment p where o.order_number = $1 and p.payment_id = $2`,
    [orderNumber, paymentId],
  );
  assert.equal(rows[0].by_line, rows[0].of_order);
  assert.ok(rows[0].of_payment >= rows[0].of_order);
  return rows[0].of_order;
}

test("lesson 16: five operators in line for one order: each plans with what those before it have left (M2)", async () => {
  const order = await placed(await paidOrder(pool, { lines: [{ priceMinor: 10_000 }], shippingMinor: 0 }));
  const told = await inLine(
    pool,
    orderRow(order),
    Array.from({ length: 5 }, () => () => refund(order, amount(4_000n))),
  );
  assert.deepEqual(told.map(({ kind }) => kind).toSorted(), [
    "above_rest",
    "above_rest",
    "above_rest",
    "opened",
    "opened",
  ]);
  assert.equal(await refundedOf(order), 8_000n);
});

test("what is left and a part of it in both orders: the second finds what the first has left (M2)", async () => {
  for (const isRestFirst of [true, false]) {
    const order = await placed(await paidOrder(pool));
    const acts = [() => refund(order, { kind: "rest" }), () => refund(order, amount(100n))];
    const told = await inLine(pool, orderRow(order), isRestFirst ? acts : acts.toReversed());
    assert.deepEqual(
      told.map(({ kind }) => kind),
      ["opened", isRestFirst ? "nothing_left" : "opened"],
    );
    assert.equal(await refundedOf(order), order.totalMinor);
  }
});

test("one cause asked for by six calls in line is one refund", async () => {
  const order = await placed(await paidOrder(pool));
  const told = await inLine(
    pool,
    orderRow(order),
    Array.from({ length: 6 }, () => () => refund(order, amount(100n), "race:same")),
  );
  assert.deepEqual(
    told.map(({ kind }) => kind),
    ["opened", ...Array.from({ length: 5 }, () => "exists")],
  );
  assert.equal(await refundedOf(order), 100n);
});

test("both orders of one payment given back whole at once never pass what was charged (M2)", async () => {
  const orders = await paidOrders(pool, [{}, { lines: [{ priceMinor: 700 }] }]);
  const [first] = orders;
  assert.ok(first !== undefined);
  for (const order of orders) await placed(order);
  await inLine(
    pool,
    paymentRow(first),
    orders.map((order) => () => refund(order, { kind: "rest" })),
  );
  const { rows } = await pool.query(
    "select amount_minor - refunded_minor as left from payment.payment where payment_id = $1",
    [first.paymentId],
  );
  assert.deepEqual(rows, [{ left: 0n }]);
});

test("an operator's refund and the order's end in both orders: to the cent once (M2)", async () => {
  for (const isRefundFirst of [true, false]) {
    const order = await placed(await paidOrder(pool));
    const some = async () => (await refund(order, amount(500n))).kind;
    const end = async () => {
      const { rows } = await pool.query("select orders.order_end_1($1, 'cancelled', 'cancelled_by_store') as ended", [
        order.orderNumber,
      ]);
      return rows[0].ended as boolean;
    };
    const told = await inLine<string | boolean>(pool, orderRow(order), isRefundFirst ? [some, end] : [end, some]);
    assert.deepEqual(told, isRefundFirst ? ["opened", true] : [true, "nothing_left"]);
    assert.equal(await refundedOf(order), order.totalMinor);
  }
});

test("lesson 17: the provider's yes, its late no and our own not-knowing in all orders: the no is the last word", async () => {
  for (const answers of ordersOf(["succeeded", "failed", "unknown"] as const)) {
    const order = await placed(await paidOrder(pool));
    const opened = await refund(order, { kind: "rest" });
    assert.ok(opened.kind === "opened");
    const settle = (kind: (typeof answers)[number]) => () =>
      settleRefund(pool, { refundId: opened.refundId, kind, providerRef: null, failureCode: null });
    await inLine(pool, orderRow(order), answers.map(settle));
    const { rows } = await pool.query("select status from payment.refund where refund_id = $1", [opened.refundId]);
    assert.deepEqual(rows, [{ status: "failed" }], answers.join());
    assert.equal(await refundedOf(order), 0n, answers.join());
    assert.equal(
      (await refund(order, { kind: "rest" })).kind,
      "opened",
      "what did not go back can be given back again",
    );
  }
});

test("a shopper's wish for money back is open once, however many tabs ask", async () => {
  const order = await placed(await paidOrder(pool));
  const ask = () => requestRefund(pool, { ...order, items: null, reason: "too small" });
  const told = await inLine(
    pool,
    orderRow(order),
    Array.from({ length: 5 }, () => ask),
  );
  assert.deepEqual(
    told.map(({ kind }) => kind),
    ["opened", "open", "open", "open", "open"],
  );
  assert.equal(new Set(told.map((each) => ("requestId" in each ? each.requestId : ""))).size, 1);
});
