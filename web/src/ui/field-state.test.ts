import assert from "node:assert/strict";
import { test } from "node:test";
import { isTicked, left, refused, sent, typed, untouched } from "./field-state.ts";

const zip = (value: string): string | undefined => (/^\d{5}$/.test(value) ? undefined : "Write the five digits.");

test("typing complains of nothing, leaving does", () => {
  const half = typed(untouched(""), "100", zip);
  assert.equal(half.error, undefined);
  assert.equal(left(half, zip).error, "Write the five digits.");
});

test("an error goes as soon as the value is right, and not before", () => {
  const wrong = left(typed(untouched(""), "100", zip), zip);
  assert.equal(typed(wrong, "1000", zip).error, "Write the five digits.");
  assert.equal(typed(wrong, "10001", zip).error, undefined);
});

test("a field that was only walked through is left in peace until the form is sent", () => {
  assert.equal(left(untouched(""), zip).error, undefined);
  assert.equal(sent(untouched(""), zip).error, "Write the five digits.");
});

test("a tick is for what was written, left, and is right", () => {
  const right = typed(untouched(""), "10001", zip);
  assert.equal(isTicked(right, zip), false);
  assert.equal(isTicked(left(right, zip), zip), true);
  assert.equal(isTicked(refused(right, "No such place."), zip), false);
});

test("what the API said goes with the value it said it of", () => {
  const no = refused(typed(untouched(""), "10001", zip), "No such place.");
  assert.equal(left(no, zip).error, undefined);
  assert.equal(typed(no, "10002", zip).error, undefined);
});
