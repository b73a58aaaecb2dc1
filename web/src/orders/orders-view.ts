import type { OrderStatus } from "@muse/contracts/order";
import { pageNumber } from "#web/ui/page-number.ts";

/**
 * In the order of an order's life. Written here, as the contracts' own list would bring its validator into the page.
 */
export const orderStatuses = [
  "pending",
  "placed",
  "confirmed",
  "shipped",
  "delivered",
  "failed",
  "cancelled",
] as const satisfies readonly OrderStatus[];

/** What the address of the list says: which orders, and which page of them. */
export type OrdersView = { readonly status: OrderStatus | null; readonly page: number };

type Query = Readonly<Record<string, string | string[] | undefined>>;

/** Reads an address; whatever makes no sense in it is passed over. */
export function viewOf(query: Query): OrdersView {
  return {
    status: orderStatuses.find((status) => status === query["status"]) ?? null,
    page: pageNumber(query["page"]),
  };
}

/** The address of a view, as short as it can be said. */
export function hrefOf({ status, page }: OrdersView): string {
  const query = new URLSearchParams({
    ...(status === null ? {} : { status }),
    ...(page === 1 ? {} : { page: String(page) }),
  }).toString();
  return query === "" ? "/orders" : `/orders?${query}`;
}
