import { z } from "zod";

/**
 * Of Toss's Transaction what Muse compares: one movement of money, in whole won.
 * @see https://docs.tosspayments.com/reference#transaction-객체
 */
export const TossTransactions = z.array(
  z.object({
    transactionKey: z.string().min(1),
    paymentKey: z.string().min(1),
    orderId: z.string().min(1),
    /** `DONE`, `CANCELED` and `PARTIAL_CANCELED` moved money; others, such as `WAITING_FOR_DEPOSIT`, none. */
    status: z.string(),
    transactionAt: z.iso.datetime({ offset: true, local: true }),
    currency: z.string(),
    amount: z.int(),
  }),
);
export type TossTransactions = z.infer<typeof TossTransactions>;

const offsetMs = 9 * 3_600_000;

/** A time as Toss's queries say it: Korea's, without an offset and to the second. */
export function koreanText(at: Date): string {
  return new Date(at.getTime() + offsetMs).toISOString().slice(0, 19);
}

/** Toss writes some of its times without an offset; they are Korea's. */
export function koreanInstant(text: string): Date {
  return new Date(/(Z|[+-]\d\d:\d\d)$/.test(text) ? text : `${text}+09:00`);
}
