/**
 * Checks the arrows between modules (`.dependency-cruiser.mjs`), and that the checker saw them at all: without
 * @swc/core, which reads TypeScript for it, it would find "no violations in 0 modules" and call that a success.
 */
import { spawnSync } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");

const places = ["contracts", "connectors", "sandbox", "server", "tools", "test", "web"];

type Cruise = {
  readonly modules: readonly { readonly source: string }[];
  readonly summary: {
    readonly violations: readonly { rule: { name: string }; from: string; to: string; comment?: string }[];
  };
};

const isOurs = (path: string): boolean =>
  /\.tsx?$/.test(path) && !/(^|\/)(node_modules|\.next|dist)\/|\.d\.ts$/.test(path);

function main(): number {
  const present = places.filter((place) => existsSync(join(root, place)));
  const files = present.flatMap((place) =>
    globSync(`${place}/**/*.{ts,tsx}`, { cwd: root, exclude: ["**/node_modules/**", "**/.next/**"] }).filter(isOurs),
  );
  const flags = ["--config", ".dependency-cruiser.mjs", "--output-type", "json"];
  const run = spawnSync("depcruise", [...flags, ...present], { cwd: root, encoding: "utf8", maxBuffer: 2 ** 28 });
  if (run.stdout === "") {
    process.stdout.write(`depcruise said nothing: ${run.error?.message ?? run.stderr}\n`);
    return 1;
  }
  const { modules, summary } = JSON.parse(run.stdout) as Cruise;
  const seen = new Set(modules.map(({ source }) => source).filter(isOurs));
  const unseen = files.filter((file) => !seen.has(file));

  for (const { rule, from, to } of summary.violations) process.stdout.write(`${from} → ${to} [${rule.name}]\n`);
  for (const file of unseen) process.stdout.write(`${file} was not seen\n`);
  process.stdout.write(`${seen.size} modules seen, ${files.length} files, ${summary.violations.length} violations\n`);
  return summary.violations.length > 0 || unseen.length > 0 || seen.size === 0 ? 1 : 0;
}

process.exitCode = main();
