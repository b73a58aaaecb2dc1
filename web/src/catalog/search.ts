import { departments, type Department } from "@muse/contracts/category";

export const sorts = ["relevance", "price_asc", "price_desc", "newest", "discount"] as const;
export type Sort = (typeof sorts)[number];

/** What is looked for, as an address says it. */
export type Search = {
  readonly words: string;
  readonly stores: readonly string[];
  readonly categories: readonly string[];
  readonly department: Department | null;
  readonly isOnSale: boolean;
  /** In dollars, as a person types them. */
  readonly min: number | null;
  readonly max: number | null;
  readonly sort: Sort;
  /** From 1. */
  readonly page: number;
};

export type SearchParams = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A page fills rows of two and of three. */
export const pageSize = 24;

/** Pages beyond are the API's to refuse, and nobody's to read. */
const pageMax = 1_000;
const listMax = 50;

/** A limit is an amount of money; of the currencies the shop sells in, this is the one whose amounts people compare. */
export const filteredCurrency = "USD";
const priceMax = 1_000_000;

export const nothingAsked: Search = {
  words: "",
  stores: [],
  categories: [],
  department: null,
  isOnSale: false,
  min: null,
  max: null,
  sort: "relevance",
  page: 1,
};

/** Reads an address; whatever it says that cannot be meant is passed over, so that no address is an error. */
export function readSearch(params: SearchParams): Search {
  const one = (name: string): string => [params[name]].flat()[0]?.trim() ?? "";
  const many = (name: string, isRight: (value: string) => boolean): string[] =>
    [...new Set([params[name] ?? []].flat().filter(isRight))].slice(0, listMax);
  const department = one("department");
  return {
    words: one("q").slice(0, 200),
    stores: many("store", (id) => /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(id)),
    categories: many("category", (name) => name !== "" && name.length <= 100),
    department: isDepartment(department) ? department : null,
    isOnSale: one("sale") === "true",
    ...priceRange(readPrice(one("min")), readPrice(one("max"))),
    sort: sorts.find((sort) => sort === one("sort")) ?? "relevance",
    page: readPage(one("page")),
  };
}

/** The address of a search under a page's own; a store's page has its store in the path, and names none. */
export function searchHref(path: string, search: Search): string {
  const query = new URLSearchParams(searchFields(search).map(([name, value]) => [name, value])).toString();
  return query === "" ? path : `${path}?${query}`;
}

/** What the address says, field by field: what a form must carry along, too. */
export function searchFields(search: Search): readonly (readonly [name: string, value: string])[] {
  const { words, stores, categories, department, isOnSale, min, max, sort, page } = search;
  return [
    ...(words === "" ? [] : [["q", words] as const]),
    ...stores.map((store) => ["store", store] as const),
    ...(department === null ? [] : [["department", department] as const]),
    ...categories.map((category) => ["category", category] as const),
    ...(isOnSale ? [["sale", "true"] as const] : []),
    ...(min === null ? [] : [["min", String(min)] as const]),
    ...(max === null ? [] : [["max", String(max)] as const]),
    ...(sort === "relevance" ? [] : [["sort", sort] as const]),
    ...(page === 1 ? [] : [["page", String(page)] as const]),
  ];
}

/** Another search from the first page on. */
export function changed(search: Search, change: Partial<Search>): Search {
  return { ...search, page: 1, ...change };
}

/** With it where it was missing, without it where it was there. */
export function toggled(list: readonly string[], item: string): readonly string[] {
  return list.includes(item) ? list.filter((each) => each !== item) : [...list, item];
}

/** What the API is asked. Its prices are in cents. */
export function searchQuery(search: Search) {
  const { words, stores, categories, department, isOnSale, min, max, sort, page } = search;
  return {
    ...(words === "" ? {} : { query: words }),
    ...(stores.length === 0 ? {} : { store: [...stores] }),
    ...(categories.length === 0 ? {} : { category: [...categories] }),
    ...(department === null ? {} : { department }),
    ...(isOnSale ? { onSale: "true" as const } : {}),
    ...(min === null ? {} : { minPriceCents: Math.round(min * 100) }),
    ...(max === null ? {} : { maxPriceCents: Math.round(max * 100) }),
    sort,
    facets: "true" as const,
    limit: pageSize,
    offset: (page - 1) * pageSize,
  };
}

function isDepartment(text: string): text is Department {
  return Object.hasOwn(departments, text);
}

/** An amount as people write it, "$1,200" too; null for what is none. */
function readPrice(text: string): number | null {
  const bare = text.replaceAll(/[$,\s]/g, "");
  const price = /^\d{1,7}(\.\d{1,2})?$/.test(bare) ? Number(bare) : Number.NaN;
  return price <= priceMax ? price : null;
}

/** Whoever writes them the wrong way round means them the right way round. */
function priceRange(min: number | null, max: number | null): Pick<Search, "min" | "max"> {
  return min !== null && max !== null && min > max ? { min: max, max: min } : { min, max };
}

function readPage(text: string): number {
  const page = /^\d{1,5}$/.test(text) ? Number(text) : 1;
  return Math.min(Math.max(page, 1), pageMax);
}
