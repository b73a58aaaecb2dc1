import type { Session, SessionEvent } from "@muse/contracts/checkout";

type EventOrder = SessionEvent["orders"][number];
export type LiveStep = EventOrder["step"];

/** A store's order as it is shown while things happen to it. */
export type LiveOrder = Pick<EventOrder, "orderId" | "storeName" | "storeOrderNumber" | "message" | "status" | "step">;

/** Nothing more will happen to it within the next minutes. */
export function isAtRest({ step }: LiveOrder): boolean {
  return !["waiting_for_payment", "waiting", "placing", "checking"].includes(step);
}

/** An order as it was read, where no event has told its step. */
export function withStep(order: Session["orders"][number]): LiveOrder {
  return { ...order, step: order.status === "pending" ? "placing" : order.status };
}
