/**
 * Runs once before all test files (`node --test --test-global-setup`): one throw-away server, unless TEST_ADMIN_URL
 * names one, and on it one migrated template that every test file clones.
 */
import { randomBytes } from "node:crypto";
import pg from "pg";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "../../tools/embedded-postgres.ts";
import { migrate } from "../../tools/migrate.ts";
import { databaseUrl } from "../../tools/scratch-database.ts";

let server: EmbeddedPostgres | undefined;
let adminUrl = "";
let template = "";

export async function globalSetup(): Promise<void> {
  const given = process.env["TEST_ADMIN_URL"];
  server = given === undefined ? await startEmbeddedPostgres({ durable: false }) : undefined;
  adminUrl = given ?? server?.url() ?? "";

  // A name of its own for each run: on a server that is shared, two runs must not build over each other.
  template = `muse_template_${randomBytes(4).toString("hex")}`;
  await onAdmin([`create database ${template} template template0 encoding 'UTF8'`]);
  await migrate(databaseUrl(adminUrl, template));
  // A template that anybody is connected to cannot be cloned, so nobody may connect.
  await onAdmin([`alter database ${template} with is_template true allow_connections false`]);
  process.env["MUSE_TEST_ADMIN_URL"] = adminUrl;
  process.env["MUSE_TEST_TEMPLATE"] = template;
}

export async function globalTeardown(): Promise<void> {
  if (server !== undefined) {
    await server.stop();
    return;
  }
  const leftovers = await clonesOf(template);
  await onAdmin([
    ...leftovers.map((name) => `drop database if exists ${name} with (force)`),
    `alter database ${template} with is_template false`,
    `drop database ${template} with (force)`,
  ]);
}

/** Of test files that were killed before they could drop theirs. */
async function clonesOf(name: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  const { rows } = await client.query<{ datname: string }>(
    "select datname from pg_database where datname like $1 order by 1",
    [`${name}\\_t%`],
  );
  await client.end();
  return rows.map(({ datname }) => datname);
}

async function onAdmin(statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}
