import type { ErrorEntry } from "./error-entry.ts";

/** Refusals to those who sell files and to those who download them. Part of `errors`. */
export const sellerErrors = {
  seller_not_possible: {
    status: 409,
    retry: "never",
    message: {
      en: "This account works for Muse and cannot sell. Sign up with another one.",
      ko: "운영 계정으로는 판매할 수 없습니다. 다른 계정으로 신청해 주세요.",
    },
  },
  seller_contract_outdated: {
    status: 409,
    retry: "never",
    message: {
      en: "The seller contract has changed. Reload the page and read the current one.",
      ko: "판매자 약관이 바뀌었습니다. 새로고침하여 현재 약관을 확인해 주세요.",
    },
  },
  seller_not_found: {
    status: 404,
    retry: "never",
    message: { en: "There is no such seller.", ko: "판매자를 찾을 수 없습니다." },
  },
  seller_suspended: {
    status: 409,
    retry: "never",
    message: {
      en: "This seller is suspended: nothing of theirs is sold or paid out.",
      ko: "판매가 정지된 판매자입니다. 판매와 정산이 중단되어 있습니다.",
    },
  },
  seller_not_verified: {
    status: 409,
    retry: "never",
    message: {
      en: "Payouts go only to sellers whose identity has been seen.",
      ko: "본인 인증을 마친 판매자에게만 정산할 수 있습니다.",
    },
  },
  seller_own: {
    status: 409,
    retry: "never",
    message: {
      en: "Somebody else has to do this: it is about your own account.",
      ko: "본인 계정에 대한 처리는 다른 담당자가 해야 합니다.",
    },
  },
  seller_products_too_many: {
    status: 409,
    retry: "never",
    message: {
      en: "Before your e-mail address is verified only three products can be on sale. Sign in once with a link by e-mail.",
      ko: "이메일을 인증하기 전에는 상품을 세 개까지만 공개할 수 있습니다. 이메일 링크로 한 번 로그인해 주세요.",
    },
  },
  products_too_many: {
    status: 409,
    retry: "never",
    message: {
      en: "You have 1,000 products, drafts included. First delete a draft, or withdraw one that you no longer sell.",
      ko: "상품은 초안을 포함해 1,000개까지 둘 수 있습니다. 초안을 삭제하거나 판매하지 않는 상품을 먼저 내려 주세요.",
    },
  },
  payout_not_found: {
    status: 404,
    retry: "never",
    message: { en: "There is no such payout.", ko: "정산 내역을 찾을 수 없습니다." },
  },
  payout_above_available: {
    status: 409,
    retry: "never",
    message: {
      en: "That is more than can be paid out to this seller now.",
      ko: "지금 정산할 수 있는 금액을 넘습니다.",
    },
  },
  payout_waiting: {
    status: 409,
    retry: "never",
    message: {
      en: "A payout to this seller is on its way in this currency. Bring that one to an end first.",
      ko: "이 통화로 진행 중인 정산이 있습니다. 먼저 마쳐 주세요.",
    },
  },
  payout_needs_second: {
    status: 409,
    retry: "never",
    message: {
      en: "This is more than one person may pay out alone. Somebody else has to agree first.",
      ko: "혼자 정산할 수 있는 한도를 넘습니다. 다른 담당자가 먼저 승인해야 합니다.",
    },
  },
  payout_own: {
    status: 409,
    retry: "never",
    message: {
      en: "You prepared this payout, so somebody else has to agree to it.",
      ko: "본인이 준비한 정산은 다른 담당자가 승인해야 합니다.",
    },
  },
  payout_closed: {
    status: 409,
    retry: "never",
    message: {
      en: "This payout has gone another way meanwhile. Look at it again.",
      ko: "그사이 정산 상태가 바뀌었습니다. 다시 확인해 주세요.",
    },
  },
  payout_reference_used: {
    status: 409,
    retry: "never",
    message: {
      en: "Another payout has this reference. A transfer pays one payout.",
      ko: "이미 다른 정산에 쓰인 이체 번호입니다.",
    },
  },
  seller_product_not_found: {
    status: 404,
    retry: "never",
    message: { en: "There is no such product of yours.", ko: "해당 상품을 찾을 수 없습니다." },
  },
  seller_product_fixed: {
    status: 409,
    retry: "never",
    message: {
      en: "Currency and edition cannot change once a product has been published: people bought by them.",
      ko: "한 번 공개한 상품의 통화와 한정 수량은 바꿀 수 없습니다.",
    },
  },
  seller_product_not_published: {
    status: 409,
    retry: "never",
    message: { en: "This product is not published.", ko: "공개되지 않은 상품입니다." },
  },
  seller_product_published: {
    status: 409,
    retry: "never",
    message: {
      en: "It has been on sale, so whoever bought it keeps it. Withdraw it instead.",
      ko: "공개한 적이 있는 상품은 구매자를 위해 보관되므로 삭제할 수 없습니다. 대신 판매를 중단해 주세요.",
    },
  },
  seller_product_empty: {
    status: 409,
    retry: "never",
    message: {
      en: "Add at least one file before publishing: buyers have it at once.",
      ko: "구매자가 바로 받을 수 있도록 파일을 하나 이상 올린 뒤 공개해 주세요.",
    },
  },
  seller_file_last: {
    status: 409,
    retry: "never",
    message: {
      en: "A published product keeps at least one file. Add another one first, or withdraw the product.",
      ko: "공개된 상품에는 파일이 하나 이상 있어야 합니다. 다른 파일을 먼저 올리거나 상품을 내려 주세요.",
    },
  },
  seller_price_invalid: {
    status: 400,
    retry: "never",
    message: {
      en: "A price is between $0.50 and $10,000, or ₩100 and ₩10,000,000.",
      ko: "가격은 $0.50~$10,000 또는 ₩100~₩10,000,000 사이여야 합니다.",
    },
  },
  upload_not_found: {
    status: 404,
    retry: "never",
    message: {
      en: "There is no such upload, or it was left for more than a day. Begin again.",
      ko: "업로드를 찾을 수 없거나 하루가 지났습니다. 다시 시작해 주세요.",
    },
  },
  upload_piece_invalid: {
    status: 400,
    retry: "never",
    message: {
      en: "This piece has another size than it should have, or there is no such piece.",
      ko: "조각의 크기나 번호가 올바르지 않습니다.",
    },
  },
  upload_incomplete: {
    status: 409,
    retry: "never",
    message: {
      en: "Pieces of this file are missing. Send them, then finish again.",
      ko: "아직 도착하지 않은 조각이 있습니다. 보낸 뒤 다시 완료해 주세요.",
    },
  },
  uploads_too_many: {
    status: 409,
    retry: "later",
    message: {
      en: "Too many uploads are open. Finish some of them first.",
      ko: "진행 중인 업로드가 너무 많습니다. 먼저 완료해 주세요.",
    },
  },
  files_too_many: {
    status: 409,
    retry: "never",
    message: {
      en: "There is no room for this file. A product has up to 50, and you up to 1,000 or 20 GB, older versions included.",
      ko: "더 올릴 수 없습니다. 파일은 상품마다 50개, 모두 합해 이전 버전을 포함하여 1,000개·20GB까지 둘 수 있습니다.",
    },
  },
  file_not_found: {
    status: 404,
    retry: "never",
    message: { en: "There is no such file.", ko: "파일을 찾을 수 없습니다." },
  },
  file_too_large: {
    status: 413,
    retry: "never",
    message: { en: "A file may be up to 1 GB.", ko: "파일은 1GB까지 올릴 수 있습니다." },
  },
  file_type_refused: {
    status: 415,
    retry: "never",
    message: {
      en: "Files of this kind are not sold here, or its contents are not what its name says.",
      ko: "판매할 수 없는 형식이거나 파일 내용이 이름과 다릅니다.",
    },
  },
  file_infected: {
    status: 400,
    retry: "never",
    message: {
      en: "The virus scanner refused this file. Check the machine it comes from.",
      ko: "바이러스 검사에서 거부된 파일입니다. 파일을 만든 기기를 점검해 주세요.",
    },
  },
  scanner_unavailable: {
    status: 503,
    retry: "later",
    message: {
      en: "The virus scanner does not answer. The file is kept: finish again in a moment.",
      ko: "바이러스 검사기가 응답하지 않습니다. 파일은 보관되어 있으니 잠시 후 다시 완료해 주세요.",
    },
  },
  download_frozen: {
    status: 403,
    retry: "later",
    message: {
      en: "The bank is asking about the payment of this order, or has taken it back, so its files wait until that is settled.",
      ko: "이 주문의 결제에 이의가 제기되었거나 입금이 취소되어 해결될 때까지 내려받을 수 없습니다.",
    },
  },
  download_link_invalid: {
    status: 410,
    retry: "never",
    message: {
      en: "This link has run out. Ask for a new one in your library.",
      ko: "만료된 링크입니다. 보관함에서 새 링크를 받아 주세요.",
    },
  },
} as const satisfies Record<string, ErrorEntry>;
