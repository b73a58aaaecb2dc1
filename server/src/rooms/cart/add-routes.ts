import { AddBatchBody, AddItemBody, BatchAdded, ItemAdded } from "@muse/contracts/cart";
import { must } from "#kernel/assert.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { addBatch } from "./add-batch.ts";
import { addItem } from "./add-item.ts";
import { expectedVersion, tagged } from "./if-match.ts";
import { learnPage, pageErrors, type Pages } from "./learn-page.ts";
import { presentItem, presentSummary } from "./present.ts";
import { addErrors, batchProblem, itemError, refusalProblem } from "./refusals.ts";

/** What puts things in; both endpoints make a visitor an account. */
export function addRoutes(http: HttpServer, pages: Pages): void {
  addOneRoute(http, pages);
  addManyRoute(http);
}

function addOneRoute(http: HttpServer, pages: Pages): void {
  route(
    http,
    {
      method: "POST",
      url: "/api/v1/cart/items",
      summary: "Add an item",
      tags: ["Cart"],
      auth: "creates_account",
      idempotent: true,
      description:
        "The same variant again adds to its quantity. A product with several variants needs `variantId`; the refusal lists them. The page that `url` names is read at its store, which must be one of ours; `page_…` codes say why it could not be.",
      body: AddItemBody,
      reply: ItemAdded,
      headers: ["If-Match"],
      errors: [...addErrors, ...pageErrors],
      prepare: async ({ db, account, body, request, isRepeat }) =>
        body.url === undefined || (await isRepeat())
          ? null
          : await learnPage(http, pages, { db, url: body.url, accountId: account.accountId, ip: request.ip }),
    },
    async ({ db, account, body, request, language }) => {
      const version = expectedVersion(request.headers["if-match"]);
      const added = await addItem(db, { ...body, accountId: account.accountId, expectedVersion: version });
      if (added.kind !== "done") return refusalProblem(added, addErrors);
      const line = must(added.line, "addItem: what was added is on a line");
      return tagged({
        version: added.version,
        item: presentItem(line, language),
        summary: presentSummary(added.sums, language),
      });
    },
  );
}

function addManyRoute(http: HttpServer): void {
  route(
    http,
    {
      method: "POST",
      url: "/api/v1/cart/items/batch",
      summary: "Add many items",
      tags: ["Cart"],
      auth: "creates_account",
      idempotent: true,
      description:
        "All or none, or with `partial` each that can be. A `url` is one of a page that Muse has read before. Sending the same batch twice in a row changes nothing; with `merge` not even after other changes, for a day.",
      body: AddBatchBody,
      reply: BatchAdded,
      headers: ["If-Match"],
      errors: addErrors,
    },
    async ({ db, account, body, request, language }) => {
      const version = expectedVersion(request.headers["if-match"]);
      const added = await addBatch(db, { ...body, accountId: account.accountId, expectedVersion: version });
      if (added.kind !== "done") return batchProblem(added, language);
      const results = added.results.map((result, index) => {
        const error = itemError(result, language);
        return {
          index,
          added: error === null && !added.isRepeat,
          itemId: error === null ? result.itemId : null,
          error,
        };
      });
      return tagged({
        version: added.version,
        unchanged: added.isRepeat,
        results,
        summary: presentSummary(added.sums, language),
      });
    },
  );
}
