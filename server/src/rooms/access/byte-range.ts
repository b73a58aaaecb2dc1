import type { ByteRange } from "#platform/files/file-store.ts";

/** `unsatisfiable`: the file has no such part (416). `whole`: nothing was asked for, or nothing we answer in parts. */
export type WantedRange =
  | { readonly kind: "part"; readonly range: ByteRange }
  | { readonly kind: "whole" | "unsatisfiable" };

export type RangeHeaders = {
  readonly range?: string | undefined;
  readonly "if-range"?: string | string[] | undefined;
};

/**
 * Reads a `Range` header (RFC 9110, 14.2). Several parts at once are answered with the whole, as it allows, and so is
 * one that `If-Range` names another content for.
 *
 * @param etag what the file is, in quotes
 */
export function wantedRange(
  headers: RangeHeaders,
  sizeBytes: number,
  etag: string,
): WantedRange {
  const [, first = "", last = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(headers.range ?? "") ?? [];
  if (first === "" && last === "") return { kind: "whole" };
  if (headers["if-range"] !== undefined && headers["if-range"] !== etag) return { kind: "whole" };
  const end = sizeBytes - 1;
  if (first === "") {
    const count = Math.min(Number(last), sizeBytes);
    return count === 0 ? { kind: "unsatisfiable" } : { kind: "part", range: { start: sizeBytes - count, end } };
  }
  const range = { start: Number(first), end: last === "" ? end : Math.min(Number(last), end) };
  // A part that ends before it begins is no part at all, and is passed over.
  if (last !== "" && Number(last) < range.start) return { kind: "whole" };
  return range.start > end ? { kind: "unsatisfiable" } : { kind: "part", range };
}
