import type { OrderAccess } from "@muse/contracts/order";
import {
  DownloadLinks,
  DownloadQuery,
  FileParams,
  FileQuery,
  Library,
  LibraryOrderParams,
  LibraryQuery,
  OwnedProductParams,
  ReviewBody,
  ReviewList,
  ReviewListQuery,
  ReviewView,
  WaiveBody,
  WaiverView,
} from "@muse/contracts/library";
import { waiverWords } from "@muse/contracts/withdrawal-waiver";
import type { Db } from "#platform/db/query.ts";
import type { FileStore } from "#platform/files/file-store.ts";
import { fileRoute } from "#platform/http/file-route.ts";
import { problem } from "#platform/http/problem.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { toWire } from "#kernel/money.ts";
import {
  downloadNote,
  fileOfLink,
  grantsOf,
  libraryList,
  linkOver,
  reviewList,
  reviewPut,
  reviewSum,
  waive,
} from "./access.sql.gen.ts";
import type { LinkSigner } from "./download-link.ts";
import { presentItem, presentReview, presentWaiver } from "./present.ts";
import { refusedLink } from "./refused-page.ts";
import { sendFile } from "./send-file.ts";
import { notOwned, takeLinks } from "./take-links.ts";

export type AccessRoutesDeps = {
  readonly files: FileStore;
  readonly signer: LinkSigner;
};

const tags = ["Library"] as const;

/** What a shopper owns, its download, and what they say of it. */
export function accessRoutes(http: HttpServer, deps: AccessRoutesDeps): void {
  libraryRoutes(http);
  downloadRoutes(http, deps);
  reviewRoutes(http);
}

/** What digital goods an order unlocked, as the order's own page tells it. */
export async function accessOf(db: Db, orderNumber: string): Promise<OrderAccess[]> {
  const rows = await grantsOf(db, { orderNumber });
  return rows.map(({ productId, isActive, grantedAt }) => ({
    productId,
    isActive,
    downloadUrl: `/api/products/${productId}/download`,
    grantedAt: grantedAt.toISOString(),
  }));
}

function libraryRoutes(http: HttpServer): void {
  route(
    http,
    {
      method: "GET",
      url: "/api/v1/library",
      summary: "List the digital products that the caller owns",
      description: "Newest first. What was refunded is not owned any more.",
      tags,
      auth: "shopper",
      query: LibraryQuery,
      reply: Library,
      errors: [],
    },
    async ({ db, account: { accountId }, query, language }) => {
      const { productId = null, orderNumber = null, limit, offset } = query;
      const rows = await libraryList(db, { accountId, productId, orderNumber, limit, offset });
      return { items: rows.map((row) => presentItem(row, language)), totalItems: Number(rows[0]?.total ?? 0) };
    },
  );
  route(
    http,
    {
      method: "PUT",
      url: "/api/v1/library/:orderNumber/waiver",
      summary: "Give up the right to withdraw, to have the files at once",
      description: "The words are kept with the order as they were shown. The first time counts.",
      tags,
      auth: "shopper",
      params: LibraryOrderParams,
      body: WaiveBody,
      reply: WaiverView,
      errors: ["order_not_found"],
    },
    async ({ db, account, params: { orderNumber }, body }) => {
      const wording = waiverWords[body.language];
      const given = { orderNumber, accountId: account.accountId, wording, locale: body.language };
      const { isWaived } = await waive(db, given);
      if (!isWaived) return problem("order_not_found");
      const [row] = await libraryList(db, {
        accountId: account.accountId,
        productId: null,
        orderNumber,
        limit: 1,
        offset: 0,
      });
      return presentWaiver(row ?? { wording, waivedAt: null }, body.language);
    },
  );
}

function downloadRoutes(http: HttpServer, { files, signer }: AccessRoutesDeps): void {
  route(
    http,
    {
      method: "GET",
      url: "/api/products/:id/download",
      summary: "Ask for links to a product's files",
      description: "For those who own it. Counted. Each link is good for a quarter of an hour and answers byte ranges.",
      tags,
      auth: "shopper",
      params: OwnedProductParams,
      query: DownloadQuery,
      reply: DownloadLinks,
      errors: ["order_not_owned", "product_not_found", "download_frozen", "rate_limited", "file_not_found"],
    },
    async ({ db, account: { accountId }, params, query: { fileId }, request }) =>
      await takeLinks(db, signer, { accountId, productId: params.id, fileId, address: request.ip }),
  );
  fileRoute(
    http,
    {
      method: "GET",
      url: "/api/v1/files/:fileId",
      summary: "Download a file by its signed link",
      tags,
      auth: "none",
      params: FileParams,
      query: FileQuery,
      produces: ["application/octet-stream", "text/html"],
      headers: ["Range", "If-Range"],
      statuses: [200, 206, 416],
      errors: ["download_link_invalid", "download_frozen", "file_not_found"],
    },
    async ({ db, params: { fileId }, query: { order, expires, signature }, request: { headers, ip }, language }) => {
      const reader = { language, headers };
      const link = { fileId, orderNumber: order, expiresS: expires };
      if (!signer.isSigned(link, signature)) return refusedLink("download_link_invalid", reader);
      const file = await fileOfLink(db, link);
      if (file === null) {
        const { isOver } = await linkOver(db, { expiresS: expires });
        return refusedLink(isOver ? "download_link_invalid" : "file_not_found", reader);
      }
      if (file.isFrozen) return refusedLink("download_frozen", reader);
      await downloadNote(db, { orderNumber: order, fileId, address: ip });
      return await sendFile(files, file, headers);
    },
  );
}

/** A minute is enough that nobody's page waits for it, and short enough that a writer sees their own word. */
const reviewsForS = 30;

function reviewRoutes(http: HttpServer): void {
  route(
    http,
    {
      method: "POST",
      url: "/api/products/:id/reviews",
      summary: "Say how a digital product is",
      description: "For those who own it. Saying it again replaces it.",
      tags: ["Reviews"],
      auth: "shopper",
      idempotent: true,
      params: OwnedProductParams,
      body: ReviewBody,
      reply: ReviewView,
      errors: ["order_not_owned", "product_not_found"],
      limits: [{ per: "account", windowS: 3600, countMax: 60 }],
    },
    async ({ db, account, params, body }) => {
      const written = await reviewPut(db, { accountId: account.accountId, productId: params.id, ...body });
      return written === null ? await notOwned(db, params.id) : presentReview(written);
    },
  );
  route(
    http,
    {
      method: "GET",
      url: "/api/products/:id/reviews",
      summary: "List what owners say of a digital product",
      tags: ["Reviews"],
      auth: "none",
      publicForS: reviewsForS,
      params: OwnedProductParams,
      query: ReviewListQuery,
      reply: ReviewList,
      errors: [],
    },
    async ({ db, params, query }) => {
      const of = { productId: params.id };
      const [sum, rows] = await Promise.all([
        reviewSum(db, of),
        reviewList(db, { ...of, limit: BigInt(query.limit), offset: BigInt(query.offset) }),
      ]);
      return {
        count: toWire(sum.count),
        averageRating: sum.averageTenths === null ? null : sum.averageTenths / 10,
        reviews: rows.map(presentReview),
      };
    },
  );
}
