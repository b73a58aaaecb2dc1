import { parseArgs } from "node:util";

export type KillOptions = {
  /** Journeys' names, with commas between; null: all of them. */
  readonly journey: string | null;
  /** Messages are counted from 1. */
  readonly from: number;
  readonly to: number;
  readonly every: number;
  /** Which of every so many is taken. */
  readonly seed: number;
  readonly jobs: number;
  /** No run is begun after so long; null: all of them are. */
  readonly secondsMax: number | null;
  /** One point alone, by its name: "worker sql placement.attemptEnd#2". */
  readonly point: string | null;
  readonly mode: "before" | "after" | null;
  /** Prints the messages and kills nobody. */
  readonly isList: boolean;
};

/** It was called wrongly; the message is for whoever typed it. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export const help = `Kills Muse's programs at every message that leaves them, and holds what comes of it against everything that must be true.

  npm run faults -- kill                       every journey, every message, before it leaves and after it was accepted
  npm run faults -- kill --journey place       one journey
  npm run faults -- kill --from 10 --to 20     some of its messages
  npm run faults -- kill --every 4 --seed 2    every fourth message, beginning with the second
  npm run faults -- kill --point "api http POST /v1/payment_intents#1" --mode after     one point again
  npm run faults -- kill --list                the messages alone
  npm run faults -- points                     the named points of the browser tier, which the journey "browser" dies at
  --seconds 60                                 no run is begun after so long; which come first differs
  --jobs 2                                     so many runs at once, each with a database of its own
  npm run faults -- chaos --help               a crowd that checks out while everything is broken at seeded random
  npm run faults -- overload --help            several times what the machine can do, for minutes

Exit code: 0 nothing was broken, 1 something was, 2 it was called wrongly.`;

/** @returns "help" when that is asked for. @throws UsageError */
export function readOptions(args: readonly string[]): KillOptions | "help" {
  const { values, positionals } = parse([...args]);
  if (values.help || positionals.length === 0) return "help";
  const [command] = positionals;
  if (positionals.length > 1 || command !== "kill")
    throw new UsageError(`there is no "${positionals.join(" ")}"; say kill, chaos or overload`);
  if (values.mode !== undefined && values.mode !== "before" && values.mode !== "after") {
    throw new UsageError(`--mode is before or after, not ${values.mode}`);
  }
  return {
    journey: values.journey ?? null,
    from: wholeNumber("--from", values.from),
    to: numberOrNull("--to", values.to) ?? Number.MAX_SAFE_INTEGER,
    every: wholeNumber("--every", values.every),
    seed: wholeNumber("--seed", values.seed),
    jobs: wholeNumber("--jobs", values.jobs),
    secondsMax: numberOrNull("--seconds", values.seconds),
    point: values.point ?? null,
    mode: values.mode ?? null,
    isList: values.list,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        journey: { type: "string" },
        from: { type: "string", default: "1" },
        to: { type: "string" },
        every: { type: "string", default: "1" },
        seed: { type: "string", default: "1" },
        jobs: { type: "string", default: "2" },
        seconds: { type: "string" },
        point: { type: "string" },
        mode: { type: "string" },
        list: { type: "boolean", default: false },
        help: { type: "boolean", default: false, short: "h" },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function numberOrNull(option: string, text: string | undefined): number | null {
  return text === undefined ? null : wholeNumber(option, text);
}

function wholeNumber(option: string, text: string): number {
  const value = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (value >= 1) return value;
  throw new UsageError(`${option} is a whole number from 1 on, not ${text}`);
}
