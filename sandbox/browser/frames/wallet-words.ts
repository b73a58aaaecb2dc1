import type { Language } from "../shared/words.ts";

export type WalletWords = Readonly<
  Record<
    | "pay"
    | "to"
    | "contact"
    | "address"
    | "delivery"
    | "card"
    | "total"
    | "confirm"
    | "cancel"
    | "refused"
    | "simulated",
    string
  >
>;

export const walletWords: Readonly<Record<Language, WalletWords>> = {
  en: {
    pay: "Pay",
    to: "to MUSE",
    contact: "Contact",
    address: "Ship to",
    delivery: "Delivery",
    card: "Card",
    total: "Total",
    confirm: "Pay",
    cancel: "Cancel",
    refused: "MUSE cannot deliver to this address. Choose another one.",
    simulated: "A test wallet of the sandbox: its owner, addresses and cards are made up.",
  },
  ko: {
    pay: "결제",
    to: "MUSE",
    contact: "연락처",
    address: "배송지",
    delivery: "배송 방법",
    card: "카드",
    total: "합계",
    confirm: "결제하기",
    cancel: "취소",
    refused: "이 주소로는 배송할 수 없습니다. 다른 배송지를 선택해 주세요.",
    simulated: "샌드박스의 테스트 지갑입니다. 소유자, 주소, 카드는 모두 가상입니다.",
  },
};
