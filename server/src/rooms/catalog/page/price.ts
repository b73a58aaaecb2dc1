import { exponentOf, type Currency } from "#kernel/money.ts";

/** Nothing in a shop costs more; a number beyond is a mistake, or an attack on somebody's arithmetic. */
const priceMinorMax = 10_000_000_000;

/**
 * A price as pages write it, in minor units: `24.9`, `"24.90"`, `"1,299.00"`, `"$24.90"`. Null for what could be read
 * in two ways (`24,90` is two dollars forty or twenty-four ninety), for fractions of a cent, and for nothing at all:
 * what costs nothing on a page has no price yet.
 */
export function readPrice(value: unknown, currency: Currency): number | null {
  const places = exponentOf(currency);
  const text = typeof value === "number" ? fixed(value, places) : typeof value === "string" ? bare(value) : null;
  if (text === null) return null;
  const [, whole = "", fraction = ""] = /^(\d{1,12}|\d{1,3}(?:,\d{3}){1,3})(?:\.(\d{1,6}))?$/.exec(text) ?? [];
  if (whole === "" || /[1-9]/.test(fraction.slice(places))) return null;
  const minor = Number(`${whole.replaceAll(",", "")}${fraction.slice(0, places).padEnd(places, "0")}`);
  return minor > 0 && minor <= priceMinorMax ? minor : null;
}

/** JSON's numbers are doubles: 24.900000000000002 was meant as 24.9. */
function fixed(value: number, places: number): string | null {
  const text = value.toFixed(places);
  return Math.abs(Number(text) - value) < 1e-6 && value >= 0 && value < 1e12 ? text : null;
}

function bare(text: string): string {
  return text
    .trim()
    .replace(/^(US\$|USD|\$|₩|KRW)\s*/i, "")
    .replace(/\s*(USD|KRW|원)$/i, "");
}
