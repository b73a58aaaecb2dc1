/**
 * What somebody agrees to who wants a digital product at once: consent and acknowledgement in one sentence, as Article
 * 16(m) of Directive 2011/83/EU and Article 17(2)(5) of Korea's e-commerce act ask for it. A new wording is a new
 * version; those that were agreed to are kept with the order, word for word.
 */
export const waiverVersion = "2026-11";

export const waiverWords = {
  en:
    "I want my download to begin now, before the period for withdrawal is over, and I know that my right to " +
    "withdraw from the purchase ends when it begins.",
  ko:
    "청약철회 기간이 지나기 전에 바로 다운로드를 시작하는 데 동의하며, 다운로드를 시작하면 청약철회권이 " +
    "제한된다는 점을 확인했습니다.",
} as const;
