import type { Language } from "@muse/contracts/error";
import type { Checkout, OrderRecord, RefundRecord } from "../record.ts";
import { dayOf, money, toMethod } from "../words.ts";

/** What goes back for an order that ended: how much, when and where to. Empty where nothing does. */
export function refundSentence(order: OrderRecord, checkout: Checkout, language: Language): string {
  const refund = checkout.refunds.find(({ orderNumber, isOfEnd }) => isOfEnd && orderNumber === order.orderNumber);
  return refund === undefined ? "" : wentBack(refund, checkout, language);
}

/** In the words of its state: what has not gone yet is not said to have. */
export function wentBack(refund: RefundRecord, checkout: Checkout, language: Language): string {
  const amount = money(refund.amountMinor, checkout.currency, language);
  if (refund.status === "account_needed") {
    return language === "ko"
      ? `${amount} 환불을 위해 계좌 정보가 필요합니다. 주문 페이지에서 입력해 주세요.`
      : `${amount} goes back as soon as you have named a bank account for it on the order's page.`;
  }
  const method = toMethod(checkout.provider, language);
  if (refund.status !== "succeeded" || refund.succeededAt === null) {
    return language === "ko"
      ? `${amount} 금액을 ${method} 환불하고 있습니다. 환불이 완료되면 다시 알려 드립니다.`
      : `${amount} is on its way back ${method}. We write again when it has gone.`;
  }
  const day = dayOf(new Date(refund.succeededAt), language);
  return language === "ko"
    ? `${day}, ${amount} 금액을 ${method} 환불했습니다. ${patience.ko}`
    : `${amount} went back ${method} on ${day}. ${patience.en}`;
}

const patience = {
  en: "Banks usually show it within 5 to 10 days.",
  ko: "보통 5~10일 안에 확인하실 수 있습니다.",
};
