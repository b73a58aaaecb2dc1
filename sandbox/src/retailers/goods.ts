import { assert, must } from "#core/assert.ts";
import { readTable, type TableRow } from "./goods/read-table.ts";
import type { StoreSlug } from "./stores.ts";

/** One thing a shopper can order. Prices are in cents; `heldForMuse` is the allocation, null where none is tracked. */
export type Variant = {
  readonly sku: string;
  readonly size: string | null;
  readonly color: string | null;
  readonly priceCents: number;
  readonly listPriceCents: number | null;
  readonly stock: number;
  readonly heldForMuse: number | null;
};

export type Product = {
  readonly id: string;
  readonly slug: StoreSlug;
  readonly title: string;
  readonly description: string;
  readonly brand: string;
  readonly category: string;
  /** Which drawing stands for it. */
  readonly shape: string;
  readonly color: string;
  /** Some things a store shows in its own shop only: partners hear of them by nothing but their pages. */
  readonly isInFeed: boolean;
  readonly variants: readonly Variant[];
};

/** Enough that no benchmark runs out. */
const ampleStock = 100_000;

/** The goods of one store as they are on the first day; what is left and what it costs now is the shelf's to say. */
export function readGoods(slug: StoreSlug): readonly Product[] {
  const products = [
    ...readTable(`${slug}.psv`).map((row) => readProduct(slug, row, true)),
    ...readTable("not-in-feed.psv")
      .filter((row) => row["slug"] === slug)
      .map((row) => readProduct(slug, row, false)),
  ];
  const skus = products.flatMap((product) => product.variants.map((variant) => variant.sku));
  assert(new Set(skus).size === skus.length, `${slug}: every sku is there once`);
  return products;
}

function readProduct(slug: StoreSlug, row: TableRow, isInFeed: boolean): Product {
  const code = cell(row, "sku");
  const colors = cell(row, "colors").split(",");
  return {
    id: code.toLowerCase(),
    slug,
    title: cell(row, "title"),
    description: cell(row, "description"),
    brand: cell(row, "brand"),
    category: cell(row, "category"),
    shape: cell(row, "shape"),
    color: must(colors[0], `${code}: has a colour`),
    isInFeed,
    variants: colors.flatMap((color) => sizesOf(row).map((size) => readVariant(row, colors.length > 1, color, size))),
  };
}

function readVariant(row: TableRow, namesColor: boolean, color: string, size: string | null): Variant {
  const parts = [cell(row, "sku"), ...(namesColor ? [color.slice(0, 3)] : []), ...(size === null ? [] : [size])];
  const sku = parts.join("-").toUpperCase().replaceAll(" ", "");
  return {
    sku,
    size,
    // A book's colour is only its cover's.
    color: cell(row, "shape") === "book" ? null : color,
    priceCents: cents(row, "price"),
    listPriceCents: cell(row, "was") === "-" ? null : cents(row, "was"),
    stock: stockOf(row, sku),
    heldForMuse: cell(row, "held") === "-" ? null : cents(row, "held"),
  };
}

function sizesOf(row: TableRow): readonly (string | null)[] {
  const sizes = cell(row, "sizes");
  return sizes === "-" ? [null] : sizes.split(",");
}

/** Sizes sell unevenly: the table's number is scattered by the sku, and now and then one is down to its last. */
function stockOf(row: TableRow, sku: string): number {
  const stock = cell(row, "stock");
  if (stock === "ample") return ampleStock;
  const base = cents(row, "stock");
  let mixed = 0;
  for (const letter of sku) mixed = (mixed * 31 + letter.charCodeAt(0)) % 9973;
  const held = cell(row, "held") === "-" ? 0 : cents(row, "held");
  return held + (mixed % 11 === 0 ? 1 : Math.max(2, Math.round((base * (40 + (mixed % 120))) / 100)));
}

function cell(row: TableRow, column: string): string {
  return must(row[column], `goods: column ${column}`);
}

function cents(row: TableRow, column: string): number {
  const value = Number(cell(row, column));
  assert(Number.isInteger(value) && value >= 0, `goods: ${column} is a whole number`);
  return value;
}
