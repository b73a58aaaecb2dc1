import assert from "node:assert/strict";
import { test } from "node:test";
import { missingPlatforms } from "./lock-platforms.ts";

test("a platform's package that is wanted and nowhere is added with what its name says", () => {
  const packages = {
    "": {},
    "node_modules/swc": {
      dev: true,
      optionalDependencies: {
        "@swc/core-linux-x64-musl": "1.2.3",
        "@swc/core-win32-arm64-msvc": "^1.2.3",
        peer: "1.0.0",
      },
    },
    "node_modules/@swc/core-linux-x64-musl": { version: "1.2.3" },
  };
  assert.deepEqual(missingPlatforms(packages), [
    {
      at: "node_modules/@swc/core-win32-arm64-msvc",
      entry: { version: "1.2.3", cpu: ["arm64"], os: ["win32"], dev: true, optional: true },
    },
  ]);
});

test("one that lies beside or above the package that wants it is there", () => {
  const wants = { optionalDependencies: { "@x/darwin-arm64": "1.0.0" } };
  const found = { version: "1.0.0" };
  for (const at of ["node_modules/a/node_modules/@x/darwin-arm64", "node_modules/@x/darwin-arm64"]) {
    assert.deepEqual(missingPlatforms({ "node_modules/a/node_modules/b": wants, [at]: found }), []);
  }
  assert.equal(missingPlatforms({ "node_modules/a/node_modules/b": wants }).length, 1);
});
