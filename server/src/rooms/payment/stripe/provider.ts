import Stripe from "stripe";
import { assertNoTransaction } from "#platform/db/tx.ts";
import { toWire } from "#kernel/money.ts";
import {
  confirmedByClient,
  type ChargeOutcome,
  type ChargeRequest,
  type PaymentProvider,
  type RefundAnswer,
  type RefundOutcome,
  type RefundRequest,
} from "../provider.ts";
import { outcomeOfError, outcomeOfIntent } from "./outcome.ts";

/** Stripe as Muse uses it: one PaymentIntent a payment, confirmed on our server, reused after a decline. */
export function stripeProvider(stripe: Stripe): PaymentProvider {
  return {
    charge: (request) =>
      request.methodRef === confirmedByClient
        ? openForOwner(stripe, request)
        : asked(() => chargeOnce(stripe, request)),
    readIntent: (providerRef) => read(stripe, providerRef),
    findIntent: ({ paymentId, generation }) => findIntent(stripe, paymentId, generation),
    cancelIntent: (providerRef) => cancelOnce(stripe, providerRef),
    refund: (request) => refundOnce(stripe, request),
  };
}

async function asked(call: () => Promise<Stripe.PaymentIntent>): Promise<ChargeOutcome> {
  assertNoTransaction("payment provider");
  try {
    return outcomeOfIntent(await call());
  } catch (error) {
    return outcomeOfError(error);
  }
}

/** A read that is refused (an intent of other keys, say) proves nothing of what was to be read. */
async function read(stripe: Stripe, providerRef: string): Promise<ChargeOutcome> {
  const outcome = await asked(() => stripe.paymentIntents.retrieve(providerRef, { expand: ["latest_charge"] }));
  const isRefusal = outcome.kind === "declined" && outcome.providerRef === null;
  return isRefusal ? { kind: "unknown", detail: outcome.code } : outcome;
}

/**
 * The keys name our own rows, so a repeat after a crash finds the first call's answer instead of charging again
 * (C3).
 */
function chargeOnce(stripe: Stripe, request: ChargeRequest): Promise<Stripe.PaymentIntent> {
  const { paymentId, generation, attemptNumber, providerRef, methodRef, returnUrl } = request;
  const attempt = `${paymentId}:${generation}:${attemptNumber}`;
  if (providerRef !== null) {
    return stripe.paymentIntents.confirm(
      providerRef,
      { payment_method: methodRef, ...bankOptions(returnUrl) },
      { idempotencyKey: `muse:confirm:${attempt}` },
    );
  }
  return stripe.paymentIntents.create(
    {
      amount: toWire(request.amountMinor),
      currency: request.currency.toLowerCase(),
      payment_method: methodRef,
      confirm: true,
      automatic_payment_methods: { enabled: true },
      ...bankOptions(returnUrl),
      metadata: metadataOf(request),
    },
    { idempotencyKey: `muse:create:${attempt}` },
  );
}

/**
 * An intent that the shopper's browser confirms. One that was declined there may be confirmed again, so a decline is
 * no end of it: it waits for its owner as before.
 */
async function openForOwner(stripe: Stripe, request: ChargeRequest): Promise<ChargeOutcome> {
  const { paymentId, generation, attemptNumber, providerRef } = request;
  let clientSecret = "";
  const outcome = await asked(async () => {
    const intent =
      providerRef === null
        ? await stripe.paymentIntents.create(
            {
              amount: toWire(request.amountMinor),
              currency: request.currency.toLowerCase(),
              automatic_payment_methods: { enabled: true },
              metadata: metadataOf(request),
            },
            { idempotencyKey: `muse:create:${paymentId}:${generation}:${attemptNumber}` },
          )
        : await stripe.paymentIntents.retrieve(providerRef);
    clientSecret = intent.client_secret ?? "";
    return intent;
  });
  if (outcome.kind !== "declined" || outcome.providerRef === null) return outcome;
  return { kind: "requires_action", providerRef: outcome.providerRef, clientSecret, actionUrl: null };
}

function metadataOf({ sessionId, paymentId, generation }: ChargeRequest): Record<string, string> {
  return { checkout_session_id: sessionId, payment_id: paymentId, generation: String(generation) };
}

/**
 * A card's bank asks over the shop's page, from the client secret, so that Back, Reload and "pay otherwise" stay the
 * shop's; a method that has to leave the page comes back to the address.
 *
 * @see https://docs.stripe.com/api/payment_intents/create#create_payment_intent-use_stripe_sdk
 */
