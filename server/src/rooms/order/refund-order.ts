import { assert, must } from "#kernel/assert.ts";
import { toWire } from "#kernel/money.ts";
import type { Tx } from "#platform/db/tx.ts";
import { itemShares, orderHold, refundOfCause, refundOpen } from "./order.sql.gen.ts";
import { planRefund, type RefundPlan, type RefundWish } from "./plan-refund.ts";

export type RefundOrderInput = {
  readonly orderNumber: string;
  readonly wish: RefundWish;
  readonly reason: string;
  /** The operator. */
  readonly requestedBy: string;
  /** The same cause asks twice and gets one refund: a refund request's id, an idempotency key. */
  readonly cause: string;
  /** Asked before it is opened, while the order is held; false leaves it unopened. */
  readonly mayOpen?: (planned: PlannedRefund) => Promise<boolean>;
};

export type PlannedRefund = { readonly amountMinor: bigint; readonly currency: string };

export type RefundOrderResult =
  /** `exists`: this cause has been refunded before; nothing changed. */
  | {
      readonly kind: "opened" | "exists";
      readonly refundId: string;
      readonly amountMinor: bigint;
      readonly currency: string;
    }
  /** `mayOpen` said no. */
  | ({ readonly kind: "held" } & PlannedRefund)
  | { readonly kind: "not_found" | "not_paid" }
  /** Nothing has been ordered for it yet: cancel it, and the refund follows. */
  | { readonly kind: "still_pending" }
  | Exclude<RefundPlan, { kind: "planned" }>;

/**
 * Gives money of an order back: all that is left, an amount, or units of lines with or without the delivery. Opens
 * the refund and its job in the caller's transaction; the provider is asked by the job. The order's row is held from
 * the first statement on, so two operators never give back more than was paid.
 */
export async function refundOrder(tx: Tx, input: RefundOrderInput): Promise<RefundOrderResult> {
  const { orderNumber, cause } = input;
  const order = await orderHold(tx, { orderNumber });
  if (order === null) return { kind: "not_found" };
  if (order.paymentStatus === "unpaid") return { kind: "not_paid" };
  // A repeat is known by its cause, whatever is left to plan with by now.
  const known = await refundOfCause(tx, { cause });
  if (known !== null) return { kind: "exists", ...known };

  const plan = planRefund({ ...order, lines: await itemShares(tx, { orderNumber }) }, input.wish);
  if (plan.kind !== "planned") return plan;
  if (order.status === "pending" && plan.amountMinor === order.totalMinor - order.refundedMinor)
    return { kind: "still_pending" };
  const planned = { amountMinor: plan.amountMinor, currency: order.currency };
  if (input.mayOpen !== undefined && !(await input.mayOpen(planned))) return { kind: "held", ...planned };

  const opened = await refundOpen(tx, {
    orderNumber,
    cause,
    amountMinor: plan.amountMinor,
    reason: input.reason,
    requestedBy: input.requestedBy,
    lines: plan.shares.map((share) => ({ ...share, amountMinor: toWire(share.amountMinor) })),
  });
  assert(opened.outcome === "opened", `refundOrder: ${opened.outcome} under the order's own lock`);
  const refundId = must(opened.refundId, "refundOpen: what is opened has an id");
  return { kind: "opened", refundId, ...planned };
}
