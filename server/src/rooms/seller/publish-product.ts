import { Readable } from "node:stream";
import type { SellerProductBody } from "@muse/contracts/seller";
import { newId } from "#kernel/ids.ts";
import type { Pool } from "#platform/db/pool.ts";
import { finishUpload, openUpload, pieceBytes, pieceCountOf, takePiece, type FileDeps } from "#rooms/access";
import { productAdd, productCalled, productPublish } from "./seller.sql.gen.ts";

export type ProductToPublish = SellerProductBody & {
  /** Its one file, made when it is needed. */
  readonly file: { readonly name: string; readonly make: () => Promise<Buffer> };
};

export type PublishProductResult = {
  readonly kind:
    | "published"
    | "known"
    | "seller_not_found"
    | "products_too_many"
    | "upload_refused"
    | "file_type_refused"
    | "file_infected"
    | "scanner_unavailable";
};

/**
 * Puts a product with its file up for sale in one go, through all that a seller's own goes through. One of the same
 * title that its seller has published before stays as it is (`known`), withdrawn or not; one that was left half way is
 * finished.
 */
export async function publishProduct(
  db: Pool,
  deps: FileDeps,
  accountId: string,
  { file, priceCents, ...product }: ProductToPublish,
): Promise<PublishProductResult> {
  const known = await productCalled(db, { accountId, title: product.title });
  if (known !== null && known.firstPublishedAt !== null) return { kind: "known" };
  const productId = known?.productId ?? newId("prd");
  if (known === null) {
    const { outcome } = await productAdd(db, { productId, accountId, ...product, priceMinor: BigInt(priceCents) });
    if (outcome === "not_found") return { kind: "seller_not_found" };
    if (outcome === "products_too_many") return { kind: outcome };
  }
  const content = await file.make();
  const refusal = await upload(db, deps, { accountId, productId, name: file.name, content });
  if (refusal !== null) return { kind: refusal };
  await productPublish(db, { accountId, productId, storeId: newId("sto"), variantId: newId("var") });
  return { kind: "published" };
}

type Sent = {
  readonly accountId: string;
  readonly productId: string;
  readonly name: string;
  readonly content: Buffer;
};
type Refusal = Exclude<PublishProductResult["kind"], "published" | "known" | "seller_not_found" | "products_too_many">;

/** As a browser sends it: begun, piece by piece, finished. Null: it is there. */
async function upload(db: Pool, deps: FileDeps, { content, ...wanted }: Sent): Promise<Refusal | null> {
  const { accountId } = wanted;
  const opened = await openUpload(db, { ...wanted, sizeBytes: content.length });
  if (opened.kind !== "opened") return opened.kind === "file_type_refused" ? opened.kind : "upload_refused";
  const { uploadId } = opened.upload;
  for (let piece = 0; piece < pieceCountOf(content.length); piece += 1) {
    const part = content.subarray(piece * pieceBytes, (piece + 1) * pieceBytes);
    const sent = { uploadId, accountId, piece, content: Readable.from([part]), contentBytes: part.length };
    if ((await takePiece(db, deps, sent)).kind !== "taken") return "upload_refused";
  }
  const { kind } = await finishUpload(db, deps, { uploadId, accountId });
  if (kind === "finished") return null;
  return kind === "upload_not_found" || kind === "upload_incomplete" ? "upload_refused" : kind;
}
