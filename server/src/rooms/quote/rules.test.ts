import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addBusinessDays, quoteGroups, taxOf, type QuoteGroup, type QuoteInput, type ShippingOption } from "./rules.ts";

const flat: ShippingOption = {
  storeId: "harbor-main",
  optionId: "standard",
  name: "Standard",
  kind: "flat",
  amountMinor: 695,
  perItemMinor: 0,
  freeAboveMinor: 7500,
  daysMin: 3,
  daysMax: 5,
};
const express: ShippingOption = {
  ...flat,
  optionId: "express",
  name: "Express",
  kind: "per_item",
  amountMinor: 900,
  perItemMinor: 250,
  freeAboveMinor: null,
  daysMin: 1,
  daysMax: 2,
};
const group = (
  lines: readonly (readonly [lineTotalMinor: number, quantity: number])[],
  over: Partial<QuoteGroup> = {},
): QuoteGroup => ({
  key: "harbor-main",
  storeId: "harbor-main",
  kind: "physical",
  items: lines.map(([lineTotalMinor, quantity], index) => ({ lineNo: index + 1, lineTotalMinor, quantity })),
  ...over,
});
const input = (groups: readonly QuoteGroup[], over: Partial<QuoteInput> = {}): QuoteInput => ({
  groups,
  options: [flat, express],
  chosen: {},
  taxRatePpm: 88_750,
  today: "2026-11-20",
  ...over,
});
function quoted(given: QuoteInput) {
  const result = quoteGroups(given);
  assert.ok(result.kind === "quoted");
  return result.quote;
}

test("a group's quote holds what its order is made from", () => {
  const quote = quoted(
    input([
      group([
        [5000, 1],
        [1999, 2],
      ]),
    ]),
  );
  assert.deepEqual(quote, {
    groups: {
      "harbor-main": {
        shippingOptionId: "standard",
        options: [
          {
            optionId: "standard",
            name: "Standard",
            amountMinor: 695,
            deliveryFrom: "2026-11-25",
            deliveryTo: "2026-11-27",
          },
          {
            optionId: "express",
            name: "Express",
            amountMinor: 1650,
            deliveryFrom: "2026-11-23",
            deliveryTo: "2026-11-24",
          },
        ],
        subtotalMinor: 6999,
        shippingMinor: 695,
        discountMinor: 0,
        // 443.75 and 177.41: each rounded by itself.
        taxMinor: 444 + 177,
        lineTaxMinor: { 1: 444, 2: 177 },
        lineDiscountMinor: {},
        totalMinor: 6999 + 695 + 621,
        deliveryFrom: "2026-11-25",
        deliveryTo: "2026-11-27",
      },
    },
    subtotalMinor: 6999,
    shippingMinor: 695,
    discountMinor: 0,
    taxMinor: 621,
    totalMinor: 8315,
  });
  assert.deepEqual(JSON.parse(JSON.stringify(quote)), quote, "it is JSON as it stands");
});

test("shipping is free from the threshold on, not a cent below it", () => {
  assert.equal(quoted(input([group([[7499, 1]])])).shippingMinor, 695);
  assert.equal(quoted(input([group([[7500, 1]])])).shippingMinor, 0);
});

test("the cheapest option is taken unless another is chosen; among equals the store's first", () => {
  assert.equal(quoted(input([group([[100, 1]])], { chosen: { "harbor-main": "express" } })).shippingMinor, 1150);
  assert.equal(quoted(input([group([[100, 1]])], { options: [express, flat] })).shippingMinor, 695);
  const twin = { ...flat, optionId: "twin" };
  assert.equal(
    quoted(input([group([[100, 1]])], { options: [twin, flat] })).groups["harbor-main"]?.shippingOptionId,
    "twin",
  );
});

test("what the store does not offer is refused with what it does", () => {
  assert.deepEqual(quoteGroups(input([group([[100, 1]])], { chosen: { "harbor-main": "drone" } })), {
    kind: "option_unknown",
    storeId: "harbor-main",
    choices: ["standard", "express"],
  });
  assert.deepEqual(quoteGroups(input([group([[100, 1]])], { options: [] })), {
    kind: "store_does_not_ship",
    storeId: "harbor-main",
  });
});

test("a digital group has neither shipping nor tax, wherever the shopper lives", () => {
  const quote = quoted(
    input([group([[1200, 1]], { key: "prd_1", storeId: "selin", kind: "digital" })], { options: [] }),
  );
  assert.deepEqual(quote.groups["prd_1"], {
    shippingOptionId: null,
    options: [],
    subtotalMinor: 1200,
    shippingMinor: 0,
    discountMinor: 0,
    taxMinor: 0,
    lineTaxMinor: {},
    lineDiscountMinor: {},
    totalMinor: 1200,
    deliveryFrom: null,
    deliveryTo: null,
  });
});

const taxes: readonly (readonly [amount: number, ppm: number, tax: number])[] = [
  [0, 88_750, 0],
  [100, 0, 0],
  [1, 500_000, 1],
  [1, 499_999, 0],
  [10, 50_000, 1],
  [30, 50_000, 2],
  [9999, 72_500, 725],
  [24_800, 40_000, 992],
  [8_000_000_000_000_000, 88_750, 710_000_000_000_000],
];
for (const [amount, ppm, tax] of taxes) {
  test(`the tax on ${amount} at ${ppm} ppm is ${tax}, rounded half up in integers`, () =>
    assert.equal(taxOf(amount, ppm), tax));
}