function bankOptions(returnUrl: string): { readonly return_url: string; readonly use_stripe_sdk: true } {
  return { return_url: returnUrl, use_stripe_sdk: true };
}

/**
 * Among all that was made for the payment's generation, the one that says most: what took money, then what still may.
 *
 * @see https://docs.stripe.com/search#data-freshness (an intent is findable within a minute)
 */
async function findIntent(
  stripe: Stripe,
  paymentId: string,
  generation: number,
): Promise<ChargeOutcome | { readonly kind: "absent" }> {
  assertNoTransaction("payment provider");
  try {
    const query = `metadata["payment_id"]:"${paymentId}" AND metadata["generation"]:"${generation}"`;
    const { data } = await stripe.paymentIntents.search({ query, limit: foundMax });
    const outcomes = data.map(outcomeOfIntent);
    return (
      outcomes.find(({ kind }) => kind === "succeeded") ??
      outcomes.find(({ kind }) => kind !== "declined" && kind !== "canceled") ??
      outcomes[0] ?? { kind: "absent" }
    );
  } catch (error) {
    // A search that is refused proves nothing of what was searched for.
    const { kind } = outcomeOfError(error);
    return { kind: "unknown", detail: `search ${kind}` };
  }
}

/** One intent a generation; a second, made by an attempt whose refusal named none, is as much as there can be. */
const foundMax = 10;

async function cancelOnce(stripe: Stripe, providerRef: string): Promise<ChargeOutcome> {
  const canceled = await asked(() =>
    stripe.paymentIntents.cancel(providerRef, {}, { idempotencyKey: `muse:cancel:${providerRef}` }),
  );
  // Refused because it has already succeeded or been canceled: then its state says which.
  return canceled.kind === "declined" ? await read(stripe, providerRef) : canceled;
}

async function refundOnce(stripe: Stripe, request: RefundRequest): Promise<RefundOutcome> {
  assertNoTransaction("payment provider");
  try {
    if (request.refundRef !== null) return outcomeOfRefund(await stripe.refunds.retrieve(request.refundRef));
    const order = request.orderNumber === null ? {} : { order_number: request.orderNumber };
    const refund = await stripe.refunds.create(
      {
        payment_intent: request.providerRef,
        amount: toWire(request.amountMinor),
        metadata: { refund_id: request.refundId, ...order },
      },
      { idempotencyKey: `muse:refund:${request.refundId}` },
    );
    return outcomeOfRefund(refund);
  } catch (error) {
    if (!(error instanceof Stripe.errors.StripeError)) throw error;
    const code = error.code ?? "request_refused";
    if (isOfCharge(error)) return { kind: "failed", providerRef: null, failureCode: code, retryAfterMs: null };
    return {
      kind: "unknown",
      providerRef: null,
      // People who look into it are told what was refused.
      failureCode: error instanceof Stripe.errors.StripeInvalidRequestError ? code : null,
      retryAfterMs: error.statusCode === 429 ? 2_000 : null,
    };
  }
}

/**
 * Whether a refusal speaks of the charge itself: that nothing can go back of it. Any other may come from keys of
 * another account or mode, and an earlier call may have acted whose answer nobody heard. Believed, it would free the
 * money to be refunded once more.
 *
 * @see https://docs.stripe.com/error-codes
 */
function isOfCharge(error: Stripe.errors.StripeError): boolean {
  if (error instanceof Stripe.errors.StripeCardError) return true;
  if (!(error instanceof Stripe.errors.StripeInvalidRequestError)) return false;
  // More than is left of it is told with no code of its own.
  return error.param === "amount" || (error.code !== undefined && chargeCodes.has(error.code));
}

const chargeCodes: ReadonlySet<string> = new Set([
  "amount_too_large",
  "amount_too_small",
  "charge_already_refunded",
  "charge_disputed",
  "charge_not_refundable",
  "refund_disputed_payment",
]);

/** @see https://docs.stripe.com/api/refunds/object#refund_object-status */
export function outcomeOfRefund(refund: Stripe.Refund): RefundAnswer {
  const answer = { providerRef: refund.id, failureCode: null, retryAfterMs: null };
  if (refund.status === "succeeded") return { ...answer, kind: "succeeded" };
  if (refund.status !== "failed" && refund.status !== "canceled") return { ...answer, kind: "pending" };
  return { ...answer, kind: "failed", failureCode: refund.failure_reason ?? refund.status };
}
