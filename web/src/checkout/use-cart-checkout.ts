"use client";

import type { Session } from "@muse/contracts/checkout";
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { openSessionKey } from "./session-query.ts";

/**
 * The session of the cart as it is now, or of the one digital product named. Asking is harmless: the same goods give
 * the same session. Asked again whenever the tab is looked at again, as another tab may have changed the cart or paid.
 */
export function useCartCheckout(productId: string | null): UseQueryResult<Session> {
  return useQuery({
    queryKey: openSessionKey,
    queryFn: () =>
      call(api.POST("/api/v1/checkout/sessions", { body: productId === null ? {} : { productIds: [productId] } })),
    staleTime: 5_000,
    gcTime: 0,
    refetchOnWindowFocus: true,
  });
}
