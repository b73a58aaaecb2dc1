import type { Language } from "@muse/contracts/error";
import type { Tx } from "#platform/db/tx.ts";
import { confirmedByClient } from "#rooms/payment";
import { placeSession, type Placed, type PlaceDeps } from "./place-session.ts";
import { payWith, startSession, type StartedSession } from "./session-commands.ts";

export type OpenInput = {
  readonly accountId: string;
  /** Digital products; none is a cart that is empty. */
  readonly productIds: readonly string[];
  readonly locale: Language;
  /** Holds the caller's Idempotency-Key in the transaction that writes the intent to charge. */
  readonly claimKey: ((open: Tx) => Promise<void>) | null;
};

export type OpenedPayment =
  | { readonly kind: "open"; readonly sessionId: string }
  | { readonly kind: "not_started"; readonly why: Exclude<StartedSession, { kind: "started" | "existing" }> }
  | { readonly kind: "not_placed"; readonly why: Exclude<Placed, { kind: "placing" }> };

/**
 * Freezes these products, makes their orders, and opens a payment that the shopper's browser confirms. The same
 * products again give the same session and, while it is open, the same payment.
 *
 * @param beforePayment runs once the session is there and before anything is sent to the provider
 */
export async function openPayment(
  deps: PlaceDeps,
  { accountId, productIds, locale, claimKey }: OpenInput,
  beforePayment: (sessionId: string) => Promise<void>,
): Promise<OpenedPayment> {
  const started = await startSession(deps.db, { accountId, productIds, locale });
  if (!("state" in started)) return { kind: "not_started", why: started };
  const { sessionId } = started.state.session;
  await beforePayment(sessionId);
  // One whose payment is in the air keeps its method: its outcome is waited for below.
  await payWith(deps.db, { sessionId, accountId, paymentMethodId: confirmedByClient, onStoreFailure: null });
  const placed = await placeSession(deps, { sessionId, accountId, claimKey });
  switch (placed.kind) {
    case "action_required":
    case "placing":
      return { kind: "open", sessionId };
    default:
      return { kind: "not_placed", why: placed };
  }
}
