import type { ProductDelivery } from "@muse/contracts/quote";
import { queryOptions } from "@tanstack/react-query";
import type { z } from "zod";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";

export type Delivery = z.infer<typeof ProductDelivery>;

export type DeliveryAsked = {
  readonly productId: string;
  /** Null while none is chosen: the cheapest is meant. */
  readonly variantId: string | null;
  readonly quantity: number;
  readonly zip: string | null;
};

/** When a product would be there and what that costs, if nothing else were bought. */
export function deliveryQuery({ productId, variantId, quantity, zip }: DeliveryAsked) {
  return queryOptions({
    queryKey: ["catalog", "delivery", productId, variantId, quantity, zip],
    queryFn: ({ signal }): Promise<Delivery> =>
      call(
        api.GET("/api/v1/catalog/products/{productId}/delivery", {
          params: {
            path: { productId },
            query: { quantity, ...(variantId === null ? {} : { variantId }), ...(zip === null ? {} : { zip }) },
          },
          signal,
        }),
      ),
  });
}
