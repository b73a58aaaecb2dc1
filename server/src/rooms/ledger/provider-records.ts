/** What a payment provider's own books say, line by line. Each provider of the payment room can be asked for them. */
export type ProviderRecord = {
  /** The line's own id there. */
  readonly recordId: string;
  /** `other`: fees, payouts and what else moves the balance without a shopper. */
  readonly kind: "charge" | "refund" | "refund_failure" | "dispute" | "other";
  readonly paymentRef: string | null;
  /** The charge, refund or dispute. */
  readonly objectRef: string;
  /** Our payment's or refund's id, where the object names it. */
  readonly ownId: string | null;
  /** Into our balance, or out of it below zero; minor units, before the provider's fee. */
  readonly amountMinor: bigint;
  readonly feeMinor: bigint;
  readonly currency: string;
  readonly bookedAt: Date;
};

export type ProviderBooks = {
  readonly provider: "stripe" | "toss";
  /** Pages of what was booked from a time (inclusive) to a time (exclusive). Throws when it cannot say all. */
  readonly recordsOf: (span: {
    readonly fromAt: Date;
    readonly toAt: Date;
  }) => AsyncIterable<readonly ProviderRecord[]>;
};
