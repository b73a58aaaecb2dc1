/** The tag of a cart's version, for `ETag`. */
export function etagOf(version: number): string {
  return `"${version}"`;
}

/** No cart has it, so that a tag we never gave out matches none. */
const noVersion = -1n;

/**
 * The version that a caller's `If-Match` stands for; null for none and for `*`. Weak tags count too: a version is exact
 * either way.
 */
export function expectedVersion(header: string | undefined): bigint | null {
  if (header === undefined || header.trim() === "*") return null;
  const match = /^(?:W\/)?"?(\d{1,15})"?$/.exec(header.trim());
  return match === null ? noVersion : BigInt(match[1] ?? noVersion);
}
