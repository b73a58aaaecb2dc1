import type { Address } from "../port.ts";

/** What a visit types or reads that belongs to somebody: blanked out of every picture, line and trace it leaves. */
export type PrivateWords = {
  readonly words: readonly string[];
  /** The text without them, in any of the forms in which a page, a form or JSON writes them. */
  blank(text: string): string;
};

/** Shorter ones ("Apt", "CA") say nothing of anybody, and would blank half a page. */
const lengthMin = 4;
const blanked = "•••";

export function privateWords(all: readonly (string | null)[]): PrivateWords {
  const words = [...new Set(all.filter((word) => word !== null && word.trim().length >= lengthMin))] as string[];
  const forms = [...new Set(words.flatMap(formsOf))].sort((left, right) => right.length - left.length);
  const pattern = forms.length === 0 ? undefined : new RegExp(forms.map(literally).join("|"), "gi");
  return { words, blank: (text) => (pattern === undefined ? text : text.replaceAll(pattern, blanked)) };
}

/** The words of an address and of a mailbox. Not the state: millions live there. */
export function wordsOf(shipTo: Address, contactEmail: string): readonly (string | null)[] {
  const { name, address1, address2, city, zip, phone } = shipTo;
  const digits = phone?.replaceAll(/\D/g, "") ?? null;
  return [name, ...name.split(" "), address1, address2, city, zip, phone, digits, contactEmail];
}

function literally(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

function formsOf(word: string): readonly string[] {
  const url = encodeURIComponent(word);
  const html = word.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
  return [word, url, url.replaceAll("%20", "+"), JSON.stringify(word).slice(1, -1), html];
}
