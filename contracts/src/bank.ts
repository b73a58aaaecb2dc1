import type { Language } from "./error.ts";

/**
 * Korea's banks by the code that TossPayments knows them by, in the order of a list to choose from.
 *
 * @see https://docs.tosspayments.com/codes/org-codes
 */
export const banks = [
  { code: "06", name: { en: "KB Kookmin Bank", ko: "KB국민은행" } },
  { code: "88", name: { en: "Shinhan Bank", ko: "신한은행" } },
  { code: "20", name: { en: "Woori Bank", ko: "우리은행" } },
  { code: "81", name: { en: "Hana Bank", ko: "하나은행" } },
  { code: "11", name: { en: "NH NongHyup Bank", ko: "NH농협은행" } },
  { code: "03", name: { en: "IBK Industrial Bank", ko: "IBK기업은행" } },
  { code: "90", name: { en: "KakaoBank", ko: "카카오뱅크" } },
  { code: "92", name: { en: "Toss Bank", ko: "토스뱅크" } },
  { code: "89", name: { en: "K bank", ko: "케이뱅크" } },
  { code: "23", name: { en: "SC First Bank", ko: "SC제일은행" } },
  { code: "27", name: { en: "Citibank Korea", ko: "씨티은행" } },
  { code: "31", name: { en: "iM Bank", ko: "iM뱅크" } },
  { code: "32", name: { en: "Busan Bank", ko: "부산은행" } },
  { code: "39", name: { en: "Kyongnam Bank", ko: "경남은행" } },
  { code: "34", name: { en: "Gwangju Bank", ko: "광주은행" } },
  { code: "37", name: { en: "Jeonbuk Bank", ko: "전북은행" } },
  { code: "35", name: { en: "Jeju Bank", ko: "제주은행" } },
  { code: "07", name: { en: "Suhyup Bank", ko: "Sh수협은행" } },
  { code: "02", name: { en: "Korea Development Bank", ko: "KDB산업은행" } },
  { code: "71", name: { en: "Korea Post", ko: "우체국예금보험" } },
  { code: "45", name: { en: "MG Community Credit Cooperatives", ko: "새마을금고" } },
  { code: "48", name: { en: "National Credit Union", ko: "신협" } },
  { code: "12", name: { en: "Local Nonghyup", ko: "단위농협" } },
  { code: "50", name: { en: "Savings banks", ko: "저축은행중앙회" } },
  { code: "64", name: { en: "National Forestry Cooperative", ko: "산림조합" } },
  { code: "54", name: { en: "HSBC", ko: "홍콩상하이은행" } },
] as const;

/** The name of a bank as its customers read it; null for a code of none that we know. */
export function bankName(code: string, language: Language): string | null {
  return banks.find((bank) => bank.code === code)?.name[language] ?? null;
}

/** Whether money can be sent to an account there. */
export function isBankCode(code: string): boolean {
  return banks.some((bank) => bank.code === code);
}
