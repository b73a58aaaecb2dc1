/** Toss's Payment object, version 2022-11-16, and what the sandbox keeps beside it. */

export type Status =
  | "READY"
  | "IN_PROGRESS"
  | "WAITING_FOR_DEPOSIT"
  | "DONE"
  | "CANCELED"
  | "PARTIAL_CANCELED"
  | "ABORTED"
  | "EXPIRED";

/** As the API writes it in Korean, its usual language. */
export type Method = "카드" | "가상계좌" | "간편결제";

export type Cancel = {
  readonly transactionKey: string;
  readonly cancelReason: string;
  readonly canceledAt: string;
  readonly cancelAmount: number;
  readonly taxFreeAmount: number;
  readonly taxExemptionAmount: number;
  readonly refundableAmount: number;
  readonly easyPayDiscountAmount: number;
  readonly receiptKey: null;
  readonly cancelStatus: "DONE";
  readonly cancelRequestId: null;
};

export type VirtualAccount = {
  readonly accountType: "일반";
  readonly accountNumber: string;
  readonly bankCode: string;
  readonly customerName: string;
  readonly depositorName: string;
  readonly dueDate: string;
  readonly expired: boolean;
  readonly settlementStatus: "INCOMPLETED" | "COMPLETED";
  readonly refundStatus: "NONE" | "PENDING" | "COMPLETED";
  readonly refundReceiveAccount: RefundReceiveAccount | null;
};

export type RefundReceiveAccount = {
  readonly bankCode: string;
  readonly accountNumber: string;
  readonly holderName: string;
};

export type Payment = {
  readonly mId: string;
  readonly version: "2022-11-16";
  readonly lastTransactionKey: string | null;
  readonly paymentKey: string;
  readonly orderId: string;
  readonly orderName: string;
  readonly type: "NORMAL";
  readonly method: Method | null;
  readonly currency: string;
  readonly country: "KR";
  readonly status: Status;
  readonly requestedAt: string;
  readonly approvedAt: string | null;
  readonly totalAmount: number;
  readonly balanceAmount: number;
  readonly suppliedAmount: number;
  readonly vat: number;
  readonly taxFreeAmount: number;
  readonly taxExemptionAmount: number;
  readonly useEscrow: false;
  readonly cultureExpense: false;
  readonly isPartialCancelable: boolean;
  readonly card: object | null;
  readonly easyPay: object | null;
  readonly virtualAccount: VirtualAccount | null;
  readonly transfer: null;
  readonly mobilePhone: null;
  readonly giftCertificate: null;
  readonly cashReceipt: null;
  readonly cashReceipts: null;
  readonly discount: null;
  readonly cancels: readonly Cancel[] | null;
  readonly secret: string | null;
  readonly failure: { readonly code: string; readonly message: string } | null;
  readonly metadata: null;
  readonly receipt: { readonly url: string } | null;
  readonly checkout: { readonly url: string };
};

/** What no reply shows: the clocks, and where the payer's browser goes back to. */
export type Kept = {
  readonly payment: Payment;
  readonly requestedMs: number;
  /** When the payer had said yes; the shop then has ten minutes to confirm. */
  readonly authenticatedMs: number | null;
  readonly dueMs: number | null;
  readonly successUrl: string | null;
  readonly failUrl: string | null;
  readonly customerName: string;
  /** The bank took its deposit back once. */
  readonly isReverted?: boolean;
};

export type NewPayment = {
  readonly paymentKey: string;
  readonly orderId: string;
  readonly orderName: string;
  readonly amount: number;
  readonly currency: string;
  readonly method: Method | null;
  readonly origin: string;
  readonly atMs: number;
};

/** A payment whose window has just been opened. */
export function newPayment(asked: NewPayment): Payment {
  const { amount, paymentKey, origin } = asked;
  return {
    mId: "tosspayments",
    version: "2022-11-16",
    lastTransactionKey: null,
    paymentKey,
    orderId: asked.orderId,
    orderName: asked.orderName,
    type: "NORMAL",
    method: asked.method,
    currency: asked.currency,
    country: "KR",
    status: "READY",
    requestedAt: koreanTime(asked.atMs),
    approvedAt: null,
    totalAmount: amount,
    balanceAmount: amount,
    ...taxOf(amount),
    taxFreeAmount: 0,
    taxExemptionAmount: 0,
    useEscrow: false,
    cultureExpense: false,
    isPartialCancelable: true,
    card: null,
    easyPay: null,
    virtualAccount: null,
    transfer: null,
    mobilePhone: null,
    giftCertificate: null,
    cashReceipt: null,
    cashReceipts: null,
    discount: null,
    cancels: null,
    secret: null,
    failure: null,
    metadata: null,
    receipt: null,
    checkout: { url: `${origin}/v1/payments/${paymentKey}/checkout` },
  };
}

/** 15000 → 13636 and 1364: prices in won hold a tenth of tax. */
export function taxOf(amount: number): { readonly suppliedAmount: number; readonly vat: number } {
  const suppliedAmount = Math.round(amount / 1.1);
  return { suppliedAmount, vat: amount - suppliedAmount };
}

/** `2026-01-02T14:46:43+09:00` */
export function koreanTime(atMs: number): string {
  return `${new Date(atMs + 9 * 3_600_000).toISOString().slice(0, 19)}+09:00`;
}

export function cardOf(amount: number): object {
  return {
    amount,
    issuerCode: "61",
    acquirerCode: "31",
    number: "48902300****406*",
    installmentPlanMonths: 0,
    isInterestFree: false,
    interestPayer: null,
    approveNo: "00000000",
    useCardPoint: false,
    cardType: "신용",
    ownerType: "개인",
    acquireStatus: "READY",
  };
}

/** The names that `Accept-Language: en` gives the methods. */
export function inLanguage(payment: Payment, isEnglish: boolean): object {
  if (!isEnglish || payment.method === null) return payment;
  return { ...payment, method: englishMethods[payment.method] };
}

const englishMethods: Readonly<Record<Method, string>> = {
  카드: "CARD",
  가상계좌: "VIRTUAL_ACCOUNT",
  간편결제: "EASY_PAY",
};
