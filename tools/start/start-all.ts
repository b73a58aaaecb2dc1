import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { claim } from "../embedded-postgres/claim.ts";
import { migrate } from "../migrate.ts";
import { StartError, type StartConfig } from "./config.ts";
import { startDatabase } from "./database.ts";
import { keepRunning, runOnce, type Program, type ProgramSpec, type Say } from "./program.ts";

/** Which files are run; a test has its own. */
export type Programs = {
  readonly sandbox: readonly string[];
  readonly seed: readonly string[];
  readonly api: readonly string[];
  readonly worker: readonly string[];
  /** The shop. Left out where the API is enough. */
  readonly web?: {
    readonly command: readonly string[];
    readonly cwd?: string;
    /** Makes what the command serves, and says what to tell it. */
    readonly build: (say: Say, signal: AbortSignal) => Promise<Readonly<Record<string, string>>>;
  };
};

export type Running = {
  readonly databaseUrl: string;
  readonly webUrl: string | undefined;
  readonly apiUrl: string;
  readonly sandboxUrl: string | undefined;
  /** Settles, with the reason, when going on has become pointless. */
  readonly hopeless: Promise<string>;
  /** In the order in which they need each other: nobody is asked for something by a program that has ended. */
  readonly stop: () => Promise<void>;
  readonly kill: () => void;
};

/** A place call may wait ten seconds for the payment and ten for the stores. */
const apiStopMsMax = 25_000;

/** A placement under way is worth waiting for; what is cut off is resumed from its row at the next start. */
const workerStopMsMax = 20_000;

const sandboxStopMsMax = 5_000;

/** A page takes a moment; an event stream never ends by itself, and its browser comes back. */
const webStopMsMax = 3_000;

/** From nothing to ready, migrations and seeding done, on a slow machine. */
const readyMsMax = 60_000;

export type Voice = {
  readonly say: Say;
  /** Aborted, the start ends what it has begun. */
  readonly signal: AbortSignal;
};

/**
 * Starts everything on this machine, in the order in which it is needed, and answers when the API is ready. Whatever
 * was started is stopped again when a later step fails.
 *
 * @throws StartError, EmbeddedPostgresError or MigrationError, each worded for a person
 */
export async function startAll(config: StartConfig, programs: Programs, voice: Voice): Promise<Running> {
  mkdirSync(config.dataDir, { recursive: true });
  const claimed = claim(join(config.dataDir, "start.json"));
  if ("heldBy" in claimed) {
    throw new StartError(
      `Muse is already running here as process ${claimed.heldBy}: stop it first, or set MUSE_DATA (and the ports)`,
    );
  }
  const started: Stoppable[] = [{ stop: async () => claimed.release() }];
  const stop = async (): Promise<void> => {
    for (let last = started.pop(); last !== undefined; last = started.pop()) await last.stop();
  };
  const kill = (): void => started.forEach((each) => each.kill?.());

  try {
    const { databaseUrl, hopeless } = await startEach(config, programs, voice, started);
    const apiUrl = `http://127.0.0.1:${config.apiPort}`;
    const failed = hopeless.then((reason) => Promise.reject(new StartError(reason)));
    await Promise.race([waitUntilAnswers(`${apiUrl}/readyz`, "the API", voice.signal), failed]);
    const webUrl = programs.web === undefined ? undefined : `http://localhost:${config.webPort}`;
    // A file: whether it answers depends on nothing but the program itself.
    if (webUrl !== undefined) {
      await Promise.race([waitUntilAnswers(`${webUrl}/icon.svg`, "the shop", voice.signal), failed]);
    }
    const sandboxUrl = config.sandboxPort === undefined ? undefined : `http://127.0.0.1:${config.sandboxPort}`;
    return { databaseUrl, webUrl, apiUrl, sandboxUrl, hopeless, stop, kill };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Stoppable = { readonly stop: () => Promise<void>; readonly kill?: () => void };

async function startEach(
  config: StartConfig,
  programs: Programs,
  { say, signal }: Voice,
  started: Stoppable[],
): Promise<{ databaseUrl: string; hopeless: Promise<string> }> {
  // Building takes longer than everything else, and needs nothing of it.
  const built = programs.web?.build(say, signal);
  built?.catch(() => undefined);
  let databaseUrl = config.databaseUrl;
  if (databaseUrl === undefined) {
    const database = await startDatabase(config.dataDir, say);
    started.push(database);
    databaseUrl = database.url;
  }
  refuseWhenStopped(signal);
  const applied = await migrate(databaseUrl);
  if (applied.length > 0) say(`database: ${applied.length} migrations applied`);

  const env = {
    DATABASE_URL: databaseUrl,
    MUSE_DATA: config.dataDir,
    PORT: String(config.webPort),
    API_PORT: String(config.apiPort),
    ...(config.sandboxPort === undefined ? {} : { SANDBOX_PORT: String(config.sandboxPort) }),
    SANDBOX_APP_URL: `http://127.0.0.1:${config.apiPort}`,
    NODE_COMPILE_CACHE: join(config.dataDir, "compile-cache"),
  };
  const running: Program[] = [];
  const keep = (spec: ProgramSpec, voice = say): void => {
    const program = keepRunning(spec, voice);
    running.push(program);
    started.push(program);
  };

  if (config.sandboxPort !== undefined) {
    keep({ name: "sandbox", command: programs.sandbox, env, stopMsMax: sandboxStopMsMax });
    await waitUntilAnswers(`http://127.0.0.1:${config.sandboxPort}/healthz`, "the sandbox", signal);
  }
  refuseWhenStopped(signal);
  const failure = await runOnce({ name: "seed", command: programs.seed, env }, say);
  if (failure !== undefined) throw new StartError(`the stores and goods could not be loaded (${failure})`);
  refuseWhenStopped(signal);
  // What others ask stops after them, so it starts before them.
  keep({ name: "worker", command: programs.worker, env, stopMsMax: workerStopMsMax });
  keep({ name: "api", command: programs.api, env, stopMsMax: apiStopMsMax });
  if (programs.web !== undefined) {
    const { build: _, ...web } = programs.web;
    const sayNews: Say = (line) => {
      if (!greeting.test(line)) say(line);
    };
    keep({ name: "web", ...web, env: { ...env, ...(await built) }, stopMsMax: webStopMsMax }, sayNews);
  }
  return { databaseUrl, hopeless: Promise.race(running.map((program) => program.hopeless)) };
}

/** What Next says at every start; the summary tells the same in its place. */
const greeting = /│ (▲ Next|- (Local|Network|Experiments)|✓ (Ready|Running)|  · )/;

function refuseWhenStopped(signal: AbortSignal): void {
  if (signal.aborted) throw new StartError("it was stopped before it was ready");
}

async function waitUntilAnswers(url: string, who: string, signal: AbortSignal): Promise<void> {
  const deadlineMs = performance.now() + readyMsMax;
  while (performance.now() < deadlineMs) {
    refuseWhenStopped(signal);
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
      await response.arrayBuffer();
      if (response.ok) return;
    } catch {
      // Not listening yet.
    }
    await delay(50);
  }
  throw new StartError(`${who} did not answer at ${url} within ${readyMsMax / 1000} s; its words are above`);
}
