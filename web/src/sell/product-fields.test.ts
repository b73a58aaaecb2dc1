import assert from "node:assert/strict";
import { test } from "node:test";
import { bodyOf, centsOf, editionOf, valuesOf } from "./product-fields.ts";

const prices: readonly (readonly [string, string, number | null])[] = [
  ["12.50", "USD", 1250],
  ["12.5", "USD", 1250],
  ["12", "USD", 1200],
  ["1,200.05", "USD", 120_005],
  ["19.99", "USD", 1999],
  ["12,000", "KRW", 12_000],
  ["12.5", "KRW", null],
  ["-1", "USD", null],
  ["12.505", "USD", null],
  ["", "USD", null],
];
for (const [text, currency, cents] of prices)
  test(`"${text}" in ${currency} is ${String(cents)}`, () => assert.equal(centsOf(text, currency), cents));

test("an edition is a whole number, or left empty", () => {
  assert.deepEqual(["", " 10 ", "0", "1.5", "2000000"].map(editionOf), [null, 10, undefined, undefined, undefined]);
});

test("what is read into the form is sent back the same", () => {
  const product = {
    title: "A",
    description: "",
    category: null,
    currency: "USD",
    priceCents: 1905,
    editionLimit: 3,
  } as const;
  const values = valuesOf({ ...product } as Parameters<typeof valuesOf>[0]);
  assert.deepEqual(bodyOf(values), product);
});
