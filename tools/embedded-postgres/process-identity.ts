import { readFileSync } from "node:fs";

/** A process by more than its number, since numbers are used again: after a restart of a container, at once. */
export type ProcessIdentity = { readonly pid: number; readonly startedAt: string };

export function identityOf(pid: number): ProcessIdentity {
  return { pid, startedAt: startOf(pid) ?? "" };
}

/** Whether that very process still runs. Where the system does not tell start times, its number must do. */
export function isSameAlive(identity: ProcessIdentity): boolean {
  if (!isAlive(identity.pid)) return false;
  const startedAt = startOf(identity.pid);
  return startedAt === undefined || identity.startedAt === "" || startedAt === identity.startedAt;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it is there, and somebody else's.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
  return stateOf(pid) !== "Z";
}

/** Field 22 of /proc/<pid>/stat: clock ticks after boot. The name in field 2 may hold spaces and brackets. */
function startOf(pid: number): string | undefined {
  return statFields(pid)?.[19];
}

/** A zombie has ended; only its parent has not noticed yet. */
function stateOf(pid: number): string | undefined {
  return statFields(pid)?.[0];
}

/** The fields after the name, so field 3 (the state) comes first. Undefined where there is no /proc. */
function statFields(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  } catch {
    return undefined;
  }
}
