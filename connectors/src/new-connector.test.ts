import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { beginConnector, type Kind } from "../tools/new-connector.ts";

const sources = import.meta.dirname;

for (const [kind, pattern, finding] of [
  ["api", "is placed once", /'unknown' !== 'placed'|\+ 'unknown'/],
  [
    "browser",
    "a price that rose above it",
    /product LH-DESK-SAG: nothing at getByRole\('button', \{ name: 'The button that puts/,
  ],
] as const satisfies readonly (readonly [Kind, string, RegExp])[]) {
  test(`a new ${kind} connector's own suite runs, and says what is missing`, () => {
    const folder = mkdtempSync(join(tmpdir(), "muse-new-connector-"));
    try {
      for (const name of readdirSync(sources)) symlinkSync(join(sources, name), join(folder, name));
      const begun = beginConnector("my-store-2", kind, folder);
      assert.equal(begun.kind, "written");
      for (const file of begun.files) assert.doesNotMatch(readFileSync(file, "utf8"), /__/, file);
      const flags = ["--test", `--test-name-pattern=${pattern}`, begun.files.at(-1) ?? ""];
      // The runner would hand its own report to a runner inside it.
      const { NODE_TEST_CONTEXT: _, ...env } = process.env;
      const run = spawnSync(process.execPath, flags, { encoding: "utf8", timeout: 100_000, env });
      assert.equal(run.status, 1, run.stderr);
      assert.match(run.stdout, finding);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
}

test("a name that is none, or taken, is refused, and nothing is written over", () => {
  for (const name of ["", "My Store", "../up", "a--b", "-a", "ucp"])
    assert.equal(beginConnector(name, "api", sources).kind, "refused", name);
});
