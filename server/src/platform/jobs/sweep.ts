import { sleep } from "#kernel/backoff.ts";
import type { Log } from "#platform/log/log.ts";

/** Work that is found by looking at the tables, again and again: what was lost, is overdue, or comes due by time. */
export type Sweep = {
  readonly name: string;
  /** How long to rest after a round that found nothing. */
  readonly everyMs: number;
  /** One bounded round. @returns how many rows it found: above zero, the next round follows at once */
  readonly run: (signal: AbortSignal) => Promise<number>;
};

export type SweepsDeps = {
  readonly log: Log;
  /** Counts what each sweep found, for the metrics. */
  readonly onFound: (name: string, count: number) => void;
};

/** A sweep that fails rests this long: the database is probably away, and everybody would ask at once. */
const afterErrorMs = 5_000;

/** So many full rounds in a row, then a rest, so that one sweep with a backlog leaves room for the others. */
const roundsMax = 20;

/** Starts each sweep in a loop of its own, with a jitter so that workers started together do not march in step. */
export function startSweeps(sweeps: readonly Sweep[], deps: SweepsDeps): { readonly stop: () => Promise<void> } {
  const stopping = new AbortController();
  const loops = sweeps.map((sweep) => loop(sweep, deps, stopping.signal));
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}

async function loop(sweep: Sweep, deps: SweepsDeps, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const restMs = await rounds(sweep, deps, signal);
    await sleep(restMs * (0.75 + Math.random() * 0.5), signal).catch(() => undefined);
  }
}

async function rounds(sweep: Sweep, { log, onFound }: SweepsDeps, signal: AbortSignal): Promise<number> {
  const startedMs = performance.now();
  let found = 0;
  try {
    for (let round = 0; round < roundsMax && !signal.aborted; round += 1) {
      const count = await sweep.run(signal);
      found += count;
      if (count === 0) break;
    }
    if (found > 0) {
      onFound(sweep.name, found);
      log.info("sweep", { job: sweep.name, count: found, ms: Math.round(performance.now() - startedMs) });
    }
    return sweep.everyMs;
  } catch (error) {
    if (!signal.aborted) log.error("sweep.failed", { job: sweep.name }, error);
    return Math.max(afterErrorMs, sweep.everyMs);
  }
}
