import type { FileGood } from "../files.ts";
import type { Sandbox } from "../sandbox.ts";
import type { Query } from "./query.ts";

export type Variant = {
  readonly storeId: string;
  readonly sku: string;
  readonly productId: string;
  readonly variantId: string;
  /** One of the few that are soon sold out here. */
  readonly isScarce: boolean;
  /** In a shop that has no API: browsers order there where there are any, else people. */
  readonly isAtWebShop: boolean;
};

/** The world a visit takes place in. */
export type Shop = {
  readonly variants: readonly Variant[];
  readonly files: readonly FileGood[];
  /** The product of which there are fewer copies than are wanted. */
  readonly editionId: string;
  /** Where each API process answers: a file comes from any of them. */
  readonly apis: readonly string[];
  readonly sandbox: Sandbox;
  readonly query: Query;
  /** The part of all visits that want something of a web shop. */
  readonly webShare: number;
  /** How long a shopper who waits for an end waits for it. */
  readonly patienceMs: number;
};

/** Stores have as much of these as anybody wants; of everything else they run out in their own time. */
const ample = [
  "HM-COAT-S",
  "HM-COAT-M",
  "HM-COAT-L",
  "HM-SCARF",
  "HO-TOTE",
  "HO-BELT-M",
  "FW-SPORK",
  "FW-BOTTLE-FOR",
  "LH-DESK-WHI",
  "KC-POCKET-TEA",
  "PB-TIDE",
];

/** Where browsers order, there is more to choose from: two who want the same cannot be told apart by it. */
const ampleForBrowsers = ["LH-DESK-SAG", "LH-DESK-BLA", "KC-POCKET-ORA", "KC-CRAYON-AMB", "PB-TIDE"];

/** Tracked here, with so few of it that some shoppers must be told that it is gone. */
export const scarceSku = "HM-SCARF";

/** A file that is sold in an edition here, as small. */
export const editionTitle = "Palettes of Four Seasons";

/** The stores that have no API. */
export const webShops = ["lumen-home", "kite-co", "pinecrest"] as const;

export async function readVariants(query: Query, hasBrowsers: boolean): Promise<Variant[]> {
  const rows = await query<{ storeId: string; sku: string; productId: string; variantId: string }>(
    `select p.store_id as "storeId", v.sku, v.product_id as "productId", v.variant_id as "variantId"
     from catalog.variant v join catalog.product p using (product_id)
     where v.sku = any ($1) or (v.sku like 'FW-%' or v.sku like 'HO-%') order by v.sku`,
    [hasBrowsers ? [...ample, ...ampleForBrowsers] : ample],
  );
  return rows.map((row) => ({
    ...row,
    isScarce: row.sku === scarceSku,
    isAtWebShop: webShops.some((storeId) => storeId === row.storeId),
  }));
}
