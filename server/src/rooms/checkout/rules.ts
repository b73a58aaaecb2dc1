import type { OnStoreFailure, PaymentState, SessionStatus } from "@muse/contracts/checkout";
import type { DepositRecord, OrderRecord } from "./record.ts";

/** How long a session holds prices and stock: long enough to fetch a card, short enough for the next shopper. */
export const sessionTtlS = 30 * 60;

/** How long the place call waits for the stores before it reports what still runs as pending (contract: 10 s). */
export const placeWaitMsMax = 10_000;

/** What can be paid in, and the least a card is charged with; `checkout.place_start_1` holds the same. */
export const payableCurrencies = [
  { currency: "USD", amountMinMinor: 50 },
  { currency: "KRW", amountMinMinor: 100 },
] as const;

/** The life of a session; the database's guard holds the same table. */
export const sessionTransitions: Readonly<Record<SessionStatus, readonly SessionStatus[]>> = {
  pending: ["processing", "expired", "cancelled"],
  // Back to pending: the card was declined or needs its owner, and the shopper tries again.
  processing: ["pending", "completed", "failed"],
  // A payment that succeeded too late, honoured.
  expired: ["processing"],
  completed: [],
  failed: [],
  cancelled: [],
};

export type PaymentFacts = {
  readonly status: "started" | "requires_action" | "unknown" | "succeeded" | "failed" | "canceled" | null;
  readonly isPaid: boolean;
  readonly latePayment: "honoured" | "refunded" | null;
  /** Where the payer is to send the money, while that is waited for. */
  readonly deposit: DepositRecord | null;
};

/** What the shopper is told of the payment. Anything that may still turn into a charge is never called unpaid. */
export function paymentState({ status, isPaid, latePayment, deposit }: PaymentFacts): PaymentState {
  if (latePayment === "refunded") return "refunded";
  if (isPaid || status === "succeeded") return "paid";
  switch (status) {
    case "started":
    case "unknown":
      return "checking";
    case "requires_action":
      return deposit === null ? "action_required" : "awaiting_deposit";
    case "failed":
      return "declined";
    case "canceled":
    case null:
      return "unpaid";
  }
}

/**
 * Whether nothing is left to wait for: the session is over, or each order has ended, is with its store, or is with a
 * person. Where one failure calls the others back, they are waited for too.
 */
export function isSettled({ status, onStoreFailure }: SettledBy, orders: readonly OrderRecord[]): boolean {
  if (status === "completed" || status === "failed") return true;
  if (onStoreFailure === "all_or_nothing" && orders.some((order) => order.status === "failed")) return false;
  return orders.every(
    ({ status, placement }) => status !== "pending" || placement === "manual" || placement === "unknown",
  );
}

type SettledBy = { readonly status: SessionStatus; readonly onStoreFailure: OnStoreFailure };

export type Step =
  | "waiting_for_payment"
  | "waiting"
  | "placing"
  | "checking"
  | "by_hand"
  | Exclude<OrderRecord["status"], "pending">;

/** The step an order is at, in words a page can show. */
export function stepOf({ status, paymentStatus, placement }: OrderRecord): Step {
  if (status !== "pending") return status;
  if (paymentStatus === "unpaid") return "waiting_for_payment";
  switch (placement) {
    case "running":
      return "placing";
    case "unknown":
      return "checking";
    case "manual":
      return "by_hand";
    default:
      return "waiting";
  }
}
