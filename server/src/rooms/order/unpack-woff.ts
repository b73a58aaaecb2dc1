import { inflateSync } from "node:zlib";
import { assert } from "#kernel/assert.ts";

const headerBytes = 12;
const entryBytes = 16;

/**
 * A WOFF font as the plain one that it packs. The library that sets our PDFs reads a packed font, but fails at its last
 * letter and puts the whole of it into the file.
 *
 * @see https://www.w3.org/TR/WOFF/
 */
export function unpackWoff(woff: Buffer): Buffer {
  assert(woff.toString("latin1", 0, 4) === "wOFF", "unpackWoff: it is a WOFF font");
  const tables = tablesOf(woff);
  const head = Buffer.alloc(headerBytes + tables.length * entryBytes);
  head.writeUInt32BE(woff.readUInt32BE(4), 0);
  writeSearchHints(head, tables.length);
  const parts = [head];
  let offset = head.length;
  for (const [index, { tag, checksum, bytes }] of tables.entries()) {
    const at = headerBytes + index * entryBytes;
    head.write(tag, at, "latin1");
    head.writeUInt32BE(checksum, at + 4);
    head.writeUInt32BE(offset, at + 8);
    head.writeUInt32BE(bytes.length, at + 12);
    const padded = Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
    parts.push(padded);
    offset += padded.length;
  }
  return Buffer.concat(parts);
}

type Table = { readonly tag: string; readonly checksum: number; readonly bytes: Buffer };

function tablesOf(woff: Buffer): Table[] {
  const count = woff.readUInt16BE(12);
  return Array.from({ length: count }, (_, index) => {
    const at = 44 + index * 20;
    const offset = woff.readUInt32BE(at + 4);
    const packed = woff.subarray(offset, offset + woff.readUInt32BE(at + 8));
    const isPacked = packed.length < woff.readUInt32BE(at + 12);
    return {
      tag: woff.toString("latin1", at, at + 4),
      checksum: woff.readUInt32BE(at + 16),
      bytes: isPacked ? inflateSync(packed) : packed,
    };
  });
}

/** How a reader halves its way through the tables; nobody has needed it for decades, and the format wants it. */
function writeSearchHints(head: Buffer, count: number): void {
  const power = Math.floor(Math.log2(count));
  head.writeUInt16BE(count, 4);
  head.writeUInt16BE(2 ** power * entryBytes, 6);
  head.writeUInt16BE(power, 8);
  head.writeUInt16BE((count - 2 ** power) * entryBytes, 10);
}
