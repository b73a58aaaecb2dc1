import assert from "node:assert/strict";
import { test } from "node:test";
import { localeOf } from "./locale.ts";

test("a choice goes before what the browser asks for", () => {
  assert.equal(localeOf("ko", "en-US,en;q=0.9"), "ko");
  assert.equal(localeOf("en", "ko"), "en");
});

test("without a choice the browser's weights decide, and English where it asks for neither", () => {
  assert.equal(localeOf(undefined, "ko-KR,ko;q=0.9,en-US;q=0.8"), "ko");
  assert.equal(localeOf(undefined, "fr,en;q=0.4,ko;q=0.6"), "ko");
  assert.equal(localeOf(undefined, "fr-FR,fr;q=0.9"), "en");
  assert.equal(localeOf(undefined, "fr, ko;q=0"), "en");
  assert.equal(localeOf(undefined, null), "en");
  assert.equal(localeOf("xx", ""), "en");
});
