import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Language } from "../shopping.ts";

const messages = resolve(import.meta.dirname, "../../../web/messages");

export type Words = { readonly [key: string]: string | Words };

/** All that the shop says under one name of a surface, such as "checkout". */
export function wordsOf(language: Language, surface: string): Words {
  return JSON.parse(readFileSync(resolve(messages, language, `${surface}.json`), "utf8")) as Words;
}

/** What the shop says, by its key: "cart.estimate". */
export function says(language: Language, key: string): string {
  const [surface = "", ...steps] = key.split(".");
  let found: string | Words | undefined = wordsOf(language, surface);
  for (const step of steps) found = typeof found === "object" ? found[step] : undefined;
  if (typeof found !== "string") throw new Error(`there are no words for ${key}`);
  return found;
}
