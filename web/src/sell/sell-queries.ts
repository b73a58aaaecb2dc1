import type { SellerPayouts } from "@muse/contracts/payout";
import type { SellerFigures, SellerProduct, SellerProducts, Sales } from "@muse/contracts/seller";
import { queryOptions } from "@tanstack/react-query";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";

export const sellKey = ["sell"] as const;

/** The language is part of each key: amounts come written for a reader. */
export function figuresQuery(range: SellerFigures["range"], locale: string) {
  return queryOptions({
    queryKey: [...sellKey, "figures", locale, range],
    queryFn: ({ signal }): Promise<SellerFigures> =>
      call(api.GET("/api/v1/seller/figures", { params: { query: { range } }, signal })),
    placeholderData: (before) => before,
  });
}

export const productsKey = [...sellKey, "products"] as const;

export const productsPerPage = 50;

export function productsQuery(page: number, locale: string) {
  return queryOptions({
    queryKey: [...productsKey, locale, page],
    queryFn: ({ signal }): Promise<SellerProducts> => {
      const query = { limit: productsPerPage, offset: (page - 1) * productsPerPage };
      return call(api.GET("/api/v1/seller/products", { params: { query }, signal }));
    },
  });
}

export function productQuery(productId: string, locale: string, initial: SellerProduct) {
  return queryOptions({
    queryKey: [...sellKey, "product", locale, productId],
    queryFn: ({ signal }): Promise<SellerProduct> =>
      call(api.GET("/api/v1/seller/products/{productId}", { params: { path: { productId } }, signal })),
    initialData: initial,
    staleTime: 5_000,
  });
}

export const salesPerPage = 50;

export function salesQuery(page: number, locale: string) {
  return queryOptions({
    queryKey: [...sellKey, "sales", locale, page],
    queryFn: ({ signal }): Promise<Sales> => {
      const query = { limit: salesPerPage, offset: (page - 1) * salesPerPage };
      return call(api.GET("/api/v1/seller/sales", { params: { query }, signal }));
    },
  });
}

export const payoutsPerPage = 30;

export function payoutsQuery(page: number, locale: string) {
  return queryOptions({
    queryKey: [...sellKey, "payouts", locale, page],
    queryFn: ({ signal }): Promise<SellerPayouts> => {
      const query = { limit: payoutsPerPage, offset: (page - 1) * payoutsPerPage };
      return call(api.GET("/api/v1/seller/payouts", { params: { query }, signal }));
    },
  });
}
