import { test } from "node:test";
import { place } from "./journeys/place.ts";
import { sweepShort } from "./short-sweep.ts";

test("killed at any message of a checkout, Muse charges once and orders once", async (t) => {
  await sweepShort(place, (line) => t.diagnostic(line));
});
