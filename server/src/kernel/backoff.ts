import { assert } from "./assert.ts";

export type Backoff = {
  /** The ceiling of the first wait. It doubles with every attempt. */
  readonly baseMs: number;
  /** No wait is longer. */
  readonly maxMs: number;
};

/**
 * How long to wait before the next try, in milliseconds: exponential with full jitter, i.e. uniform between zero and
 * the ceiling, which spreads a crowd of retries better than a jitter around the ceiling does
 * (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/).
 *
 * @param attempt how many tries have failed so far, from 1
 */
export function backoffMs(attempt: number, backoff: Backoff, random: () => number = Math.random): number {
  assert(Number.isInteger(attempt) && attempt >= 1, "backoffMs: attempts count from 1");
  assert(backoff.baseMs > 0 && backoff.maxMs >= backoff.baseMs, "backoffMs: the limits are in order");
  // 2^31 is far beyond any cap, and keeps a very patient caller away from Infinity.
  const ceilingMs = Math.min(backoff.maxMs, backoff.baseMs * 2 ** Math.min(attempt - 1, 31));
  return Math.floor(random() * ceilingMs);
}

/** Waits. An aborted wait rejects with the signal's reason. */
export function sleep(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) {
      reject(signal.reason as Error);
      return;
    }
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", onAbort);
      resolve();
    }, ms);
    signal?.addEventListener("abort", onAbort, { once: true });
  });
}
