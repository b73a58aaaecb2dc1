import assert from "node:assert/strict";
import { test } from "node:test";
import { InvariantError } from "#kernel/assert.ts";
import { describeError } from "./describe-error.ts";
import type { LogFields } from "./fields.ts";
import { openLog } from "./log.ts";
import { scrub } from "./scrub.ts";

function caught(level: "debug" | "info" = "info") {
  const lines: Record<string, unknown>[] = [];
  const log = openLog({
    level,
    program: "test",
    destination: { write: (line) => void lines.push(JSON.parse(line) as Record<string, unknown>) },
  });
  return { lines, log };
}

test("P1: a field that is not on the list is dropped, whatever a caller passes", () => {
  const { lines, log } = caught();
  log.info("thing", { orderNumber: "MO-7KQ3M-X9T2B", email: "a@b.co", shipTo: { name: "Zed" } } as LogFields);
  assert.equal(lines[0]?.["orderNumber"], "MO-7KQ3M-X9T2B");
  assert.deepEqual(Object.keys(lines[0] ?? {}).sort(), ["event", "level", "orderNumber", "pid", "program", "time"]);
});

test("P1: an object in a listed field is dropped, text in it is scrubbed, amounts stay exact", () => {
  const { lines, log } = caught();
  log.warn("thing", {
    reason: { email: "a@b.co" } as unknown as string,
    amountMinor: 2n ** 60n,
    state: "sent to a@b.co",
  });
  assert.equal(lines[0]?.["reason"], undefined);
  assert.equal(lines[0]?.["amountMinor"], "1152921504606846976");
  assert.equal(lines[0]?.["state"], "sent to [email]");
});

test("fields given once are on every line, and levels are kept", () => {
  const { lines, log } = caught();
  const about = log.with({ jobId: "job_1", job: "order.place" });
  about.debug("not shown");
  about.error("failed", { attempt: 2 }, new Error("x"));
  assert.equal(lines.length, 1);
  assert.equal(lines[0]?.["jobId"], "job_1");
  assert.equal(lines[0]?.["attempt"], 2);
});

const scrubbed: [string, string][] = [
  ["mail to jo.doe+x@mail.example.co failed", "mail to [email] failed"],
  ["call +1 (555) 010-4477 now", "call [number] now"],
  ["card 4242 4242 4242 4242 refused", "card [number] refused"],
  ["4242424242424242", "[number]"],
  ["Bearer abc.def-123", "Bearer [token]"],
  ["key sk_test_51Habc used", "key [token] used"],
  ["pi_3NfX_secret_9xYz", "[token]"],
  ["eyJhbGciOi.eyJzdWIi.c2ln", "[token]"],
  ["GET https://user:pw@host/path?email=a failed", "GET [url] failed"],
  ['invalid input syntax for type uuid: "Zebedee Quux"', "invalid input syntax for type uuid: [quoted]"],
  [
    "order MO-7KQ3M-X9T2B of cs_01j9zq6x8y0000000000abcd is stuck",
    "order MO-7KQ3M-X9T2B of cs_01j9zq6x8y0000000000abcd is stuck",
  ],
  ["connect ECONNREFUSED 127.0.0.1:5432", "connect ECONNREFUSED 127.0.0.1:5432"],
  [
    "tx: checkout.place began inside cart.merge; pass that one's tx on instead",
    "tx: checkout.place began inside cart.merge; pass that one's tx on instead",
  ],
];
for (const [text, expected] of scrubbed) {
  test(`scrub: ${expected}`, () => assert.equal(scrub(text), expected));
}

test("an error keeps its kind, its code, its frames and its causes, and loses what it was given", () => {
  const error = new InvariantError("for a@b.co", { cause: Object.assign(new Error("inner"), { code: "ECONNRESET" }) });
  const described = describeError(error);
  assert.equal(described.message, "for [email]");
  assert.match(String(described.frames), /log\.test\.ts/);
  assert.equal(described.cause?.code, "ECONNRESET");
  assert.equal(described.cause?.message, undefined, "a stranger's message may hold anything");
  assert.deepEqual(describeError("a@b.co"), { name: "string" });
  const looped: { cause?: unknown; name: string } = { name: "Loop" };
  looped.cause = looped;
  assert.equal(describeError(looped).cause?.cause?.cause?.cause, undefined);
});
