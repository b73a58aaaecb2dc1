/** The payment room: one payment a session, tried as often as needed, charged once, and its refunds. Uses: ledger. */
export { confirmedByClient } from "./provider.ts";
export { disputeSweeps, noteDispute } from "./dispute.ts";
export { putDisputeAnswer } from "./dispute-answer.ts";
export { answerSweeps } from "./send-answers.ts";
export type { ChargeOutcome, PaymentProvider, ProviderRefund, ReceiveAccount } from "./provider.ts";
export type { RefundAnswer, RefundOutcome, RefundRequest } from "./provider.ts";
export { depositReverted, depositsMissingTake, paymentDueTake, paymentFind, paymentsAdopt } from "./payment.sql.gen.ts";
export { refundAccountRefused, refundIsKnown, refundRefsKnown, refundRoundNext } from "./payment.sql.gen.ts";
export { tossOrderFind, tossOrderMismatch, tossOrderOpen } from "./payment.sql.gen.ts";
/** A payment and its newest attempt; `paymentDueTake` gives the same of those that are due. */
export type { PaymentFindRow as KnownPayment } from "./payment.sql.gen.ts";
export { byCurrency } from "./providers.ts";
export { paymentsErase, paymentsExport, paymentsOpen, refundsOpen } from "./privacy.sql.gen.ts";
export { openRefundAccount, presentRefundAccount, rotateRefundAccounts } from "./refund-account.ts";
export { refundAccountRoutes } from "./refund-account-routes.ts";
export { absentProvedAfterS, attemptAbandonedAfterMs, chargeAgainWithinS, checkAgainMs } from "./rules.ts";
export {
  newsOf,
  openStripe,
  outcomeOfRefund,
  readSignedEvent,
  readStripeDispute,
  StripeAbsentError,
  stripeDisputes,
} from "./stripe/index.ts";
export { readStripeRefund, stripeBooks, stripeDisputeDesk, stripeProvider, type StripeNews } from "./stripe/index.ts";
export { openToss, readTossCancels, tossBooks, tossMethodRef, tossProvider, type TossClient } from "./toss/index.ts";
