import "server-only";
import { cache } from "react";
import { call } from "#web/api/call.ts";
import { serverApi } from "#web/api/server.ts";
import { searchQuery, type Search } from "./search.ts";

/** One page of what is looked for, with what each filter would leave. A page and its title ask once. */
export function readProducts(search: Search) {
  return readOnce(JSON.stringify(searchQuery(search)));
}

const readOnce = cache(async (query: string) => {
  const api = await serverApi();
  const asked = JSON.parse(query) as ReturnType<typeof searchQuery>;
  return await call(api.GET("/api/v1/catalog/products", { params: { query: asked } }));
});
