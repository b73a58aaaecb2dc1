/** The languages of the shop. The API speaks the same ones. */
export const locales = ["en", "ko"] as const;
export type Locale = (typeof locales)[number];

export const localeCookie = "muse_locale";

/** A year: who chose a language means it. */
export const choiceLastsS = 365 * 24 * 3600;

export function isLocale(text: string | undefined): text is Locale {
  return locales.some((locale) => locale === text);
}

/** What the visitor chose, else the first of ours that their browser asks for, else English. */
export function localeOf(chosen: string | undefined, acceptLanguage: string | null): Locale {
  if (isLocale(chosen)) return chosen;
  const asked = (acceptLanguage ?? "").slice(0, headerLengthMax).split(",").map(choice);
  const known = asked.filter(({ tag }) => isLocale(tag)).sort((a, b) => b.weight - a.weight);
  const first = known[0]?.tag;
  return isLocale(first) ? first : "en";
}

/** Browsers send less than a hundred characters. */
const headerLengthMax = 300;

function choice(part: string): { tag: string; weight: number } {
  const [range = "", ...parameters] = part.split(";");
  const weight = parameters.map((text) => /^\s*q=([\d.]+)\s*$/.exec(text)?.[1]).find((text) => text !== undefined);
  return { tag: range.trim().toLowerCase().split("-")[0] ?? "", weight: weight === undefined ? 1 : Number(weight) };
}
