import type { Pool } from "#platform/db/pool.ts";
import { tx } from "#platform/db/tx.ts";
import { importFeed, type ImportFeedResult } from "#rooms/catalog";
import { allocationsPut } from "./inventory.sql.gen.ts";

/** Brings a store's catalogue and what it holds for us up to its feed, in one transaction. */
export function importFeedWithStock(pool: Pool, storeId: string, feed: unknown): Promise<ImportFeedResult> {
  return tx(pool, "inventory.importFeed", async (open) => {
    const imported = await importFeed(open, storeId, feed);
    if (imported.kind === "imported" && imported.allocations.length > 0) {
      await allocationsPut(open, {
        variantIds: imported.allocations.map(({ variantId }) => variantId),
        quantities: imported.allocations.map(({ quantity }) => quantity),
      });
    }
    return imported;
  });
}
