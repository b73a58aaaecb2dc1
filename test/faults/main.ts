/**
 * Breaks Muse on purpose: `npm run faults -- kill`, `… chaos`, `… overload`. How each works, how a journey or a
 * behaviour is added and what was found stands in docs/reliability.md.
 */
import { globSync } from "node:fs";
import { join } from "node:path";
import { chaos } from "./chaos/command.ts";
import type { Journey } from "./journey.ts";
import { overload } from "./overload/command.ts";
import { help, readOptions, UsageError, type KillOptions } from "./options.ts";
import { listPoints, sweepPoints } from "./points.ts";
import { closeLanes, sweepJourney, type JourneySummary } from "./sweep.ts";
import { openWorld } from "./world.ts";

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Answers the exit code. */
async function main(): Promise<number> {
  const [command, ...rest] = process.argv.slice(2);
  if (command === "chaos") return await chaos(rest, say);
  if (command === "overload") return await overload(rest, say);
  if (command === "points") {
    listPoints(say);
    return 0;
  }
  const options = readOptions(process.argv.slice(2));
  if (options === "help") {
    say(help);
    return 0;
  }
  const journeys = await journeysOf(options);
  const summaries = await sweepAll(
    journeys.filter(({ points }) => points === undefined),
    options,
  );
  for (const journey of journeys.filter(({ points }) => points !== undefined))
    summaries.push(await sweepPoints(journey, options, say));
  return summarise(summaries);
}

async function sweepAll(journeys: readonly Journey[], options: KillOptions): Promise<JourneySummary[]> {
  if (journeys.length === 0) return [];
  const world = await openWorld();
  const summaries: JourneySummary[] = [];
  try {
    for (const journey of journeys) summaries.push(await sweepJourney(world, journey, options, say));
  } finally {
    await closeLanes();
    await world.close();
  }
  return summaries;
}

/** Every file beside `journeys/place.ts` is a journey, so a new one joins by being there. */
async function journeysOf({ journey: wanted }: KillOptions): Promise<Journey[]> {
  const files = globSync("*.ts", { cwd: join(import.meta.dirname, "journeys") }).sort();
  const modules = await Promise.all(
    files.map((file) => import(`./journeys/${file}`) as Promise<Record<string, Journey>>),
  );
  const all = modules.flatMap((module) => Object.values(module));
  const chosen = all.filter(({ name }) => wanted === null || wanted.split(",").includes(name));
  if (chosen.length === 0) throw new UsageError(`--journey is one of ${all.map(({ name }) => name).join(", ")}`);
  return chosen;
}

function summarise(summaries: readonly JourneySummary[]): number {
  const total = (count: (summary: JourneySummary) => number): number =>
    summaries.reduce((sum, each) => sum + count(each), 0);
  say("\njourney           messages    runs  unreached  breaches  seconds");
  for (const { journey, messages, runs, unreached, breaches, seconds } of summaries) {
    const cells = [messages, runs, unreached.length, breaches.length].map((count) => String(count).padStart(9));
    say(`${journey.padEnd(16)} ${cells.join(" ")} ${seconds.toFixed(0).padStart(8)}`);
  }
  for (const { journey, unreached } of summaries) for (const point of unreached) say(`unreached: ${journey}: ${point}`);
  for (const { journey, number, point, mode, breaches } of summaries.flatMap((summary) => summary.breaches)) {
    say(`\n✘ ${journey}, message ${number}, ${mode} ${point}`);
    for (const text of breaches) say(`    ${text}`);
    if (mode !== "undisturbed")
      say(`    npm run faults -- kill --journey ${journey} --point "${point}" --mode ${mode}`);
  }
  const breachCount = total(({ breaches }) => breaches.length);
  say(
    `\n${summaries.length} journeys, ${total(({ messages }) => messages)} messages, ${total(({ runs }) => runs)} runs: ` +
      (breachCount === 0 ? "nothing lost, nothing twice" : `${breachCount} breaches`),
  );
  return breachCount === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  say(`faults: ${error.message}`);
  process.exitCode = 2;
}
