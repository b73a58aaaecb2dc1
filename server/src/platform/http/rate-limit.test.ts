import assert from "node:assert/strict";
import { test } from "node:test";
import { addressKey, openRateLimiter } from "./rate-limit.ts";

const limit = { windowS: 60, countMax: 3 };

test("so many in a window, then wait for its end", () => {
  let now = 0;
  const limiter = openRateLimiter(1, () => now);
  const take = (who: string) => limiter.take(limit, "thing", who);
  assert.deepEqual([take("a"), take("a"), take("a"), take("a"), take("b")], [0, 0, 0, 60, 0]);
  now = 59_500;
  assert.equal(take("a"), 1);
  now = 60_000;
  assert.equal(take("a"), 0);
});

test("the factor widens every limit, and zero lifts it", () => {
  const wide = openRateLimiter(2, () => 0);
  const answers = Array.from({ length: 7 }, () => wide.take(limit, "thing", "a"));
  assert.deepEqual(answers, [0, 0, 0, 0, 0, 0, 60]);
  const open = openRateLimiter(0, () => 0);
  for (let i = 0; i < 100; i += 1) assert.equal(open.take(limit, "thing", "a"), 0);
});

test("a flood of callers fills no memory, and forgets the oldest first", () => {
  const limiter = openRateLimiter(1, () => 0);
  for (let i = 0; i < 120_000; i += 1) limiter.take(limit, "thing", String(i));
  assert.ok(limiter.count() <= 50_000);
  for (let i = 0; i < 3; i += 1) limiter.take(limit, "thing", "119999");
  assert.equal(limiter.take(limit, "thing", "119999"), 60, "the newest is still counted");
});

test("an address is one customer: IPv6 by its /64, this machine not at all", () => {
  assert.equal(addressKey("203.0.113.9"), "203.0.113.9");
  assert.equal(addressKey("::ffff:203.0.113.9"), "203.0.113.9");
  for (const own of ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1", ""]) assert.equal(addressKey(own), null);
  assert.equal(addressKey("2001:db8:0:1:aaaa::1"), addressKey("2001:0db8:0000:0001:ffff:2:3:4"));
  assert.notEqual(addressKey("2001:db8:0:1::1"), addressKey("2001:db8:0:2::1"));
  assert.equal(addressKey("2001:db8::1"), "2001:db8:0:0");
});
