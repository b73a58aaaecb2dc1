import assert from "node:assert/strict";
import { test } from "node:test";
import { dotsOf, pathOf, scaleTop } from "./chart-shape.ts";

test("a scale ends at a round number above all", () => {
  assert.equal(scaleTop([0.4, 0.93], 1), 1);
  assert.equal(scaleTop([37, null, 12], 0), 50);
  assert.equal(scaleTop([180], 120), 200);
  assert.equal(scaleTop([null, null], 0), 1);
});

test("a line breaks off where there is no value, and a lone value is a dot", () => {
  assert.equal(pathOf([0, 1], 1), "M0 160L600 0");
  assert.equal(dotsOf([0, 1], 1), "");
  assert.equal(pathOf([0.5, null, 1, 1], 1), "M0 80M400 0L600 0");
  assert.equal(dotsOf([0.5, null, 1, 1], 1), "M0 80h0.01");
  assert.equal(pathOf([null, null], 1), "");
  assert.equal(dotsOf([1], 2), "M0 80h0.01");
});
