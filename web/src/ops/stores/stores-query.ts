import { queryOptions } from "@tanstack/react-query";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { deskKey, freshMs } from "../queries.ts";
import type { ReadOf } from "../types.ts";
import type { StoresView } from "./stores-view.ts";

export type Store = ReadOf<"/api/v1/admin/stores/{storeId}">;
export type Tier = Store["tiers"][number];
export type TierHealth = Tier["health"]["last24Hours"];
export type Alert = ReadOf<"/api/v1/admin/store-alerts">["alerts"][number];

export const storesPageSize = 30;

/** A page of stores, retailers first. */
export function storesQuery({ query, kind, page }: StoresView) {
  const asked = {
    limit: storesPageSize,
    offset: (page - 1) * storesPageSize,
    ...(query === null ? {} : { query }),
    ...(kind === null ? {} : { kind }),
  };
  return queryOptions({
    queryKey: [...deskKey, "stores", asked],
    queryFn: ({ signal }) => call(api.GET("/api/v1/admin/stores", { params: { query: asked }, signal })),
    staleTime: freshMs,
    placeholderData: (before) => before,
  });
}

export function storeKey(storeId: string) {
  return [...deskKey, "store", storeId] as const;
}

export function storeQuery(storeId: string) {
  return queryOptions({
    queryKey: storeKey(storeId),
    queryFn: ({ signal }) => call(api.GET("/api/v1/admin/stores/{storeId}", { params: { path: { storeId } }, signal })),
    staleTime: freshMs,
  });
}

const alertsShown = 20;

/** What befell the store's tiers lately. */
export function alertsQuery(storeId: string) {
  const query = { store: storeId, limit: alertsShown };
  return queryOptions({
    queryKey: [...deskKey, "alerts", storeId],
    queryFn: ({ signal }) => call(api.GET("/api/v1/admin/store-alerts", { params: { query }, signal })),
    staleTime: freshMs,
  });
}
