import { toWire } from "#kernel/money.ts";
import type {
  ChargeOutcome,
  ChargeRequest,
  PaymentProvider,
  ReceiveAccount,
  RefundAnswer,
  RefundOutcome,
  RefundRequest,
} from "../provider.ts";
import type { TossAnswer, TossClient } from "./client.ts";
import type { TossError } from "./errors.ts";
import { readTossMethodRef, type TossMethod } from "./method-ref.ts";
import { declined, outcomeOfPayment, type TossPayment } from "./payment.ts";

/** TossPayments behind the port. A payment of one order id is confirmed once, whatever the number of calls. */
export function tossProvider(toss: TossClient): PaymentProvider {
  return {
    charge: async (request) => await chargeOnce(toss, request),
    readIntent: async (paymentKey) => outcomeOfRead(await toss.readPayment(paymentKey)),
    findIntent: async ({ methodRef }) => await findPayment(toss, methodRef),
    cancelIntent: async (paymentKey) => await callOff(toss, paymentKey),
    refund: async (request) => await refundOnce(toss, request),
  };
}

/** The key names our own attempt, so a repeat after a crash finds the first call's answer (kept 15 days). */
async function chargeOnce(toss: TossClient, request: ChargeRequest): Promise<ChargeOutcome> {
  const method = readTossMethodRef(request.methodRef);
  if (method === null) return unknownMethod;
  const answer = await toss.confirm(
    { ...method, amount: toWire(request.amountMinor) },
    `toss:confirm:${request.paymentId}:${request.attemptNumber}`,
  );
  if (answer.kind === "payment") return ofOurOrder(answer.payment, method);
  const { kind, code } = answer.error;
  switch (kind) {
    case "declined":
      return declined(code);
    case "expired":
      return declined("PAYMENT_EXPIRED");
    case "configuration":
      return { kind: "not_sent", code: "credentials" };
    case "unknown":
      return await whatBecameOf(toss, method, code);
  }
}

const unknownMethod: ChargeOutcome = {
  kind: "declined",
  providerRef: null,
  code: "resource_missing",
  declineCode: null,
};

/** The call proved nothing; the payment itself may. */
async function whatBecameOf(toss: TossClient, method: TossMethod, code: string): Promise<ChargeOutcome> {
  const read = await toss.readPayment(method.paymentKey);
  if (read.kind === "payment") return ofOurOrder(read.payment, method);
  // No payment of this name exists, so none was charged.
  if (isAbsent(read)) return unknownMethod;
  return { kind: "unknown", detail: `toss ${code}` };
}

/** A payment of another order is nobody's proof, even where it has succeeded: somebody sent us its name. */
function ofOurOrder(payment: TossPayment, { orderId, paymentKey }: TossMethod): ChargeOutcome {
  if (payment.orderId !== orderId || payment.paymentKey !== paymentKey) return unknownMethod;
  return outcomeOfPayment(payment);
}

function outcomeOfRead(read: TossAnswer): ChargeOutcome {
  if (read.kind === "payment") return outcomeOfPayment(read.payment);
  return { kind: "unknown", detail: `toss ${read.error.code}` };
}

function isAbsent(read: TossAnswer): boolean {
  return read.kind === "refused" && read.error.status === 404 && read.error.code === "NOT_FOUND_PAYMENT";
}

async function findPayment(toss: TossClient, methodRef: string): Promise<ChargeOutcome | { readonly kind: "absent" }> {
  const method = readTossMethodRef(methodRef);
  if (method === null) return { kind: "absent" };
  const read = await toss.readPayment(method.paymentKey);
  if (isAbsent(read)) return { kind: "absent" };
  return read.kind === "payment" ? ofOurOrder(read.payment, method) : outcomeOfRead(read);
}

/** Before anybody has paid into it, an account can be closed; a payment that was never confirmed ends by itself. */
async function callOff(toss: TossClient, paymentKey: string): Promise<ChargeOutcome> {
  const before = await toss.readPayment(paymentKey);
  if (before.kind !== "payment" || before.payment.status !== "WAITING_FOR_DEPOSIT") return outcomeOfRead(before);
  const answer = await toss.cancel({
    paymentKey,
    reason: "입금 기한이 지났거나 주문이 취소됨",
    amount: null,
    idempotencyKey: `toss:void:${paymentKey}`,
  });
  // Refused, or without an answer: paid in at that very moment, perhaps. Its state says which.
  const after = answer.kind === "payment" ? answer : await toss.readPayment(paymentKey);
  // Past its day Toss goes on waiting, and may refuse to close what it says itself nobody can pay into any more.
  if (after.kind === "payment" && isOver(after.payment)) return { kind: "canceled", providerRef: paymentKey };
  return outcomeOfRead(after);
}

function isOver({ status, virtualAccount }: TossPayment): boolean {
  return status === "WAITING_FOR_DEPOSIT" && virtualAccount?.expired === true;
}

/** How long to wait where Toss takes one cancel at a time near a payment. */
const consecutiveAfterMs = 2_000;

