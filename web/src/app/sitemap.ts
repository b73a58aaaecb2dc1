import type { MetadataRoute } from "next";
import { call } from "#web/api/call.ts";
import { serverApi } from "#web/api/server.ts";
import { webConfig } from "#web/config.ts";
import { topicNames } from "#web/help/topics.ts";

export const dynamic = "force-dynamic";

const perRead = 5_000;

/** For stores and products together: a sitemap holds 50,000 addresses (sitemaps.org); the rest is found by links. */
const readsMax = 9;

/** Everything that has a page and is the same for everybody. */
export default async function sitemap(): Promise<MetadataRoute.Sitemap> {
  const { appUrl } = webConfig();
  const { storeIds, products } = await readAll();
  const paths = ["", "/browse", "/help", ...topicNames.map((topic) => `/help/${topic}`)];
  return [
    ...paths.map((path) => ({ url: `${appUrl}${path}` })),
    ...storeIds.map((storeId) => ({ url: `${appUrl}/stores/${storeId}` })),
    ...products.map(({ productId, updatedAt }) => ({
      url: `${appUrl}/products/${productId}`,
      lastModified: updatedAt,
    })),
  ];
}

type Listed = { readonly productId: string; readonly updatedAt: string };

async function readAll(): Promise<{ readonly storeIds: readonly string[]; readonly products: readonly Listed[] }> {
  const api = await serverApi();
  const storeIds: string[] = [];
  const products: Listed[] = [];
  let cursor: string | null = null;
  for (let reads = 0; reads < readsMax; reads++) {
    const page: Page = await call(
      api.GET("/api/v1/catalog/sitemap", {
        params: { query: { limit: perRead, ...(cursor === null ? {} : { cursor }) } },
      }),
    );
    storeIds.push(...page.stores.map(({ storeId }) => storeId));
    products.push(...page.products);
    cursor = page.nextCursor;
    if (cursor === null) break;
  }
  return { storeIds, products };
}

type Page = {
  readonly stores: readonly { readonly storeId: string }[];
  readonly products: readonly Listed[];
  readonly nextCursor: string | null;
};
