import assert from "node:assert/strict";
import { test } from "node:test";
import { languageOf } from "./language.ts";

test("a reader is answered in the language they weigh most, and in English where they name none of ours", () => {
  assert.equal(languageOf("en;q=0.5, ko"), "ko");
  assert.equal(languageOf("ko;q=0, en"), "en");
  assert.equal(languageOf("fr"), "en");
  assert.equal(languageOf(undefined), "en");
});
