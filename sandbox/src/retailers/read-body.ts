/** Small readers for request bodies: the sandbox is on the hot path of benchmarks, so no schema library. */
export type Json = Readonly<Record<string, unknown>>;

export function asObject(value: unknown): Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Json) : {};
}

export function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Text of at most 500 characters, trimmed; "" for anything else. */
export function asText(value: unknown): string {
  return typeof value === "string" && value.length <= 500 ? value.trim() : "";
}

export function asTextOrNull(value: unknown): string | null {
  const text = asText(value);
  return text === "" ? null : text;
}

/** 0 for anything that is not a count from 1 to 100. */
export function asQuantity(value: unknown): number {
  return typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= 100 ? value : 0;
}
