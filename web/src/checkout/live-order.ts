import type { SessionOrder } from "@muse/contracts/checkout";

export type LiveStep = SessionOrder["step"];

/** A store's order as it is shown while things happen to it. */
export type LiveOrder = Pick<
  SessionOrder,
  "orderId" | "storeId" | "storeName" | "storeOrderNumber" | "message" | "status" | "step" | "refund"
>;

/** Nothing more will happen to it within the next minutes. */
export function isAtRest({ step }: LiveOrder): boolean {
  return !["waiting_for_payment", "waiting", "placing", "checking"].includes(step);
}
