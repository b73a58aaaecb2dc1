"use client";

import type { Cart } from "@muse/contracts/cart";
import { useQuery, type UseQueryResult } from "@tanstack/react-query";
import { cartQuery } from "./cart-query.ts";

/** The whole cart, as the server holds it; what is read is kept in this browser too. */
export function useCart(): UseQueryResult<Cart> {
  return useQuery(cartQuery);
}
