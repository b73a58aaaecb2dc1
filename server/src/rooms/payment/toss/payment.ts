import { z } from "zod";
import type { ChargeOutcome } from "../provider.ts";
import { koreanInstant } from "./transaction.ts";

/**
 * Of Toss's Payment what Muse acts on; the rest is let be. Amounts are whole won.
 * @see https://docs.tosspayments.com/reference#payment-객체
 */
export const TossPayment = z.object({
  paymentKey: z.string().min(1),
  orderId: z.string().min(1),
  status: z.enum([
    "READY",
    "IN_PROGRESS",
    "WAITING_FOR_DEPOSIT",
    "DONE",
    "CANCELED",
    "PARTIAL_CANCELED",
    "ABORTED",
    "EXPIRED",
  ]),
  currency: z.string(),
  totalAmount: z.int().nonnegative(),
  balanceAmount: z.int().nonnegative(),
  isPartialCancelable: z.boolean(),
  secret: z.string().nullish(),
  virtualAccount: z
    .object({
      accountNumber: z.string(),
      bankCode: z.string().nullish(),
      customerName: z.string().nullish(),
      dueDate: z.iso.datetime({ offset: true, local: true }),
      expired: z.boolean(),
    })
    .nullish(),
  cancels: z
    .array(
      z.object({
        transactionKey: z.string(),
        cancelReason: z.string(),
        cancelAmount: z.int(),
        cancelStatus: z.string(),
      }),
    )
    .nullish(),
  failure: z.object({ code: z.string() }).nullish(),
});
export type TossPayment = z.infer<typeof TossPayment>;

/** What a payment's state means for us. */
export function outcomeOfPayment(payment: TossPayment): ChargeOutcome {
  const { paymentKey: providerRef, status } = payment;
  switch (status) {
    case "DONE":
    // Money that went back afterwards was charged nonetheless.
    case "PARTIAL_CANCELED":
      return {
        kind: "succeeded",
        providerRef,
        amountMinor: BigInt(payment.totalAmount),
        currency: payment.currency,
      };
    case "WAITING_FOR_DEPOSIT":
      return awaitingDeposit(payment);
    case "CANCELED":
      return { kind: "canceled", providerRef };
    case "ABORTED":
      return declined(payment.failure?.code ?? "ABORTED");
    case "EXPIRED":
      return declined("PAYMENT_EXPIRED");
    case "READY":
    case "IN_PROGRESS":
      // Nobody but us can confirm it; whether a call of ours is still on its way, nobody knows until it has expired.
      return { kind: "unknown", detail: `toss ${status}` };
  }
}

/**
 * A payment that was refused is over at Toss, and the next try is another one. So it leaves no reference behind: there
 * is nothing to confirm again, and nothing to call off.
 */
export function declined(code: string): ChargeOutcome {
  return { kind: "declined", providerRef: null, code: "card_declined", declineCode: code.toLowerCase() };
}

function awaitingDeposit({ paymentKey, virtualAccount, secret }: TossPayment): ChargeOutcome {
  if (virtualAccount === null || virtualAccount === undefined) {
    return { kind: "unknown", detail: "toss waits for a deposit into no account" };
  }
  const { accountNumber, bankCode, customerName, dueDate } = virtualAccount;
  return {
    kind: "awaiting_deposit",
    providerRef: paymentKey,
    deposit: {
      accountNumber,
      bankCode: bankCode ?? "",
      holderName: customerName ?? "",
      dueAt: koreanInstant(dueDate),
      secret: secret ?? "",
    },
  };
}
