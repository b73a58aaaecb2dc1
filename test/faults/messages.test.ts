import assert from "node:assert/strict";
import { test } from "node:test";
import { newWatch, planOf, pointName, type Cut } from "./messages.ts";
import { batchReader, replyReader, type Batch, type Reply } from "./postgres-messages.ts";

const claim = { program: "worker", label: "sql claim" } as const;
const end = { program: "worker", label: "sql end" } as const;

test("a plan counts what was about something and knows what is also sent in vain", () => {
  const sent = [
    { ...claim, isIdle: true },
    { ...claim, isIdle: false },
    { ...end, isIdle: false },
    { ...end, isIdle: false },
  ];
  const { points, polls } = planOf(sent);
  assert.deepEqual(points.map(pointName), ["worker sql claim#1", "worker sql end#1", "worker sql end#2"]);
  assert.deepEqual([...polls], ["worker sql claim"]);
});

const cutAt = (cut: Pick<Cut, "point" | "mode">): Cut => ({
  ...cut,
  polls: new Set(["worker sql claim"]),
  after: null,
});

test("before: the n-th of its kind does not leave, and only once", () => {
  const watch = newWatch(cutAt({ point: { ...end, nth: 2 }, mode: "before" }));
  assert.equal(watch.leaving(end).isCut, false);
  assert.equal(watch.leaving(end).isCut, true);
  assert.equal(watch.leaving(end).isCut, false);
});

test("after: of a message that is also sent in vain, the first that found something is held and cut", () => {
  const watch = newWatch(cutAt({ point: { ...claim, nth: 1 }, mode: "after" }));
  const idle = watch.leaving(claim);
  assert.equal(idle.isHeld, true);
  assert.equal(watch.answered(idle, true), false);
  assert.equal(watch.answered(watch.leaving(claim), false), true);
  assert.equal(watch.isCut(), true);
});

function message(type: string, body: Buffer): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, 0);
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}

function row(...cells: readonly string[]): Buffer {
  const count = Buffer.alloc(2);
  count.writeInt16BE(cells.length);
  const parts = cells.map((cell) => {
    const length = Buffer.alloc(4);
    length.writeInt32BE(cell.length);
    return Buffer.concat([length, Buffer.from(cell)]);
  });
  return message("D", Buffer.concat([count, ...parts]));
}

test("a client's bytes are cut where it waits, however they arrive, and each statement is known by its name", () => {
  const greeting = Buffer.from([0, 0, 0, 8, 0, 3, 0, 0]);
  const bind = message("B", Buffer.from("\0checkout.placeStart\0\0\0\0\0\0\0"));
  const bytes = Buffer.concat([
    greeting,
    bind,
    message("E", Buffer.from("\0\0\0\0\0")),
    message("S", Buffer.alloc(0)),
    message("Q", Buffer.from("commit\0")),
  ]);
  const batches: Batch[] = [];
  const read = batchReader((batch) => batches.push(batch));
  for (const byte of bytes) read(Buffer.from([byte]));
  assert.deepEqual(
    batches.map(({ statement }) => statement),
    [null, "checkout.placeStart", "commit"],
  );
  assert.deepEqual(Buffer.concat(batches.map((batch) => batch.bytes)), bytes);
});

const idleCases: readonly (readonly [what: string, messages: readonly Buffer[], isIdle: boolean])[] = [
  ["no row", [message("C", Buffer.from("SELECT 0\0"))], true],
  ["nobody changed", [message("C", Buffer.from("UPDATE 0\0"))], true],
  ["a count of none", [row("0"), message("C", Buffer.from("SELECT 1\0"))], true],
  ["a count of two", [row("2"), message("C", Buffer.from("SELECT 1\0"))], false],
  ["a function without a word", [row(""), message("C", Buffer.from("SELECT 1\0"))], false],
  ["a commit", [message("C", Buffer.from("COMMIT\0"))], false],
];
for (const [what, messages, isIdle] of idleCases) {
  test(`an answer of ${what} is ${isIdle ? "" : "not "}idle`, () => {
    const replies: (Reply | null)[] = [];
    const hear = replyReader((_, reply) => replies.push(reply));
    hear(Buffer.concat([...messages, message("Z", Buffer.from("I"))]));
    assert.deepEqual(replies.at(-1), { isIdle });
  });
}
