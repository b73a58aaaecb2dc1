import type { Language } from "@muse/contracts/error";

/** What is told of a store in a language that is not its own. */
export type StoreTexts = {
  readonly ko?: { readonly description?: string; readonly returnPolicy?: string } | undefined;
};

/** What is told of a store in a reader's language, where it differs from the store's own words. */
export function textsIn(texts: unknown, language: Language): { description?: string; returnPolicy?: string } {
  // Written by `putStore` alone.
  return language === "ko" ? ((texts as StoreTexts).ko ?? {}) : {};
}
