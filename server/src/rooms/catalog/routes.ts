import {
  ProductList,
  ProductListQuery,
  ProductParams,
  ProductView,
  RelatedProducts,
  RelatedQuery,
  Sitemap,
  SitemapQuery,
  StoreList,
  StoreListQuery,
  StoreParams,
  StoreView,
} from "@muse/contracts/catalog";
import { problem } from "#platform/http/problem.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { browseStores, readProduct, readSitemap, readStorefront } from "./browse.ts";
import { relatedProducts, searchProducts } from "./search.ts";

/** The same for everybody, so it may be kept. Stock and prices move, but cart and checkout look for themselves. */
const read = { tags: ["Catalog"], auth: "none", publicForS: 30 } as const;
const base = "/api/v1/catalog";

/** What can be bought. Open to everybody: nothing here depends on who asks. */
export function catalogRoutes(http: HttpServer): void {
  productRoutes(http);
  storeRoutes(http);
  route(
    http,
    {
      method: "GET",
      url: `${base}/sitemap`,
      summary: "List everything that has a page",
      description:
        "Stores that have something on sale, then products, each in the order of their ids, `limit` of both together; `nextCursor` is the next page's `cursor`, null on the last.",
      ...read,
      query: SitemapQuery,
      reply: Sitemap,
      errors: [],
    },
    ({ db, query }) => readSitemap(db, query),
  );
}

function productRoutes(http: HttpServer): void {
  route(
    http,
    {
      method: "GET",
      url: `${base}/products`,
      summary: "Search products",
      description:
        "Words are looked for in title, brand and category, typing errors forgiven: `correctedQuery` says what was looked for instead. `store` and `category` may be given several times. With `facets=true` also what each filter would leave.",
      ...read,
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
      url: `${base}/products/:productId`,
      summary: "Read a product with its variants",
      ...read,
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
      url: `${base}/products/:productId/related`,
      summary: "List what else there is beside a product",
      ...read,
      params: ProductParams,
      query: RelatedQuery,
      reply: RelatedProducts,
      errors: [],
    },
    async ({ db, params, query, language }) => ({
      products: await relatedProducts(db, params.productId, query.limit, language),
    }),
  );
}

function storeRoutes(http: HttpServer): void {
  route(
    http,
    {
      method: "GET",
      url: `${base}/stores`,
      summary: "List the stores that have something on sale",
      description: "Retailers before sellers, each kind by name; `kind` leaves the other one out.",
      ...read,
      query: StoreListQuery,
      reply: StoreList,
      errors: [],
    },
    ({ db, query, language }) => browseStores(db, query, language),
  );
  route(
    http,
    {
      method: "GET",
      url: `${base}/stores/:storeId`,
      summary: "Read a store",
      ...read,
      params: StoreParams,
      reply: StoreView,
      errors: ["store_not_found"],
    },
    async ({ db, params, language }) =>
      (await readStorefront(db, params.storeId, language)) ?? problem("store_not_found"),
  );
}
