import assert from "node:assert/strict";
import { test } from "node:test";
import { spanOf } from "./span.ts";

test("a span is told in days, hours and whole minutes, before and after", () => {
  const minute = 60_000;
  assert.deepEqual(spanOf(0, 134 * minute + 59_000), { isOver: false, days: 0, hours: 2, minutes: 14 });
  assert.deepEqual(spanOf(12 * minute, 0), { isOver: true, days: 0, hours: 0, minutes: 12 });
  assert.deepEqual(spanOf(0, 50 * 60 * minute), { isOver: false, days: 2, hours: 2, minutes: 0 });
});
