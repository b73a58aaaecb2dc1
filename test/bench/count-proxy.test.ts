import assert from "node:assert/strict";
import { test } from "node:test";
import { messageReader } from "./count-proxy.ts";

function message(type: string, body: string): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(4 + Buffer.byteLength(body));
  return Buffer.concat([Buffer.from(type), length, Buffer.from(body)]);
}

test("messages are found however the bytes are cut", () => {
  const bytes = Buffer.concat([
    message("", "the start"),
    message("Q", "select 1\0"),
    message("B", "\0cart.read\0"),
    message("S", ""),
  ]);
  for (let size = 1; size <= bytes.length; size += 1) {
    const seen: string[] = [];
    const read = messageReader((type, body) => seen.push(`${type}:${body.toString()}`));
    for (let at = 0; at < bytes.length; at += size) read(bytes.subarray(at, at + size));
    assert.deepEqual(seen, ["Q:select 1\0", "B:\0cart.read\0", "S:"], `cut into pieces of ${size}`);
  }
});
