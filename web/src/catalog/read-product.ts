import "server-only";
import { notFound } from "next/navigation";
import { cache } from "react";
import { call } from "#web/api/call.ts";
import { isApiError } from "#web/api/error.ts";
import { serverApi } from "#web/api/server.ts";

const relatedShown = 4;

/** A product; whatever is no product's address ends at the page that says so. */
export const readProduct = cache(async (productId: string) => {
  const api = await serverApi();
  return await call(api.GET("/api/v1/catalog/products/{productId}", { params: { path: { productId } } })).catch(
    orNotFound,
  );
});

/** A store; whatever is no store's address ends at the page that says so. */
export const readStore = cache(async (storeId: string) => {
  const api = await serverApi();
  return await call(api.GET("/api/v1/catalog/stores/{storeId}", { params: { path: { storeId } } })).catch(orNotFound);
});

/** All that a product's page shows. */
export async function readProductPage(productId: string) {
  const api = await serverApi();
  const path = { productId };
  const product = await readProduct(productId);
  const [store, delivery, { products: related }, hasIt] = await Promise.all([
    readStore(product.storeId),
    call(api.GET("/api/v1/catalog/products/{productId}/delivery", { params: { path } })),
    call(api.GET("/api/v1/catalog/products/{productId}/related", { params: { path, query: { limit: relatedShown } } })),
    isOwned(product),
  ]);
  return { product, store, delivery, related, hasIt };
}

/** Whether the reader has it already. A hint: the page is there without it, and the cart says so as well. */
async function isOwned({ productId, kind }: { readonly productId: string; readonly kind: string }): Promise<boolean> {
  if (kind !== "digital") return false;
  const api = await serverApi();
  const { items } = await call(api.GET("/api/v1/library", { params: { query: { productId } } })).catch(
    (error: unknown) => {
      if (isApiError(error)) return { items: [] };
      throw error;
    },
  );
  return items.length > 0;
}

function orNotFound(error: unknown): never {
  if (isApiError(error, "product_not_found", "store_not_found", "request_invalid")) notFound();
  throw error;
}
