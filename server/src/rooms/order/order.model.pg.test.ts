import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { orderStatuses, type PaymentStatus } from "@muse/contracts/order";
import { must } from "#kernel/assert.ts";
import { tx } from "#platform/db/tx.ts";
import { openTestDb } from "../../../test/db.ts";
import { playModel, type World } from "../../../test/model-run.ts";
import { paidOrders, type PaidOrder } from "../../../test/paid-orders.ts";
import type { RefundWish } from "./plan-refund.ts";
import { settleRefund } from "./refund-job.ts";
import { refundOrder, type RefundOrderResult } from "./refund-order.ts";
import { orderTransitions } from "./rules.ts";

const { pool } = await openTestDb();

type Status = (typeof orderStatuses)[number];
type Answer = "succeeded" | "failed" | "pending" | "unknown";

/** `order`: one of a checkout's two, which share a payment. */
type Step =
  | { readonly do: "refund"; readonly order: number; readonly wish: RefundWish; readonly again: boolean }
  | { readonly do: "race"; readonly wishes: readonly { readonly order: number; readonly wish: RefundWish }[] }
  | { readonly do: "settle"; readonly refund: number; readonly answer: Answer }
  | { readonly do: "place"; readonly order: number }
  | { readonly do: "advance"; readonly order: number; readonly to: "confirmed" | "shipped" | "delivered" }
  | { readonly do: "end"; readonly order: number };

const order = fc.nat({ max: 1 });
const wish: fc.Arbitrary<RefundWish> = fc.oneof(
  fc.constant({ kind: "rest" as const }),
  fc.record({ kind: fc.constant("amount" as const), amountMinor: fc.bigInt({ min: 1n, max: 7_000n }) }),
  fc.record({
    kind: fc.constant("lines" as const),
    lines: fc.array(
      fc.record(
        { lineNo: fc.integer({ min: 1, max: 3 }), quantity: fc.integer({ min: 1, max: 3 }) },
        { requiredKeys: ["lineNo"] },
      ),
      { minLength: 1, maxLength: 2 },
    ),
    withShipping: fc.boolean(),
  }),
);
const answer = fc.constantFrom<Answer>("succeeded", "succeeded", "failed", "pending", "unknown");
const steps: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant("refund"), order, wish, again: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constant("race"),
      wishes: fc.array(fc.record({ order, wish }), { minLength: 2, maxLength: 4 }),
    }),
  },
  { weight: 6, arbitrary: fc.record({ do: fc.constant("settle"), refund: fc.nat({ max: 5 }), answer }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant("place"), order }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant("advance"),
      order,
      to: fc.constantFrom("confirmed", "shipped", "delivered"),
    }),
  },
  { weight: 1, arbitrary: fc.record({ do: fc.constant("end"), order }) },
);

type ModelOrder = {
  readonly real: PaidOrder;
  status: Status;
  changes: number;
  paymentStatus: PaymentStatus;
};
type ModelRefund = {
  readonly id: string;
  readonly of: ModelOrder;
  readonly amountMinor: bigint;
  status: Answer | "created";
};
type Model = {
  readonly orders: readonly ModelOrder[];
  readonly refunds: ModelRefund[];
  readonly causes: Map<string, string>;
};

let numbers = 0;

async function begin(): Promise<World<Step>> {
  const made = await paidOrders(pool, [
    {
      lines: [{ priceMinor: 1_999, quantity: 3, taxMinor: 397 }, { priceMinor: 50 }],
      shippingMinor: 599,
      shippingTaxMinor: 13,
    },
    { lines: [{ priceMinor: 1_000, quantity: 3, taxMinor: 100 }], shippingMinor: 0 },
  ]);
  const orders = made.map((real): ModelOrder => ({ real, status: "pending", changes: 1, paymentStatus: "paid" }));
  const model: Model = { orders, refunds: [], causes: new Map() };
  return {
    play: async (step) => {
      await play(model, step);
      for (const each of orders) await isAsModelled(model, each);
    },
    end: async () => {
      for (const each of orders) await refund(model, each, { kind: "rest" });
      for (const each of orders) await isAsModelled(model, each);
      const total = orders.reduce((sum, { real }) => sum + real.totalMinor, 0n);
      // A pending order's last units go back by cancelling it, not by a refund.
      if (orders.every(({ status }) => status !== "pending")) assert.equal(standing(model.refunds), total);
    },
  };
}

async function play(model: Model, step: Step): Promise<void> {
  if (step.do === "settle") return await settle(model, step.refund, step.answer);
  if (step.do === "race") {
    await Promise.all(step.wishes.map((each) => refund(model, at(model, each.order), each.wish)));
    return;
  }
  const which = at(model, step.order);
  if (step.do === "refund") {
    const [cause] = step.again ? model.causes.keys() : [];
    await refund(model, which, step.wish, cause);
  } else if (step.do === "place") await place(which);
  else if (step.do === "advance") await advance(which, step.to);
  else await end(model, which);
}

const at = (model: Model, index: number): ModelOrder => must(model.orders[index], "one of the two");
const standing = (refunds: readonly ModelRefund[]): bigint =>
  refunds.filter(({ status }) => status !== "failed").reduce((sum, { amountMinor }) => sum + amountMinor, 0n);
const of = ({ refunds }: Model, which: ModelOrder): ModelRefund[] => refunds.filter((each) => each.of === which);