const days: readonly (readonly [day: string, count: number, expected: string])[] = [
  ["2026-11-20", 0, "2026-11-20"],
  ["2026-11-20", 1, "2026-11-23"],
  ["2026-11-21", 0, "2026-11-23"],
  ["2026-11-22", 1, "2026-11-24"],
  ["2026-12-31", 1, "2027-01-01"],
  ["2028-02-28", 1, "2028-02-29"],
  ["2026-11-20", 10, "2026-12-04"],
];
for (const [day, count, expected] of days) {
  test(`${count} business days from ${day} is ${expected}`, () => assert.equal(addBusinessDays(day, count), expected));
}

test("nonsense from a caller of ours is a bug, not a quote", () => {
  assert.throws(() => quoteGroups(input([group([[1, 1]]), group([[1, 1]])])), /keys of their own/);
  const twice = group([[1, 1]]);
  assert.throws(
    () => quoteGroups(input([{ ...twice, items: [...twice.items, ...twice.items] }])),
    /numbers of their own/,
  );
  assert.throws(() => taxOf(-1, 0), /negative/);
  assert.throws(() => addBusinessDays("soon", 1), /a day/);
  assert.throws(() => addBusinessDays("2026-11-20", -1), /a count/);
  assert.throws(
    () =>
      quoted(
        input([
          group([[Number.MAX_SAFE_INTEGER, 1]], { kind: "digital" }),
          group([[Number.MAX_SAFE_INTEGER, 1]], { key: "x", kind: "digital" }),
        ]),
      ),
    /safe integer/,
  );
});

const line = fc.tuple(fc.integer({ min: 0, max: 10_000_000 }), fc.integer({ min: 1, max: 99 }));
const shipping = fc.record({
  optionId: fc.constantFrom("a", "b", "c"),
  name: fc.constant("x"),
  kind: fc.constantFrom("flat" as const, "per_item" as const),
  amountMinor: fc.integer({ min: 0, max: 5000 }),
  perItemMinor: fc.integer({ min: 0, max: 900 }),
  freeAboveMinor: fc.option(fc.integer({ min: 0, max: 100_000 })),
  daysMin: fc.integer({ min: 0, max: 5 }),
  daysMax: fc.integer({ min: 5, max: 20 }),
});
const baskets = fc.array(
  fc.record({
    lines: fc.array(line, { minLength: 1, maxLength: 12 }),
    kind: fc.constantFrom("physical" as const, "digital" as const),
    options: fc.uniqueArray(shipping, { minLength: 1, selector: ({ optionId }) => optionId }),
  }),
  { minLength: 1, maxLength: 6 },
);

test("M5: whatever is bought, lines sum to groups, groups to totals, and every amount is a whole number", () => {
  fc.assert(
    fc.property(baskets, fc.integer({ min: 0, max: 200_000 }), (stores, taxRatePpm) => {
      const groups = stores.map(({ lines, kind }, i) => group(lines, { key: `k${i}`, storeId: `s${i}`, kind }));
      const options = stores.flatMap((store, i) => store.options.map((option) => ({ ...option, storeId: `s${i}` })));
      const quote = quoted({ groups, options, chosen: {}, taxRatePpm, today: "2026-11-21" });
      const parts = Object.values(quote.groups);
      const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
      assert.equal(sum(parts.map(({ totalMinor }) => totalMinor)), quote.totalMinor);
      assert.equal(sum(parts.map(({ taxMinor }) => taxMinor)), quote.taxMinor);
      for (const [i, { kind, items, key, storeId }] of groups.entries()) {
        const part = quote.groups[key];
        assert.ok(part !== undefined);
        assert.equal(part.subtotalMinor, sum(items.map(({ lineTotalMinor }) => lineTotalMinor)));
        assert.equal(sum(Object.values(part.lineTaxMinor)), part.taxMinor);
        assert.equal(part.subtotalMinor - part.discountMinor + part.shippingMinor + part.taxMinor, part.totalMinor);
        assert.equal(part.options.length, kind === "digital" ? 0 : stores[i]?.options.length);
        for (const { lineNo, lineTotalMinor } of items) {
          if (kind === "physical")
            assert.ok(Math.abs(Number(part.lineTaxMinor[lineNo]) - (lineTotalMinor * taxRatePpm) / 1e6) <= 0.5);
        }
        for (const option of part.options) {
          assert.ok(option.amountMinor >= part.shippingMinor, "the default is the cheapest");
          assert.ok(option.deliveryFrom <= option.deliveryTo);
          const chosen = quoted({
            groups,
            options,
            chosen: { [storeId]: option.optionId },
            taxRatePpm,
            today: "2026-11-21",
          });
          assert.equal(
            chosen.totalMinor - quote.totalMinor,
            option.amountMinor - part.shippingMinor,
            "a choice moves nothing but its shipping",
          );
        }
        for (const amount of [part.subtotalMinor, part.shippingMinor, part.taxMinor, part.totalMinor])
          assert.ok(Number.isSafeInteger(amount) && amount >= 0);
      }
    }),
    { numRuns: 200 },
  );
});
