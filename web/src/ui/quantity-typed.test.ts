import assert from "node:assert/strict";
import { test } from "node:test";
import { quantityTyped } from "./quantity-typed.ts";

const two = { value: 2, min: 1, max: 9 };

test("a number that was typed counts, as far as it goes", () => {
  assert.equal(quantityTyped("5", two), 5);
  assert.equal(quantityTyped(" 7 pieces", two), 7);
  assert.equal(quantityTyped("40", two), 9);
  assert.equal(quantityTyped("-3", two), 1);
});

test("a field that was only passed through wants what it had, even more than there is by now", () => {
  for (const text of ["2", "", "two"]) assert.equal(quantityTyped(text, two), 2);
  assert.equal(quantityTyped("5", { value: 5, min: 1, max: 3 }), 5);
});
