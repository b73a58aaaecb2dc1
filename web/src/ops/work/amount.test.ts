import assert from "node:assert/strict";
import { test } from "node:test";
import { minorOf } from "./amount.ts";

test("an amount is read as people write it", () => {
  assert.equal(minorOf("84.50", "USD"), 8450);
  assert.equal(minorOf(" $1,234.5 ", "USD"), 123450);
  assert.equal(minorOf("84", "USD"), 8400);
  assert.equal(minorOf("₩12,000", "KRW"), 12000);
});

test("what is no amount is none", () => {
  for (const text of ["", "84,50", "1.234,50", "-3", "84.505", "1e3", "12,00"]) {
    assert.equal(minorOf(text, "USD"), undefined, text);
  }
  assert.equal(minorOf("12.5", "KRW"), undefined);
});
