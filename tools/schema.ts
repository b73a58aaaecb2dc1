/**
 * Dumps what the migrations make into server/db/schema.sql, so that a change of the schema is read as a diff.
 *
 *     npm run schema             writes it
 *     npm run schema -- --check  fails when it would differ, or when the schema breaks a rule
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import pg from "pg";
import { dumpSchema } from "./schema/dump.ts";
import { checkSchema } from "./schema/rules.ts";
import { runTool } from "./run-tool.ts";
import { withScratchDatabase } from "./scratch-database.ts";

const file = "server/db/schema.sql";
const target = join(resolve(import.meta.dirname, ".."), file);

/** @returns the exit code, having said what is wrong */
export async function schema(databaseUrl: string, isCheck: boolean): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const text = await dumpSchema(client);
    const isStale = !existsSync(target) || readFileSync(target, "utf8") !== text;
    if (isStale && !isCheck) writeFileSync(target, text);
    const findings = await checkSchema(client);
    if (isStale) process.stdout.write(isCheck ? `${file} is out of date: npm run schema\n` : `wrote ${file}\n`);
    for (const { rule, where, what } of findings) process.stdout.write(`${where}: ${what} [${rule}]\n`);
    return findings.length > 0 || (isStale && isCheck) ? 1 : 0;
  } finally {
    await client.end();
  }
}

if (import.meta.main) {
  await runTool(() => withScratchDatabase((url) => schema(url, process.argv.includes("--check"))));
}
