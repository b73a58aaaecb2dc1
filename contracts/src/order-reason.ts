import type { Language } from "./error.ts";

/** Why an order ended or money went back, by the code that is kept, as a shopper is told it. */
const reasons: ReadonlyMap<string, { readonly en: string; readonly ko: string }> = new Map(
  Object.entries({
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
    store_closed: { en: "The store is closed at the moment.", ko: "스토어가 현재 영업하지 않습니다." },
    rejected: { en: "The store could not take the order.", ko: "스토어가 주문을 받지 못했습니다." },
    other: { en: "The store could not take the order.", ko: "스토어가 주문을 받지 못했습니다." },
    cancelled_by_shopper: { en: "You cancelled it.", ko: "고객님이 취소하셨습니다." },
    cancelled_by_store: { en: "The store cancelled it.", ko: "스토어가 주문을 취소했습니다." },
    all_or_nothing: {
      en: "Another store could not deliver, and you asked for all or nothing.",
      ko: "다른 스토어의 주문이 실패하여, 요청하신 대로 함께 취소했습니다.",
    },
    not_paid: { en: "It was not paid.", ko: "결제되지 않았습니다." },
    late_payment: {
      en: "The payment came after the checkout had ended.",
      ko: "결제 시간이 지난 뒤에 결제되었습니다.",
    },
    given_back_at_provider: { en: "Your payment was given back.", ko: "결제하신 금액이 환불되었습니다." },
    refund_request: { en: "You asked for it.", ko: "고객님이 환불을 요청하셨습니다." },
  }),
);

/** The sentence for a code; null for one that says nothing to a shopper. */
export function orderReason(code: string, language: Language): string | null {
  return reasons.get(code)?.[language] ?? null;
}
