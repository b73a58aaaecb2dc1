import assert from "node:assert/strict";
import { test } from "node:test";
import { goesAlong } from "./list-keys.ts";

const alone = { altKey: false, ctrlKey: false, metaKey: false };

test("arrows and letters go along a list", () => {
  for (const key of ["ArrowDown", "ArrowUp", "Home", "End", "PageDown", "l", "L", "4", "검"])
    assert.ok(goesAlong({ ...alone, key }), key);
});

test("what opens a list, takes from it or leaves it is no step", () => {
  for (const key of [" ", "Enter", "Escape", "Tab", "F4", "Shift"]) assert.ok(!goesAlong({ ...alone, key }), key);
  assert.ok(!goesAlong({ ...alone, key: "ArrowDown", altKey: true }));
  assert.ok(!goesAlong({ ...alone, key: "c", metaKey: true }));
});
