import { z } from "zod";
import type { Job } from "#platform/jobs/job.ts";
import { oneByOne, type Sweep } from "#platform/jobs/sweep.ts";
import type { Browsing } from "./browsing.ts";
import { cancelAtStore, type CancelDeps } from "./cancel-at-store.ts";
import { deleteEvidence } from "./evidence.ts";
import { lookUpInShops, lookUpOrders, type LookUpDeps } from "./look-up-orders.ts";
import { cancelsRing, overdueAbandon, placementsUnstick } from "./placement.sql.gen.ts";

/** Rows of one round: bounds how long one statement holds them; the next round follows at once. */
const roundMax = 50;

/** How long an order may wait for a worker of its kind before it goes on to the next tier. */
const patienceS = 15 * 60;

export function placementJobs(deps: CancelDeps): Job[] {
  const payload = z.object({ orderNumber: z.string() });
  return [
    {
      name: "placement.cancel",
      run: async (raw) => {
        await cancelAtStore(deps, payload.parse(raw).orderNumber);
      },
    },
  ];
}

export type PlacementSweepsDeps = LookUpDeps & { readonly methods: readonly ("api" | "headless")[] };

/** What has to happen to placements without anybody asking. */
export function placementSweeps(deps: PlacementSweepsDeps): Sweep[] {
  const { db, methods } = deps;
  return [
    { name: "placement.look_up", everyMs: 500, run: async () => await lookUpOrders(deps) },
    ...(deps.browsing === null ? [] : shopSweeps(deps, deps.browsing)),
    {
      name: "placement.abandon_overdue",
      everyMs: 1_000,
      run: async () => (await overdueAbandon(db, { countMax: roundMax })).abandoned,
    },
    {
      name: "placement.unstick",
      everyMs: 5_000,
      run: async () =>
        (await placementsUnstick(db, { methods, patienceSeconds: patienceS, countMax: roundMax })).unstuck,
    },
    {
      name: "placement.cancel",
      everyMs: 15_000,
      // What was rung for is due until its job has run: "more at once" would only ring again.
      run: async () => {
        const { found } = await cancelsRing(db, { countMax: roundMax });
        return oneByOne(found, 0);
      },
    },
  ];
}

/** What is only to be done where there are browsers. */
function shopSweeps(deps: LookUpDeps, { evidenceFolder }: Browsing): Sweep[] {
  return [
    { name: "placement.look_up_in_shops", everyMs: 1_000, run: async () => await lookUpInShops(deps) },
    {
      name: "placement.delete_evidence",
      everyMs: 5 * 60_000,
      run: async () => await deleteEvidence(deps.db, evidenceFolder),
    },
  ];
}
