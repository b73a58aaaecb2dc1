/** The payment room: one payment a session, tried as often as needed, charged once, and its refunds. Uses: ledger. */
export { confirmedByClient } from "./provider.ts";
export { noteDispute } from "./dispute.ts";
export type {
  ChargeOutcome,
  PaymentProvider,
  ProviderRefund,
  ReceiveAccount,
  RefundAnswer,
  RefundOutcome,
  RefundRequest,
} from "./provider.ts";
export {
  depositReverted,
  depositsMissing,
  paymentDueTake,
  paymentFind,
  paymentsAdopt,
  refundAccountRefused,
  refundRefsKnown,
  tossOrderFind,
  tossOrderMismatch,
  tossOrderOpen,
  /** A payment and its newest attempt; `paymentDueTake` gives the same of those that are due. */
  type PaymentFindRow as KnownPayment,
} from "./payment.sql.gen.ts";
export { byCurrency } from "./providers.ts";
export { paymentsErase, paymentsExport, paymentsOpen, refundsOpen } from "./privacy.sql.gen.ts";
export { openRefundAccount, presentRefundAccount, rotateRefundAccounts } from "./refund-account.ts";
export { refundAccountRoutes } from "./refund-account-routes.ts";
export { absentProvedAfterS, attemptAbandonedAfterMs, chargeAgainWithinS, checkAgainMs } from "./rules.ts";
export { openStripe } from "./stripe/client.ts";
export { newsOf, readSignedEvent, type StripeNews } from "./stripe/events.ts";
export { outcomeOfRefund, stripeProvider } from "./stripe/provider.ts";
export { stripeBooks } from "./stripe/read-books.ts";
export { readStripeDispute } from "./stripe/read-dispute.ts";
export { readStripeRefund } from "./stripe/read-refund.ts";
export { openToss, type TossClient } from "./toss/client.ts";
export { tossMethodRef } from "./toss/method-ref.ts";
export { tossProvider } from "./toss/provider.ts";
export { readTossCancels } from "./toss/read-cancels.ts";
export { tossBooks } from "./toss/read-books.ts";
