import { hash } from "node:crypto";
import { newId } from "#kernel/ids.ts";
import type { Db } from "#platform/db/query.ts";
import { productUrlForms } from "#rooms/catalog";
import type { WantedItem } from "./add-item.ts";
import { itemsAdd } from "./cart.sql.gen.ts";
import type { CartRefusal, CartRefusalKind, CartSums } from "./written.ts";

export type AddBatch = {
  readonly accountId: string;
  readonly items: readonly WantedItem[];
  /** Each item that can be, instead of all or none. */
  readonly partial: boolean;
  /** A guest's local cart: the same content within a day changes nothing, whatever happened in between. */
  readonly merge: boolean;
  readonly expectedVersion: bigint | null;
};

/** How one item went. Of a repeated batch the item may be gone meanwhile: then it has no id. */
export type BatchItemResult = {
  readonly outcome: "done" | CartRefusalKind;
  readonly itemId: string | null;
  readonly detail: { readonly [key: string]: unknown } | null;
};

export type BatchWritten =
  | {
      readonly kind: "done";
      readonly version: number;
      readonly results: readonly BatchItemResult[];
      readonly sums: CartSums;
      /** The batch was in the cart already. */
      readonly isRepeat: boolean;
    }
  | (CartRefusal & { readonly results: readonly BatchItemResult[] });

/**
 * Adds many items in one statement. A batch that is sent twice changes nothing the second time: what was in it is told
 * by a hash of its content (docs/decisions/0022-batch-twice.md).
 */
export async function addBatch(
  db: Db,
  { accountId, items, partial, merge, expectedVersion }: AddBatch,
): Promise<BatchWritten> {
  const row = await itemsAdd(db, {
    accountId,
    items: items.map(({ url, ...item }) => ({
      ...item,
      urls: url === undefined ? null : productUrlForms(url),
      itemId: newId("ci"),
    })),
    isPartial: partial,
    isOnce: merge,
    contentHash: contentHash(items),
    expectedVersion,
  });
  const version = Number(row.version);
  if (row.outcome !== "done") {
    const detail = row.detail as { readonly items: readonly BatchItemResult[] } | null;
    return { kind: row.outcome, version, detail: null, results: detail?.items ?? [] };
  }
  return {
    kind: "done",
    version,
    results: row.item as readonly BatchItemResult[],
    sums: row.summary as CartSums,
    isRepeat: (row.detail as { readonly isRepeat: boolean }).isRepeat,
  };
}

/** Of what is wanted, whatever order it comes in. */
function contentHash(items: readonly WantedItem[]): Buffer {
  const lines = items.map(({ productId, variantId, url, size, color, quantity }) =>
    JSON.stringify([productId ?? null, variantId ?? null, url ?? null, size ?? null, color ?? null, quantity]),
  );
  return hash("sha256", lines.toSorted().join("\n"), "buffer");
}
