import { categoryLabel, departments } from "@muse/contracts/category";
import type { ProductFacets } from "@muse/contracts/catalog";
import { getLocale, getTranslations } from "next-intl/server";
import { nothingAsked, searchHref, type Search } from "./search.ts";

/** What a list of products is called: the words, else the one thing that narrows it down, else everything. */
export async function browseTitle(search: Search, facets: ProductFacets | null): Promise<string> {
  const t = await getTranslations("catalog.browse");
  const locale = await getLocale();
  const { words, stores, categories, department, isOnSale } = search;
  if (words !== "") return t("titleWords", { words });
  const [category] = categories;
  if (category !== undefined && categories.length === 1) return categoryLabel(category, locale);
  if (department !== null) return departments[department][locale];
  const [store] = stores;
  const storeName =
    stores.length === 1 ? facets?.stores.find(({ storeId }) => storeId === store)?.storeName : undefined;
  return storeName ?? (isOnSale ? t("titleSale") : t("title"));
}

/**
 * The address under which a search engine knows a list, or null where it should know none: there are endlessly many
 * ways to put words and limits together, and each leads to the same products.
 */
export function canonicalHref(path: string, search: Search): string | null {
  const { stores, categories, department, isOnSale, page } = search;
  const isNarrow = search.words !== "" || search.min !== null || search.max !== null;
  const isOne = stores.length + Math.max(categories.length, department === null ? 0 : 1) + (isOnSale ? 1 : 0) <= 1;
  if (isNarrow || !isOne) return null;
  return searchHref(path, { ...nothingAsked, stores, categories, department, isOnSale, page });
}
