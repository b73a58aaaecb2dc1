import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { readStartConfig } from "../start/config.ts";
import { runningUrl } from "../embedded-postgres/running-url.ts";
import { startAll, type Programs } from "../start/start-all.ts";
import { UsageError } from "./options.ts";

/** Where everything is that the demo talks to, or reads the proof from. */
export type System = { readonly apiUrl: string; readonly sandboxUrl: string; readonly databaseUrl: string };

export type OwnSystem = System & { readonly stop: () => Promise<void> };

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The system that `npm start` runs on this machine.
 *
 * @throws UsageError, saying what to do, when there is none or it is not the sandbox's
 */
export async function findSystem(env: Environment): Promise<System> {
  refuseRealMoney(env);
  const apiUrl = `http://127.0.0.1:${env["API_PORT"] ?? "4000"}`;
  const sandboxUrl = `http://127.0.0.1:${env["SANDBOX_PORT"] ?? "4100"}`;
  await refuseSilent(`${apiUrl}/readyz`, "Muse", "API_PORT");
  await refuseSilent(`${sandboxUrl}/healthz`, "The sandbox", "SANDBOX_PORT");
  const databaseUrl = isSet(env["DATABASE_URL"]) ? env["DATABASE_URL"] : urlOf(resolve(env["MUSE_DATA"] ?? ".muse"));
  return { apiUrl, sandboxUrl, databaseUrl };
}

const programs: Programs = {
  sandbox: ["sandbox/src/main.ts"],
  seed: ["server/src/main.ts", "seed"],
  api: ["server/src/main.ts", "api"],
  worker: ["server/src/main.ts", "worker"],
};

/** Starts a system of the demo's own on free ports, with its data in a directory that `stop` removes. */
export async function startOwnSystem(
  env: Environment,
  voice: { readonly say: (line: string) => void; readonly signal: AbortSignal },
): Promise<OwnSystem> {
  refuseRealMoney(env);
  const dataDir = mkdtempSync(join(tmpdir(), "muse-demo-"));
  try {
    const config = await readStartConfig({ MUSE_DATA: dataDir, PORT: "0", API_PORT: "0", SANDBOX_PORT: "0" });
    const { apiUrl, databaseUrl, stop } = await startAll(config, programs, voice);
    return {
      apiUrl,
      databaseUrl,
      sandboxUrl: `http://127.0.0.1:${config.sandboxPort}`,
      stop: async () => {
        await stop();
        rmSync(dataDir, { recursive: true, force: true });
      },
    };
  } catch (error) {
    rmSync(dataDir, { recursive: true, force: true });
    throw error;
  }
}

/** It buys things: with real keys somebody would pay for them. */
function refuseRealMoney(env: Environment): void {
  if (isSet(env["STRIPE_SECRET_KEY"]) || env["STRIPE_LIVE_MODE"] === "true") {
    throw new UsageError("the demo plays with the sandbox only: unset STRIPE_SECRET_KEY and STRIPE_LIVE_MODE");
  }
}

async function refuseSilent(url: string, who: string, variable: string): Promise<void> {
  const status = await fetch(url, { signal: AbortSignal.timeout(5_000) }).then(
    async (response) => {
      await response.arrayBuffer();
      return response.status;
    },
    () => undefined,
  );
  if (status === 200) return;
  const how = status === undefined ? "does not answer" : `answers ${status}, so it is not ready`;
  const start = "Start everything with `npm start` in another terminal, or let the demo do it: `npm run demo -- --own`";
  throw new UsageError(`${who} ${how} at ${url}.\n${start}\n(${variable} names another port.)`);
}

function urlOf(dataDir: string): string {
  const url = runningUrl(dataDir);
  if (url !== null) return url;
  throw new UsageError(`the proof is read from the database: set DATABASE_URL, or MUSE_DATA if it is not ${dataDir}`);
}

function isSet(value: string | undefined): value is string {
  return value !== undefined && value !== "";
}
