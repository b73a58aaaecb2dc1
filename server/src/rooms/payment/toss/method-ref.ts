/** What a charge in won needs: our order's name at Toss, and the payment that its payer has said yes to. */
export type TossMethod = { readonly orderId: string; readonly paymentKey: string };

/**
 * Both as one text, as an attempt keeps it. The colon occurs in neither, nor in any token that a client may name as its
 * method: only Toss's own redirect, checked against our order, makes one of these.
 */
export function tossMethodRef({ orderId, paymentKey }: TossMethod): string {
  return `${orderId}:${paymentKey}`;
}

export function readTossMethodRef(methodRef: string): TossMethod | null {
  const [orderId = "", paymentKey = "", ...rest] = methodRef.split(":");
  return orderId === "" || paymentKey === "" || rest.length > 0 ? null : { orderId, paymentKey };
}
