import assert from "node:assert/strict";
import { test } from "node:test";
import { checkAddress } from "./check-address.ts";
import { isMisspelt } from "./near-name.ts";

const names: readonly (readonly [string, string, boolean])[] = [
  ["Portlnad", "Portland", true],
  ["Portlan", "Portland", true],
  ["portland", "Portland", false],
  ["ST LOUIS", "Saint Louis", false],
  ["Ft. Worth", "Fort Worth", false],
  ["St. Luois", "Saint Louis", true],
  ["Brooklyn", "New York", false],
  ["NYC", "New York", false],
  ["Reno", "Renton", false],
  ["Salem", "Selma", false],
  ["Cañon City", "Canon City", false],
];
for (const [typed, name, expected] of names)
  test(`${typed} ${expected ? "was meant to be" : "is not a slip for"} ${name}`, () =>
    assert.equal(isMisspelt(typed, name), expected));

test("a misspelt city is suggested, never changed", () => {
  const typed = { name: "Ada", address1: "12 Harbor St", city: "Portlnad", state: "OR", zip: "97201", country: "US" };
  const checked = checkAddress(typed);
  assert.ok(checked.kind === "valid");
  assert.deepEqual([checked.address.city, checked.corrected?.city], ["Portlnad", "Portland"]);
});
