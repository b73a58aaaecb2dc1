import assert from "node:assert/strict";
import { test } from "node:test";
import { basisPointsOf, percentOf, wholeOf } from "./numbers.ts";

test("percentages are read to the basis point, and written the same", () => {
  for (const [text, basisPoints] of [
    ["0", 0],
    ["2.5", 250],
    ["2.05 %", 205],
    ["50", 5000],
  ] as const) {
    assert.equal(basisPointsOf(text), basisPoints, text);
    assert.equal(basisPointsOf(percentOf(basisPoints)), basisPoints, text);
  }
  for (const text of ["", "-1", "50.01", "2,5", "1e1"]) assert.equal(basisPointsOf(text), undefined, text);
});

test("a whole number is held to its bounds", () => {
  assert.equal(wholeOf(" 24 ", 1, 240), 24);
  for (const text of ["0", "241", "2.5", ""]) assert.equal(wholeOf(text, 1, 240), undefined, text);
});
