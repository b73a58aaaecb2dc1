import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { latinText } from "./latin-text.ts";
import { unpackWoff } from "./unpack-woff.ts";

export type Written = {
  /** A built-in font's name, or a font's bytes. */
  readonly font: string | Buffer;
  readonly text: string;
  /** Whether a letter had to be written otherwise. */
  readonly isChanged: boolean;
};

/**
 * The font for one text of a PDF: the built-in ones, which cost nothing and know Western letters, or one with all
 * 11,172 syllables of Hangul (docs/decisions/0080-receipts-with-vat.md). What neither has is written in letters that it
 * has, and told.
 */
export function fontOf(text: string, isBold: boolean): Written {
  if (!/[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]/u.test(text))
    return { font: isBold ? "Helvetica-Bold" : "Helvetica", ...latinText(text) };
  return { font: koreanFont(isBold), ...koreanText(text) };
}

/** Everything of it that the font with Hangul writes as it is stays; the rest as in Western letters. */
function koreanText(text: string): Pick<Written, "text" | "isChanged"> {
  const parts = text.normalize("NFC").split(/([\u3130-\u318f\uac00-\ud7a3]+)/u);
  const written = parts.map((part, index) => (index % 2 === 1 ? { text: part, isChanged: false } : plain(part)));
  return { text: written.map((part) => part.text).join(""), isChanged: written.some((part) => part.isChanged) };
}

/** The font has no letters with accents. */
function plain(text: string): Pick<Written, "text" | "isChanged"> {
  const latin = latinText(text);
  const bare = latin.text.normalize("NFKD").replaceAll(/\p{M}/gu, "");
  return { text: bare, isChanged: latin.isChanged || bare !== latin.text };
}

const require = createRequire(import.meta.url);
const read = new Map<boolean, Buffer>();

/** Read once a process: 600 KB a weight in the package, 4 MB unpacked. */
function koreanFont(isBold: boolean): Buffer {
  const path = isBold
    ? require.resolve("@fontsource/nanum-gothic/files/nanum-gothic-korean-700-normal.woff")
    : require.resolve("@fontsource/nanum-gothic/files/nanum-gothic-korean-400-normal.woff");
  const bytes = read.get(isBold) ?? unpackWoff(readFileSync(path));
  read.set(isBold, bytes);
  return bytes;
}
