"use client";

import type { Session } from "@muse/contracts/checkout";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { ErrorState } from "#web/ui/error-state.tsx";
import { ButtonLink } from "#web/ui/link.tsx";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { useIsOnline } from "#web/ui/offline-banner.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { Button } from "#web/ui/button.tsx";
import { CheckoutSkeleton } from "./checkout-skeleton.tsx";
import { DepositWords } from "./deposit-words.tsx";
import { endPayment, forgetDraft } from "./kept.ts";
import { isAtRest, type LiveOrder } from "./live-order.ts";
import { useLiveSession, type LiveSession } from "./session-query.ts";
import { StoreSteps } from "./store-steps.tsx";
import type { StripeSource } from "./stripe-script.ts";
import { usePlacing } from "./use-placing.ts";
import { formOf, isOfProduct } from "./wish.ts";

type PlacingPageProps = { readonly sessionId: string; readonly source: StripeSource };

/** How often a session is read where no event came. */
const pollMs = 2_500;

/** Everything has answered: this long it can be read here before the confirmation takes its place. */
const readForMs = 1_200;

/** Payment and placing as they happen, each store beside the others. Reloading it pays nothing again. */
export function PlacingPage({ sessionId, source }: PlacingPageProps) {
  const { live, error, refetch, isFetching } = useLiveSession(sessionId, pollMs);
  const placing = usePlacing({ sessionId, source, live });
  useConfirmation(sessionId, isSettled(live));

  if (live === undefined && error === null) return <CheckoutSkeleton />;
  if (live === undefined)
    return <ErrorState isPage error={error} onRetry={() => void refetch()} isRetrying={isFetching} />;
  if (isOver(live)) return <OverWords session={live.session} />;
  return <Happening live={live} placing={placing} />;
}

/** What may still become a charge is not over: an answer to the bank may be on its way while the session ends. */
function isOver({ status, payment, isPaid }: LiveSession): boolean {
  if (isPaid || payment === "action_required" || payment === "checking") return false;
  return status === "cancelled" || status === "expired" || status === "failed";
}

function isSettled(live: LiveSession | undefined): boolean {
  return live !== undefined && live.isPaid && live.orders.length > 0 && live.orders.every(isAtRest);
}

function Happening({ live, placing }: { readonly live: LiveSession; readonly placing: Placing }) {
  const t = useTranslations("checkout.placing");
  const { session, isPaid, payment } = live;
  const isDeposit = payment === "awaiting_deposit";
  return (
    <div className="mx-auto flex max-w-2xl flex-col gap-8" aria-live="polite">
      <header className="flex flex-col gap-2">
        <h1 className="text-2xl font-medium">
          {isPaid ? t("placingTitle") : t(isDeposit ? "depositTitle" : "payingTitle")}
        </h1>
        <p className="text-muted">
          {isPaid ? t("placingBody", { total: totalOf(session) }) : t(isDeposit ? "depositBody" : "payingBody")}
        </p>
      </header>
      {!isPaid && <PaymentWords placing={placing} payment={payment} />}
      {isDeposit && <DepositWords session={session} />}
      <StoreSteps orders={isPaid ? live.orders : waiting(session)} />
    </div>
  );
}

function OverWords({ session }: { readonly session: Session }) {
  const t = useTranslations("checkout.placing");
  const form = formOf(session.sessionId);
  const isOfCart = !isOfProduct(form);
  const way = <ButtonLink href={isOfCart ? "/cart" : form}>{t(isOfCart ? "toCart" : "toForm")}</ButtonLink>;
  const body = t(isOfCart ? "overBody" : "overBodyProduct");
  return (
    <EmptyState isPage title={t("overTitle")} action={way}>
      <p>{session.latePayment === "refunded" ? t("lateRefunded") : body}</p>
    </EmptyState>
  );
}

type Placing = ReturnType<typeof usePlacing>;

function PaymentWords({ placing, payment }: { readonly placing: Placing; readonly payment: Session["payment"] }) {
  const t = useTranslations("checkout.placing");
  if (placing.stage === "challenge") {
    return (
      <Notice className="flex flex-col items-start gap-3">
        <p>{t("challenge")}</p>
        <span className="flex flex-wrap gap-2">
          <Button variant="primary" onClick={placing.openChallenge} isBusy={placing.isChallengeOpen}>
            {t("openChallenge")}
          </Button>
          {!placing.isChallengeOpen && (
            <Button variant="ghost" onClick={placing.giveUp}>
              {t("payOtherwise")}
            </Button>
          )}
        </span>
      </Notice>
    );
  }
  if (placing.stage === "unknown" || payment === "checking") {
    return (
      <Notice role="status" tone="warn">
        <p className="font-medium">{t("checkingTitle")}</p>
        <p>{t("checkingBody")}</p>
      </Notice>
    );
  }
  return null;
}

/**
 * Replaces this page, so that Back leads to the shop and not to a payment. Waits for a connection that has gone:
 * without one, the browser's own page of an error would come.
 */
function useConfirmation(sessionId: string, isSettled: boolean): void {
  const router = useRouter();
  const isOnline = useIsOnline();
  useEffect(() => {
    if (!isSettled) return undefined;
    endPayment(sessionId);
    forgetDraft();
    if (!isOnline) return undefined;
    const timer = setTimeout(() => router.replace(`/checkout/success/session/${sessionId}`), readForMs);
    return () => clearTimeout(timer);
  }, [router, sessionId, isSettled, isOnline]);
}

function totalOf({ cartSnapshot }: Session): string {
  return cartSnapshot.summary.totalDisplay;
}

/** The stores before there are orders: they are told nothing until the payment is certain. */
function waiting({ cartSnapshot }: Session): LiveOrder[] {
  return cartSnapshot.stores.map(({ storeId, storeName }) => ({
    orderId: storeId,
    storeId,
    storeName,
    storeOrderNumber: null,
    message: null,
    status: "pending",
    step: "waiting_for_payment",
    refund: null,
  }));
}
