import "server-only";
import type { Order, OrderList } from "@muse/contracts/order";
import { call } from "#web/api/call.ts";
import { isApiError } from "#web/api/error.ts";
import { serverApi } from "#web/api/server.ts";
import { listQueryOf } from "./orders-query.ts";
import type { OrdersView } from "./orders-view.ts";
import type { StatusCounts } from "./status-filter.tsx";

export type OrdersRead =
  | { readonly kind: "read"; readonly list: OrderList; readonly counts: StatusCounts; readonly isPerson: boolean }
  /** Nobody is known to be asking: not signed in, and never been here. */
  | { readonly kind: "nobody" };

export async function readOrders(view: OrdersView): Promise<OrdersRead> {
  const api = await serverApi();
  try {
    const [list, { byStatus }, { kind }] = await Promise.all([
      call(api.GET("/api/v1/orders", { params: { query: listQueryOf(view) } })),
      call(api.GET("/api/v1/orders/stats")),
      call(api.GET("/api/v1/account")),
    ]);
    return { kind: "read", list, counts: byStatus, isPerson: kind === "person" };
  } catch (error) {
    if (isApiError(error, "not_signed_in")) return { kind: "nobody" };
    throw error;
  }
}

/** Null where it is nobody's, somebody else's, or the reader is not known: the three are not told apart. */
export async function readOrder(orderNumber: string): Promise<Order | null> {
  const api = await serverApi();
  try {
    return await call(api.GET("/api/v1/orders/{orderNumber}", { params: { path: { orderNumber } } }));
  } catch (error) {
    if (isApiError(error, "not_signed_in", "order_not_found")) return null;
    throw error;
  }
}

/** The address of whoever is signed in with an account of their own; null: a visitor, or nobody. */
export async function signedInAs(): Promise<string | null> {
  const api = await serverApi();
  try {
    const { kind, email } = await call(api.GET("/api/v1/account"));
    return kind === "person" ? email : null;
  } catch (error) {
    if (isApiError(error, "not_signed_in")) return null;
    throw error;
  }
}
