/**
 * Completes package-lock.json with the packages of other platforms.
 *
 * A package with native parts has one optional dependency per platform. npm writes those of all platforms into the lock
 * file, unless the registry it asks (a mirror, often) holds only some; then `npm ci` refuses the file for what it
 * lacks, even on the platform that has everything. Such an entry needs only name, version and platform; without the
 * hash, which comes with the package itself, npm takes what the registry gives.
 *
 *     node tools/lock-platforms.ts            adds what is missing
 *     node tools/lock-platforms.ts --check    fails when something is
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

type LockEntry = {
  readonly version?: string;
  readonly dev?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
};

type Lock = { packages: Record<string, LockEntry> };

export type Missing = { readonly at: string; readonly entry: object };

/** The entries that the lock file lacks, by their place in node_modules. */
export function missingPlatforms(packages: Readonly<Record<string, LockEntry>>): Missing[] {
  const found = new Map<string, Missing>();
  for (const [place, entry] of Object.entries(packages)) {
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      const platform = platformOf(name);
      if (platform === undefined || isResolved(packages, place, name)) continue;
      const at = `node_modules/${name}`;
      const dev = entry.dev === true ? { dev: true } : {};
      found.set(at, { at, entry: { version: range.replace(/^[\^~]/, ""), ...platform, ...dev, optional: true } });
    }
  }
  return [...found.values()];
}

/** Node looks for a package beside the one that wants it, then further and further out. */
function isResolved(packages: Readonly<Record<string, LockEntry>>, from: string, name: string): boolean {
  for (let place = from; ; place = place.slice(0, Math.max(0, place.lastIndexOf("/node_modules/")))) {
    const at = place === "" ? `node_modules/${name}` : `${place}/node_modules/${name}`;
    if (packages[at] !== undefined) return true;
    if (place === "") return false;
  }
}

const systems = new Map([
  ["darwin", "darwin"],
  ["macos", "darwin"],
  ["fsevents", "darwin"],
  ["linux", "linux"],
  ["linuxmusl", "linux"],
  ["win32", "win32"],
  ["windows", "win32"],
  ["freebsd", "freebsd"],
  ["openbsd", "openbsd"],
  ["netbsd", "netbsd"],
  ["android", "android"],
  ["openharmony", "openharmony"],
  ["sunos", "sunos"],
  ["aix", "aix"],
]);

const processors = ["x64", "arm64", "arm", "ia32", "ppc64", "riscv64", "s390x", "loong64", "mips64el", "wasm32"];

/** What the name says of the platform; undefined for a package that is not one platform's. */
function platformOf(name: string): object | undefined {
  const words = name.split(/[-/]/);
  const system = words.map((word) => systems.get(word)).find((os) => os !== undefined);
  const processor = words.find((word) => processors.includes(word));
  if (system === undefined && processor !== "wasm32") return undefined;
  const isMusl = words.some((word) => word.includes("musl"));
  const isGnu = words.some((word) => word.startsWith("gnu"));
  return {
    ...(processor === undefined ? {} : { cpu: [processor] }),
    ...(isMusl || isGnu ? { libc: [isMusl ? "musl" : "glibc"] } : {}),
    ...(system === undefined ? {} : { os: [system] }),
  };
}

function main(isCheck: boolean): number {
  const file = join(resolve(import.meta.dirname, ".."), "package-lock.json");
  const lock = JSON.parse(readFileSync(file, "utf8")) as Lock;
  const missing = missingPlatforms(lock.packages);
  if (!isCheck && missing.length > 0) {
    const all = [...Object.entries(lock.packages), ...missing.map(({ at, entry }) => [at, entry] as const)];
    // npm sorts by place; keeping to that keeps its next diff small.
    lock.packages = Object.fromEntries(all.toSorted(([a], [b]) => a.localeCompare(b, "en")));
    writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  }
  const word = isCheck ? "are missing: node tools/lock-platforms.ts" : "added";
  process.stdout.write(`${missing.length} packages of other platforms ${missing.length === 0 ? "missing" : word}\n`);
  return isCheck && missing.length > 0 ? 1 : 0;
}

if (import.meta.main) process.exitCode = main(process.argv.includes("--check"));
