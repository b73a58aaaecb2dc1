import {
  PieceParams,
  PieceTaken,
  SellerProduct,
  SellerProductParams,
  UploadBody,
  UploadParams,
  UploadView,
} from "@muse/contracts/seller";
import { z } from "zod";
import { problem } from "#platform/http/problem.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { filesOf, finishUpload, openUpload, pieceBytes, pieceCountOf, takePiece, type FileDeps } from "#rooms/access";
import { findProduct } from "./find-product.ts";
import { presentProduct } from "./present.ts";
import { productTouch } from "./seller.sql.gen.ts";

const base = "/api/v1/seller";
const tags = ["Selling"] as const;

/**
 * How a file comes in: begun with its name and size, sent in pieces of which each is one request, and finished. A piece
 * that broke is sent again; nothing of a file is ever in memory as a whole.
 */
export function uploadRoutes(http: HttpServer, deps: FileDeps): void {
  openRoute(http);
  http.fastify.register((scope, _options, done) => {
    // Left where it is: the route reads the connection itself.
    scope.addContentTypeParser("application/octet-stream", (_request, _content, parsed) => parsed(null));
    pieceRoute({ ...http, fastify: scope }, deps);
    done();
  });
  finishRoute(http, deps);
}

function openRoute(http: HttpServer): void {
  route(
    http,
    {
      method: "POST",
      url: `${base}/products/:productId/uploads`,
      summary: "Begin to upload a file of a product",
      description: "A file under a name that is there becomes its next version. Left for a day, it is dropped.",
      tags,
      auth: "seller",
      params: SellerProductParams,
      body: UploadBody,
      reply: UploadView,
      errors: ["seller_product_not_found", "file_type_refused", "file_too_large", "uploads_too_many", "files_too_many"],
    },
    async ({ db, account: { accountId }, params: { productId }, body }) => {
      const opened = await openUpload(db, { accountId, productId, ...body });
      if (opened.kind === "product_not_found") return problem("seller_product_not_found");
      if (opened.kind !== "opened") return problem(opened.kind);
      const { uploadId, name, sizeBytes } = opened.upload;
      return { uploadId, name, sizeBytes, pieceBytes, pieceCount: pieceCountOf(sizeBytes) };
    },
  );
}

function pieceRoute(http: HttpServer, deps: FileDeps): void {
  route(
    http,
    {
      method: "PUT",
      url: `${base}/uploads/:uploadId/pieces/:piece`,
      summary: "Send one piece of a file",
      description: "As `application/octet-stream`. The same piece again replaces it.",
      tags,
      auth: "seller",
      rawBody: true,
      shownBody: z.unknown().nonoptional(),
      consumes: "application/octet-stream",
      params: PieceParams,
      reply: PieceTaken,
      errors: ["upload_not_found", "upload_piece_invalid", "unsupported_media_type"],
    },
    async ({ db, account: { accountId }, params: { uploadId, piece }, request }) => {
      if (request.headers["content-type"] !== "application/octet-stream") return problem("unsupported_media_type");
      const contentBytes = Number(request.headers["content-length"] ?? 0);
      const taken = await takePiece(db, deps, { uploadId, accountId, piece, content: request.raw, contentBytes });
      return taken.kind === "taken" ? { piece, sizeBytes: taken.sizeBytes } : problem(taken.kind);
    },
  );
}

function finishRoute(http: HttpServer, deps: FileDeps): void {
  route(
    http,
    {
      method: "POST",
      url: `${base}/uploads/:uploadId/finish`,
      summary: "Make an upload, whose pieces are all there, a file of its product",
      description: "What it is, is looked at now, and a scanner looks into it where one is set up.",
      tags,
      auth: "seller",
      params: UploadParams,
      reply: SellerProduct,
      errors: [
        "upload_not_found",
        "upload_incomplete",
        "file_type_refused",
        "file_infected",
        "scanner_unavailable",
        "seller_product_not_found",
      ],
      // Each may copy a gigabyte and have it scanned, whatever it comes to.
      limits: [{ per: "account", windowS: 60, countMax: 60 }],
    },
    async ({ db, account: { accountId }, params: { uploadId }, language }) => {
      const finished = await finishUpload(db, deps, { uploadId, accountId });
      if (finished.kind !== "finished") return problem(finished.kind);
      const { productId } = finished.file;
      await productTouch(db, { accountId, productId });
      const row = await findProduct(db, { accountId, productId });
      // Deleted since, as a draft, and this file with it.
      if (row === null) return problem("seller_product_not_found");
      return presentProduct(row, await filesOf(db, { productIds: [productId] }), language);
    },
  );
}
