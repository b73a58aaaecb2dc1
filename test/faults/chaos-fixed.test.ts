import { test } from "node:test";
import { playShort } from "./chaos/short-run.ts";
import { faultTestLimit } from "./test-limit.ts";

test(
  "a crowd checks out while everything is broken: nothing lost, nothing twice, nobody told a lie",
  faultTestLimit,
  async (t) => {
    await playShort(1, (line) => t.diagnostic(line));
  },
);
