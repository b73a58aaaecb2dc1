import { assertNoTransaction } from "#platform/db/tx.ts";
import type { ProviderRefund } from "../provider.ts";
import type { TossClient } from "./client.ts";
import { refundOfReason } from "./provider.ts";

/**
 * What has been given back of a payment at Toss, whoever did it: by us, or by somebody in Toss's own dashboard. A
 * cancel whose reason holds the number of an order of ours is that order's. Throws when Toss does not tell; whoever
 * asked asks again later.
 *
 * @see https://docs.tosspayments.com/reference#payment-객체 (`cancels`)
 */
export async function readTossCancels(toss: TossClient, paymentKey: string): Promise<readonly ProviderRefund[]> {
  assertNoTransaction("payment provider");
  const read = await toss.readPayment(paymentKey);
  if (read.kind === "refused") throw new TossUnreadError(`toss tells nothing of a payment: ${read.error.code}`);
  const { cancels, currency } = read.payment;
  // One that is still under way is told by the event of its end.
  const ended = (cancels ?? []).filter(({ cancelStatus }) => cancelStatus === "DONE" || cancelStatus === "ABORTED");
  return ended.map(({ transactionKey, cancelReason, cancelAmount, cancelStatus }) => ({
    provider: "toss",
    paymentRef: paymentKey,
    refundRef: transactionKey,
    amountMinor: BigInt(cancelAmount),
    currency,
    status: cancelStatus === "DONE" ? "succeeded" : "failed",
    failureCode: cancelStatus === "ABORTED" ? "aborted" : null,
    ownId: refundOfReason(cancelReason),
    orderNumber: /\bMO-[0-9A-Z]{10}\b/.exec(cancelReason)?.[0] ?? null,
  }));
}

/** The payment could not be read, so nothing is known of what went back of it. */
class TossUnreadError extends Error {
  override readonly name = "TossUnreadError";
}
