import { parseArgs } from "node:util";
import { UsageError } from "../options.ts";

export type ChaosArguments = {
  readonly seeds: readonly number[];
  readonly checkouts: number;
  readonly atOnce: number;
  readonly apiCount: number;
  readonly workerCount: number;
  /** In each worker. */
  readonly browsersMax: number;
  /** Names; null: all that are struck by themselves. */
  readonly kinds: readonly string[] | null;
  readonly behaviours: readonly string[] | null;
  /** Numbers in the seed's plan; null: all of them. */
  readonly visits: readonly number[] | null;
  readonly blows: readonly number[] | null;
  readonly shrinkSeconds: number;
  /** Prints the plan and plays nothing. */
  readonly isList: boolean;
};

export const chaosHelp = `Lets a crowd check out while everything is broken at seeded random, then holds all that came of it against everything that must be true.

  npm run faults -- chaos                            500 shoppers, a fresh seed
  npm run faults -- chaos --seed 7 --checkouts 500   this seed
  npm run faults -- chaos --seeds 1..20              one after another, and a table
  npm run faults -- chaos --seed 7 --list            who comes and what is broken when
  npm run faults -- chaos --seed 7 --shoppers 3,17-20 --blows 2     a part of a seed's plan; --blows none
  --kinds kill-api,crash-database   --behaviours buys,two-tabs      only these
  --at-once 24   --apis 2   --workers 2
  --browsers 1            so many browsers in each worker, a real Chromium each: half of the shoppers want something of a web shop then,
                          eight come at once, and there are blows for shops and browsers. It costs 300 MB a browser and some ten times
                          the time: 30 shoppers take minutes. Needs /proc to hit browsers
  --shrink-seconds 300    how long to look for a shorter story after a breach; 0: not at all

Exit code: 0 nothing was broken, 1 something was, 2 it was called wrongly.`;

/** @returns "help" when that is asked for. @throws UsageError */
export function readChaosArguments(args: readonly string[]): ChaosArguments | "help" {
  const { values, positionals } = parse([...args]);
  if (values.help) return "help";
  if (positionals.length > 0) throw new UsageError(`chaos takes no "${positionals.join(" ")}"`);
  const browsersMax = number("--browsers", values.browsers, 0);
  return {
    seeds: seedsOf(values.seed, values.seeds),
    checkouts: number("--checkouts", values.checkouts, 1),
    atOnce: number("--at-once", values["at-once"] ?? (browsersMax > 0 ? "8" : "24"), 1),
    browsersMax,
    apiCount: number("--apis", values.apis, 1),
    workerCount: number("--workers", values.workers, 1),
    kinds: values.kinds?.split(",") ?? null,
    behaviours: values.behaviours?.split(",") ?? null,
    visits: numbersOf("--shoppers", values.shoppers),
    blows: numbersOf("--blows", values.blows),
    shrinkSeconds: number("--shrink-seconds", values["shrink-seconds"], 0),
    isList: values.list,
  };
}

function parse(args: string[]) {
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        seed: text,
        seeds: text,
        checkouts: { ...text, default: "500" },
        "at-once": text,
        browsers: { ...text, default: "0" },
        apis: { ...text, default: "2" },
        workers: { ...text, default: "2" },
        kinds: text,
        behaviours: text,
        shoppers: text,
        blows: text,
        "shrink-seconds": { ...text, default: "300" },
        list: { type: "boolean", default: false },
        help: { type: "boolean", default: false, short: "h" },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** Small enough to be typed again. */
const freshSeedMax = 1_000_000;

function seedsOf(seed: string | undefined, seeds: string | undefined): number[] {
  if (seed !== undefined && seeds !== undefined) throw new UsageError("say --seed or --seeds, not both");
  if (seeds !== undefined) {
    const [from, to] = /^(\d+)\.\.(\d+)$/.exec(seeds)?.slice(1).map(Number) ?? [];
    if (from === undefined || to === undefined || to < from || to - from >= 1_000)
      throw new UsageError(`--seeds is like 1..20, not ${seeds}`);
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  }
  return [seed === undefined ? freshSeed() : number("--seed", seed, 0)];
}

export function freshSeed(): number {
  return Math.floor(Math.random() * freshSeedMax);
}

/** "3,17-20" */
function numbersOf(option: string, text: string | undefined): number[] | null {
  if (text === undefined) return null;
  if (text === "none") return [];
  return text.split(",").flatMap((part) => {
    const [, from, to = from] = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(part) ?? [];
    if (from === undefined) throw new UsageError(`${option} is like 3,17-20 or none, not ${text}`);
    return Array.from({ length: Math.max(0, Number(to) - Number(from) + 1) }, (_, index) => Number(from) + index);
  });
}

function number(option: string, text: string, least: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : -1;
  if (value >= least) return value;
  throw new UsageError(`${option} is a whole number from ${least} on, not ${text}`);
}
