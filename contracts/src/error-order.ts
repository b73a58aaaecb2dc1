import type { ErrorEntry } from "./error-entry.ts";

/** Refusals after the payment: orders, the people who work on them, and events from outside. Part of `errors`. */
export const orderErrors = {
  // Orders.
  order_not_cancellable: {
    status: 409,
    retry: "never",
    message: {
      en: "This order can no longer be cancelled. Ask for a return once it has arrived.",
      ko: "취소할 수 없는 주문입니다. 상품을 받은 뒤 반품을 신청해 주세요.",
    },
  },
  refund_not_possible: {
    status: 409,
    retry: "never",
    message: {
      en: "This cannot be refunded: it was refunded already, is not paid, or is more than was paid.",
      ko: "환불할 수 없습니다. 이미 환불되었거나, 결제되지 않았거나, 결제 금액을 넘습니다.",
    },
  },
  refund_account_not_wanted: {
    status: 409,
    retry: "never",
    message: {
      en: "No refund of this checkout waits for a bank account.",
      ko: "계좌 입력을 기다리는 환불이 없습니다.",
    },
  },
  refund_account_given: {
    status: 409,
    retry: "never",
    message: {
      en: "Another account was named a moment ago, and the refund is on its way there.",
      ko: "조금 전 다른 계좌가 입력되어 그 계좌로 환불하고 있습니다.",
    },
  },
  tracking_conflict: {
    status: 409,
    retry: "never",
    message: {
      en: "The order has another tracking number already, or is not in a state to be shipped.",
      ko: "이미 다른 송장 번호가 있거나 발송할 수 없는 상태의 주문입니다.",
    },
  },
  order_not_owned: {
    status: 403,
    retry: "never",
    message: { en: "Only those who bought this product can do this.", ko: "이 상품을 구매한 분만 이용할 수 있습니다." },
  },
  parcels_too_many: {
    status: 409,
    retry: "never",
    message: {
      en: "An order can have up to 100 parcels, and this one has them all.",
      ko: "송장은 주문마다 100개까지 등록할 수 있으며, 이 주문은 이미 모두 등록되었습니다.",
    },
  },

  // Operations.
  manual_order_claimed: {
    status: 409,
    retry: "later",
    message: {
      en: "A colleague is working on this order. Take another one, or wait until it is released.",
      ko: "다른 담당자가 처리 중인 주문입니다. 다른 주문을 선택하거나 해제될 때까지 기다려 주세요.",
    },
  },
  manual_order_not_claimed: {
    status: 409,
    retry: "never",
    message: {
      en: "Your claim on this order is missing or has run out. Claim it again first.",
      ko: "주문을 맡지 않았거나 담당 시간이 지났습니다. 먼저 다시 맡아 주세요.",
    },
  },
  manual_order_closed: {
    status: 409,
    retry: "never",
    message: {
      en: "This order has left the manual queue. Reload the queue.",
      ko: "수동 처리 목록에서 끝난 주문입니다. 목록을 새로고침해 주세요.",
    },
  },
  refund_request_not_found: {
    status: 404,
    retry: "never",
    message: {
      en: "There is no such request for a refund. Reload the list.",
      ko: "환불 요청을 찾을 수 없습니다. 목록을 새로고침해 주세요.",
    },
  },
  refund_request_answered: {
    status: 409,
    retry: "never",
    message: {
      en: "This request was answered already, and the other way. Reload the list.",
      ko: "이미 다르게 처리된 환불 요청입니다. 목록을 새로고침해 주세요.",
    },
  },
  store_fixed_field: {
    status: 409,
    retry: "never",
    message: {
      en: "A store's kind and currency cannot change. Register another store instead.",
      ko: "스토어의 종류와 통화는 바꿀 수 없습니다. 새 스토어를 등록해 주세요.",
    },
  },
  store_not_permitted: {
    status: 409,
    retry: "never",
    message: {
      en: "A browser orders there only once it is recorded that the store permits it. Send `permission` with it.",
      ko: "스토어의 허락이 기록되어야 브라우저 주문을 켤 수 있습니다. `permission`을 함께 보내 주세요.",
    },
  },
  store_tier_not_found: {
    status: 404,
    retry: "never",
    message: {
      en: "The store has no such tier. Reload the page.",
      ko: "해당 주문 방식을 찾을 수 없습니다. 페이지를 새로고침해 주세요.",
    },
  },
  refund_approval_not_found: {
    status: 404,
    retry: "never",
    message: {
      en: "There is no such refund to approve. Reload the list.",
      ko: "승인할 환불을 찾을 수 없습니다. 목록을 새로고침해 주세요.",
    },
  },
  refund_approval_answered: {
    status: 409,
    retry: "never",
    message: {
      en: "This refund was answered already, and the other way. Reload the list.",
      ko: "이미 다르게 처리된 환불입니다. 목록을 새로고침해 주세요.",
    },
  },
  refund_approval_own: {
    status: 403,
    retry: "never",
    message: {
      en: "You asked for this refund, so somebody else has to approve it.",
      ko: "직접 요청한 환불은 다른 담당자가 승인해야 합니다.",
    },
  },

  // Webhooks.
  webhook_signature_invalid: {
    status: 400,
    retry: "never",
    message: {
      en: "The event's signature is missing, too old or wrong, so it was not accepted.",
      ko: "이벤트 서명이 없거나 오래되었거나 올바르지 않아 받지 않았습니다.",
    },
  },
  webhook_event_unknown: {
    status: 400,
    retry: "never",
    message: {
      en: "This kind of event is not accepted here, so it had no effect.",
      ko: "알 수 없는 종류의 이벤트라 처리하지 않았습니다.",
    },
  },

  // What browsers left.
  evidence_not_found: {
    status: 404,
    retry: "never",
    message: {
      en: "Nothing is kept under this name, or not any more.",
      ko: "보관된 자료가 없거나 보관 기간이 지났습니다.",
    },
  },

  // The books.
  reconciliation_not_found: {
    status: 404,
    retry: "never",
    message: { en: "There is no such reconciliation.", ko: "해당 대사 내역을 찾을 수 없습니다." },
  },
  dispute_not_found: {
    status: 404,
    retry: "never",
    message: { en: "There is no such dispute.", ko: "해당 이의 제기를 찾을 수 없습니다." },
  },
  dispute_closed: {
    status: 409,
    retry: "never",
    message: {
      en: "The bank takes no answer to this dispute any more.",
      ko: "이 이의 제기에는 더 이상 답변할 수 없습니다.",
    },
  },
  dispute_answered: {
    status: 409,
    retry: "never",
    message: {
      en: "This dispute has been answered, or its answer is on its way.",
      ko: "이미 답변했거나 답변을 보내고 있는 이의 제기입니다.",
    },
  },
} as const satisfies Record<string, ErrorEntry>;
