import assert from "node:assert/strict";
import { test } from "node:test";
import { productLink } from "./product-link.ts";

test("an address is known by its looks, with and without its beginning", () => {
  for (const link of ["https://shop.example/p/1?a=b", "HTTP://127.0.0.1:4100/retailers/kite-co/products/kc-box"])
    assert.equal(productLink(` ${link} `), link);
  assert.equal(productLink("www.shop.example/lamp"), "https://www.shop.example/lamp");
  assert.equal(productLink("shop.example/lamp"), "https://shop.example/lamp");
});

test("words are words", () => {
  const words = [
    "",
    "wool coat",
    "and/or",
    "size 1.5/2.5 cm",
    "https://",
    "https://a b.example/",
    "javascript:alert(1)",
    "ftp://a.example/b",
    "shop.example",
  ];
  for (const text of words) assert.equal(productLink(text), null, text);
  assert.equal(productLink(`https://shop.example/${"x".repeat(2000)}`), null);
});
