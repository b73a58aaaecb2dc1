import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import pg from "pg";
import { startEmbeddedPostgres, type EmbeddedPostgres } from "../../tools/embedded-postgres.ts";
import { migrate } from "../../tools/migrate.ts";
import { loadCatalogue, type Catalogue } from "./catalogue.ts";
import { runProgram, startProgram, waitUntilAnswers, type Program } from "./program.ts";

export type SystemOptions = {
  /** Where API, worker and sandbox write a CPU profile when they end; undefined: none. */
  readonly profileDir: string | undefined;
  readonly loadsStatementStatistics: boolean;
  /** In the worker; none unless told, and the web shops are the desk's then. */
  readonly browsersMax?: number;
};

/** All of Muse as it runs in production, each part a process of its own, on a database that lasts. */
export type System = {
  readonly databaseUrl: string;
  readonly postmasterPid: number;
  readonly apiUrl: string;
  readonly sandboxUrl: string;
  readonly catalogue: Catalogue;
  readonly programs: () => { readonly api: Program; readonly worker: Program; readonly sandbox: Program };
  /** Stops API and worker and starts them again, each on a database URL of its own. */
  readonly restart: (databaseUrls: { readonly api: string; readonly worker: string }) => Promise<void>;
  /** Stops API, worker and sandbox; the database stays. */
  readonly stopPrograms: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export async function startSystem(options: SystemOptions, say: (line: string) => void): Promise<System> {
  const base = resolve(".muse/bench");
  mkdirSync(base, { recursive: true });
  const dataDir = mkdtempSync(join(base, "run-"));
  const remove = (): void => rmSync(dataDir, { recursive: true, force: true });
  // A bench that ends in the middle leaves nothing either; its PostgreSQL ends with it.
  process.once("exit", remove);
  const closers: (() => Promise<void>)[] = [async () => remove()];
  const close = async (): Promise<void> => {
    for (let last = closers.pop(); last !== undefined; last = closers.pop()) await last();
  };
  try {
    const postgres = await startDatabase(join(dataDir, "postgres"), options.loadsStatementStatistics);
    closers.push(async () => await postgres.stop());
    return { ...(await startPrograms({ postgres, dataDir, options, say, closers })), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startDatabase(dataDir: string, loadsStatementStatistics: boolean): Promise<EmbeddedPostgres> {
  const first = await startEmbeddedPostgres({ dataDir, durable: true });
  await onDatabase(first.url(), async (client) => {
    await client.query("create database muse template template0 encoding 'UTF8'");
    if (!loadsStatementStatistics) return;
    await client.query("alter system set shared_preload_libraries = 'pg_stat_statements'");
    // Statements inside functions too: most of ours are there.
    await client.query("alter system set pg_stat_statements.track = 'all'");
    await client.query("alter system set pg_stat_statements.track_planning = on");
  });
  if (!loadsStatementStatistics) return first;
  await first.stop();
  return await startEmbeddedPostgres({ dataDir, durable: true });
}

type Starting = {
  readonly postgres: EmbeddedPostgres;
  readonly dataDir: string;
  readonly options: SystemOptions;
  readonly say: (line: string) => void;
  readonly closers: (() => Promise<void>)[];
};

async function startPrograms({ postgres, dataDir, options, say, closers }: Starting): Promise<Omit<System, "close">> {
  const databaseUrl = postgres.url("muse");
  say("migrating");
  await migrate(databaseUrl);
  const [apiPort, sandboxPort] = [await freePort(), await freePort()];
  const [apiUrl, sandboxUrl] = [`http://127.0.0.1:${apiPort}`, `http://127.0.0.1:${sandboxPort}`];
  const env = {
    DATABASE_URL: databaseUrl,
    MUSE_DATA: dataDir,
    APP_URL: apiUrl,
    API_PORT: String(apiPort),
    SANDBOX_PORT: String(sandboxPort),
    SANDBOX_APP_URL: apiUrl,
    LOG_LEVEL: "warn",
    MUSE_BROWSERS_MAX: String(options.browsersMax ?? 0),
    NODE_COMPILE_CACHE: join(dataDir, "compile-cache"),
  };
  const profiling =
    options.profileDir === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${resolve(options.profileDir)}`];
  const start = (name: string, command: readonly string[], own: Record<string, string> = {}): Program =>
    startProgram({
      name,
      env: { ...env, ...own },
      command: [...profiling, ...profileName(profiling, name), ...command],
    });
  const startServer = async (urls: { api: string; worker: string }) => {
    const worker = start("worker", ["server/src/main.ts", "worker"], { DATABASE_URL: urls.worker });
    const api = start("api", ["server/src/main.ts", "api"], { DATABASE_URL: urls.api });
    await waitUntilAnswers(`${apiUrl}/readyz`);
    return { api, worker };
  };

  const sandbox = start("sandbox", ["sandbox/src/main.ts"]);
  closers.push(async () => await sandbox.stop());
  await waitUntilAnswers(`${sandboxUrl}/healthz`);
  // Orders would be shipped in the middle of a load that began twenty seconds later.
  await putJson(`${sandboxUrl}/retailers/settings`, { autoAdvance: false });
  say("seeding");
  await runProgram({ name: "seed", env, command: ["server/src/main.ts", "seed"] });
  const catalogue = await loadCatalogue(databaseUrl, sandboxUrl);
  let running = await startServer({ api: databaseUrl, worker: databaseUrl });
  const stopServer = async (): Promise<void> => {
    await running.api.stop();
    await running.worker.stop();
  };
  closers.push(stopServer);
  return {
    databaseUrl,
    apiUrl,
    sandboxUrl,
    catalogue,
    postmasterPid: Number(readFileSync(join(dataDir, "postgres/cluster/postmaster.pid"), "utf8").split("\n")[0]),
    programs: () => ({ ...running, sandbox }),
    restart: async (urls) => {
      await stopServer();
      running = await startServer(urls);
    },
    stopPrograms: async () => {
      await stopServer();
      await sandbox.stop();
    },
  };
}

function profileName(profiling: readonly string[], name: string): string[] {
  return profiling.length === 0 ? [] : [`--cpu-prof-name=${name}-${Date.now()}.cpuprofile`];
}

async function putJson(url: string, body: unknown): Promise<void> {
  const answer = await fetch(url, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`PUT ${url} was answered with ${answer.status}`);
}

export async function onDatabase<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((settle) => server.listen(0, "127.0.0.1", settle));
  const { port } = server.address() as AddressInfo;
  await new Promise((settle) => server.close(settle));
  return port;
}
