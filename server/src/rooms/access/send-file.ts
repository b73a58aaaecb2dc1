import type { File } from "#platform/http/file-route.ts";
import { problem, type Problem } from "#platform/http/problem.ts";
import type { FileStore } from "#platform/files/file-store.ts";
import type { FileOfLinkRow } from "./access.sql.gen.ts";
import { wantedRange, type RangeHeaders } from "./byte-range.ts";
import { fileKey } from "./upload-file.ts";

/**
 * A file, or the part of it that was asked for. Always to be saved, never to be shown: it is a stranger's, and comes
 * from the shop's own origin.
 */
export async function sendFile(
  files: FileStore,
  file: FileOfLinkRow,
  asked: RangeHeaders,
): Promise<File | Problem<"file_not_found">> {
  const sizeBytes = Number(file.sizeBytes);
  const etag = `"${file.sha256.toString("hex")}"`;
  const headers = {
    "accept-ranges": "bytes",
    etag,
    "cache-control": "private, no-store",
    "content-disposition": `attachment; filename*=UTF-8''${encodeName(file.name)}`,
    "x-content-type-options": "nosniff",
    "content-security-policy": "sandbox; default-src 'none'",
  };
  const wanted = wantedRange(asked, sizeBytes, etag);
  if (wanted.kind === "unsatisfiable") {
    const none = { ...headers, "content-range": `bytes */${sizeBytes}` };
    return { status: 416, contentType: file.contentType, content: "", headers: none };
  }
  const range = wanted.kind === "part" ? wanted.range : { start: 0, end: sizeBytes - 1 };
  const content = await files.read(fileKey(file.fileId), wanted.kind === "part" ? range : undefined);
  if (content === null) return problem("file_not_found");
  const length = { "content-length": String(range.end - range.start + 1) };
  if (wanted.kind === "whole") return { contentType: file.contentType, content, headers: { ...headers, ...length } };
  const part = { ...headers, ...length, "content-range": `bytes ${range.start}-${range.end}/${sizeBytes}` };
  return { status: 206, contentType: file.contentType, content, headers: part };
}

/** RFC 8187: all but what it lets stand is written by its bytes. */
function encodeName(name: string): string {
  return encodeURIComponent(name).replaceAll(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}
