import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { silentLog } from "../log/log.ts";
import { startSweeps, type Sweep, type SweepRun } from "./sweep.ts";

/** A sweep that looks hourly and is told what its rounds find; afterwards they find nothing. */
function hourly(found: readonly number[]) {
  const runs: (SweepRun & { readonly atMs: number })[] = [];
  const left = [...found];
  let rounds = 0;
  const sweep: Sweep = {
    name: "room.hourly",
    everyMs: 3_600_000,
    run: async () => {
      rounds += 1;
      return left.shift() ?? 0;
    },
  };
  const running = startSweeps([sweep], {
    log: silentLog,
    onRun: (_, run) => void runs.push({ ...run, atMs: performance.now() }),
  });
  const until = async (looks: number): Promise<void> => {
    const startedMs = performance.now();
    while (runs.length < looks) {
      assert.ok(performance.now() - startedMs < 5_000, `${runs.length} of ${looks} looks`);
      await sleep(10);
    }
  };
  return { runs, until, rounds: () => rounds, stop: running.stop };
}

test("an hourly sweep with more than twenty rounds to do rests a second and goes on, and an hour when it is done", async () => {
  const sweep = hourly(Array.from({ length: 45 }, () => 10));
  await sweep.until(3);
  assert.deepEqual(
    sweep.runs.map(({ found }) => found),
    [200, 200, 50],
  );
  const [first, second] = sweep.runs;
  const restedMs = (second?.atMs ?? 0) - (first?.atMs ?? 0);
  assert.ok(restedMs >= 700, `it left the others ${Math.round(restedMs)} ms`);
  await sleep(1_500);
  assert.deepEqual([sweep.runs.length, sweep.rounds()], [3, 46]);
  await sweep.stop();
});

test("a sweep that is stopped in its rest, or in its rounds, goes on no more", async () => {
  const resting = hourly(Array.from({ length: 1_000 }, () => 1));
  await resting.until(1);
  await resting.stop();
  assert.equal(resting.rounds(), 20);

  let rounds = 0;
  const running = startSweeps(
    [
      {
        name: "room.long",
        everyMs: 3_600_000,
        run: async () => {
          rounds += 1;
          await sleep(50);
          return 1;
        },
      },
    ],
    { log: silentLog, onRun: () => undefined },
  );
  await sleep(20);
  await running.stop();
  assert.equal(rounds, 1);
});
