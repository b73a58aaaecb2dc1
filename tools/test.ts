/**
 * Runs the tests.
 *
 *     npm test                             all of them, and what of the rooms' code they have run
 *     npm test -- server/src/rooms/cart    those under a path, or a single file
 *     npm test -- money --test-name-pattern="sums"
 *     npm test -- order --coverage         the same with the lines they have run
 *
 * Words are looked for in the files' paths; whatever begins with two dashes goes on to node's runner. Those in a
 * browser come last, on two lanes side by side: the ones that drive our shop (test/e2e), which share one Muse, started
 * as `npm start` does it; and the ones that drive the stores' shops, after which every page is looked at in a Muse of
 * its own.
 */
import { spawn } from "node:child_process";
import { existsSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative, resolve } from "node:path";
import { gateVariable } from "./coverage.ts";
import type { FailedTest } from "./failed-tests.ts";

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

/** Those that drive the shop itself. */
const ofOurShop = ["test/e2e/"];

/** Those of them that look at each page in turn: they take long, and need nothing that the others leave behind. */
const ofEveryPage = ["test/e2e/pages-"];

/** Those that drive the stores' web shops; test/placement-browser is measured with the rooms, whose lines it runs. */
const ofStoresShops = ["browser", "lumen-home", "kite-co", "pinecrest"].map((folder) => `connectors/src/${folder}/`);

/** Each file is a process with a database of its own. One more than cores: a tenth of their time they wait. */
const filesAtOnce = 3;

/** Each has a sandbox and a database of its own, and waits for most of its time. */
const storesFilesAtOnce = 2;

/** They share stores that run out and break on request, and a page is quicker when nobody else draws one. */
const browserFilesAtOnce = 1;

/** Of the rooms' own lines. Measured on two cores it adds a tenth to a run, so every full run has it. */
const coverageFlags = ["--experimental-test-coverage", "--test-coverage-include=server/src/rooms/**"];

const reporterFlags = (reporter: string, destination: string): readonly string[] => [
  `--test-reporter=${reporter}`,
  `--test-reporter-destination=${destination}`,
];

/** No test needs a minute; one that hangs must fail by name instead of holding up the run. */
const testTimeoutMs = 120_000;

/** The files to run, in order, the browser's among them; all of them when there are no words. */
export function findTests(words: readonly string[], from: string = root): string[] {
  const all = places
    .flatMap((place) => globSync(`${place}/**/*.test.ts`, { cwd: from, exclude: ["**/node_modules/**"] }))
    .sort();
  const wanted = words.map((word) => relative(from, resolve(from, word)));
  return words.length === 0 ? all : all.filter((path) => wanted.some((word) => path.includes(word)));
}

async function main(): Promise<number> {
  const given = process.argv.slice(2);
  const words = given.filter((word) => !word.startsWith("--"));
  const flags = given.filter((word) => word.startsWith("--") && word !== "--coverage");
  // Some of the tests run some of the lines: only all of them, whole, can be held to it.
  const isFull = words.length === 0 && flags.length === 0;
  const found = findTests(words);
  if (found.length === 0) {
    process.stdout.write(`no test file's path holds ${words.join(" or ")}\n`);
    return 1;
  }
  const isCovered = isFull || given.includes("--coverage");
  const ofAnyShop = isIn([...ofOurShop, ...ofStoresShops]);
  const folder = mkdtempSync(join(tmpdir(), "muse-tests-"));
  try {
    const withoutBrowser = await run(
      found.filter((path) => !ofAnyShop(path)),
      {
        setup: "server/test/global-setup.ts",
        flags: [`--test-concurrency=${filesAtOnce}`, ...(isCovered ? coverageFlags : []), ...flags],
        env: isFull ? { [gateVariable]: "1" } : {},
        reporter: isCovered ? "./tools/coverage.ts" : "spec",
        failures: join(folder, "1-without-browser"),
      },
    );
    const code = Math.max(withoutBrowser, await runTwice(browserLanes(found, flags), folder));
    sayAgain(folder);
    return code;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What failed, at the end, where whoever comes back to a long run looks. */
function sayAgain(folder: string): void {
  for (const name of readdirSync(folder)) {
    const told = failedIn(join(folder, name)).flatMap(({ why }) => why ?? []);
    if (told.length > 0)
      process.stdout.write(`\nwhat failed (${name.slice(2).replaceAll("-", " ")}):\n\n${told.join("\n")}`);
  }
}

function failedIn(file: string): FailedTest[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as FailedTest);
}

/** Two lanes that take about as long; one, when there is nothing to do before the second Muse. */
function browserLanes(found: readonly string[], flags: readonly string[]): readonly (readonly LaneGroup[])[] {
  const isOfEveryPage = isIn(ofEveryPage);
  const ours = {
    setup: "test/e2e/global-setup.ts",
    flags: [`--test-concurrency=${browserFilesAtOnce}`, ...flags],
    env: {},
  };
  const stores = {
    files: found.filter(isIn(ofStoresShops)),
    setup: "server/test/global-setup.ts",
    flags: [`--test-concurrency=${storesFilesAtOnce}`, ...flags],
    env: {},
  };
  const shop = found.filter(isIn(ofOurShop));
  // Two that start at once would both build the pages.
  if (stores.files.length === 0) return [[{ ...ours, files: shop }]];
  return [
    [{ ...ours, files: shop.filter((path) => !isOfEveryPage(path)) }],
    [stores, { ...ours, files: shop.filter(isOfEveryPage) }],
  ];
}

function isIn(folders: readonly string[]): (path: string) => boolean {
  return (path) => folders.some((folder) => path.startsWith(folder));
}

type Run = {
  readonly setup: string;
  readonly flags: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Tells people; another one keeps what failed, in a file. */
  readonly reporter: string;
  readonly failures: string;
  /** What it says is kept until it has ended: another one is speaking. */
  readonly isQuiet?: boolean;
};

/** Whoever ends one run wants no other. */
let isInterrupted = false;

/** Runs the files to their end; answers the exit code, 0 when there are none. */
async function run(files: readonly string[], options: Run): Promise<number> {
  const { setup, flags, env, isQuiet = false } = options;
  if (isInterrupted) return 1;
  if (files.length === 0) return 0;
  const args = [
    "--test",
    "--import=./tools/end-hung-test.ts",
    `--test-global-setup=${setup}`,
    `--test-timeout=${testTimeoutMs}`,
    ...reporterFlags(options.reporter, "stdout"),
    ...reporterFlags("./tools/failed-tests.ts", options.failures),
    ...flags,
  ];
  const child = spawn(process.execPath, [...args, ...files], {
    cwd: root,
    stdio: ["inherit", isQuiet ? "pipe" : "inherit", "inherit"],
    env: { ...process.env, ...env },
  });
  const said: Buffer[] = [];
  child.stdout?.on("data", (chunk: Buffer) => said.push(chunk));
  const stop = (signal: NodeJS.Signals): void => {
    isInterrupted = true;
    child.kill(signal);
  };
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, stop);
  const code = await new Promise<number>((settle) => child.once("close", (ended) => settle(ended ?? 1)));
  process.stdout.write(Buffer.concat(said));
  return code;
}

