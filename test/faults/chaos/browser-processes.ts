import { readdirSync, readFileSync } from "node:fs";

/** The main process of one browser, whose children are of its group. */
export type BrowserProcess = {
  readonly pid: number;
  /** Those that draw its pages. */
  readonly pagePids: readonly number[];
};

/**
 * The browsers that live on profiles below this folder, which one run has for itself: nobody else's are ever found.
 * Where processes cannot be read (no `/proc`), there are none.
 */
export function browsersOn(profilesFolder: string): BrowserProcess[] {
  const all = readProcesses();
  const heads = all.filter(
    ({ command }) => command.includes(`--user-data-dir=${profilesFolder}/`) && !command.includes("--type="),
  );
  return heads.map(({ pid }) => ({
    pid,
    pagePids: all
      .filter(({ group, command }) => group === pid && command.includes("--type=renderer"))
      .map((page) => page.pid),
  }));
}

type Process = { readonly pid: number; readonly group: number; readonly command: string };

function readProcesses(): Process[] {
  let names: string[];
  try {
    names = readdirSync("/proc");
  } catch {
    return [];
  }
  return names.flatMap((name) => {
    if (!/^\d+$/.test(name)) return [];
    try {
      const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ");
      // After the name in parentheses, which may hold anything: state, parent, group.
      const stat = readFileSync(`/proc/${name}/stat`, "utf8");
      const group = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[2]);
      return command === "" ? [] : [{ pid: Number(name), group, command }];
    } catch {
      // It has ended meanwhile.
      return [];
    }
  });
}
