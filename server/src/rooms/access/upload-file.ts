import { createHash } from "node:crypto";
import { createReadStream, createWriteStream } from "node:fs";
import { open, rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Clock } from "#kernel/clock.ts";
import { newId } from "#kernel/ids.ts";
import type { Pool } from "#platform/db/pool.ts";
import type { Db } from "#platform/db/query.ts";
import type { FileStore } from "#platform/files/file-store.ts";
import { filePut, uploadEnd, uploadFind, uploadForget, uploadOpen, type FilePutRow } from "./access.sql.gen.ts";
import { fileKind, headBytes, isSellableName } from "./file-kind.ts";
import type { ScanFile } from "./scan-file.ts";
import { scratchPath } from "./scratch-file.ts";

/** Where files are kept, and who looks at them first. */
export type FileDeps = {
  readonly files: FileStore;
  /** Null: nobody looks, and that is told. */
  readonly scan: ScanFile | null;
  /** Where a file lies while it is looked at. */
  readonly scratchFolder: string;
  readonly clock: Clock;
};

/** A piece is sent again whole where the line breaks, and arrives within a request's half minute at 0.6 Mbit/s. */
export const pieceBytes = 2 * 1024 * 1024;

/** 1 GB. */
export const fileBytesMax = 1024 * 1024 * 1024;

/** What one account may have on its way at once: disks are not without end. */
const uploadsOpenMax = 20;

/** 20 GB, all that is kept of one account together: versions that were replaced as well, as somebody bought them. */
const accountBytesMax = 20n * BigInt(fileBytesMax);

/** Files that are kept of one account, replaced versions too, however small: every count reads each again. */
const accountFilesMax = 1_000;

/** Names on sale of one product: all of them stand on its page, and in the library of whoever bought it. */
const productNamesMax = 50;

export type OpenUpload = {
  readonly uploadId: string;
  readonly productId: string;
  readonly name: string;
  readonly sizeBytes: number;
};

type Wanted = {
  readonly accountId: string;
  readonly productId: string;
  readonly name: string;
  readonly sizeBytes: number;
};
export type OpenUploadResult =
  | { readonly kind: "opened"; readonly upload: OpenUpload }
  | {
      readonly kind:
        | "file_type_refused"
        | "file_too_large"
        | "product_not_found"
        | "uploads_too_many"
        | "files_too_many";
    };

/** Begins an upload of one file for a product of the account's. */
export async function openUpload(db: Db, { accountId, productId, name, sizeBytes }: Wanted): Promise<OpenUploadResult> {
  if (!isSellableName(name)) return { kind: "file_type_refused" };
  if (sizeBytes > fileBytesMax) return { kind: "file_too_large" };
  const uploadId = newId("upl");
  const { outcome } = await uploadOpen(db, {
    uploadId,
    productId,
    accountId,
    name: name.normalize("NFC"),
    sizeBytes: BigInt(sizeBytes),
    openMax: uploadsOpenMax,
    bytesMax: accountBytesMax,
    filesMax: accountFilesMax,
    namesMax: productNamesMax,
  });
  if (outcome === "opened") return { kind: "opened", upload: { uploadId, productId, name, sizeBytes } };
  if (outcome === "not_found") return { kind: "product_not_found" };
  return { kind: outcome === "uploads_too_many" ? outcome : "files_too_many" };
}

/** How many pieces a file of so many bytes comes in. */
export function pieceCountOf(sizeBytes: number): number {
  return Math.ceil(sizeBytes / pieceBytes);
}

export type Piece = {
  readonly uploadId: string;
  readonly accountId: string;
  /** From 0. */
  readonly piece: number;
  /** As long as its sender says it is, which has to be what it should be. */
  readonly content: Readable;
  readonly contentBytes: number;
};
export type TakePieceResult =
  | { readonly kind: "taken"; readonly sizeBytes: number }
  | { readonly kind: "upload_not_found" | "upload_piece_invalid" };

/** Keeps one piece as it streams in; nothing of a wrong one is read. The same piece again replaces it. */
export async function takePiece(db: Db, { files }: FileDeps, sent: Piece): Promise<TakePieceResult> {
  const { uploadId, accountId, piece, content, contentBytes } = sent;
  const upload = await uploadFind(db, { uploadId, accountId });
  if (upload === null || upload.isEnded) return { kind: "upload_not_found" };
  const sizeBytes = Math.min(pieceBytes, Number(upload.sizeBytes) - piece * pieceBytes);
  if (sizeBytes <= 0 || contentBytes !== sizeBytes) return { kind: "upload_piece_invalid" };
  await files.put(pieceKey(uploadId, piece), content, sizeBytes);
  // Ended while it came in: whoever removes its pieces may have passed this one already.
  if ((await uploadFind(db, { uploadId, accountId }))?.isEnded === false) return { kind: "taken", sizeBytes };
  await files.remove(pieceKey(uploadId, piece));
  return { kind: "upload_not_found" };
}

