import type { Order, OrderStatus, PaymentStatus } from "@muse/contracts/order";

/** The life of an order; the database's guard holds the same table (O5). */
export const orderTransitions: Readonly<Record<OrderStatus, readonly OrderStatus[]>> = {
  pending: ["placed", "failed", "cancelled"],
  placed: ["confirmed", "shipped", "cancelled"],
  confirmed: ["shipped", "cancelled"],
  shipped: ["delivered", "cancelled"],
  delivered: [],
  failed: [],
  cancelled: [],
};

/** Money comes and goes back; it never returns by forgetting a refund. */
export const paymentTransitions: Readonly<Record<PaymentStatus, readonly PaymentStatus[]>> = {
  unpaid: ["paid"],
  paid: ["partially_refunded", "refunded"],
  partially_refunded: ["refunded"],
  refunded: [],
};

type Standing = { readonly status: OrderStatus; readonly paymentStatus: PaymentStatus };

/** Whether a shopper may still ask to have an order back. After the store has sent it, it is a return. */
export function isCancellable({ status, paymentStatus }: Standing, cancelRefusedAt: Date | null): boolean {
  if (paymentStatus === "unpaid" || cancelRefusedAt !== null) return false;
  return status === "pending" || status === "placed" || status === "confirmed";
}

/**
 * Why an order cannot be cancelled (any more), or null when it can. Before it is paid it is its checkout that is left.
 */
export function noCancelReason(
  { status, paymentStatus }: Standing,
  { requestedAt, refusedAt }: { readonly requestedAt: Date | null; readonly refusedAt: Date | null },
): Order["cancelling"]["why"] {
  if (status === "pending" && paymentStatus === "unpaid") return "not_paid";
  if (status === "failed" || status === "cancelled") return "ended";
  if (status === "shipped" || status === "delivered") return status;
  if (refusedAt !== null) return "refused_by_store";
  return requestedAt === null ? null : "requested";
}

/** Why no refund can be asked for, or null when one can: what `orders.refund_request_open_1` would say. */
export function noRefundReason(
  { status, paymentStatus }: Standing,
  { leftMinor, hasOpenRequest }: { readonly leftMinor: bigint; readonly hasOpenRequest: boolean },
): Order["refundRequesting"]["why"] {
  if (paymentStatus === "unpaid") return "not_paid";
  if (hasOpenRequest) return "requested";
  if (leftMinor === 0n) return "nothing_left";
  if (status === "pending") return "not_placed";
  return status === "failed" || status === "cancelled" ? "ended" : null;
}

/**
 * A refund without an answer is not asked for again by machine after so long: providers forget idempotency keys (Stripe
 * after 24 hours), and from then on asking again could pay out twice. A person looks at the provider instead.
 */
export const refundAskMsMax = 20 * 3_600_000;

/**
 * When to ask again how a refund stands, in seconds, after `tries` times: soon at first, then ever slower, up to an
 * hour.
 */
export function refundTryAfterS(tries: number): number {
  return Math.min(3_600, 5 * 2 ** Math.min(tries, 10));
}
