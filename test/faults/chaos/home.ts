import { randomBytes } from "node:crypto";
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import pg from "pg";
import { migrate } from "../../../tools/migrate.ts";
import { browsersOn, type BrowserProcess } from "./browser-processes.ts";
import { openPostgres, type Postgres } from "./postgres.ts";

/**
 * What all runs share: a database server that may be crashed, a migrated template, the secrets, a folder for
 * stories.
 */
export type Home = {
  readonly dataDir: string;
  readonly artefactDir: string;
  readonly env: Readonly<Record<string, string>>;
  readonly postgres: Postgres;
  /** In each worker. */
  readonly browsersMax: number;
  /** Those that workers of these runs have started, and that are alive. */
  readonly browsers: () => readonly BrowserProcess[];
  readonly makeDatabase: () => Promise<string>;
  readonly dropDatabase: (name: string) => Promise<void>;
  readonly close: () => Promise<void>;
};

export async function openHome({ browsersMax = 0 }: { readonly browsersMax?: number } = {}): Promise<Home> {
  const base = resolve(import.meta.dirname, "../../../.muse/faults");
  const artefactDir = join(base, "chaos");
  mkdirSync(artefactDir, { recursive: true });
  const dataDir = mkdtempSync(join(base, "chaos-run-"));
  // Not beside the data, which nobody but its owner can get into: the browsers' own user has to.
  const profilesFolder = mkdtempSync(join(tmpdir(), "muse-chaos-profiles-"));
  chmodSync(profilesFolder, 0o711);
  const browsers = (): readonly BrowserProcess[] => (browsersMax === 0 ? [] : browsersOn(profilesFolder));
  const postgres = await openPostgres(dataDir);
  const close = async (): Promise<void> => {
    await postgres.close();
    for (const { pid } of browsers()) process.kill(pid, "SIGKILL");
    rmSync(profilesFolder, { recursive: true, force: true, maxRetries: 5 });
    rmSync(dataDir, { recursive: true, force: true });
  };
  const admin = async (text: string): Promise<void> => {
    const client = new pg.Client({ connectionString: postgres.url() });
    await client.connect();
    try {
      await client.query(text);
    } finally {
      await client.end();
    }
  };
  try {
    await admin("create database muse_template template template0 encoding 'UTF8'");
    await migrate(postgres.url("muse_template"));
  } catch (error) {
    await close();
    throw error;
  }
  let made = 0;
  return {
    dataDir,
    artefactDir,
    env: {
      MUSE_MASTER_KEY: randomBytes(32).toString("base64"),
      AUTH_SECRET: randomBytes(32).toString("hex"),
      // Without one, the web shops are the desk's.
      MUSE_BROWSERS_MAX: String(browsersMax),
      MUSE_PROFILES: profilesFolder,
      NODE_COMPILE_CACHE: join(base, "compile-cache"),
    },
    postgres,
    browsersMax,
    browsers,
    makeDatabase: async () => {
      made += 1;
      await admin(`create database chaos_${made} template muse_template`);
      return `chaos_${made}`;
    },
    dropDatabase: async (name) => await admin(`drop database if exists ${name} with (force)`),
    close,
  };
}
