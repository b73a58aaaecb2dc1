import type Stripe from "stripe";
import type { RefundAnswer, StripeNews } from "#rooms/payment";
import { newsOf, outcomeOfRefund, StripeAbsentError } from "#rooms/payment";
import type { EventOutcome } from "./process-event.ts";
import type { EventTakeRow } from "./webhook.sql.gen.ts";

export type StripeEffectsDeps = {
  /** Asks Stripe what became of an intent and records it (the checkout room's door). */
  readonly reconcileIntent: (named: {
    providerRef: string;
    paymentId: string | null;
    orderNumber: string | null;
  }) => Promise<string>;
  /** Whether a refund that names one of ours is in our books (the payment room's door). */
  readonly isRefundKnown: (refundId: string) => Promise<boolean>;
  /** Records what Stripe says of a refund of ours (the order room's door). */
  readonly settleRefund: (refundId: string, outcome: RefundAnswer) => Promise<void>;
  /** Asks Stripe how a refund stands that somebody made there, and records it (the order room's door). */
  readonly noteRefund: (refundRef: string) => Promise<string>;
  /** Asks Stripe how a dispute stands and records it (the payment room's door). */
  readonly noteDispute: (disputeId: string) => Promise<string>;
};

/**
 * An intent of ours is written before Stripe hears of it, so one unknown after so many tries (over hours) is not
 * ours.
 */
const strangerAfterTries = 12;

/**
 * What a Stripe event does here. Its content is only a hint for payments: the intent is read anew (order means
 * nothing).
 */
export function stripeEffects(deps: StripeEffectsDeps): (event: EventTakeRow) => Promise<EventOutcome> {
  return async (stored) => {
    try {
      return await effectOf(deps, stored);
    } catch (error) {
      // What is not there for our keys after hours was never ours: a signed event of another program on this account.
      if (error instanceof StripeAbsentError && stored.tries > strangerAfterTries) return "not_ours";
      throw error;
    }
  };
}

async function effectOf(deps: StripeEffectsDeps, { payload, tries }: EventTakeRow): Promise<EventOutcome> {
  const news: StripeNews = newsOf(payload as Stripe.Event);
  switch (news.kind) {
    case "intent": {
      const settled = await deps.reconcileIntent(news);
      if (settled !== "unknown_payment") return settled;
      return tries > strangerAfterTries ? "not_ours" : null;
    }
    case "refund":
      // Ours are in our books before Stripe hears of them. One that is not was made after the moment that they were
      // restored to, and would be made once more: it counts as given back past us.
      if (!(await deps.isRefundKnown(news.refundId))) {
        return outcomeOfNoted(await deps.noteRefund(news.refund.id), tries);
      }
      await deps.settleRefund(news.refundId, outcomeOfRefund(news.refund));
      return "refund";
    case "provider_refund":
      return outcomeOfNoted(await deps.noteRefund(news.refundRef), tries);
    case "dispute": {
      const noted = await deps.noteDispute(news.disputeId);
      if (noted === "not_ours") return noted;
      if (noted !== "unknown_payment") return `dispute_${noted}`;
      // A charge may be disputed before we have heard that it was made.
      return tries > strangerAfterTries ? "not_ours" : null;
    }
    case "other":
      return "ignored";
  }
}

/** Heard before its payment, or while a refund of ours is in the air, it is worked again. */
function outcomeOfNoted(noted: string, tries: number): EventOutcome {
  if (noted === "not_ours") return noted;
  const isEarly = noted === "unknown_payment" || noted === "above_rest";
  return isEarly && tries <= strangerAfterTries ? null : `refund_${noted}`;
}
