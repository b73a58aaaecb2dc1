import { must } from "#kernel/assert.ts";
import { newId } from "#kernel/ids.ts";
import type { Tx } from "#platform/db/tx.ts";
import { importLock, productsImport, variantsImport, wordsImport } from "./catalog.sql.gen.ts";
import { Feed } from "./feed.ts";

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
  const put = await productsImport(open, { storeId, products: products.map((product) => productRow(product, kind)) });
  const idOf = new Map(put.map(({ storeRef, productId }) => [storeRef, productId]));

  const rows = products.flatMap((product) =>
    variantRows(product, must(idOf.get(product.id), "importFeed: a product has an id")),
  );
  const variants = await variantsImport(open, { storeId, variants: rows });
  await wordsImport(open, { storeId });
  const variantIdOf = new Map(variants.map(({ productId, sku, variantId }) => [`${productId} ${sku}`, variantId]));
  const allocations = rows.flatMap(({ product_id: productId, sku, allocation }) =>
    allocation === null
      ? []
      : [
          {
            variantId: must(variantIdOf.get(`${productId} ${sku}`), "importFeed: a variant has an id"),
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

type FeedProduct = Feed["products"][number];

function productRow(product: FeedProduct, kind: "physical" | "digital") {
  return {
    product_id: newId("prd"),
    store_ref: product.id,
    kind,
    title: product.title,
    description: product.description,
    brand: product.brand,
    category: product.category,
    image_url: product.imageUrl,
    more_image_urls: product.moreImageUrls,
    product_url: product.url,
  };
}

function variantRows(product: FeedProduct, productId: string) {
  return product.variants.map((variant, position) => ({
    variant_id: newId("var"),
    product_id: productId,
    sku: variant.sku,
    size: variant.size,
    color: variant.color,
    image_url: variant.imageUrl,
    price_minor: variant.priceCents,
    // Some feeds repeat the price, or forget to lift the old one: neither is a reduction.
    list_price_minor:
      variant.listPriceCents !== null && variant.listPriceCents > variant.priceCents ? variant.listPriceCents : null,
    position,
    is_in_stock: variant.stock > 0,
    allocation: variant.allocation,
  }));
}

function pathOf(error: { readonly issues: readonly { readonly path: readonly PropertyKey[] }[] }): string {
  const path = error.issues[0]?.path ?? [];
  return path.reduce<string>(
    (text, part) =>
      typeof part === "number" ? `${text}[${part}]` : text === "" ? String(part) : `${text}.${String(part)}`,
    "",
  );
}
