import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import Stripe from "stripe";
import { providerTimeoutMs } from "../rules.ts";

export type StripeSettings = {
  readonly secretKey: string;
  /** Where the sandbox listens; null: Stripe itself. */
  readonly apiBase: string | null;
};

/** As many calls at once as one process may have at the provider; more wait in line rather than open connections. */
const connectionsMax = 64;

/**
 * The official SDK, pointed at `apiBase`. It repeats nothing by itself: our rows decide what is asked again, with our
 * own idempotency keys. (It still repeats a call once when a kept-alive connection was closed under it; the key covers
 * that.)
 */
export function openStripe({ secretKey, apiBase }: StripeSettings): Stripe {
  const base = new URL(apiBase ?? "https://api.stripe.com");
  const isTls = base.protocol === "https:";
  const agent = isTls ? HttpsAgent : HttpAgent;
  return new Stripe(secretKey, {
    host: base.hostname,
    port: base.port === "" ? (isTls ? 443 : 80) : Number(base.port),
    protocol: isTls ? "https" : "http",
    httpAgent: new agent({ keepAlive: true, maxSockets: connectionsMax }),
    timeout: providerTimeoutMs,
    maxNetworkRetries: 0,
    telemetry: false,
  });
}
