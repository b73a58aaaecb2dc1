import type { PrivateWords } from "./private-words.ts";
import { readZip, writeZip, type ZipEntry } from "./zip-archive.ts";

/**
 * A Playwright trace without what is nobody's business: private words in whatever is text (events, snapshots, bodies),
 * and the headers that carry a sign-in.
 *
 * @throws Error for what is no trace; then it must not be kept either
 */
export function scrubTrace(archive: Buffer, words: PrivateWords): Buffer {
  return writeZip(readZip(archive).map((entry) => scrubEntry(entry, words)));
}

function scrubEntry({ name, data }: ZipEntry, words: PrivateWords): ZipEntry {
  const text = textOf(data);
  if (text === null) return { name, data };
  const lines = name.endsWith(".network") ? text.split("\n").map(withoutSignIns).join("\n") : text;
  return { name, data: Buffer.from(words.blank(lines), "utf8") };
}

/** Null for pictures and fonts. */
function textOf(data: Buffer): string | null {
  try {
    return new TextDecoder("utf8", { fatal: true, ignoreBOM: true }).decode(data);
  } catch {
    return null;
  }
}

const signInHeaders: readonly string[] = ["cookie", "set-cookie", "authorization", "proxy-authorization"];

function withoutSignIns(line: string): string {
  if (line.trim() === "") return line;
  return JSON.stringify(JSON.parse(line), (key: string, value: unknown) => {
    if (key === "cookies") return [];
    if (key !== "headers" || !Array.isArray(value)) return value;
    return (value as readonly { readonly name?: unknown }[]).filter(
      ({ name }) => typeof name !== "string" || !signInHeaders.includes(name.toLowerCase()),
    );
  });
}
