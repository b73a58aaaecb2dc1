import Stripe from "stripe";

/** What an event tells us, as far as Muse acts on it. Everything else is kept and needs nothing. */
export type StripeNews =
  | {
      readonly kind: "intent";
      readonly providerRef: string;
      readonly paymentId: string | null;
      /** The one order that an intent of the marketplace's older way is for. */
      readonly orderNumber: string | null;
    }
  | { readonly kind: "refund"; readonly refundId: string; readonly refund: Stripe.Refund }
  /** Of a refund that does not say it is ours: somebody made it in Stripe's dashboard. */
  | { readonly kind: "provider_refund"; readonly refundRef: string }
  | { readonly kind: "dispute"; readonly disputeId: string }
  | { readonly kind: "other" };

/** How far a signature's clock may be off (Stripe's own default). Never 0: the SDK takes that for "do not check". */
const toleranceS = 300;

/**
 * Checks the signature over the raw bytes and reads the event. Null when it is forged, stale or no event at all.
 * @see https://docs.stripe.com/webhooks#verify-manually
 */
export function readSignedEvent(stripe: Stripe, raw: Buffer, signature: string, secret: string): Stripe.Event | null {
  // The SDK fails with an error that is not its own where the header has no time at all.
  if (!/(?:^|,)\s*t=\d/.test(signature)) return null;
  try {
    const event = stripe.webhooks.constructEvent(raw, signature, secret, toleranceS);
    return isEvent(event) ? event : null;
  } catch (error) {
    if (error instanceof Stripe.errors.StripeSignatureVerificationError || error instanceof SyntaxError) return null;
    throw error;
  }
}

/** What is signed is Stripe's, but the SDK looks no further than that it is JSON. */
function isEvent(event: unknown): boolean {
  if (typeof event !== "object" || event === null || !("data" in event)) return false;
  const { id, type, data } = event as { id?: unknown; type?: unknown; data: { object?: unknown } | null };
  return typeof id === "string" && typeof type === "string" && typeof data?.object === "object" && data.object !== null;
}

export function newsOf(event: Stripe.Event): StripeNews {
  const { object } = event.data;
  if (!("object" in object)) return { kind: "other" };
  if (object.object === "payment_intent") {
    const { payment_id: paymentId = null, orderId: orderNumber = null } = object.metadata;
    return { kind: "intent", providerRef: object.id, paymentId, orderNumber };
  }
  if (object.object === "refund") {
    const refundId = object.metadata?.["refund_id"];
    return refundId === undefined
      ? { kind: "provider_refund", refundRef: object.id }
      : { kind: "refund", refundId, refund: object };
  }
  if (object.object === "dispute") return { kind: "dispute", disputeId: object.id };
  return { kind: "other" };
}
