import { execFile } from "node:child_process";

/** `infected`: its word is final. `unavailable`: it did not say, so nobody knows. */
export type ScanResult = { readonly kind: "clean" | "infected" | "unavailable" };

/** Looks at a file of this machine. */
export type ScanFile = (path: string) => Promise<ScanResult>;

/** A gigabyte takes a scanner some tens of seconds. */
const scanMsMax = 55_000;

/**
 * A scanner that is a program: the file's path is its last argument, exit 0 means clean and 1 infected, as ClamAV's
 * `clamscan` and `clamdscan` have it. Anything else, and no answer in time, is no word at all.
 *
 * @param command the program and its arguments, with spaces between
 */
export function scannerOf(command: string): ScanFile {
  const [program = "", ...args] = command.trim().split(/\s+/);
  return async (path) =>
    await new Promise((resolve) => {
      execFile(program, [...args, path], { timeout: scanMsMax }, (error) => {
        if (error === null) resolve({ kind: "clean" });
        else resolve({ kind: error.code === 1 ? "infected" : "unavailable" });
      });
    });
}
