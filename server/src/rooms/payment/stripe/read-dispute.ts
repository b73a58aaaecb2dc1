import type Stripe from "stripe";
import { fromWire } from "#kernel/money.ts";
import { assertNoTransaction } from "#platform/db/tx.ts";
import type { DisputeBooks, ProviderDispute } from "../dispute.ts";
import { readNamed } from "./read-named.ts";

/**
 * A dispute as Stripe has it now. Its events come in any order, so none of them is believed: the object is read.
 * Null: of a charge that is none of ours. Throws what `readNamed` throws; the event is then worked again.
 *
 * @see https://docs.stripe.com/api/disputes/object
 */
export async function readStripeDispute(stripe: Stripe, disputeId: string): Promise<ProviderDispute | null> {
  assertNoTransaction("payment provider");
  return presentDispute(await readNamed(() => stripe.disputes.retrieve(disputeId)));
}

/** Where disputes are looked up, by their own id or by the intent that was charged. Both throw what the SDK throws. */
export function stripeDisputes(stripe: Stripe): DisputeBooks {
  return {
    read: async (disputeId) => await readStripeDispute(stripe, disputeId),
    find: async (intentId) => {
      assertNoTransaction("payment provider");
      // There is one, as a rule.
      const { data } = await stripe.disputes.list({ payment_intent: intentId, limit: 100 });
      return data.map(presentDispute).filter((dispute) => dispute !== null);
    },
  };
}

/** A dispute of Stripe's as ours; null where no intent made its charge, as one makes each of ours. */
export function presentDispute(dispute: Stripe.Dispute): ProviderDispute | null {
  const { payment_intent: intent, balance_transactions: movements, evidence_details: details } = dispute;
  if (intent === null) return null;
  const moved = movements.reduce((sum, { amount }) => sum + fromWire(amount), 0n);
  return {
    disputeId: dispute.id,
    providerRef: typeof intent === "string" ? intent : intent.id,
    amountMinor: fromWire(dispute.amount),
    currency: dispute.currency.toUpperCase(),
    reason: dispute.reason,
    status: statuses[dispute.status] ?? "under_review",
    withdrawnMinor: moved < 0n ? -moved : 0n,
    movementCount: movements.length,
    evidenceDueAt: typeof details.due_by === "number" ? new Date(details.due_by * 1000) : null,
    openedAt: new Date(dispute.created * 1000),
    isAppeal: appeals.has(dispute.status),
  };
}

/** Others wait for somebody else's word: `under_review`, and whatever Stripe may come to know. */
const statuses: Readonly<Record<string, ProviderDispute["status"]>> = {
  warning_needs_response: "inquiry",
  warning_under_review: "inquiry",
  warning_closed: "inquiry_closed",
  // Settled with the shopper before the bank took anything.
  prevented: "inquiry_closed",
  needs_response: "needs_response",
  appeal_needs_response: "needs_response",
  appeal_under_review: "under_review",
  won: "won",
  lost: "lost",
};

/** These and no others, whatever Stripe may come to know: a word that nobody has read about opens nothing again. */
const appeals: ReadonlySet<string> = new Set(["appeal_needs_response", "appeal_under_review"]);
