import assert from "node:assert/strict";
import { test } from "node:test";
import { readOptions, UsageError } from "./options.ts";

test("without options, the main job is played", () => {
  const options = readOptions([]);
  assert.notEqual(options, "help");
  assert.deepEqual(options, {
    card: "visa",
    storeFails: null,
    isAllOrNothing: false,
    storeTimesOut: false,
    concurrent: 1,
    isWebhookOnly: false,
    isManual: false,
    isCancelled: false,
    language: "en",
    isOwn: false,
  });
});

test("what cannot be, or cannot be together, is refused with a word why", () => {
  const refused = [
    ["--card", "amex"],
    ["--store-fails", "3"],
    ["--concurrent", "0"],
    ["--concurrent", "ten"],
    ["--lang", "fr"],
    ["--unheard-of"],
    ["--card", "declined", "--manual"],
    ["--store-fails", "2", "--store-times-out"],
    ["--all-or-nothing"],
    ["--cancel", "--store-fails", "1"],
  ];
  for (const args of refused) assert.throws(() => readOptions(args), UsageError, args.join(" "));
});
