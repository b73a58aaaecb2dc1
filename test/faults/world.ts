import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { randomBytes } from "node:crypto";
import pg from "pg";
import { startEmbeddedPostgres } from "../../tools/embedded-postgres.ts";
import { migrate } from "../../tools/migrate.ts";

/** What all lanes share: one database server, a migrated template, the secrets. */
export type World = {
  readonly dataDir: string;
  /** A file of a point's name in it kills the next program that comes to that point. */
  readonly failpointsFolder: string;
  readonly env: Readonly<Record<string, string>>;
  readonly url: (database: string) => string;
  readonly cloneDatabase: () => Promise<string>;
  readonly dropDatabase: (name: string) => Promise<void>;
  readonly close: () => Promise<void>;
};

type WorldOptions = {
  /** In each worker. */
  readonly browsersMax?: number;
};

export async function openWorld({ browsersMax = 0 }: WorldOptions = {}): Promise<World> {
  const base = resolve(import.meta.dirname, "../../.muse/faults");
  mkdirSync(base, { recursive: true });
  const dataDir = mkdtempSync(join(base, "sweep-"));
  // It is never killed here, so nothing has to be on disk.
  const server = await startEmbeddedPostgres({ durable: false });
  const admin = new pg.Client({ connectionString: server.url() });
  const close = async (): Promise<void> => {
    await admin.end().catch(() => undefined);
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await admin.connect();
    await admin.query("create database muse_template template template0 encoding 'UTF8'");
    await migrate(server.url("muse_template"));
  } catch (error) {
    await close();
    throw error;
  }
  let clones = 0;
  const failpointsFolder = join(dataDir, "failpoints");
  mkdirSync(failpointsFolder);
  return {
    dataDir,
    failpointsFolder,
    env: {
      MUSE_MASTER_KEY: randomBytes(32).toString("base64"),
      AUTH_SECRET: randomBytes(32).toString("hex"),
      // The web shops are the desk's, but where points in the browser tier are run.
      MUSE_BROWSERS_MAX: String(browsersMax),
      FAILPOINTS: failpointsFolder,
      NODE_COMPILE_CACHE: join(base, "compile-cache"),
    },
    url: (database) => server.url(database),
    cloneDatabase: async () => {
      clones += 1;
      const name = `lane_${clones}`;
      await admin.query(`create database ${name} template muse_template`);
      return name;
    },
    dropDatabase: async (name) => {
      await admin.query(`drop database if exists ${name} with (force)`);
    },
    close,
  };
}
