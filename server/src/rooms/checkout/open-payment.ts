import type { Language } from "@muse/contracts/error";
import { must } from "#kernel/assert.ts";
import { newId } from "#kernel/ids.ts";
import { tx, type Tx } from "#platform/db/tx.ts";
import { confirmedByClient, tossOrderOpen } from "#rooms/payment";
import { ordersOpen } from "./checkout.sql.gen.ts";
import { placeSession, type Placed, type PlaceDeps, type PlaceRefusal } from "./place-session.ts";
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
  /** `tossOrderId`: what Toss's window is opened with; null where the browser confirms an intent of Stripe's. */
  | { readonly kind: "open"; readonly sessionId: string; readonly tossOrderId: string | null }
  | { readonly kind: "not_started"; readonly why: Exclude<StartedSession, { kind: "started" | "existing" }> }
  | { readonly kind: "not_placed"; readonly why: Exclude<Placed, { kind: "placing" }> };

/**
 * Freezes these products, makes their orders, and opens a payment that the shopper's browser confirms. The same
 * products again give the same session and, while it is open, the same payment. In won the payment is begun by who
 * comes back from Toss's window: until then it is an order at Toss, of which each asking opens another.
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
  const { sessionId, currency } = started.state.session;
  await beforePayment(sessionId);
  if (currency === "KRW") return await openAtToss(deps, { sessionId, accountId, claimKey });
  // One whose payment is in the air keeps its method: its outcome is waited for below.
  await payWith(deps.db, { sessionId, accountId, paymentMethodId: confirmedByClient, onStoreFailure: null });
  const placed = await placeSession(deps, { sessionId, accountId, claimKey });
  switch (placed.kind) {
    case "action_required":
    case "placing":
      return { kind: "open", sessionId, tossOrderId: null };
    default:
      return { kind: "not_placed", why: placed };
  }
}

type AtToss = Pick<OpenInput, "accountId" | "claimKey"> & { readonly sessionId: string };

/** The orders and what is on the button, in one commit: nothing is asked of Toss. */
async function openAtToss({ db }: PlaceDeps, { claimKey, ...of }: AtToss): Promise<OpenedPayment> {
  const tossOrderId = newId("to");
  return await tx(db, "checkout.open_at_toss", async (open) => {
    await claimKey?.(open);
    const { outcome, amountMinor } = await ordersOpen(open, of);
    if (outcome !== "opened") return { kind: "not_placed", why: { kind: outcome as PlaceRefusal } };
    const kept = must(amountMinor, "a session has a total");
    await tossOrderOpen(open, { orderId: tossOrderId, sessionId: of.sessionId, amountMinor: kept });
    return { kind: "open", sessionId: of.sessionId, tossOrderId };
  });
}
