export type Brand = "visa" | "mastercard" | "amex" | "discover" | "diners" | "jcb" | "unionpay" | "unknown";

type Scheme = { readonly brand: Brand; readonly prefix: RegExp; readonly lengths: readonly number[] };

/** Prefixes and lengths of the card schemes; the first that fits decides. */
const schemes: readonly Scheme[] = [
  { brand: "visa", prefix: /^4/, lengths: [16] },
  { brand: "mastercard", prefix: /^(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, lengths: [16] },
  { brand: "amex", prefix: /^3[47]/, lengths: [15] },
  { brand: "diners", prefix: /^36/, lengths: [14] },
  { brand: "diners", prefix: /^(30[0-59]|3[89])/, lengths: [16] },
  { brand: "jcb", prefix: /^35(2[89]|[3-8])/, lengths: [16] },
  { brand: "discover", prefix: /^(6011|64[4-9]|65)/, lengths: [16] },
  { brand: "unionpay", prefix: /^(62|81)/, lengths: [16, 17, 18, 19] },
];
const anyCard: Scheme = { brand: "unknown", prefix: /^/, lengths: [16] };

export function brandOf(digits: string): Brand {
  return schemeOf(digits).brand;
}

/** What was typed or pasted, as digits only and no longer than this brand's cards are. */
export function cardDigits(typed: string): string {
  const digits = typed.replaceAll(/\D/g, "");
  return digits.slice(0, Math.max(...schemeOf(digits).lengths));
}

/** In groups as they stand on the card: by 4, and 4-6-5 (4-6-4) for American Express and fourteen-digit Diners. */
export function groupDigits(digits: string): string {
  const lengths = schemeOf(digits).lengths;
  const isShort = lengths.every((length) => length < 16);
  const groups = isShort
    ? [digits.slice(0, 4), digits.slice(4, 10), digits.slice(10)]
    : (digits.match(/.{1,4}/g) ?? []);
  return groups.filter((group) => group !== "").join(" ");
}

export function securityCodeLength(digits: string): 3 | 4 {
  return brandOf(digits) === "amex" ? 4 : 3;
}

/** What is wrong with a number, in Stripe's words; undefined for one that may be tried. */
export function numberProblem(digits: string): "incomplete_number" | "invalid_number" | undefined {
  const { lengths } = schemeOf(digits);
  if (!lengths.includes(digits.length)) return "incomplete_number";
  if (passesLuhn(digits)) return undefined;
  // A UnionPay card may still grow; only its longest form can be called wrong.
  return digits.length < Math.max(...lengths) ? "incomplete_number" : "invalid_number";
}

function schemeOf(digits: string): Scheme {
  return schemes.find(({ prefix }) => prefix.test(digits)) ?? anyCard;
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (const [index, digit] of digits.split("").toReversed().entries()) {
    const value = Number(digit) * (index % 2 === 1 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}
