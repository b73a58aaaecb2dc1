import type { Order, OrderList, OrderStatus } from "@muse/contracts/order";
import { queryOptions } from "@tanstack/react-query";
import { api } from "#web/api/browser.ts";
import { call } from "#web/api/call.ts";
import type { OrdersView } from "./orders-view.ts";
import { refundWord } from "./refund-words.ts";

/** While something moves it is read again so often; the stores and carriers themselves are asked by Muse. */
const movingMs = 20_000;

/** What the server drew is believed for so long. */
const freshMs = 5_000;

const resting: ReadonlySet<OrderStatus> = new Set(["delivered", "failed", "cancelled"]);

export const ordersKey = ["orders"] as const;

/** A page of the list. The language is part of its key: names of states and amounts come written for a reader. */
export function ordersQuery(view: OrdersView, locale: string, initial: OrderList) {
  return queryOptions({
    queryKey: [...ordersKey, "list", locale, view],
    queryFn: ({ signal }): Promise<OrderList> =>
      call(api.GET("/api/v1/orders", { params: { query: listQueryOf(view) }, signal })),
    initialData: initial,
    staleTime: freshMs,
    refetchInterval: ({ state }) => (isListMoving(state.data) ? movingMs : false),
  });
}

/** Checkouts on a page. */
export const pageSize = 10;

export function listQueryOf({ status, page }: OrdersView) {
  return { limit: pageSize, offset: (page - 1) * pageSize, ...(status === null ? {} : { status }) };
}

export function orderQuery(orderNumber: string, locale: string, initial: Order) {
  return queryOptions({
    queryKey: [...ordersKey, "one", locale, orderNumber],
    queryFn: ({ signal }): Promise<Order> =>
      call(api.GET("/api/v1/orders/{orderNumber}", { params: { path: { orderNumber } }, signal })),
    initialData: initial,
    staleTime: freshMs,
    refetchInterval: ({ state }) => (isMoving(state.data) ? movingMs : false),
  });
}

/** Whether anything may still happen to it without the shopper: at the store, on the way, or with the money. */
export function isMoving(order: Pick<Order, "status" | "refunds" | "refundRequest"> | undefined): boolean {
  if (order === undefined) return false;
  const isMoneyMoving = order.refunds.some(({ status }) => status !== "succeeded" && status !== "failed");
  return !resting.has(order.status) || isMoneyMoving || order.refundRequest?.status === "open";
}

type Summary = OrderList["checkoutSessions"][number]["orders"][number];

function isListMoving(list: OrderList | undefined): boolean {
  const isOneMoving = ({ status, paymentStatus, refundedCents }: Summary): boolean =>
    !resting.has(status) || (refundedCents > 0 && refundWord(paymentStatus) === "refundOnItsWay");
  return list?.checkoutSessions.some(({ orders }) => orders.some(isOneMoving)) ?? false;
}
