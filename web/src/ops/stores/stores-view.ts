import type { Query } from "../types.ts";
import { addressOf, oneOf, pageOf, textOf } from "../view.ts";
import type { Store } from "./stores-query.ts";

export const storeKinds = ["retailer", "seller"] as const satisfies readonly Store["kind"][];

export type StoresView = {
  readonly query: string | null;
  readonly kind: Store["kind"] | null;
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
