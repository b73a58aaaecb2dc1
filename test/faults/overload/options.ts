import { parseArgs } from "node:util";
import { UsageError } from "../options.ts";

export type OverloadOptions = {
  readonly minutes: number;
  /** So many times what the machine was just measured to do. */
  readonly times: number;
  /** How long it is measured before. */
  readonly measureSeconds: number;
  /** Checkouts per second, instead of measuring; null: measure. */
  readonly rate: number | null;
};

export const overloadHelp = `Offers several times what the machine can do, for minutes, and holds what comes of it against what was promised: nothing
but 503 with Retry-After, no lost order, memory flat, back to normal within ten seconds.

  npm run faults -- overload                        four times as much, for ten minutes
  npm run faults -- overload --minutes 2 --times 6
  --measure-seconds 20    how long it is measured what the machine can do
  --rate 600              so many new shoppers a second, instead of measuring

Exit code: 0 it held, 1 it did not, 2 it was called wrongly.`;

/** @returns "help" when that is asked for. @throws UsageError */
export function readOverloadArguments(args: readonly string[]): OverloadOptions | "help" {
  const { values, positionals } = parse([...args]);
  if (values.help) return "help";
  if (positionals.length > 0) throw new UsageError(`overload takes no "${positionals.join(" ")}"`);
  return {
    minutes: number("--minutes", values.minutes, 30),
    times: number("--times", values.times, 20),
    measureSeconds: number("--measure-seconds", values["measure-seconds"], 120),
    rate: values.rate === undefined ? null : number("--rate", values.rate, 2_000),
  };
}

function parse(args: string[]) {
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        minutes: { ...text, default: "10" },
        times: { ...text, default: "4" },
        "measure-seconds": { ...text, default: "20" },
        rate: text,
        help: { type: "boolean", default: false, short: "h" },
      },
    });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function number(option: string, text: string, most: number): number {
  const value = /^\d{1,4}(\.\d{1,3})?$/.test(text) ? Number(text) : 0;
  if (value > 0 && value <= most) return value;
  throw new UsageError(`${option} is a number above 0 and up to ${most}, not ${text}`);
}
