import type { EventOutcome } from "./process-event.ts";
import type { EventTakeRow } from "./webhook.sql.gen.ts";

export type TossEffectsDeps = {
  /** Whose payment an order of ours at Toss is of (the payment room's door). */
  readonly orderOf: (orderId: string) => Promise<{ readonly sessionId: string } | null>;
  /** Reads the payment from Toss and records what became of it (the checkout room's door). */
  readonly reconcileOrder: (sessionId: string) => Promise<string>;
  /** Reads what went back of a payment and records what we did not ask for (the order room's door). */
  readonly noteRefunds: (sessionId: string) => Promise<readonly string[]>;
};

/** A refund of ours in the air is settled within minutes; what does not fit after so many tries is for people. */
const tooMuchAfterTries = 12;

/** What an event of Toss does here: the payment is read anew, and only that counts. */
export function tossEffects(deps: TossEffectsDeps): (event: EventTakeRow) => Promise<EventOutcome> {
  return async ({ objectRef, tries }) => {
    const order = objectRef === null ? null : await deps.orderOf(objectRef);
    if (order === null) return "not_ours";
    const settled = await deps.reconcileOrder(order.sessionId);
    // One that tells of a cancel may be the first that we hear of the payment at all.
    if (settled === "already" || settled === "paid") {
      const noted = await deps.noteRefunds(order.sessionId);
      if (noted.includes("above_rest")) return tries > tooMuchAfterTries ? "refund_above_rest" : null;
      if (noted.includes("noted")) return "refund_noted";
    }
    // Its window was opened and its payer went away: there is nothing to charge.
    return settled === "unknown_payment" ? "ignored" : settled;
  };
}
