import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { claim } from "../embedded-postgres/claim.ts";
import { StartError } from "./config.ts";
import { runOnce, type Say } from "./program.ts";

const root = resolve(import.meta.dirname, "../..");

/** Under `web/`, where what is built finds its packages. */
const buildsDir = ".next/builds";

/** Written last, so a build that was cut off does not count. */
const doneFile = "done";

/** The one that runs, the one before it, and one of another branch. */
const buildsKept = 3;

/** What a build is made of, besides the packages that the lock file names. */
const sources = [
  "web/src/**/*",
  "web/messages/**/*",
  "web/*.{ts,mjs,json}",
  "contracts/src/**/*.ts",
  "package-lock.json",
];

/** Next looks for its settings and its plug-ins from where it runs. */
export const webDir = join(root, "web");
export const nextFile = join(root, "node_modules/next/dist/bin/next");

/**
 * Builds the shop unless these very sources are built already: a build lies under the hash of what it was made of, so
 * one that serves is never changed under somebody's feet.
 *
 * @returns what the shop's program must be told, to serve this build
 */
export async function buildWeb(say: Say, signal: AbortSignal): Promise<Readonly<Record<string, string>>> {
  const name = hashOfSources();
  const env = { WEB_BUILD: `${buildsDir}/${name}`, NEXT_TELEMETRY_DISABLED: "1", NODE_ENV: "production" };
  const builds = join(webDir, buildsDir);
  const done = join(builds, name, doneFile);
  if (existsSync(done)) return env;

  mkdirSync(builds, { recursive: true });
  const turn = await takeTurn(join(builds, "building.json"), signal);
  try {
    if (existsSync(done)) return env;
    say("web: the pages have changed since they were last built; building them takes about ten seconds");
    const startedMs = performance.now();
    const said: string[] = [];
    const failure = await runOnce({ name: "web", command: [nextFile, "build"], env, cwd: webDir }, (line) =>
      said.push(line),
    );
    if (failure !== undefined) {
      said.forEach(say);
      throw new StartError(`the shop's pages could not be built (${failure})`);
    }
    writeFileSync(done, "");
    say(`web: built in ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
    removeOld(builds, name);
    return env;
  } finally {
    turn.release();
  }
}

function hashOfSources(): string {
  const hash = createHash("sha256");
  const isOurs = (path: string): boolean => !/\.test\.tsx?$|\.d\.ts$/.test(path) && statSync(path).isFile();
  const paths = sources.flatMap((pattern) => globSync(pattern, { cwd: root })).sort();
  for (const path of paths) {
    const file = join(root, path);
    if (isOurs(file)) hash.update(`${path}\0`).update(readFileSync(file)).update("\0");
  }
  return hash.digest("hex").slice(0, 16);
}

/** Two starts at once would build into each other's cache. */
async function takeTurn(file: string, signal: AbortSignal): Promise<{ readonly release: () => void }> {
  for (;;) {
    const taken = claim(file);
    if ("release" in taken) return taken;
    if (signal.aborted) throw new StartError("it was stopped before it was ready");
    await delay(200);
  }
}

function removeOld(builds: string, current: string): void {
  const ageOf = (name: string): number => statSync(join(builds, name)).mtimeMs;
  const others = readdirSync(builds, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== current)
    .map((entry) => entry.name)
    .sort((a, b) => ageOf(b) - ageOf(a));
  for (const name of others.slice(buildsKept - 1)) rmSync(join(builds, name), { recursive: true, force: true });
}
