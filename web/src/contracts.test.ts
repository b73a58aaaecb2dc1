import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { test } from "node:test";

const root = resolve(import.meta.dirname, "../..");

/** The statements that bring a module along; `import type` brings nothing. */
const brought = (file: string): string[] =>
  [...readFileSync(file, "utf8").matchAll(/^(?:import|export) (?!type\b)[^;]*?from "([^"]+)";/gm)].map(
    ([, from = ""]) => from,
  );

test("pages take types and small tables of contracts/: its schemas would bring 30 kB of Zod into every browser", () => {
  const sources = globSync("web/src/**/*.{ts,tsx}", { cwd: root }).filter((path) => !path.includes(".test."));
  const tables = new Set(
    sources
      .flatMap((path) => brought(resolve(root, path)))
      .filter((from) => from.startsWith("@muse/contracts/"))
      .map((from) => resolve(root, "contracts/src", `${from.slice("@muse/contracts/".length)}.ts`)),
  );
  assert.ok(tables.size > 0);
  // Whatever a table takes is brought along with it, so the set grows while it is walked.
  for (const table of tables) {
    for (const from of brought(table)) {
      assert.notEqual(from, "zod", table);
      if (from.startsWith("./")) tables.add(resolve(table, "..", from));
    }
  }
});
