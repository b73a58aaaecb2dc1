import assert from "node:assert/strict";
import { test } from "node:test";
import { contentSecurityPolicy } from "./content-security.ts";

const policy = contentSecurityPolicy({
  nonce: "abc",
  pictures: ["https://cdn.example"],
  payment: ["https://pay.example"],
  isDevelopment: false,
  hasHttps: true,
});
const words = (directive: string): string[] =>
  policy
    .split("; ")
    .find((line) => line.startsWith(`${directive} `))
    ?.split(" ")
    .slice(1) ?? [];

test("no script runs but with the nonce, or loaded by one that had it", () => {
  assert.deepEqual(words("script-src"), ["'self'", "'nonce-abc'", "'strict-dynamic'", "https://pay.example"]);
  assert.doesNotMatch(policy, /unsafe-eval/);
  assert.equal(policy.match(/'unsafe-inline'/g)?.length, 1, "of style attributes alone");
});

test("pictures, frames and calls go to the named origins alone, and nobody frames the shop", () => {
  assert.deepEqual(words("img-src"), ["'self'", "data:", "blob:", "https://cdn.example"]);
  assert.deepEqual(words("frame-src"), ["'self'", "https://pay.example"]);
  assert.deepEqual(words("connect-src"), ["'self'", "https://pay.example"]);
  assert.deepEqual(words("frame-ancestors"), ["'none'"]);
  assert.match(policy, /upgrade-insecure-requests/);
});
