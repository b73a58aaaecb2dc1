/**
 * Writes one typed module (`x.sql.gen.ts`) for each `x.sql` of a room, or of the platform.
 *
 * Postgres itself is the type checker: every statement is parsed and described on a freshly migrated database, so a
 * misspelt column fails here, not in production. A column is non-null only when it is a NOT NULL table column and the
 * statement has no outer join, or when its author wrote `as "name!"`. Everything else is nullable: wrong only ever
 * in the safe direction.
 *
 *     npm run sqlgen            writes the modules
 *     npm run sqlgen -- --check fails when one of them would differ
 */
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import pg from "pg";
import { runTool } from "./run-tool.ts";
import { withScratchDatabase } from "./scratch-database.ts";
import { openDescriber, type Describer, type Description } from "./sqlgen/describe.ts";
import { emitModule, type Described } from "./sqlgen/emit.ts";
import { parseSqlFile, SqlFileError, type Statement } from "./sqlgen/parse.ts";

const root = resolve(import.meta.dirname, "..");

/** A room has as many files as it likes; the platform has a few statements of its own (idempotency keys, health). */
const sources = ["server/src/rooms/*/*.sql", "server/src/platform/*/*.sql"];

export type Generated = { readonly path: string; readonly text: string; readonly isStale: boolean };

/**
 * Describes every statement on a migrated database.
 *
 * @returns the generated modules in order, and what is wrong in the others, worded for their authors
 */
export async function generate(
  databaseUrl: string,
  from: string = root,
): Promise<{ generated: Generated[]; problems: string[] }> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const describer = await openDescriber(client);
    const generated: Generated[] = [];
    const problems: string[] = [];
    const names = new Map<string, string>();
    for (const path of globSync(sources, { cwd: from }).sort()) {
      try {
        generated.push(await generateFile(from, path, describer, names));
      } catch (error) {
        // One room's mistake must not keep the others from their types.
        if (!(error instanceof SqlFileError)) throw error;
        problems.push(error.message);
      }
    }
    return { generated, problems };
  } finally {
    await client.end();
  }
}

async function generateFile(
  from: string,
  path: string,
  describer: Describer,
  names: Map<string, string>,
): Promise<Generated> {
  const room = basename(dirname(path));
  const statements: Described[] = [];
  for (const statement of parseSqlFile(path, readFileSync(join(from, path), "utf8"))) {
    const name = `${room}.${statement.name}`;
    const other = names.get(name);
    if (other !== undefined) throw new SqlFileError(`${path}: ${statement.name} is already in ${other}`);
    names.set(name, path);
    statements.push({ statement, description: await describeIn(path, statement, describer) });
  }
  const text = emitModule({ file: basename(path), room, statements, catalog: describer.catalog });
  const target = `${path}.gen.ts`;
  const present = existsSync(join(from, target)) ? readFileSync(join(from, target), "utf8") : undefined;
  return { path: target, text, isStale: present !== text };
}

async function describeIn(path: string, statement: Statement, describer: Describer): Promise<Description> {
  try {
    return await describer.describe(statement);
  } catch (error) {
    if (!(error instanceof pg.DatabaseError)) throw error;
    const hint = error.hint === undefined ? "" : ` (${error.hint})`;
    throw new SqlFileError(
      `${path}: ${statement.name}: ${error.message}${near(statement.text, error.position)}${hint}`,
      {
        cause: error,
      },
    );
  }
}

/** The line of the statement that Postgres points at. */
function near(text: string, position: string | undefined): string {
  if (position === undefined) return "";
  const before = text.slice(0, Number(position) - 1);
  const line = text.split("\n")[before.split("\n").length - 1] ?? "";
  return `, near: ${line.trim()}`;
}

/**
 * Writes the modules that are out of date, or only says which (`isCheck`).
 *
 * @returns the exit code, having said what is wrong
 */
export async function writeModules(databaseUrl: string, isCheck: boolean): Promise<number> {
  const { generated, problems } = await generate(databaseUrl);
  const stale = generated.filter(({ isStale }) => isStale);
  const orphans = globSync(
    sources.map((source) => `${source}.gen.ts`),
    { cwd: root },
  ).filter((path) => !existsSync(join(root, path.replace(/\.gen\.ts$/, ""))));
  if (!isCheck) for (const { path, text } of stale) writeFileSync(join(root, path), text);

  for (const { path } of stale) process.stdout.write(`${isCheck ? "out of date" : "wrote"} ${path}\n`);
  for (const path of orphans) process.stdout.write(`${path} has no .sql file any more: remove it\n`);
  for (const problem of problems) process.stdout.write(`${problem}\n`);
  process.stdout.write(`${generated.length} modules, ${stale.length} ${isCheck ? "out of date" : "written"}\n`);
  return problems.length > 0 || orphans.length > 0 || (isCheck && stale.length > 0) ? 1 : 0;
}

if (import.meta.main) {
  await runTool(() => withScratchDatabase((url) => writeModules(url, process.argv.includes("--check"))));
}
