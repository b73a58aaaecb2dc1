import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { startEmbeddedPostgres } from "../../../tools/embedded-postgres.ts";
import { serverPid } from "../../../tools/embedded-postgres/owner.ts";

/** A PostgreSQL that writes to disk before it says so, and that can be ended without a word. */
export type Postgres = {
  readonly url: (database?: string) => string;
  /** As `pg_ctl stop -m immediate` and a start: no session is told, no checkpoint is written, the log is replayed. */
  readonly crash: () => Promise<void>;
  readonly close: () => Promise<void>;
};

/** One crash at a time. */
export async function openPostgres(baseDir: string): Promise<Postgres> {
  const dataDir = join(baseDir, "postgres");
  mkdirSync(dataDir, { recursive: true });
  let server = await startEmbeddedPostgres({ dataDir });
  const { port, url } = server;
  let crashing: Promise<void> = Promise.resolve();
  const crash = async (): Promise<void> => {
    const pid = serverPid(dataDir);
    if (pid !== undefined) process.kill(pid, "SIGQUIT");
    await server.ended;
    // Ended already: this gives the directory free.
    await server.stop();
    server = await startEmbeddedPostgres({ dataDir, port });
  };
  return {
    url,
    crash: async () => {
      crashing = crashing.then(crash);
      await crashing;
    },
    close: async () => {
      await crashing.catch(() => undefined);
      await server.stop();
    },
  };
}
