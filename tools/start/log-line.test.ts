import assert from "node:assert/strict";
import { test } from "node:test";
import { readableLine } from "./log-line.ts";

test("a line of JSON becomes one readable line", () => {
  const line = JSON.stringify({
    level: 50,
    time: 1,
    pid: 2,
    msg: "request failed",
    status: 500,
    err: { message: "a b", stack: "…" },
  });
  assert.equal(readableLine("api", line), 'api      │ ERROR request failed status=500 err="a b"');
});

test("whatever else a program says stays as it is", () => {
  assert.equal(readableLine("worker", "hello {"), "worker   │ hello {");
  assert.equal(readableLine("worker", "{half"), "worker   │ {half");
});
