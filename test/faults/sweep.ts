import type { Journey } from "./journey.ts";
import { openLane, type Lane } from "./lane.ts";
import { cutModes, planOf, pointName, type Cut, type CutMode, type Plan, type Point } from "./messages.ts";
import type { KillOptions } from "./options.ts";
import { runJourney, type RunResult } from "./run.ts";
import type { World } from "./world.ts";

export type Say = (line: string) => void;

/** What it takes to see the same again, and what was seen. */
export type Breach = {
  readonly journey: string;
  readonly number: number;
  readonly point: string;
  readonly mode: CutMode | "undisturbed";
  readonly breaches: readonly string[];
  readonly said: readonly string[];
};

export type JourneySummary = {
  readonly journey: string;
  readonly messages: number;
  readonly runs: number;
  /** Points that a run never came to, though it was tried twice: the order of things was another. */
  readonly unreached: readonly string[];
  readonly breaches: readonly Breach[];
  readonly seconds: number;
};

type Task = { readonly number: number; readonly point: Point; readonly mode: CutMode; readonly after: Point | null };

/** Made when first needed, kept from journey to journey, and made anew after a breach. */
const lanes = new Map<number, Lane>();

/** Plays a journey undisturbed, then once for each message and each way of dying at it. */
export async function sweepJourney(
  world: World,
  journey: Journey,
  options: KillOptions,
  say: Say,
): Promise<JourneySummary> {
  const startedMs = performance.now();
  say(`\n${journey.name}: ${journey.tells}`);
  const undisturbed = await runJourney(await laneOf(world, 0, { isCold: true }), journey, null);
  const plan = planOf(undisturbed.sent);
  const summary = {
    journey: journey.name,
    messages: plan.points.length,
    unreached: [] as string[],
    breaches: [] as Breach[],
  };
  say(
    `  undisturbed: ${plan.points.length} messages in ${(undisturbed.ms / 1000).toFixed(1)} s, ${undisturbed.passedS} s let pass`,
  );
  if (undisturbed.breaches.length > 0) {
    const { breaches, said } = undisturbed;
    summary.breaches.push({ journey: journey.name, number: 0, point: "none", mode: "undisturbed", breaches, said });
    await forget(0);
    tell(say, summary.breaches[0]);
    return { ...summary, runs: 1, seconds: secondsSince(startedMs) };
  }
  if (options.isList) {
    plan.points.forEach((point, index) => say(`  ${String(index + 1).padStart(3)} ${pointName(point)}`));
    return { ...summary, runs: 1, seconds: secondsSince(startedMs) };
  }

  const tasks = inOrder(tasksOf(plan, options), options);
  const deadlineMs = performance.now() + (options.secondsMax ?? Infinity) * 1_000;
  let runs = 1;
  const work = async (number: number): Promise<void> => {
    for (let task = tasks.shift(); task !== undefined; task = tasks.shift()) {
      if (performance.now() > deadlineMs) return;
      const result = await runTask(world, number, journey, plan, task).catch(ofFailedRun);
      runs += 1;
      const point = pointName(task.point);
      const mark = result.breaches.length > 0 ? "✘" : result.isCut ? "✔" : "·";
      const passed = result.passedS === 0 ? "" : `, ${result.passedS} s let pass`;
      say(
        `  ${mark} ${String(task.number).padStart(3)} ${task.mode.padEnd(6)} ${point} (${(result.ms / 1000).toFixed(1)} s${passed})`,
      );
      if (!result.isCut) summary.unreached.push(`${point} ${task.mode}`);
      if (result.breaches.length === 0) continue;
      const breach = { journey: journey.name, number: task.number, point, mode: task.mode, ...pick(result) };
      summary.breaches.push(breach);
      tell(say, breach);
      // Its database says what it says for good: the next run gets a fresh one.
      await forget(number);
    }
  };
  await Promise.all(Array.from({ length: options.jobs }, (_, number) => work(number)));
  return { ...summary, runs, seconds: secondsSince(startedMs) };
}

/** What a run throws is its own breach: thrown on, it would end the lanes beside it, and nobody would see it. */
function ofFailedRun(error: unknown): RunResult {
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { isCut: true, breaches: [`the run itself failed: ${what}`], sent: [], ms: 0, passedS: 0, said: [] };
}

async function runTask(world: World, number: number, journey: Journey, plan: Plan, task: Task): Promise<RunResult> {
  const cut: Cut = { ...task, polls: plan.polls };
  const first = await runJourney(await laneOf(world, number, { isCold: false }), journey, cut);
  if (first.isCut || first.breaches.length > 0) return first;
  // What is kept in memory spared it the message, or things came in another order: once more with programs that know
  // nothing, and without waiting for what came before it.
  return await runJourney(await laneOf(world, number, { isCold: true }), journey, { ...cut, after: null });
}

/** Where time may run out before all is done, each time another part of it comes first. */
function inOrder(tasks: Task[], { secondsMax }: KillOptions): Task[] {
  if (secondsMax === null) return tasks;
  return tasks
    .map((task) => ({ task, place: Math.random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ task }) => task);
}

function tasksOf({ points }: Plan, { from, to, every, seed, point: wanted, mode: wantedMode }: KillOptions): Task[] {
  return points.flatMap((point, index) => {
    const number = index + 1;
    const isWanted =
      wanted === null ? number >= from && number <= to && number % every === seed % every : pointName(point) === wanted;
    if (!isWanted) return [];
    const modes = cutModes.filter((mode) => wantedMode === null || mode === wantedMode);
    return modes.map((mode) => ({ number, point, mode, after: points[index - 1] ?? null }));
  });
}

async function laneOf(world: World, number: number, { isCold }: { readonly isCold: boolean }): Promise<Lane> {
  const known = lanes.get(number);
  if (known === undefined) {
    const fresh = await openLane(world, number);
    lanes.set(number, fresh);
    return fresh;
  }
  if (isCold) await known.restart();
  return known;
}

async function forget(number: number): Promise<void> {
  const lane = lanes.get(number);
  lanes.delete(number);
  await lane?.close();
}

export async function closeLanes(): Promise<void> {
  for (const number of lanes.keys()) await forget(number);
}

function pick({ breaches, said }: RunResult): Pick<RunResult, "breaches" | "said"> {
  return { breaches, said };
}

const wordsShown = 12;

function tell(say: Say, breach: Breach | undefined): void {
  for (const text of breach?.breaches ?? []) say(`      ${text}`);
  // What is said again and again is said once.
  const words = new Map((breach?.said ?? []).map((text) => [text.replaceAll(/\d+|req_\w+/g, ""), text]));
  for (const text of [...words.values()].slice(-wordsShown)) say(`      | ${text.slice(0, 400)}`);
}

function secondsSince(startedMs: number): number {
  return (performance.now() - startedMs) / 1000;
}
