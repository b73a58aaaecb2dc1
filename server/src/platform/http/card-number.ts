/**
 * Whether a JSON body holds a card number (P2): 13 to 19 digits, spaces and dashes allowed, that pass the Luhn check.
 *
 * The raw text is searched first, which costs next to nothing, so that only the rare body with a long run of digits
 * is walked value by value.
 *
 * @param digitFields names of fields whose values may be long digits by nature, such as a carrier's tracking number
 */
export function holdsCardNumber(raw: string, parsed: unknown, digitFields: ReadonlySet<string>): boolean {
  return longDigits.test(raw) && walk(parsed, digitFields);
}

/** Thirteen digits with at most one space or dash between two of them. */
const longDigits = /\d(?:[ -]?\d){12}/;
const runs = /\d(?:[ -]?\d){12,}/g;

const digitsMin = 13;
const digitsMax = 19;

/** With a list of its own instead of calling itself: a body may be nested deeper than the engine's stack. */
function walk(body: unknown, digitFields: ReadonlySet<string>): boolean {
  const left: unknown[] = [body];
  for (let value = left.pop(); value !== undefined; value = left.pop()) {
    if (isCardValue(value)) return true;
    if (typeof value !== "object" || value === null) continue;
    for (const [key, item] of Object.entries(value)) {
      if (isCardText(key)) return true;
      if (!(typeof item === "string" && digitFields.has(key))) left.push(item);
    }
  }
  return false;
}

function isCardValue(value: unknown): boolean {
  if (typeof value === "string") return isCardText(value);
  return typeof value === "number" && Number.isSafeInteger(value) && isIssued(String(value));
}

function isCardText(text: string): boolean {
  for (const [run] of text.matchAll(runs)) {
    if (isCard(run.replace(/[ -]/g, ""))) return true;
    if (hidesCard(run.split(/[ -]/))) return true;
  }
  return false;
}

/** A card number beside other digits ("12 4242 4242 4242 4242"): every stretch of whole groups is looked at. */
function hidesCard(groups: readonly string[]): boolean {
  if (groups.length > groupsMax) return true;
  return groups.some((_, first) => {
    let digits = "";
    for (const group of groups.slice(first)) {
      digits += group;
      if (digits.length > digitsMax) return false;
      if (isIssued(digits)) return true;
    }
    return false;
  });
}

/** A run of so many groups is no text a person wrote; looking at each stretch of it would only cost time. */
const groupsMax = 200;

function isCard(digits: string): boolean {
  return digits.length >= digitsMin && digits.length <= digitsMax && passesLuhn(digits);
}

/** Cards begin with 2 to 6. Asked only of numbers and of parts of a run, where chance would refuse too much. */
function isIssued(digits: string): boolean {
  return /^[2-6]/.test(digits) && isCard(digits);
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i += 1) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const doubled = digit * 2;
    sum += i % 2 === 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}
