import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigError, type Config } from "#platform/config/config.ts";
import { masterKeyFrom, newMasterKey, type MasterKey } from "./credential.ts";

const fileName = "master-key";
/** The one before, while what it wrapped is being wrapped anew. */
const otherName = "master-key-other";

/**
 * The master key: the configured one, or on a developer's machine one that is made once and kept in the data directory.
 * With it the other one, where keys are being changed.
 *
 * @throws ConfigError in production without one, or when the kept one cannot be read
 */
export function openMasterKey({ masterKey, otherMasterKey = null, dataDir, isProduction }: KeyConfig): MasterKey {
  if (masterKey === null && isProduction) {
    throw new ConfigError("MUSE_MASTER_KEY is missing: set it to 32 bytes in base64 (openssl rand -base64 32).");
  }
  const known = masterKeyFrom(masterKey ?? keptKey(dataDir));
  if (known === null)
    throw new ConfigError(`${fileName} does not hold a key: remove it from MUSE_DATA, or set MUSE_MASTER_KEY.`);
  const other = otherMasterKey ?? (masterKey === null ? keptOther(dataDir) : null);
  const also = other === null ? null : masterKeyFrom(other);
  return also === null || also.id === known.id ? known : { ...known, other: also };
}

/**
 * Makes the next key of a data directory and keeps the present one beside it; where that was begun before, goes on with
 * it. Nothing is lost wherever this stops: the present key is written under its other name before it is replaced.
 */
export function changeKeptKey(dataDir: string): void {
  const present = readFileSync(join(dataDir, fileName));
  const otherPath = join(dataDir, otherName);
  if (existsSync(otherPath) && !readFileSync(otherPath).equals(present)) return;
  writeFileSync(otherPath, present, { mode: 0o600 });
  const nextPath = join(dataDir, `${fileName}-next`);
  writeFileSync(nextPath, `${newMasterKey().toString("base64")}\n`, { mode: 0o600 });
  renameSync(nextPath, join(dataDir, fileName));
}

/** Nothing is wrapped with the other key any more. */
export function forgetOtherKey(dataDir: string): void {
  rmSync(join(dataDir, otherName), { force: true });
}

function keptOther(dataDir: string): Buffer | null {
  const path = join(dataDir, otherName);
  return existsSync(path) ? Buffer.from(readFileSync(path, "utf8"), "base64") : null;
}

type KeyConfig = Pick<Config, "masterKey" | "dataDir" | "isProduction"> & Partial<Pick<Config, "otherMasterKey">>;

/** `wx`: of two programs that start at once one makes it, and both read what is there. */
function keptKey(dataDir: string): Buffer {
  const path = join(dataDir, fileName);
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    writeFileSync(path, `${newMasterKey().toString("base64")}\n`, { flag: "wx", mode: 0o600 });
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) throw unwritable(error);
  }
  try {
    return Buffer.from(readFileSync(path, "utf8"), "base64");
  } catch (error) {
    throw unwritable(error);
  }
}

function unwritable(cause: unknown): ConfigError {
  return new ConfigError(`${fileName} cannot be kept in MUSE_DATA: set MUSE_MASTER_KEY, or another MUSE_DATA.`, {
    cause,
  });
}
