"use client";

import type { Session } from "@muse/contracts/checkout";
import { Elements } from "@stripe/react-stripe-js";
import type { Stripe } from "@stripe/stripe-js";
import { useRouter } from "next/navigation";
import { useLocale, useTranslations } from "next-intl";
import { useEffect, useMemo, useRef, useState } from "react";
import { CheckoutForm } from "./checkout-form.tsx";
import { changesBetween, type Change } from "./changes.ts";
import { CheckoutRefused } from "./checkout-refused.tsx";
import { CheckoutSkeleton } from "./checkout-skeleton.tsx";
import { useOpenSession } from "./session-query.ts";
import { stripeLook } from "./stripe-look.ts";
import { openStripe, type StripeSource } from "./stripe-script.ts";

/** The whole checkout on one page: who and where, how it comes, how it is paid. */
export function CheckoutPage({ source }: { readonly source: StripeSource }) {
  const { data: session, error, refetch, isFetching } = useOpenSession();
  const changes = useChanges(session);
  usePaidElsewhere(session);
  if (session === undefined) {
    return error === null ? (
      <CheckoutSkeleton />
    ) : (
      <CheckoutRefused error={error} isRetrying={isFetching} onRetry={() => void refetch()} />
    );
  }
  if (error !== null && !isFetching) {
    return <CheckoutRefused error={error} isRetrying={isFetching} onRetry={() => void refetch()} />;
  }
  return (
    <WithStripe source={source} session={session}>
      {(isLost) => (
        <CheckoutForm
          // Another session is another form, with what was typed taken over.
          key={session.sessionId}
          session={session}
          isStripeLost={isLost}
          changes={changes}
          onRefresh={() => void refetch()}
          isRefreshing={isFetching}
        />
      )}
    </WithStripe>
  );
}

/** What moved since the session before this one; null while there was none. */
function useChanges(session: Session | undefined): readonly Change[] | null {
  const before = useRef<Session>(undefined);
  const [changes, setChanges] = useState<readonly Change[] | null>(null);
  useEffect(() => {
    if (session === undefined) return;
    if (before.current !== undefined && before.current.sessionId !== session.sessionId) {
      setChanges(changesBetween(before.current, session));
    }
    before.current = session;
  }, [session]);
  return changes;
}

/** Another tab, or Back after paying: there is one payment, and it has a page. */
function usePaidElsewhere(session: Session | undefined): void {
  const router = useRouter();
  const status = session?.status;
  const sessionId = session?.sessionId;
  useEffect(() => {
    if (status === "processing" || status === "completed") router.replace(`/checkout/placing/${sessionId}`);
  }, [router, status, sessionId]);
}

type WithStripeProps = {
  readonly source: StripeSource;
  readonly session: Session;
  readonly children: (isLost: boolean) => React.ReactNode;
};

function WithStripe({ source: { scriptUrl, publishableKey }, session, children }: WithStripeProps) {
  const locale = useLocale();
  const t = useTranslations("checkout");
  const [isLost, setLost] = useState(false);
  const stripe = useMemo<Promise<Stripe | null>>(() => {
    const opening = openStripe({ scriptUrl, publishableKey }, locale);
    return opening.catch(() => {
      setLost(true);
      return null;
    });
  }, [scriptUrl, publishableKey, locale]);
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
    <>
      <h1 className="mb-8 text-2xl font-medium">{t("title")}</h1>
      <Elements stripe={stripe} options={options}>
        {children(isLost)}
      </Elements>
    </>
  );
}
