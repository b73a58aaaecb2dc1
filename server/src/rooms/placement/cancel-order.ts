import { assert } from "#kernel/assert.ts";
import type { Db } from "#platform/db/query.ts";
import { orderCancel } from "./placement.sql.gen.ts";

/** `requested`: it may be with the store already, and what comes of that decides. */
export type CancelOrderResult = {
  readonly kind: "cancelled" | "requested" | "refused_by_store" | "not_cancellable" | "not_found";
};

const kinds = ["cancelled", "requested", "refused_by_store", "not_cancellable", "not_found"] as const;

/**
 * Takes an order back, whoever wants it: at once where nothing was submitted, else as a wish that the outcome obeys,
 * or that the store is asked about. Repeating it changes nothing.
 *
 * @param reason a code the shopper's page puts into words: "cancelled_by_shopper", "all_or_nothing"
 */
export async function cancelOrder(db: Db, orderNumber: string, reason: string): Promise<CancelOrderResult> {
  const { outcome } = await orderCancel(db, { orderNumber, reason });
  const kind = kinds.find((known) => known === outcome);
  assert(kind !== undefined, `cancelOrder: ${outcome} is no outcome`);
  return { kind };
}
