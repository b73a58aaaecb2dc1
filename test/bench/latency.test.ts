import assert from "node:assert/strict";
import { test } from "node:test";
import { latencyOf } from "./latency.ts";

test("percentiles are measurements that were made", () => {
  const measured = Array.from({ length: 200 }, (_, index) => 200 - index);
  assert.deepEqual(latencyOf(measured), { count: 200, p50: 100, p90: 180, p99: 198, max: 200 });
  assert.deepEqual(latencyOf([7]), { count: 1, p50: 7, p90: 7, p99: 7, max: 7 });
});

test("nothing measured is nothing", () => {
  assert.deepEqual(latencyOf([]), { count: 0, p50: 0, p90: 0, p99: 0, max: 0 });
});
