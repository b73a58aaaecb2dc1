import assert from "node:assert/strict";
import { test } from "node:test";
import { normaliseProductUrl, productUrlForms } from "./product-url.ts";
import { searchWords } from "./search-words.ts";

const normal: readonly (readonly [string, string | null])[] = [
  ["HTTPS://Shop.Example:443/p/Boot#top", "https://shop.example/p/Boot"],
  ["https://shop.example/p?utm_source=a&b=2&gclid=1&a=1", "https://shop.example/p?a=1&b=2"],
  ["https://me:secret@shop.example/p", "https://shop.example/p"],
  ["javascript:alert(1)", null],
  ["ftp://shop.example/p", null],
  ["shop.example/p", null],
  ["", null],
];
for (const [raw, expected] of normal)
  test(`"${raw}" is ${expected ?? "no product page"}`, () => assert.equal(normaliseProductUrl(raw), expected));

test("a page is looked for with and without its slash, by http and https", () => {
  assert.deepEqual(productUrlForms("http://shop.example/p/?a=1"), [
    "https://shop.example/p?a=1",
    "https://shop.example/p/?a=1",
    "http://shop.example/p?a=1",
    "http://shop.example/p/?a=1",
  ]);
  assert.deepEqual(productUrlForms("https://shop.example"), ["https://shop.example/", "http://shop.example/"]);
  assert.deepEqual(productUrlForms("nonsense"), []);
});

const searches: readonly (readonly [string, readonly string[]])[] = [
  ["  Wool-Blend  COAT ", ["wool", "blend", "coat"]],
  ["100% _cotton\\ ", ["100", "cotton"]],
  ["a coat", ["coat"]],
  ["x", ["x"]],
  ["코트 코트", ["코트"]],
  ["!!! \u0000", []],
  ["one two three four five six seven", ["one", "two", "three", "four", "five", "six"]],
  ["z".repeat(60), ["z".repeat(40)]],
];
for (const [query, words] of searches)
  test(`searching ${JSON.stringify(query.slice(0, 20))} looks for ${words.length} words`, () =>
    assert.deepEqual(searchWords(query), words));
