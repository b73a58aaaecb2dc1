import assert from "node:assert/strict";
import { test } from "node:test";

import { formList, parseForm } from "./form.ts";

const cases = [
  ["", {}],
  ["amount=500&currency=usd", { amount: "500", currency: "usd" }],
  ["metadata[a]=1&metadata[b c]=x%20y+z", { metadata: { a: "1", "b c": "x y z" } }],
  ["card[checks][cvc]=pass", { card: { checks: { cvc: "pass" } } }],
  ["expand[]=a&expand[]=b&types[0]=c&types[1]=d", { expand: { 0: "a", 1: "b" }, types: { 0: "c", 1: "d" } }],
  ["metadata%5Border%5D=MO-1", { metadata: { order: "MO-1" } }],
  ["metadata=&broken=%E0%A4%A", { metadata: "", broken: "%E0%A4%A" }],
  ["a=1&a[b]=2", { a: { b: "2" } }],
] as const;

for (const [text, tree] of cases) {
  test(`"${text}" is read as Stripe reads it`, () => {
    assert.deepEqual(JSON.parse(JSON.stringify(parseForm(text))), tree);
  });
}

test("a field's name cannot reach a prototype", () => {
  const tree = parseForm("__proto__[polluted]=1&constructor[prototype][polluted]=1");
  assert.equal(({} as Record<string, unknown>)["polluted"], undefined);
  assert.ok("__proto__" in tree);
});

test("a list keeps its order whatever its keys", () => {
  assert.deepEqual(formList(parseForm("expand[]=b&expand[]=a")["expand"]), ["b", "a"]);
  assert.deepEqual(formList("one"), ["one"]);
  assert.deepEqual(formList(undefined), []);
});
