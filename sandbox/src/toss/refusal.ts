/** A request that Toss turns down: an HTTP status and a code; the message is in the reader's language. */
export type Refusal = { readonly kind: "refused"; readonly status: number; readonly code: string };

export function refused(code: string, status = errors[code]?.[0] ?? 400): Refusal {
  return { kind: "refused", status, code };
}

export function isRefusal(result: object): result is Refusal {
  return "kind" in result && result.kind === "refused";
}

/** `{"code", "message"}` as Toss sends it; Korean unless `Accept-Language` is English. */
export function errorBody(code: string, isEnglish: boolean): string {
  const [, ko, en] = errors[code] ?? [400, "잘못된 요청입니다.", "Bad request."];
  return JSON.stringify({ code, message: isEnglish ? en : ko });
}

export function isErrorCode(code: string): boolean {
  return Object.hasOwn(errors, code);
}

/** @see https://docs.tosspayments.com/reference/error-codes */
const errors: Readonly<Record<string, readonly [status: number, ko: string, en: string]>> = {
  ALREADY_PROCESSED_PAYMENT: [400, "이미 처리된 결제 입니다.", "This payment has already been processed."],
  PROVIDER_ERROR: [400, "일시적인 오류가 발생했습니다. 잠시 후 다시 시도해주세요.", "A temporary error occurred."],
  INVALID_REQUEST: [400, "잘못된 요청입니다.", "The bad request."],
  INVALID_API_KEY: [400, "잘못된 시크릿키 연동 정보 입니다.", "Incorrect secret key."],
  DUPLICATED_ORDER_ID: [400, "이미 승인 및 취소가 진행된 중복된 주문번호 입니다.", "Duplicated order id."],
  BELOW_MINIMUM_AMOUNT: [400, "신용카드는 결제금액이 100원 이상부터 결제가 가능합니다.", "Below the minimum amount."],
  INVALID_CARD_EXPIRATION: [400, "카드 정보를 다시 확인해주세요. (유효기간)", "Check the card's expiration date."],
  INVALID_CARD_NUMBER: [400, "카드번호를 다시 확인해주세요.", "Check the card number."],
  INVALID_STOPPED_CARD: [400, "정지된 카드 입니다.", "This card has been suspended."],
  INVALID_CARD_LOST_OR_STOLEN: [400, "분실 혹은 도난 카드입니다.", "Lost or stolen card."],
  INVALID_REJECT_CARD: [400, "카드 사용이 거절되었습니다.", "The card was rejected."],
  EXCEED_MAX_DAILY_PAYMENT_COUNT: [400, "하루 결제 가능 횟수를 초과했습니다.", "Too many payments in one day."],
  EXCEED_MAX_PAYMENT_AMOUNT: [400, "하루 결제 가능 금액을 초과했습니다.", "Over the daily amount."],
  EXCEED_MAX_AMOUNT: [400, "거래금액 한도를 초과했습니다.", "Over the limit of a transaction."],
  CARD_PROCESSING_ERROR: [400, "카드사에서 오류가 발생했습니다.", "An error at the card company."],
  NOT_AVAILABLE_PAYMENT: [400, "결제가 불가능한 시간대입니다.", "Payment is not available now."],
  UNAPPROVED_ORDER_ID: [400, "아직 승인되지 않은 주문번호입니다.", "The order id is not approved yet."],
  INVALID_IDEMPOTENCY_KEY: [400, "멱등키는 300자 이하여야 합니다.", "The idempotency key is too long."],
  ALREADY_CANCELED_PAYMENT: [400, "이미 취소된 결제 입니다.", "This payment has already been canceled."],
  INVALID_REFUND_ACCOUNT_INFO: [
    400,
    "환불 계좌번호와 예금주명이 일치하지 않습니다.",
    "Account and holder do not match.",
  ],
  INVALID_REFUND_ACCOUNT_NUMBER: [400, "잘못된 환불 계좌번호입니다.", "Invalid refund account number."],
  FORBIDDEN_BANK_REFUND_REQUEST: [400, "고객 계좌가 입금이 되지 않는 상태입니다.", "The account takes no money."],
  INVALID_BANK: [400, "유효하지 않은 은행입니다.", "Invalid bank."],
  UNAUTHORIZED_KEY: [
    401,
    "인증되지 않은 시크릿 키 혹은 클라이언트 키 입니다.",
    "Unauthorized secret key or client key.",
  ],
  INCORRECT_BASIC_AUTH_FORMAT: [403, "잘못된 요청입니다. ':' 를 포함해 인코딩해주세요.", "Encode the key with a ':'."],
  REJECT_CARD_PAYMENT: [403, "한도초과 혹은 잔액부족으로 결제에 실패했습니다.", "Over the limit, or not enough money."],
  REJECT_ACCOUNT_PAYMENT: [403, "잔액부족으로 결제에 실패했습니다.", "Not enough money in the account."],
  REJECT_CARD_COMPANY: [403, "결제 승인이 거절되었습니다.", "The card company refused the payment."],
  FORBIDDEN_REQUEST: [403, "허용되지 않은 요청입니다.", "This request is not allowed."],
  EXCEED_MAX_ONE_DAY_AMOUNT: [403, "일일 한도를 초과했습니다.", "Over the limit of one day."],
  INVALID_PASSWORD: [403, "결제 비밀번호가 일치하지 않습니다.", "Wrong payment password."],
  FDS_ERROR: [403, "위험거래가 감지되어 결제가 제한됩니다.", "A risky transaction was detected."],
  NOT_AVAILABLE_BANK: [403, "은행 서비스 시간이 아닙니다.", "The bank is closed at this time."],
  NOT_CANCELABLE_AMOUNT: [403, "취소 할 수 없는 금액 입니다.", "This amount cannot be canceled."],
  NOT_CANCELABLE_PAYMENT: [403, "취소 할 수 없는 결제 입니다.", "This payment cannot be canceled."],
  FORBIDDEN_CONSECUTIVE_REQUEST: [403, "반복적인 요청은 허용되지 않습니다.", "Consecutive requests are not allowed."],
  EXCEED_MAX_REFUND_DUE: [403, "환불 가능한 기간이 지났습니다.", "Too late for a refund."],
  NOT_ALLOWED_PARTIAL_REFUND: [403, "부분 취소가 불가능한 결제입니다.", "A partial refund is not allowed."],
  NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT: [
    403,
    "입금 대기중인 결제는 부분 환불이 불가합니다.",
    "A partial refund is not allowed before the deposit.",
  ],
  NOT_FOUND_PAYMENT: [404, "존재하지 않는 결제 입니다.", "The payment does not exist."],
  NOT_FOUND_PAYMENT_SESSION: [
    404,
    "결제 시간이 만료되어 결제 진행 데이터가 존재하지 않습니다.",
    "The payment's time is over; its data does not exist any more.",
  ],
  NOT_FOUND: [404, "존재하지 않는 정보 입니다.", "Not found."],
  IDEMPOTENT_REQUEST_PROCESSING: [409, "이전 멱등 요청이 처리중입니다.", "The request before it is still under way."],
  FAILED_PAYMENT_INTERNAL_SYSTEM_PROCESSING: [500, "결제가 완료되지 않았어요. 다시 시도해주세요.", "Please try again."],
  FAILED_INTERNAL_SYSTEM_PROCESSING: [500, "내부 시스템 처리 작업이 실패했습니다.", "Internal processing failed."],
  UNKNOWN_PAYMENT_ERROR: [500, "결제에 실패했어요.", "The payment failed."],
  FAILED_REFUND_PROCESS: [500, "은행 응답시간 지연이나 일시적인 오류로 환불요청에 실패했습니다.", "The refund failed."],
};
