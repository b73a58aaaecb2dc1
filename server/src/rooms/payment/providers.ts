import type { PaymentProvider } from "./provider.ts";

export type Providers = { readonly stripe: PaymentProvider; readonly toss: PaymentProvider };

/**
 * Both providers as one: won go to Toss, everything else to Stripe. What is known by a reference alone is whose name
 * that is: Stripe's intents all begin with `pi_`, which no payment key of Toss does.
 */
export function byCurrency({ stripe, toss }: Providers): PaymentProvider {
  const of = (currency: string): PaymentProvider => (currency === "KRW" ? toss : stripe);
  const named = (providerRef: string): PaymentProvider => (providerRef.startsWith("pi_") ? stripe : toss);
  return {
    charge: async (request) => await of(request.currency).charge(request),
    readIntent: async (providerRef) => await named(providerRef).readIntent(providerRef),
    findIntent: async (wanted) => await of(wanted.currency).findIntent(wanted),
    cancelIntent: async (providerRef) => await named(providerRef).cancelIntent(providerRef),
    refund: async (request) => await named(request.providerRef).refund(request),
  };
}
