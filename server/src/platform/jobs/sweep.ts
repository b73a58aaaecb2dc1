import { sleep } from "#kernel/backoff.ts";
import type { Log } from "#platform/log/log.ts";

/** Work that is found by looking at the tables, again and again: what was lost, is overdue, or comes due by time. */
export type Sweep = {
  readonly name: string;
  /** How long to rest after a round that found nothing, or not as much as it could have done. */
  readonly everyMs: number;
  /** One bounded round. A number: so many rows were found and done, and above zero the next round follows at once. */
  readonly run: (signal: AbortSignal) => Promise<number | SweepRound>;
};

export type SweepRound = {
  /** Rows that there was something to do about. */
  readonly found: number;
  /** Those with which it went well; for what is only rung for, that it was rung for. */
  readonly mended: number;
  /** Those that will be found again. */
  readonly failed: number;
  /** Whether to look again at once; not where the same rows would be found. */
  readonly hasMore: boolean;
};

/** What the rounds of one look came to, for the metrics. `isBroken`: it could not look at all, or not to the end. */
export type SweepRun = Pick<SweepRound, "found" | "mended" | "failed"> & { readonly isBroken: boolean };

export type SweepsDeps = {
  readonly log: Log;
  readonly onRun: (name: string, run: SweepRun) => void;
};

/** A sweep that fails rests this long: the database is probably away, and everybody would ask at once. */
const afterErrorMs = 5_000;

/** So many full rounds in a row, then a rest, so that one sweep with a backlog leaves room for the others. */
const roundsMax = 20;

/** That rest, where there is more to do still: a backlog must not wait for the hour of a sweep that looks hourly. */
const betweenMsMax = 1_000;

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

async function rounds(sweep: Sweep, { log, onRun }: SweepsDeps, signal: AbortSignal): Promise<number> {
  const startedMs = performance.now();
  const sum = { found: 0, mended: 0, failed: 0 };
  let isMoreLeft = true;
  try {
    for (let round = 0; round < roundsMax && isMoreLeft && !signal.aborted; round += 1) {
      const { found, mended, failed, hasMore } = roundOf(await sweep.run(signal));
      sum.found += found;
      sum.mended += mended;
      sum.failed += failed;
      isMoreLeft = hasMore;
    }
    onRun(sweep.name, { ...sum, isBroken: false });
    if (sum.found > 0) {
      log.info("sweep", { job: sweep.name, count: sum.found, ms: Math.round(performance.now() - startedMs) });
    }
    return isMoreLeft ? Math.min(sweep.everyMs, betweenMsMax) : sweep.everyMs;
  } catch (error) {
    if (!signal.aborted) {
      onRun(sweep.name, { ...sum, isBroken: true });
      log.error("sweep.failed", { job: sweep.name }, error);
    }
    return Math.max(afterErrorMs, sweep.everyMs);
  }
}

function roundOf(said: number | SweepRound): SweepRound {
  return typeof said === "number" ? { found: said, mended: said, failed: 0, hasMore: said > 0 } : said;
}

/**
 * The round of a sweep that does its rows one by one, each of which may fail; they are not looked for again at once.
 */
export function oneByOne(found: number, failed: number): SweepRound {
  return { found, mended: found - failed, failed, hasMore: false };
}
