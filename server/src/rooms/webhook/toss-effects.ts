import type { EventOutcome } from "./process-event.ts";
import type { EventTakeRow } from "./webhook.sql.gen.ts";

export type TossEffectsDeps = {
  /** Whose payment an order of ours at Toss is of (the payment room's door). */
  readonly orderOf: (orderId: string) => Promise<{ readonly sessionId: string } | null>;
  /** Reads the payment from Toss and records what became of it (the checkout room's door). */
  readonly reconcileOrder: (sessionId: string) => Promise<string>;
};

/** What an event of Toss does here: the payment is read anew, and only that counts. */
export function tossEffects(deps: TossEffectsDeps): (event: EventTakeRow) => Promise<EventOutcome> {
  return async ({ objectRef }) => {
    const order = objectRef === null ? null : await deps.orderOf(objectRef);
    if (order === null) return "not_ours";
    const settled = await deps.reconcileOrder(order.sessionId);
    // Its window was opened and its payer went away: there is nothing to charge.
    return settled === "unknown_payment" ? "ignored" : settled;
  };
}
