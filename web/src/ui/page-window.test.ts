import assert from "node:assert/strict";
import { test } from "node:test";
import { pageWindow } from "./page-window.ts";

test("the first, the last and the neighbours are offered, and gaps are shown", () => {
  assert.deepEqual(pageWindow(1, 1), [1]);
  assert.deepEqual(pageWindow(1, 9), [1, 2, null, 9]);
  assert.deepEqual(pageWindow(5, 9), [1, null, 4, 5, 6, null, 9]);
  assert.deepEqual(pageWindow(9, 9), [1, null, 8, 9]);
  assert.deepEqual(pageWindow(3, 5), [1, 2, 3, 4, 5]);
});
