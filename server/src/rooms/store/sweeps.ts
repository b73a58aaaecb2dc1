import { oneByOne, type Sweep } from "#platform/jobs/sweep.ts";
import type { Db } from "#platform/db/query.ts";
import { healthFold } from "./store.sql.gen.ts";

/** As many as `store.fold_health_1` counts at once. */
const roundMax = 50_000;

/** Counts what placements told of the stores, and lets the breaker judge: a tier falls sick within a second or so. */
export function storeSweeps(db: Db): Sweep[] {
  return [
    {
      name: "store.fold_health",
      everyMs: 1_000,
      // What comes meanwhile waits for the next second; only after a long silence is there more than one round takes.
      run: async () => {
        const { counted } = await healthFold(db);
        return counted < roundMax ? oneByOne(0, 0) : counted;
      },
    },
  ];
}
