import type { ErrorEntry } from "./error-entry.ts";

/** Refusals on the way from the cart to the payment. Part of `errors`. */
export const checkoutErrors = {
  // Cart.
  cart_empty: {
    status: 409,
    retry: "never",
    message: {
      en: "Your cart is empty. Add something before checking out.",
      ko: "장바구니가 비어 있습니다. 상품을 담은 뒤 결제해 주세요.",
    },
  },
  cart_full: {
    status: 409,
    retry: "never",
    message: {
      en: "Your cart holds as many different items as it can. Remove one first.",
      ko: "장바구니에 더 담을 수 없습니다. 상품을 하나 뺀 뒤 다시 담아 주세요.",
    },
  },
  mixed_currency: {
    status: 409,
    retry: "never",
    message: {
      en: "All items must be in the same currency. Check out the currencies one after the other.",
      ko: "모든 상품의 통화가 동일해야 합니다",
    },
  },
  product_unavailable: {
    status: 409,
    retry: "never",
    message: {
      en: "An item is no longer sold. Remove it from the cart to go on.",
      ko: "더 이상 판매하지 않는 상품이 있습니다. 장바구니에서 빼고 진행해 주세요.",
    },
  },
  out_of_stock: {
    status: 409,
    retry: "never",
    message: {
      en: "There is not enough stock of an item. Lower its quantity or remove it.",
      ko: "재고가 부족한 상품이 있습니다. 수량을 줄이거나 빼 주세요.",
    },
  },
  already_purchased: {
    status: 409,
    retry: "never",
    message: {
      en: "You already own this product. You will find it in your library.",
      ko: "이미 구매한 상품입니다. 보관함에서 확인해 주세요.",
    },
  },
  self_purchase: {
    status: 409,
    retry: "never",
    message: {
      en: "You cannot buy your own product. Remove it from the cart to go on.",
      ko: "본인이 판매하는 상품은 구매할 수 없습니다. 장바구니에서 빼 주세요.",
    },
  },
  quantity_limit: {
    status: 409,
    retry: "never",
    message: {
      en: "This is more of the item than one order may hold. Lower the quantity.",
      ko: "한 번에 주문할 수 있는 수량을 넘었습니다. 수량을 줄여 주세요.",
    },
  },
  product_url_unknown: {
    status: 400,
    retry: "never",
    message: {
      en: "We cannot read a product from this address. Use the address of a product page of one of our stores.",
      ko: "이 주소에서 상품을 읽을 수 없습니다. 제휴 스토어의 상품 페이지 주소를 사용해 주세요.",
    },
  },

  variant_required: {
    status: 400,
    retry: "never",
    message: {
      en: "This product comes in several variants. Choose one of those listed.",
      ko: "여러 옵션이 있는 상품입니다. 목록에서 옵션을 선택해 주세요.",
    },
  },

  // Checkout.
  session_expired: {
    status: 410,
    retry: "never",
    message: {
      en: "This checkout has expired. Nothing was charged; start it again from your cart.",
      ko: "결제 시간이 만료되었습니다. 결제된 금액은 없으니 장바구니에서 다시 시작해 주세요.",
    },
  },
  session_cancelled: {
    status: 409,
    retry: "never",
    message: {
      en: "This checkout was cancelled. Start it again from your cart.",
      ko: "취소된 결제입니다. 장바구니에서 다시 시작해 주세요.",
    },
  },
  session_processing: {
    status: 409,
    retry: "later",
    message: {
      en: "This checkout is being paid right now and cannot be changed. Wait for its outcome.",
      ko: "결제가 진행 중이라 변경할 수 없습니다. 결과를 기다려 주세요.",
    },
  },
  session_closed: {
    status: 409,
    retry: "never",
    message: {
      en: "This checkout is finished and cannot be changed. See your orders.",
      ko: "이미 끝난 결제라 변경할 수 없습니다. 주문 내역을 확인해 주세요.",
    },
  },
  shipping_address_required: {
    status: 409,
    retry: "never",
    message: {
      en: "A shipping address is missing. Enter where the items should go.",
      ko: "배송지가 없습니다. 배송지를 입력해 주세요.",
    },
  },
  shipping_address_invalid: {
    status: 400,
    retry: "never",
    message: {
      en: "This address cannot be delivered to as written. Correct the named field.",
      ko: "배송할 수 없는 주소입니다. 표시된 항목을 고쳐 주세요.",
    },
  },
  shipping_option_required: {
    status: 409,
    retry: "never",
    message: {
      en: "Choose how each store should ship before you pay.",
      ko: "결제하기 전에 스토어별 배송 방법을 선택해 주세요.",
    },
  },
  shipping_option_invalid: {
    status: 400,
    retry: "never",
    message: {
      en: "This shipping option is not offered for this store and address. Choose one of those listed.",
      ko: "이 스토어와 주소에는 선택할 수 없는 배송 방법입니다. 목록에서 선택해 주세요.",
    },
  },
  price_changed: {
    status: 409,
    retry: "never",
    message: {
      en: "The total has changed since you saw it. Look at the new total and confirm once more.",
      ko: "확인하신 뒤 금액이 변경되었습니다. 새 금액을 확인하고 다시 진행해 주세요.",
    },
  },

  // Payment.
  payment_method_required: {
    status: 409,
    retry: "never",
    message: {
      en: "A payment method is missing. Choose how you want to pay.",
      ko: "결제수단이 없습니다. 결제수단을 선택해 주세요.",
    },
  },
  currency_not_supported: {
    status: 409,
    retry: "never",
    message: {
      en: "Payments in this currency are not open yet. Take these items out of the cart to pay for the others.",
      ko: "아직 이 통화로는 결제할 수 없습니다. 해당 상품을 장바구니에서 빼고 결제해 주세요.",
    },
  },
  amount_too_small: {
    status: 409,
    retry: "never",
    message: {
      en: "The total is below what a card can be charged. Add something to the cart.",
      ko: "결제 금액이 카드 최소 결제 금액보다 적습니다. 상품을 더 담아 주세요.",
    },
  },
  payment_method_invalid: {
    status: 400,
    retry: "never",
    message: {
      en: "The payment provider does not accept this payment method. Choose another one.",
      ko: "결제사에서 받을 수 없는 결제수단입니다. 다른 결제수단을 선택해 주세요.",
    },
  },
  payment_declined: {
    status: 402,
    retry: "never",
    message: {
      en: "The payment was declined and nothing was charged. Try another card or ask your bank.",
      ko: "결제가 거절되어 청구된 금액이 없습니다. 다른 카드로 시도하거나 카드사에 문의해 주세요.",
    },
  },
  payment_action_required: {
    status: 402,
    retry: "same_key",
    message: {
      en: "Your bank asks you to confirm this payment. Confirm it, then continue.",
      ko: "카드사 본인 인증이 필요합니다. 인증을 마친 뒤 계속해 주세요.",
    },
  },
  payment_in_progress: {
    status: 409,
    retry: "later",
    message: {
      en: "We are checking your payment. Do not pay again; the result will appear here.",
      ko: "결제를 확인하고 있습니다. 다시 결제하지 마세요. 결과가 여기에 표시됩니다.",
    },
  },
  payment_amount_mismatch: {
    status: 409,
    retry: "never",
    message: {
      en: "The amount is not the one of this order, so nothing was charged. Start the payment again.",
      ko: "주문 금액과 결제 금액이 달라 결제하지 않았습니다. 처음부터 다시 결제해 주세요.",
    },
  },
  payment_provider_unavailable: {
    status: 503,
    retry: "same_key",
    message: {
      en: "The payment provider does not answer at the moment. Nothing was charged; try again shortly.",
      ko: "결제사가 응답하지 않습니다. 청구된 금액은 없으니 잠시 후 다시 시도해 주세요.",
    },
  },
} as const satisfies Record<string, ErrorEntry>;
