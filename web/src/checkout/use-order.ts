"use client";

import type { Order } from "@muse/contracts/order";
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";

/** One order of the reader's, by its number. */
export function useOrder(orderId: string): UseQueryResult<Order> {
  return useQuery({
    queryKey: ["orders", "one", orderId],
    queryFn: () => call(api.GET("/api/orders/{orderId}", { params: { path: { orderId } } })),
    staleTime: 1_000,
    refetchOnWindowFocus: true,
  });
}
