import assert from "node:assert/strict";
import { test } from "node:test";
import { holdsCardNumber } from "./card-number.ts";

const holds = (body: unknown, ...digitFields: string[]) =>
  holdsCardNumber(JSON.stringify(body), body, new Set(digitFields));

test("P2: card numbers are found wherever they hide in a body", () => {
  for (const text of [
    "4242424242424242",
    "4242 4242 4242 4242",
    "4242-4242-4242-4242",
    "378282246310005",
    "30569309025904",
    "4222222222222",
    "6304000000000000",
    "my card is 5555 5555 5555 4444, thanks",
    "order 12 4242 4242 4242 4242",
    "a4242424242424242b",
    "4000000000000000006",
    "1234567812345670",
  ]) {
    assert.equal(holds({ note: text }), true, text);
    assert.equal(holds({ list: [{ deep: [text] }] }), true, text);
    assert.equal(holds(text), true, text);
  }
  assert.equal(holds({ number: 4242424242424242 }), true);
  assert.equal(holds({ "4242424242424242": true }), true, "as the name of a field");
});

test("what is no card number passes", () => {
  for (const text of [
    "4242424242424241",
    "424242424242",
    "+82 10-1234-5678",
    "2026-11-21T10:00:00.000Z",
    "01J9ZQ6X8Y",
    "12345678901234567890123",
    "MO-7KQ3M-X9T2B",
    "cs_0123456789abcdef",
    "",
    "94001 12082 01234 56789 01",
  ])
    assert.equal(holds({ note: text }), false, text);
  assert.equal(holds({ at: 1763719200000, amountCents: 24800, ok: true, none: null }), false);
});

test("a field that holds long digits by nature is left alone, others beside it are not", () => {
  assert.equal(holds({ trackingNumber: "4242424242424242" }, "trackingNumber"), false);
  assert.equal(holds({ trackingNumber: "4242424242424242", note: "4242424242424242" }, "trackingNumber"), true);
  assert.equal(holds({ trackingNumber: ["4242424242424242"] }, "trackingNumber"), true);
});

test("a body nested deeper than the engine's stack is walked all the same", () => {
  const deep = (depth: number, inside: string) => `${"[".repeat(depth)}"${inside}"${"]".repeat(depth)}`;
  const hiding = deep(100_000, "4242424242424242");
  assert.equal(holdsCardNumber(hiding, JSON.parse(hiding), new Set()), true);
});

test("a long text of digits costs little", () => {
  const text = `${"1 ".repeat(60_000)}`;
  const start = performance.now();
  holds({ text });
  holds({ text: "1234567890123 ".repeat(8000) });
  assert.ok(performance.now() - start < 500);
});
