/** A migrated database for one piece of work, gone when it is done. */
import { randomBytes } from "node:crypto";
import pg from "pg";
import { startEmbeddedPostgres } from "./embedded-postgres.ts";
import { migrate } from "./migrate.ts";

/**
 * On the server that TEST_ADMIN_URL names, else on a throw-away server of its own. A tool that runs inside another's
 * piece of work (SCRATCH_DATABASE_URL) shares that one's database.
 */
export async function withScratchDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
  const shared = process.env["SCRATCH_DATABASE_URL"];
  if (shared !== undefined) return await work(shared);
  const adminUrl = process.env["TEST_ADMIN_URL"];
  if (adminUrl !== undefined) return await onServer(adminUrl, work);
  const server = await startEmbeddedPostgres({ durable: false });
  try {
    return await onServer(server.url(), work);
  } finally {
    await server.stop();
  }
}

async function onServer<T>(adminUrl: string, work: (url: string) => Promise<T>): Promise<T> {
  const name = `scratch_${randomBytes(8).toString("hex")}`;
  await onAdmin(adminUrl, `create database ${name} template template0 encoding 'UTF8'`);
  try {
    const url = databaseUrl(adminUrl, name);
    await migrate(url);
    return await work(url);
  } finally {
    await onAdmin(adminUrl, `drop database if exists ${name} with (force)`);
  }
}

async function onAdmin(adminUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** The URL of another database on the same server. */
export function databaseUrl(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}
