"use client";

import type { Stripe } from "@stripe/stripe-js";
import { useLocale } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { openStripe, type StripeSource } from "./stripe-script.ts";

export type StripeUse = {
  /** Null until the page is in a browser; settles to null where the script cannot be had. */
  readonly stripe: Promise<Stripe | null> | null;
  readonly isLost: boolean;
};

/**
 * The provider's script, asked for at once, beside everything else that a page waits for. One for as long as the page
 * is there: its fields follow a change of language by themselves, and keep what was typed.
 */
export function useStripeJs({ scriptUrl, publishableKey }: StripeSource): StripeUse {
  const first = useRef(useLocale());
  const [stripe, setStripe] = useState<Promise<Stripe | null> | null>(null);
  const [isLost, setLost] = useState(false);
  useEffect(() => {
    const opening = openStripe({ scriptUrl, publishableKey }, first.current);
    setStripe(
      opening.catch(() => {
        setLost(true);
        return null;
      }),
    );
  }, [scriptUrl, publishableKey]);
  return { stripe, isLost };
}