async function refund(
  model: Model,
  which: ModelOrder,
  wanted: RefundWish,
  cause = `c${(numbers += 1)}`,
): Promise<void> {
  const { orderNumber, totalMinor } = which.real;
  const restMinor = totalMinor - standing(of(model, which));
  const result: RefundOrderResult = await tx(pool, "test.refund", (open) =>
    refundOrder(open, { orderNumber, wish: wanted, cause, reason: "goodwill", requestedBy: "acc_ops" }),
  );
  const known = model.causes.get(cause);
  assert.equal(result.kind === "exists", known !== undefined, "a cause is refunded once");
  if (result.kind === "exists") assert.equal(result.refundId, known);
  if (result.kind === "above_rest") assert.ok(wanted.kind === "amount" && wanted.amountMinor > result.restMinor);
  if (result.kind !== "opened") return;
  assert.ok(result.amountMinor > 0n);
  if (wanted.kind === "amount") assert.equal(result.amountMinor, wanted.amountMinor);
  if (wanted.kind === "rest") assert.ok(result.amountMinor <= restMinor, "no more than was left before");
  model.causes.set(cause, result.refundId);
  model.refunds.push({ id: result.refundId, of: which, amountMinor: result.amountMinor, status: "created" });
}

/** What a provider says of a refund counts when it is news; only a success can be taken back. */
async function settle(model: Model, index: number, said: Answer): Promise<void> {
  const known = model.refunds[index % Math.max(1, model.refunds.length)];
  if (known === undefined) return;
  const heard = said === "unknown" && known.status === "pending" ? "pending" : said;
  const isNews =
    known.status !== "failed" && (known.status === "succeeded" ? said === "failed" : heard !== known.status);
  const changed = await settleRefund(pool, { refundId: known.id, kind: said, providerRef: null, failureCode: null });
  assert.equal(changed, isNews, `${known.status}, then ${said}`);
  if (!isNews) return;
  known.status = heard;
  if (heard !== "succeeded" || known.of.paymentStatus === "refunded") return;
  const proved = of(model, known.of).filter(({ status }) => status === "succeeded");
  known.of.paymentStatus = standing(proved) >= known.of.real.totalMinor ? "refunded" : "partially_refunded";
}

async function place(which: ModelOrder): Promise<void> {
  const { rows } = await pool.query("select orders.order_placed_1($1, 'manual', $2) as done", [
    which.real.orderNumber,
    `M-${(numbers += 1)}`,
  ]);
  assert.equal(rows[0].done, which.status === "pending");
  if (which.status === "pending") move(which, "placed");
}

async function advance(which: ModelOrder, to: "confirmed" | "shipped" | "delivered"): Promise<void> {
  const { rows } = await pool.query("select orders.advance_1($1, $2, null) as outcome", [which.real.orderNumber, to]);
  assert.equal(rows[0].outcome, advanced(which.status, to));
  if (rows[0].outcome !== "advanced") return;
  if (to === "delivered" && which.status !== "shipped") move(which, "shipped");
  move(which, to);
}

function advanced(from: Status, to: Status): string {
  if (from === "pending") return "not_placed";
  if (from === "failed" || from === "cancelled") return "ended";
  return orderStatuses.indexOf(from) >= orderStatuses.indexOf(to) ? "already" : "advanced";
}

async function end(model: Model, which: ModelOrder): Promise<void> {
  const { orderNumber, totalMinor } = which.real;
  const restMinor = totalMinor - standing(of(model, which));
  const to = which.status === "pending" ? "failed" : "cancelled";
  const { rows } = await pool.query("select orders.order_end_1($1, $2, 'out_of_stock') as ended", [orderNumber, to]);
  const isOpen = orderTransitions[which.status].includes(to);
  assert.equal(rows[0].ended, isOpen);
  if (!isOpen) return;
  move(which, to);
  if (restMinor === 0n) return;
  const opened = await pool.query("select refund_id, amount_minor from payment.refund where cause = $1", [
    `order:${orderNumber}:ended`,
  ]);
  assert.equal(opened.rows[0].amount_minor, restMinor, "to the cent what had not gone back");
  model.refunds.push({ id: opened.rows[0].refund_id, of: which, amountMinor: restMinor, status: "created" });
}

function move(which: ModelOrder, to: Status): void {
  assert.ok(orderTransitions[which.status].includes(to), `${which.status} → ${to}`);
  which.status = to;
  which.changes += 1;
}

async function isAsModelled(model: Model, which: ModelOrder): Promise<void> {
  const { rows } = await pool.query(
    `select o.status, o.payment_status, o.refunded_minor, o.total_minor, p.refunded_minor as of_payment, p.amount_minor as charged,
       o.refunded_shipping_minor + (select sum(i.refunded_minor) from orders.order_item i where i.order_number = o.order_number)::bigint as by_line,
       (select count(*)::int from orders.order_status_history h where h.order_number = o.order_number) as changes
     from orders.store_order o join payment.payment p using (session_id) where o.order_number = $1`,
    [which.real.orderNumber],
  );
  const [row] = rows;
  const goneMinor = standing(of(model, which));
  assert.deepEqual(
    [row.status, row.changes, row.payment_status, row.refunded_minor, row.by_line, row.of_payment],
    [which.status, which.changes, which.paymentStatus, goneMinor, goneMinor, standing(model.refunds)],
  );
  assert.ok(row.refunded_minor <= row.total_minor && row.of_payment <= row.charged, "M2");
}

test("M2, M5, O5: orders and refunds go as the model says in any order, with any answers, as often as they are asked", async (t) => {
  await playModel(t, { steps, stepsMax: 30, runs: 100, begin });
});
