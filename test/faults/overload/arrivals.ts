import { setTimeout as delay } from "node:timers/promises";

export type Arrivals = {
  /** How many a second, whatever becomes of those who came before. */
  readonly perSecond: number;
  readonly seconds: number;
  readonly visit: () => Promise<void>;
  /** Nobody more comes in while so many are there: that is a load that could not be offered, and is told. */
  readonly presentMax: number;
};

export type Arrived = {
  readonly count: number;
  readonly seconds: number;
  /** Who should have come and could not be sent. */
  readonly notSent: number;
  readonly presentMost: number;
  /** How late the most belated of them came: the load's own program may be the one that is slow. */
  readonly latestMs: number;
  /** Resolves when everybody has left. */
  readonly allGone: Promise<void>;
};

const tickMs = 5;

/** An open loop: people come when they come, and do not wait for each other. Resolves when the last has come. */
export async function letArrive({ perSecond, seconds, visit, presentMax }: Arrivals): Promise<Arrived> {
  const beganMs = performance.now();
  const endsMs = beganMs + seconds * 1_000;
  const present = new Set<Promise<void>>();
  let [due, count, presentMost, latestMs] = [0, 0, 0, 0];
  for (let nowMs = beganMs; nowMs < endsMs; nowMs = performance.now()) {
    const wanted = Math.floor(((nowMs - beganMs) / 1_000) * perSecond);
    latestMs = Math.max(latestMs, nowMs - beganMs - (due / perSecond) * 1_000);
    for (; due < wanted; due += 1) {
      if (present.size >= presentMax) continue;
      count += 1;
      const one: Promise<void> = visit().finally(() => present.delete(one));
      present.add(one);
    }
    presentMost = Math.max(presentMost, present.size);
    await delay(tickMs);
  }
  const allGone = Promise.all(present).then(() => undefined);
  return { count, seconds, notSent: due - count, presentMost, latestMs, allGone };
}
