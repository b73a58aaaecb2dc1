/** What Muse needs of a payment provider. Every answer is data; not knowing is an answer of its own. */

/** Instead of a payment method: the shopper's browser confirms the payment, with the provider's client secret. */
export const confirmedByClient = "confirmed_by_client";

export type ChargeRequest = {
  readonly paymentId: string;
  readonly sessionId: string;
  /** Rises with every attempt of this payment, and with it the idempotency key. */
  readonly attemptNumber: number;
  readonly generation: number;
  /** The provider's intent when it is known already: it is confirmed again instead of making a second one (M1). */
  readonly providerRef: string | null;
  readonly amountMinor: bigint;
  readonly currency: string;
  /** The provider's payment method, or `confirmedByClient`. */
  readonly methodRef: string;
  /** Where the shopper comes back to after a challenge. */
  readonly returnUrl: string;
};

export type ChargeOutcome =
  | {
      readonly kind: "succeeded";
      readonly providerRef: string;
      readonly amountMinor: bigint;
      readonly currency: string;
      /** All of it has gone back since: said where an intent is read, by providers that tell. */
      readonly isGivenBack?: true;
    }
  | {
      readonly kind: "requires_action";
      readonly providerRef: string;
      readonly clientSecret: string;
      readonly actionUrl: string | null;
    }
  /** An account was opened for it, and the payer has until `dueAt` to pay into it. */
  | { readonly kind: "awaiting_deposit"; readonly providerRef: string; readonly deposit: Deposit }
  /** The provider has it and is not done: ask again. */
  | { readonly kind: "processing"; readonly providerRef: string }
  | {
      readonly kind: "declined";
      readonly providerRef: string | null;
      readonly code: string;
      readonly declineCode: string | null;
    }
  | { readonly kind: "canceled"; readonly providerRef: string }
  /**
   * The provider let nobody in (a wrong key). Of a first call it proves that nothing happened; of a repeat, nothing.
   */
  | { readonly kind: "not_sent"; readonly code: string }
  /** It may or may not have happened. */
  | { readonly kind: "unknown"; readonly detail: string };

/** Where the payer sends the money, by themselves. */
export type Deposit = {
  readonly bankCode: string;
  readonly accountNumber: string;
  readonly holderName: string;
  readonly dueAt: Date;
  /** Comes back with the provider's messages about it. */
  readonly secret: string;
};

/** A charge whose answer never reached us, by what was sent. */
export type LostCharge = {
  readonly paymentId: string;
  readonly generation: number;
  readonly currency: string;
  readonly methodRef: string;
};

/** Where its owner wants a refund sent: money that was paid into an account goes back by no other way. */
export type ReceiveAccount = {
  readonly bankCode: string;
  /** Digits alone. */
  readonly accountNumber: string;
  readonly holderName: string;
};

export type RefundRequest = {
  readonly refundId: string;
  /** The provider's intent that was charged. */
  readonly providerRef: string;
  /** The provider's refund, once it has told us: then it is read instead of made. */
  readonly refundRef: string | null;
  readonly amountMinor: bigint;
  readonly orderNumber: string | null;
  /**
   * Without one it goes back the way it came. `unreadable`: one was named, which nobody can read any more, and it may
   * have been sent there.
   */
  readonly receiveAccount?: ReceiveAccount | "unreadable";
  /** Rises with every refusal that its key remembers, and with it the key; the first (0) without one. */
  readonly round?: number;
};

export type RefundOutcome = RefundAnswer | AccountRefused | NotNow;

/** Nothing was sent, and under this key nothing ever will be: asked again later, in the next round. */
type NotNow = {
  readonly kind: "not_now";
  readonly providerRef: null;
  readonly failureCode: string;
  readonly retryAfterMs: number;
};

/** Nothing was sent: there is no account to send it to, or the bank would not have the one there is. */
type AccountRefused = {
  readonly kind: "account_needed";
  readonly providerRef: null;
  readonly failureCode: string;
  readonly retryAfterMs: null;
};

/** `unknown`: it may or may not have been done. */
export type RefundAnswer = {
  readonly kind: "succeeded" | "pending" | "failed" | "unknown";
  readonly providerRef: string | null;
  readonly failureCode: string | null;
  readonly retryAfterMs: number | null;
};

/** A refund as the provider has it at this moment, whoever made it. */
export type ProviderRefund = {
  readonly provider: "stripe" | "toss";
  /** The provider's names for the payment and for the refund. */
  readonly paymentRef: string;
  readonly refundRef: string;
  readonly amountMinor: bigint;
  readonly currency: string;
  readonly status: "pending" | "succeeded" | "failed";
  readonly failureCode: string | null;
  /** Our refund that it says it is of. */
  readonly ownId: string | null;
  /** The order that whoever made it named. */
  readonly orderNumber: string | null;
};

export type PaymentProvider = {
  /** Charges, or learns what came of charging: the same request again never charges twice. */
  readonly charge: (request: ChargeRequest) => Promise<ChargeOutcome>;
  /** What became of an intent. */
  readonly readIntent: (providerRef: string) => Promise<ChargeOutcome>;
  /**
   * Looks for an intent whose answer never reached us. `absent` is proof only after the provider's index has caught
   * up.
   */
  readonly findIntent: (lost: LostCharge) => Promise<ChargeOutcome | { readonly kind: "absent" }>;
  /** Makes sure that an intent can never succeed, or learns that it has. */
  readonly cancelIntent: (providerRef: string) => Promise<ChargeOutcome>;
  /** Refunds once, however often it is asked with the same `refundId`. */
  readonly refund: (request: RefundRequest) => Promise<RefundOutcome>;
};
