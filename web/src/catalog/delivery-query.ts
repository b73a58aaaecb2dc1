import { queryOptions } from "@tanstack/react-query";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import type { paths } from "#web/api/schema.gen.ts";

const path = "/api/v1/catalog/products/{productId}/delivery";

export type Delivery = paths[typeof path]["get"]["responses"][200]["content"]["application/json"]["data"];

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
        api.GET(path, {
          params: {
            path: { productId },
            query: { quantity, ...(variantId === null ? {} : { variantId }), ...(zip === null ? {} : { zip }) },
          },
          signal,
        }),
      ),
  });
}
