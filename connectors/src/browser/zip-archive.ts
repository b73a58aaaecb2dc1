import { crc32, deflateRawSync, inflateRawSync } from "node:zlib";

export type ZipEntry = { readonly name: string; readonly data: Buffer };

/** Traces hold some thousand small files and some megabytes; what is far beyond is not one of ours. */
const entriesMax = 20_000;
const bytesMax = 256 * 1024 * 1024;

const endSignature = 0x06054b50;
const directorySignature = 0x02014b50;
const localSignature = 0x04034b50;
const deflated = 8;

/**
 * Reads a whole archive of the plain kind (one disk, stored or deflated entries, no zip64).
 *
 * @throws Error for any other kind, and for what is cut short
 */
export function readZip(archive: Buffer): readonly ZipEntry[] {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end < 0 || archive.readUInt32LE(end) !== endSignature) throw new Error("zip: no directory");
  const count = archive.readUInt16LE(end + 10);
  let at = archive.readUInt32LE(end + 16);
  if (count > entriesMax || at === 0xffffffff) throw new Error("zip: larger than a trace");
  const entries: ZipEntry[] = [];
  let bytes = 0;
  for (let index = 0; index < count; index += 1) {
    if (archive.readUInt32LE(at) !== directorySignature) throw new Error("zip: a broken directory");
    const size = archive.readUInt32LE(at + 24);
    bytes += size;
    if (bytes > bytesMax) throw new Error("zip: larger than a trace");
    const nameLength = archive.readUInt16LE(at + 28);
    const name = archive.toString("utf8", at + 46, at + 46 + nameLength);
    const data = readEntry(archive, {
      method: archive.readUInt16LE(at + 10),
      packed: archive.readUInt32LE(at + 20),
      at: archive.readUInt32LE(at + 42),
      size,
    });
    entries.push({ name, data });
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return entries;
}

type Place = { readonly method: number; readonly packed: number; readonly at: number; readonly size: number };

function readEntry(archive: Buffer, { method, packed, at, size }: Place): Buffer {
  if (archive.readUInt32LE(at) !== localSignature) throw new Error("zip: a broken entry");
  const start = at + 30 + archive.readUInt16LE(at + 26) + archive.readUInt16LE(at + 28);
  const raw = archive.subarray(start, start + packed);
  const data = method === deflated ? inflateRawSync(raw, { maxOutputLength: Math.max(1, size) }) : Buffer.from(raw);
  if (data.length !== size) throw new Error("zip: a broken entry");
  return data;
}

/** Writes the same kind, every entry deflated, without times: the same entries are the same bytes. */
export function writeZip(entries: readonly ZipEntry[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const { name, data } of entries) {
    const raw = deflateRawSync(data, { level: 6 });
    const nameBytes = Buffer.from(name, "utf8");
    // Version 2.0, names in UTF-8, deflated, no time.
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(0x0800, 2);
    shared.writeUInt16LE(deflated, 4);
    shared.writeUInt16LE(0x21, 8);
    shared.writeUInt32LE(crc32(data), 10);
    shared.writeUInt32LE(raw.length, 14);
    shared.writeUInt32LE(data.length, 18);
    shared.writeUInt16LE(nameBytes.length, 22);
    const local = Buffer.concat([uint32(localSignature), shared, nameBytes, raw]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    directory.push(Buffer.concat([uint32(directorySignature), Buffer.from([20, 0]), shared, tail, nameBytes]));
    parts.push(local);
    offset += local.length;
  }
  const listing = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(endSignature, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listing.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, listing, end]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
