import type { Order } from "@muse/contracts/order";
import { isUnpaid } from "./status-tones.ts";

/** The words of a moment are under `orders.detail.happened`. */
export type Happened =
  | { readonly kind: "ordered" | "orderedUnpaid"; readonly at: string; readonly total: string }
  | {
      readonly kind:
        | "placed"
        | "confirmed"
        | "shipped"
        | "delivered"
        | "ready"
        | "failed"
        | "cancelled"
        | "cancelAsked"
        | "cancelRefused"
        | "refundAsked";
      readonly at: string;
    }
  | { readonly kind: "refundBegun" | "refundDone"; readonly at: string; readonly amount: string };

/** What is still to come of an order that goes well, nearest first. */
type ToCome = "paid" | "placed" | "shipped" | "delivered";

type Told = Pick<
  Order,
  | "orderedAt"
  | "totalDisplay"
  | "statusHistory"
  | "cancellation"
  | "refundRequest"
  | "refunds"
  | "status"
  | "kind"
  | "paymentStatus"
>;

/** Everything that happened to an order and its money, oldest first. */
export function happenedTo(order: Told): readonly Happened[] {
  const { orderedAt, totalDisplay, statusHistory, cancellation, refundRequest, refunds } = order;
  const endedAt = statusHistory.find(({ to }) => to === "failed" || to === "cancelled")?.at;
  const all: Happened[] = [
    { kind: order.paymentStatus === "unpaid" ? "orderedUnpaid" : "ordered", at: orderedAt, total: totalDisplay },
    ...statusHistory.flatMap(({ to, at }) => momentOf(to, at, order.kind)),
    ...(cancellation === null ? [] : asked(cancellation, order.status)),
    ...(refundRequest === null ? [] : [{ kind: "refundAsked" as const, at: refundRequest.createdAt }]),
    ...refunds.flatMap(({ amountDisplay: amount, createdAt, succeededAt }): Happened[] => [
      { kind: "refundBegun", at: notBefore(endedAt, createdAt), amount },
      ...(succeededAt === null ? [] : [{ kind: "refundDone" as const, at: succeededAt, amount }]),
    ]),
  ];
  // Sorting keeps the order of what happened at once, which is the order of causes above.
  return all.sort((one, other) => Date.parse(one.at) - Date.parse(other.at));
}

/** An order's end opens its refund in the same commit, and is noted some milliseconds after it. */
const sameCommitMs = 1_000;

function notBefore(endedAt: string | undefined, at: string): string {
  const aheadMs = endedAt === undefined ? 0 : Date.parse(endedAt) - Date.parse(at);
  return endedAt !== undefined && aheadMs > 0 && aheadMs < sameCommitMs ? endedAt : at;
}

/** Of a file nobody has to be told anything, and nothing is sent: it is there. */
function momentOf(to: Order["status"], at: string, kind: Order["kind"]): Happened[] {
  if (to === "pending") return [];
  if (kind === "physical" || to === "failed" || to === "cancelled") return [{ kind: to, at }];
  return to === "delivered" ? [{ kind: "ready", at }] : [];
}

/** A cancellation that was done at once is told by the status alone. */
function asked({ requestedAt, refusedAt }: NonNullable<Order["cancellation"]>, status: Order["status"]): Happened[] {
  if (refusedAt === null && status === "cancelled") return [];
  return [
    { kind: "cancelAsked", at: requestedAt },
    ...(refusedAt === null ? [] : [{ kind: "cancelRefused" as const, at: refusedAt }]),
  ];
}

const stillToCome: Readonly<Record<Order["status"], readonly ToCome[]>> = {
  pending: ["placed", "shipped", "delivered"],
  placed: ["shipped", "delivered"],
  confirmed: ["shipped", "delivered"],
  shipped: ["delivered"],
  delivered: [],
  failed: [],
  cancelled: [],
};

export function toCome(order: Pick<Order, "status" | "kind" | "paymentStatus">): readonly ToCome[] {
  const { status, kind } = order;
  const steps = stillToCome[status].filter((step) => kind === "physical" || step !== "shipped");
  return isUnpaid(order) ? ["paid", ...steps] : steps;
}
