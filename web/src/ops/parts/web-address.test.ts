import assert from "node:assert/strict";
import { test } from "node:test";
import { webAddressOf } from "./web-address.ts";

test("only addresses of the web become links", () => {
  assert.equal(webAddressOf("https://store.example/p/1"), "https://store.example/p/1");
  for (const text of [null, "", "javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "/ops", "store"]) {
    assert.equal(webAddressOf(text), null, String(text));
  }
});
