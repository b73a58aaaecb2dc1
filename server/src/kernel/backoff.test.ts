import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { backoffMs, sleep } from "./backoff.ts";

const backoff = { baseMs: 100, maxMs: 5_000 };

test("the ceiling doubles until the cap, and the wait lies anywhere below it", () => {
  const ceilings = [1, 2, 3, 6, 7, 50].map((attempt) => backoffMs(attempt, backoff, () => 0.999_999_9) + 1);
  assert.deepEqual(ceilings, [100, 200, 400, 3_200, 5_000, 5_000]);
  assert.equal(
    backoffMs(9, backoff, () => 0),
    0,
  );
});

test("no attempt, however late, waits longer than the cap", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1_000_000 }), (attempt) => {
      const waitMs = backoffMs(attempt, backoff);
      return waitMs >= 0 && waitMs < backoff.maxMs;
    }),
  );
});

test("attempts count from 1", () => {
  assert.throws(() => backoffMs(0, backoff), { name: "InvariantError" });
});

test("an aborted sleep rejects with the reason at once", async () => {
  const stop = new AbortController();
  const asleep = sleep(60_000, stop.signal);
  stop.abort(new Error("going home"));
  await assert.rejects(asleep, /going home/);
  await assert.rejects(sleep(60_000, stop.signal), /going home/);
});
