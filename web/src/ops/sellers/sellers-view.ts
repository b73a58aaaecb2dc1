import { sellerStates } from "@muse/contracts/ops-seller";
import { verificationLevels } from "@muse/contracts/seller";
import type { Query } from "../types.ts";
import { addressOf, oneOf, pageOf, textOf } from "../view.ts";

export type SellersView = {
  readonly query: string | null;
  readonly level: (typeof verificationLevels)[number] | null;
  readonly state: (typeof sellerStates)[number] | null;
  readonly page: number;
};

const queryLengthMax = 100;

export function sellersViewOf(query: Query): SellersView {
  return {
    query: textOf(query, "query")?.slice(0, queryLengthMax) ?? null,
    level: oneOf(query, "level", verificationLevels),
    state: oneOf(query, "state", sellerStates),
    page: pageOf(query),
  };
}

export function sellersHref({ query, level, state, page }: SellersView): string {
  return addressOf("/ops/sellers", { query, level, state, page });
}

export function isSellerId(text: string): boolean {
  return /^[A-Za-z0-9_-]{3,100}$/.test(text);
}
