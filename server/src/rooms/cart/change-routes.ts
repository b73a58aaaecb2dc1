import { Cart, CartChanged, ChangeItemBody, ItemChanged, ItemParams, SetQuantityBody } from "@muse/contracts/cart";
import type { Language } from "@muse/contracts/error";
import type { Db } from "#platform/db/query.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { pricesSee } from "./cart.sql.gen.ts";
import { changeItem, clearCart, type ChangeItem } from "./change-cart.ts";
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
      auth: "anonymous_ok",
      reply: Cart,
      errors: [],
    },
    async ({ db, account, language }) => {
      if (account !== null) await pricesSee(db, account);
      return tagged(presentCart(await readCart(db, account?.accountId ?? null), account, language));
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
      auth: "anonymous_ok",
      description: "A variant that is in the cart already takes this item's units over; the answer is then that item.",
      params: ItemParams,
      body: ChangeItemBody,
      reply: ItemChanged,
      headers: ["If-Match"],
      errors: changeErrors,
    },
    async ({ db, account, params, body, request, language }) =>
      changed(
        await changeOwn(db, account, {
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
      auth: "anonymous_ok",
      params: ItemParams,
      body: SetQuantityBody,
      reply: ItemChanged,
      headers: ["If-Match"],
      errors: changeErrors,
    },
    async ({ db, account, params, body, request, language }) =>
      changed(
        await changeOwn(db, account, {
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
      auth: "anonymous_ok",
      params: ItemParams,
      reply: ItemChanged,
      headers: ["If-Match"],
      errors: changeErrors,
    },
    async ({ db, account, params, request, language }) =>
      changed(
        await changeOwn(db, account, {
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
      auth: "anonymous_ok",
      reply: CartChanged,
      headers: ["If-Match"],
      errors: changeErrors,
    },
    async ({ db, account, request, language }) => {
      const version = expectedVersion(request.headers["if-match"]);
      const cleared =
        account === null ? nothingCleared(version) : await clearCart(db, { ...account, expectedVersion: version });
      if (cleared.kind !== "done") return refusalProblem(cleared, changeErrors);
      return tagged({ version: cleared.version, summary: presentSummary(cleared.sums, language) });
    },
  );
}

/** A visitor who never put anything into a cart has an empty one, and so no such item; no account is made for that. */
async function changeOwn(
  db: Db,
  account: { readonly accountId: string } | null,
  { expectedVersion: expected, ...wish }: Omit<ChangeItem, "accountId">,
): Promise<CartWritten> {
  if (account !== null)
    return await changeItem(db, { ...wish, expectedVersion: expected, accountId: account.accountId });
  return isMoved(expected) ? moved : { kind: "item_not_found", version: 0, detail: null };
}

function nothingCleared(expected: bigint | null): CartWritten {
  if (isMoved(expected)) return moved;
  return { kind: "done", version: 0, line: null, sums: { lineCount: 0, itemCount: 0, storeCount: 0, totals: [] } };
}

/** No cart reads like one of version 0. */
const isMoved = (expected: bigint | null): boolean => expected !== null && expected !== 0n;
const moved: CartWritten = { kind: "version_conflict", version: 0, detail: null };

function changed(written: CartWritten, language: Language) {
  if (written.kind !== "done") return refusalProblem(written, changeErrors);
  const { version, line, sums } = written;
  return tagged({
    version,
    item: line === null ? null : presentItem(line, language),
    summary: presentSummary(sums, language),
  });
}
