import { setTimeout as delay } from "node:timers/promises";

/** What a line between two programs does to what is said on it: late, never, but not out of order, as TCP has it. */
export type Gate = {
  /** Everything takes so much longer from now on; 0: as fast as it can. */
  readonly slow: (ms: number) => void;
  /** Nothing gets through, and nobody is told. */
  readonly shut: () => void;
  readonly open: () => void;
  /** What is connected now hears nothing any more, for ever, and nobody is told; new connections are well. */
  readonly lose: () => void;
  /** Resolves when what comes now may go on. */
  readonly pass: () => Promise<void>;
  /** Wraps what takes one direction's bytes. */
  readonly through: (take: (chunk: Buffer) => void) => (chunk: Buffer) => void;
};

export function newGate(): Gate {
  let delayMs = 0;
  let shutter: PromiseWithResolvers<void> | null = null;
  let losses = 0;
  const isClear = (): boolean => delayMs === 0 && shutter === null;
  const until = async (dueMs: number): Promise<void> => {
    const leftMs = dueMs - performance.now();
    if (leftMs > 0) await delay(leftMs);
    while (shutter !== null) await shutter.promise;
  };
  const pass = async (): Promise<void> => {
    if (!isClear()) await until(performance.now() + delayMs);
  };
  return {
    slow: (ms) => {
      delayMs = ms;
    },
    shut: () => {
      shutter ??= Promise.withResolvers<void>();
    },
    open: () => {
      delayMs = 0;
      shutter?.resolve();
      shutter = null;
    },
    lose: () => {
      losses += 1;
    },
    pass,
    through: (take) => {
      let last: Promise<void> | null = null;
      const born = losses;
      return (chunk) => {
        if (born !== losses) return;
        if (last === null && isClear()) return take(chunk);
        const dueMs = performance.now() + delayMs;
        const mine: Promise<void> = (last ?? Promise.resolve())
          .then(async () => await until(dueMs))
          .then(() => {
            if (last === mine) last = null;
            take(chunk);
          });
        last = mine;
      };
    },
  };
}
