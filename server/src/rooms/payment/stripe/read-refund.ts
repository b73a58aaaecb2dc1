import type Stripe from "stripe";
import { fromWire } from "#kernel/money.ts";
import { assertNoTransaction } from "#platform/db/tx.ts";
import type { ProviderRefund } from "../provider.ts";
import { outcomeOfRefund } from "./provider.ts";
import { readNamed } from "./read-named.ts";

/**
 * A refund as Stripe has it now, whoever made it. Throws what `readNamed` throws; whoever asked asks again later.
 *
 * @see https://docs.stripe.com/api/refunds/object
 */
export async function readStripeRefund(stripe: Stripe, refundRef: string): Promise<ProviderRefund | null> {
  assertNoTransaction("payment provider");
  const refund = await readNamed(() => stripe.refunds.retrieve(refundRef));
  const intent = refund.payment_intent;
  // Of a charge that no intent made, which none of ours is.
  if (intent === null) return null;
  const { kind, failureCode } = outcomeOfRefund(refund);
  return {
    provider: "stripe",
    paymentRef: typeof intent === "string" ? intent : intent.id,
    refundRef: refund.id,
    amountMinor: fromWire(refund.amount),
    currency: refund.currency.toUpperCase(),
    status: kind === "succeeded" || kind === "failed" ? kind : "pending",
    failureCode,
    ownId: refund.metadata?.["refund_id"] ?? null,
    orderNumber: refund.metadata?.["order_number"] ?? null,
  };
}