export type FinishUploadResult =
  | { readonly kind: "finished"; readonly file: FilePutRow }
  | {
      readonly kind:
        | "upload_not_found"
        | "upload_incomplete"
        | "file_type_refused"
        | "file_infected"
        | "scanner_unavailable";
    };

/**
 * Puts the pieces together, looks at what they are, and makes them the product's file: its next version where one of
 * this name is there. May be asked again after any failure; what is refused for what it is, is thrown away.
 */
export async function finishUpload(
  db: Pool,
  deps: FileDeps,
  { uploadId, accountId }: { readonly uploadId: string; readonly accountId: string },
): Promise<FinishUploadResult> {
  const upload = await uploadFind(db, { uploadId, accountId });
  if (upload === null) return { kind: "upload_not_found" };
  const sizeBytes = Number(upload.sizeBytes);
  const path = await scratchPath(deps.scratchFolder, deps.clock.now());
  try {
    const sha256 = await gather(deps.files, { uploadId, sizeBytes }, path);
    if (sha256 === null) return { kind: "upload_incomplete" };
    const contentType = fileKind(upload.name, await headOf(path));
    const refusal = contentType === null ? "file_type_refused" : await refusalOf(deps, path);
    if (refusal === "scanner_unavailable") return { kind: refusal };
    if (refusal !== null || contentType === null) {
      await dropUpload(db, deps.files, { uploadId, sizeBytes });
      return { kind: refusal ?? "file_type_refused" };
    }
    const fileId = fileIdOf(uploadId, sha256);
    await deps.files.put(fileKey(fileId), createReadStream(path), sizeBytes);
    const scannedAt = deps.scan === null ? null : deps.clock.now();
    const file = await filePut(db, { uploadId, fileId, contentType, sha256, scannedAt });
    // It has become a file of other bytes meanwhile, or was given up.
    if (file === null) await deps.files.remove(fileKey(fileId));
    await dropUpload(db, deps.files, { uploadId, sizeBytes });
    return file === null ? { kind: "upload_not_found" } : { kind: "finished", file };
  } finally {
    await rm(path, { force: true });
  }
}

/**
 * By upload and content: whoever finishes it again after a crash writes the same file once more, and nobody writes
 * other bytes over a file whose digest is known, which somebody has looked at, or bought.
 */
function fileIdOf(uploadId: string, sha256: Buffer): string {
  return `fil_${createHash("sha256").update(uploadId).update(sha256).digest("hex").slice(0, 24)}`;
}

/** Removes an upload's pieces and then the upload: the other way round nobody would find them again. */
export async function dropUpload(
  db: Db,
  files: FileStore,
  { uploadId, sizeBytes }: { readonly uploadId: string; readonly sizeBytes: number },
): Promise<void> {
  await uploadEnd(db, { uploadId });
  for (let piece = 0; piece < pieceCountOf(sizeBytes); piece += 1) await files.remove(pieceKey(uploadId, piece));
  await uploadForget(db, { uploadId });
}

/** Where a file lies. */
export function fileKey(fileId: string): string {
  return `files/${fileId}`;
}

function pieceKey(uploadId: string, piece: number): string {
  return `pieces/${uploadId}/${piece}`;
}

/** Writes all pieces into one file and answers its SHA-256; null where one is missing. */
async function gather(
  files: FileStore,
  { uploadId, sizeBytes }: { readonly uploadId: string; readonly sizeBytes: number },
  path: string,
): Promise<Buffer | null> {
  const hash = createHash("sha256");
  let isWhole = true;
  async function* pieces(): AsyncGenerator<Buffer> {
    for (let piece = 0; piece < pieceCountOf(sizeBytes); piece += 1) {
      const content = await files.read(pieceKey(uploadId, piece));
      if (content === null) {
        isWhole = false;
        return;
      }
      for await (const chunk of content as AsyncIterable<Buffer>) {
        hash.update(chunk);
        yield chunk;
      }
    }
  }
  await pipeline(Readable.from(pieces()), createWriteStream(path, { mode: 0o600 }));
  return isWhole ? hash.digest() : null;
}

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path, "r");
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

async function refusalOf({ scan }: FileDeps, path: string): Promise<"file_infected" | "scanner_unavailable" | null> {
  if (scan === null) return null;
  const { kind } = await scan(path);
  if (kind === "clean") return null;
  return kind === "infected" ? "file_infected" : "scanner_unavailable";
}
