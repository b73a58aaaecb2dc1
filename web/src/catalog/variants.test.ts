import assert from "node:assert/strict";
import { test } from "node:test";
import type { VariantView } from "@muse/contracts/catalog";
import { choiceOf, isSoldOut, missingOf, nothingChosen, optionsOf, variantOf } from "./variants.ts";

const coat = [
  variant({ variantId: "s-sand", size: "S", color: "Sand" }),
  variant({ variantId: "m-sand", size: "M", color: "Sand", availability: "out_of_stock" }),
  variant({ variantId: "s-navy", size: "S", color: "Navy", availability: "out_of_stock" }),
  variant({ variantId: "l-navy", size: "L", color: "Navy", availability: "low_stock" }),
];

test("only what variants differ in is asked, colour first", () => {
  assert.deepEqual(optionsOf(coat), { color: ["Sand", "Navy"], size: ["S", "M", "L"] });
  assert.deepEqual(missingOf(coat, nothingChosen), ["color", "size"]);
  assert.deepEqual(missingOf(coat, { color: "Sand", size: null }), ["size"]);
  const mug = [variant({ color: "Blue", size: "One size" }), variant({ color: "Red", size: "One size" })];
  assert.deepEqual(optionsOf(mug), { color: ["Blue", "Red"], size: [] });
});

test("one variant is chosen from the beginning", () => {
  const [only] = [variant({ size: "One size", availability: "out_of_stock" })];
  assert.equal(variantOf([only], nothingChosen), only);
});

test("choices lead to their variant, and to none while one is missing or where there is none", () => {
  assert.equal(variantOf(coat, { color: "Navy", size: null }), null);
  assert.equal(variantOf(coat, { color: "Navy", size: "L" })?.variantId, "l-navy");
  assert.equal(variantOf(coat, { color: "Sand", size: "L" }), null);
});

test("of two that look alike, the one that can be had is meant", () => {
  const alike = [variant({ variantId: "a", availability: "out_of_stock" }), variant({ variantId: "b" })];
  assert.equal(variantOf(alike, nothingChosen)?.variantId, "b");
});

test("a value is sold out if all that it leads to beside the other choice is", () => {
  const soldOut = (choice: Partial<typeof nothingChosen>, dimension: "color" | "size", value: string): boolean =>
    isSoldOut(coat, { ...nothingChosen, ...choice }, dimension, value);
  assert.equal(soldOut({}, "size", "S"), false);
  assert.equal(soldOut({}, "size", "M"), true);
  assert.equal(soldOut({ color: "Navy" }, "size", "S"), true);
  assert.equal(soldOut({ color: "Sand" }, "size", "L"), true);
  assert.equal(soldOut({ size: "L" }, "color", "Navy"), false);
});

test("an address names a variant, or nothing", () => {
  assert.deepEqual(choiceOf(coat, "l-navy"), { color: "Navy", size: "L" });
  assert.deepEqual(choiceOf(coat, "of-another-product"), nothingChosen);
  assert.deepEqual(choiceOf(coat, null), nothingChosen);
});

function variant(given: Partial<VariantView>): VariantView {
  return {
    variantId: "v",
    size: null,
    color: null,
    priceCents: 1_000,
    priceDisplay: "$10.00",
    originalPriceCents: null,
    originalPriceDisplay: null,
    imageUrl: null,
    availability: "in_stock",
    availableQuantity: null,
    ...given,
  };
}
