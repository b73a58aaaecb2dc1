/** The words of our mail that several letters share. */
import type { Language } from "@muse/contracts/error";
import type { OrderStatus } from "@muse/contracts/order";
import { isCurrency, formatMinor } from "#kernel/money.ts";
import { assert } from "#kernel/assert.ts";
import type { Letter, Mood } from "./letter.ts";

export type Said = Readonly<Record<Language, string>>;

/** Under every mail: why it came. */
export function footerOf({ language, reader }: Pick<Letter, "language" | "reader">): readonly string[] {
  return footers[reader ?? "shopper"][language];
}

type Footer = Readonly<Record<Language, readonly string[]>>;

const houseFooter: Footer = {
  en: ["You get this mail because you work at Muse's desk. Switch it off, or change its language, on the alerts page."],
  ko: ["Muse 운영 담당자에게 보내는 메일입니다. 알림 화면에서 수신 여부와 언어를 바꿀 수 있습니다."],
};

const sellerFooter: Footer = {
  en: ["This mail is about what you earned by selling at Muse. Questions? Just reply to it."],
  ko: ["Muse에서 판매하신 금액의 정산에 관한 메일입니다. 궁금한 점은 이 메일에 회신해 주세요."],
};

const shopperFooter: Footer = {
  en: [
    "Muse is the seller of what you buy here: one contract, one payment, one place to ask.",
    "This mail is about something you did at Muse. Questions? Just reply to it.",
  ],
  ko: [
    "Muse에서 구매하신 상품의 판매자는 Muse입니다. 계약도 결제도 문의도 한 곳에서 처리됩니다.",
    "Muse 이용과 관련하여 보내 드리는 메일입니다. 궁금한 점은 이 메일에 회신해 주세요.",
  ],
};

const footers = { house: houseFooter, seller: sellerFooter, shopper: shopperFooter } as const;

export const sumWords = {
  goods: { en: "Goods", ko: "상품 금액" },
  discount: { en: "Discount", ko: "할인" },
  shipping: { en: "Delivery", ko: "배송비" },
  tax: { en: "Tax", ko: "세금" },
  total: { en: "Total", ko: "합계" },
  paid: { en: "Total paid", ko: "결제 금액" },
  free: { en: "Free", ko: "무료" },
} as const satisfies Readonly<Record<string, Said>>;

/** Where an order stands, in a word, and how that feels. */
export const stateOf: Readonly<Record<OrderStatus, { readonly text: Said; readonly mood: Mood }>> = {
  pending: { text: { en: "Being ordered from the store", ko: "스토어에 주문하는 중" }, mood: "calm" },
  placed: { text: { en: "Ordered", ko: "주문 완료" }, mood: "good" },
  confirmed: { text: { en: "Confirmed by the store", ko: "스토어 확인 완료" }, mood: "good" },
  shipped: { text: { en: "On its way", ko: "배송 중" }, mood: "good" },
  delivered: { text: { en: "Delivered", ko: "배송 완료" }, mood: "good" },
  failed: { text: { en: "Could not be ordered", ko: "주문하지 못함" }, mood: "sad" },
  cancelled: { text: { en: "Cancelled", ko: "취소됨" }, mood: "sad" },
};

/** Of files, which are there as soon as they are paid. */
export const filesReady: { readonly text: Said; readonly mood: Mood } = {
  text: { en: "Ready to download", ko: "다운로드 가능" },
  mood: "good",
};

