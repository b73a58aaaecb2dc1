import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

/** Nobody writes on a scratch file for so long: its process has died, and left up to a gigabyte. */
const leftAfterMs = 3_600_000;

/** Where a file may lie while it is looked at. What others have left there an hour ago is removed first. */
export async function scratchPath(folder: string, now: Date): Promise<string> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of await readdir(folder)) {
    const path = join(folder, name);
    const written = await stat(path).catch(() => null);
    if (written !== null && written.mtimeMs < now.getTime() - leftAfterMs) await rm(path, { force: true });
  }
  return join(folder, randomUUID());
}
