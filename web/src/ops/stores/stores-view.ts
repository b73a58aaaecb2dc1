import type { Query } from "../types.ts";
import { addressOf, oneOf, pageOf, textOf } from "../view.ts";

/** Those that orders are placed with, and those of people who sell files. */
export const storeKinds = ["retailer", "seller"] as const;

export type StoresView = {
  readonly query: string | null;
  readonly kind: (typeof storeKinds)[number] | null;
  readonly page: number;
};

const queryLengthMax = 100;

export function storesViewOf(query: Query): StoresView {
  return {
    query: textOf(query, "query")?.slice(0, queryLengthMax) ?? null,
    kind: oneOf(query, "kind", storeKinds),
    page: pageOf(query),
  };
}

export function storesHref({ query, kind, page }: StoresView): string {
  return addressOf("/ops/stores", { query, kind, page });
}
