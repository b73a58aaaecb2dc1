import { openStripe } from "./stripe.ts";

/** Stripe.js is a plain script: it defines its one global as it runs, and knows where it came from only then. */
export function defineStripe(script: HTMLScriptElement | SVGScriptElement | null, release: string): void {
  if (!(script instanceof HTMLScriptElement)) throw new Error("Stripe.js is loaded by a script element of its own.");
  const { origin } = new URL(script.src);
  const open = (publishableKey: string, options?: { readonly locale?: string }): object =>
    openStripe(origin, publishableKey, options);
  // `version` is what the loader compares with the release that it expects; v3 is a number there.
  Object.defineProperty(open, "version", { value: release === "v3" ? 3 : release });
  Object.assign(window, { Stripe: open });
}
