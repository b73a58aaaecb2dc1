import type { OrderStatus } from "@muse/contracts/order";
import type { Query } from "../types.ts";
import { addressOf, oneOf, pageOf, textOf } from "../view.ts";

/** In the order of an order's life. */
export const orderStatuses = [
  "pending",
  "placed",
  "confirmed",
  "shipped",
  "delivered",
  "failed",
  "cancelled",
] as const satisfies readonly OrderStatus[];

export type OrdersView = {
  /** A number or an address that somebody gave, whole. */
  readonly q: string | null;
  readonly status: OrderStatus | null;
  readonly store: string | null;
  readonly page: number;
};

/** The API takes no more. */
const queryLengthMax = 100;

export function ordersViewOf(query: Query): OrdersView {
  return {
    q: textOf(query, "q")?.slice(0, queryLengthMax) ?? null,
    status: oneOf(query, "status", orderStatuses),
    store: textOf(query, "store"),
    page: pageOf(query),
  };
}

export function ordersHref({ q, status, store, page }: OrdersView): string {
  return addressOf("/ops/orders", { q, status, store, page });
}
