import type { Language } from "@muse/contracts/error";
import { LibraryFile, type LibraryItem, type ReviewView } from "@muse/contracts/library";
import { waiverVersion, waiverWords } from "@muse/contracts/withdrawal-waiver";
import { z } from "zod";
import type { FilesOfRow, LibraryListRow, ReviewListRow } from "./access.sql.gen.ts";

/** As the database writes them; times are milliseconds there. */
const FileRecords = z.array(LibraryFile.extend({ uploadedAt: z.number() }));

/** Something owned, as its owner reads it. */
export function presentItem(row: LibraryListRow, language: Language): LibraryItem {
  return {
    productId: row.productId,
    museOrderNumber: row.orderNumber,
    title: row.title,
    sellerName: row.sellerName,
    imageUrl: row.imageUrl,
    grantedAt: row.grantedAt.toISOString(),
    isFrozen: row.isFrozen,
    downloadCount: row.downloadCount,
    files: FileRecords.parse(row.files).map((file) => ({
      ...file,
      uploadedAt: new Date(file.uploadedAt).toISOString(),
    })),
    waiver: presentWaiver(row, language),
    review: row.rating === null ? null : { rating: row.rating, body: row.body ?? "", author: row.author },
  };
}

type Waived = Pick<LibraryListRow, "wording" | "waivedAt">;

/** The words that were agreed to, or those to agree to. */
export function presentWaiver({ wording, waivedAt }: Waived, language: Language): LibraryItem["waiver"] {
  if (wording === null) return { state: "open", version: waiverVersion, words: waiverWords[language], waivedAt: null };
  return { state: "waived", version: null, words: wording, waivedAt: waivedAt?.toISOString() ?? null };
}

export function presentReview({ productId, rating, body, author, writtenAt }: ReviewListRow): ReviewView {
  return { productId, rating, body, author, writtenAt: writtenAt.toISOString() };
}

/** A file as its seller and its buyers are told of it. */
export function presentFile(row: Omit<FilesOfRow, "productId" | "scannedAt">): LibraryFile {
  return {
    fileId: row.fileId,
    name: row.name,
    version: row.version,
    contentType: row.contentType,
    sizeBytes: Number(row.sizeBytes),
    sha256: row.sha256.toString("hex"),
    uploadedAt: row.uploadedAt.toISOString(),
  };
}