type LaneGroup = Pick<Run, "setup" | "flags" | "env"> & { readonly files: readonly string[] };

/**
 * The lanes side by side, as each waits for much of its time, a lane's groups one after another; only the first lane
 * speaks meanwhile. A real browser on a busy machine is sometimes later than a test waits: what failed is run once
 * more, alone, and said to have been. What fails twice fails. Tests without a browser have no such excuse.
 */
async function runTwice(lanes: readonly (readonly LaneGroup[])[], folder: string): Promise<number> {
  const failed: (Run & LaneGroup)[] = [];
  const runLane = async (groups: readonly LaneGroup[], lane: number, isQuiet: boolean): Promise<void> => {
    for (const [index, group] of groups.entries()) {
      const failures = join(folder, `2-browser-lane-${lane + 1}-part-${index + 1}`);
      const once = { ...group, reporter: "spec", failures };
      if ((await run(once.files, { ...once, isQuiet })) !== 0) failed.push(once);
    }
  };
  const busy = lanes.filter((groups) => groups.some(({ files }) => files.length > 0));
  await Promise.all(busy.map(async (groups, lane) => await runLane(groups, lane, lane !== 0)));
  const codes: number[] = [];
  for (const group of failed) {
    if (isInterrupted) return 1;
    process.stdout.write("\n!!! ONCE MORE: what failed above in a browser is run a second time, and alone\n\n");
    const again = failedIn(group.failures);
    const flags = [...group.flags, ...onlyFailed(again)];
    codes.push(await run(holding(again, group.files), { ...group, flags, failures: `${group.failures}-once-more` }));
  }
  return Math.max(0, ...codes);
}

/**
 * The files that what failed may be in: its own, or those that use the helper which wrote it. No others: a file of
 * which no test is wanted does not wait for its preparations either, and may never end.
 */
function holding(failed: readonly FailedTest[], files: readonly string[]): readonly string[] {
  const written = failed
    .filter(({ isWhole }) => isWhole)
    .map(({ file }) => (file === null ? "" : relative(root, file)));
  const isOf = (path: string): boolean =>
    written.some(
      (file) =>
        file === path || (!files.includes(file) && readFileSync(join(root, path), "utf8").includes(basename(file))),
    );
  const held = files.filter(isOf);
  return held.length === 0 ? files : held;
}

/**
 * By their names: node's own way to run what failed (`--test-rerun-failures`) goes by the line where a
 * test is written, and takes one for another where a loop or a helper writes several. Everything, where it was not a
 * test but a file that failed, or nobody knows what.
 */
function onlyFailed(failed: readonly FailedTest[]): string[] {
  const names = failed.filter(({ isWhole }) => isWhole).map(({ name }) => name);
  if (names.length === 0 || names.some((name) => name.endsWith(".test.ts"))) return [];
  return names.map((name) => `--test-name-pattern=^${RegExp.escape(name)}$`);
}

if (import.meta.main) process.exitCode = await main();
