import type { Stripe, StripeConstructor } from "@stripe/stripe-js";

declare global {
  interface Window {
    Stripe?: StripeConstructor;
  }
}

export type StripeSource = { readonly scriptUrl: string; readonly publishableKey: string };

let loading: Promise<StripeConstructor> | undefined;

/**
 * The provider's own script, loaded once a visit, from the address the shop was given. `loadStripe` of the package
 * knows one address only, and could not be pointed at the sandbox.
 *
 * @throws Error when the script could not be loaded; the next call tries again
 */
export async function openStripe({ scriptUrl, publishableKey }: StripeSource, locale: "en" | "ko"): Promise<Stripe> {
  loading ??= loadScript(scriptUrl).catch((error: unknown) => {
    loading = undefined;
    throw error;
  });
  const construct = await loading;
  return construct(publishableKey, { locale });
}

function loadScript(url: string): Promise<StripeConstructor> {
  return new Promise((settle, reject) => {
    const script = document.createElement("script");
    script.src = url;
    script.async = true;
    script.addEventListener("load", () => {
      if (window.Stripe === undefined) reject(new Error(`${url} defined no window.Stripe`));
      else settle(window.Stripe);
    });
    script.addEventListener("error", () => {
      script.remove();
      reject(new Error(`${url} could not be loaded`));
    });
    document.head.append(script);
  });
}
