import {
  AddBatchBody, AddItemBody, BatchAdded, Cart, CartChanged, ChangeItemBody, CheckQuery, CheckReply, ItemAdded, ItemChanged, ItemParams, SetQuantityBody,
  SummaryQuery, SummaryReply,
} from "@muse/contracts/cart";
import type { Language } from "@muse/contracts/error";
import { must } from "#kernel/assert.ts";
import { answer } from "#platform/http/problem.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { addBatch } from "./add-batch.ts";
import { addItem } from "./add-item.ts";
import { changeItem, clearCart } from "./change-cart.ts";
import { etagOf, expectedVersion } from "./if-match.ts";
import { presentCart, presentItem, presentSummary } from "./present.ts";
import { checkItem, readCart } from "./read-cart.ts";
import { addErrors, batchProblem, changeErrors, itemError, refusalProblem } from "./refusals.ts";
import { summarise } from "./summarise.ts";
import type { CartWritten } from "./written.ts";

const tags = ["cart"] as const;

/** The cart of whoever asks. Reads show an empty one to a visitor; the first item makes them an account. */
export function cartRoutes(http: HttpServer): void {
  addRoutes(http);
  changeRoutes(http);
  readRoutes(http);
}

function addRoutes(http: HttpServer): void {
  route(
    http,
    {
      method: "POST", url: "/api/v1/cart/items", summary: "Add an item", tags, auth: "creates_account", idempotent: true,
      description: "The same variant again adds to its quantity. A product with several variants needs `variantId`; the refusal lists them.",
      body: AddItemBody, reply: ItemAdded, errors: addErrors,
    },
    async ({ db, account, body, request, language }) => {
      const version = expectedVersion(request.headers["if-match"]);
      const added = await addItem(db, { ...body, accountId: account.accountId, expectedVersion: version });
      if (added.kind !== "done") return refusalProblem(added);
      const line = must(added.line, "addItem: what was added is on a line");
      return tagged({ version: added.version, item: presentItem(line, language), summary: presentSummary(added.sums, language) });
    },
  );
  route(
    http,
    {
      method: "POST", url: "/api/v1/cart/items/batch", summary: "Add many items", tags, auth: "creates_account", idempotent: true,
      description:
        "All or none, or with `partial` each that can be. Sending the same batch twice in a row changes nothing; with `merge` not even after other changes, for a day.",
      body: AddBatchBody, reply: BatchAdded, errors: addErrors,
    },
    async ({ db, account, body, request, language }) => {
      const version = expectedVersion(request.headers["if-match"]);
      const added = await addBatch(db, { ...body, accountId: account.accountId, expectedVersion: version });
      if (added.kind !== "done") return batchProblem(added, language);
      const results = added.results.map((result, index) => {
        const error = itemError(result, language);
        return { index, added: error === null && !added.isRepeat, itemId: error === null ? result.itemId : null, error };
      });
      return tagged({ version: added.version, unchanged: added.isRepeat, results, summary: presentSummary(added.sums, language) });
    },
  );
}

function changeRoutes(http: HttpServer): void {
  route(
    http,
    {
      method: "PUT", url: "/api/v1/cart/items/:itemId", summary: "Change an item's variant and quantity", tags, auth: "shopper",
      description: "A variant that is in the cart already takes this item's units over; the answer is then that item.",
      params: ItemParams, body: ChangeItemBody, reply: ItemChanged, errors: changeErrors,
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
      method: "PATCH", url: "/api/v1/cart/items/:itemId/quantity", summary: "Set an item's quantity", tags, auth: "shopper",
      params: ItemParams, body: SetQuantityBody, reply: ItemChanged, errors: changeErrors,
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
  route(
    http,
    {
      method: "DELETE", url: "/api/v1/cart/items/:itemId", summary: "Remove an item", tags, auth: "shopper",
      params: ItemParams, reply: ItemChanged, errors: changeErrors,
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
    { method: "DELETE", url: "/api/v1/cart", summary: "Empty the cart", tags, auth: "shopper", reply: CartChanged, errors: changeErrors },
    async ({ db, account, request, language }) => {
      const version = expectedVersion(request.headers["if-match"]);
      const cleared = await clearCart(db, { accountId: account.accountId, expectedVersion: version });
      if (cleared.kind !== "done") return refusalProblem(cleared);
      return tagged({ version: cleared.version, summary: presentSummary(cleared.sums, language) });
    },
  );
}

function readRoutes(http: HttpServer): void {
  route(
    http,
    { method: "GET", url: "/api/v1/cart", summary: "Read the cart", tags, auth: "anonymous_ok", reply: Cart, errors: [] },
    async ({ db, account, language }) => tagged(presentCart(await readCart(db, account?.accountId ?? null), language)),
  );
  route(
    http,
    {
      method: "GET", url: "/api/v1/cart/items/check", summary: "Ask whether a product is in the cart", tags, auth: "anonymous_ok",
      query: CheckQuery, reply: CheckReply, errors: [],
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
      method: "GET", url: "/api/v1/cart/summary", summary: "Read counts and totals", tags, auth: "anonymous_ok",
      description: "With `zip` an estimate of shipping and tax, before any address is given.",
      query: SummaryQuery, reply: SummaryReply, errors: ["shipping_address_invalid"],
    },
    async ({ db, account, query, language }) => {
      const summary = await summarise(db, { accountId: account?.accountId ?? null, zip: query.zip ?? null, language });
      return "version" in summary ? tagged(summary) : summary;
    },
  );
}

function changed(written: CartWritten, language: Language) {
  if (written.kind !== "done") return refusalProblem(written);
  const { version, line, sums } = written;
  return tagged({ version, item: line === null ? null : presentItem(line, language), summary: presentSummary(sums, language) });
}

/** Every answer carries the cart's version, as a field and as the tag that `If-Match` takes. */
function tagged<Data extends { readonly version: number }>(data: Data) {
  return answer(data, { headers: { etag: etagOf(data.version) } });
}
