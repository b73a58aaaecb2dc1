import type { OrderStatus } from "@muse/contracts/order";
import type { StatusTone } from "#web/ui/status.tsx";

export const orderTones = {
  pending: "busy",
  placed: "good",
  confirmed: "good",
  shipped: "busy",
  delivered: "good",
  failed: "bad",
  cancelled: "neutral",
} as const satisfies Record<OrderStatus, StatusTone>;
