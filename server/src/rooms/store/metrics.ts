import { Gauge, type Registry } from "prom-client";
import type { Db } from "#platform/db/query.ts";
import { tierGates } from "./store.sql.gen.ts";

/** Which tiers no order is tried with, asked of the database when somebody looks: what an alarm is set on. */
export function storeMetrics(registry: Registry, db: Db): void {
  const out = new Gauge({
    name: "store_tier_out",
    help: "1 for each tier that is sick or paused: its orders go to the next tier, in the end to people.",
    labelNames: ["store", "tier", "state"],
    registers: [registry],
    // While the database is away it stays as it was.
    collect: async () => {
      const gates = await tierGates(db, { storeIds: null }).catch(() => null);
      if (gates === null) return;
      out.reset();
      for (const { storeId, position, state } of gates)
        if (state === "sick" || state === "paused") out.set({ store: storeId, tier: position, state }, 1);
    },
  });
}
