import assert from "node:assert/strict";
import { test } from "node:test";

import { expiryProblem, formatExpiry } from "../../browser/shared/card-expiry.ts";
import { brandOf, cardDigits, groupDigits, numberProblem } from "../../browser/shared/card-number.ts";
import { encodeForm } from "../../browser/shared/form.ts";

test("a number stands in the groups of its brand, however it was typed", () => {
  const cases = [
    ["4242424242424242", "4242 4242 4242 4242", "visa"],
    ["4242-4242 4242.4242 99", "4242 4242 4242 4242", "visa"],
    ["378282246310005", "3782 822463 10005", "amex"],
    ["36227206271667", "3622 720627 1667", "diners"],
    ["3056930009020004", "3056 9300 0902 0004", "diners"],
    ["2223003122003222", "2223 0031 2200 3222", "mastercard"],
    ["5555555555554444", "5555 5555 5555 4444", "mastercard"],
    ["6011111111111117", "6011 1111 1111 1117", "discover"],
    ["3566002020360505", "3566 0020 2036 0505", "jcb"],
    ["6200000000000005", "6200 0000 0000 0005", "unionpay"],
    ["", "", "unknown"],
  ] as const;
  for (const [typed, grouped, brand] of cases) {
    const digits = cardDigits(typed);
    assert.deepEqual([groupDigits(digits), brandOf(digits)], [grouped, brand]);
    if (typed !== "") assert.equal(numberProblem(digits), undefined, typed);
  }
});

test("a number is incomplete until it is long enough, and invalid if a digit is wrong", () => {
  assert.equal(numberProblem(""), "incomplete_number");
  assert.equal(numberProblem("424242424242424"), "incomplete_number");
  assert.equal(numberProblem("4242424242424241"), "invalid_number");
});

test("an expiry is written MM / YY, however it was typed or filled in", () => {
  const cases = [
    ["1", "1"],
    ["12", "12 / "],
    ["4", "04 / "],
    ["13", "01 / 3"],
    ["1234", "12 / 34"],
    ["3/3", "03 / 3"],
    ["12/2034", "12 / 34"],
    ["122034", "12 / 34"],
    ["2034-02", "02 / 34"],
  ] as const;
  for (const [typed, written] of cases) assert.equal(formatExpiry(typed, false), written, typed);
  assert.equal(formatExpiry("12 /", true), "12", "the separator does not come back while somebody deletes");
});

test("an expiry is refused with the reason that Stripe gives", () => {
  const today = new Date(2026, 10, 21);
  assert.equal(expiryProblem("12 / 2", today), "incomplete_expiry");
  assert.equal(expiryProblem("00 / 30", today), "invalid_expiry_month");
  assert.equal(expiryProblem("10 / 26", today), "invalid_expiry_month_past");
  assert.equal(expiryProblem("12 / 25", today), "invalid_expiry_year_past");
  assert.equal(expiryProblem("12 / 99", today), "invalid_expiry_year");
  assert.equal(expiryProblem("11 / 26", today), undefined);
});

test("nested fields are encoded as Stripe reads them, and empty ones left out", () => {
  assert.equal(
    decodeURIComponent(encodeForm({ type: "card", card: { number: "42", cvc: "" }, expand: ["a"], note: undefined })),
    "type=card&card[number]=42&expand[0]=a",
  );
});
