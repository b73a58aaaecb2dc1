import assert from "node:assert/strict";
import { test } from "node:test";
import { dateRange } from "./date-range.ts";

test("a range is told in the reader's way, whatever the clock", () => {
  assert.match(dateRange("2026-11-24", "2026-11-27", "en"), /^Tue, Nov 24\s–\sFri, Nov 27$/);
  assert.match(dateRange("2026-11-24", "2026-11-27", "ko"), /11월 24일 \(화\).*27일 \(금\)/);
});

test("a single day is no range", () => {
  assert.equal(dateRange("2026-11-24", "2026-11-24", "en"), "Tue, Nov 24");
});
