import type {
  Availability,
  ProductList,
  ProductListQuery,
  ProductTile,
  ProductView,
  StoreView,
} from "@muse/contracts/catalog";
import type { Language } from "@muse/contracts/error";
import type { z } from "zod";
import { formatMinor, toWire, type Currency } from "#kernel/money.ts";
import type { Db } from "#platform/db/query.ts";
import {
  productRead,
  productSearch,
  storefrontList,
  type ProductReadRow,
  type ProductSearchRow,
  type StorefrontListRow,
} from "./catalog.sql.gen.ts";
import { searchWords } from "./search-words.ts";

/** From here down a shopper is told that little is left. */
const lowStockMax = 5;

/** A page of products that are sold at this moment. */
export async function searchProducts(
  db: Db,
  query: ProductListQuery,
  language: Language,
): Promise<z.output<typeof ProductList>> {
  const args = {
    words: searchWords(query.query ?? ""),
    storeId: query.store ?? null,
    category: query.category ?? null,
    onSale: query.onSale ?? null,
    priceMinMinor: query.minPriceCents === undefined ? null : BigInt(query.minPriceCents),
    priceMaxMinor: query.maxPriceCents === undefined ? null : BigInt(query.maxPriceCents),
    sort: query.sort,
    limit: BigInt(query.limit),
    offset: BigInt(query.offset),
  };
  const rows = await productSearch(db, args);
  // A page beyond the last one has no row to say how many there are.
  const isBeyond = rows.length === 0 && query.offset > 0;
  const [first] = isBeyond ? await productSearch(db, { ...args, limit: 1n, offset: 0n }) : rows;
  return {
    products: rows.map((row) => tileOf(row, language)),
    total: Number(first?.total ?? 0n),
    limit: query.limit,
    offset: query.offset,
  };
}

/** A product with the variants that are sold at this moment; null when there are none. */
export async function readProduct(db: Db, productId: string, language: Language): Promise<ProductView | null> {
  const rows = await productRead(db, { productId });
  const [first] = rows;
  if (first === undefined) return null;
  const {
    storeId,
    storeName,
    returnPolicy,
    kind,
    title,
    description,
    brand,
    category,
    imageUrl,
    productUrl,
    currency,
  } = first;
  return {
    productId,
    storeId,
    storeName,
    returnPolicy,
    kind,
    title,
    description,
    brand,
    category,
    imageUrl,
    productUrl,
    currency,
    variants: rows.map((row) => variantOf(row, language)),
  };
}

export async function browseStores(db: Db): Promise<StoreView[]> {
  return (await storefrontList(db, { storeId: null })).map(storeOf);
}

export async function readStorefront(db: Db, storeId: string): Promise<StoreView | null> {
  const [row] = await storefrontList(db, { storeId });
  return row === undefined ? null : storeOf(row);
}

function tileOf(row: ProductSearchRow, language: Language): ProductTile {
  const { total: _total, priceMinor, priceMaxMinor, listPriceMinor, leftInStock, isInStock, ...shown } = row;
  const currency = row.currency as Currency;
  const original = originalOf(listPriceMinor, priceMinor);
  return {
    ...shown,
    priceCents: toWire(priceMinor),
    priceDisplay: formatMinor(priceMinor, currency, language),
    priceMaxCents: toWire(priceMaxMinor),
    originalPriceCents: original === null ? null : toWire(original),
    originalPriceDisplay: original === null ? null : formatMinor(original, currency, language),
    onSale: original !== null,
    availability: availabilityOf(isInStock, leftInStock),
  };
}

function variantOf(row: ProductReadRow, language: Language): ProductView["variants"][number] {
  const currency = row.currency as Currency;
  const original = originalOf(row.listPriceMinor, row.priceMinor);
  return {
    variantId: row.variantId,
    size: row.size,
    color: row.color,
    priceCents: toWire(row.priceMinor),
    priceDisplay: formatMinor(row.priceMinor, currency, language),
    originalPriceCents: original === null ? null : toWire(original),
    originalPriceDisplay: original === null ? null : formatMinor(original, currency, language),
    availability: availabilityOf(row.isInStock, row.leftInStock),
    availableQuantity: row.isInStock ? row.leftInStock : 0,
  };
}

function storeOf({ productCount, ...row }: StorefrontListRow): StoreView {
  return { ...row, productCount: Number(productCount), delivery: row.delivery as StoreView["delivery"] };
}

function originalOf(listPriceMinor: bigint | null, priceMinor: bigint): bigint | null {
  return listPriceMinor !== null && listPriceMinor > priceMinor ? listPriceMinor : null;
}

function availabilityOf(isInStock: boolean, left: number | null): Availability {
  if (!isInStock || left === 0) return "out_of_stock";
  return left !== null && left <= lowStockMax ? "low_stock" : "in_stock";
}
