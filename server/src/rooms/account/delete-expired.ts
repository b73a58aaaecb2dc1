import type { Db } from "#platform/db/query.ts";
import { rateLimitDeleteOld, sessionDeleteExpired, verificationDeleteOld } from "./account.sql.gen.ts";

/** So much at once that an hour's worth goes in a few rounds, and no statement holds its locks for long. */
const countMax = 5000n;

/**
 * A round of the hourly sweep: sessions, counters and one-time secrets whose time is over, a bounded number of each.
 * Answers how many rows went.
 */
export async function deleteExpired(db: Db): Promise<number> {
  const sessions = await sessionDeleteExpired(db, { countMax });
  const counters = await rateLimitDeleteOld(db, { countMax });
  const secrets = await verificationDeleteOld(db, { countMax });
  return sessions + counters + secrets;
}
