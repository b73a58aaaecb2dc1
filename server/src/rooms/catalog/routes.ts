import {
  ProductList,
  ProductListQuery,
  ProductParams,
  ProductView,
  StoreList,
  StoreParams,
  StoreView,
} from "@muse/contracts/catalog";
import { problem } from "#platform/http/problem.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { browseStores, readProduct, readStorefront, searchProducts } from "./browse.ts";

/** What can be bought. Open to everybody: nothing here depends on who asks. */
export function catalogRoutes(http: HttpServer): void {
  route(
    http,
    {
      method: "GET",
      url: "/api/v1/catalog/products",
      summary: "Search products",
      tags: ["Catalog"],
      auth: "none",
      description: "Words are looked for in title, brand and category, typing errors forgiven.",
      query: ProductListQuery,
      reply: ProductList,
      errors: [],
    },
    ({ db, query, language }) => searchProducts(db, query, language),
  );
  route(
    http,
    {
      method: "GET",
      url: "/api/v1/catalog/products/:productId",
      summary: "Read a product with its variants",
      tags: ["Catalog"],
      auth: "none",
      params: ProductParams,
      reply: ProductView,
      errors: ["product_not_found"],
    },
    async ({ db, params, language }) =>
      (await readProduct(db, params.productId, language)) ?? problem("product_not_found"),
  );
  route(
    http,
    {
      method: "GET",
      url: "/api/v1/catalog/stores",
      summary: "List the stores",
      tags: ["Catalog"],
      auth: "none",
      reply: StoreList,
      errors: [],
    },
    async ({ db }) => ({ stores: await browseStores(db) }),
  );
  route(
    http,
    {
      method: "GET",
      url: "/api/v1/catalog/stores/:storeId",
      summary: "Read a store",
      tags: ["Catalog"],
      auth: "none",
      params: StoreParams,
      reply: StoreView,
      errors: ["store_not_found"],
    },
    async ({ db, params }) => (await readStorefront(db, params.storeId)) ?? problem("store_not_found"),
  );
}
