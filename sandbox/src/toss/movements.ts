import type { Payment } from "./payment.ts";

/** Of Toss's Transaction object what is not of the payment; with what it is looked for by. */
export type Movement = { readonly transactionKey: string; readonly atMs: number; readonly doc: object };

/** One for each movement of a payment's money, in won with its sign; an account that waits for a deposit has none. */
export function movementsOf(payment: Payment): readonly Movement[] {
  if (payment.approvedAt === null) return [];
  const { mId, paymentKey, orderId, method, currency } = payment;
  const common = { mId, paymentKey, orderId, method, currency, customerKey: null, useEscrow: false };
  const movement = (transactionKey: string, transactionAt: string, rest: object): Movement => ({
    transactionKey,
    atMs: Date.parse(transactionAt),
    doc: { ...common, transactionKey, transactionAt, ...rest },
  });
  const cancels = (payment.cancels ?? []).map(({ transactionKey, canceledAt, refundableAmount, cancelAmount }) =>
    movement(transactionKey, canceledAt, {
      status: refundableAmount === 0 ? "CANCELED" : "PARTIAL_CANCELED",
      amount: -cancelAmount,
    }),
  );
  return [movement(paymentKey, payment.approvedAt, { status: "DONE", amount: payment.totalAmount }), ...cancels];
}
