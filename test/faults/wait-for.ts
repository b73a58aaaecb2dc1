import { setTimeout as delay } from "node:timers/promises";

/** From a kill to serving again, on a busy machine. */
export const readyMsMax = 90_000;

/** Something did not come about in time. */
export class WaitError extends Error {
  override readonly name = "WaitError";
}

/** Looks until there is something to see. @throws WaitError when there is nothing in time */
export async function waitFor<Found>(
  what: string,
  msMax: number,
  look: () => Promise<Found | undefined>,
): Promise<Found> {
  const deadlineMs = performance.now() + msMax;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (performance.now() > deadlineMs) throw new WaitError(`${what}: nothing within ${msMax / 1000} s`);
    await delay(25);
  }
}
