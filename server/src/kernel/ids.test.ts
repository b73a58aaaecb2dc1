import assert from "node:assert/strict";
import { test } from "node:test";
import { newId, newOrderNumber } from "./ids.ts";

test("an id is its prefix and 24 characters of Crockford's alphabet", () => {
  assert.match(newId("cs"), /^cs_[0-9a-hjkmnp-tv-z]{24}$/);
});

test("ids made later sort later, so inserts stay at the end of a B-tree", () => {
  const made = [0, 1, 31, 32, 1_000, 1_763_000_000_000, 1_763_000_000_001, 2 ** 45 - 1].map((ms) => newId("pay", ms));
  assert.deepEqual([...made].sort(), made);
});

test("a prefix is a short word", () => {
  for (const prefix of ["", "c", "CS", "cs_", "order"]) assert.throws(() => newId(prefix), { name: "InvariantError" });
});

test("ids of the same millisecond differ", () => {
  const made = new Set(Array.from({ length: 10_000 }, () => newId("cs", 5)));
  assert.equal(made.size, 10_000);
});

test("a time outside 45 bits is a bug", () => {
  assert.throws(() => newId("cs", 2 ** 45), { name: "InvariantError" });
  assert.throws(() => newId("cs", -1), { name: "InvariantError" });
});

test("an order's number holds no character that looks like another", () => {
  for (let i = 0; i < 1_000; i += 1) assert.match(newOrderNumber(), /^MO-[2-9A-HJKMNP-TV-Z]{5}-[2-9A-HJKMNP-TV-Z]{5}$/);
});
