import { test } from "node:test";
import { threeDSecure } from "./journeys/three-d-secure.ts";
import { sweepShort } from "./short-sweep.ts";
import { faultTestLimit } from "./test-limit.ts";

test(
  "killed at any message of a checkout with a challenge, Muse charges once and orders once",
  faultTestLimit,
  async (t) => {
    await sweepShort(threeDSecure, (line) => t.diagnostic(line));
  },
);
