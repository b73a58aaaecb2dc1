import type { Cart, CartSummary } from "@muse/contracts/cart";
import type { ShippingEstimate, StoreDelivery } from "@muse/contracts/quote";
import { keepPreviousData, queryOptions, type QueryClient } from "@tanstack/react-query";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { keepLocalCart } from "./local-cart.ts";

/** Counts and sums, for the header. What changes the cart answers a summary too, and puts it here. */
export const cartSummaryQuery = queryOptions({
  queryKey: ["cart", "summary"],
  queryFn: ({ signal }) => call(api.GET("/api/v1/cart/summary", { signal })),
});

/** The whole cart, grouped by store. What is read is kept in this browser too. */
export const cartQuery = queryOptions({
  queryKey: ["cart", "whole"],
  queryFn: async ({ signal }): Promise<Cart> => {
    const cart = await call(api.GET("/api/v1/cart", { signal }));
    keepLocalCart(cart);
    return cart;
  },
});

export const deliveryQueryKey = ["cart", "delivery"] as const;

export type Delivery = {
  readonly delivery: readonly StoreDelivery[] | null;
  readonly estimate: ShippingEstimate | null;
};

/** How each store delivers and what is missing until that is free; with a ZIP code, what shipping and tax come to. */
export function deliveryQuery(zip: string | null, version: number) {
  return queryOptions({
    queryKey: [...deliveryQueryKey, zip, version],
    queryFn: ({ signal }): Promise<Delivery> =>
      call(
        api.GET("/api/v1/cart/summary", {
          params: { query: zip === null ? { delivery: "true" } : { zip } },
          signal,
        }),
      ),
    // The last answer stays while the next one comes: nothing jumps.
    placeholderData: keepPreviousData,
  });
}

type Moved = { readonly version: number; readonly summary: CartSummary };

/** After a change: the header at once, the rest by asking. */
export async function cartMoved(client: QueryClient, change: Moved): Promise<void> {
  sumsMoved(client, change);
  await client.invalidateQueries({ queryKey: cartQuery.queryKey });
}

/** The header alone, while more changes wait. */
export function sumsMoved(client: QueryClient, { version, summary }: Moved): void {
  client.setQueryData(cartSummaryQuery.queryKey, (known) =>
    known === undefined ? known : { ...known, version, summary },
  );
}
