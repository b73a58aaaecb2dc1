import type { ProductView, Sitemap, SitemapQuery, StoreList, StoreListQuery, StoreView } from "@muse/contracts/catalog";
import { categoryLabel, departmentOf } from "@muse/contracts/category";
import { deliveryName } from "@muse/contracts/delivery-name";
import type { Language } from "@muse/contracts/error";
import type { z } from "zod";
import { must } from "#kernel/assert.ts";
import { formatMinor, toWire, type Currency } from "#kernel/money.ts";
import type { Db } from "#platform/db/query.ts";
import { storePlacement, textsIn } from "#rooms/store";
import {
  productPages,
  productRead,
  storefrontList,
  storePages,
  type ProductReadRow,
  type StorefrontListRow,
} from "./catalog.sql.gen.ts";
import { availabilityOf, originalOf } from "./tile.ts";

/** A product with the variants that are sold at this moment; null when there are none. */
export async function readProduct(db: Db, productId: string, language: Language): Promise<ProductView | null> {
  const rows = await productRead(db, { productId });
  const [first] = rows;
  if (first === undefined) return null;
  const { storeId, storeName, kind, title, description, brand, category, imageUrl, productUrl, currency } = first;
  return {
    productId,
    storeId,
    storeName,
    returnPolicy: textsIn(first.storeTexts, language).returnPolicy ?? first.returnPolicy,
    kind,
    title,
    description,
    brand,
    category,
    categoryLabel: category === null ? null : categoryLabel(category, language),
    department: category === null ? null : departmentOf(category),
    imageUrl,
    images: imagesOf([first, ...rows.slice(1)]),
    productUrl,
    currency,
    editionLimit: first.editionLimit,
    updatedAt: first.updatedAt.toISOString(),
    variants: rows.map((row) => variantOf(row, language)),
  };
}

/** A page of the stores that have something on sale. */
export async function browseStores(
  db: Db,
  { kind, limit, offset }: StoreListQuery,
  language: Language,
): Promise<z.output<typeof StoreList>> {
  const page = { kind: kind ?? null, limit: BigInt(limit), offset: BigInt(offset) };
  const rows = await storefrontList(db, { storeId: null, ...page });
  return {
    stores: rows.flatMap((row) => storeOf(row, language)),
    total: Number(must(rows[0], "an empty page has a row as well").total),
    limit,
    offset,
  };
}

/** One store, whatever it has on sale. */
export async function readStorefront(db: Db, storeId: string, language: Language): Promise<StoreView | null> {
  const rows = await storefrontList(db, { storeId, kind: null, limit: 1n, offset: 0n });
  return rows.flatMap((row) => storeOf(row, language))[0] ?? null;
}

/** Up to `limit` of all pages there are: stores first, as links lead on from them to what they sell. */
export async function readSitemap(db: Db, { limit, cursor }: SitemapQuery): Promise<z.output<typeof Sitemap>> {
  const after = afterOf(cursor);
  const stores = after.storeId === null ? [] : await storePages(db, { afterId: after.storeId, limit: BigInt(limit) });
  const left = limit - stores.length;
  const products = left === 0 ? [] : await productPages(db, { afterId: after.productId, limit: BigInt(left) });
  const last = products.at(-1);
  const next = last === undefined ? `store:${stores.at(-1)?.storeId ?? ""}` : `product:${last.productId}`;
  return {
    stores: stores.map(({ storeId }) => ({ storeId })),
    products: products.map(({ productId, updatedAt }) => ({ productId, updatedAt: updatedAt.toISOString() })),
    nextCursor: products.length < left ? null : next,
  };
}

/** Where a walk goes on: after a store, or past all of them (null) and after a product. Ids hold no colon. */
function afterOf(cursor: string | undefined): { readonly storeId: string | null; readonly productId: string } {
  if (cursor === undefined) return { storeId: "", productId: "" };
  const [kind, id = ""] = cursor.split(":");
  return kind === "store" ? { storeId: id, productId: "" } : { storeId: null, productId: id };
}

/** Each picture once: the product's own, then one for each colour. */
function imagesOf(rows: readonly [ProductReadRow, ...ProductReadRow[]]): ProductView["images"] {
  const { imageUrl, moreImageUrls } = rows[0];
  const own = imageUrl === null ? moreImageUrls : [imageUrl, ...moreImageUrls];
  const images = new Map<string, string | null>(own.map((url) => [url, null]));
  for (const { variantImageUrl, color } of rows)
    if (variantImageUrl !== null && !images.has(variantImageUrl)) images.set(variantImageUrl, color);
  return [...images].map(([url, color]) => ({ url, color }));
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
    imageUrl: row.variantImageUrl ?? row.imageUrl,
    availability: availabilityOf(row.isInStock, row.leftInStock),
    availableQuantity: row.isInStock ? row.leftInStock : 0,
  };
}

/** As `storefrontList` writes it. */
type DeliveryRecord = {
  readonly optionId: string;
  readonly name: string;
  readonly amountMinor: number;
  readonly perItemMinor: number;
  readonly freeAboveMinor: number | null;
  readonly daysMin: number;
  readonly daysMax: number;
};

/** None for the one row of an empty page. */
function storeOf({ storeId, ...row }: StorefrontListRow, language: Language): StoreView[] {
  return storeId === null ? [] : [presentStore({ ...row, storeId }, language)];
}

type StoreRow = Omit<StorefrontListRow, "storeId"> & { readonly storeId: string };

function presentStore(
  { productCount, texts, byHandHoursMax, total: _total, ...row }: StoreRow,
  language: Language,
): StoreView {
  const { description = row.description, returnPolicy = row.returnPolicy } = textsIn(texts, language);
  const shown = (minor: number): string => formatMinor(BigInt(minor), row.currency as Currency, language);
  return {
    ...row,
    description,
    returnPolicy,
    productCount: Number(productCount),
    categories: row.categories.map((category) => ({
      category,
      label: categoryLabel(category, language),
      department: departmentOf(category),
    })),
    placement: storePlacement(byHandHoursMax),
    delivery: (row.delivery as readonly DeliveryRecord[]).map((option) => ({
      optionId: option.optionId,
      name: deliveryName(option.name, language),
      amountCents: option.amountMinor,
      amountDisplay: shown(option.amountMinor),
      perItemCents: option.perItemMinor,
      perItemDisplay: shown(option.perItemMinor),
      freeAboveCents: option.freeAboveMinor,
      freeAboveDisplay: option.freeAboveMinor === null ? null : shown(option.freeAboveMinor),
      daysMin: option.daysMin,
      daysMax: option.daysMax,
    })),
  };
}
