import { test } from "node:test";
import { place } from "./journeys/place.ts";
import { sweepShort } from "./short-sweep.ts";
import { faultTestLimit } from "./test-limit.ts";

test("killed at any message of a checkout, Muse charges once and orders once", faultTestLimit, async (t) => {
  await sweepShort(place, (line) => t.diagnostic(line));
});
