import assert from "node:assert/strict";
import { test } from "node:test";
import { parentOf, placeOf } from "./places.ts";

test("a page hangs in its list", () => {
  assert.equal(parentOf("/ops"), null);
  assert.equal(parentOf("/ops/orders"), null);
  assert.equal(parentOf("/ops/queue/MO-1"), "/ops");
  assert.equal(parentOf("/ops/orders/MO-1"), "/ops/orders");
  assert.equal(placeOf("/ops/queue/MO-1"), "queue");
  assert.equal(placeOf("/ops/orders/MO-1"), "orders");
  assert.equal(placeOf("/ops/storeside"), "queue");
});
