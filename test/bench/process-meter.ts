import { readdirSync, readFileSync } from "node:fs";

/** CPU time since a program began, and what it holds in memory now and held at most. */
export type ProcessUse = { readonly cpuMs: number; readonly memoryMb: number; readonly memoryPeakMb: number };

/** CPU time of the whole machine since it was started; `stealMs` is what its host gave to others. */
export type MachineUse = { readonly busyMs: number; readonly idleMs: number; readonly stealMs: number };

/** Linux counts CPU time for programs in hundredths of a second on every architecture (USER_HZ). */
const tickMs = 10;

/** One program. Linux alone has /proc. */
export function readProcess(pid: number): ProcessUse {
  const { cpuMs } = readStat(pid);
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return { cpuMs, memoryMb: megabytes(status, "VmRSS"), memoryPeakMb: megabytes(status, "VmHWM") };
}

/**
 * PostgreSQL: its postmaster with all its children, those that have ended included. Memory is each one's own plus the
 * shared buffers once, which every child's figure would count again.
 */
export function readPostgres(postmaster: number): ProcessUse {
  const root = readStat(postmaster);
  let cpuMs = root.cpuMs + root.reapedMs;
  let ownMb = 0;
  let sharedMb = 0;
  for (const pid of [postmaster, ...childrenOf(postmaster)]) {
    try {
      if (pid !== postmaster) cpuMs += readStat(pid).cpuMs;
      const status = readFileSync(`/proc/${pid}/status`, "utf8");
      ownMb += megabytes(status, "RssAnon");
      sharedMb = Math.max(sharedMb, megabytes(status, "RssShmem"));
    } catch {
      // It ended between the list and the look.
    }
  }
  return { cpuMs, memoryMb: ownMb + sharedMb, memoryPeakMb: ownMb + sharedMb };
}

/** What all of PostgreSQL's processes hold together, in megabytes: its buffers, as far as they have been used yet. */
export function readPostgresBuffersMb(postmaster: number): number {
  const shared = childrenOf(postmaster).map((pid) => {
    try {
      return megabytes(readFileSync(`/proc/${pid}/status`, "utf8"), "RssShmem");
    } catch {
      return 0;
    }
  });
  return Math.max(0, ...shared);
}

export function readMachine(): MachineUse {
  // https://docs.kernel.org/filesystems/proc.html: user nice system idle iowait irq softirq steal
  const [user = 0, nice = 0, system = 0, idle = 0, iowait = 0, irq = 0, softirq = 0, steal = 0] =
    readFileSync("/proc/stat", "utf8").split("\n", 1)[0]?.split(/\s+/).slice(1).map(Number) ?? [];
  return {
    busyMs: (user + nice + system + irq + softirq) * tickMs,
    idleMs: (idle + iowait) * tickMs,
    stealMs: steal * tickMs,
  };
}

function readStat(pid: number): { parent: number; cpuMs: number; reapedMs: number } {
  const text = readFileSync(`/proc/${pid}/stat`, "utf8");
  // The name in brackets may hold anything; what follows it is numbers, counted from the state.
  const fields = text
    .slice(text.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  const [parent = 0, userTicks = 0, systemTicks = 0, reapedUser = 0, reapedSystem = 0] = [1, 11, 12, 13, 14].map(
    (at) => fields[at] ?? 0,
  );
  return { parent, cpuMs: (userTicks + systemTicks) * tickMs, reapedMs: (reapedUser + reapedSystem) * tickMs };
}

function childrenOf(parent: number): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readStat(pid).parent === parent;
      } catch {
        return false;
      }
    });
}

function megabytes(status: string, field: string): number {
  return Number(new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(status)?.[1] ?? 0) / 1024;
}
