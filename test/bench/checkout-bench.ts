import { setTimeout as delay } from "node:timers/promises";
import { checkInvariants, type InvariantsReport } from "../../tools/invariants/check-invariants.ts";
import { runBaseline } from "./baseline.ts";
import { runCheckoutLoad, type CheckoutLoad } from "./checkout-load.ts";
import { countTrips } from "./count-trips.ts";
import type { DatabaseMeter } from "./database-meter.ts";
import type { BenchOptions } from "./options.ts";
import { untilQuiet } from "./quiet.ts";
import { sayBaseline, sayLoad, sayTrips, type Say } from "./report.ts";
import { forgetStatements, sayStatements } from "./statement-statistics.ts";
import type { System } from "./system.ts";

/** A store may be asked again for half a minute before an order is settled. */
const quietSecondsMax = 60;

/** What holds eventually is asked of rows left alone for so long; the bench waits that out. */
const settledForSeconds = 5;

const baselineSeconds = 5;

/** Whole checkouts, at each number of shoppers, and beside them what PostgreSQL alone can do. */
export async function benchCheckout(system: System, meter: DatabaseMeter, options: BenchOptions, say: Say) {
  const loads: CheckoutLoad[] = [];
  if (options.showsStatements) await forgetStatements(meter.client);
  for (const shoppers of options.shoppers) {
    const load = await runCheckoutLoad(system, meter, { ...options, shoppers });
    loads.push(load);
    sayLoad(load, say);
  }
  if (options.showsStatements) await sayStatements(meter.client, say);
  const soundness = await checkSoundness(system, meter, say);
  const trips = options.skipsTrips ? null : await countTrips(system, meter, options.sendsKeys);
  if (trips !== null) sayTrips(trips, say);
  await system.stopPrograms();
  if (options.skipsBaseline) return { loads, soundness, trips, baseline: [] };
  const baseline = await runBaseline({
    databaseUrl: system.databaseUrl,
    connections: options.shoppers,
    seconds: baselineSeconds,
  });
  sayBaseline(baseline, loads, say);
  return { loads, soundness, trips, baseline };
}

export type Soundness = { readonly unfinished: readonly string[]; readonly report: InvariantsReport };

/** Speed never buys away an invariant: all of them are held against the database once it is quiet. */
async function checkSoundness(system: System, meter: DatabaseMeter, say: Say): Promise<Soundness> {
  const startedMs = performance.now();
  const unfinished = await untilQuiet(meter.client, quietSecondsMax);
  const seconds = (performance.now() - startedMs) / 1000;
  const isQuiet = unfinished.length === 0;
  say(
    `\n── After the load ──\n${isQuiet ? `quiet after ${seconds.toFixed(1)} s` : `NOT QUIET: ${unfinished.join(", ")}`}`,
  );
  await delay((settledForSeconds + 1) * 1000);
  const report = await checkInvariants({ ...system, settledForSeconds });
  const broken = report.results.filter(({ outcome }) => outcome === "broken" || outcome === "failed");
  say(`${report.results.length} invariants checked, ${broken.length} broken`);
  for (const { id, name, count, note, breaches } of broken) {
    say(
      `  ${id} ${name}: ${count} ${note} ${breaches.map(({ subject, detail }) => `${subject}: ${detail}`).join("; ")}`,
    );
  }
  return { unfinished, report };
}
