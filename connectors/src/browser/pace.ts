import { setTimeout as sleep } from "node:timers/promises";

/** How fast a person is, on average: between two keys, and before each click. 0 is as fast as the machine. */
export type PaceOptions = { readonly keyMs: number; readonly pauseMs: number; readonly seed: number };

export type Pace = {
  /** The delay between keys for one field: hands are quicker on some words than on others. */
  keyDelayMs(): number;
  /** Looks before it clicks. */
  pause(signal: AbortSignal): Promise<void>;
};

/** About 55 words a minute, and a look of half a second. */
export const personsPace = { keyMs: 110, pauseMs: 500 } as const;

export function openPace({ keyMs, pauseMs, seed }: PaceOptions): Pace {
  const random = mulberry32(seed);
  const around = (meanMs: number): number => Math.round(meanMs * (0.6 + 0.8 * random()));
  return {
    keyDelayMs: () => around(keyMs),
    async pause(signal) {
      if (pauseMs > 0) await sleep(around(pauseMs), undefined, { signal }).catch(() => undefined);
    },
  };
}

/** A small generator with a 32-bit seed, so that a visit can be repeated. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
