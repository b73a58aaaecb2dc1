/**
 * Measures Muse as a whole: `npm run bench -- checkout | cart | placement | web`. What the figures mean, and what was
 * measured where, stands in docs/performance.md. No time is asserted; a broken invariant is told by the exit code.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus, totalmem } from "node:os";
import { EmbeddedPostgresError } from "../../tools/embedded-postgres.ts";
import { MigrationError } from "../../tools/migrate.ts";
import { benchBrowsers } from "./browser-bench.ts";
import { benchCart } from "./cart-bench.ts";
import { benchCheckout } from "./checkout-bench.ts";
import { openDatabaseMeter, type DatabaseMeter } from "./database-meter.ts";
import { readOptions, UsageError, type BenchOptions } from "./options.ts";
import { benchPlacement } from "./placement-bench.ts";
import { ProgramError } from "./program.ts";
import { benchWeb } from "./web-bench.ts";
import { startSystem, type System } from "./system.ts";

/** The web's bench starts everything as `npm start` does, pages and all. */
type SystemBench = Exclude<BenchOptions["bench"], "web">;

/** With each number of browsers; a multiple of the shops. */
const ordersByBrowser = 6;

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Answers the exit code. */
async function main(): Promise<number> {
  const options = readOptions(process.argv.slice(2));
  if (options.profileDir !== undefined) mkdirSync(options.profileDir, { recursive: true });
  const machine = describeMachine();
  say(
    `${machine.at}: ${machine.cores} × ${machine.model}, ${machine.memoryGb} GB, Node ${machine.node}, ${process.platform}`,
  );
  if (options.bench === "web") {
    const figures = await benchWeb(options, say);
    writeFigures({ machine, options, figures });
    return figures.failed.length === 0 ? 0 : 1;
  }
  say("programs log warnings only; the sandbox answers at once and ships nothing; PostgreSQL is durable (fsync on)");
  const { bench } = options;
  if (bench === "placement" && options.browsers !== null) {
    const figures = await benchBrowsers(options.browsers, ordersByBrowser, say);
    writeFigures({ machine, options, figures });
    return 0;
  }
  const system = await startSystem(
    { profileDir: options.profileDir, loadsStatementStatistics: options.showsStatements },
    say,
  );
  try {
    const meter = await openDatabaseMeter(system.databaseUrl);
    try {
      const { figures, isSound } = await run(system, meter, { ...options, bench });
      writeFigures({ machine, options, figures });
      return isSound ? 0 : 1;
    } finally {
      await meter.close();
    }
  } finally {
    await system.close();
  }
}

function writeFigures(all: {
  readonly machine: object;
  readonly options: BenchOptions;
  readonly figures: unknown;
}): void {
  const { jsonFile } = all.options;
  if (jsonFile !== undefined) writeFileSync(jsonFile, `${JSON.stringify(all, null, 2)}\n`);
}

async function run(
  system: System,
  meter: DatabaseMeter,
  options: BenchOptions & { readonly bench: SystemBench },
): Promise<{ figures: unknown; isSound: boolean }> {
  switch (options.bench) {
    case "checkout": {
      const figures = await benchCheckout(system, meter, options, say);
      return { figures, isSound: figures.soundness.report.isSound };
    }
    case "cart":
      return { figures: await benchCart(system, options, say), isSound: true };
    case "placement":
      return { figures: await benchPlacement(system, meter, options, say), isSound: true };
  }
}

function describeMachine() {
  return {
    at: new Date().toISOString(),
    cores: availableParallelism(),
    model: cpus()[0]?.model ?? "unknown processor",
    memoryGb: Math.round(totalmem() / 2 ** 30),
    node: process.versions.node,
  };
}

try {
  process.exitCode = await main();
} catch (error) {
  const isForPeople = [UsageError, ProgramError, EmbeddedPostgresError, MigrationError].some(
    (kind) => error instanceof kind,
  );
  if (!isForPeople || !(error instanceof Error)) throw error;
  say(`bench: ${error.message}`);
  process.exitCode = 2;
}
