import type { SellerProduct } from "@muse/contracts/seller";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import { isApiError } from "#web/api/error.ts";

/** `share`: of the bytes that have arrived, from 0 to 1; at 1 the file is looked at. */
export type OnSent = (share: number) => void;

/** A line that breaks for a moment costs nobody their upload. */
const triesMax = 4;
const restMs = 1_000;

/** Sends a file of a product's piece by piece, each again where its line broke, and finishes it. */
export async function sendFile(productId: string, file: File, onSent: OnSent): Promise<SellerProduct> {
  const { uploadId, pieceBytes, pieceCount } = await call(
    api.POST("/api/v1/seller/products/{productId}/uploads", {
      params: { path: { productId } },
      body: { name: file.name, sizeBytes: file.size },
    }),
  );
  for (let piece = 0; piece < pieceCount; piece += 1) {
    const content = file.slice(piece * pieceBytes, (piece + 1) * pieceBytes);
    await patiently(() => sendPiece(uploadId, piece, content));
    onSent((piece + 1) / pieceCount);
  }
  const params = { path: { uploadId } };
  return await patiently(() => call(api.POST("/api/v1/seller/uploads/{uploadId}/finish", { params })));
}

async function sendPiece(uploadId: string, piece: number, content: Blob): Promise<unknown> {
  return await call(
    api.PUT("/api/v1/seller/uploads/{uploadId}/pieces/{piece}", {
      params: { path: { uploadId, piece } },
      // The document describes no body: it is bytes, whatever they are.
      body: content as unknown as undefined,
    }),
  );
}

async function patiently<Result>(send: () => Promise<Result>): Promise<Result> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await send();
    } catch (error) {
      if (tried >= triesMax || !isApiError(error, "unreachable", "offline", "overloaded", "scanner_unavailable"))
        throw error;
      await new Promise((resolve) => setTimeout(resolve, restMs * tried));
    }
  }
}
