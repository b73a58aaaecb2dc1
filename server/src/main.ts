/**
 * The server's one program: `node server/src/main.ts api | worker | seed | import-feed | rotate-key`. Reads
 * the configuration, builds, runs until it is told to stop, and stops in order.
 */
import { existsSync } from "node:fs";
import { ConfigError, haveLibrariesForProduction, readConfig } from "#platform/config/config.ts";
import { openLog } from "#platform/log/log.ts";
import type { Running, Start } from "./running.ts";

/** Each part loads what it needs and no more: a worker holds no web server, the API no queue. */
const roles: Readonly<Record<string, () => Promise<(start: Start) => Promise<Running | null>>>> = {
  api: async () => (await import("./run-api.ts")).runApi,
  worker: async () => {
    // What React's development build notes of each element of a mail is a third of a worker's work.
    haveLibrariesForProduction();
    return (await import("./run-worker.ts")).runWorker;
  },
  "rotate-key": async () => (await import("./run-rotate-key.ts")).runRotateKey,
  "import-feed": async () => (await import("./run-import-feed.ts")).runImportFeed,
  seed: async () => (await import("./run-seed.ts")).runSeed,
};

const [role = "", ...args] = process.argv.slice(2);
const load = Object.hasOwn(roles, role) ? roles[role] : undefined;
if (load === undefined) fail(`say which part to run: ${Object.keys(roles).join(", ")}`);
else await start(role, load);

async function start(name: string, loadRole: NonNullable<typeof load>): Promise<void> {
  try {
    // What stands in the environment already wins over the file.
    if (existsSync(".env")) process.loadEnvFile(".env");
    const config = readConfig();
    const log = openLog({ level: config.logLevel, program: name });
    process.on("unhandledRejection", (error) => {
      log.error("unhandled", {}, error);
      process.exit(1);
    });
    const run = await loadRole();
    const running = await run({ config, log, args });
    if (running === null) return;
    log.info("started", { role: name });
    stopOnSignal(running.stop, (signal) => log.info("stopping", { signal }));
  } catch (error) {
    if (!(error instanceof ConfigError || isAddressInUse(error))) throw error;
    fail(error.message);
    // Whatever was opened before the complaint must not keep a useless process alive.
    process.exit(1);
  }
}

/** The first signal stops in order, the second at once. */
function stopOnSignal(stop: () => Promise<void>, tell: (signal: string) => void): void {
  let isStopping = false;
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      if (isStopping) process.exit(1);
      isStopping = true;
      tell(signal);
      stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}

function isAddressInUse(error: unknown): error is Error {
  return error instanceof Error && "code" in error && error.code === "EADDRINUSE";
}

function fail(message: string): void {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}
