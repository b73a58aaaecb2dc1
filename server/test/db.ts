/** One database per test file, cloned from the migrated template: real Postgres, no mocks, no order between files. */
import { randomBytes } from "node:crypto";
import { after } from "node:test";
import { setTimeout } from "node:timers/promises";
import pg from "pg";
import { assert, must } from "#kernel/assert.ts";
import { openPool, type Pool } from "#platform/db/pool.ts";
import { databaseUrl } from "../../tools/scratch-database.ts";

export type TestDb = {
  readonly pool: Pool;
  /** For what opens connections of its own: a listener, a worker, a second program. */
  readonly url: string;
  /** What has to end before the database does: a listener, a server. Run last come, first served. */
  readonly beforeClose: (end: () => Promise<unknown>) => void;
  /** Called by itself after the file's last test; call it earlier to see what a lost database does. */
  readonly close: () => Promise<void>;
};

/** Eight at once per file, with two files at a time, stays far below the server's 200. */
const connectionMax = 8;

export type TestDbOptions = {
  readonly connectionMax?: number;
  /** For races that are forced: who stands in line waits for the test, as long as a busy machine takes. */
  readonly isPatient?: boolean;
};

/** Instead of the pool's own limits, which an operator's page is built on. */
const patience = "-c statement_timeout=60s -c lock_timeout=60s";

/**
 * Call once, at the top of a test file. Fails the file when it leaves a transaction open or a connection checked out.
 */
export async function openTestDb(options: TestDbOptions = {}): Promise<TestDb> {
  const hint = "run tests with `npm test -- <path>`: it starts the database";
  const adminUrl = must(process.env["MUSE_TEST_ADMIN_URL"], hint);
  const template = must(process.env["MUSE_TEST_TEMPLATE"], hint);
  const name = `${template}_t${randomBytes(6).toString("hex")}`;
  // A copy of the files rather than a log of every row: with fsync off that is the faster of the two here.
  await onAdmin(adminUrl, `create database ${name} template ${template} strategy file_copy`);

  const url = databaseUrl(adminUrl, name);
  const pool = openPool({
    // What the address says goes before what the pool says.
    connectionString: options.isPatient === true ? `${url}?options=${encodeURIComponent(patience)}` : url,
    connectionMax: options.connectionMax ?? connectionMax,
    applicationName: `test ${name}`,
  });
  let isClosed = false;
  const ends: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    if (isClosed) return;
    isClosed = true;
    for (const end of ends.toReversed()) await end();
    // What was sent last (a doorbell nobody waits for) may still be on its way.
    for (let wait = 0; wait < 100 && pool.idleCount < pool.totalCount; wait += 1) await setTimeout(10);
    const leaked = pool.totalCount - pool.idleCount;
    // Waiting for a connection that nobody gives back would hang the run instead of failing it.
    if (leaked === 0) await pool.end();
    await onAdmin(adminUrl, `drop database if exists ${name} with (force)`);
    assert(leaked === 0, `${leaked} connections were checked out and not given back`);
  };
  after(close);
  return { pool, url, beforeClose: (end) => void ends.push(end), close };
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
