import type { Tx } from "#platform/db/tx.ts";
import { tossMethodRef, tossOrderMismatch } from "#rooms/payment";
import { tossOrderRead } from "./checkout.sql.gen.ts";
import { placeSession, type Placed, type PlaceDeps } from "./place-session.ts";
import { payWith } from "./session-commands.ts";

export type ConfirmTossOrder = {
  readonly accountId: string;
  /** All three as Toss's redirect says them: anybody may have written them. */
  readonly orderId: string;
  readonly paymentKey: string;
  readonly amountMinor: bigint;
  /** Holds the caller's Idempotency-Key in the transaction that writes the intent to charge. */
  readonly claimKey: ((open: Tx) => Promise<void>) | null;
};

/**
 * Charges what its payer has agreed to in Toss's window. Until here no money has moved, and it never moves in another
 * amount than the one kept when the window was opened, nor for a session that comes to another total by now. Of any
 * number of calls one charges; the others are told the same outcome.
 */
export async function confirmTossOrder(
  deps: PlaceDeps,
  { accountId, orderId, paymentKey, amountMinor, claimKey }: ConfirmTossOrder,
): Promise<Placed | { readonly kind: "amount_mismatch" }> {
  const order = await tossOrderRead(deps.db, { orderId, accountId });
  if (order === null) return { kind: "not_found" };
  if (order.amountMinor !== amountMinor) {
    await tossOrderMismatch(deps.db, { orderId });
    return { kind: "amount_mismatch" };
  }
  const { sessionId } = order;
  const methodRef = tossMethodRef({ orderId, paymentKey });
  // Refused where the session takes no more changes, as when it is being paid already: placing then tells of that.
  await payWith(deps.db, { sessionId, accountId, paymentMethodId: methodRef, onStoreFailure: null });
  // The agreement itself is the press: said again, by a reload or a second tab, it is told what the first came to.
  return await placeSession(deps, {
    sessionId,
    accountId,
    claimKey,
    key: `toss ${methodRef}`,
    totalMinor: order.amountMinor,
  });
}
