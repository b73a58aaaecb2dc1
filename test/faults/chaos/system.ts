import { createWriteStream, mkdirSync } from "node:fs";
import { join } from "node:path";
import pg from "pg";
import { newGate, type Gate } from "../gate.ts";
import { openHttpProxy, type HttpProxy } from "../http-proxy.ts";
import { newWatch, type ProgramName, type Watch } from "../messages.ts";
import { fill, openOutside, type Closers } from "../outside.ts";
import { freePort, targetOf, untilAnswers } from "../ports.ts";
import { openPostgresProxy } from "../postgres-proxy.ts";
import { startProgram, type Program } from "../program.ts";
import type { BrowserProcess } from "./browser-processes.ts";
import type { Home } from "./home.ts";
import { openQuery, type Query } from "./query.ts";

/** One process of ours, its line to PostgreSQL, and where it answers. */
export type Unit = {
  readonly name: string;
  readonly role: ProgramName;
  readonly url: string;
  readonly program: Program;
  readonly line: Line;
};

/** A line between processes that can be disturbed. */
export type Line = { readonly name: string; readonly gate: Gate; readonly drop: () => void };

/** Several API and worker processes on one database, a sandbox, and lines between all of them. */
export type System = {
  readonly apis: readonly Unit[];
  readonly workers: readonly Unit[];
  /**
   * All APIs' and all workers' lines to the outside: stores' addresses stand in the database, the same for every
   * worker.
   */
  readonly outsideLines: readonly Line[];
  readonly isOutsideBusy: () => boolean;
  /** Whether workers have browsers, and which are alive. */
  readonly hasBrowsers: boolean;
  readonly browsers: () => readonly BrowserProcess[];
  readonly watch: Watch;
  readonly sandboxUrl: string;
  readonly databaseUrl: string;
  /** Past the lines; asks again while PostgreSQL is away. */
  readonly query: Query;
  /** Waits until all of them serve. */
  readonly untilUp: () => Promise<void>;
  readonly close: () => Promise<void>;
};

export type SystemOptions = {
  readonly apiCount: number;
  readonly workerCount: number;
  /** Everything the programs say goes into this file. */
  readonly logFile: string;
};

export async function openSystem(home: Home, options: SystemOptions): Promise<System> {
  const closers: Closers = [];
  const close = async (): Promise<void> => {
    for (let last = closers.pop(); last !== undefined; last = closers.pop()) await last();
  };
  try {
    return { ...(await build(home, options, closers)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function build(home: Home, options: SystemOptions, closers: Closers): Promise<Omit<System, "close">> {
  const name = await home.makeDatabase();
  closers.push(async () => await home.dropDatabase(name));
  const databaseUrl = home.postgres.url(name);
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 4, application_name: "muse faults" });
  pool.on("error", () => undefined);
  closers.push(async () => await pool.end());
  const query = openQuery(pool);

  const ports = await Promise.all(Array.from({ length: options.apiCount + options.workerCount }, freePort));
  const dataDir = join(home.dataDir, name);
  mkdirSync(dataDir, { recursive: true });
  const env = { ...home.env, MUSE_DATA: dataDir, APP_URL: `http://127.0.0.1:${ports[0]}` };
  const sandboxUrl = await openOutside(env, closers);
  const watch = newWatch(null);
  const outside = {
    api: await openOutsideLine("api", sandboxUrl, watch, closers),
    worker: await openOutsideLine("worker", sandboxUrl, watch, closers),
  };
  await fill({ ...env, DATABASE_URL: databaseUrl, SANDBOX_PORT: String(outside.worker.port) }, pool);

  const log = createWriteStream(options.logFile, { flags: "a" });
  closers.push(async () => await new Promise<void>((settle) => log.end(settle)));
  const tell = (line: string): void => void log.write(`${new Date().toISOString()} ${line}\n`);
  const launch = async (port: number, index: number): Promise<Unit> => {
    const role = index < options.apiCount ? "api" : "worker";
    const number = role === "api" ? index : index - options.apiCount;
    const base = { role, name: `${role} ${number}`, port, watch, tell, closers } as const;
    return await launchUnit({ ...base, databaseUrl, env: { ...env, SANDBOX_PORT: String(outside[role].port) } });
  };
  const units = await Promise.all(ports.map(launch));
  const untilUp = async (): Promise<void> => {
    await Promise.all(units.map(async ({ url }) => await untilAnswers(`${url}/readyz`)));
  };
  await untilUp();
  return {
    apis: units.filter(({ role }) => role === "api"),
    workers: units.filter(({ role }) => role === "worker"),
    outsideLines: [outside.api.line, outside.worker.line],
    isOutsideBusy: () => outside.api.proxy.openCount() > 0 || outside.worker.proxy.openCount() > 0,
    hasBrowsers: home.browsersMax > 0,
    browsers: home.browsers,
    watch,
    sandboxUrl,
    databaseUrl,
    query,
    untilUp,
  };
}

type OutsideLine = { readonly line: Line; readonly proxy: HttpProxy; readonly port: number };

async function openOutsideLine(
  program: ProgramName,
  sandboxUrl: string,
  watch: Watch,
  closers: Closers,
): Promise<OutsideLine> {
  const gate = newGate();
  const options = { program, gate, watch: () => watch, kill: () => undefined };
  const proxy = await openHttpProxy({ ...options, target: targetOf(sandboxUrl) });
  closers.push(proxy.close);
  return { line: { name: `${program}s to the outside`, gate, drop: proxy.drop }, proxy, port: proxy.port };
}

type Launch = {
  readonly role: ProgramName;
  readonly name: string;
  readonly port: number;
  readonly databaseUrl: string;
  readonly env: Readonly<Record<string, string>>;
  readonly watch: Watch;
  readonly tell: (line: string) => void;
  readonly closers: Closers;
};

/** Small enough that a slow database makes requests wait for a connection, as it would with real crowds. */
const connectionMax = 10;

const clockJumps = new URL("clock-jump.ts", import.meta.url).href;

/** A supervisor waits a moment before it starts one again that ended by itself. */
const restartAfterMs = 250;

async function launchUnit({ role, name, port, databaseUrl, env, watch, tell, closers }: Launch): Promise<Unit> {
  const gate = newGate();
  const options = { program: role, gate, watch: () => watch, kill: () => undefined };
  const proxy = await openPostgresProxy({ ...options, target: targetOf(databaseUrl) });
  closers.push(proxy.close);
  const url = new URL(databaseUrl);
  url.port = String(proxy.port);
  const program = startProgram({
    name,
    command: ["server/src/main.ts", role],
    imports: [clockJumps],
    restartAfterMs,
    onWord: tell,
    env: {
      ...env,
      DATABASE_URL: url.href,
      DATABASE_CONNECTION_MAX: String(connectionMax),
      [role === "api" ? "API_PORT" : "WORKER_PORT"]: String(port),
      LOG_LEVEL: "warn",
    },
  });
  closers.push(program.stop);
  const line = { name: `${name} to PostgreSQL`, gate, drop: proxy.drop };
  return { name, role, url: `http://127.0.0.1:${port}`, program, line };
}
