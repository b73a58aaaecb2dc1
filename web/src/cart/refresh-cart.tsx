"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { cartQuery } from "./cart-query.ts";

/** Something of the cart has just been bought: its number in the header and what this browser keeps of it follow. */
export function RefreshCart() {
  const client = useQueryClient();
  useEffect(() => {
    void client.invalidateQueries({ queryKey: ["cart"] });
    void client.prefetchQuery({ ...cartQuery, staleTime: 0 });
  }, [client]);
  return null;
}
