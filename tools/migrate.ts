/** Brings a database up to the code: the job queue's own schema first, then server/db/migrations in order. */
import { resolve } from "node:path";
import { Logger, runMigrations } from "graphile-worker";
import { runner } from "node-pg-migrate";
import pg from "pg";

const migrationsDir = resolve(import.meta.dirname, "../server/db/migrations");

/** A number of our own for the advisory lock that lets one process migrate while the others wait for it. */
const migrationLock = 7_305_561_112;

const quiet = new Logger(() => () => undefined);

/** A migration that Postgres refuses, with the line it points at. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
}

/**
 * Forward only; running it again does nothing, and two processes that start at once take turns.
 *
 * @returns the names of the migrations that were applied by this call
 * @throws MigrationError when one of them fails; those before it stay applied
 */
export async function migrate(connectionString: string): Promise<string[]> {
  const client = new pg.Client({ connectionString, application_name: "muse migrate" });
  await client.connect();
  try {
    // Both migrators run under our lock: the queue's own retries a race only once.
    await client.query("select pg_advisory_lock($1)", [migrationLock]);
    // First, so that our functions may call graphile_worker.add_job.
    await runMigrations({ connectionString, schema: "graphile_worker", logger: quiet });
    return await applyOurs(client);
  } finally {
    // Ends the session, and with it the lock.
    await client.end();
  }
}

async function applyOurs(client: pg.Client): Promise<string[]> {
  let current = "the first migration";
  let pointer = "";
  try {
    const applied = await runner({
      dbClient: client,
      dir: migrationsDir,
      direction: "up",
      migrationsTable: "migration",
      migrationsSchema: "migrate",
      createMigrationsSchema: true,
      // Only .sql files: an editor's leftovers or a README beside them are no migrations.
      ignorePattern: "(?!.*\\.sql$).*",
      advisoryLockMode: "wait",
      checkOrder: true,
      verbose: false,
      // The runner tells what goes on by its log alone: which file is at work, and the line that Postgres points at.
      logger: {
        debug: () => undefined,
        info: (line) => {
          current = /^### MIGRATION (\S+)/.exec(line)?.[1] ?? current;
        },
        warn: () => undefined,
        error: (text) => {
          pointer = /([^\n]*)\n *\^{4}/.exec(text)?.[1]?.trim() ?? pointer;
        },
      },
    });
    return applied.map(({ name }) => name);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const where = pointer === "" ? "" : `, near: ${pointer}`;
    throw new MigrationError(`server/db/migrations/${current}.sql: ${reason}${where}`, { cause: error });
  }
}

if (import.meta.main) {
  const url = process.env["DATABASE_URL"];
  if (url === undefined) {
    process.stderr.write("migrate: set DATABASE_URL to the database to bring up to date\n");
    process.exitCode = 2;
  } else {
    const applied = await migrate(url);
    process.stdout.write(applied.length === 0 ? "nothing to migrate\n" : `applied ${applied.join(", ")}\n`);
  }
}
