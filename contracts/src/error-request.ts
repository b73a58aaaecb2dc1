import type { ErrorEntry } from "./error-entry.ts";

/** What any request may be refused for, whatever it asks. Part of `errors`. */
export const requestErrors = {
  // What was sent.
  request_invalid: {
    status: 400,
    retry: "never",
    message: {
      en: "The request is not valid. Correct the named field and send it again.",
      ko: "요청 형식이 올바르지 않습니다. 표시된 항목을 고쳐 다시 보내 주세요.",
    },
  },
  unknown_field: {
    status: 400,
    retry: "never",
    message: {
      en: "The request has a field that does not exist here. Remove it or check its spelling.",
      ko: "알 수 없는 항목이 포함되어 있습니다. 항목을 지우거나 철자를 확인해 주세요.",
    },
  },
  body_too_large: {
    status: 413,
    retry: "never",
    message: {
      en: "The request body is larger than 256 KiB. Send less at once.",
      ko: "요청 본문이 256KiB를 넘습니다. 나누어 보내 주세요.",
    },
  },
  unsupported_media_type: {
    status: 415,
    retry: "never",
    message: {
      en: "Send the body as JSON, with Content-Type: application/json.",
      ko: "본문은 JSON으로, Content-Type: application/json 헤더와 함께 보내 주세요.",
    },
  },
  card_number_refused: {
    status: 400,
    retry: "never",
    message: {
      en: "The request holds what looks like a card number. Card numbers go to the payment provider only; send its payment method id here.",
      ko: "요청에 카드 번호로 보이는 값이 있습니다. 카드 번호는 결제사에만 입력하고, 여기에는 결제수단 ID를 보내 주세요.",
    },
  },

  // Who is asking.
  not_signed_in: {
    status: 401,
    retry: "never",
    message: {
      en: "You are not signed in, or the sign-in has ended. Sign in and try again.",
      ko: "로그인되어 있지 않거나 로그인이 만료되었습니다. 로그인한 뒤 다시 시도해 주세요.",
    },
  },
  credentials_invalid: {
    status: 401,
    retry: "never",
    message: {
      en: "The e-mail address or the password is wrong. Check both and try again.",
      ko: "이메일 또는 비밀번호가 올바르지 않습니다. 확인 후 다시 시도해 주세요.",
    },
  },
  email_taken: {
    status: 409,
    retry: "never",
    message: {
      en: "There is already an account for this e-mail address. Sign in instead.",
      ko: "이미 가입된 이메일입니다. 로그인해 주세요.",
    },
  },
  role_missing: {
    status: 403,
    retry: "never",
    message: {
      en: "Your account may not do this. Ask an administrator for the role it needs.",
      ko: "이 작업을 할 권한이 없습니다. 관리자에게 권한을 요청해 주세요.",
    },
  },
  two_factor_required: {
    status: 403,
    retry: "never",
    message: {
      en: "This needs a sign-in with a second factor. Set one up, or sign in again and enter the six digits your app shows.",
      ko: "2단계 인증이 필요합니다. 2단계 인증을 설정하거나, 다시 로그인하여 인증 앱의 6자리 코드를 입력해 주세요.",
    },
  },
  two_factor_code_invalid: {
    status: 401,
    retry: "never",
    message: {
      en: "This code is wrong or too old. Enter the one your app shows now, or a backup code.",
      ko: "코드가 올바르지 않거나 만료되었습니다. 인증 앱에 지금 표시된 코드나 백업 코드를 입력해 주세요.",
    },
  },
  account_not_erasable: {
    status: 409,
    retry: "never",
    message: {
      en: "Your account cannot be erased yet: a payment or an order is still under way. Try again when it is settled, or cancel it.",
      ko: "진행 중인 결제나 주문이 있어 아직 계정을 삭제할 수 없습니다. 완료되거나 취소된 뒤 다시 시도해 주세요.",
    },
  },
  cross_site_refused: {
    status: 403,
    retry: "never",
    message: {
      en: "This request came from another website and was refused. Do it from Muse itself.",
      ko: "다른 사이트에서 보낸 요청이라 거부되었습니다. Muse에서 직접 진행해 주세요.",
    },
  },
  rate_limited: {
    status: 429,
    retry: "later",
    message: {
      en: "Too many requests in a short time. Wait for as long as Retry-After says, then try again.",
      ko: "짧은 시간에 요청이 너무 많습니다. Retry-After 시간만큼 기다린 뒤 다시 시도해 주세요.",
    },
  },

  // What is not there, or not yours: the two are never told apart.
  not_found: {
    status: 404,
    retry: "never",
    message: {
      en: "There is nothing at this address. Check the path and the method.",
      ko: "요청한 주소에 아무것도 없습니다. 경로와 메서드를 확인해 주세요.",
    },
  },
  cart_item_not_found: {
    status: 404,
    retry: "never",
    message: {
      en: "This item is not in your cart any more. Reload the cart.",
      ko: "장바구니에 없는 상품입니다. 장바구니를 새로고침해 주세요.",
    },
  },
  product_not_found: {
    status: 404,
    retry: "never",
    message: {
      en: "We do not know this product or variant. Choose another one.",
      ko: "상품 또는 옵션을 찾을 수 없습니다. 다른 상품을 선택해 주세요.",
    },
  },
  session_not_found: {
    status: 404,
    retry: "never",
    message: {
      en: "We do not find this checkout. Start it again from your cart.",
      ko: "결제 세션을 찾을 수 없습니다. 장바구니에서 다시 시작해 주세요.",
    },
  },
  order_not_found: {
    status: 404,
    retry: "never",
    message: {
      en: "We do not find this order. Check its number, and that you are signed in with the account that placed it.",
      ko: "주문을 찾을 수 없습니다. 주문 번호와 로그인한 계정을 확인해 주세요.",
    },
  },
  store_not_found: {
    status: 404,
    retry: "never",
    message: {
      en: "We do not know this store. Check its id.",
      ko: "스토어를 찾을 수 없습니다. 스토어 ID를 확인해 주세요.",
    },
  },
  address_not_found: {
    status: 404,
    retry: "never",
    message: {
      en: "This address is not among your saved ones any more. Reload the list.",
      ko: "저장된 주소가 아닙니다. 주소 목록을 새로고침해 주세요.",
    },
  },
  address_book_full: {
    status: 409,
    retry: "never",
    message: {
      en: "You have saved as many addresses as we keep. Remove one first.",
      ko: "저장할 수 있는 주소 수를 넘었습니다. 먼저 하나를 삭제해 주세요.",
    },
  },
  unknown_store: {
    status: 404,
    retry: "never",
    message: {
      en: "Events from this store are not accepted here, because it is not registered.",
      ko: "등록되지 않은 스토어의 이벤트라 받을 수 없습니다.",
    },
  },
  event_not_found: {
    status: 404,
    retry: "never",
    message: {
      en: "We do not find this event. It may have been removed after its keeping time.",
      ko: "이벤트를 찾을 수 없습니다. 보관 기간이 지나 삭제되었을 수 있습니다.",
    },
  },

  // Repeats and versions.
  idempotency_key_invalid: {
    status: 400,
    retry: "never",
    message: {
      en: "Idempotency-Key must be 1 to 255 printable ASCII characters.",
      ko: "Idempotency-Key는 출력 가능한 ASCII 문자 1~255자여야 합니다.",
    },
  },
  idempotency_key_reused: {
    status: 422,
    retry: "never",
    message: {
      en: "This Idempotency-Key was already used for a different request. Use a new key for a new request.",
      ko: "이미 다른 요청에 사용된 Idempotency-Key입니다. 새 요청에는 새 키를 사용해 주세요.",
    },
  },
  idempotency_in_progress: {
    status: 409,
    retry: "same_key",
    message: {
      en: "The first request with this Idempotency-Key is still running. Ask again with the same key in a moment.",
      ko: "같은 Idempotency-Key의 첫 요청을 처리하고 있습니다. 잠시 후 같은 키로 다시 요청해 주세요.",
    },
  },
  precondition_failed: {
    status: 412,
    retry: "never",
    message: {
      en: "It has changed since you read it. Read it again, then repeat your change.",
      ko: "그사이 내용이 변경되었습니다. 다시 불러온 뒤 변경해 주세요.",
    },
  },

  // Ours.
  overloaded: {
    status: 503,
    retry: "same_key",
    message: {
      en: "We are short of capacity for a moment. Try again shortly.",
      ko: "일시적으로 처리량이 많습니다. 잠시 후 다시 시도해 주세요.",
    },
  },
  internal: {
    status: 500,
    retry: "same_key",
    message: {
      en: "Something went wrong on our side and was reported. Try again; tell us the request id if it stays.",
      ko: "내부 오류가 발생해 보고되었습니다. 다시 시도해 보시고, 계속되면 요청 ID를 알려 주세요.",
    },
  },
} as const satisfies Record<string, ErrorEntry>;
