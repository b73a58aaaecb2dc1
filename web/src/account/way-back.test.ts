import assert from "node:assert/strict";
import { test } from "node:test";
import { entranceHref, wayBack } from "./way-back.ts";

test("a path of the shop is where one goes on", () => {
  for (const path of ["/orders", "/orders/MO-1234?a=b#c", "/checkout", "/"]) assert.equal(wayBack(path), path);
});

test("an address that leads elsewhere, or round in a circle, leads to the account instead", () => {
  const bad = [
    undefined,
    "",
    "https://elsewhere.test/",
    "//elsewhere.test",
    "/\\elsewhere.test",
    "/\t/elsewhere.test",
    "\\\\elsewhere.test",
    "javascript:alert(1)",
    "/sign-in",
    "/sign-up?next=/sign-in",
    "/api/auth/sign-out",
    "/x/..//elsewhere.test",
    ["/orders", "/cart"],
  ];
  for (const next of bad) assert.equal(wayBack(next), "/account", String(next));
});

test("the way back is carried from one entrance to the other", () => {
  assert.equal(entranceHref("/sign-up", "/account"), "/sign-up");
  assert.equal(entranceHref("/sign-in", "/orders?page=2"), "/sign-in?next=%2Forders%3Fpage%3D2");
});
