import type { Query } from "../types.ts";
import { addressOf, oneOf, pageOf } from "../view.ts";

export const moneyLists = ["runs", "disputes", "balances", "payouts"] as const;
export type MoneyListName = (typeof moneyLists)[number];

export type MoneyView = { readonly list: MoneyListName; readonly page: number };

export function moneyViewOf(query: Query): MoneyView {
  return { list: oneOf(query, "list", moneyLists) ?? "runs", page: pageOf(query) };
}

export function moneyHref({ list, page }: MoneyView): string {
  return addressOf("/ops/money", { list: list === "runs" ? null : list, page });
}

export function isReconciliationId(text: string): boolean {
  return /^rec_[0-9A-Za-z]{6,64}$/.test(text);
}

export function isDisputeId(text: string): boolean {
  return /^[A-Za-z0-9_]{3,255}$/.test(text);
}
