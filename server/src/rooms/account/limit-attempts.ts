import { hash } from "node:crypto";
import type { Db } from "#platform/db/query.ts";
import { rateLimitLook, rateLimitTake } from "./account.sql.gen.ts";

export type Limit = {
  /** What is counted: one name for each thing that may be tried. */
  readonly what: string;
  readonly windowS: number;
  readonly countMax: number;
};

/**
 * Counts an attempt of somebody (an address, an e-mail) at something, across all processes. The name is digested: how
 * often is kept, who is not.
 *
 * @returns null while it is within the limit, else the seconds to wait
 */
export async function takeAttempt(db: Db, limit: Limit, who: string): Promise<number | null> {
  const { windowS, countMax } = limit;
  const taken = await rateLimitTake(db, { key: keyOf(limit, who), windowS, countMax });
  return taken.isAllowed ? null : taken.retryAfterS;
}

/** The same question without counting, for attempts of which only the failed ones are counted. */
export async function lookAttempts(db: Db, limit: Limit, who: string): Promise<number | null> {
  const { retryAfterS } = await rateLimitLook(db, { key: keyOf(limit, who), countMax: limit.countMax });
  return retryAfterS === 0 ? null : retryAfterS;
}

function keyOf({ what }: Limit, who: string): string {
  return hash("sha256", `${what} ${who.trim().toLowerCase()}`, "base64url");
}
