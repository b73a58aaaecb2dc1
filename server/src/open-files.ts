import type { FilesConfig } from "#platform/config/files.ts";
import type { FileStore } from "#platform/files/file-store.ts";
import { folderFiles } from "#platform/files/folder-files.ts";
import { s3Files } from "#platform/outbound/s3-files.ts";

/** Where the configuration says that files lie. */
export function openFiles({ store }: FilesConfig): FileStore {
  return store.kind === "folder" ? folderFiles(store.folder) : s3Files(store);
}
