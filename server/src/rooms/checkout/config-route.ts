import { CheckoutConfig } from "@muse/contracts/checkout";
import { route } from "#platform/http/route.ts";
import type { HttpServer } from "#platform/http/server-type.ts";
import { payableCurrencies, sessionTtlS } from "./rules.ts";

export type ConfigRouteDeps = {
  readonly isSandbox: boolean;
  readonly stripe: { readonly publishableKey: string; readonly isLive: boolean };
  readonly toss: { readonly clientKey: string };
};

/** What a page needs before it can show the provider's card form. */
export function configRoute(http: HttpServer, { isSandbox, stripe, toss }: ConfigRouteDeps): void {
  const config: CheckoutConfig = {
    provider: "stripe",
    publishableKey: stripe.publishableKey,
    tossClientKey: toss.clientKey,
    mode: stripe.isLive ? "live" : isSandbox ? "sandbox" : "test",
    currencies: payableCurrencies.map(({ currency, amountMinMinor }) => ({ currency, amountMinCents: amountMinMinor })),
    sessionMinutes: sessionTtlS / 60,
  };
  route(
    http,
    {
      method: "GET",
      url: "/api/v1/checkout/config",
      summary: "Read what a checkout page has to know",
      description: "The payment provider and its publishable key, and what can be paid in. The same for everybody.",
      tags: ["Checkout"],
      auth: "none",
      reply: CheckoutConfig,
      errors: [],
    },
    async () => config,
  );
}
