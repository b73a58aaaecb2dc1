import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { identityOf, isSameAlive, type ProcessIdentity } from "./process-identity.ts";

export type Claim = { readonly release: () => void };

/**
 * Marks something as this process's own by a file. A mark whose process is gone is taken over.
 *
 * @returns the claim, or the number of the living process that holds it
 */
export function claim(file: string): Claim | { readonly heldBy: number } {
  const mine = JSON.stringify(identityOf(process.pid));
  for (let attempt = 1; ; attempt += 1) {
    try {
      writeFileSync(file, mine, { flag: "wx" });
      return { release: () => rmSync(file, { force: true }) };
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "EEXIST") || attempt === 3) throw error;
    }
    const holder = readHolder(file);
    if (holder !== undefined && isSameAlive(holder)) return { heldBy: holder.pid };
    rmSync(file, { force: true });
  }
}

function readHolder(file: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as ProcessIdentity;
  } catch {
    // Half written by a process that was killed, or removed this moment.
    return undefined;
  }
}
