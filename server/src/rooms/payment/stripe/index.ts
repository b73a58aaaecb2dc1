/** Stripe, as the payment room lends it out. */
export { stripeDisputeDesk } from "./answer-dispute.ts";
export { openStripe } from "./client.ts";
export { newsOf, readSignedEvent, type StripeNews } from "./events.ts";
export { outcomeOfRefund, stripeProvider } from "./provider.ts";
export { stripeBooks } from "./read-books.ts";
export { readStripeDispute, stripeDisputes } from "./read-dispute.ts";
export { StripeAbsentError } from "./read-named.ts";
export { readStripeRefund } from "./read-refund.ts";
