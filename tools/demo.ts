/** `npm run demo`: plays the main job against the running system and proves how it ended (`--help` tells the rest). */
import { randomBytes } from "node:crypto";
import { DemoError, openClient } from "./demo/api.ts";
import { findSystem, startOwnSystem, type System } from "./demo/find-system.ts";
import { help, readOptions, UsageError, type Options } from "./demo/options.ts";
import { openPage } from "./demo/page.ts";
import { play } from "./demo/play.ts";
import { prove } from "./demo/prove.ts";
import { openSandbox } from "./demo/sandbox.ts";
import { EmbeddedPostgresError } from "./embedded-postgres/error.ts";
import { OutsideError } from "./invariants/outside.ts";
import { MigrationError } from "./migrate.ts";
import { StartError } from "./start/config.ts";

const page = openPage(process.stdout);

async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options === "help") {
    page.line(help);
    return 0;
  }
  const told = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => told.abort());
  if (!options.isOwn) return await demo(await findSystem(process.env), options, told.signal);

  const said: string[] = [];
  const startedMs = performance.now();
  page.line("A system of the demo's own is started: database, sandbox, API and worker.");
  const voice = { say: (line: string) => void said.push(line), signal: told.signal };
  const own = await startOwnSystem(process.env, voice).catch((error: unknown) => {
    for (const line of said.slice(-saidMax)) page.line(line);
    throw error;
  });
  // Until then programs wait for each other, and say so.
  said.length = 0;
  page.line(`It is ready after ${((performance.now() - startedMs) / 1000).toFixed(1)} s.`);
  try {
    return await demo(own, options, told.signal);
  } finally {
    const worth = said.filter((line) => /│ (WARN|ERROR|FATAL)|ended/.test(line)).slice(-saidMax);
    if (worth.length > 0) page.line(`\nWhat its programs complained of:\n${worth.join("\n")}`);
    await own.stop();
  }
}

/** The last lines are the ones that say why. */
const saidMax = 40;

/** Answers the exit code. */
async function demo(system: System, options: Options, signal: AbortSignal): Promise<number> {
  const startedMs = performance.now();
  page.line("Muse: one cart, many stores, one payment.");
  page.line(`API ${system.apiUrl}, sandbox ${system.sandboxUrl}`);
  const show = {
    options,
    page,
    system,
    signal,
    sandbox: openSandbox(system.sandboxUrl),
    visitor: openClient({ apiUrl: system.apiUrl, language: options.language, signal }),
    oddities: [],
    email: `dana.${randomBytes(6).toString("hex")}@example.com`,
  };
  const sessionId = await play(show);
  const isProved = await prove(show, sessionId);
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  page.line();
  page.line(isProved ? `Everything is as it should be, after ${seconds} s.` : "NOT everything is as it should be.");
  return isProved ? 0 : 1;
}

/** Told without a trace: whoever reads it can mend it, or has found something that must be mended. */
const forPeople = [DemoError, UsageError, OutsideError, StartError, EmbeddedPostgresError, MigrationError];

try {
  process.exitCode = await main();
} catch (error) {
  const isAborted = error instanceof Error && error.name === "AbortError";
  if (!isAborted && !forPeople.some((kind) => error instanceof kind)) throw error;
  page.line(`${isAborted ? "Stopped." : error instanceof Error ? error.message : String(error)}`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
}
