import { addressMessages } from "@muse/contracts/address";
import { ProductParams } from "@muse/contracts/catalog";
import { ProductDelivery, ProductDeliveryQuery } from "@muse/contracts/quote";
import { problem } from "#platform/http/problem.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { lookUpZip } from "#rooms/address";
import { productDelivery } from "./product-delivery.ts";

/** When a product would be there, before it is in any cart. The same for everybody. */
export function quoteRoutes(http: HttpServer): void {
  route(
    http,
    {
      method: "GET",
      url: "/api/v1/catalog/products/:productId/delivery",
      summary: "Estimate a product's delivery",
      description:
        "Dates and prices of each way its store delivers, if nothing else were bought; with `zip`, whether it does there.",
      tags: ["Catalog"],
      auth: "none",
      publicForS: 300,
      params: ProductParams,
      query: ProductDeliveryQuery,
      reply: ProductDelivery,
      errors: ["product_not_found", "shipping_address_invalid"],
    },
    async ({ db, params, query: { zip, variantId = null, quantity }, language }) => {
      const place = zip === undefined ? null : lookUpZip(zip);
      if (zip !== undefined && place === null)
        return problem("shipping_address_invalid", { field: "zip", message: addressMessages.zip_unknown });
      const wish = { productId: params.productId, variantId, quantity, place };
      return (await productDelivery(db, wish, language)) ?? problem("product_not_found");
    },
  );
}
