/**
 * Says what is stuck, why, what happens next by itself, and what a person can do.
 *
 *     npm run doctor                              the database of `npm start`, or DATABASE_URL
 *     npm run doctor -- --database-url URL        another one; it needs no right but SELECT
 *     npm run doctor -- --json                    for programs
 *
 * Exit code: 0 nothing needs a person, 1 something does (or could not be read), 2 it was called wrongly.
 */
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { examine } from "./doctor/examine.ts";
import { printReport } from "./doctor/print-report.ts";
import { runningUrl } from "./embedded-postgres/running-url.ts";

class UsageError extends Error {
  override readonly name = "UsageError";
}

async function main(args: string[], env: Readonly<Record<string, string | undefined>>): Promise<number> {
  const { "database-url": given, json } = parseOptions(args);
  const url = given ?? env["DATABASE_URL"] ?? runningUrl(resolve(env["MUSE_DATA"] ?? ".muse"));
  if (url === null || url === "") {
    throw new UsageError("no database: give --database-url or DATABASE_URL, or let `npm start` run");
  }
  const report = await examine(url);
  process.stdout.write(`${json ? JSON.stringify(report) : printReport(report)}\n`);
  return report.needsPerson ? 1 : 0;
}

function parseOptions(args: string[]) {
  try {
    const options = { "database-url": { type: "string" }, json: { type: "boolean", default: false } } as const;
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

try {
  process.exitCode = await main(process.argv.slice(2), process.env);
} catch (error) {
  const isForPeople = error instanceof UsageError || (error instanceof Error && "code" in error);
  if (!isForPeople) throw error;
  process.stdout.write(`doctor: ${error.message}\n`);
  process.exitCode = 2;
}
