import type { Order, OrderStatus } from "@muse/contracts/order";
import type { StatusTone } from "#web/ui/status.tsx";

export const statusTones = {
  pending: "busy",
  placed: "good",
  confirmed: "good",
  shipped: "busy",
  delivered: "good",
  failed: "bad",
  cancelled: "neutral",
} as const satisfies Record<OrderStatus, StatusTone>;

export const itemTones = {
  pending: "neutral",
  placed: "neutral",
  shipped: "busy",
  delivered: "good",
  failed: "bad",
  cancelled: "neutral",
} as const satisfies Record<Order["items"][number]["itemStatus"], StatusTone>;

export const parcelTones = {
  label_created: "neutral",
  in_transit: "busy",
  out_for_delivery: "busy",
  delivered: "good",
  exception: "warn",
} as const satisfies Record<Order["shipments"][number]["status"], StatusTone>;

/** Nothing is being placed before it is paid. */
export function isUnpaid({ status, paymentStatus }: Pick<Order, "status" | "paymentStatus">): boolean {
  return status === "pending" && paymentStatus === "unpaid";
}

/** The word for how an order stands. A file has not been delivered anywhere: it is there. */
export function statusWord(order: Pick<Order, "kind" | "status" | "paymentStatus">) {
  const { kind, status } = order;
  if (isUnpaid(order)) return "status.unpaid";
  return kind === "digital" && status === "delivered" ? "status.ready" : (`status.${status}` as const);
}
