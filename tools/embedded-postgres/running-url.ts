import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The database of `npm start`, found by what its running server wrote beside its files; null where none runs. */
export function runningUrl(dataDir: string): string | null {
  const cluster = join(dataDir, "postgres", "cluster", "postmaster.pid");
  const password = join(dataDir, "postgres", "password");
  if (!existsSync(cluster) || !existsSync(password)) return null;
  // https://www.postgresql.org/docs/current/storage-file-layout.html: the fourth line of postmaster.pid is the port.
  const port = readFileSync(cluster, "utf8").split("\n")[3];
  return `postgres://postgres:${readFileSync(password, "utf8")}@127.0.0.1:${port}/muse`;
}
