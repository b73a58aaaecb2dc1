/**
 * Every failure a client can see. One row per code: its HTTP status, what a client may do next, and a sentence for people.
 *
 * `retry` is a promise: `never` means the same request will be refused again until something changes; `same_key` that
 * repeating it with its Idempotency-Key is safe and may help at once; `later` that it may help after `Retry-After`.
 * Codes never change once published; messages may. Append, and keep the groups.
 */
export const errors = {
  // What was sent.
  request_invalid: {
    status: 400, retry: "never",
    message: { en: "The request is not valid. Correct the named field and send it again.", ko: "요청 형식이 올바르지 않습니다. 표시된 항목을 고쳐 다시 보내 주세요." },
  },
  unknown_field: {
    status: 400, retry: "never",
    message: { en: "The request has a field that does not exist here. Remove it or check its spelling.", ko: "알 수 없는 항목이 포함되어 있습니다. 항목을 지우거나 철자를 확인해 주세요." },
  },
  body_too_large: {
    status: 413, retry: "never",
    message: { en: "The request body is larger than 256 KiB. Send less at once.", ko: "요청 본문이 256KiB를 넘습니다. 나누어 보내 주세요." },
  },
  unsupported_media_type: {
    status: 415, retry: "never",
    message: { en: "Send the body as JSON, with Content-Type: application/json.", ko: "본문은 JSON으로, Content-Type: application/json 헤더와 함께 보내 주세요." },
  },
  card_number_refused: {
    status: 400, retry: "never",
    message: {
      en: "The request holds what looks like a card number. Card numbers go to the payment provider only; send its payment method id here.",
      ko: "요청에 카드 번호로 보이는 값이 있습니다. 카드 번호는 결제사에만 입력하고, 여기에는 결제수단 ID를 보내 주세요.",
    },
  },

  // Who is asking.
  not_signed_in: {
    status: 401, retry: "never",
    message: { en: "You are not signed in, or the sign-in has ended. Sign in and try again.", ko: "로그인되어 있지 않거나 로그인이 만료되었습니다. 로그인한 뒤 다시 시도해 주세요." },
  },
  credentials_invalid: {
    status: 401, retry: "never",
    message: { en: "The e-mail address or the password is wrong. Check both and try again.", ko: "이메일 또는 비밀번호가 올바르지 않습니다. 확인 후 다시 시도해 주세요." },
  },
  email_taken: {
    status: 422, retry: "never",
    message: { en: "There is already an account for this e-mail address. Sign in instead.", ko: "이미 가입된 이메일입니다. 로그인해 주세요." },
  },
  role_missing: {
    status: 403, retry: "never",
    message: { en: "Your account may not do this. Ask an administrator for the role it needs.", ko: "이 작업을 할 권한이 없습니다. 관리자에게 권한을 요청해 주세요." },
  },
  cross_site_refused: {
    status: 403, retry: "never",
    message: { en: "This request came from another website and was refused. Do it from Muse itself.", ko: "다른 사이트에서 보낸 요청이라 거부되었습니다. Muse에서 직접 진행해 주세요." },
  },
  rate_limited: {
    status: 429, retry: "later",
    message: { en: "Too many requests in a short time. Wait for as long as Retry-After says, then try again.", ko: "짧은 시간에 요청이 너무 많습니다. Retry-After 시간만큼 기다린 뒤 다시 시도해 주세요." },
  },

  // What is not there, or not yours: the two are never told apart.
  not_found: {
    status: 404, retry: "never",
    message: { en: "There is nothing at this address. Check the path and the method.", ko: "요청한 주소에 아무것도 없습니다. 경로와 메서드를 확인해 주세요." },
  },
  cart_item_not_found: {
    status: 404, retry: "never",
    message: { en: "This item is not in your cart any more. Reload the cart.", ko: "장바구니에 없는 상품입니다. 장바구니를 새로고침해 주세요." },
  },
  product_not_found: {
    status: 404, retry: "never",
    message: { en: "We do not know this product or variant. Choose another one.", ko: "상품 또는 옵션을 찾을 수 없습니다. 다른 상품을 선택해 주세요." },
  },
  session_not_found: {
    status: 404, retry: "never",
    message: { en: "We do not find this checkout. Start it again from your cart.", ko: "결제 세션을 찾을 수 없습니다. 장바구니에서 다시 시작해 주세요." },
  },
  order_not_found: {
    status: 404, retry: "never",
    message: { en: "We do not find this order. Check its number, and that you are signed in with the account that placed it.", ko: "주문을 찾을 수 없습니다. 주문 번호와 로그인한 계정을 확인해 주세요." },
  },
  store_not_found: {
    status: 404, retry: "never",
    message: { en: "We do not know this store. Check its id.", ko: "스토어를 찾을 수 없습니다. 스토어 ID를 확인해 주세요." },
  },
  unknown_store: {
    status: 404, retry: "never",
    message: { en: "Events from this store are not accepted here, because it is not registered.", ko: "등록되지 않은 스토어의 이벤트라 받을 수 없습니다." },
  },
  event_not_found: {
    status: 404, retry: "never",
    message: { en: "We do not find this event. It may have been removed after its keeping time.", ko: "이벤트를 찾을 수 없습니다. 보관 기간이 지나 삭제되었을 수 있습니다." },
  },

  // Repeats and versions.
  idempotency_key_invalid: {
    status: 400, retry: "never",
    message: { en: "Idempotency-Key must be 1 to 255 printable ASCII characters.", ko: "Idempotency-Key는 출력 가능한 ASCII 문자 1~255자여야 합니다." },
  },
  idempotency_key_reused: {
    status: 422, retry: "never",
    message: { en: "This Idempotency-Key was already used for a different request. Use a new key for a new request.", ko: "이미 다른 요청에 사용된 Idempotency-Key입니다. 새 요청에는 새 키를 사용해 주세요." },
  },
  idempotency_in_progress: {
    status: 409, retry: "same_key",
    message: { en: "The first request with this Idempotency-Key is still running. Ask again with the same key in a moment.", ko: "같은 Idempotency-Key의 첫 요청을 처리하고 있습니다. 잠시 후 같은 키로 다시 요청해 주세요." },
  },
  precondition_failed: {
    status: 412, retry: "never",
    message: { en: "It has changed since you read it. Read it again, then repeat your change.", ko: "그사이 내용이 변경되었습니다. 다시 불러온 뒤 변경해 주세요." },
  },

  // Cart.
  cart_empty: {
    status: 409, retry: "never",
    message: { en: "Your cart is empty. Add something before checking out.", ko: "장바구니가 비어 있습니다. 상품을 담은 뒤 결제해 주세요." },
  },
  cart_full: {
    status: 409, retry: "never",
    message: { en: "Your cart holds as many different items as it can. Remove one first.", ko: "장바구니에 더 담을 수 없습니다. 상품을 하나 뺀 뒤 다시 담아 주세요." },
  },
  mixed_currency: {
    status: 409, retry: "never",
    message: { en: "All items must be in the same currency. Check out the currencies one after the other.", ko: "모든 상품의 통화가 동일해야 합니다" },
  },
  product_unavailable: {
    status: 409, retry: "never",
    message: { en: "An item is no longer sold. Remove it from the cart to go on.", ko: "더 이상 판매하지 않는 상품이 있습니다. 장바구니에서 빼고 진행해 주세요." },
  },
  out_of_stock: {
    status: 409, retry: "never",
    message: { en: "There is not enough stock of an item. Lower its quantity or remove it.", ko: "재고가 부족한 상품이 있습니다. 수량을 줄이거나 빼 주세요." },
  },
  already_purchased: {
    status: 409, retry: "never",
    message: { en: "You already own this product. You will find it in your library.", ko: "이미 구매한 상품입니다. 내 구매 목록에서 확인해 주세요." },
  },
  self_purchase: {
    status: 409, retry: "never",
    message: { en: "You cannot buy your own product. Remove it from the cart to go on.", ko: "본인이 판매하는 상품은 구매할 수 없습니다. 장바구니에서 빼 주세요." },
  },
  quantity_limit: {
    status: 409, retry: "never",
    message: { en: "This is more of the item than one order may hold. Lower the quantity.", ko: "한 번에 주문할 수 있는 수량을 넘었습니다. 수량을 줄여 주세요." },
  },
  product_url_unknown: {
    status: 422, retry: "never",
    message: { en: "We cannot read a product from this address. Use the address of a product page of one of our stores.", ko: "이 주소에서 상품을 읽을 수 없습니다. 제휴 스토어의 상품 페이지 주소를 사용해 주세요." },
  },

  variant_required: {
    status: 422, retry: "never",
    message: { en: "This product comes in several variants. Choose one of those listed.", ko: "여러 옵션이 있는 상품입니다. 목록에서 옵션을 선택해 주세요." },
  },

  // Checkout.
  session_expired: {
    status: 410, retry: "never",
    message: { en: "This checkout has expired. Nothing was charged; start it again from your cart.", ko: "결제 시간이 만료되었습니다. 결제된 금액은 없으니 장바구니에서 다시 시작해 주세요." },
  },
  session_cancelled: {
    status: 409, retry: "never",
    message: { en: "This checkout was cancelled. Start it again from your cart.", ko: "취소된 결제입니다. 장바구니에서 다시 시작해 주세요." },
  },
  session_processing: {
    status: 409, retry: "later",
    message: { en: "This checkout is being paid right now and cannot be changed. Wait for its outcome.", ko: "결제가 진행 중이라 변경할 수 없습니다. 결과를 기다려 주세요." },
  },
  session_closed: {
    status: 409, retry: "never",
    message: { en: "This checkout is finished and cannot be changed. See your orders.", ko: "이미 끝난 결제라 변경할 수 없습니다. 주문 내역을 확인해 주세요." },
  },
  shipping_address_required: {
    status: 409, retry: "never",
    message: { en: "A shipping address is missing. Enter where the items should go.", ko: "배송지가 없습니다. 배송지를 입력해 주세요." },
  },
  shipping_address_invalid: {
    status: 422, retry: "never",
    message: { en: "This address cannot be delivered to as written. Correct the named field.", ko: "배송할 수 없는 주소입니다. 표시된 항목을 고쳐 주세요." },
  },
  shipping_option_required: {
    status: 409, retry: "never",
    message: { en: "Choose how each store should ship before you pay.", ko: "결제하기 전에 스토어별 배송 방법을 선택해 주세요." },
  },
  shipping_option_invalid: {
    status: 422, retry: "never",
    message: { en: "This shipping option is not offered for this store and address. Choose one of those listed.", ko: "이 스토어와 주소에는 선택할 수 없는 배송 방법입니다. 목록에서 선택해 주세요." },
  },
  price_changed: {
    status: 409, retry: "never",
    message: { en: "The total has changed since you saw it. Look at the new total and confirm once more.", ko: "확인하신 뒤 금액이 변경되었습니다. 새 금액을 확인하고 다시 진행해 주세요." },
  },

  // Payment.
  payment_method_required: {
    status: 409, retry: "never",
    message: { en: "A payment method is missing. Choose how you want to pay.", ko: "결제수단이 없습니다. 결제수단을 선택해 주세요." },
  },
  payment_method_invalid: {
    status: 422, retry: "never",
    message: { en: "The payment provider does not accept this payment method. Choose another one.", ko: "결제사에서 받을 수 없는 결제수단입니다. 다른 결제수단을 선택해 주세요." },
  },
  payment_declined: {
    status: 402, retry: "never",
    message: { en: "The payment was declined and nothing was charged. Try another card or ask your bank.", ko: "결제가 거절되어 청구된 금액이 없습니다. 다른 카드로 시도하거나 카드사에 문의해 주세요." },
  },
  payment_action_required: {
    status: 402, retry: "same_key",
    message: { en: "Your bank asks you to confirm this payment. Confirm it, then continue.", ko: "카드사 본인 인증이 필요합니다. 인증을 마친 뒤 계속해 주세요." },
  },
  payment_in_progress: {
    status: 409, retry: "later",
    message: { en: "We are checking your payment. Do not pay again; the result will appear here.", ko: "결제를 확인하고 있습니다. 다시 결제하지 마세요. 결과가 여기에 표시됩니다." },
  },
  payment_amount_mismatch: {
    status: 409, retry: "never",
    message: { en: "The amount is not the one of this order, so nothing was charged. Start the payment again.", ko: "주문 금액과 결제 금액이 달라 결제하지 않았습니다. 처음부터 다시 결제해 주세요." },
  },
  payment_provider_unavailable: {
    status: 503, retry: "same_key",
    message: { en: "The payment provider does not answer at the moment. Nothing was charged; try again shortly.", ko: "결제사가 응답하지 않습니다. 청구된 금액은 없으니 잠시 후 다시 시도해 주세요." },
  },

  // Orders.
  order_not_cancellable: {
    status: 409, retry: "never",
    message: { en: "This order can no longer be cancelled. Ask for a return once it has arrived.", ko: "취소할 수 없는 주문입니다. 상품을 받은 뒤 반품을 신청해 주세요." },
  },
  refund_not_possible: {
    status: 409, retry: "never",
    message: { en: "This cannot be refunded: it was refunded already, is not paid, or is more than was paid.", ko: "환불할 수 없습니다. 이미 환불되었거나, 결제되지 않았거나, 결제 금액을 넘습니다." },
  },
  tracking_conflict: {
    status: 409, retry: "never",
    message: { en: "The order has another tracking number already, or is not in a state to be shipped.", ko: "이미 다른 송장 번호가 있거나 발송할 수 없는 상태의 주문입니다." },
  },
  order_not_owned: {
    status: 403, retry: "never",
    message: { en: "Only those who bought this product can do this.", ko: "이 상품을 구매한 분만 이용할 수 있습니다." },
  },

  // Operations.
  manual_order_claimed: {
    status: 409, retry: "later",
    message: { en: "A colleague is working on this order. Take another one, or wait until it is released.", ko: "다른 담당자가 처리 중인 주문입니다. 다른 주문을 선택하거나 해제될 때까지 기다려 주세요." },
  },
  manual_order_not_claimed: {
    status: 409, retry: "never",
    message: { en: "Your claim on this order is missing or has run out. Claim it again first.", ko: "주문을 맡지 않았거나 담당 시간이 지났습니다. 먼저 다시 맡아 주세요." },
  },
  manual_order_closed: {
    status: 409, retry: "never",
    message: { en: "This order has left the manual queue. Reload the queue.", ko: "수동 처리 목록에서 끝난 주문입니다. 목록을 새로고침해 주세요." },
  },

  // Webhooks.
  webhook_signature_invalid: {
    status: 400, retry: "never",
    message: { en: "The event's signature is missing, too old or wrong, so it was not accepted.", ko: "이벤트 서명이 없거나 오래되었거나 올바르지 않아 받지 않았습니다." },
  },
  webhook_event_unknown: {
    status: 400, retry: "never",
    message: { en: "This kind of event is not accepted here, so it had no effect.", ko: "알 수 없는 종류의 이벤트라 처리하지 않았습니다." },
  },

  // Ours.
  overloaded: {
    status: 503, retry: "same_key",
    message: { en: "We are short of capacity for a moment. Try again shortly.", ko: "일시적으로 처리량이 많습니다. 잠시 후 다시 시도해 주세요." },
  },
  internal: {
    status: 500, retry: "same_key",
    message: { en: "Something went wrong on our side and was reported. Try again; tell us the request id if it stays.", ko: "내부 오류가 발생해 보고되었습니다. 다시 시도해 보시고, 계속되면 요청 ID를 알려 주세요." },
  },
} as const satisfies Record<string, ErrorEntry>;

type ErrorEntry = {
  readonly status: number;
  readonly retry: "never" | "same_key" | "later";
  readonly message: { readonly en: string; readonly ko: string };
};

export type ErrorCode = keyof typeof errors;
export type Language = keyof ErrorEntry["message"];

/** Whether a string is one of the codes above. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errors, code);
}
