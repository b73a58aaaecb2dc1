/** How stores write the currencies that they sell in: the sign, and how many digits follow the point. */
const written: Readonly<Record<string, { readonly sign: string; readonly digits: number }>> = {
  USD: { sign: "$", digits: 2 },
  KRW: { sign: "₩", digits: 0 },
};

/**
 * Reads an amount as a page shows it, `$1,199.00` → 119900. Null for whatever is not exactly one such amount: a price
 * guard must not guess.
 */
export function readMinor(text: string, currency: string): number | null {
  const form = written[currency];
  if (form === undefined) return null;
  const trimmed = text.trim();
  if (!trimmed.startsWith(form.sign)) return null;
  const found = /^(\d{1,3}(?:,\d{3})*|\d+)(?:\.(\d+))?$/.exec(trimmed.slice(form.sign.length).trim());
  const fraction = found?.[2] ?? "";
  if (found?.[1] === undefined || fraction.length !== form.digits) return null;
  const minor = Number(`${found[1].replaceAll(",", "")}${fraction}`);
  return Number.isSafeInteger(minor) && minor <= 1e12 ? minor : null;
}
