import type { Db } from "#platform/db/query.ts";
import type { Sweep } from "#platform/jobs/sweep.ts";
import { wordsForget } from "./catalog.sql.gen.ts";

/** Each is looked for in the catalogue by its index; a full round is followed by the next at once. */
const wordsPerRound = 1_000n;

/** Forgets the words that nothing is found under any more; each is looked at once a day or less. */
export function catalogSweeps(db: Db): Sweep[] {
  return [
    {
      name: "catalog.forget_words",
      everyMs: 3_600_000,
      run: async () => {
        const { lookedAt, forgotten } = await wordsForget(db, { limit: wordsPerRound });
        const found = Number(forgotten);
        return { found, mended: found, failed: 0, hasMore: lookedAt === wordsPerRound };
      },
    },
  ];
}
