import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ConfigError, type Config } from "#platform/config/config.ts";
import { masterKeyFrom, newMasterKey, type MasterKey } from "./credential.ts";

const fileName = "master-key";

/**
 * The master key: the configured one, or on a developer's machine one that is made once and kept in the data directory.
 *
 * @throws ConfigError in production without one, or when the kept one cannot be read
 */
export function openMasterKey({
  masterKey,
  dataDir,
  isProduction,
}: Pick<Config, "masterKey" | "dataDir" | "isProduction">): MasterKey {
  if (masterKey === null && isProduction) {
    throw new ConfigError("MUSE_MASTER_KEY is missing: set it to 32 bytes in base64 (openssl rand -base64 32).");
  }
  const known = masterKeyFrom(masterKey ?? keptKey(dataDir));
  if (known === null)
    throw new ConfigError(`${fileName} does not hold a key: remove it from MUSE_DATA, or set MUSE_MASTER_KEY.`);
  return known;
}

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
