import assert from "node:assert/strict";
import { test } from "node:test";
import { addressOf, oneOf, pageOf, textOf } from "./view.ts";

test("an address says only what differs from the plain list", () => {
  assert.equal(addressOf("/ops", { status: null, store: "", page: 1 }), "/ops");
  assert.equal(addressOf("/ops/orders", { q: "MO-1 2", page: 3 }), "/ops/orders?q=MO-1+2&page=3");
});

test("what makes no sense in an address is passed over", () => {
  assert.equal(pageOf({ page: "-3" }), 1);
  assert.equal(pageOf({ page: "7" }), 7);
  assert.equal(pageOf({ page: "99999999" }), 1);
  assert.equal(textOf({ q: ["  a ", "b"] }, "q"), "a");
  assert.equal(textOf({ q: "  " }, "q"), null);
  assert.equal(oneOf({ source: "stripe" }, "source", ["stripe", "toss"]), "stripe");
  assert.equal(oneOf({ source: "elsewhere" }, "source", ["stripe", "toss"]), null);
});
