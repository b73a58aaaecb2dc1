import type { Language } from "./error.ts";

/** What stores call their ways to deliver, in Korean. */
const inKorean: ReadonlyMap<string, string> = new Map(
  Object.entries({
    Standard: "일반 배송",
    Express: "빠른 배송",
    Economy: "경제 배송",
    Priority: "우선 배송",
    Ground: "육상 배송",
    "Two-Day": "이틀 배송",
    "Media mail": "도서 우편",
    Overnight: "익일 배송",
  }),
);

/** A way to deliver as a reader is shown it; one that is not here is called what its store calls it. */
export function deliveryName(name: string, language: Language): string {
  return (language === "ko" ? inKorean.get(name) : undefined) ?? name;
}
