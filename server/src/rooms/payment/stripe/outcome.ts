import Stripe from "stripe";
import type { ChargeOutcome } from "../provider.ts";

/**
 * What an intent's state means for us. Any state that is not proof of the one or the other is `processing`: asked
 * again.
 * @see https://docs.stripe.com/payments/paymentintents/lifecycle
 */
export function outcomeOfIntent(intent: Stripe.PaymentIntent): ChargeOutcome {
  switch (intent.status) {
    case "succeeded":
      return {
        kind: "succeeded",
        providerRef: intent.id,
        amountMinor: BigInt(intent.amount_received),
        currency: intent.currency.toUpperCase(),
        ...(isGivenBack(intent) ? { isGivenBack: true } : {}),
      };
    case "requires_action":
      return atOwner(intent);
    case "requires_payment_method":
      // Nobody has tried yet: its owner confirms it in the provider's own form.
      if ((intent.last_payment_error ?? null) === null) return atOwner(intent);
      return declined(intent.id, intent.last_payment_error ?? {});
    case "canceled":
      return { kind: "canceled", providerRef: intent.id };
    default:
      return { kind: "processing", providerRef: intent.id };
  }
}

/** Only where the charge was asked for along with its intent; otherwise nothing is known of it. */
function isGivenBack({ latest_charge: charge }: Stripe.PaymentIntent): boolean {
  return typeof charge === "object" && charge !== null && charge.refunded;
}

function atOwner(intent: Stripe.PaymentIntent): ChargeOutcome {
  return {
    kind: "requires_action",
    providerRef: intent.id,
    clientSecret: intent.client_secret ?? "",
    actionUrl: intent.next_action?.redirect_to_url?.url ?? null,
  };
}

type Refusal = { readonly code?: string | undefined; readonly decline_code?: string | undefined };

function declined(providerRef: string | null, { code, decline_code: declineCode }: Refusal): ChargeOutcome {
  return { kind: "declined", providerRef, code: code ?? "card_declined", declineCode: declineCode ?? null };
}

/**
 * What a failed call means. Only an answer that says so proves that nothing happened: a refused card or request, a
 * wrong key. No answer, a conflict, and any 5xx, is `unknown` (the provider stores even those under the key), and
 * so is 429: the SDK may have sent the call once before, on a connection that was closed after the provider had
 * acted.
 */
export function outcomeOfError(error: unknown): ChargeOutcome {
  const { errors } = Stripe;
  if (!(error instanceof errors.StripeError)) throw error;
  // Another call under the same key is still being worked: what becomes of it is not known yet.
  if (error.statusCode === 409) return { kind: "unknown", detail: "in progress" };
  const intent = intentOf(error);
  // The intent moved on without us (another tab, an older answer): its own state is the truth.
  if (intent !== null && error.code === "payment_intent_unexpected_state") return outcomeOfIntent(intent);
  if (error instanceof errors.StripeCardError || error instanceof errors.StripeInvalidRequestError) {
    return declined(intent?.id ?? null, error);
  }
  if (error instanceof errors.StripeAuthenticationError || error instanceof errors.StripePermissionError) {
    return { kind: "not_sent", code: "credentials" };
  }
  return { kind: "unknown", detail: `${error.type} ${error.statusCode ?? "without an answer"}` };
}

function intentOf(error: Stripe.errors.StripeError): Stripe.PaymentIntent | null {
  const { raw } = error;
  if (typeof raw !== "object" || raw === null || !("payment_intent" in raw)) return null;
  const { payment_intent: intent } = raw as { payment_intent?: Stripe.PaymentIntent };
  return intent ?? null;
}
