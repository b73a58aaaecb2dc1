import assert from "node:assert/strict";
import { test } from "node:test";
import { hrefOf, viewOf } from "./orders-view.ts";

test("an address says which orders and which page, and is as short as it can be", () => {
  for (const href of ["/orders", "/orders?status=shipped", "/orders?page=3", "/orders?status=failed&page=2"]) {
    const query = Object.fromEntries(new URL(href, "http://shop").searchParams);
    assert.equal(hrefOf(viewOf(query)), href);
  }
});

test("what makes no sense in an address is passed over", () => {
  const first = { status: null, page: 1 };
  assert.deepEqual(viewOf({}), first);
  for (const page of ["0", "-1", "1.5", "x", "1e9", ""]) assert.deepEqual(viewOf({ page }), first);
  assert.deepEqual(viewOf({ status: "lost", page: ["2", "3"] }), first);
});
