import { categoriesNamed } from "@muse/contracts/category";

/** More than anybody types; each word costs a look at every product that the longest one found. */
const wordsMax = 6;

/** Letters of a word that are looked at. */
const lengthMax = 40;

/**
 * The words of a search as typed: lower case, letters and digits only, so that nothing in them means anything to LIKE.
 * Single letters are left out where there is anything longer.
 */
export function searchWords(query: string): string[] {
  const words = query
    .normalize("NFC")
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== "")
    .map((word) => word.slice(0, lengthMax));
  const long = words.filter((word) => word.length > 1);
  return [...new Set(long.length > 0 ? long : words)].slice(0, wordsMax);
}

/** A search's words, those taken out that name categories in Korean: what stores write of their goods is English. */
export function meantBy(words: readonly string[]): {
  readonly words: readonly string[];
  /** Null: no word named any. */
  readonly categories: readonly string[] | null;
} {
  const named = words.map((word) => ({ word, categories: hangul.test(word) ? categoriesNamed(word) : [] }));
  const known = named.filter(({ categories }) => categories.length > 0);
  return {
    words: named.filter(({ categories }) => categories.length === 0).map(({ word }) => word),
    categories: known.length === 0 ? null : [...new Set(known.flatMap(({ categories }) => categories))],
  };
}

const hangul = /\p{Script=Hangul}/u;
