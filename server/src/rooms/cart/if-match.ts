import { answer } from "#platform/http/problem.ts";

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

/** Every answer carries the cart's version, as a field and as the tag that `If-Match` takes. */
export function tagged<Data extends { readonly version: number }>(data: Data) {
  return answer(data, { headers: { etag: `"${data.version}"` } });
}
