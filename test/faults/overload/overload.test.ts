import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as delay } from "node:timers/promises";
import { letArrive } from "./arrivals.ts";
import { slopeOf } from "./memory.ts";
import { readOverloadArguments } from "./options.ts";
import { isStrange, openTally } from "./tally.ts";

test("people come at their pace, whatever becomes of those before them, and the last are waited for apart", async () => {
  let left = 0;
  const beganMs = performance.now();
  const { allGone, ...arrived } = await letArrive({
    perSecond: 200,
    seconds: 0.5,
    presentMax: 1_000,
    visit: async () => {
      await delay(700);
      left += 1;
    },
  });
  assert.ok(performance.now() - beganMs < 690, "nobody was waited for");
  assert.ok(arrived.count >= 95 && arrived.count <= 101 && arrived.notSent === 0, JSON.stringify(arrived));
  assert.equal(arrived.presentMost, arrived.count);
  await allGone;
  assert.equal(left, arrived.count);
});

test("who cannot be sent is told of, and counted nowhere else", async () => {
  const visit = async (): Promise<void> => await delay(400);
  const { allGone, ...arrived } = await letArrive({ perSecond: 100, seconds: 0.3, presentMax: 5, visit });
  await allGone;
  assert.equal(arrived.count, 5);
  assert.ok(arrived.notSent > 15);
});

test("only what was asked for, 503 with its time, and a repeat told to wait are by design", () => {
  const answers: readonly (readonly [number, string | null, string | null, boolean])[] = [
    [200, null, null, false],
    [201, null, null, false],
    [503, "overloaded", "2", false],
    [503, "overloaded", null, true],
    [409, "idempotency_in_progress", "1", false],
    [429, "rate_limited", "30", false],
    [500, "internal", null, true],
    [409, "out_of_stock", null, true],
    [0, "ECONNRESET", null, true],
  ];
  const tally = openTally();
  for (const [status, code, retryAfter, expected] of answers) {
    const heard = { step: "place", status, code, retryAfter, ms: 1 };
    assert.equal(isStrange(heard), expected, `${status} ${code} ${retryAfter}`);
    tally.note(heard);
  }
  assert.deepEqual(Object.keys(tally.figures().strange), [
    "place: 503 overloaded, no Retry-After",
    "place: 500 internal, no Retry-After",
    "place: 409 out_of_stock, no Retry-After",
    "place: 0 ECONNRESET, no Retry-After",
  ]);
});

test("the slope is the line's, and what was asked for is read or refused", () => {
  const line = [0, 1, 2, 3].map((x) => [x, 5 + 2 * x] as const);
  assert.equal(slopeOf(line), 2);
  assert.equal(slopeOf([]), 0);
  assert.deepEqual(readOverloadArguments(["--minutes", "0.5", "--rate", "600"]), {
    minutes: 0.5,
    times: 4,
    measureSeconds: 20,
    rate: 600,
  });
  for (const wrong of [["--minutes", "0"], ["--times", "x"], ["--rate", "9999"], ["now"], ["--fast"]]) {
    assert.throws(() => readOverloadArguments(wrong), { name: "UsageError" }, wrong.join(" "));
  }
});
