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
export function wantedRange(headers: RangeHeaders, sizeBytes: number, etag: string): WantedRange {
  const [, first = "", last = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(headers.range ?? "") ?? [];
  if (first === "" && last === "") return { kind: "whole" };
  if (headers["if-range"] !== undefined && headers["if-range"] !== etag) return { kind: "whole" };
  return first === "" ? lastBytes(Number(last), sizeBytes) : bytesFrom(Number(first), last, sizeBytes);
}

function lastBytes(wanted: number, sizeBytes: number): WantedRange {
  const count = Math.min(wanted, sizeBytes);
  if (count === 0) return { kind: "unsatisfiable" };
  return { kind: "part", range: { start: sizeBytes - count, end: sizeBytes - 1 } };
}

function bytesFrom(start: number, last: string, sizeBytes: number): WantedRange {
  // A part that ends before it begins is no part at all, and is passed over.
  if (last !== "" && Number(last) < start) return { kind: "whole" };
  if (start >= sizeBytes) return { kind: "unsatisfiable" };
  const end = last === "" ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  return { kind: "part", range: { start, end } };
}