/** Why an order ended. Codes that are not here say only that the store could not take it. */
const reasons: Readonly<Record<string, Said>> = {
  out_of_stock: { en: "The store has run out of it.", ko: "스토어에 재고가 없습니다." },
  price_above_guard: {
    en: "The store now asks for more than you paid, so we did not order it.",
    ko: "스토어 가격이 결제하신 금액보다 올라 주문하지 않았습니다.",
  },
  address_not_served: {
    en: "The store does not deliver to your address.",
    ko: "스토어가 이 주소로 배송하지 않습니다.",
  },
  store_closed: { en: "The store is closed at the moment.", ko: "현재 스토어가 운영되지 않습니다." },
  cancelled_by_shopper: { en: "You cancelled it.", ko: "고객님이 취소하셨습니다." },
  cancelled_by_store: { en: "The store cancelled it.", ko: "스토어가 주문을 취소했습니다." },
  given_back_at_provider: { en: "Your payment was given back.", ko: "결제하신 금액이 환불되었습니다." },
  all_or_nothing: {
    en: "Another store could not deliver, and you had asked for all or nothing.",
    ko: "다른 스토어의 주문이 실패하여, 요청하신 대로 함께 취소했습니다.",
  },
};

const unnamed: Said = { en: "The store could not take the order.", ko: "스토어가 주문을 받지 못했습니다." };

export function reasonOf(code: string | null, language: Language): string {
  return ((code === null ? undefined : reasons[code]) ?? unnamed)[language];
}

/** Where money goes back to. */
export function methodOf(provider: "stripe" | "toss" | null, language: Language): string {
  if (language === "ko") return provider === "toss" ? "원래의 결제수단" : "결제하신 카드";
  return provider === "toss" ? "the payment method you used" : "the card you paid with";
}

/** The account that its owner has named, by its last digits; else the way it came. */
export function wentTo(lastDigits: string | null, provider: "stripe" | "toss" | null, language: Language): string {
  if (lastDigits === null) return methodOf(provider, language);
  return language === "ko" ? `끝자리 ${lastDigits} 계좌` : `the account ending in ${lastDigits}`;
}

/** "…, to the card you paid with": in Korean the word before decides over the particle. */
export function toMethod(provider: "stripe" | "toss" | null, language: Language): string {
  const method = methodOf(provider, language);
  if (language === "en") return `to ${method}`;
  return provider === "toss" ? `${method}으로` : `${method}로`;
}

export function money(minor: bigint | number, currency: string, language: Language): string {
  assert(isCurrency(currency), "money: a mail is about a currency of ours");
  return formatMinor(BigInt(minor), currency, language);
}

/** A moment as a day. In UTC, as on the receipt: a mail is read in other places than it was written in. */
export function dayOf(at: Date, language: Language): string {
  return longDay[language].format(at);
}

/** Made once: making a formatter takes longer than all the formatting of a letter. */
function inEach(options: Intl.DateTimeFormatOptions): Readonly<Record<Language, Intl.DateTimeFormat>> {
  const make = (language: Language) => new Intl.DateTimeFormat(language, { timeZone: "UTC", ...options });
  return { en: make("en"), ko: make("ko") };
}

const longDay = inEach({ dateStyle: "long" });
const shortDay = inEach({ weekday: "short", month: "short", day: "numeric" });
const hour = inEach({ hour: "numeric", minute: "2-digit" });

/** `2026-11-24` to `2026-11-26` as "Tue, Nov 24 – Thu, Nov 26". */
export function daysOf(from: string, to: string, language: Language): string {
  const format = shortDay[language];
  const [first, last] = [format.format(new Date(`${from}T00:00:00Z`)), format.format(new Date(`${to}T00:00:00Z`))];
  return first === last ? first : `${first} – ${last}`;
}

/** An hour of a day, with the zone it is told in. */
export function timeOf(at: Date, language: Language): string {
  return `${hour[language].format(at)} UTC`;
}

/** "Harbor", "Harbor and Fernwood", "Harbor, Fernwood and 2 more". */
export function namesOf(names: readonly string[], language: Language): string {
  const different = [...new Set(names)];
  const shown = different.length > 3 ? different.slice(0, 2) : different;
  const left = different.length - shown.length;
  const all = left === 0 ? shown : [...shown, language === "ko" ? `외 ${left}곳` : `${left} more`];
  if (language === "ko") return left === 0 ? all.join(", ") : `${shown.join(", ")} ${all.at(-1) ?? ""}`;
  return new Intl.ListFormat("en", { type: "conjunction" }).format(all);
}
