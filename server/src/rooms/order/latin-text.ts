/**
 * PDF's built-in fonts know Windows-1252 alone. A text with Hangul is set in a font of its own (receipt-font.ts); other
 * scripts are written in Latin letters, and the PDF says so. The HTML receipt shows them as they are.
 */

export type LatinText = {
  readonly text: string;
  /** Whether anything had to be written differently. */
  readonly isChanged: boolean;
};

/** Text that Windows-1252 can show: Hangul romanized, letters without their rare accents, the rest as U+XXXX. */
export function latinText(text: string): LatinText {
  let shown = "";
  let isChanged = false;
  for (const character of text.normalize("NFC")) {
    const latin = isShowable(character)
      ? character
      : (replacements.get(character) ?? romanized(character) ?? bare(character));
    isChanged ||= latin !== character && !replacements.has(character);
    shown += latin;
  }
  return { text: shown, isChanged };
}

/** The characters of Windows-1252 beyond Latin-1 that texts really hold. */
const beyondLatin1 = new Set("€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ");

function isShowable(character: string): boolean {
  const code = character.codePointAt(0) ?? 0;
  return (code >= 0x20 && code <= 0x7e) || (code >= 0xa1 && code <= 0xff) || beyondLatin1.has(character);
}

/** The same thing in other characters: nothing a reader has to be told of. */
const replacements: ReadonlyMap<string, string> = new Map([
  ["₩", "KRW "],
  ["\u2212", "-"],
  ["\u00a0", " "],
  ["\u202f", " "],
  ["\t", " "],
  ["\n", " "],
]);

const initials = ["g", "kk", "n", "d", "tt", "r", "m", "b", "pp", "s", "ss", "", "j", "jj", "ch", "k", "t", "p", "h"];
const medials = [
  "a",
  "ae",
  "ya",
  "yae",
  "eo",
  "e",
  "yeo",
  "ye",
  "o",
  "wa",
  "wae",
  "oe",
  "yo",
  "u",
  "wo",
  "we",
  "wi",
  "yu",
  "eu",
  "ui",
  "i",
];
const finals = [
  "",
  "k",
  "k",
  "k",
  "n",
  "n",
  "n",
  "t",
  "l",
  "k",
  "m",
  "l",
  "l",
  "l",
  "p",
  "l",
  "m",
  "p",
  "p",
  "t",
  "t",
  "ng",
  "t",
  "t",
  "k",
  "t",
  "p",
  "t",
];

const hangulFirst = 0xac00;
const hangulLast = 0xd7a3;

/**
 * One syllable after the Revised Romanization, without the sound changes between syllables: enough to know a name by.
 */
function romanized(character: string): string | undefined {
  const code = character.codePointAt(0) ?? 0;
  if (code < hangulFirst || code > hangulLast) return undefined;
  const index = code - hangulFirst;
  const initial = initials[Math.floor(index / (medials.length * finals.length))] ?? "";
  const medial = medials[Math.floor(index / finals.length) % medials.length] ?? "";
  return initial + medial + (finals[index % finals.length] ?? "");
}

function bare(character: string): string {
  const base = character.normalize("NFKD").replaceAll(/\p{M}/gu, "");
  if (base !== "" && Array.from(base).every(isShowable)) return base;
  const code = (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
  return `[U+${code}]`;
}
