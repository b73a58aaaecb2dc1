import { readFileSync } from "node:fs";
import { join } from "node:path";
import { claim, type Claim } from "./claim.ts";
import { EmbeddedPostgresError } from "./error.ts";
import { isAlive } from "./process-identity.ts";

/** @throws EmbeddedPostgresError when another living process is using the data directory */
export function claimCluster(dataDir: string): Claim {
  const claimed = claim(join(dataDir, "owner.json"));
  if ("release" in claimed) return claimed;
  throw new EmbeddedPostgresError(
    `the database in ${dataDir} is in use by process ${claimed.heldBy}: stop that one first, or set MUSE_DATA`,
  );
}

/** The process of the server that runs on this directory, if one does. */
export function serverPid(dataDir: string): number | undefined {
  const cluster = join(dataDir, "cluster");
  let pid: number;
  try {
    pid = Number(readFileSync(join(cluster, "postmaster.pid"), "utf8").split("\n")[0]);
  } catch {
    return undefined;
  }
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return undefined;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(cluster) ? pid : undefined;
  } catch {
    // No /proc on this system: the pid file's word has to do.
    return pid;
  }
}
