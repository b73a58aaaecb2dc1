/**
 * The one gate, the same on every machine: each step by name with its time, stopping at the first that fails.
 *
 *     npm run check             all of it
 *     npm run check -- --all    goes on after a failure, to see everything at once
 */
import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { runTool } from "./run-tool.ts";
import { withScratchDatabase } from "./scratch-database.ts";

const root = resolve(import.meta.dirname, "..");

type Step = { readonly name: string; readonly command: readonly string[]; readonly cwd?: string };

const steps: readonly Step[] = [
  { name: "lock file", command: ["node", "tools/lock-platforms.ts", "--check"] },
  { name: "types", command: ["tsc", "-p", "."] },
  // Next writes the types of the shop's addresses; nothing is built.
  { name: "addresses web", command: ["next", "typegen"], cwd: "web" },
  { name: "types web", command: ["tsc", "-p", "web"] },
  { name: "types of the sandbox's frames", command: ["tsc", "-p", "sandbox/browser"] },
  { name: "format", command: ["oxfmt", "--check"] },
  { name: "lint", command: ["oxlint", "--type-aware", "--deny-warnings"] },
  { name: "structure", command: ["node", "tools/structure.ts"] },
  { name: "tidy", command: ["node", "tools/tidy.ts"] },
];

/** These want a migrated database, and get it in DATABASE_URL. Its making is the test that migrations run from zero. */
const databaseSteps: readonly Step[] = [
  { name: "schema", command: ["node", "tools/schema.ts", "--check"] },
  { name: "sql types", command: ["node", "tools/sqlgen.ts", "--check"] },
  { name: "client", command: ["node", "tools/web-client.ts", "--check"] },
];

const lastSteps: readonly Step[] = [
  { name: "dead code", command: ["knip", "--no-progress", "--no-config-hints"] },
  { name: "audit", command: ["node", "tools/audit.ts"] },
];

async function main(goesOn: boolean): Promise<number> {
  const failed: string[] = [];
  const isOver = (): boolean => failed.length > 0 && !goesOn;
  const runAll = async (some: readonly Step[], extra: NodeJS.ProcessEnv = {}): Promise<void> => {
    for (const step of some) {
      if (!isOver() && !(await runStep(step, extra))) failed.push(step.name);
    }
  };

  const startedMs = performance.now();
  await runAll(steps);
  if (!isOver()) {
    const migratedMs = performance.now();
    await withScratchDatabase(async (url) => {
      report("migrate from zero", true, performance.now() - migratedMs);
      await runAll(databaseSteps, { SCRATCH_DATABASE_URL: url });
    });
  }
  await runAll(lastSteps);
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(1);
  process.stdout.write(failed.length === 0 ? `✔ all in ${seconds} s\n` : `✘ ${failed.join(", ")} (${seconds} s)\n`);
  return failed.length === 0 ? 0 : 1;
}

/** Answers whether it passed. A passing step is one line; a failing one says everything. */
async function runStep({ name, command, cwd = "." }: Step, extra: NodeJS.ProcessEnv): Promise<boolean> {
  const [program = "", ...args] = command;
  const startedMs = performance.now();
  const child = spawn(program, args, {
    cwd: resolve(root, cwd),
    env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1", ...extra },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => output.push(chunk));
  const code = await new Promise<number>((settle) => {
    child.once("close", (exitCode) => settle(exitCode ?? 1));
    child.once("error", (error) => {
      output.push(Buffer.from(`${error.message}\n`));
      settle(1);
    });
  });
  const said = Buffer.concat(output).toString().trimEnd();
  if (code !== 0) process.stdout.write(`${said}\n`);
  const lastLine = said.split("\n").at(-1) ?? "";
  report(name, code === 0, performance.now() - startedMs, code === 0 ? lastLine : "");
  return code === 0;
}

function report(name: string, hasPassed: boolean, ms: number, detail = ""): void {
  const seconds = (ms / 1000).toFixed(1).padStart(5);
  process.stdout.write(`${hasPassed ? "✔" : "✘"} ${name.padEnd(18)} ${seconds} s  ${detail}\n`);
}

if (import.meta.main) await runTool(() => main(process.argv.includes("--all")));
