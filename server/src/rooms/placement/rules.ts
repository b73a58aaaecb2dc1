/** The life of one attempt at a store; the database's guard holds the same table (O3). */
export const attemptStatuses = ["started", "placed", "refused", "unavailable", "unknown"] as const;
export type AttemptStatus = (typeof attemptStatuses)[number];

export const attemptTransitions: Readonly<Record<AttemptStatus, readonly AttemptStatus[]>> = {
  started: ["placed", "refused", "unavailable", "unknown"],
  // `unavailable` only when the store has proved that it never had the order.
  unknown: ["placed", "refused", "unavailable"],
  placed: [],
  refused: [],
  unavailable: [],
};

/** Waits between look-ups, in seconds: soon at first, because a shopper is watching, an hour in all. */
const lookUpWaitsS = [2, 5, 15, 30, 60, 120, 240, 480, 900, 1_800] as const;

/** How long until the next look-up after `lookUps` of them, or null: enough was asked, a person finds out. */
export function lookUpAfterS(lookUps: number): number | null {
  return lookUpWaitsS[lookUps] ?? null;
}

/**
 * How long ago an order must have been begun to be submitted before a store's "never heard of it" is proof. Until then
 * it may still be on its way through the store's own queues; the fifteen seconds are far above what a healthy shop
 * needs to show a new order.
 *
 * @param submitMs as long as submitting may take
 */
export function absenceProvedAfterMs(submitMs: number): number {
  return submitMs + 15_000;
}

/** How long after its leave a browser may still press the button, or wait for the page behind it. */
export const pressMsMax = 75_000;

const cancelWaitsS = [5, 15, 60, 300, 900, 1_800] as const;

/**
 * How long until a store that did not answer is asked again to cancel, after `tries` times, or null: a person goes
 * on.
 */
export function cancelAgainAfterS(tries: number): number | null {
  return cancelWaitsS[tries - 1] ?? null;
}

/** An operator's lease on a manual order (contract). */
export const taskLeaseS = 15 * 60;
