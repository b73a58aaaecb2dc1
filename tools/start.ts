/** `npm start`: all of Muse on one machine. Ctrl-C stops it in order; a second Ctrl-C at once. */
import { existsSync } from "node:fs";
import { EmbeddedPostgresError } from "./embedded-postgres/error.ts";
import { MigrationError } from "./migrate.ts";
import { readStartConfig, StartError } from "./start/config.ts";
import { buildWeb, nextFile, webDir } from "./start/web-build.ts";
import { startAll, type Programs, type Running } from "./start/start-all.ts";
import { summary } from "./start/summary.ts";

const smallHeap = ["--max-old-space-size=96", "--max-semi-space-size=8"];

const programs: Programs = {
  sandbox: ["sandbox/src/main.ts"],
  seed: ["server/src/main.ts", "seed"],
  // Small heaps, collected often: measured at 191 and 170 MB under load instead of 295 and 363, at no visible cost.
  api: [...smallHeap, "server/src/main.ts", "api"],
  worker: [...smallHeap, "server/src/main.ts", "worker"],
  web: { command: [nextFile, "start", "--hostname", "127.0.0.1"], cwd: webDir, build: buildWeb },
};

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Answers the exit code. */
async function main(): Promise<number> {
  const told = new AbortController();
  const asked = new Promise<void>((settle) => told.signal.addEventListener("abort", () => settle()));
  const running: Running[] = [];
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => {
      if (told.signal.aborted) {
        for (const each of running) each.kill();
        process.exit(1);
      }
      say("\nstopping; once more to stop at once");
      told.abort();
    });
  }

  const { web, ...others } = programs;
  for (const command of [...Object.values(others), web?.command ?? []]) {
    const file = command.find((word) => !word.startsWith("--"));
    if (file !== undefined && !existsSync(file)) throw new StartError(`${file} is not in ${process.cwd()}`);
  }
  const all = await startAll(await readStartConfig(), programs, { say, signal: told.signal });
  running.push(all);
  say(summary(all));
  const reason = await Promise.race([asked, all.hopeless]);
  if (reason !== undefined) say(`\n${reason}`);
  await all.stop();
  say("stopped");
  return reason === undefined ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  const isForPeople = [StartError, EmbeddedPostgresError, MigrationError].some((kind) => error instanceof kind);
  if (!isForPeople || !(error instanceof Error)) throw error;
  say(`\nMuse did not start: ${error.message}`);
  process.exitCode = 1;
}
