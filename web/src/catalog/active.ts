import type { ProductFacets } from "@muse/contracts/catalog";
import { categoryLabel, departments } from "@muse/contracts/category";
import type { Language } from "@muse/contracts/error";
import { changed, toggled, type Search } from "./search.ts";

/** A filter that is on, and the search without it. */
export type ActiveFilter = {
  readonly key: string;
  readonly kind: "words" | "store" | "department" | "category" | "sale" | "price";
  /** As a reader is shown it; empty where the kind says it all. */
  readonly label: string;
  readonly without: Search;
};

/** All that is on, in the order in which it is offered. A store that nothing is left of is called by its id. */
export function activeFilters(
  search: Search,
  facets: ProductFacets | null,
  language: Language,
): readonly ActiveFilter[] {
  const storeName = (id: string): string => facets?.stores.find(({ storeId }) => storeId === id)?.storeName ?? id;
  const { words, stores, categories, department, isOnSale, min, max } = search;
  const isPriced = min !== null || max !== null;
  return [
    ...some(words !== "", { key: "words", kind: "words", label: words, without: changed(search, { words: "" }) }),
    ...stores.map((id) => ({
      key: `store ${id}`,
      kind: "store" as const,
      label: storeName(id),
      without: changed(search, { stores: toggled(stores, id) }),
    })),
    ...some(department !== null, {
      key: "department",
      kind: "department",
      label: department === null ? "" : departments[department][language],
      without: changed(search, { department: null, categories: [] }),
    }),
    ...categories.map((name) => ({
      key: `category ${name}`,
      kind: "category" as const,
      label: categoryLabel(name, language),
      without: changed(search, { categories: toggled(categories, name) }),
    })),
    ...some(isOnSale, { key: "sale", kind: "sale", label: "", without: changed(search, { isOnSale: false }) }),
    ...some(isPriced, { key: "price", kind: "price", label: "", without: changed(search, { min: null, max: null }) }),
  ];
}

function some(isOn: boolean, filter: ActiveFilter): readonly ActiveFilter[] {
  return isOn ? [filter] : [];
}
