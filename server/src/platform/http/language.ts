import { askedLanguage } from "@muse/contracts/asked-language";
import type { Language } from "@muse/contracts/error";

/** The language a reader prefers among ours, from `Accept-Language`. English where nothing is said. */
export function languageOf(header: string | undefined): Language {
  return header === undefined ? "en" : (askedLanguage(header) ?? "en");
}
