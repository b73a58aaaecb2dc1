import { must } from "#kernel/assert.ts";
import { newId } from "#kernel/ids.ts";
import type { Tx } from "#platform/db/tx.ts";
import { productsImport, variantsImport } from "./catalog.sql.gen.ts";
import type { FeedProduct } from "./feed.ts";

export type Goods = {
  readonly storeId: string;
  readonly kind: "physical" | "digital";
  readonly products: readonly FeedProduct[];
  /** Of one page: what else the store sells stays as it is. Else it is the store's whole feed, and the rest is gone. */
  readonly isPage: boolean;
};

/** Writes products and their variants, whose store is locked. Answers their rows and ids. */
export async function writeGoods(open: Tx, { storeId, kind, products, isPage }: Goods) {
  const put = await productsImport(open, {
    storeId,
    isPage,
    products: products.map((product) => productRow(product, kind)),
  });
  const idOf = new Map(put.map(({ storeRef, productId }) => [storeRef, productId]));
  const rows = products.flatMap((product) =>
    variantRows(product, must(idOf.get(product.id), "writeGoods: a product has an id")),
  );
  const variants = await variantsImport(open, { storeId, isPage, variants: rows });
  const variantIds = new Map(variants.map(({ productId, sku, variantId }) => [`${productId} ${sku}`, variantId]));
  const variantIdOf = (productId: string, sku: string): string =>
    must(variantIds.get(`${productId} ${sku}`), "writeGoods: a variant has an id");
  return { put, rows, variantIdOf };
}

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
