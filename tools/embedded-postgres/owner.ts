import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { EmbeddedPostgresError } from "./error.ts";
import { identityOf, isAlive, isSameAlive, type ProcessIdentity } from "./process-identity.ts";

export type ClusterOwner = { readonly release: () => void };

/**
 * Marks a data directory as this process's own. A mark whose process is gone is taken over.
 *
 * @throws EmbeddedPostgresError when another living process holds it
 */
export function claimCluster(dataDir: string): ClusterOwner {
  const file = join(dataDir, "owner.json");
  const mine = JSON.stringify(identityOf(process.pid));
  for (let attempt = 1; ; attempt += 1) {
    try {
      writeFileSync(file, mine, { flag: "wx" });
      return { release: () => rmSync(file, { force: true }) };
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST") || attempt === 3) throw error;
    }
    const holder = readOwner(file);
    if (holder !== undefined && isSameAlive(holder)) {
      throw new EmbeddedPostgresError(
        `the database in ${dataDir} is in use by process ${holder.pid}: stop that one first, or set MUSE_DATA`,
      );
    }
    rmSync(file, { force: true });
  }
}

function readOwner(file: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as ProcessIdentity;
  } catch {
    // Half written by a process that was killed, or removed this moment.
    return undefined;
  }
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
