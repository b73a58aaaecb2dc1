import { runCheckoutLoad } from "./checkout-load.ts";
import type { DatabaseMeter } from "./database-meter.ts";
import type { BenchOptions } from "./options.ts";
import { short, type Say } from "./report.ts";
import type { System } from "./system.ts";

export type PlacementFigures = {
  readonly shoppers: number;
  readonly perSecond: number;
  readonly p50: number;
  readonly p90: number;
  readonly p99: number;
};

/** How long a paid order waits for a worker, in milliseconds. */
export async function benchPlacement(
  system: System,
  meter: DatabaseMeter,
  options: BenchOptions,
  say: Say,
): Promise<PlacementFigures[]> {
  const figures: PlacementFigures[] = [];
  for (const shoppers of options.shoppers) {
    const { perSecond, commitToPlacement } = await runCheckoutLoad(system, meter, { ...options, shoppers });
    const { p50, p90, p99 } = commitToPlacement;
    figures.push({ shoppers, perSecond, ...commitToPlacement });
    say(
      `${shoppers} shoppers, ${short(perSecond)} checkouts/s: paid → attempt p50 ${short(p50)}, p90 ${short(p90)}, p99 ${short(p99)} ms`,
    );
  }
  return figures;
}
