import { CancelResult, OrderParams, type OrderStatus } from "@muse/contracts/order";
import { must, unreachable } from "#kernel/assert.ts";
import { toWire } from "#kernel/money.ts";
import type { Db } from "#platform/db/query.ts";
import { answer, problem } from "#platform/http/problem.ts";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { cancelOrder } from "./cancel-order.ts";
import { orderOwned } from "./placement.sql.gen.ts";

/** The shopper's cancellation. It lives here because only the placement knows whether the store has the order. */
export function cancelRoute(http: HttpServer): void {
  route(
    http,
    {
      method: "POST",
      url: "/api/v1/orders/:orderNumber/cancel",
      summary: "Take an order back",
      description:
        "At once before it is with the store, and its money goes back. After that the store is asked: 202 `requested`, and the order's status tells what came of it.",
      tags: ["Orders"],
      auth: "shopper",
      params: OrderParams,
      reply: CancelResult,
      statuses: [200, 202],
      errors: ["order_not_found", "order_not_cancellable"],
      idempotent: true,
    },
    async ({ db, account, params }) => {
      const owned = await orderOwned(db, { ...params, accountId: account.accountId });
      if (owned === null) return problem("order_not_found");
      const { kind } = await cancelOrder(db, params.orderNumber, "cancelled_by_shopper");
      switch (kind) {
        case "cancelled":
          return await result(db, params.orderNumber, account.accountId, kind);
        case "requested":
          return answer(await result(db, params.orderNumber, account.accountId, kind), { status: 202 });
        case "not_cancellable":
          return problem("order_not_cancellable", { details: { why: owned.status } });
        case "refused_by_store":
          return problem("order_not_cancellable", { details: { why: kind }, message: refusedByStore });
        case "not_found":
          return owned.isPaid ? problem("order_not_found") : notPaid(owned.status);
        default:
          return unreachable(kind);
      }
    },
  );
}

const refusedByStore = {
  en: "The store does not take this order back any more. Return it once it has arrived.",
  ko: "스토어에서 이 주문의 취소를 받아 주지 않았습니다. 상품을 받은 뒤 반품해 주세요.",
};

/** Nothing of an order is to be taken back before it is paid: its checkout is left instead. */
function notPaid(status: OrderStatus) {
  return status === "pending"
    ? problem("order_not_cancellable", { details: { why: "not_paid" }, message: nothingPaid })
    : problem("order_not_cancellable", { details: { why: status } });
}

const nothingPaid = {
  en: "There is nothing to cancel before its payment is confirmed.",
  ko: "결제가 확인되기 전에는 취소할 주문이 없습니다.",
};

async function result(db: Db, orderNumber: string, accountId: string, outcome: "cancelled" | "requested") {
  const now = must(await orderOwned(db, { orderNumber, accountId }), "cancel: the order is still there");
  return {
    museOrderNumber: orderNumber,
    outcome,
    status: now.status,
    refundedCents: toWire(now.refundedMinor),
    currency: now.currency,
  };
}
