import { test } from "node:test";
import { toss } from "./journeys/toss.ts";
import { sweepShort } from "./short-sweep.ts";
import { faultTestLimit } from "./test-limit.ts";

test("killed at any message of a checkout in won, Muse charges once", faultTestLimit, async (t) => {
  await sweepShort(toss, (line) => t.diagnostic(line));
});
