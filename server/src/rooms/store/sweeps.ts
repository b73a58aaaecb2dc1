import { oneByOne, type Sweep } from "#platform/jobs/sweep.ts";
import type { Db } from "#platform/db/query.ts";
import { healthFold } from "./store.sql.gen.ts";

/** Counts what placements told of the stores, and lets the breaker judge: a tier falls sick within a second or so. */
export function storeSweeps(db: Db): Sweep[] {
  return [
    {
      name: "store.fold_health",
      everyMs: 1_000,
      // All there is goes in one round: what comes meanwhile waits for the next.
      run: async () => {
        await healthFold(db);
        return oneByOne(0, 0);
      },
    },
  ];
}
