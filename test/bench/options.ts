import { parseArgs } from "node:util";

export const benches = ["checkout", "cart", "placement", "web"] as const;
export type BenchName = (typeof benches)[number];

export type BenchOptions = {
  readonly bench: BenchName;
  /** How long each load is measured; the warm-up comes before it. */
  readonly seconds: number;
  /** How many closed-loop shoppers, one load after the other. */
  readonly shoppers: readonly number[];
  /** Of `placement`: numbers of browsers to place orders with in the web shops, instead of the load by API. */
  readonly browsers: readonly number[] | null;
  /** How often a page is loaded in each way of loading it. */
  readonly loads: number;
  /** Where the figures are written for programs; undefined: nowhere. */
  readonly jsonFile: string | undefined;
  /** A folder for CPU profiles of API, worker and sandbox; undefined: none are taken. */
  readonly profileDir: string | undefined;
  /** Loads pg_stat_statements and prints the dearest statements. Costs some speed itself. */
  readonly showsStatements: boolean;
  /** Leaves out what PostgreSQL alone can do. */
  readonly skipsBaseline: boolean;
  /** Leaves out the count of round trips. */
  readonly skipsTrips: boolean;
  /** Sends an Idempotency-Key with the call that pays. */
  readonly sendsKeys: boolean;
};

/** It was called wrongly; the message is for whoever typed it. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** @throws UsageError */
export function readOptions(args: string[]): BenchOptions {
  const { values, positionals } = parse(args);
  const [bench] = positionals;
  if (positionals.length !== 1 || !isBench(bench)) throw new UsageError(`say which bench: ${benches.join(", ")}`);
  return {
    bench,
    seconds: wholeNumber("--seconds", values.seconds, 600),
    shoppers: values.shoppers.split(",").map((text) => wholeNumber("--shoppers", text, 256)),
    browsers: values.browsers?.split(",").map((text) => wholeNumber("--browsers", text, 16)) ?? null,
    loads: wholeNumber("--loads", values.loads, 100),
    jsonFile: values.json,
    profileDir: values.profile,
    showsStatements: values.statements,
    skipsBaseline: values["no-baseline"],
    skipsTrips: values["no-trips"],
    sendsKeys: values.keys,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        seconds: { type: "string", default: "15" },
        shoppers: { type: "string", default: "1,4,16" },
        browsers: { type: "string" },
        loads: { type: "string", default: "3" },
        json: { type: "string" },
        profile: { type: "string" },
        statements: { type: "boolean", default: false },
        "no-baseline": { type: "boolean", default: false },
        "no-trips": { type: "boolean", default: false },
        keys: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function isBench(name: string | undefined): name is BenchName {
  return benches.some((bench) => bench === name);
}

function wholeNumber(option: string, text: string, max: number): number {
  const value = /^\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
  if (!(value >= 1 && value <= max)) throw new UsageError(`${option}: a whole number from 1 to ${max}, not ${text}`);
  return value;
}
