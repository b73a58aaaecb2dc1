import { queryOptions } from "@tanstack/react-query";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { deskKey, freshMs } from "../queries.ts";
import type { ReadOf } from "../types.ts";
import type { OrdersView } from "./orders-view.ts";

export type OrderSummary = ReadOf<"/api/v1/admin/orders">["orders"][number];
export type WholeOrder = ReadOf<"/api/v1/admin/orders/{orderNumber}">;

export const ordersPageSize = 30;

/** A page of what was looked for, newest first. */
export function ordersQuery({ q, status, store, page }: OrdersView, locale: string) {
  const query = {
    limit: ordersPageSize,
    offset: (page - 1) * ordersPageSize,
    ...(q === null ? {} : { query: q }),
    ...(status === null ? {} : { status }),
    ...(store === null ? {} : { store }),
  };
  return queryOptions({
    queryKey: [...deskKey, "orders", locale, query],
    queryFn: ({ signal }) => call(api.GET("/api/v1/admin/orders", { params: { query }, signal })),
    staleTime: freshMs,
    placeholderData: (before) => before,
  });
}

/** All that is known of one order. */
export function wholeOrderQuery(orderNumber: string, locale: string) {
  return queryOptions({
    queryKey: [...deskKey, "order", locale, orderNumber],
    queryFn: ({ signal }) =>
      call(api.GET("/api/v1/admin/orders/{orderNumber}", { params: { path: { orderNumber } }, signal })),
    staleTime: freshMs,
  });
}
