import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { Pool } from "undici";
import { runCheckoutLoad } from "../../bench/checkout-load.ts";
import { openDatabaseMeter, type DatabaseMeter } from "../../bench/database-meter.ts";
import { newShopper, type Shopper } from "../../bench/shopper.ts";
import { startSystem, type System } from "../../bench/system.ts";
import { letArrive } from "./arrivals.ts";
import { afterwards } from "./afterwards.ts";
import { watchMemory } from "./memory.ts";
import { overloadHelp, readOverloadArguments, type OverloadOptions } from "./options.ts";
import { normalMsMax, normalOf, recoveryOf } from "./probe.ts";
import { sayOverload, type Overload } from "./report.ts";
import { openTally, type Figures } from "./tally.ts";
import { visit } from "./visitor.ts";

type Say = (line: string) => void;

/** More at once than the API takes in would only measure this program's own patience. */
const connectionsMax = 3_000;
const presentMax = 6_000;

const recoveredWithinS = 10;

/** `npm run faults -- overload …`. @returns the exit code */
export async function overload(args: readonly string[], say: Say): Promise<number> {
  const options = readOverloadArguments(args);
  if (options === "help") {
    say(overloadHelp);
    return 0;
  }
  // As `npm start` runs them: a heap that may grow would hide a leak for minutes.
  process.env["NODE_OPTIONS"] = "--max-old-space-size=96 --max-semi-space-size=8";
  const system = await startSystem({ profileDir: undefined, loadsStatementStatistics: false }, say);
  const meter = await openDatabaseMeter(system.databaseUrl);
  const probe = newShopper({ apiUrl: system.apiUrl, catalogue: system.catalogue, sendsKeys: true });
  try {
    const result = await run({ system, meter, probe, options, say });
    sayOverload(result, say);
    keep(result, say);
    return result.complaints.length === 0 ? 0 : 1;
  } finally {
    await probe.close();
    await meter.close();
    await system.close();
  }
}

type Running = {
  readonly system: System;
  readonly meter: DatabaseMeter;
  readonly probe: Shopper;
  readonly options: OverloadOptions;
  readonly say: Say;
};

async function run({ system, meter, probe, options, say }: Running): Promise<Overload> {
  const load = { shoppers: 16, seconds: options.measureSeconds, sendsKeys: true };
  const capacity = options.rate === null ? (await runCheckoutLoad(system, meter, load)).perSecond : null;
  if (capacity !== null) say(`the machine can do ${capacity.toFixed(0)} checkouts/s`);
  const normal = await normalOf(probe, 10);
  const offeredPerSecond = options.rate ?? Math.round((capacity ?? 0) * options.times);
  say(`${offeredPerSecond} new shoppers/s for ${options.minutes} minutes`);

  const api = new Pool(system.apiUrl, { connections: connectionsMax, pipelining: 1, keepAliveTimeout: 60_000 });
  const tally = openTally();
  const paid = new Set<string>();
  const shop = { api, catalogue: system.catalogue, tally, paid };
  const watch = watchMemory(system);
  const seconds = options.minutes * 60;
  const telling = setInterval(() => tellMinute(tally.figures(), paid.size, say), 60_000);
  const { allGone, ...arrived } = await letArrive({
    perSecond: offeredPerSecond,
    seconds,
    visit: async () => await visit(shop),
    presentMax,
  });
  clearInterval(telling);
  const servedPerSecond = paid.size / seconds;
  const memory = watch.stop();
  say("the last has come");
  const recovery = await recoveryOf(probe, normalMsMax(normal));
  await allGone;
  await api.destroy();
  const figures = tally.figures();
  const known = { options, arrived, figures, memory, recovery };
  const complaints = [...complaintsOf(known), ...(await afterwards({ system, meter, paid, say }))];
  return {
    capacity,
    normal,
    offeredPerSecond,
    servedPerSecond,
    ...known,
    normalMsMax: normalMsMax(normal),
    complaints,
  };
}

/** In a shorter run memory is still being filled for the first time. */
const flatFromMinutes = 5;

type Known = Pick<Overload, "options" | "arrived" | "figures" | "memory" | "recovery">;

function complaintsOf({ options, arrived, figures, memory, recovery }: Known): string[] {
  const said = Object.entries(figures.strange).map(([what, count]) => `${count} × ${what}`);
  if (arrived.notSent > 0) said.push(`${arrived.notSent} shoppers could not be sent`);
  for (const [name, { isFlat, slopePerMinute }] of Object.entries(memory)) {
    if (options.minutes < flatFromMinutes || name === "sandbox" || name === "buffers" || isFlat) continue;
    said.push(`the memory of ${name} grows by ${slopePerMinute.toFixed(1)} MB/min`);
  }
  const { afterS } = recovery;
  if (afterS === null) said.push("no return to normal within a minute");
  else if (afterS > recoveredWithinS) said.push(`back to normal only after ${afterS.toFixed(1)} s`);
  return said;
}

function tellMinute({ visits, answers }: Figures, paid: number, say: Say): void {
  const { bought, turned_away: away, left, strange } = visits;
  say(`  ${paid} paid; ${bought} bought, ${away} turned away, ${left} left, ${strange} strange; ${words(answers)}`);
}

function words(counts: Readonly<Record<string, number>>): string {
  return Object.entries(counts)
    .map(([what, count]) => `${what}: ${count}`)
    .join(", ");
}

function keep(result: Overload, say: Say): void {
  const dir = resolve(import.meta.dirname, "../../../.muse/faults/overload");
  mkdirSync(dir, { recursive: true });
  const file = join(dir, `${new Date().toISOString().slice(0, 19).replaceAll(":", "")}.json`);
  writeFileSync(file, `${JSON.stringify(result, null, 2)}\n`);
  say(`the figures: ${file}`);
}
