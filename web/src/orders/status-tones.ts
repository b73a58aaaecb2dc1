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

/** The word for how an order stands. A file has not been delivered anywhere: it is there. */
export function statusWord({ kind, status }: Pick<Order, "kind" | "status">) {
  return kind === "digital" && status === "delivered" ? "status.ready" : (`status.${status}` as const);
}
