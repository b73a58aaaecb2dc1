import { Cart, CheckQuery, CheckReply, SummaryQuery, SummaryReply } from "@muse/contracts/cart";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { tagged } from "./if-match.ts";
import { presentCart } from "./present.ts";
import { checkItem, readCart } from "./read-cart.ts";
import { summarise } from "./summarise.ts";

/** What shows the cart; a visitor without an account sees an empty one. */
export function readRoutes(http: HttpServer): void {
  route(
    http,
    {
      method: "GET",
      url: "/api/v1/cart",
      summary: "Read the cart",
      tags: ["Cart"],
      auth: "anonymous_ok",
      reply: Cart,
      errors: [],
    },
    async ({ db, account, language }) =>
      tagged(presentCart(await readCart(db, account?.accountId ?? null), account, language)),
  );
  route(
    http,
    {
      method: "GET",
      url: "/api/v1/cart/items/check",
      summary: "Ask whether a product is in the cart",
      tags: ["Cart"],
      auth: "anonymous_ok",
      query: CheckQuery,
      reply: CheckReply,
      errors: [],
    },
    async ({ db, account, query }) => {
      const { version, itemId, quantity } = await checkItem(db, {
        accountId: account?.accountId ?? null,
        productId: query.productId,
        variantId: query.variantId ?? null,
      });
      return tagged({ inCart: itemId !== null, ...(itemId === null ? {} : { itemId, quantity }), version });
    },
  );
  route(
    http,
    {
      method: "GET",
      url: "/api/v1/cart/summary",
      summary: "Read counts and totals",
      tags: ["Cart"],
      auth: "anonymous_ok",
      description:
        "With `zip` an estimate of shipping and tax, before any address is given, and how each store delivers: dates, prices, and what is missing until delivery is free. The latter with `delivery=true` alone too.",
      query: SummaryQuery,
      reply: SummaryReply,
      errors: ["shipping_address_invalid"],
    },
    async ({ db, account, query, language }) => {
      const accountId = account?.accountId ?? null;
      const summary = await summarise(db, {
        accountId,
        zip: query.zip ?? null,
        hasDelivery: query.delivery,
        language,
      });
      return "version" in summary ? tagged(summary) : summary;
    },
  );
}
