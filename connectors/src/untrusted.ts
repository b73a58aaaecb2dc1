/**
 * Readers for what a store answered. A store's answer is another program's output: nothing is believed that was not
 * looked at, and text is cut to a length that a log, a column or a page can bear.
 */
export type Json = Readonly<Record<string, unknown>>;

const nothing: Json = {};
const textLengthMax = 200;
const entriesMax = 200;

/** Undefined when the body is not a JSON object. */
export function parseObject(body: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

export function objectAt(json: Json, field: string): Json {
  const value = json[field];
  return isObject(value) ? value : nothing;
}

/** The objects of a list, at most 200 of them; [] when there is no list. */
export function listAt(json: Json, field: string): readonly Json[] {
  const value = json[field];
  return Array.isArray(value) ? value.slice(0, entriesMax).filter(isObject) : [];
}

/** Printable text of 1 to 200 characters, else null. */
export function textAt(json: Json, field: string): string | null {
  const value = json[field];
  if (typeof value !== "string" || value.length === 0 || value.length > textLengthMax) return null;
  return /^[^\p{Cc}\p{Cs}]+$/u.test(value) ? value : null;
}

/** An identifier that is safe in a URL's path and in a log line, else null. */
export function idAt(json: Json, field: string): string | null {
  const value = textAt(json, field);
  return value !== null && /^[\w.:~-]{1,100}$/.test(value) ? value : null;
}

/** An amount in minor units: a whole number from 0 up to a sane most; else null. */
export function minorAt(json: Json, field: string): number | null {
  const value = json[field];
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 && value <= 1e12 ? value : null;
}

/** One of the words that are known, else null. */
export function wordAt<const W extends string>(json: Json, field: string, words: readonly W[]): W | null {
  const value = json[field];
  return words.find((word) => word === value) ?? null;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
