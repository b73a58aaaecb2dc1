const minorDigits: Readonly<Record<string, number>> = { USD: 2, KRW: 0 };

/**
 * An amount as people write it, in minor units: "1,234.50" is 123450 cents. Undefined where it is none. Nothing is
 * computed: the digits are put in their places.
 */
export function minorOf(text: string, currency: string): number | undefined {
  const digits = minorDigits[currency] ?? 2;
  const found = /^[$₩]?\s*(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.(\d{1,2}))?$/.exec(text.trim());
  const whole = found?.[1]?.replaceAll(",", "");
  const fraction = found?.[2] ?? "";
  if (whole === undefined || fraction.length > digits) return undefined;
  return Number(whole + fraction.padEnd(digits, "0"));
}
