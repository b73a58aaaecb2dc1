import { askedLanguage } from "@muse/contracts/asked-language";

/** The languages of the shop. The API speaks the same ones. */
export const locales = ["en", "ko"] as const;
export type Locale = (typeof locales)[number];

export const localeCookie = "muse_locale";

/** A year: who chose a language means it. */
export const choiceLastsS = 365 * 24 * 3600;

export function isLocale(text: string | undefined): text is Locale {
  return locales.some((locale) => locale === text);
}

/** What the visitor chose, else the one of ours that their browser asks for most, else English. */
export function localeOf(chosen: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(chosen)) return chosen;
  return askedLanguage(acceptLanguage ?? "") ?? "en";
}
