import { setTimeout as delay } from "node:timers/promises";
import { latencyOf, type Latency } from "../../bench/latency.ts";
import type { Shopper } from "../../bench/shopper.ts";

/** One whole checkout after another by one person, as on a quiet day. */
export async function normalOf(shopper: Shopper, seconds: number): Promise<Latency> {
  const wholeMs: number[] = [];
  let lastError = "none was tried";
  const endsMs = performance.now() + seconds * 1_000;
  while (performance.now() < endsMs) {
    const { ms, error } = await shopper.checkOut();
    if (error === null) wholeMs.push(ms["whole"] ?? 0);
    else lastError = error;
    await delay(pauseMs);
  }
  // On a machine that others keep busy one or the other is turned away.
  if (wholeMs.length === 0) throw new Error(`no checkout worked, with nobody else there: ${lastError}`);
  return latencyOf(wholeMs);
}

export type Recovery = {
  /** Seconds from the last arrival to the first of several checkouts in a row that went as on a quiet day. */
  readonly afterS: number | null;
  readonly latency: Latency;
};

const pauseMs = 100;

/** So many in a row are no accident. */
const inARow = 10;

/** What counts as normal: within twice the slow ones of before, and never held against the noise of the machine. */
export function normalMsMax({ p90 }: Latency): number {
  return Math.max(200, 2 * p90);
}

/** Looks when everything is as before, a minute at most. */
export async function recoveryOf(shopper: Shopper, msMax: number): Promise<Recovery> {
  const beganMs = performance.now();
  let since: number | null = null;
  let row: number[] = [];
  while (performance.now() - beganMs < 60_000) {
    const startedMs = performance.now();
    const { ms, error } = await shopper.checkOut();
    const wholeMs = ms["whole"] ?? Infinity;
    const isNormal = error === null && wholeMs <= msMax;
    since = isNormal ? (since ?? startedMs) : null;
    row = isNormal ? [...row, wholeMs] : [];
    if (since !== null && row.length >= inARow) return { afterS: (since - beganMs) / 1_000, latency: latencyOf(row) };
    await delay(pauseMs);
  }
  return { afterS: null, latency: latencyOf(row) };
}
