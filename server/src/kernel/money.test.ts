import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { allocate, decimalText, formatMinor, fromWire, isCurrency, toWire } from "./money.ts";

const amount = fc.bigInt({ min: -(10n ** 15n), max: 10n ** 15n });
const weights = fc.array(fc.bigInt({ min: 0n, max: 10n ** 12n }), { minLength: 1, maxLength: 30 });

const sum = (parts: readonly bigint[]): bigint => parts.reduce((total, part) => total + part, 0n);

test("M5: allocated parts sum to the total, whatever the total and the weights", () => {
  fc.assert(fc.property(amount, weights, (total, shares) => sum(allocate(total, shares)) === total));
});

test("no part is further than one unit from its exact share, and a weight of zero gets nothing", () => {
  fc.assert(
    fc.property(amount, weights, (total, shares) => {
      const whole = sum(shares);
      fc.pre(whole > 0n);
      return allocate(total, shares).every((part, index) => {
        const exact = total * (shares[index] ?? 0n);
        const off = part * whole - exact;
        const isNear = off < whole && off > -whole;
        return isNear && (shares[index] !== 0n || part === 0n);
      });
    }),
  );
});

test("a discount is split as its mirror image", () => {
  fc.assert(
    fc.property(amount, weights, (total, shares) => {
      assert.deepEqual(
        allocate(-total, shares),
        allocate(total, shares).map((part) => -part),
      );
    }),
  );
});

test("left-over units go to the largest remainders, the earlier first among equals", () => {
  assert.deepEqual(allocate(100n, [1n, 1n, 1n]), [34n, 33n, 33n]);
  assert.deepEqual(allocate(10n, [1n, 5n]), [2n, 8n]);
  assert.deepEqual(allocate(5n, [0n, 0n]), [3n, 2n]);
  assert.throws(() => allocate(1n, []), { name: "InvariantError" });
  assert.throws(() => allocate(1n, [-1n, 2n]), { name: "InvariantError" });
});

test("an amount is written as its reader expects", () => {
  assert.equal(formatMinor(24_800n, "USD", "en"), "$248.00");
  assert.equal(formatMinor(24_800n, "USD", "ko"), "$248.00");
  assert.equal(formatMinor(12_000n, "KRW", "en"), "₩12,000");
  assert.equal(formatMinor(12_000n, "KRW", "ko"), "₩12,000");
  assert.equal(formatMinor(-5n, "USD", "en"), "-$0.05");
  // Beyond what a double holds exactly.
  assert.equal(formatMinor(90_071_992_547_409_931n, "USD", "en"), "$900,719,925,474,099.31");
});

test("decimal text keeps every digit", () => {
  assert.equal(decimalText(5n, "USD"), "0.05");
  assert.equal(decimalText(-12_345n, "USD"), "-123.45");
  assert.equal(decimalText(12_000n, "KRW"), "12000");
});

test("the wire takes safe integers and nothing else", () => {
  fc.assert(fc.property(fc.maxSafeInteger(), (wire) => toWire(fromWire(wire)) === wire));
  assert.throws(() => toWire(2n ** 53n), { name: "InvariantError" });
  assert.throws(() => fromWire(0.5), { name: "InvariantError" });
});

test("a currency is one that we take", () => {
  assert.equal(isCurrency("USD"), true);
  assert.equal(isCurrency("usd"), false);
  assert.equal(isCurrency("constructor"), false);
});
