import assert from "node:assert/strict";
import { test } from "node:test";
import { subjectHref } from "./subject-href.ts";

test("an entry leads to the page of what it speaks of, and nowhere where there is none", () => {
  const seller = "acc_01J8Zq4Tn7Wk";
  const expected: readonly (readonly [string, string, string | null])[] = [
    ["order.track", "MO-2026-1A2B3C", "/ops/orders/MO-2026-1A2B3C"],
    ["checkout.refund_account", "cs_01J8Zq4Tn7Wk", "/ops/orders?q=cs_01J8Zq4Tn7Wk"],
    ["seller.verify", seller, `/ops/sellers/${seller}`],
    ["payout.pay_refused", seller, `/ops/sellers/${seller}`],
    ["alert.mail", seller, null],
    ["store.pause", "lumen-home", "/ops/stores/lumen-home"],
    ["refund_request.decline", "", null],
  ];
  for (const [action, subject, href] of expected)
    assert.equal(subjectHref({ action, subject }), href, `${action} ${subject}`);
});
