import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { test } from "node:test";
import { Script } from "node:vm";

import { browserFile, classicScript } from "./browser-scripts.ts";

const root = resolve(import.meta.dirname, "../../..");

// Browsers have other globals than Node, so these scripts have a tsconfig of their own, which the root's does not see.
test("the browser's scripts hold to their types", () => {
  const { status, stdout } = spawnSync(resolve(root, "node_modules/.bin/tsc"), ["-p", "sandbox/browser"], {
    cwd: root,
    encoding: "utf8",
  });
  assert.equal(status, 0, stdout);
});

test("the script is one that any browser can run at once, and nothing else can be read through its door", () => {
  const script = classicScript("page/define.ts", "");
  assert.doesNotMatch(script, /^\s*(import|export)\s/m);
  assert.doesNotThrow(() => new Script(script));
  for (const name of ["../package.json", "tsconfig.json", "page/../tsconfig.json", "page/none.ts", "/etc/passwd"])
    assert.equal(browserFile(name), undefined);
});
