import type { Readable } from "node:stream";

/** The part of a file that is wanted: from `start` to `end`, both included. */
export type ByteRange = { readonly start: number; readonly end: number };

/**
 * Where large files lie: a folder of this machine, or a bucket. Keys are ours (`files/fil_…`, `pieces/upl_…/3`), never
 * of what somebody called a file. What is under a key is whole or not there.
 */
export type FileStore = {
  /**
   * Keeps a stream of exactly so many bytes.
   *
   * @throws FileSizeError where it turns out longer or shorter; nothing is kept then
   */
  readonly put: (key: string, content: Readable, sizeBytes: number) => Promise<void>;
  /** The bytes as they are read; null where nothing lies there. */
  readonly read: (key: string, range?: ByteRange) => Promise<Readable | null>;
  /** What is not there is removed already. */
  readonly remove: (key: string) => Promise<void>;
};

/** What arrived is not as long as was said. */
export class FileSizeError extends Error {
  override readonly name = "FileSizeError";
}

/** Keys become paths and URLs: nothing in them that means something there. */
export function isFileKey(key: string): boolean {
  return /^[a-z]+(\/[A-Za-z0-9_]+){1,3}$/.test(key);
}
