import { backoffMs, sleep } from "#kernel/backoff.ts";
import type { Listener } from "#platform/db/listen.ts";
import { placeOrder, type PlaceDeps } from "./place-order.ts";
import { placementsClaim } from "./placement.sql.gen.ts";
import { momentOf } from "./store-call.ts";

export type PlacerDeps = PlaceDeps & {
  readonly listener: Pick<Listener, "listen">;
  /** Names this process in its attempts. */
  readonly workerId: string;
  /** Orders at work at once. They mostly wait for stores, so many more than there are cores. */
  readonly concurrencyMax: number;
  /** What this worker can do: a browser is not to be had everywhere. */
  readonly methods: readonly ("api" | "headless")[];
  /** What else bounds it, where something does: browsers that are free. */
  readonly free?: () => number;
};

export type Placer = {
  /** Claims and places orders until aborted; then ends what it has begun, and nothing new, before it resolves. */
  readonly run: (signal: AbortSignal) => Promise<void>;
};

/** Orders whose notification was lost, and those whose next try is due, wait this long at most. */
const pollMs = 1_000;
const afterError = { baseMs: 250, maxMs: 5_000 };

/**
 * The claim loop. The placement table is the queue (docs/decisions/0025-placement-table-is-the-queue.md): claiming an
 * order writes the attempt that fences it, and one statement claims as many as there are free places.
 */
export function createPlacer(deps: PlacerDeps): Placer {
  const bell = newBell();
  const running = new Set<Promise<void>>();

  const begin = async (): Promise<boolean> => {
    const free = Math.min(deps.concurrencyMax - running.size, deps.free?.() ?? Infinity);
    if (free <= 0) return false;
    const claimedAt = momentOf(deps.clock);
    const claims = await placementsClaim(deps.db, { workerId: deps.workerId, methods: deps.methods, countMax: free });
    for (const claim of claims) {
      const placing: Promise<void> = placeOrder(deps, claim, claimedAt)
        // Whatever escapes is a bug; the attempt becomes unknown by its deadline.
        .catch((error: unknown) => deps.log.error("placement.failed", { attemptId: claim.attemptId }, error))
        .finally(() => {
          // A place has come free; only when all were taken may somebody be waiting for it.
          if (running.size === deps.concurrencyMax) bell.ring();
          running.delete(placing);
        });
      running.add(placing);
    }
    return claims.length === free;
  };

  return {
    run: async (signal) => {
      signal.addEventListener("abort", bell.ring, { once: true });
      const unlisten = await deps.listener.listen("muse_placement", bell.ring).catch((error: unknown) => {
        // The poll still finds every order.
        deps.log.warn("placement.deaf", {}, error);
        return async () => undefined;
      });
      let failures = 0;
      while (!signal.aborted) {
        try {
          bell.hush();
          const mayBeMore = await begin();
          failures = 0;
          if (!mayBeMore) await bell.rung(pollMs);
        } catch (error) {
          failures += 1;
          deps.log.warn("placement.claim_failed", { attempt: failures }, error);
          await sleep(100 + backoffMs(failures, afterError), signal).catch(() => undefined);
        }
      }
      await unlisten();
      await Promise.all(running);
    },
  };
}

/** Rung once or a hundred times, it wakes whoever waits, or lets the next one pass at once. */
function newBell() {
  let isRung = false;
  let wake = (): void => undefined;
  return {
    ring: (): void => {
      isRung = true;
      wake();
    },
    /** Whatever was rung before has been heard. */
    hush: (): void => {
      isRung = false;
    },
    rung: (ms: number): Promise<void> =>
      new Promise((resolve) => {
        if (isRung) {
          resolve();
          return;
        }
        const timer = setTimeout(resolve, ms);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      }),
  };
}
