import { randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Settled } from "./variables.ts";

const fileName = "auth-secret";

/**
 * The secret that sessions are signed with. On a developer's machine it is made once and kept in the data directory, so
 * that nobody is signed out by a restart; in production it must be given, as several machines share it.
 */
export function authSecretFrom(given: string | undefined, dataDir: string, isProduction: boolean): Settled<string> {
  if (given !== undefined) return { value: given };
  if (isProduction)
    return { complaint: "AUTH_SECRET is missing: set it to at least 32 characters (openssl rand -base64 32)." };
  const path = join(dataDir, fileName);
  try {
    return { value: kept(path) ?? made(dataDir, path) };
  } catch {
    return {
      complaint: `MUSE_DATA cannot be written to: ${fileName} could not be kept in it. Set AUTH_SECRET, or another MUSE_DATA.`,
    };
  }
}

function kept(path: string): string | null {
  try {
    const secret = readFileSync(path, "utf8").trim();
    return secret.length >= 32 ? secret : null;
  } catch {
    return null;
  }
}

/** `wx`: of two programs that start at once one makes it, and the other reads what the first one made. */
function made(dataDir: string, path: string): string {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  try {
    writeFileSync(path, `${randomBytes(32).toString("base64")}\n`, { flag: "wx", mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  }
  return readFileSync(path, "utf8").trim();
}
