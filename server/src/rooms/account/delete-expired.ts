import type { Db } from "#platform/db/query.ts";
import { rateLimitDeleteOld, sessionDeleteExpired, verificationDeleteOld } from "./account.sql.gen.ts";

/** So much at once that an hour's worth goes in a few rounds, and no statement holds its locks for long. */
const rowsPerRound = 5_000;
/** A million of each an hour; what is left goes with the next. */
const roundsMax = 200;

/**
 * Hourly housekeeping: sessions, counters and one-time secrets whose time is over, all of them that there are. Answers
 * how many rows went.
 *
 * @param signal aborted, it ends after the round that it is at
 */
export async function deleteExpired(db: Db, signal?: AbortSignal): Promise<number> {
  let total = 0;
  for (const deleteSome of [sessionDeleteExpired, rateLimitDeleteOld, verificationDeleteOld]) {
    for (let round = 0; round < roundsMax && signal?.aborted !== true; round += 1) {
      const count = await deleteSome(db, { countMax: BigInt(rowsPerRound) });
      total += count;
      if (count < rowsPerRound) break;
    }
  }
  return total;
}
