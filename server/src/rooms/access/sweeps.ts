import type { Pool } from "#platform/db/pool.ts";
import type { FileStore } from "#platform/files/file-store.ts";
import type { Sweep } from "#platform/jobs/sweep.ts";
import { fileDrop, filesForgotten, uploadsStale } from "./access.sql.gen.ts";
import { dropUpload, fileKey } from "./upload-file.ts";

/** An upload of a gigabyte has five hundred pieces to remove. */
const uploadsPerRound = 5;
const filesPerRound = 20;

/** Removes what was begun and left, and what came with drafts that are deleted. Until then it takes up disks. */
export function accessSweeps(db: Pool, files: FileStore): Sweep[] {
  return [
    {
      name: "access.drop_uploads",
      everyMs: 60_000,
      run: async () => {
        const stale = await uploadsStale(db, { limit: BigInt(uploadsPerRound) });
        for (const { uploadId, sizeBytes } of stale) {
          await dropUpload(db, files, { uploadId, sizeBytes: Number(sizeBytes) });
        }
        return stale.length;
      },
    },
    {
      name: "access.drop_forgotten",
      everyMs: 60_000,
      run: async () => {
        const forgotten = await filesForgotten(db, { limit: BigInt(filesPerRound) });
        for (const { fileId } of forgotten) {
          await files.remove(fileKey(fileId));
          await fileDrop(db, { fileId });
        }
        return forgotten.length;
      },
    },
  ];
}
