import { setTimeout as delay } from "node:timers/promises";
import { DemoError } from "./api.ts";

export type Wait = { readonly what: string; readonly msMax: number; readonly signal: AbortSignal };

/** Often enough that a person sees no pause, seldom enough to cost nothing beside what is waited for. */
const pollMs = 20;

/**
 * Looks until there is something to see.
 *
 * @throws DemoError when there is nothing in time
 */
export async function waitUntil<Found>(
  { what, msMax, signal }: Wait,
  look: () => Promise<Found | undefined>,
): Promise<{ readonly found: Found; readonly ms: number }> {
  const startedMs = performance.now();
  for (;;) {
    const found = await look();
    const ms = performance.now() - startedMs;
    if (found !== undefined) return { found, ms };
    if (ms > msMax) throw new DemoError(`${what} did not happen within ${msMax / 1000} s`);
    await delay(pollMs, undefined, { signal });
  }
}
