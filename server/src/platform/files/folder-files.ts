import { createReadStream, createWriteStream } from "node:fs";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { assert } from "#kernel/assert.ts";
import { newId } from "#kernel/ids.ts";
import { exactSize } from "./exact-size.ts";
import { isFileKey, type FileStore } from "./file-store.ts";

/** Files in a folder of this machine, or of a disk that all its processes share. */
export function folderFiles(folder: string): FileStore {
  const pathOf = (key: string): string => {
    assert(isFileKey(key), "folderFiles: a key is one of ours");
    return join(folder, key);
  };
  return {
    put: async (key, content, sizeBytes) => {
      const path = pathOf(key);
      // Written beside and moved: whoever reads at this moment finds the old one or the new one, whole.
      const draft = `${path}.${newId("tmp")}`;
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      try {
        await pipeline(content, exactSize(sizeBytes), createWriteStream(draft, { mode: 0o600, flush: true }));
        await rename(draft, path);
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
    },
    read: async (key, range) => {
      const file = await open(pathOf(key), "r").catch(nothingThere);
      // The handle is the stream's own from here: it is closed when the stream is done or given up.
      return file === null ? null : createReadStream("", { fd: file, ...range });
    },
    remove: async (key) => await rm(pathOf(key), { force: true }),
  };
}

function nothingThere(error: unknown): null {
  if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
  throw error;
}
