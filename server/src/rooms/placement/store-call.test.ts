import assert from "node:assert/strict";
import { test } from "node:test";
import { OutboundError, type Http } from "@muse/connectors/port";
import { manualClock } from "#kernel/clock.ts";
import { deadlineAfter, momentOf, withinDeadline } from "./store-call.ts";
import { cancelAgainAfterS, lookUpAfterS } from "./rules.ts";

const answering: Http = ({ timeoutMs }) => Promise.resolve({ status: 200, headers: {}, body: String(timeoutMs) });
const request = { method: "POST", url: "http://store.test/orders", timeoutMs: 10_000 };

test("O3: past its deadline an attempt sends nothing, and says so", async () => {
  const clock = manualClock(new Date("2026-11-21T10:00:00Z"));
  const http = withinDeadline(answering, deadlineAfter(momentOf(clock), 5_000, clock));
  assert.ok(Number((await http(request)).body) <= 5_000, "no answer is waited for beyond it");

  // The machine slept: its monotonic clock stood still, the wall's did not.
  clock.advance(5_001);
  await assert.rejects(http(request), (error) => error instanceof OutboundError && !error.submitted);
});

test("a wall clock that is set back prolongs nothing", async () => {
  const clock = manualClock(new Date("2026-11-21T10:00:00Z"));
  const from = momentOf(clock);
  clock.advance(-3_600_000);
  assert.ok(deadlineAfter(from, 5_000, clock).leftMs() <= 5_000);
});

test("look-ups and cancellations are bounded", () => {
  const waits = Array.from({ length: 12 }, (_, index) => lookUpAfterS(index));
  assert.deepEqual(waits.slice(0, 3), [2, 5, 15]);
  assert.deepEqual(waits.slice(9), [1_800, null, null]);
  assert.deepEqual([cancelAgainAfterS(1), cancelAgainAfterS(6), cancelAgainAfterS(7)], [5, 1_800, null]);
});
