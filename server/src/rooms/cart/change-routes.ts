import { Cart, CartChanged, ChangeItemBody, ItemChanged, ItemParams, SetQuantityBody } from "@muse/contracts/cart";
import type { Language } from "@muse/contracts/error";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { pricesSee } from "./cart.sql.gen.ts";
import { changeItem, clearCart } from "./change-cart.ts";
import { expectedVersion, tagged } from "./if-match.ts";
import { presentCart, presentItem, presentSummary } from "./present.ts";
import { readCart } from "./read-cart.ts";
import { changeErrors, refusalProblem } from "./refusals.ts";
import type { CartWritten } from "./written.ts";

/** What changes or takes out what is in the cart. */
export function changeRoutes(http: HttpServer): void {
  setRoutes(http);
  removeRoutes(http);
  route(
    http,
    {
      method: "POST",
      url: "/api/v1/cart/prices/seen",
      summary: "Acknowledge the prices of this moment",
      description: "What moved before is not called out any more. The cart's version stays: nothing in it has changed.",
      tags: ["Cart"],
      auth: "shopper",
      reply: Cart,
      errors: [],
    },
    async ({ db, account: { accountId }, language }) => {
      await pricesSee(db, { accountId });
      return tagged(presentCart(await readCart(db, accountId), language));
    },
  );
}

function setRoutes(http: HttpServer): void {
  route(
    http,
    {
      method: "PUT",
      url: "/api/v1/cart/items/:itemId",
      summary: "Change an item's variant and quantity",
      tags: ["Cart"],
      auth: "shopper",
      description: "A variant that is in the cart already takes this item's units over; the answer is then that item.",
      params: ItemParams,
      body: ChangeItemBody,
      reply: ItemChanged,
      headers: ["If-Match"],
      errors: changeErrors,
    },
    async ({ db, account, params, body, request, language }) =>
      changed(
        await changeItem(db, {
          accountId: account.accountId,
          itemId: params.itemId,
          variantId: body.variantId ?? null,
          quantity: body.quantity ?? null,
          expectedVersion: expectedVersion(request.headers["if-match"]),
        }),
        language,
      ),
  );
  route(
    http,
    {
      method: "PATCH",
      url: "/api/v1/cart/items/:itemId/quantity",
      summary: "Set an item's quantity",
      tags: ["Cart"],
      auth: "shopper",
      params: ItemParams,
      body: SetQuantityBody,
      reply: ItemChanged,
      headers: ["If-Match"],
      errors: changeErrors,
    },
    async ({ db, account, params, body, request, language }) =>
      changed(
        await changeItem(db, {
          accountId: account.accountId,
          itemId: params.itemId,
          variantId: null,
          quantity: body.quantity,
          expectedVersion: expectedVersion(request.headers["if-match"]),
        }),
        language,
      ),
  );
}

function removeRoutes(http: HttpServer): void {
  route(
    http,
    {
      method: "DELETE",
      url: "/api/v1/cart/items/:itemId",
      summary: "Remove an item",
      tags: ["Cart"],
      auth: "shopper",
      params: ItemParams,
      reply: ItemChanged,
      headers: ["If-Match"],
      errors: changeErrors,
    },
    async ({ db, account, params, request, language }) =>
      changed(
        await changeItem(db, {
          accountId: account.accountId,
          itemId: params.itemId,
          variantId: null,
          quantity: 0,
          expectedVersion: expectedVersion(request.headers["if-match"]),
        }),
        language,
      ),
  );
  route(
    http,
    {
      method: "DELETE",
      url: "/api/v1/cart",
      summary: "Empty the cart",
      tags: ["Cart"],
      auth: "shopper",
      reply: CartChanged,
      headers: ["If-Match"],
      errors: changeErrors,
    },
    async ({ db, account, request, language }) => {
      const version = expectedVersion(request.headers["if-match"]);
      const cleared = await clearCart(db, { accountId: account.accountId, expectedVersion: version });
      if (cleared.kind !== "done") return refusalProblem(cleared, changeErrors);
      return tagged({ version: cleared.version, summary: presentSummary(cleared.sums, language) });
    },
  );
}

function changed(written: CartWritten, language: Language) {
  if (written.kind !== "done") return refusalProblem(written, changeErrors);
  const { version, line, sums } = written;
  return tagged({
    version,
    item: line === null ? null : presentItem(line, language),
    summary: presentSummary(sums, language),
  });
}
