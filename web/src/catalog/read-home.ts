import type { ProductFacets } from "@muse/contracts/catalog";
import { call } from "#web/api/call.ts";
import { serverApi } from "#web/api/server.ts";
import type { CategoryGroup } from "./home-categories.tsx";
import type { StoreShelf } from "./home-stores.tsx";

const perShelf = 3;
/** There may be many sellers, and each shelf is asked for by itself. */
const shelvesMax = 10;
const onSaleShown = 8;

/** All that the front page shows, asked for at once. */
export async function readHome() {
  const api = await serverApi();
  const list = async (query: { store?: string; onSale?: "true"; sort?: "discount" | "price_desc"; limit: number }) =>
    (await call(api.GET("/api/v1/catalog/products", { params: { query } }))).products;

  const readShelves = async (): Promise<readonly StoreShelf[]> => {
    const { stores } = await call(api.GET("/api/v1/catalog/stores", { params: { query: { limit: shelvesMax } } }));
    return await Promise.all(
      stores.map(async (store) => ({
        store,
        products: await list({ store: store.storeId, sort: "price_desc", limit: perShelf }),
      })),
    );
  };
  const [onSale, shelves, { facets }] = await Promise.all([
    list({ onSale: "true", sort: "discount", limit: onSaleShown }),
    readShelves(),
    call(api.GET("/api/v1/catalog/products", { params: { query: { facets: "true", limit: 1 } } })),
  ]);
  return { shelves, onSale, groups: facets === null ? [] : groupsOf(facets) };
}

/** The kinds of things under the department they belong to; what belongs to none is found by searching. */
function groupsOf({ departments, categories }: ProductFacets): CategoryGroup[] {
  return departments.map(({ department, label, count }) => ({
    department,
    label,
    count,
    categories: categories.filter((category) => category.department === department),
  }));
}
