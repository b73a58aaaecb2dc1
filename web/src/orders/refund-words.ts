import type { Order } from "@muse/contracts/order";

/**
 * The word for what goes back of an order. The amount counts what was asked for; the payment's status is what tells
 * whether it has gone. Of a part that has gone nobody knows here whether more has been asked for since: its word says
 * neither.
 */
export function refundWord(paymentStatus: Order["paymentStatus"]) {
  return refundWords[paymentStatus];
}

const refundWords = {
  unpaid: "refundOnItsWay",
  paid: "refundOnItsWay",
  partially_refunded: "refundOfPart",
  refunded: "refunded",
} as const satisfies Record<Order["paymentStatus"], string>;

/** The word for what cancelling does; after a refund of a part the total would promise that part a second time. */
export function cancelWord<Word extends "now" | "ask" | "done">(
  word: Word,
  { refundedCents }: Pick<Order, "refundedCents">,
) {
  return refundedCents > 0 ? (`${word}Rest` as const) : word;
}
