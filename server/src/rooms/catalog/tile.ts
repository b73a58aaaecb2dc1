import type { Availability, ProductTile } from "@muse/contracts/catalog";
import { categoryLabel } from "@muse/contracts/category";
import type { Language } from "@muse/contracts/error";
import { formatMinor, toWire, type Currency } from "#kernel/money.ts";
import type { ProductRelatedRow } from "./catalog.sql.gen.ts";

/** From here down a shopper is told that little is left. */
const lowStockMax = 5;

/** A product as a tile shows it, whichever list it is on. */
export function tileOf(row: ProductRelatedRow, language: Language): ProductTile {
  const { priceMinor, priceMaxMinor, listPriceMinor, leftInStock, isInStock, ...shown } = row;
  const currency = row.currency as Currency;
  const original = originalOf(listPriceMinor, priceMinor);
  return {
    ...shown,
    categoryLabel: row.category === null ? null : categoryLabel(row.category, language),
    priceCents: toWire(priceMinor),
    priceDisplay: formatMinor(priceMinor, currency, language),
    priceMaxCents: toWire(priceMaxMinor),
    originalPriceCents: original === null ? null : toWire(original),
    originalPriceDisplay: original === null ? null : formatMinor(original, currency, language),
    onSale: original !== null,
    availability: availabilityOf(isInStock, leftInStock),
  };
}

/** What it cost before; null for what is not reduced. */
export function originalOf(listPriceMinor: bigint | null, priceMinor: bigint): bigint | null {
  return listPriceMinor !== null && listPriceMinor > priceMinor ? listPriceMinor : null;
}

export function availabilityOf(isInStock: boolean, left: number | null): Availability {
  if (!isInStock || left === 0) return "out_of_stock";
  return left !== null && left <= lowStockMax ? "low_stock" : "in_stock";
}
