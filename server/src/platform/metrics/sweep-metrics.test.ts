import assert from "node:assert/strict";
import { test } from "node:test";
import { oneByOne, startSweeps, type Sweep } from "#platform/jobs/sweep.ts";
import { silentLog } from "../log/log.ts";
import { openRegistry } from "./registry.ts";
import { sweepMetrics } from "./sweep-metrics.ts";

/** Runs them until each has looked `times` times. */
async function metricsAfter(
  answers: Readonly<Record<string, readonly (ReturnType<typeof oneByOne> | number | Error)[]>>,
) {
  const registry = openRegistry("worker");
  const metrics = sweepMetrics(registry, [...Object.keys(answers), "never.runs"]);
  const done: Promise<void>[] = [];
  const sweeps = Object.entries(answers).map(([name, said]): Sweep => {
    const left = [...said];
    let finish = (): void => undefined;
    done.push(new Promise((resolve) => (finish = resolve)));
    return {
      name,
      everyMs: 1,
      run: async () => {
        const next = left.shift();
        if (next instanceof Error) {
          setImmediate(finish);
          throw next;
        }
        if (next === undefined) setImmediate(finish);
        return next ?? 0;
      },
    };
  });
  const running = startSweeps(sweeps, { log: silentLog, onRun: metrics.onRun });
  await Promise.all(done);
  await running.stop();
  const text = await registry.metrics();
  return (name: string, sweep: string): number => {
    const line = text.split("\n").find((known) => known.startsWith(`${name}{`) && known.includes(`sweep="${sweep}"`));
    return Number(line?.split(" ").at(-1));
  };
}

test("each sweep tells what it found, mended and could not mend, and when it last looked", async () => {
  const nowS = Date.now() / 1000;
  const value = await metricsAfter({
    "room.many": [3, 2, 0],
    "room.each": [oneByOne(5, 2)],
    "room.breaks": [new Error("away")],
  });
  const all = (sweep: string) =>
    ["found", "mended", "failed", "broken"].map((what) => value(`sweep_${what}_total`, sweep));
  assert.deepEqual(all("room.many"), [5, 5, 0, 0]);
  assert.deepEqual(all("room.each"), [5, 3, 2, 0]);
  assert.deepEqual(all("room.breaks"), [0, 0, 0, 1]);
  assert.ok(value("sweep_last_run_timestamp_seconds", "room.many") >= nowS - 1);
  assert.equal(value("sweep_last_run_timestamp_seconds", "room.breaks"), 0);
});

test("a sweep that has not run yet stands there with zeroes", async () => {
  const value = await metricsAfter({});
  for (const name of ["sweep_found_total", "sweep_failed_total", "sweep_last_run_timestamp_seconds"]) {
    assert.equal(value(name, "never.runs"), 0, name);
  }
});
