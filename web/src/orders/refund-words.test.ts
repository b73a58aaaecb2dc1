import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { paymentStatuses } from "@muse/contracts/order";
import { cancelWord, refundWord } from "./refund-words.ts";

test("money is said to be refunded when it has gone, and not when it was asked for", () => {
  assert.deepEqual(paymentStatuses.map(refundWord), ["refundOnItsWay", "refundOnItsWay", "refundOfPart", "refunded"]);
});

test("cancelling promises the total only while all of it can still go back", () => {
  assert.equal(cancelWord("now", { refundedCents: 0 }), "now");
  for (const language of ["en", "ko"]) {
    const { cancel } = wordsOf(language);
    for (const word of ["now", "ask", "done"] as const) {
      assert.match(cancel[word] ?? "", /\{total\}/);
      assert.doesNotMatch(cancel[cancelWord(word, { refundedCents: 1 })] ?? "{total}", /\{total\}/);
    }
  }
});

function wordsOf(language: string): { readonly cancel: Readonly<Record<string, string>> } {
  return JSON.parse(readFileSync(`${import.meta.dirname}/../../messages/${language}/orders.json`, "utf8"));
}
