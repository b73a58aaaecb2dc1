import { asOfNow } from "./clocks.ts";
import { randomText } from "./ids.ts";
import { koreanTime, taxOf, type Cancel, type Kept, type Payment, type RefundReceiveAccount } from "./payment.ts";
import { receiveAccountOf } from "./refund-account.ts";
import { isErrorCode, isRefusal, refused, type Refusal } from "./refusal.ts";
import type { Body, Call } from "./route.ts";
import type { Shop } from "./shop.ts";

const reasonLengthMax = 200;

/** `POST /v1/payments/:paymentKey/cancel`: all that is left, or a part of it. */
export function cancelPayment(call: Call): Payment | Refusal {
  const { shop, body } = call;
  const found = shop.store.byKey(call.name);
  if (found === undefined) return refused("NOT_FOUND_PAYMENT");
  const asked = askedOf(body);
  if (asked === undefined) return refused("INVALID_REQUEST");
  const { cancelReason } = asked;
  const kept = asOfNow(shop, found);
  const amount = asked.cancelAmount ?? kept.payment.balanceAmount;
  const problem = cancelProblem(kept.payment, amount) ?? bankProblem(call);
  if (problem !== undefined) return problem;
  if (kept.payment.status === "WAITING_FOR_DEPOSIT") return callOff(shop, kept, cancelReason);
  // Where the money was paid into an account, nobody but the payer knows one to send it back to.
  const account = kept.payment.method === "가상계좌" ? receiveAccountOf(body) : null;
  if (account !== null && isRefusal(account)) return account;
  return giveBack(shop, kept, { amount, cancelReason, account, idempotencyKey: call.idempotencyKey });
}

type Asked = { readonly cancelReason: string; readonly cancelAmount: number | undefined };

function askedOf({ cancelReason, cancelAmount }: Body): Asked | undefined {
  if (typeof cancelReason !== "string" || cancelReason === "" || cancelReason.length > reasonLengthMax)
    return undefined;
  if (cancelAmount === undefined) return { cancelReason, cancelAmount };
  return typeof cancelAmount === "number" && Number.isInteger(cancelAmount)
    ? { cancelReason, cancelAmount }
    : undefined;
}

function cancelProblem(payment: Payment, amount: number): Refusal | undefined {
  switch (payment.status) {
    case "CANCELED":
      return refused("ALREADY_CANCELED_PAYMENT");
    case "WAITING_FOR_DEPOSIT":
      return amount === payment.totalAmount ? undefined : refused("NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT");
    case "DONE":
    case "PARTIAL_CANCELED":
      break;
    default:
      return refused("NOT_CANCELABLE_PAYMENT");
  }
  if (amount <= 0 || amount > payment.balanceAmount) return refused("NOT_CANCELABLE_AMOUNT");
  const isTooLittle = !payment.isPartialCancelable && amount < payment.balanceAmount;
  return isTooLittle ? refused("NOT_ALLOWED_PARTIAL_REFUND") : undefined;
}

/** As a fault plan has it: a bank that says no, because it is closed unless the plan names another reason. */
function bankProblem({ shop, endpoint, text }: Call): Refusal | undefined {
  const declined = shop.world.faults.hit("toss", endpoint, text, ["decline"]);
  if (declined === undefined) return undefined;
  const { value } = declined;
  return refused(typeof value === "string" && isErrorCode(value) ? value : "NOT_AVAILABLE_BANK");
}

/** Nothing was paid yet, so nothing goes back. */
function callOff(shop: Shop, kept: Kept, cancelReason: string): Payment {
  const amount = kept.payment.totalAmount;
  const canceled = withCancel(shop, kept.payment, amount, cancelReason);
  shop.saveAndTell({ ...kept, payment: canceled });
  shop.tellDeposit(canceled);
  return canceled;
}

type Giving = {
  readonly amount: number;
  readonly cancelReason: string;
  readonly account: RefundReceiveAccount | null;
  readonly idempotencyKey: string | null;
};

function giveBack(shop: Shop, kept: Kept, { amount, cancelReason, account, idempotencyKey }: Giving): Payment {
  const less = withCancel(shop, kept.payment, amount, cancelReason);
  const { virtualAccount } = less;
  const payment: Payment =
    virtualAccount === null
      ? less
      : {
          ...less,
          virtualAccount: { ...virtualAccount, refundStatus: "COMPLETED", refundReceiveAccount: account },
        };
  shop.saveAndTell({ ...kept, payment });
  shop.world.records.append("toss", "refund", payment.lastTransactionKey ?? "", {
    amount,
    currency: payment.currency.toLowerCase(),
    transactionKey: payment.lastTransactionKey,
    paymentKey: payment.paymentKey,
    orderId: payment.orderId,
    idempotencyKey,
    account,
  });
  return payment;
}

function withCancel(shop: Shop, payment: Payment, cancelAmount: number, cancelReason: string): Payment {
  const balanceAmount = payment.balanceAmount - cancelAmount;
  const transactionKey = randomText(32).toUpperCase();
  const cancel: Cancel = {
    transactionKey,
    cancelReason,
    canceledAt: koreanTime(shop.now()),
    cancelAmount,
    taxFreeAmount: 0,
    taxExemptionAmount: 0,
    refundableAmount: balanceAmount,
    easyPayDiscountAmount: 0,
    receiptKey: null,
    cancelStatus: "DONE",
    cancelRequestId: null,
  };
  return {
    ...payment,
    status: balanceAmount === 0 ? "CANCELED" : "PARTIAL_CANCELED",
    lastTransactionKey: transactionKey,
    balanceAmount,
    ...taxOf(balanceAmount),
    cancels: [...(payment.cancels ?? []), cancel],
  };
}
