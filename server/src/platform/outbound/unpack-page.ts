import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate } from "node:zlib";

/** A page as it came over the wire. */
export type PackedPage = {
  /** Its Content-Type and Content-Encoding. */
  readonly type: string;
  readonly encoding: string;
  readonly body: Uint8Array;
};

export type UnpackedPage =
  | { readonly kind: "html"; readonly html: string }
  | { readonly kind: "too_large" | "not_html" };

/** What a page may unpack to: HTML shrinks to a fifth, a bomb to a thousandth. */
const unpackedBytesMax = 4 * 1024 * 1024;

/** The text of a page: unpacked, and read in the charset that it is in. */
export async function unpackPage({ type, encoding, body }: PackedPage): Promise<UnpackedPage> {
  const name = encoding.trim().toLowerCase();
  if (name === "identity" || name === "") return { kind: "html", html: decode(body, type) };
  if (!isKnown(name)) return { kind: "not_html" };
  try {
    return { kind: "html", html: decode(await unpackers[name](body, { maxOutputLength: unpackedBytesMax }), type) };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : null;
    return { kind: code === "ERR_BUFFER_TOO_LARGE" ? "too_large" : "not_html" };
  }
}

const unpackers = {
  gzip: promisify(gunzip),
  "x-gzip": promisify(gunzip),
  br: promisify(brotliDecompress),
  deflate: promisify(inflate),
} as const;

function isKnown(name: string): name is keyof typeof unpackers {
  return Object.hasOwn(unpackers, name);
}

/** As the answer says, else as the page says in its first kilobyte, else UTF-8. */
function decode(body: Uint8Array, type: string): string {
  const said = /charset=["']?([\w-]+)/i.exec(type)?.[1];
  const head = Buffer.from(body.subarray(0, 1024)).toString("latin1");
  const inPage = /<meta[^>]{1,200}charset=["']?([\w-]+)/i.exec(head)?.[1];
  for (const label of [said, inPage]) {
    if (label === undefined) continue;
    try {
      return new TextDecoder(label).decode(body);
    } catch {
      // A charset that nobody knows: the next guess.
    }
  }
  return new TextDecoder().decode(body);
}
