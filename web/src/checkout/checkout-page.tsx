"use client";

import type { Session } from "@muse/contracts/checkout";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { isApiError } from "#web/api/error.ts";
import { cn } from "#web/ui/class-names.ts";
import { CheckoutForm } from "./checkout-form.tsx";
import { CheckoutRefused } from "./checkout-refused.tsx";
import { CheckoutSkeleton } from "./checkout-skeleton.tsx";
import { StripeGroup } from "./stripe-group.tsx";
import type { StripeSource } from "./stripe-script.ts";
import type { TossSource } from "./toss-script.ts";
import { useCartCheckout } from "./use-cart-checkout.ts";
import { useChanges } from "./use-changes.ts";
import { useStripeJs } from "./use-stripe.ts";
import { useWallets } from "./use-wallets.ts";
import { keepForm, type Wish } from "./wish.ts";

type CheckoutPageProps = {
  readonly source: StripeSource;
  readonly tossSource: TossSource;
  readonly wish: Wish;
};

/** The whole checkout on one page: who and where, how it comes, how it is paid. */
export function CheckoutPage({ source, tossSource, wish }: CheckoutPageProps) {
  const provider = useStripeJs(source);
  const { data: session, error, refetch, isFetching } = useCartCheckout(wish);
  useWayBack(session, wish);
  usePaidElsewhere(session);
  const onRetry = (): void => void refetch();
  if (session === undefined && error === null) return <CheckoutSkeleton />;
  // What is left of a session whose cart has gone: it was paid for, or emptied, in another tab.
  if (session === undefined || isApiError(error, "cart_empty") || isProductGone(wish, error)) {
    return <CheckoutRefused error={error} wish={wish} isRetrying={isFetching} onRetry={onRetry} />;
  }
  return <Open {...{ provider, tossSource, session, error, onRetry, isFetching, wish }} />;
}

/** Bought in another tab, sold out or withdrawn: of one product there is nothing to take out. */
function isProductGone({ of }: Wish, error: unknown): boolean {
  return of === "product" && isApiError(error) && (error.status === 409 || error.status === 404);
}

type OpenProps = {
  readonly provider: ReturnType<typeof useStripeJs>;
  readonly tossSource: TossSource;
  readonly session: Session;
  readonly error: unknown;
  readonly onRetry: () => void;
  readonly isFetching: boolean;
  readonly wish: Wish;
};

function Open({ provider, tossSource, session, error, onRetry, isFetching, wish }: OpenProps) {
  const t = useTranslations("checkout");
  const wallets = useWallets(provider.isLost || session.currency === "KRW" || !isWalletFit(wish, session));
  const changes = useChanges(session, wish.of !== "product");
  const isAsking = wallets.state === "asking";
  return (
    <>
      {isAsking && <CheckoutSkeleton />}
      {/* The fields are fetched behind the placeholder, and shown all at once: nothing is pushed aside by what comes late. */}
      <div className={cn(isAsking && "invisible absolute inset-x-0 top-0 h-0 overflow-hidden")}>
        <h1 className="mb-8 text-2xl font-medium">{t("title")}</h1>
        <StripeGroup stripe={provider.stripe} session={session}>
          <CheckoutForm
            wish={wish}
            session={session}
            provider={provider}
            tossSource={tossSource}
            wallets={wallets}
            changes={changes}
            refused={error}
            onRefresh={onRetry}
            isRefreshing={isFetching}
          />
        </StripeGroup>
      </div>
    </>
  );
}

/** A wallet asks what an address comes to; that is known of a whole cart alone, and not of a part in one currency. */
function isWalletFit({ of }: Wish, { needsShipping }: Session): boolean {
  return of !== "currency" || !needsShipping;
}

/** Where the pages that pay lead back to when they could not. */
function useWayBack(session: Session | undefined, wish: Wish): void {
  useEffect(() => {
    if (session !== undefined) keepForm(session, wish);
  }, [session, wish]);
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
