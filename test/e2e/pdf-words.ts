import assert from "node:assert/strict";
import { inflateSync } from "node:zlib";

/**
 * The words of a PDF as Muse writes them, one piece of text a line, in the order they were written in. It reads what
 * pdfkit makes and no other: streams that are deflated, text as hexadecimal, embedded fonts with a table of their
 * letters.
 */
export function pdfWords(pdf: Buffer): string {
  assert.equal(pdf.subarray(0, 5).toString(), "%PDF-");
  const objects = objectsOf(pdf);
  const letters = lettersOfFonts(objects);
  const pages = [...objects.values()].filter(({ head }) => /\/Type \/Page\b/.test(head));
  const pieces = pages.flatMap(({ head }) => {
    const content = objects.get(/\/Contents (\d+) 0 R/.exec(head)?.[1] ?? "")?.stream ?? "";
    return [...content.matchAll(/\/(F\d+) [\d.]+ Tf\s+\[(.*?)\] TJ/gs)].map(([, font = "", shown = ""]) => {
      const codes = [...shown.matchAll(/<([0-9a-f]*)>/g)].map(([, hex = ""]) => hex).join("");
      return written(codes, letters.get(font) ?? null);
    });
  });
  return pieces.join("\n");
}

type PdfObject = { readonly head: string; readonly stream: string | null };

function objectsOf(pdf: Buffer): Map<string, PdfObject> {
  const text = pdf.toString("latin1");
  const objects = new Map<string, PdfObject>();
  const begin = /(\d+) 0 obj\s/g;
  for (let found = begin.exec(text); found !== null; found = begin.exec(text)) {
    const end = text.indexOf("endobj", begin.lastIndex);
    const streamAt = text.indexOf("stream\n", begin.lastIndex);
    const isStream = streamAt !== -1 && streamAt < end;
    const head = text.slice(begin.lastIndex, isStream ? streamAt : end);
    const length = Number(/\/Length (\d+)/.exec(head)?.[1] ?? 0);
    const from = streamAt + "stream\n".length;
    objects.set(found[1] ?? "", {
      head,
      stream: isStream ? readStream(pdf.subarray(from, from + length), head) : null,
    });
    // Whatever bytes a font is made of are no objects.
    begin.lastIndex = isStream ? from + length : end;
  }
  return objects;
}

function readStream(bytes: Buffer, head: string): string {
  return (head.includes("/FlateDecode") ? inflateSync(bytes) : bytes).toString("latin1");
}

/** By the name a page calls a font: what each of its codes stands for; none for those that every reader has. */
function lettersOfFonts(objects: ReadonlyMap<string, PdfObject>): Map<string, readonly string[]> {
  const fonts = new Map<string, readonly string[]>();
  for (const { head } of objects.values()) {
    for (const [, name = "", id = ""] of head.matchAll(/\/(F\d+) (\d+) 0 R/g)) {
      const table = /\/ToUnicode (\d+) 0 R/.exec(objects.get(id)?.head ?? "")?.[1];
      if (table === undefined) continue;
      const lists = [...(objects.get(table)?.stream ?? "").matchAll(/<\w+> <\w+> \[(.*?)\]/gs)];
      const codes = lists.flatMap(([, list = ""]) => [...list.matchAll(/<([0-9a-f]+)>/g)].map(([, hex = ""]) => hex));
      fonts.set(
        name,
        codes.map((hex) => Buffer.from(hex, "hex").swap16().toString("utf16le")),
      );
    }
  }
  return fonts;
}

function written(hex: string, letters: readonly string[] | null): string {
  const bytes = Buffer.from(hex, "hex");
  if (letters === null) return new TextDecoder("windows-1252").decode(bytes);
  const glyphs = Array.from({ length: bytes.length / 2 }, (_, index) => bytes.readUInt16BE(index * 2));
  return glyphs.map((glyph) => letters[glyph] ?? "\uFFFD").join("");
}
