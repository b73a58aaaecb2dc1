/**
 * Runs the tests.
 *
 *     npm test                             all of them, and what of the rooms' code they have run
 *     npm test -- server/src/rooms/cart    those under a path, or a single file
 *     npm test -- money --test-name-pattern="sums"
 *     npm test -- order --coverage         the same with the lines they have run
 *
 * Words are looked for in the files' paths; whatever begins with two dashes goes on to node's runner.
 */
import { spawn } from "node:child_process";
import { globSync } from "node:fs";
import { relative, resolve } from "node:path";
import { gateVariable } from "./coverage.ts";

const root = resolve(import.meta.dirname, "..");

const places = [
  "contracts/src",
  "connectors/src",
  "sandbox/src",
  "server/src",
  "server/test",
  "web/src",
  "tools",
  "test",
];

/** The browser's tests have a runner of their own. */
const excluded = ["test/e2e/"];

/** Each file is a process with a database of its own: more of them than cores only makes them wait for each other. */
const filesAtOnce = 2;

/** Of the rooms' own lines. Measured on two cores it adds a tenth to a run, so every full run has it. */
const coverageFlags = [
  "--experimental-test-coverage",
  "--test-coverage-include=server/src/rooms/**",
  "--test-reporter=./tools/coverage.ts",
  "--test-reporter-destination=stdout",
];

/** No test needs a minute; one that hangs must fail by name instead of holding up the run. */
const testTimeoutMs = 120_000;

/** The files to run, in order; all of them when there are no words. */
export function findTests(words: readonly string[], from: string = root): string[] {
  const all = places
    .flatMap((place) => globSync(`${place}/**/*.test.ts`, { cwd: from, exclude: ["**/node_modules/**"] }))
    .filter((path) => !excluded.some((prefix) => path.startsWith(prefix)))
    .sort();
  const wanted = words.map((word) => relative(from, resolve(from, word)));
  return words.length === 0 ? all : all.filter((path) => wanted.some((word) => path.includes(word)));
}

function main(): void {
  const given = process.argv.slice(2);
  const words = given.filter((word) => !word.startsWith("--"));
  const flags = given.filter((word) => word.startsWith("--") && word !== "--coverage");
  // Some of the tests run some of the lines: only all of them, whole, can be held to it.
  const isFull = words.length === 0 && flags.length === 0;
  const files = findTests(words);
  if (files.length === 0) {
    process.stdout.write(`no test file's path holds ${words.join(" or ")}\n`);
    process.exitCode = 1;
    return;
  }
  const args = [
    "--test",
    "--import=./tools/end-hung-test.ts",
    "--test-global-setup=server/test/global-setup.ts",
    `--test-concurrency=${filesAtOnce}`,
    `--test-timeout=${testTimeoutMs}`,
    ...(isFull || given.includes("--coverage") ? coverageFlags : []),
    ...flags,
  ];
  const env = isFull ? { ...process.env, [gateVariable]: "1" } : process.env;
  const child = spawn(process.execPath, [...args, ...files], { cwd: root, stdio: "inherit", env });
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => child.kill(signal));
  child.once("exit", (code) => {
    process.exitCode = code ?? 1;
  });
}

if (import.meta.main) main();
