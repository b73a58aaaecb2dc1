import assert from "node:assert/strict";
import { test } from "node:test";
import { assert as assertInvariant, InvariantError, must, unreachable } from "./assert.ts";

test("a broken invariant throws an InvariantError with its message", () => {
  assertInvariant(true, "fine");
  assert.throws(() => assertInvariant(false, "M5: parts sum"), new InvariantError("M5: parts sum"));
});

test("must lets through everything that is there, falsy or not", () => {
  assert.deepEqual([must(0, "x"), must("", "x"), must(false, "x")], [0, "", false]);
  assert.throws(() => must(null, "gone"), new InvariantError("gone"));
  assert.throws(() => must(undefined, "gone"), new InvariantError("gone"));
});

test("unreachable names what reached it", () => {
  assert.throws(() => unreachable("surprise" as never), /unreachable: surprise/);
});
