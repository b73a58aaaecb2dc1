"use client";

import type { Session } from "@muse/contracts/checkout";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { isApiError } from "#web/api/error.ts";
import { Download } from "lucide-react";
import { RefreshCart } from "#web/cart/index.ts";
import { RefundAccount } from "#web/refund-account/refund-account.tsx";
import { ErrorState } from "#web/ui/error-state.tsx";
import { buttonLook } from "#web/ui/button-look.ts";
import { ButtonLink, Link } from "#web/ui/link.tsx";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { Notice, Panel } from "#web/ui/panel.tsx";
import { CheckoutSkeleton } from "./checkout-skeleton.tsx";
import { ConfirmationEmail } from "./confirmation-email.tsx";
import { DepositWords } from "./deposit-words.tsx";
import { DigitalGoods, GoodsComing } from "./digital-goods.tsx";
import { isAtRest, type LiveOrder } from "./live-order.ts";
import { KeepAccount } from "./keep-account.tsx";
import { OrderSummary } from "./order-summary.tsx";
import { sessionKey, useLiveSession } from "./session-query.ts";
import { ShareButton } from "./share-button.tsx";
import { StoreSteps } from "./store-steps.tsx";
import { formOf, isOfProduct } from "./wish.ts";
import { useOrdersByCheckoutSession } from "./use-orders-by-checkout-session.ts";

/** Where an event stream is not to be had: slow enough to be left open, quick enough to be believed. */
const pollMs = 10_000;

/**
 * What was bought, how each store stands, where word is sent, and what can be done next. Stays right while it is
 * open.
 */
export function ConfirmationPage({ sessionId }: { readonly sessionId: string }) {
  const { live, error, refetch, isFetching } = useLiveSession(sessionId, pollMs);
  if (live === undefined && error === null) return <CheckoutSkeleton />;
  if (live === undefined && isApiError(error, "session_not_found", "not_signed_in")) return <Elsewhere />;
  if (live === undefined)
    return <ErrorState isPage error={error} onRetry={() => void refetch()} isRetrying={isFetching} />;
  return live.isPaid ? <Paid session={live.session} orders={live.orders} /> : <NotPaid sessionId={sessionId} />;
}

type PaidProps = { readonly session: Session; readonly orders: readonly LiveOrder[] };

function Paid({ session, orders }: PaidProps) {
  const t = useTranslations("checkout.done");
  const { files, sent } = apart(session, orders);
  return (
    <div className="grid gap-x-16 gap-y-10 grid-cols-1 lg:grid-cols-[minmax(0,1fr)_24rem]">
      <RefreshCart />
      <div className="flex min-w-0 flex-col gap-8">
        <header className="flex flex-col gap-3">
          <h1 className="text-2xl font-medium">{sent.length === 0 ? t("filesTitle") : headline(orders, t)}</h1>
          <ConfirmationEmail session={session} />
        </header>
        <Account session={session} />
        {session.deposit?.isReverted === true && <DepositWords session={session} />}
        {session.latePayment === "honoured" && <Notice>{t("lateHonoured")}</Notice>}
        {files.length > 0 && <Files sessionId={session.sessionId} files={files} />}
        {sent.length > 0 && <StoreSteps orders={sent} linksTo={(order) => `/orders/${order.orderId}`} />}
        {orders.some(({ refund }) => refund !== null) && <p className="text-sm text-muted">{t("refundMethod")}</p>}
        <Actions session={session} isOfFiles={sent.length === 0} />
        <KeepAccount session={session} />
      </div>
      <aside aria-label={t("summary")}>
        <Panel className="flex flex-col gap-6 p-6 sm:p-6">
          <OrderSummary session={session} />
          <DeliveredTo session={session} />
          <p className="text-xs text-muted">{t.rich("help", { link: (words) => <Link href="/help">{words}</Link> })}</p>
        </Panel>
      </aside>
    </div>
  );
}

function NotPaid({ sessionId }: Pick<Session, "sessionId">) {
  const t = useTranslations("checkout.done");
  const form = formOf(sessionId);
  const isOfCart = !isOfProduct(form);
  const way = <ButtonLink href={isOfCart ? "/cart" : form}>{t(isOfCart ? "toCart" : "toForm")}</ButtonLink>;
  return (
    <EmptyState isPage title={t("notPaidTitle")} action={way}>
      <p>{t(isOfCart ? "notPaidBody" : "notPaidBodyProduct")}</p>
    </EmptyState>
  );
}

