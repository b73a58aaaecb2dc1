/**
 * Holds the database against what must always be true (docs/invariants.md), and says what breaks it.
 *
 *     npm run invariants                                      the database of `npm start`, or DATABASE_URL
 *     npm run invariants -- --database-url URL                another one; it needs no right but SELECT
 *     npm run invariants -- --sandbox-url http://127.0.0.1:4100   compares with what really happened outside, too
 *     npm run invariants -- --eventually-after 5m             how long rows were left alone (60s)
 *     npm run invariants -- --json                            for programs
 *
 * Exit code: 0 all hold, 1 something is broken or could not be checked, 2 it was called wrongly.
 */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { runningUrl } from "./embedded-postgres/running-url.ts";
import { checkInvariants, type CheckResult, type InvariantsReport } from "./invariants/check-invariants.ts";
import { OutsideError } from "./invariants/outside.ts";

class UsageError extends Error {
  override readonly name = "UsageError";
}

type Settings = {
  readonly databaseUrl: string;
  readonly sandboxUrl: string | undefined;
  readonly settledForSeconds: number;
  readonly isJson: boolean;
};

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

async function main(): Promise<number> {
  const settings = readSettings(process.argv.slice(2), process.env);
  const report = await checkInvariants(settings);
  if (settings.isJson) say(JSON.stringify(report));
  else printReport(report, settings);
  return report.isSound ? 0 : 1;
}

function readSettings(args: string[], env: Readonly<Record<string, string | undefined>>): Settings {
  const values = parseOptions(args);
  const isLive = env["STRIPE_LIVE_MODE"] === "true";
  return {
    databaseUrl: values["database-url"] ?? env["DATABASE_URL"] ?? embeddedUrl(resolve(env["MUSE_DATA"] ?? ".muse")),
    sandboxUrl: isLive ? undefined : values["sandbox-url"],
    settledForSeconds: secondsOf(values["eventually-after"]),
    isJson: values.json,
  };
}

function parseOptions(args: string[]) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        "database-url": { type: "string" },
        "sandbox-url": { type: "string" },
        "eventually-after": { type: "string", default: "60s" },
        json: { type: "boolean", default: false },
      },
    });
    return values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

function secondsOf(text: string): number {
  const [, number = "", unit = "s"] = /^(\d{1,6})(s|m|h)?$/.exec(text) ?? [];
  if (number === "")
    throw new UsageError(`--eventually-after is a time such as 60s or 5m, not ${JSON.stringify(text)}`);
  return Number(number) * { s: 1, m: 60, h: 3600 }[unit as "s" | "m" | "h"];
}

function embeddedUrl(dataDir: string): string {
  const url = runningUrl(dataDir);
  if (url !== null) return url;
  throw new UsageError("no database: give --database-url or DATABASE_URL, or let `npm start` run");
}

function printReport({ results, isSound }: InvariantsReport, { settledForSeconds, sandboxUrl }: Settings): void {
  for (const result of results) printResult(result);
  const broken = results.filter(({ outcome }) => outcome === "broken" || outcome === "failed");
  const skipped = results.filter(({ outcome }) => outcome === "skipped");
  if (skipped.length > 0) {
    const why = sandboxUrl === undefined ? "no --sandbox-url was given, or STRIPE_LIVE_MODE is on" : "see above";
    say(`\n!!! ${skipped.length} CHECKS WERE SKIPPED (${why}): nothing was compared with the provider and the stores.`);
    say(`!!! ${[...new Set(skipped.map(({ id }) => id))].join(", ")} hold only as far as this database knows.`);
  }
  const ms = results.reduce((sum, result) => sum + result.ms, 0);
  say(
    `\n${isSound ? "✔" : "✘"} ${results.length - skipped.length} checks in ${(ms / 1000).toFixed(1)} s, ` +
      `${broken.length} broken; what holds eventually was asked of rows left alone for ${settledForSeconds} s`,
  );
}

const marks = { holds: "✔", broken: "✘", skipped: "-", failed: "?" } as const;

function printResult({ id, name, outcome, count, promise, breaches, note, ms }: CheckResult): void {
  const found = outcome === "holds" || outcome === "broken" ? String(count) : outcome;
  say(
    `${marks[outcome]} ${id.padEnd(3)} ${name.padEnd(22)} ${found.padStart(7)} ${ms.toFixed(0).padStart(6)} ms  ${promise}`,
  );
  for (const { subject, detail } of breaches) say(`        ${subject}: ${detail}`);
  if (count > breaches.length) say(`        … and ${count - breaches.length} more`);
  if (outcome === "failed") say(`        ${note}`);
}

try {
  process.exitCode = await main();
} catch (error) {
  const isForPeople = error instanceof UsageError || error instanceof OutsideError;
  if (!isForPeople && !(error instanceof Error && "code" in error)) throw error;
  say(`invariants: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}
