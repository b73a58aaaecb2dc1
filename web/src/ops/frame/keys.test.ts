import assert from "node:assert/strict";
import { test } from "node:test";
import { letterOf } from "./keys.ts";

test("a key is known by its letter, also while Korean is being written", () => {
  assert.equal(letterOf({ key: "j", code: "KeyJ" }), "j");
  assert.equal(letterOf({ key: "ㅓ", code: "KeyJ" }), "j");
  assert.equal(letterOf({ key: "Process", code: "KeyC" }), "c");
});

test("a key of another layout counts by what is written on it", () => {
  assert.equal(letterOf({ key: "j", code: "KeyC" }), "j");
  assert.equal(letterOf({ key: "?", code: "Minus" }), "?");
  assert.equal(letterOf({ key: "Escape", code: "Escape" }), "Escape");
});
