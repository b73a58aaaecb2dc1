/** What Stripe's fields say, in the two languages of the shop. Every other locale is answered in English. */
export type Language = "en" | "ko";

export type FieldWords = {
  readonly number: string;
  readonly expiry: string;
  readonly cvc: string;
  readonly name: string;
  readonly country: string;
  readonly zip: string;
  readonly postalCode: string;
  readonly namePlaceholder: string;
  readonly cvcPlaceholder: string;
  readonly expiryPlaceholder: string;
};

/** `auto`, or nothing, is the browser's own language. */
export function languageOf(locale: string | undefined): Language {
  const wanted = locale === undefined || locale === "auto" ? navigator.language : locale;
  return wanted.toLowerCase().startsWith("ko") ? "ko" : "en";
}

export const fieldWords: Readonly<Record<Language, FieldWords>> = {
  en: {
    number: "Card number",
    expiry: "Expiration date",
    cvc: "Security code",
    name: "Full name",
    country: "Country",
    zip: "ZIP code",
    postalCode: "Postal code",
    namePlaceholder: "First and last name",
    cvcPlaceholder: "CVC",
    expiryPlaceholder: "MM / YY",
  },
  ko: {
    number: "카드 번호",
    expiry: "만료일",
    cvc: "보안 코드",
    name: "성명",
    country: "국가",
    zip: "우편번호",
    postalCode: "우편번호",
    namePlaceholder: "카드에 적힌 이름",
    cvcPlaceholder: "CVC",
    expiryPlaceholder: "MM / YY",
  },
};

/** The message under an error's or a decline's code; undefined where the API's own words are as good. */
export function errorWords(language: Language, code: string | undefined): string | undefined {
  if (code === undefined) return undefined;
  return language === "ko" ? (korean[code] ?? english[code]) : english[code];
}

const english: Readonly<Record<string, string>> = {
  incomplete_number: "Your card number is incomplete.",
  invalid_number: "Your card number is invalid.",
  incomplete_expiry: "Your card's expiration date is incomplete.",
  invalid_expiry_month: "Your card's expiration month is invalid.",
  invalid_expiry_month_past: "Your card's expiration date is in the past.",
  invalid_expiry_year_past: "Your card's expiration year is in the past.",
  invalid_expiry_year: "Your card's expiration year is invalid.",
  incomplete_cvc: "Your card's security code is incomplete.",
  incomplete_zip: "Your ZIP code is incomplete.",
  incomplete_postal_code: "Your postal code is incomplete.",
  incomplete_name: "Please provide your full name.",
  payment_intent_authentication_failure:
    "We are unable to authenticate your payment method. Please choose a different payment method and try again.",
  api_connection_error:
    "We are experiencing issues connecting to our payments provider. Please check your internet connection and try again.",
};

const korean: Readonly<Record<string, string>> = {
  incomplete_number: "카드 번호가 완전하지 않습니다.",
  invalid_number: "카드 번호가 유효하지 않습니다.",
  incomplete_expiry: "카드 만료일이 완전하지 않습니다.",
  invalid_expiry_month: "카드 만료 월이 유효하지 않습니다.",
  invalid_expiry_month_past: "카드 만료일이 지났습니다.",
  invalid_expiry_year_past: "카드 만료 연도가 지났습니다.",
  invalid_expiry_year: "카드 만료 연도가 유효하지 않습니다.",
  incomplete_cvc: "카드 보안 코드가 완전하지 않습니다.",
  incomplete_zip: "우편번호가 완전하지 않습니다.",
  incomplete_postal_code: "우편번호가 완전하지 않습니다.",
  incomplete_name: "성명을 입력해 주세요.",
  payment_intent_authentication_failure:
    "결제 수단을 인증할 수 없습니다. 다른 결제 수단을 선택하여 다시 시도해 주세요.",
  api_connection_error: "결제 서비스에 연결할 수 없습니다. 인터넷 연결을 확인하고 다시 시도해 주세요.",
  card_declined: "카드가 거부되었습니다.",
  generic_decline: "카드가 거부되었습니다.",
  insufficient_funds: "카드 잔액이 부족합니다.",
  expired_card: "카드가 만료되었습니다.",
  incorrect_cvc: "카드 보안 코드가 올바르지 않습니다.",
  incorrect_number: "카드 번호가 올바르지 않습니다.",
  processing_error: "카드를 처리하는 중 오류가 발생했습니다. 잠시 후 다시 시도해 주세요.",
  test_mode_live_card: "카드가 거부되었습니다. 테스트 모드에서는 테스트 카드만 사용할 수 있습니다.",
};
