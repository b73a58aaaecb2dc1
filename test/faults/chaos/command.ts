import { mkdirSync } from "node:fs";
import { join, relative } from "node:path";
import { UsageError } from "../options.ts";
import { readAll, readBehaviours, type Behaviour } from "./behaviour.ts";
import { openHome, type Home } from "./home.ts";
import { chaosHelp, readChaosArguments, type ChaosArguments } from "./options.ts";
import { planOf, select, type Plan } from "./plan.ts";
import { runChaos, type ChaosResult } from "./run.ts";
import type { FaultKind } from "./scene.ts";
import { shrink } from "./shrink.ts";
import { writeStory } from "./story.ts";

type Say = (line: string) => void;
type Summary = { readonly seed: number; readonly plan: Plan; readonly result: ChaosResult };

/** `npm run faults -- chaos …`. @returns the exit code */
export async function chaos(args: readonly string[], say: Say): Promise<number> {
  const options = readChaosArguments(args);
  if (options === "help") {
    say(chaosHelp);
    return 0;
  }
  const plans = await plansOf(options);
  if (options.isList) {
    for (const plan of plans) list(plan, say);
    return 0;
  }
  const home = await openHome(options);
  const summaries: Summary[] = [];
  try {
    for (const plan of plans) {
      const result = await runSeed(home, plan, options, say);
      summaries.push({ seed: plan.seed, plan, result });
    }
  } finally {
    await home.close();
    summarise(summaries, say);
  }
  return summaries.every(({ result }) => result.breaches.length === 0) ? 0 : 1;
}

/** @throws UsageError for names that there are none of */
export async function plansOf(options: ChaosArguments): Promise<Plan[]> {
  const named = <Item extends Behaviour | FaultKind>(
    option: string,
    all: readonly Item[],
    names: readonly string[] | null,
  ) => {
    const chosen = names === null ? all : all.filter(({ name }) => names.includes(name));
    if (names !== null && chosen.length < new Set(names).size && !names.includes("none"))
      throw new UsageError(`${option} are some of ${all.map(({ name }) => name).join(", ")}`);
    // What is asked for by name alone has no weight of its own.
    return chosen.map((item) => (names === null || item.weight > 0 ? item : { ...item, weight: 1 }));
  };
  const behaviours = named("--behaviours", await readBehaviours(), options.behaviours);
  const hasBrowsers = options.browsersMax > 0;
  const known = await readAll<FaultKind>("faults");
  const usable = known.filter(({ needsBrowsers }) => hasBrowsers || needsBrowsers !== true);
  const kinds = named("--kinds", usable, options.kinds);
  const { checkouts } = options;
  return options.seeds.map((seed) => select(planOf({ seed, checkouts, behaviours, kinds, hasBrowsers }), options));
}

async function runSeed(home: Home, plan: Plan, options: ChaosArguments, say: Say): Promise<ChaosResult> {
  const dir = join(home.artefactDir, `seed-${plan.seed}-${new Date().toISOString().slice(0, 19).replaceAll(":", "")}`);
  mkdirSync(dir, { recursive: true });
  const running = { ...options, say, logFile: join(dir, "programs.log") };
  say(`\nseed ${plan.seed}: ${plan.visits.length} shoppers, ${plan.blows.length} blows`);
  const result = await playAndTell(home, plan, running, join(dir, "story.txt"));
  tell(plan, result, options, say);
  if (result.breaches.length === 0) return result;
  say(`  the story: ${relative(process.cwd(), join(dir, "story.txt"))}`);
  if (options.shrinkSeconds === 0) return result;

  say("  looking for a shorter one");
  const quiet = { ...running, say: () => undefined };
  let tries = 0;
  const isBroken = async (part: Plan): Promise<boolean> => {
    tries += 1;
    const file = join(dir, `shorter-${tries}.txt`);
    return (await playAndTell(home, part, quiet, file)).breaches.length > 0;
  };
  const concerned = result.breaches.flatMap(({ sessionId }) => result.visitOf.get(sessionId ?? "") ?? []);
  const smallest = await shrink({ plan, concerned, isBroken, secondsMax: options.shrinkSeconds, say });
  say(`  the shortest found: ${commandOf(smallest, options)}`);
  return result;
}

/** A run that breaks something leaves its story. */
export async function playAndTell(
  home: Home,
  plan: Plan,
  running: Parameters<typeof runChaos>[2],
  file: string,
): Promise<ChaosResult> {
  return await runChaos(home, plan, running, async (system, result) => {
    if (result.breaches.length === 0) return;
    // What was found must be told even where its story cannot be.
    await writeStory(file, plan, system, result).catch((error: unknown) => running.say(`no story: ${String(error)}`));
  });
}

