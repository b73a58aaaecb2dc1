import type { PlaceResult } from "@muse/contracts/checkout";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { isApiError } from "#web/api/error.ts";
import type { PaymentPress } from "./kept.ts";

export type Placing =
  | { readonly kind: "placed"; readonly result: PlaceResult }
  /** The bank wants to hear it from the card's owner. */
  | { readonly kind: "challenge"; readonly clientSecret: string }
  /** Decided, and nothing was charged: the form again, with the API's words. */
  | { readonly kind: "refused"; readonly code: string; readonly message: string; readonly declineCode: string | null }
  /** The session is over; nothing was charged by this call. */
  | { readonly kind: "over"; readonly code: string; readonly message: string };

export type PlaceInput = {
  readonly sessionId: string;
  /** The same for every repeat of this attempt. */
  readonly press: PaymentPress;
  readonly signal: AbortSignal;
  /** Nobody knows yet how it went: neither an error nor an invitation to pay again. */
  readonly onUnknown: () => void;
};

const waitMs = { first: 1_000, max: 8_000 };

/**
 * Pays and places, until there is a definite answer. Where there is none (no connection, a restart, too much to do) it
 * asks again with the same key, for as long as the page is there: Muse makes of all of them one payment.
 *
 * @throws AbortError once nobody wants to know any more
 */
export async function placeUntilKnown(input: PlaceInput): Promise<Placing> {
  return await untilKnown({ ...input, attempt: async () => await placeOnce(input) });
}

type Attempted = Pick<PlaceInput, "signal" | "onUnknown"> & { readonly attempt: () => Promise<PlaceResult> };

/** The same for any call that pays, however often it is made, once. */
export async function untilKnown(input: Attempted): Promise<Placing> {
  for (let pauseMs = waitMs.first; ; pauseMs = Math.min(pauseMs * 2, waitMs.max)) {
    try {
      return { kind: "placed", result: await input.attempt() };
    } catch (error) {
      input.signal.throwIfAborted();
      const definite = meaningOf(error);
      if (definite !== null) return definite;
      input.onUnknown();
      const askedToWaitS = isApiError(error) ? error.failure.retryAfterS : undefined;
      await pause(askedToWaitS === undefined ? pauseMs : askedToWaitS * 1_000, input.signal);
    }
  }
}

async function placeOnce({ sessionId, press: { key, totalCents }, signal }: PlaceInput): Promise<PlaceResult> {
  return await call(
    api.POST("/api/v1/checkout/sessions/{sessionId}/place", {
      params: { path: { sessionId }, header: { "Idempotency-Key": key } },
      body: { totalCents },
      signal,
    }),
  );
}

/** Answers that will be the same however often it is asked. */
const refusals: ReadonlySet<string> = new Set([
  "payment_declined",
  "payment_method_invalid",
  "payment_method_required",
  "payment_provider_unavailable",
  "shipping_address_required",
  "shipping_option_required",
  "price_changed",
  "payment_amount_mismatch",
  "currency_not_supported",
  "amount_too_small",
  // The form says which, and what can be done about it.
  "already_purchased",
  "self_purchase",
  "product_unavailable",
  "out_of_stock",
  "rate_limited",
]);

function meaningOf(error: unknown): Placing | null {
  if (!isApiError(error)) return null;
  const { code, message, details, status } = error.failure;
  const text = (value: unknown): string | null => (typeof value === "string" ? value : null);
  if (code === "payment_action_required") {
    const clientSecret = text(details?.["clientSecret"]);
    if (clientSecret !== null) return { kind: "challenge", clientSecret };
  }
  if (refusals.has(code)) return { kind: "refused", code, message, declineCode: text(details?.["declineCode"]) };
  const isUnknown =
    status === 0 || status >= 500 || code === "idempotency_in_progress" || code === "payment_in_progress";
  return isUnknown ? null : { kind: "over", code, message };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((settle, reject) => {
    const done = (): void => {
      clearTimeout(timer);
      window.removeEventListener("online", done);
      signal.removeEventListener("abort", done);
      if (!signal.aborted) settle();
      else reject(signal.reason instanceof Error ? signal.reason : new DOMException("aborted", "AbortError"));
    };
    const timer = setTimeout(done, ms);
    // A connection that is back need not be waited for any longer.
    window.addEventListener("online", done);
    signal.addEventListener("abort", done);
  });
}
