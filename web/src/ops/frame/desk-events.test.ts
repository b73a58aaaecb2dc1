import assert from "node:assert/strict";
import { test } from "node:test";
import { alertOf, attentionOf } from "./desk-events.ts";

test("what waits is read from the stream", () => {
  const attention = { refundApprovals: 1, refundRequests: 2, storesSick: 0 };
  assert.deepEqual(attentionOf({ data: JSON.stringify(attention) }), attention);
});

test("what makes no sense in the stream is passed over", () => {
  for (const data of ["", "null", "7", "{", '{"refundApprovals":"1"}', undefined]) {
    assert.equal(attentionOf({ data }), null, String(data));
    assert.equal(alertOf({ data }), null, String(data));
  }
});