async function refundOnce(toss: TossClient, request: RefundRequest): Promise<RefundOutcome> {
  // Asked again, the key would tell its first answer for fifteen days: how it stands now, the payment itself says.
  if (request.refundRef !== null) return (await readRefund(toss, request)) ?? unanswered;
  const { receiveAccount, round = 0 } = request;
  if (round > 0 || receiveAccount === "unreadable") {
    // Another key pays out anew, and whoever could read the account may have sent it: an answer can have been lost.
    const before = await readRefund(toss, request);
    if (before === null || before.kind !== "unknown") return before ?? unanswered;
  }
  if (receiveAccount === "unreadable") return accountNeeded("unreadable");
  return await sendRefund(toss, request, receiveAccount);
}

async function sendRefund(
  toss: TossClient,
  request: RefundRequest,
  receiveAccount: ReceiveAccount | undefined,
): Promise<RefundOutcome> {
  const { refundId, providerRef, amountMinor, round = 0 } = request;
  const answer = await toss.cancel({
    paymentKey: providerRef,
    reason: reasonOf(refundId),
    amount: toWire(amountMinor),
    ...(receiveAccount === undefined ? {} : { receiveAccount }),
    // What was refused the key remembers, so whatever is asked after that has another.
    idempotencyKey: `toss:cancel:${refundId}${round === 0 ? "" : `:${round}`}`,
  });
  if (answer.kind === "payment") return outcomeOfCancel(answer.payment, refundId);
  // The reasons name our refunds, so that one whose answer was lost is found among the payment's cancels.
  const found = await readRefund(toss, request);
  if (found !== null && found.kind !== "unknown") return found;
  return outcomeOfRefusal(answer.error, found !== null);
}

/** How a refund stands by its payment; null where Toss does not tell. */
async function readRefund(toss: TossClient, { refundId, providerRef }: RefundRequest): Promise<RefundAnswer | null> {
  const read = await toss.readPayment(providerRef);
  return read.kind === "payment" ? outcomeOfCancel(read.payment, refundId) : null;
}

/** @param isAbsent it is not among the payment's cancels: proof, but only together with a refusal that says so */
function outcomeOfRefusal({ code, status }: TossError, isAbsent: boolean): RefundOutcome {
  if (code === "FORBIDDEN_CONSECUTIVE_REQUEST" || status === 429) {
    return { ...unanswered, retryAfterMs: consecutiveAfterMs };
  }
  const isClosed = code === "NOT_AVAILABLE_BANK";
  if (!isAbsent || status === null || status >= 500) {
    return isClosed ? { ...unanswered, retryAfterMs: bankClosedMs } : unanswered;
  }
  const failureCode = code.toLowerCase();
  if (isClosed) return { kind: "not_now", providerRef: null, failureCode, retryAfterMs: bankClosedMs };
  if (refusedAccountCodes.has(code)) return accountNeeded(failureCode);
  return refusedRefundCodes.has(code) ? { ...unanswered, kind: "failed", failureCode } : unanswered;
}

function accountNeeded(failureCode: string): RefundOutcome {
  return { kind: "account_needed", providerRef: null, failureCode, retryAfterMs: null };
}

/** Banks close for some minutes around midnight, and some for longer. */
const bankClosedMs = 900_000;

const unanswered: RefundAnswer = { kind: "unknown", providerRef: null, failureCode: null, retryAfterMs: null };

/** Refusals that stay: a person has to find another way to give the money back. */
const refusedRefundCodes: ReadonlySet<string> = new Set([
  "NOT_CANCELABLE_AMOUNT",
  "NOT_CANCELABLE_PAYMENT",
  "ALREADY_CANCELED_PAYMENT",
  "ALREADY_REFUND_PAYMENT",
  "NOT_ALLOWED_PARTIAL_REFUND",
  "NOT_ALLOWED_PARTIAL_REFUND_WAITING_DEPOSIT",
  "EXCEED_MAX_REFUND_DUE",
  "EXCEED_CANCEL_AMOUNT_DISCOUNT_AMOUNT",
  "NOT_MATCHES_REFUNDABLE_AMOUNT",
  "REFUND_REJECTED",
  "NOT_CANCELABLE_PAYMENT_FOR_DORMANT_USER",
]);

/** There is no account, its holder or bank is another, or it takes no money: its owner is asked (again). */
const refusedAccountCodes: ReadonlySet<string> = new Set([
  "INVALID_REFUND_ACCOUNT_INFO",
  "INVALID_REFUND_ACCOUNT_NUMBER",
  "INVALID_BANK",
  "FORBIDDEN_BANK_REFUND_REQUEST",
]);

function reasonOf(refundId: string): string {
  return `환불 ${refundId}`;
}

/** Our refund that a cancel at Toss was made for, as its reason names it; null where somebody else cancelled. */
export function refundOfReason(reason: string): string | null {
  return /^환불 (re_[0-9A-Za-z]+)$/.exec(reason)?.[1] ?? null;
}

function outcomeOfCancel({ cancels }: TossPayment, refundId: string): RefundAnswer {
  const cancel = cancels?.find(({ cancelReason }) => cancelReason === reasonOf(refundId));
  if (cancel === undefined) return unanswered;
  const answer = { providerRef: cancel.transactionKey, failureCode: null, retryAfterMs: null };
  switch (cancel.cancelStatus) {
    case "DONE":
      return { ...answer, kind: "succeeded" };
    case "ABORTED":
      return { ...answer, kind: "failed", failureCode: "aborted" };
    default:
      return { ...answer, kind: "pending" };
  }
}
