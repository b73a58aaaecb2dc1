import { asOfNow } from "./clocks.ts";
import { randomDigits, randomText } from "./ids.ts";
import { cardOf, koreanTime, type Kept, type Payment } from "./payment.ts";
import { isErrorCode, refused, type Refusal } from "./refusal.ts";
import type { Body, Call } from "./route.ts";
import type { Shop } from "./shop.ts";

/** The least a card is charged with, in won. */
const amountMin = 100;
/** How long a virtual account waits when nobody says otherwise. */
export const validHoursUsual = 168;
export const validHoursMax = 720;

/** `POST /v1/payments/confirm`: the only call that moves money, and only once. */
export function confirmPayment(call: Call): Payment | Refusal {
  const { shop, body } = call;
  const asked = askedOf(body);
  if (asked === undefined) return refused("INVALID_REQUEST");
  const found = shop.store.byKey(asked.paymentKey);
  const problem = confirmProblem(shop, found, asked);
  if (problem !== undefined || found === undefined) return problem ?? refused("NOT_FOUND_PAYMENT");

  const declined = shop.world.faults.hit("toss", call.endpoint, call.text, ["decline"]);
  if (declined !== undefined) return abort(shop, found, declined.value);
  return approve(shop, found, call.idempotencyKey);
}

type Asked = { readonly paymentKey: string; readonly orderId: string; readonly amount: number };

function askedOf({ paymentKey, orderId, amount }: Body): Asked | undefined {
  if (typeof paymentKey !== "string" || typeof orderId !== "string") return undefined;
  // Toss takes a number, or the text of one, as it stood in the address.
  const value = typeof amount === "string" ? Number(amount) : amount;
  return typeof value === "number" && Number.isInteger(value) ? { paymentKey, orderId, amount: value } : undefined;
}

function confirmProblem(shop: Shop, found: Kept | undefined, asked: Asked): Refusal | undefined {
  if (found === undefined) return refused("NOT_FOUND_PAYMENT");
  const { payment } = asOfNow(shop, found);
  if (payment.orderId !== asked.orderId) return refused("NOT_FOUND_PAYMENT_SESSION");
  if (payment.status === "EXPIRED" || payment.status === "READY") return refused("NOT_FOUND_PAYMENT_SESSION");
  if (payment.status !== "IN_PROGRESS") return refused("ALREADY_PROCESSED_PAYMENT");
  if (payment.totalAmount !== asked.amount) return refused("INVALID_REQUEST");
  if (payment.totalAmount < amountMin) return refused("BELOW_MINIMUM_AMOUNT");
  if (shop.store.isOrderTaken(asked.orderId, asked.paymentKey)) return refused("DUPLICATED_ORDER_ID");
  return undefined;
}

/** The card company said no; such a payment is over. */
function abort(shop: Shop, kept: Kept, value: unknown): Refusal {
  const code = typeof value === "string" && isErrorCode(value) ? value : "REJECT_CARD_PAYMENT";
  const failure = { code, message: code };
  shop.saveAndTell({ ...kept, payment: { ...kept.payment, status: "ABORTED", failure } });
  return refused(code);
}

function approve(shop: Shop, kept: Kept, idempotencyKey: string | null): Payment {
  const { payment } = kept;
  const lastTransactionKey = randomText(32).toUpperCase();
  if (payment.method === "가상계좌") {
    return issueAccount(shop, { ...kept, payment: { ...payment, lastTransactionKey } }, validHoursUsual);
  }
  const done: Payment = {
    ...payment,
    status: "DONE",
    lastTransactionKey,
    approvedAt: koreanTime(shop.now()),
    card: payment.method === "카드" ? cardOf(payment.totalAmount) : null,
    easyPay:
      payment.method === "간편결제" ? { provider: "토스페이", amount: payment.totalAmount, discountAmount: 0 } : null,
    receipt: { url: `${originOf(payment)}/toss-window/${payment.paymentKey}/receipt` },
  };
  shop.saveAndTell({ ...kept, payment: done });
  recordCharge(shop, done, idempotencyKey);
  return done;
}

/** Gives a payment its account to pay into; nothing has been paid yet. */
export function issueAccount(shop: Shop, kept: Kept, validHours: number): Payment {
  const { payment } = kept;
  const dueMs = shop.now() + validHours * 3_600_000;
  const waiting: Payment = {
    ...payment,
    status: "WAITING_FOR_DEPOSIT",
    secret: `ps_${randomText(20)}`,
    virtualAccount: {
      accountType: "일반",
      // Numbers that nobody can pay into begin with an X.
      accountNumber: `X${randomDigits(13)}`,
      bankCode: "20",
      customerName: kept.customerName,
      depositorName: kept.customerName,
      dueDate: koreanTime(dueMs),
      expired: false,
      settlementStatus: "INCOMPLETED",
      refundStatus: "NONE",
      refundReceiveAccount: null,
    },
  };
  shop.save({ ...kept, dueMs, payment: waiting });
  shop.tellDeposit(waiting);
  return waiting;
}

/** What really happened, for whoever audits Muse. */
export function recordCharge(shop: Shop, payment: Payment, idempotencyKey: string | null): void {
  const { paymentKey, orderId, totalAmount, currency } = payment;
  shop.world.records.append("toss", "charge", paymentKey, {
    amount: totalAmount,
    currency: currency.toLowerCase(),
    paymentKey,
    orderId,
    idempotencyKey,
  });
}

function originOf(payment: Payment): string {
  return new URL(payment.checkout.url).origin;
}
