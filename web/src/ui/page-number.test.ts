import assert from "node:assert/strict";
import { test } from "node:test";
import { pageNumber } from "./page-number.ts";

test("what makes no sense in an address is the first page", () => {
  assert.deepEqual(["7", "10000"].map(pageNumber), [7, 10_000]);
  const senseless = ["0", "-1", "1.5", "x", "1e9", "10001", "", null, undefined, ["2", "3"]];
  assert.deepEqual(new Set(senseless.map(pageNumber)), new Set([1]));
});
