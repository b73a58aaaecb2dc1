"use client";

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { cartMoved, cartSummaryQuery } from "./cart-query.ts";
import { takeLostCart } from "./local-cart.ts";

/**
 * Puts back what this browser has kept when the server knows of nothing: a cookie that was cleared, a visitor's account
 * that ended. Sent twice it changes nothing. After a purchase nothing is kept, so nothing comes back.
 */
export function RestoreCart() {
  const client = useQueryClient();
  const { data } = useQuery(cartSummaryQuery);
  const isTried = useRef(false);
  const isEmpty = data?.summary.lineCount === 0 && data.version === 0;
  useEffect(() => {
    if (!isEmpty || isTried.current) return;
    isTried.current = true;
    const items = takeLostCart().map(({ productId, variantId, quantity }) => ({
      productId,
      quantity,
      ...(variantId === null ? {} : { variantId }),
    }));
    if (items.length === 0) return;
    call(api.POST("/api/v1/cart/items/batch", { body: { items, partial: true, merge: true } })).then(
      (change) => cartMoved(client, change),
      // Nothing is lost: it is still kept here, and tried again at the next visit.
      () => undefined,
    );
  }, [client, isEmpty]);
  return null;
}
