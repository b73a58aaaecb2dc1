import { readdirSync } from "node:fs";
import { resolve } from "node:path";
import { errors } from "@muse/contracts/error";
import { wordsOf, type Words } from "./says.ts";

const messages = resolve(import.meta.dirname, "../../../web/messages/en");

/** The surfaces that have words: "cart", "checkout" … */
export const surfaces: readonly string[] = readdirSync(messages)
  .filter((file) => file.endsWith(".json"))
  .map((file) => file.replace(/\.json$/, ""));

/** A key in place of its words, such as "checkout.done.title". */
export const untranslated = new RegExp(`^(${surfaces.join("|")})(\\.\\w+)+$`);

/** Shorter words may be names, sizes, or the same in both languages. */
const lettersMin = 4;

/** "{title} from {store}" could be anything. */
const lettersBetweenPlacesMin = 9;

/**
 * What matches any English sentence of the shop's own or the API's that reads otherwise in Korean, whatever stands in
 * its places. What stores say of themselves and their goods is not among them: it is theirs.
 */
export function ownEnglish(): (text: string) => boolean {
  const sentences = [...surfaces.flatMap(ofSurface), ...ofApi()];
  const plain = new Set(sentences.filter((sentence) => !sentence.includes("{")));
  const patterns = sentences.filter((sentence) => sentence.includes("{")).map(patternOf);
  return (text) => plain.has(text) || patterns.some((pattern) => pattern.test(text));
}

function ofSurface(surface: string): string[] {
  const korean = new Map(entries(wordsOf("ko", surface)));
  return entries(wordsOf("en", surface))
    .filter(([key, sentence]) => korean.get(key) !== sentence)
    .flatMap(([, sentence]) => sentence.split(/<\/?\w+>/))
    .map((part) => part.trim())
    .filter(isTelling);
}

function ofApi(): string[] {
  return Object.values(errors)
    .map(({ message }) => message.en)
    .filter(isTelling);
}

function isTelling(sentence: string): boolean {
  const own = sentence.replaceAll(/\{(?:[^{}]|\{[^{}]*\})*\}/g, "").replaceAll(/[^A-Za-z]/g, "");
  return own.length >= (sentence.includes("{") ? lettersBetweenPlacesMin : lettersMin);
}

function entries(words: Words, above = ""): [string, string][] {
  return Object.entries(words).flatMap(([name, value]): [string, string][] =>
    typeof value === "string" ? [[above + name, value]] : entries(value, `${above}${name}.`),
  );
}

/** "{count, plural, one {# item} other {# items}} left" becomes /^(?:\d+ item|\d+ items) left$/. */
function patternOf(sentence: string): RegExp {
  const parts = sentence.split(/(\{(?:[^{}]|\{[^{}]*\})*\})/);
  return new RegExp(`^${parts.map((part) => (part.startsWith("{") ? placeOf(part) : escaped(part))).join("")}$`);
}

function placeOf(place: string): string {
  const choices = /^\{\w+, \w+,(.*)\}$/s.exec(place)?.[1];
  if (choices === undefined) return ".+";
  const words = [...choices.matchAll(/\{([^{}]*)\}/g)].map(([, text = ""]) => escaped(text).replaceAll("#", "[\\d,]+"));
  return `(?:${words.join("|")})`;
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
