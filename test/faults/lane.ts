import { createServer, type AddressInfo } from "node:net";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { openClock, type Clock } from "./clock.ts";
import { openHttpProxy, type HttpProxy } from "./http-proxy.ts";
import { newWatch, programNames, type ProgramName, type Watch } from "./messages.ts";
import { openPostgresProxy, type Proxy } from "./postgres-proxy.ts";
import { runProgram, startProgram, type Program } from "./program.ts";
import { putJson } from "./sandbox.ts";
import { readyMsMax, waitFor } from "./wait-for.ts";
import type { World } from "./world.ts";

/**
 * A whole Muse on a database of its own: API, worker and sandbox, each a process, with a proxy before each thing that API
 * and worker talk to. Runs follow one another on it; the one program that a run kills is started again at once.
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

type ProgramProxies = { readonly postgres: Proxy; readonly http: HttpProxy };

export async function openLane(world: World, number: number): Promise<Lane> {
  const closers: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (let last = closers.pop(); last !== undefined; last = closers.pop()) await last();
  };
  try {
    return await build(world, number, closers, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function build(
  world: World,
  number: number,
  closers: (() => Promise<unknown>)[],
  close: () => Promise<void>,
): Promise<Lane> {
  const name = await world.cloneDatabase();
  closers.push(async () => await world.dropDatabase(name));
  const databaseUrl = world.url(name);
  const connect = async (): Promise<pg.Client> => {
    const client = new pg.Client({ connectionString: databaseUrl, application_name: "muse faults" });
    await client.connect();
    closers.push(async () => await client.end());
    return client;
  };
  const database = await connect();
  const clock = await openClock(await connect());

  const [apiPort, sandboxPort] = [await freePort(), await freePort()];
  const [apiUrl, sandboxUrl] = [`http://127.0.0.1:${apiPort}`, `http://127.0.0.1:${sandboxPort}`];
  const dataDir = join(world.dataDir, name);
  mkdirSync(dataDir, { recursive: true });
  const common = { ...world.env, MUSE_DATA: dataDir, APP_URL: apiUrl, API_PORT: String(apiPort) };
  const sandbox = startProgram({
    name: "sandbox",
    command: ["sandbox/src/main.ts"],
    env: { ...common, SANDBOX_PORT: String(sandboxPort), SANDBOX_APP_URL: apiUrl },
  });
  closers.push(sandbox.stop);
  await untilAnswers(`${sandboxUrl}/healthz`);
  await putJson(`${sandboxUrl}/retailers/settings`, { autoAdvance: false });

  let watch = newWatch(null);
  const programs = new Map<ProgramName, Program>();
  const proxies = new Map<ProgramName, ProgramProxies>();
  for (const program of programNames) {
    const kill = (): void => {
      programs.get(program)?.kill();
      proxies.get(program)?.postgres.drop();
      proxies.get(program)?.http.drop();
    };
    const options = { program, watch: () => watch, kill };
    const target = { host: "127.0.0.1", port: Number(new URL(databaseUrl).port) };
    const postgres = await openPostgresProxy({ ...options, target });
    const http = await openHttpProxy({ ...options, target: { host: "127.0.0.1", port: sandboxPort } });
    proxies.set(program, { postgres, http });
    closers.push(postgres.close, http.close);
  }
  const proxyOf = (program: ProgramName): ProgramProxies => found(proxies, program);
  const envOf = (program: ProgramName): Record<string, string> => {
    const url = new URL(databaseUrl);
    url.port = String(proxyOf(program).postgres.port);
    return { ...common, DATABASE_URL: url.href, SANDBOX_PORT: String(proxyOf(program).http.port), LOG_LEVEL: "warn" };
  };
  // The stores are written down under the address at which the worker finds them.
  await runProgram({
    name: "seed",
    command: ["server/src/main.ts", "seed"],
    env: { ...envOf("worker"), DATABASE_URL: databaseUrl },
  });
  // A store that does not answer is given up sooner, so that a run does not wait ten seconds for it.
  await database.query("update store.tier set timeout_ms = 1500 where method <> 'manual'");
  // Stock that Muse tracks itself, so that reservations are made and end; more than all runs together buy.
  await database.query(
    "insert into inventory.stock (variant_id, on_hand) select variant_id, 1000000 from catalog.variant where sku = 'HO-TOTE'",
  );
  for (const program of programNames) {
    const started = startProgram({ name: program, command: ["server/src/main.ts", program], env: envOf(program) });
    programs.set(program, started);
    closers.push(started.stop);
  }

  const programOf = (program: ProgramName): Program => found(programs, program);
  const untilUp = async (): Promise<void> => {
    const own = watch;
    await untilAnswers(`${apiUrl}/readyz`);
    const kills = own.sent().length;
    // The placer looks every second: once it is seen to look, the worker is at work.
    await waitFor("the worker", readyMsMax, async () => own.sent().slice(kills).some(isPlacerLooking) || undefined);
  };
  const lane: Lane = {
    number,
    apiUrl,
    sandboxUrl,
    databaseUrl,
    database,
    clock,
    notes: new Map(),
    program: programOf,
    watch: () => watch,
    setWatch: (next) => {
      watch = next;
    },
    isOutsideBusy: () => programNames.some((program) => proxyOf(program).http.openCount() > 0),
    untilUp,
    restart: async () => {
      for (const program of programNames) programOf(program).kill();
      await delay(50);
      await untilUp();
    },
    close,
  };
  await untilUp();
  return lane;
}

function isPlacerLooking({ program, label }: { program: ProgramName; label: string }): boolean {
  return program === "worker" && label.includes("placementsClaim");
}

function found<T>(map: ReadonlyMap<ProgramName, T>, program: ProgramName): T {
  const value = map.get(program);
  if (value === undefined) throw new Error(`${program} is not there yet`);
  return value;
}

async function untilAnswers(url: string): Promise<void> {
  await waitFor(url, readyMsMax, async () => {
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) });
      await answer.arrayBuffer();
      return answer.ok || undefined;
    } catch {
      return undefined;
    }
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((settle) => server.listen(0, "127.0.0.1", settle));
  const { port } = server.address() as AddressInfo;
  await new Promise((settle) => server.close(settle));
  return port;
}
