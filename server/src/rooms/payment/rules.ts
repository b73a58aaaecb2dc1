/** The life of a payment, of one attempt at it and of a refund; the database's guards hold the same tables. */

export const paymentStatuses = ["started", "requires_action", "unknown", "succeeded", "failed", "canceled"] as const;
export type PaymentStatus = (typeof paymentStatuses)[number];

export const paymentTransitions: Readonly<Record<PaymentStatus, readonly PaymentStatus[]>> = {
  started: ["requires_action", "unknown", "succeeded", "failed", "canceled"],
  requires_action: ["started", "unknown", "succeeded", "failed", "canceled"],
  unknown: ["requires_action", "succeeded", "failed", "canceled"],
  failed: ["started", "succeeded", "canceled"],
  // Money that moved comes back as a refund, never by forgetting it.
  succeeded: [],
  canceled: [],
};

export const attemptStatuses = ["started", "requires_action", "unknown", "succeeded", "failed"] as const;
export type AttemptStatus = (typeof attemptStatuses)[number];

export const attemptTransitions: Readonly<Record<AttemptStatus, readonly AttemptStatus[]>> = {
  started: ["requires_action", "unknown", "succeeded", "failed"],
  requires_action: ["unknown", "succeeded", "failed"],
  unknown: ["requires_action", "succeeded", "failed"],
  // The card's owner may confirm the same intent once more in the provider's own form.
  failed: ["succeeded"],
  succeeded: [],
};

export const refundStatuses = ["created", "account_needed", "unknown", "pending", "succeeded", "failed"] as const;
export type RefundStatus = (typeof refundStatuses)[number];

export const refundTransitions: Readonly<Record<RefundStatus, readonly RefundStatus[]>> = {
  created: ["account_needed", "unknown", "pending", "succeeded", "failed"],
  // Given; or the money went back at the provider itself, past Muse.
  account_needed: ["created", "succeeded"],
  unknown: ["account_needed", "pending", "succeeded", "failed"],
  pending: ["succeeded", "failed"],
  // A provider can take a success back days later.
  succeeded: ["failed"],
  failed: [],
};

/**
 * How long an attempt may be `started` before it is taken for abandoned and the provider is asked. Longer than the
 * provider call's own deadline, so that nobody asks while the first is still waiting.
 */
export const attemptAbandonedAfterMs = 15_000;

/** The deadline of one call to a payment provider. A slow bank takes seconds; a shopper does not wait for more. */
export const providerTimeoutMs = 10_000;

/**
 * How long after the button was pressed the same call may be sent again to learn its answer. Later it might be the
 * first that arrives, and charge a shopper who has long gone; later still the provider has forgotten its key (24
 * h, M1).
 */
export const chargeAgainWithinS = 180;

/**
 * From when on an intent that the provider's search does not find was never made: two minutes after the last call
 * that could have made it.
 * @see https://docs.stripe.com/search#data-freshness (an intent is findable within a minute)
 */
export const absentProvedAfterS = 300;

/**
 * How long to wait before the provider is asked again what became of a payment whose newest attempt is `ageSeconds`
 * old, after it has been asked `checks` times. Quick at first, because a shopper is watching; then ever slower, up to
 * ten minutes, for as long as it takes. But never past the moment from which an absence is proof: it frees the
 * shopper to pay with another card.
 */
export function checkAgainMs({ checks, ageSeconds }: { readonly checks: number; readonly ageSeconds: number }): number {
  const backoffMs = Math.min(600_000, 500 * 2 ** Math.min(checks, 11));
  // A second more, as ages are whole seconds.
  return ageSeconds < absentProvedAfterS
    ? Math.min(backoffMs, (absentProvedAfterS - ageSeconds + 1) * 1_000)
    : backoffMs;
}
