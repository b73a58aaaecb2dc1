/** A mistake in the page's code, not in what the shopper did: Stripe.js throws these and returns all others. */
export class IntegrationError extends Error {
  override readonly name = "IntegrationError";
}