function Account({ session: { sessionId, refundAccount } }: { readonly session: Session }) {
  const client = useQueryClient();
  if (refundAccount === null) return null;
  return (
    <RefundAccount
      sessionId={sessionId}
      wanted={refundAccount}
      onNamed={() => client.invalidateQueries({ queryKey: sessionKey(sessionId) })}
    />
  );
}

/** The letter's link, opened on another device than the one it was bought with. */
function Elsewhere() {
  const t = useTranslations("checkout.done");
  return (
    <EmptyState isPage title={t("elsewhereTitle")} action={<ButtonLink href="/orders">{t("elsewhereWay")}</ButtonLink>}>
      <p>{t("elsewhereBody")}</p>
    </EmptyState>
  );
}

/** Files that are there, apart from what is on its way, or could not be had. */
function apart(session: Session, orders: readonly LiveOrder[]) {
  const { stores } = session.cartSnapshot;
  const sellers = new Set(stores.filter(({ kind }) => kind === "digital").map(({ storeId }) => storeId));
  const isThere = ({ storeId, step, refund }: LiveOrder): boolean =>
    sellers.has(storeId) && step === "delivered" && (refund === null || refund.status === "failed");
  return { files: orders.filter(isThere), sent: orders.filter((order) => !isThere(order)) };
}

function Files({ sessionId, files }: { readonly sessionId: string; readonly files: readonly LiveOrder[] }) {
  const ids = files.map(({ orderId }) => orderId);
  const { data: orders, error, refetch, isFetching } = useOrdersByCheckoutSession(sessionId, ids.join());
  if (orders === undefined && error !== null) {
    return <ErrorState error={error} onRetry={() => void refetch()} isRetrying={isFetching} className="py-0" />;
  }
  if (orders === undefined) return <GoodsComing ids={ids} />;
  return <DigitalGoods orders={orders.filter(({ orderId }) => ids.includes(orderId))} />;
}

type Words = ReturnType<typeof useTranslations<"checkout.done">>;

/** Says first what a person wants to know: all is well, it is still going on, or which part did not work. */
function headline(orders: readonly LiveOrder[], t: Words): string {
  const failed = orders.filter(({ step }) => step === "failed" || step === "cancelled").length;
  if (failed === orders.length) return t("noneTitle");
  if (failed > 0) return t("someTitle", { good: orders.length - failed, all: orders.length });
  return orders.every(isAtRest) && orders.every(({ step }) => step !== "by_hand") ? t("title") : t("goingOnTitle");
}

type ActionsProps = { readonly session: Session; readonly isOfFiles: boolean };

function Actions({ session, isOfFiles }: ActionsProps) {
  const t = useTranslations("checkout.done");
  const [first] = session.orders;
  return (
    <div className="flex flex-wrap gap-3">
      {isOfFiles ? (
        <ButtonLink href="/library">{t("toLibrary")}</ButtonLink>
      ) : (
        <ButtonLink href="/orders">{t("toOrders")}</ButtonLink>
      )}
      {first !== undefined && (
        <a
          href={`/api/v1/orders/${first.orderId}/receipt?session=${session.sessionId}`}
          className={buttonLook({ variant: "secondary" })}
          download
        >
          <Download aria-hidden="true" className="size-4" />
          {t("receipt")}
        </a>
      )}
      <ShareButton session={session} />
    </div>
  );
}

function DeliveredTo({ session: { shippingAddress } }: { readonly session: Session }) {
  const t = useTranslations("checkout.done");
  if (shippingAddress === null) return null;
  const { name, address1, address2, city, state, zip } = shippingAddress;
  return (
    <div className="border-t border-line pt-5 text-sm">
      <h3 className="font-medium">{t("goesTo")}</h3>
      <address className="mt-1 text-muted not-italic">
        {[name, address1, address2, `${city}, ${state} ${zip}`].filter(Boolean).map((line) => (
          <span key={line} className="block">
            {line}
          </span>
        ))}
      </address>
    </div>
  );
}
