import type { Sandbox } from "../sandbox.ts";
import type { Query } from "./query.ts";

export type Variant = {
  readonly storeId: string;
  readonly sku: string;
  readonly productId: string;
  readonly variantId: string;
  /** One of the few that are soon sold out here. */
  readonly isScarce: boolean;
  /** No program can order from this shop. */
  readonly isByHand: boolean;
};

/** The world a visit takes place in. */
export type Shop = {
  readonly variants: readonly Variant[];
  readonly sandbox: Sandbox;
  readonly query: Query;
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

/** Tracked here, with so few of it that some shoppers must be told that it is gone. */
export const scarceSku = "HM-SCARF";

const byHandStores = ["lumen-home", "kite-co", "pinecrest"];

export async function readVariants(query: Query): Promise<Variant[]> {
  const rows = await query<{ storeId: string; sku: string; productId: string; variantId: string }>(
    `select p.store_id as "storeId", v.sku, v.product_id as "productId", v.variant_id as "variantId"
     from catalog.variant v join catalog.product p using (product_id)
     where v.sku = any ($1) or (v.sku like 'FW-%' or v.sku like 'HO-%') order by v.sku`,
    [ample],
  );
  return rows.map((row) => ({
    ...row,
    isScarce: row.sku === scarceSku,
    isByHand: byHandStores.includes(row.storeId),
  }));
}
