import { must } from "#kernel/assert.ts";
import type { Tx } from "#platform/db/tx.ts";
import { importLock, wordsImport } from "./catalog.sql.gen.ts";
import { Feed } from "./feed.ts";
import { writeGoods } from "./write-goods.ts";

/** What the store holds for us of a variant. Whoever tracks stock takes it from here (`#rooms/inventory`). */
export type Allocation = { readonly variantId: string; readonly quantity: number };

export type ImportFeedResult =
  | {
      readonly kind: "imported";
      readonly productCount: number;
      readonly variantCount: number;
      readonly newCount: number;
      readonly changedCount: number;
      readonly goneCount: number;
      readonly allocations: readonly Allocation[];
    }
  | { readonly kind: "store_not_found" }
  /** The path of the first thing that is wrong: `products[3].variants[0].priceCents`. */
  | { readonly kind: "feed_invalid"; readonly field: string; readonly issueCount: number };

/**
 * Brings a store's part of the catalogue up to its feed: all of it or nothing. Products that are gone are no longer
 * sold but stay, as orders name them. Running it again with the same feed writes nothing.
 */
export async function importFeed(open: Tx, storeId: string, feed: unknown): Promise<ImportFeedResult> {
  const parsed = Feed.safeParse(feed);
  if (!parsed.success)
    return { kind: "feed_invalid", field: pathOf(parsed.error), issueCount: parsed.error.issues.length };
  const store = await importLock(open, { storeId });
  if (store === null) return { kind: "store_not_found" };

  const { products } = parsed.data;
  const kind = store.kind === "seller" ? "digital" : "physical";
  const { put, rows, variantIdOf } = await writeGoods(open, { storeId, kind, products, isPage: false });
  await wordsImport(open, { storeId });
  const allocations = rows.flatMap(({ product_id: productId, sku, allocation }) =>
    allocation === null
      ? []
      : [
          {
            variantId: variantIdOf(productId, sku),
            quantity: allocation,
          },
        ],
  );
  return {
    kind: "imported",
    productCount: products.length,
    variantCount: rows.length,
    newCount: put.filter(({ isNew }) => isNew).length,
    changedCount: put.filter(({ isNew, isChanged }) => isChanged && !isNew).length,
    goneCount: Number(must(put[0], "importFeed: a feed has products").goneCount),
    allocations,
  };
}

function pathOf(error: { readonly issues: readonly { readonly path: readonly PropertyKey[] }[] }): string {
  const path = error.issues[0]?.path ?? [];
  return path.reduce<string>(
    (text, part) =>
      typeof part === "number" ? `${text}[${part}]` : text === "" ? String(part) : `${text}.${String(part)}`,
    "",
  );
}
