export type ExpiryProblem =
  | "incomplete_expiry"
  | "invalid_expiry_month"
  | "invalid_expiry_month_past"
  | "invalid_expiry_year_past"
  | "invalid_expiry_year";

/** Cards are made for ten years at most; Stripe takes fifty. */
const yearsAheadMax = 50;

/**
 * What was typed, pasted or filled in by the browser (`1230`, `12/2030`, `2030-12`) as `MM / YY`.
 * @param isDeleting the separator is not put back while somebody deletes across it
 */
export function formatExpiry(typed: string, isDeleting: boolean): string {
  const digits = expiryDigits(typed);
  if (digits.length < 2 || (digits.length === 2 && isDeleting)) return digits;
  return `${digits.slice(0, 2)} / ${digits.slice(2)}`;
}

/** What is wrong with `MM / YY` on a day; undefined for a date to come. */
export function expiryProblem(text: string, today: Date): ExpiryProblem | undefined {
  const { month, year } = readExpiry(text);
  if (month === undefined || year === undefined) return "incomplete_expiry";
  if (month < 1 || month > 12) return "invalid_expiry_month";
  const thisYear = today.getFullYear();
  if (year < thisYear) return "invalid_expiry_year_past";
  if (year > thisYear + yearsAheadMax) return "invalid_expiry_year";
  return year === thisYear && month < today.getMonth() + 1 ? "invalid_expiry_month_past" : undefined;
}

export function readExpiry(text: string): { readonly month: number | undefined; readonly year: number | undefined } {
  const digits = text.replaceAll(/\D/g, "");
  if (digits.length !== 4) return { month: undefined, year: undefined };
  return { month: Number(digits.slice(0, 2)), year: 2000 + Number(digits.slice(2)) };
}

function expiryDigits(typed: string): string {
  const yearFirst = /^\s*(\d{4})\D+(\d{1,2})\s*$/.exec(typed);
  if (yearFirst !== null) return `${(yearFirst[2] ?? "").padStart(2, "0")}${(yearFirst[1] ?? "").slice(2)}`;
  const fullYear = /^\s*(\d{1,2})\D+\d{2}(\d{2})\s*$/.exec(typed) ?? /^\s*(\d{2})20(\d{2})\s*$/.exec(typed);
  if (fullYear !== null) return `${(fullYear[1] ?? "").padStart(2, "0")}${fullYear[2] ?? ""}`;
  const single = /^\s*(\d)\s*\//.exec(typed);
  const digits = typed.replaceAll(/\D/g, "");
  // A month of one digit: `3` can only be March, and so can the `3` of `3/`; the `13` of `13…` can only be `01 3`.
  const needsZero = single !== null || /^[2-9]/.test(digits) || /^1[3-9]/.test(digits);
  return (needsZero ? `0${digits}` : digits).slice(0, 4);
}
