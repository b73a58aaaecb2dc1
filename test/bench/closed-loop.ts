import { setTimeout as delay } from "node:timers/promises";
import { latencyOf, type Latency } from "./latency.ts";

/** What one turn of a worker came to: how long each of its steps took, and the code of what went wrong, if anything. */
export type Turn = { readonly ms: Readonly<Record<string, number>>; readonly error: string | null };

export type ClosedLoop<Mark> = {
  /** Each begins its next turn when the last one is over: no think time. */
  readonly workers: number;
  readonly warmupMs: number;
  readonly measureMs: number;
  readonly turn: (worker: number) => Promise<Turn>;
  /** Taken at both ends of the measured time, while all workers are at work. */
  readonly mark: () => Promise<Mark>;
};

export type LoopResult<Mark> = {
  readonly start: Mark;
  readonly end: Mark;
  readonly seconds: number;
  /** Of turns without an error that began and ended inside the measured time. */
  readonly latency: Readonly<Record<string, Latency>>;
  readonly completed: number;
  readonly errors: Readonly<Record<string, number>>;
};

/** A worker that met an error waits so long: a server that is down must not be asked a million times. */
const afterErrorMs = 50;

/** Runs workers in closed loops: a warm-up that is not counted, then the measured time, then every turn to its end. */
export async function runClosedLoop<Mark>(loop: ClosedLoop<Mark>): Promise<LoopResult<Mark>> {
  const measured: Record<string, number[]> = {};
  const errors: Record<string, number> = {};
  let completed = 0;
  let state: "warming" | "measuring" | "over" = "warming";

  const work = async (worker: number): Promise<void> => {
    while (state !== "over") {
      const isCounted = state === "measuring";
      const { ms, error } = await loop.turn(worker);
      if (error !== null) {
        if (isCounted) errors[error] = (errors[error] ?? 0) + 1;
        await delay(afterErrorMs);
      } else if (isCounted && isStill("measuring")) {
        completed += 1;
        for (const [step, took] of Object.entries(ms)) (measured[step] ??= []).push(took);
      }
    }
  };
  // A function, because the compiler would take `state` for what it was before the await.
  const isStill = (wanted: typeof state): boolean => state === wanted;

  const workers = Array.from({ length: loop.workers }, (_, worker) => work(worker));
  await delay(loop.warmupMs);
  const start = await loop.mark();
  state = "measuring";
  const startedMs = performance.now();
  await delay(loop.measureMs);
  const seconds = (performance.now() - startedMs) / 1000;
  const end = await loop.mark();
  state = "over";
  await Promise.all(workers);
  const latency = Object.fromEntries(Object.entries(measured).map(([step, all]) => [step, latencyOf(all)]));
  return { start, end, seconds, latency, completed, errors };
}
