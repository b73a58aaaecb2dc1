import { isDeclined, type Options } from "./options.ts";

/** How one store's order must have ended. */
export type ExpectedOrder = {
  readonly storeId: string;
  readonly status: "delivered" | "placed" | "failed" | "cancelled";
  /** How many orders the store's own book has for it, at least and at most, and how many of those it took back. */
  readonly accepted: readonly [min: number, max: number];
  readonly isRefunded: boolean;
};

export type Expected = {
  readonly session: "completed" | "failed" | "cancelled";
  readonly isPaid: boolean;
  readonly orders: readonly ExpectedOrder[];
};

/** What must be true at the end of what is played. */
export function expectedOf(options: Options): Expected {
  if (isDeclined(options)) return { session: "cancelled", isPaid: false, orders: [] };
  // A web shop's own book is behind its pages: what the operator did there is not in the records.
  if (options.isManual) {
    const desk = { storeId: "lumen-home", status: "placed", accepted: [0, 0], isRefunded: false } as const;
    return { session: "completed", isPaid: true, orders: [desk] };
  }
  const orders = [endOf("harbor-main", 1, options), endOf("harbor-outlet", 2, options)];
  const isLost = orders.every(({ isRefunded }) => isRefunded);
  return { session: isLost ? "failed" : "completed", isPaid: true, orders };
}

function endOf(storeId: string, number: 1 | 2, options: Options): ExpectedOrder {
  if (options.storeFails === number) return { storeId, status: "failed", accepted: [0, 0], isRefunded: true };
  // Called back before or after its store had it: either is right, twice is not.
  if (options.isAllOrNothing) return { storeId, status: "cancelled", accepted: [0, 1], isRefunded: true };
  if (options.isCancelled && number === 2) return { storeId, status: "cancelled", accepted: [1, 1], isRefunded: true };
  return { storeId, status: "delivered", accepted: [1, 1], isRefunded: false };
}
