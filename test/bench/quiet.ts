import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import { unfinished } from "../faults/quiet.ts";

const pollMs = 250;

/** Waits until nothing is on its way any more, a while at most; answers what still is, in words. */
export async function untilQuiet(client: pg.Client, secondsMax: number): Promise<readonly string[]> {
  const deadlineMs = performance.now() + secondsMax * 1_000;
  for (;;) {
    const left = await unfinished(client);
    if (left.length === 0 || performance.now() >= deadlineMs) return left;
    await delay(pollMs);
  }
}
