import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "../embedded-postgres.ts";
import { databaseUrl } from "../scratch-database.ts";
import { readableLine } from "./log-line.ts";
import type { Say } from "./program.ts";

export type Database = { readonly url: string; readonly stop: () => Promise<void> };

const name = "muse";

/** A moment for whatever killed the server to pass. */
const restartWaitMs = 1_000;

/** The embedded server with its one database. When it crashes it is started again, on the same port. */
export async function startDatabase(dataDir: string, say: Say): Promise<Database> {
  const options = {
    dataDir: join(dataDir, "postgres"),
    onLog: (line: string) => {
      // An ERROR is a statement's: whoever sent it tells it better.
      const worth = /\b(WARNING|FATAL|PANIC):\s+(.*)/.exec(line);
      if (worth !== null) say(readableLine("postgres", `${worth[1]} ${worth[2]}`));
    },
  };
  let isStopping = false;
  let server = await startEmbeddedPostgres(options);
  await createDatabase(server);
  const { port } = server;
  // The cluster's files, the port and the password stay, so the programs find it again at the same address.
  const watch = async (): Promise<void> => {
    while (!isStopping) {
      await server.ended;
      if (isStopping) return;
      say(readableLine("postgres", "ended by itself; starting it again"));
      await server.stop();
      await delay(restartWaitMs);
      if (!isStopping) server = await startEmbeddedPostgres({ ...options, port });
    }
  };
  const watching = watch().catch((error: unknown) => {
    say(
      readableLine("postgres", `could not be started again: ${error instanceof Error ? error.message : String(error)}`),
    );
  });
  return {
    url: server.url(name),
    stop: async () => {
      isStopping = true;
      await server.stop();
      await watching;
    },
  };
}

async function createDatabase(server: EmbeddedPostgres): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl(server.url(), "postgres") });
  await client.connect();
  try {
    const { rowCount } = await client.query("select from pg_database where datname = $1", [name]);
    if (rowCount === 0) await client.query(`create database ${name} template template0 encoding 'UTF8'`);
  } finally {
    await client.end();
  }
}
