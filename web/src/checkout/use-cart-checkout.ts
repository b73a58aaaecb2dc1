"use client";

import type { Session } from "@muse/contracts/checkout";
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { openSessionKey } from "./session-query.ts";
import { formPath, type Wish } from "./wish.ts";

/**
 * The session of what is wanted, as it is now. Asking is harmless: the same goods give the same session. Asked again
 * whenever the tab is looked at again, as another tab may have changed the cart or paid.
 */
export function useCartCheckout(wish: Wish): UseQueryResult<Session> {
  return useQuery({
    queryKey: [...openSessionKey, formPath(wish)],
    queryFn: () => call(api.POST("/api/v1/checkout/sessions", { body: bodyOf(wish) })),
    staleTime: 5_000,
    gcTime: 0,
    refetchOnWindowFocus: true,
  });
}

function bodyOf(wish: Wish) {
  if (wish.of === "product") return { productIds: [wish.productId] };
  return wish.of === "currency" ? { currency: wish.currency } : {};
}
