import type { ProductFacets, ProductList, ProductListQuery, ProductTile } from "@muse/contracts/catalog";
import { categoriesOf, categoryLabel, departmentIds, departmentOf, departments } from "@muse/contracts/category";
import type { Language } from "@muse/contracts/error";
import type { z } from "zod";
import { formatMinor, type Currency } from "#kernel/money.ts";
import type { Db } from "#platform/db/query.ts";
import { productRelated, productSearch, wordsCorrect, type ProductSearchRow } from "./catalog.sql.gen.ts";
import { meantBy, searchWords } from "./search-words.ts";
import { tileOf } from "./tile.ts";

/** What `catalog.product_search_1` gives to products that hold each word as it was typed, in the title or beside it. */
const rankAsTyped = 0.8;

/**
 * A page of products that are sold at this moment. Words that nothing is sold under as they were typed are looked for
 * once more as they were probably meant, where that finds no less (docs/decisions/0046-shelves.md); it costs two
 * statements more, and only then.
 */
export async function searchProducts(
  db: Db,
  query: ProductListQuery,
  language: Language,
): Promise<z.output<typeof ProductList>> {
  const words = searchWords(query.query ?? "");
  const found = await search(db, query, { words, language });
  const isAsTyped = words.length === 0 || (found.total > 0 && (found.rank ?? 1) >= rankAsTyped);
  const corrected = isAsTyped ? null : await correctedWords(db, words);
  if (corrected === null) return presentList(found, query, null, language);

  const second = await search(db, query, { words: corrected, language });
  return second.total > 0 && second.total >= found.total
    ? presentList(second, query, corrected.join(" "), language)
    : presentList(found, query, null, language);
}

/** What else to look at beside a product; nothing for a product that there is not. */
export async function relatedProducts(
  db: Db,
  productId: string,
  limit: number,
  language: Language,
): Promise<ProductTile[]> {
  return (await productRelated(db, { productId, limit: BigInt(limit) })).map((row) => tileOf(row, language));
}

type Found = {
  readonly rows: readonly ProductSearchRow[];
  readonly total: number;
  /** How well the best of them fits the words; null without words. */
  readonly rank: number | null;
  readonly facets: unknown;
};

/** Stores, and categories of no department, beside a search: more is no choice any more, and anybody may sell. */
const facetLimit = 50;

const knownCategories = departmentIds.flatMap(categoriesOf);

/** The currency whose prices come first where prices make the order. */
const firstCurrencies = { en: "USD", ko: "KRW" } as const satisfies Record<Language, Currency>;

async function search(
  db: Db,
  query: ProductListQuery,
  { words, language }: { readonly words: readonly string[]; readonly language: Language },
): Promise<Found> {
  const meant = meantBy(words);
  const ofDepartment = query.department === undefined ? null : categoriesOf(query.department);
  const rows = await productSearch(db, {
    words: meant.words,
    meantCategories: meant.categories,
    storeIds: query.store ?? null,
    categories: query.category ?? ofDepartment,
    onSale: query.onSale ?? null,
    priceMinMinor: minorOf(query.minPriceCents),
    priceMaxMinor: minorOf(query.maxPriceCents),
    sort: query.sort,
    firstCurrency: firstCurrencies[language],
    hasFacets: query.facets,
    facetLimit,
    knownCategories,
    limit: BigInt(query.limit),
    offset: BigInt(query.offset),
  });
  const [first] = rows;
  return { rows, total: Number(first?.total ?? 0n), rank: first?.bestRank ?? null, facets: first?.facets ?? null };
}

function minorOf(cents: number | undefined): bigint | null {
  return cents === undefined ? null : BigInt(cents);
}

/** Words that begin as a misspelt one does, and words that end so: of each length so many are compared with it. */
const comparedMax = 1_000n;

/** The words as they were probably meant; null when none of them can be read another way. */
async function correctedWords(db: Db, words: readonly string[]): Promise<string[] | null> {
  const rows = await wordsCorrect(db, { words, comparedMax });
  const corrected = rows.map(({ typed, meant }) => meant ?? typed);
  return corrected.every((word, index) => word === words[index]) ? null : corrected;
}

function presentList(
  { rows, total, facets }: Found,
  { limit, offset }: ProductListQuery,
  correctedQuery: string | null,
  language: Language,
): z.output<typeof ProductList> {
  return {
    // The one row of an empty page has no product.
    products: rows.flatMap(({ total: _total, bestRank: _rank, facets: _facets, productId, ...row }) =>
      productId === null ? [] : [tileOf({ ...row, productId }, language)],
    ),
    total,
    limit,
    offset,
    correctedQuery,
    facets: facets === null ? null : presentFacets(facets as FacetsRecord, language),
  };
}

/** As `productSearch` writes it. */
type FacetsRecord = {
  readonly stores: ProductFacets["stores"];
  readonly categories: readonly { readonly category: string; readonly count: number }[];
  readonly onSaleCount: number;
  readonly prices: readonly { readonly currency: Currency; readonly minMinor: number; readonly maxMinor: number }[];
};

function presentFacets(facets: FacetsRecord, language: Language): ProductFacets {
  const categories = facets.categories.map(({ category, count }) => ({
    category,
    label: categoryLabel(category, language),
    department: departmentOf(category),
    count,
  }));
  return {
    stores: facets.stores,
    departments: departmentIds.flatMap((department) => {
      const count = categories.reduce((sum, own) => sum + (own.department === department ? own.count : 0), 0);
      return count === 0 ? [] : [{ department, label: departments[department][language], count }];
    }),
    categories,
    onSaleCount: facets.onSaleCount,
    prices: facets.prices.map(({ currency, minMinor, maxMinor }) => ({
      currency,
      minCents: minMinor,
      minDisplay: formatMinor(BigInt(minMinor), currency, language),
      maxCents: maxMinor,
      maxDisplay: formatMinor(BigInt(maxMinor), currency, language),
    })),
  };
}
