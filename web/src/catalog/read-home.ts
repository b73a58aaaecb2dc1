import { call } from "#web/api/call.ts";
import { serverApi } from "#web/api/server.ts";
import type { StoreShelf } from "./home-stores.tsx";

const perShelf = 3;
const onSaleShown = 8;

/** All that the front page shows, asked for at once. */
export async function readHome() {
  const api = await serverApi();
  const list = async (query: { store?: string; onSale?: "true"; sort?: "discount"; limit: number }) =>
    (await call(api.GET("/api/v1/catalog/products", { params: { query } }))).products;

  const onSale = list({ onSale: "true", sort: "discount", limit: onSaleShown });
  const { stores } = await call(api.GET("/api/v1/catalog/stores"));
  const shelves: readonly StoreShelf[] = await Promise.all(
    stores.map(async (store) => ({ store, products: await list({ store: store.storeId, limit: perShelf }) })),
  );
  return { shelves, onSale: await onSale, categories: byReach(stores.map((store) => store.categories)) };
}

/** What several stores have stands first, then the alphabet. */
function byReach(lists: readonly (readonly string[])[]): string[] {
  const counts = new Map<string, number>();
  for (const category of lists.flat()) counts.set(category, (counts.get(category) ?? 0) + 1);
  return [...counts].sort(([a, inA], [b, inB]) => inB - inA || a.localeCompare(b)).map(([category]) => category);
}
