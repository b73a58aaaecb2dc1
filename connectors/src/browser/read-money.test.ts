import assert from "node:assert/strict";
import { test } from "node:test";

import { readMinor } from "./read-money.ts";

test("an amount is read as the shops write it, and nothing else is taken for one", () => {
  const table: readonly (readonly [text: string, currency: string, minor: number | null])[] = [
    ["$1,199.00", "USD", 119_900],
    [" $9.95\n", "USD", 995],
    ["$1199.00", "USD", 119_900],
    ["₩15,000", "KRW", 15_000],
    ["$0.00", "USD", 0],
    ["$12", "USD", null],
    ["$12.5", "USD", null],
    ["€12.50", "USD", null],
    ["12.50", "USD", null],
    ["$1,19.00", "USD", null],
    ["−$1.00", "USD", null],
    ["$1.00 $2.00", "USD", null],
    ["Free", "USD", null],
    ["", "USD", null],
    ["$1.00", "EUR", null],
    ["₩15,000.00", "KRW", null],
    ["$99999999999999999.00", "USD", null],
  ];
  for (const [text, currency, minor] of table) assert.equal(readMinor(text, currency), minor, text);
});
