import "server-only";
import { webConfig } from "#web/config.ts";
import type { StripeSource } from "./stripe-script.ts";

/** What the browser needs to load the provider's script: an address and the key that may be public. */
export function stripeSource(): StripeSource {
  const { stripeJsUrl, stripePublishableKey } = webConfig();
  return { scriptUrl: stripeJsUrl, publishableKey: stripePublishableKey };
}
