"use client";

import { useCart } from "./use-cart.ts";

/** Reads the cart anew where something of it has just been bought: what this browser keeps of it follows. */
export function RefreshCart() {
  useCart();
  return null;
}