export function commandOf(
  { seed, visits, blows, whole }: Plan,
  { checkouts, browsersMax, kinds, behaviours }: ChaosArguments,
): string {
  const words = [`npm run faults -- chaos --seed ${seed} --checkouts ${checkouts}`];
  if (browsersMax > 0) words.push(`--browsers ${browsersMax}`);
  if (kinds !== null) words.push(`--kinds ${kinds.join(",")}`);
  if (behaviours !== null) words.push(`--behaviours ${behaviours.join(",")}`);
  if (visits.length < whole.visits) words.push(`--shoppers ${rangesOf(visits)}`);
  if (blows.length < whole.blows) words.push(`--blows ${rangesOf(blows)}`);
  return words.join(" ");
}

/** 3, 4, 5, 9 as "3-5,9". */
function rangesOf(items: readonly { readonly number: number }[]): string {
  const ranges: { from: number; to: number }[] = [];
  for (const number of items.map((item) => item.number).toSorted((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last?.to === number - 1) last.to = number;
    else ranges.push({ from: number, to: number });
  }
  return ranges.map(({ from, to }) => (from === to ? from : `${from}-${to}`)).join(",") || "none";
}

const breachesShown = 20;

function tell(plan: Plan, result: ChaosResult, options: ChaosArguments, say: Say): void {
  const { breaches, gone, sessionCounts, playS, settleS, passed, calls, browserCounts } = result;
  const sessions = Object.entries(sessionCounts).map(([status, count]) => `${count} ${status}`);
  say(`  ${calls.length} calls; sessions: ${sessions.join(", ")}`);
  if (gone.size > 0) say(`  left early: ${[...gone].map(([why, count]) => `${count} ${why}`).join(", ")}`);
  const tries = Object.entries(browserCounts.tries).map(([how, count]) => `${count} ${how}`);
  if (options.browsersMax > 0)
    say(
      `  by browser: ${browserCounts.placed} of ${browserCounts.orders} orders at web shops; tries: ${tries.join(", ")}`,
    );
  const passedS = passed.reduce((sum, { seconds }) => sum + seconds, 0);
  say(`  ${playS.toFixed(0)} s, then ${settleS.toFixed(0)} s until quiet, ${passedS} s let pass`);
  for (const { sessionId, text } of breaches.slice(0, breachesShown)) say(`  ✘ ${sessionId ?? ""} ${text}`);
  if (breaches.length > breachesShown) say(`  ✘ and ${breaches.length - breachesShown} more`);
  if (breaches.length > 0) say(`  again: ${commandOf(plan, options)}`);
}

function list({ seed, visits, blows }: Plan, say: Say): void {
  say(`seed ${seed}`);
  for (const { number, behaviour } of visits) {
    for (const blow of blows.filter(({ afterVisits }) => afterVisits === number))
      say(`       ✸ ${blow.number} ${blow.kind.name} (${blow.delayMs} ms later): ${blow.kind.tells}`);
    say(`  ${String(number).padStart(4)} ${behaviour.name}: ${behaviour.tells}`);
  }
}

function summarise(summaries: readonly Summary[], say: Say): void {
  say("\n   seed  checkouts  blows  kills  crashes  calls  paid  browser  seconds  breaches");
  for (const { seed, plan, result } of summaries) {
    const { blows, kills, crashes, calls, sessionCounts, playS, settleS, breaches } = result;
    const paid = (sessionCounts["completed"] ?? 0) + (sessionCounts["failed"] ?? 0);
    const cells: readonly (readonly [number | string, number])[] = [
      [seed, 7],
      [plan.visits.length, 10],
      [blows.length, 6],
      [kills, 6],
      [crashes, 8],
      [calls.length, 6],
      [paid, 5],
      [result.browserCounts.placed, 8],
      [(playS + settleS).toFixed(0), 8],
      [breaches.length, 9],
    ];
    say(cells.map(([cell, width]) => String(cell).padStart(width)).join(" "));
  }
  const struck = new Map<string, number>();
  for (const { plan } of summaries)
    for (const { kind } of plan.blows) struck.set(kind.name, (struck.get(kind.name) ?? 0) + 1);
  say(
    `\n${[...struck]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([name, count]) => `${name} ${count}`)
      .join(", ")}`,
  );
  const breaches = summaries.reduce((sum, { result }) => sum + result.breaches.length, 0);
  say(breaches === 0 ? "nothing lost, nothing twice, nobody told a lie" : `${breaches} breaches`);
}
