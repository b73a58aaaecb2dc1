import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { openClock, type Clock } from "./clock.ts";
import { openHttpProxy, type HttpProxy } from "./http-proxy.ts";
import { newWatch, programNames, type ProgramName, type Watch } from "./messages.ts";
import { openPostgresProxy, type Proxy } from "./postgres-proxy.ts";
import { fill, openOutside, type Closers } from "./outside.ts";
import { freePort, targetOf, untilAnswers } from "./ports.ts";
import { startProgram, type Program } from "./program.ts";
import { readyMsMax, waitFor } from "./wait-for.ts";
import type { World } from "./world.ts";

/**
 * A whole Muse on a database of its own: API, worker and sandbox, each a process, with a proxy before each thing that
 * API and worker talk to. Runs follow one another on it; the one program that a run kills is started again at once.
 */
export type Lane = {
  readonly number: number;
  readonly apiUrl: string;
  /** Past the proxies. */
  readonly sandboxUrl: string;
  readonly databaseUrl: string;
  readonly database: pg.Client;
  /** A connection of its own, as it holds a transaction. */
  readonly clock: Clock;
  readonly program: (name: ProgramName) => Program;
  readonly watch: () => Watch;
  readonly setWatch: (watch: Watch) => void;
  /** Whether anything is on its way between our programs and the outside. */
  readonly isOutsideBusy: () => boolean;
  /** Waits until both programs do their work. */
  readonly untilUp: () => Promise<void>;
  /** Kills both and waits until they are back: their caches are empty then. */
  readonly restart: () => Promise<void>;
  /** Memory that outlives a run: an operator's token is asked for once. */
  readonly notes: Map<string, string>;
  readonly close: () => Promise<void>;
};

export async function openLane(world: World, number: number): Promise<Lane> {
  const closers: Closers = [];
  const close = async (): Promise<void> => {
    for (let last = closers.pop(); last !== undefined; last = closers.pop()) await last();
  };
  try {
    return { ...(await build(world, closers)), number, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function build(world: World, closers: Closers): Promise<Omit<Lane, "number" | "close">> {
  const { name, databaseUrl, database, clock } = await openDatabase(world, closers);
  const apiPort = await freePort();
  const apiUrl = `http://127.0.0.1:${apiPort}`;
  const dataDir = join(world.dataDir, name);
  mkdirSync(dataDir, { recursive: true });
  const env = { ...world.env, MUSE_DATA: dataDir, APP_URL: apiUrl, API_PORT: String(apiPort) };
  const sandboxUrl = await openOutside(env, closers);

  let watch = newWatch(null);
  const killable = new Map<ProgramName, () => void>();
  const proxies = await openProxies({ databaseUrl, sandboxUrl, watch: () => watch, killable }, closers);
  const envOf = (program: ProgramName): Record<string, string> => {
    const url = new URL(databaseUrl);
    url.port = String(proxies[program].postgres.port);
    return { ...env, DATABASE_URL: url.href, SANDBOX_PORT: String(proxies[program].http.port), LOG_LEVEL: "warn" };
  };
  await fill({ ...envOf("worker"), DATABASE_URL: databaseUrl }, database);

  const launch = (program: ProgramName): Program => {
    const started = startProgram({ name: program, command: ["server/src/main.ts", program], env: envOf(program) });
    closers.push(started.stop);
    killable.set(program, () => {
      started.kill();
      proxies[program].postgres.drop();
      proxies[program].http.drop();
    });
    return started;
  };
  const programs = { api: launch("api"), worker: launch("worker") };
  const untilUp = async (): Promise<void> => {
    const own = watch;
    await untilAnswers(`${apiUrl}/readyz`);
    const seen = own.sent().length;
    // The placer looks every second: once it is seen to look, the worker is at work.
    await waitFor("the worker", readyMsMax, async () => own.sent().slice(seen).some(isPlacerLooking) || undefined);
  };
  await untilUp();
  return {
    apiUrl,
    sandboxUrl,
    databaseUrl,
    database,
    clock,
    notes: new Map(),
    program: (program) => programs[program],
    watch: () => watch,
    setWatch: (next) => {
      watch = next;
    },
    isOutsideBusy: () => programNames.some((program) => proxies[program].http.openCount() > 0),
    untilUp,
    restart: async () => {
      for (const program of programNames) programs[program].kill();
      await delay(50);
      await untilUp();
    },
  };
}

async function openDatabase(world: World, closers: Closers) {
  const name = await world.cloneDatabase();
  closers.push(async () => await world.dropDatabase(name));
  const databaseUrl = world.url(name);
  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: databaseUrl, application_name: "muse faults" });
    await client.connect();
    closers.push(async () => await client.end());
    return client;
  };
  return { name, databaseUrl, database: await connect(), clock: await openClock(await connect()) };
}

type ProgramProxies = { readonly postgres: Proxy; readonly http: HttpProxy };

type Proxying = {
  readonly databaseUrl: string;
  readonly sandboxUrl: string;
  readonly watch: () => Watch;
  /** How each program is killed, once it runs. */
  readonly killable: ReadonlyMap<ProgramName, () => void>;
};

async function openProxies(
  { databaseUrl, sandboxUrl, watch, killable }: Proxying,
  closers: Closers,
): Promise<Readonly<Record<ProgramName, ProgramProxies>>> {
  const open = async (program: ProgramName): Promise<ProgramProxies> => {
    const options = { program, watch, kill: () => killable.get(program)?.() };
    const postgres = await openPostgresProxy({ ...options, target: targetOf(databaseUrl) });
    closers.push(postgres.close);
    const http = await openHttpProxy({ ...options, target: targetOf(sandboxUrl) });
    closers.push(http.close);
    return { postgres, http };
  };
  return { api: await open("api"), worker: await open("worker") };
}

function isPlacerLooking({ program, label }: { program: ProgramName; label: string }): boolean {
  return program === "worker" && label.includes("placementsClaim");
}
