import { assert, must } from "./assert.ts";

/** Each currency we take, with the number of decimal digits of its minor unit (ISO 4217). */
const currencies = {
  USD: { exponent: 2 },
  KRW: { exponent: 0 },
} as const;

export type Currency = keyof typeof currencies;

export function isCurrency(code: string): code is Currency {
  return Object.hasOwn(currencies, code);
}

/** How many decimal digits the minor unit stands for: 2 for USD (cents), 0 for KRW (the won itself). */
export function exponentOf(currency: Currency): number {
  return currencies[currency].exponent;
}

/** An amount for a reader: `$248.00`, `₩12,000`. Exact for any size; the number never becomes a float. */
export function formatMinor(minor: bigint, currency: Currency, locale: string): string {
  return formatterFor(currency, locale).format(decimalText(minor, currency) as Intl.StringNumericLiteral);
}

/** An amount as a plain decimal in the major unit (`248.00`, `12000`), for those who ask for money as text. */
export function decimalText(minor: bigint, currency: Currency): string {
  const exponent = exponentOf(currency);
  const sign = minor < 0n ? "-" : "";
  const digits = (minor < 0n ? -minor : minor).toString().padStart(exponent + 1, "0");
  if (exponent === 0) return sign + digits;
  return `${sign}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}

/**
 * Splits a total by weight so that the parts sum to it exactly (M5): everyone gets the whole units due, and the
 * units left over go to the largest remainders, the earlier one first among equals. A negative total (a discount)
 * mirrors its positive. When every weight is zero the total is split evenly.
 */
export function allocate(total: bigint, weights: readonly bigint[]): bigint[] {
  assert(weights.length > 0, "allocate: there is somebody to allocate to");
  assert(
    weights.every((weight) => weight >= 0n),
    "allocate: weights are not negative",
  );
  if (total < 0n) return allocate(-total, weights).map((part) => -part);

  const given = weights.reduce((sum, weight) => sum + weight, 0n);
  const fair = given > 0n ? weights : weights.map(() => 1n);
  const sum = given > 0n ? given : BigInt(weights.length);

  const parts = fair.map((weight) => (total * weight) / sum);
  let left = total - parts.reduce((whole, part) => whole + part, 0n);
  const byRemainder = fair
    .map((weight, index) => ({ index, remainder: (total * weight) % sum }))
    .sort((a, b) => (a.remainder === b.remainder ? a.index - b.index : a.remainder > b.remainder ? -1 : 1));
  for (const { index } of byRemainder) {
    if (left === 0n) break;
    parts[index] = must(parts[index], "allocate: a remainder belongs to a part") + 1n;
    left -= 1n;
  }
  assert(left === 0n, "allocate: the parts sum to the total (M5)");
  return parts;
}

/** An amount as the JSON integer of the wire. Refuses what a double cannot hold exactly. */
export function toWire(minor: bigint): number {
  const wire = Number(minor);
  assert(Number.isSafeInteger(wire), "toWire: the amount is a safe integer");
  return wire;
}

/** An amount from the JSON integer of the wire. */
export function fromWire(wire: number): bigint {
  assert(Number.isSafeInteger(wire), "fromWire: the amount is a safe integer");
  return BigInt(wire);
}

/** Making a formatter costs far more than using one, and a page formats dozens of amounts. */
const formatters = new Map<string, Intl.NumberFormat>();

/** Locales come from a request's header: the bound keeps a hostile client from filling memory. */
const formattersMax = 64;

function formatterFor(currency: Currency, locale: string): Intl.NumberFormat {
  const key = `${locale} ${currency}`;
  const known = formatters.get(key);
  if (known !== undefined) return known;
  if (formatters.size >= formattersMax) formatters.clear();
  // The narrow symbol is "$" and "₩" in every language; without it Korean readers would see "US$".
  const made = new Intl.NumberFormat(locale, { style: "currency", currency, currencyDisplay: "narrowSymbol" });
  formatters.set(key, made);
  return made;
}
