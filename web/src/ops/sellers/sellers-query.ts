import { queryOptions } from "@tanstack/react-query";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { deskKey, freshMs } from "../queries.ts";
import type { ReadOf } from "../types.ts";
import type { SellersView } from "./sellers-view.ts";

export type SellerLine = ReadOf<"/api/v1/admin/sellers">["sellers"][number];
export type Seller = ReadOf<"/api/v1/admin/sellers/{sellerId}">;
export type Payouts = ReadOf<"/api/v1/admin/payouts">;
export type Payout = Payouts["payouts"][number];
export type Standing = Seller["standing"][number];

export const sellersPageSize = 30;

const spanOf = (page: number) => ({ limit: sellersPageSize, offset: (page - 1) * sellersPageSize });

export function sellersQuery({ query, level, state, page }: SellersView, locale: string) {
  const asked = {
    ...spanOf(page),
    ...(query === null ? {} : { query }),
    ...(level === null ? {} : { level }),
    ...(state === null ? {} : { state }),
  };
  return queryOptions({
    queryKey: [...deskKey, "sellers", locale, asked],
    queryFn: ({ signal }) => call(api.GET("/api/v1/admin/sellers", { params: { query: asked }, signal })),
    staleTime: freshMs,
    placeholderData: (before) => before,
  });
}

export const sellerKey = (sellerId: string, locale: string) => [...deskKey, "seller", locale, sellerId] as const;

export function sellerQuery(sellerId: string, locale: string) {
  return queryOptions({
    queryKey: sellerKey(sellerId, locale),
    queryFn: ({ signal }) =>
      call(api.GET("/api/v1/admin/sellers/{sellerId}", { params: { path: { sellerId } }, signal })),
    staleTime: freshMs,
  });
}

export function payoutsQuery(page: number, locale: string) {
  const query = spanOf(page);
  return queryOptions({
    queryKey: [...deskKey, "payouts", locale, query],
    queryFn: ({ signal }) => call(api.GET("/api/v1/admin/payouts", { params: { query }, signal })),
    staleTime: freshMs,
    placeholderData: (before) => before,
  });
}
