import type { Language } from "@muse/contracts/error";
import type { Order, OrderStatus } from "@muse/contracts/order";
import { orderReason } from "@muse/contracts/order-reason";
import type { OrderReadRow } from "./order.sql.gen.ts";

/** What to tell the shopper of an order beyond its status, or null where the status says it all. */
export function orderMessage(
  status: OrderStatus,
  {
    reason,
    placementStatus,
    paymentStatus,
    depositDueAt,
  }: Pick<OrderReadRow, "reason" | "placementStatus" | "paymentStatus" | "depositDueAt">,
  language: Language,
): string | null {
  if (status === "failed" || status === "cancelled")
    return orderReason(reason ?? "other", language) ?? orderReason("other", language);
  if (status !== "pending") return null;
  if (paymentStatus === "unpaid") return waiting[depositDueAt === null ? "forPayment" : "forDeposit"][language];
  if (placementStatus === "manual") return waiting.byHand[language];
  return placementStatus === "unknown" ? waiting.asking[language] : null;
}

const waiting = {
  // A payment may be on its way: nobody is told that there is none.
  forPayment: {
    en: "Its payment is not confirmed yet.",
    ko: "아직 결제가 확인되지 않았습니다.",
  },
  forDeposit: {
    en: "It is waiting for your transfer.",
    ko: "입금을 기다리고 있습니다.",
  },
  byHand: {
    en: "One of our people is placing this order by hand.",
    ko: "담당자가 직접 주문을 진행하고 있습니다.",
  },
  asking: {
    en: "We are asking the store whether it has the order.",
    ko: "스토어에 주문 접수 여부를 확인하고 있습니다.",
  },
} as const;

export function cancelling(why: Order["cancelling"]["why"], language: Language): Order["cancelling"] {
  return { isPossible: why === null, why, message: why === null ? null : noCancel[why][language] };
}

export function refundRequesting(why: Order["refundRequesting"]["why"], language: Language): Order["refundRequesting"] {
  return { isPossible: why === null, why, message: why === null ? null : noRefund[why][language] };
}

const noCancel = {
  not_paid: {
    en: "There is nothing to cancel before its payment is confirmed.",
    ko: "결제가 확인되기 전에는 취소할 주문이 없습니다.",
  },
  shipped: {
    en: "It is on its way already. You can send it back once it has arrived.",
    ko: "이미 발송되었습니다. 상품을 받은 뒤 반품하실 수 있습니다.",
  },
  delivered: {
    en: "It has arrived. You can ask for a refund.",
    ko: "배송이 완료되었습니다. 환불을 요청하실 수 있습니다.",
  },
  ended: { en: "It has ended already.", ko: "이미 종료된 주문입니다." },
  requested: {
    en: "We have asked the store to cancel it and are waiting for its answer.",
    ko: "스토어에 취소를 요청했고 답변을 기다리고 있습니다.",
  },
  refused_by_store: {
    en: "The store could not cancel it any more. You can send it back once it has arrived.",
    ko: "스토어에서 더 이상 취소할 수 없습니다. 상품을 받은 뒤 반품하실 수 있습니다.",
  },
} as const;

const noRefund = {
  not_paid: {
    en: "No payment is confirmed for it, so there is nothing to give back.",
    ko: "결제가 확인되지 않아 환불할 금액이 없습니다.",
  },
  not_placed: {
    en: "The store does not have it yet. Cancel it instead.",
    ko: "아직 스토어에 접수되지 않았습니다. 환불 대신 주문을 취소해 주세요.",
  },
  ended: {
    en: "It has ended; what you paid for it goes back by itself.",
    ko: "종료된 주문이며 결제 금액은 자동으로 환불됩니다.",
  },
  nothing_left: {
    en: "All of it has gone back, or is on its way.",
    ko: "전액 환불되었거나 환불이 진행 중입니다.",
  },
  requested: { en: "You have asked for it; we will answer soon.", ko: "환불 요청을 확인하고 있습니다." },
} as const;
