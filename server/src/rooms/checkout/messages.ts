import type { Language } from "@muse/contracts/error";
import { formatMinor } from "#kernel/money.ts";
import type { OrderRecord } from "./record.ts";

/** Why an order ended, in a shopper's words. Codes that are not here say only that the store could not take it. */
const reasons: Readonly<Record<string, { readonly en: string; readonly ko: string }>> = {
  out_of_stock: { en: "The store has run out of it.", ko: "스토어에 재고가 없습니다." },
  already_purchased: {
    en: "You own it already, so you have not paid for it twice.",
    ko: "이미 보유한 상품이라 중복 결제되지 않았습니다.",
  },
  price_above_guard: {
    en: "The store now wants more than you paid, so we did not order it.",
    ko: "스토어 가격이 결제하신 금액보다 올라 주문하지 않았습니다.",
  },
  address_not_served: {
    en: "The store does not deliver to your address.",
    ko: "스토어가 이 주소로 배송하지 않습니다.",
  },
  cancelled_by_shopper: { en: "You cancelled it.", ko: "고객님이 취소하셨습니다." },
  cancelled_by_store: { en: "The store cancelled it.", ko: "스토어가 주문을 취소했습니다." },
  all_or_nothing: {
    en: "Another store could not deliver, and you asked for all or nothing.",
    ko: "다른 스토어의 주문이 실패하여, 요청하신 대로 함께 취소했습니다.",
  },
  not_paid: { en: "It was not paid.", ko: "결제되지 않았습니다." },
};

const unnamed = { en: "The store could not take the order.", ko: "스토어가 주문을 받지 못했습니다." };

/** What to tell the shopper of an order beyond its status, or null where the status says it all. */
export function orderMessage(order: OrderRecord, currency: "USD" | "KRW", language: Language): string | null {
  if (order.status === "failed" || order.status === "cancelled") {
    const reason = (order.reason === null ? undefined : reasons[order.reason]) ?? unnamed;
    return [reason[language], refundSentence(order, currency, language)].filter((part) => part !== "").join(" ");
  }
  if (order.status !== "pending") return null;
  if (order.placement === "manual") return byHand[language];
  return order.placement === "unknown" ? asking[language] : null;
}

const byHand = {
  en: "One of our people is placing this order by hand.",
  ko: "담당자가 직접 주문을 진행하고 있습니다.",
};
const asking = {
  en: "We are asking the store whether it has the order.",
  ko: "스토어에 주문 접수 여부를 확인하고 있습니다.",
};

function refundSentence(
  { paymentStatus, refundedMinor }: OrderRecord,
  currency: "USD" | "KRW",
  language: Language,
): string {
  if (paymentStatus === "unpaid" || refundedMinor === 0) return "";
  const amount = formatMinor(BigInt(refundedMinor), currency, language);
  if (paymentStatus === "refunded") {
    return language === "ko" ? `${amount} 환불이 완료되었습니다.` : `${amount} has been refunded.`;
  }
  return language === "ko" ? `${amount} 환불이 진행 중입니다.` : `${amount} is being refunded.`;
}
