import { test } from "node:test";
import { freshSeed } from "./chaos/options.ts";
import { playShort } from "./chaos/short-run.ts";
import { faultTestLimit } from "./test-limit.ts";

test("the same holds for a crowd and for faults that nobody has seen yet", faultTestLimit, async (t) => {
  await playShort(freshSeed(), (line) => t.diagnostic(line));
});
