import { test } from "node:test";
import { mixedCart } from "./journeys/mixed-cart.ts";
import { sweepShort } from "./short-sweep.ts";
import { faultTestLimit } from "./test-limit.ts";

test(
  "killed at any message of parcels and files paid once, Muse gives the files and one charge",
  faultTestLimit,
  async (t) => {
    await sweepShort(mixedCart, (line) => t.diagnostic(line));
  },
);
