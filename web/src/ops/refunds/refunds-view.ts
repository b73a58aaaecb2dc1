import type { Query } from "../types.ts";
import { addressOf, oneOf, pageOf } from "../view.ts";

export const refundLists = ["requests", "approvals", "approved", "declined", "stuck"] as const;
export type RefundListName = (typeof refundLists)[number];

export type RefundsView = { readonly list: RefundListName; readonly page: number };

export function refundsViewOf(query: Query): RefundsView {
  return { list: oneOf(query, "list", refundLists) ?? "requests", page: pageOf(query) };
}

export function refundsHref({ list, page }: RefundsView): string {
  return addressOf("/ops/refunds", { list: list === "requests" ? null : list, page });
}
