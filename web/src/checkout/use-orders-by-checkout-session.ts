"use client";

import type { Order } from "@muse/contracts/order";
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";

/** The orders of one checkout, whole. `moved` is anything that differs when one of them has moved. */
export function useOrdersByCheckoutSession(checkoutSessionId: string, moved: string): UseQueryResult<readonly Order[]> {
  return useQuery({
    queryKey: ["orders", "of-checkout", checkoutSessionId, moved],
    queryFn: async () =>
      (await call(api.GET("/api/orders", { params: { query: { checkoutSessionId } } }))).orders as readonly Order[],
    staleTime: 1_000,
    placeholderData: (before: readonly Order[] | undefined) => before,
  });
}
