import { test } from "node:test";
import { threeDSecure } from "./journeys/three-d-secure.ts";
import { sweepShort } from "./short-sweep.ts";

test("killed at any message of a checkout with a challenge, Muse charges once and orders once", async (t) => {
  await sweepShort(threeDSecure, (line) => t.diagnostic(line));
});
