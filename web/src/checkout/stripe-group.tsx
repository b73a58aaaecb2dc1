"use client";

import type { Session } from "@muse/contracts/checkout";
import { Elements } from "@stripe/react-stripe-js";
import type { Stripe } from "@stripe/stripe-js";
import { useLocale } from "next-intl";
import { useMemo, type ReactNode } from "react";
import { stripeLook } from "./stripe-look.ts";

type StripeGroupProps = {
  readonly stripe: Promise<Stripe | null> | null;
  readonly session: Session;
  readonly children: ReactNode;
};

/** Fields of the provider's that pay for this session. They make a token; the charge is asked for by Muse alone. */
export function StripeGroup({ stripe, session, children }: StripeGroupProps) {
  const locale = useLocale();
  const { totalCents } = session.cartSnapshot.summary;
  const options = useMemo(
    () => ({
      mode: "payment" as const,
      amount: Math.max(1, totalCents),
      currency: session.currency.toLowerCase(),
      paymentMethodCreation: "manual" as const,
      appearance: stripeLook(),
      locale,
    }),
    [totalCents, session.currency, locale],
  );
  return (
    <Elements stripe={stripe} options={options}>
      {children}
    </Elements>
  );
}
