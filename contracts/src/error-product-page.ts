import type { ErrorEntry } from "./error-entry.ts";

/** Why the page of an address that a shopper gave is no product in the cart. Part of `errors`. */
export const productPageErrors = {
  page_store_unknown: {
    status: 404,
    retry: "never",
    message: {
      en: "This address is not of a store that Muse orders from.",
      ko: "Muse에서 주문할 수 있는 스토어의 주소가 아닙니다.",
    },
  },
  page_not_found: {
    status: 404,
    retry: "never",
    message: {
      en: "The store has no page at this address any more.",
      ko: "스토어에 더 이상 없는 페이지입니다.",
    },
  },
  page_not_product: {
    status: 409,
    retry: "never",
    message: {
      en: "There is no product on this page that we can read. Use the address of one product's own page.",
      ko: "이 페이지에서 상품을 찾을 수 없습니다. 상품 하나의 상세 페이지 주소를 사용해 주세요.",
    },
  },
  page_several_products: {
    status: 409,
    retry: "never",
    message: {
      en: "There are several products on this page. Open the one you want and use its address.",
      ko: "여러 상품이 있는 페이지입니다. 원하는 상품의 상세 페이지 주소를 사용해 주세요.",
    },
  },
  page_price_missing: {
    status: 409,
    retry: "never",
    message: {
      en: "The page does not say what the product costs.",
      ko: "페이지에 상품 가격이 나와 있지 않습니다.",
    },
  },
  page_currency_other: {
    status: 409,
    retry: "never",
    message: {
      en: "The page sells in another currency than we buy in from this store.",
      ko: "이 스토어에서 주문할 수 없는 통화로 판매하는 페이지입니다.",
    },
  },
  page_sold_out: {
    status: 409,
    retry: "never",
    message: {
      en: "It is sold out at the store.",
      ko: "스토어에서 품절된 상품입니다.",
    },
  },
  page_too_large: {
    status: 409,
    retry: "never",
    message: {
      en: "The page is larger than any product page should be.",
      ko: "페이지가 너무 커서 읽을 수 없습니다.",
    },
  },
  page_timed_out: {
    status: 409,
    retry: "later",
    message: {
      en: "The store took too long to answer. Try again in a moment.",
      ko: "스토어의 응답이 너무 늦습니다. 잠시 후 다시 시도해 주세요.",
    },
  },
  page_unreachable: {
    status: 409,
    retry: "later",
    message: {
      en: "The store cannot be reached right now. Try again in a moment.",
      ko: "지금은 스토어에 연결할 수 없습니다. 잠시 후 다시 시도해 주세요.",
    },
  },
  page_blocked: {
    status: 409,
    retry: "later",
    message: {
      en: "The store does not show this page to us. Try again later, or find the product in our shop.",
      ko: "스토어가 이 페이지를 보여 주지 않습니다. 나중에 다시 시도하거나 Muse에서 상품을 찾아 주세요.",
    },
  },
} as const satisfies Record<string, ErrorEntry>;
