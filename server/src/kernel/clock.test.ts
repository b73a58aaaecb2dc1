import assert from "node:assert/strict";
import { test } from "node:test";
import { manualClock, systemClock } from "./clock.ts";

test("a manual clock moves only when told, backwards too", () => {
  const clock = manualClock(new Date("2026-11-21T00:00:00Z"));
  clock.advance(1_500);
  assert.equal(clock.now().toISOString(), "2026-11-21T00:00:01.500Z");
  clock.advance(-2_500);
  assert.equal(clock.now().toISOString(), "2026-11-20T23:59:59.000Z");
  clock.set(new Date(0));
  assert.equal(clock.now().getTime(), 0);
});

test("the system's clock tells the time", () => {
  const before = Date.now();
  const now = systemClock.now().getTime();
  assert.ok(now >= before && now <= Date.now());
});
