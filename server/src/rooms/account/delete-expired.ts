import type { Db } from "#platform/db/query.ts";
import { rateLimitDeleteOld, sessionDeleteExpired, verificationDeleteOld } from "./account.sql.gen.ts";

/** So much at once that an hour's worth goes in a few runs, and no statement holds its locks for long. */
const rowsPerRun = 5000n;

/** Hourly housekeeping: sessions, counters and one-time secrets whose time is over. Answers how many rows went. */
export async function deleteExpired(db: Db): Promise<number> {
  const sessions = await sessionDeleteExpired(db, { countMax: rowsPerRun });
  const counters = await rateLimitDeleteOld(db, { countMax: rowsPerRun });
  const secrets = await verificationDeleteOld(db, { countMax: rowsPerRun });
  return sessions + counters + secrets;
}
