"use client";

import type { Cart } from "@muse/contracts/cart";
import { useMutationState, useQuery, type UseQueryResult } from "@tanstack/react-query";
import { cartQuery } from "./cart-query.ts";
import { waitingFilter, withChanges, type Change } from "./change-item.ts";

/** The cart as the server holds it, with what has been pressed since; what is read is kept in this browser too. */
export function useCart(): UseQueryResult<Cart> {
  const waiting = useMutationState({
    filters: waitingFilter,
    select: ({ state }) => state.variables as Change,
  });
  return useQuery({ ...cartQuery, select: (cart) => withChanges(cart, waiting) });
}
