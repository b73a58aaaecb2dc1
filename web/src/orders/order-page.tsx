"use client";

import type { Order } from "@muse/contracts/order";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { DownloadButton, useOwned } from "#web/library/index.ts";
import { RefundAccount } from "#web/refund-account/refund-account.tsx";
import { Breadcrumbs } from "#web/ui/breadcrumbs.tsx";
import { Link } from "#web/ui/link.tsx";
import { Notice, Panel } from "#web/ui/panel.tsx";
import { Status } from "#web/ui/status.tsx";
import { useWriteMoment } from "./moment.tsx";
import { OrderActions } from "./order-actions.tsx";
import { OrderFacts } from "./order-facts.tsx";
import { OrderItems } from "./order-items.tsx";
import { OrderRefunds, OrderTotals } from "./order-totals.tsx";
import { orderQuery, ordersKey } from "./orders-query.ts";
import { ParcelCard } from "./parcel-card.tsx";
import { isUnpaid, statusTones, statusWord } from "./status-tones.ts";
import { TimelineList } from "./timeline-list.tsx";

/** One store's order: how it stands, where it is, what it cost, and what can still be done. Right while it is open. */
export function OrderPage({ initial }: { readonly initial: Order }) {
  const t = useTranslations("orders");
  const { data: order } = useQuery(orderQuery(initial.museOrderNumber, useLocale(), initial));
  return (
    <div className="flex flex-col gap-8">
      <Breadcrumbs crumbs={[{ label: t("title"), href: "/orders" }, { label: order.museOrderNumber }]} />
      <div className="grid items-start gap-x-16 gap-y-10 grid-cols-1 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-10">
          <Head order={order} />
          <Parcels order={order} />
          <OrderItems items={order.items} kind={order.kind} paymentStatus={order.paymentStatus} />
          <TimelineList order={order} />
        </div>
        <Panel className="flex flex-col gap-6 p-6 sm:p-6">
          <OrderTotals order={order} />
          <OrderRefunds refunds={order.refunds} />
          <div className="border-t border-line pt-5">
            <OrderFacts order={order} />
          </div>
        </Panel>
      </div>
    </div>
  );
}

function Head({ order }: { readonly order: Order }) {
  const t = useTranslations("orders");
  const write = useWriteMoment();
  const { status, storeName, museOrderNumber, storeOrderNumber, orderedAt } = order;
  return (
    <header className="flex flex-col gap-4">
      <div className="flex flex-col gap-2">
        <p className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
          <span className="font-medium">{storeName}</span>
          <Status tone={statusTones[status]}>{t(statusWord(order))}</Status>
        </p>
        <h1 className="text-2xl font-medium" aria-live="polite">
          {t(headlineWord(order))}
        </h1>
        {/* A line for each where there is little room: a font that comes late would move one of them down. */}
        <p className="figures flex flex-col gap-x-4 text-sm text-muted sm:flex-row sm:flex-wrap">
          <span>{t("detail.ordered", { date: write(orderedAt, "day") })}</span>
          <span>{t("detail.orderNumber", { number: museOrderNumber })}</span>
          {storeOrderNumber !== null && <span>{t("detail.storeNumber", { number: storeOrderNumber })}</span>}
        </p>
      </div>
      <Standing order={order} />
      <Account order={order} />
      <OrderActions order={order} />
    </header>
  );
}

function headlineWord(order: Order) {
  if (isUnpaid(order)) return "detail.unpaid";
  const { kind, status } = order;
  return kind === "digital" && status === "delivered"
    ? "detail.digitalDelivered"
    : (`detail.headline.${status}` as const);
}

function Account({ order: { refundAccount, checkoutSessionId } }: { readonly order: Order }) {
  const client = useQueryClient();
  if (refundAccount === null) return null;
  return (
    <RefundAccount
      sessionId={checkoutSessionId}
      wanted={refundAccount}
      onNamed={() => client.invalidateQueries({ queryKey: ordersKey })}
    />
  );
}

/** What there is to know beyond the headline: why it ended, what it waits for, what has been asked. */
function Standing({ order }: { readonly order: Order }) {
  const t = useTranslations("orders.detail");
  const { status, cancellation, refundRequest, access } = order;
  const isEnded = status === "failed" || status === "cancelled";
  const isCancelOpen = cancellation !== null && cancellation.refusedAt === null && !isEnded;
  return (
    <>
      <Told order={order} />
      <Reverted order={order} />
      {isCancelOpen && <Notice>{t("cancelAsked")}</Notice>}
      {refundRequest?.status === "open" && <Notice>{t("refundAsked")}</Notice>}
      {refundRequest?.status === "declined" && <Notice tone="warn">{t("refundDeclined")}</Notice>}
      {access.length > 0 && (
        <Downloads>
          {access.map(({ productId, isActive }) => (
            <li key={productId}>
              <Owned orderNumber={order.museOrderNumber} title={titleOf(order, productId)} isActive={isActive} />
            </li>
          ))}
        </Downloads>
      )}
    </>
  );
}

function Told({ order: { message, status, depositDueAt, checkoutSessionId } }: { readonly order: Order }) {
  const t = useTranslations("orders.detail");
  const write = useWriteMoment();
  if (depositDueAt !== null) {
    const link = (words: ReactNode): ReactNode => <Link href={`/checkout/placing/${checkoutSessionId}`}>{words}</Link>;
    return <Notice>{t.rich("depositAwaited", { link, date: write(depositDueAt, "time") })}</Notice>;
  }
  return message === null ? null : <Notice tone={status === "failed" ? "bad" : "neutral"}>{message}</Notice>;
}

function Reverted({ order: { status, depositRevertedAt, checkoutSessionId } }: { readonly order: Order }) {
  const t = useTranslations("orders.detail");
  if (depositRevertedAt === null || status === "failed" || status === "cancelled") return null;
  const link = (words: ReactNode): ReactNode => (
    <Link href={`/checkout/success/session/${checkoutSessionId}`}>{words}</Link>
  );
  return <Notice tone="warn">{t.rich("depositReverted", { link })}</Notice>;
}

function Downloads({ children }: { readonly children: ReactNode }) {
  const t = useTranslations("orders.detail");
  return (
    <section aria-labelledby="downloads" className="flex flex-col gap-3">
      <h2 id="downloads" className="text-sm font-medium">
        {t("downloads")}
      </h2>
      <ul className="flex flex-wrap gap-3">{children}</ul>
    </section>
  );
}

type OwnedProps = { readonly orderNumber: string; readonly title: string; readonly isActive: boolean };

/** What is disputed is owned and not to be had; the button says so. */
function Owned({ orderNumber, title, isActive }: OwnedProps) {
  const t = useTranslations("orders.detail");
  const owned = useOwned(orderNumber);
  if (!isActive && owned.isKnown && owned.item === null)
    return <span className="text-sm text-muted">{t("accessOver")}</span>;
  return <DownloadButton owned={owned} title={title} />;
}

function titleOf({ items }: Order, productId: string): string {
  return items.find((item) => item.productId === productId)?.title ?? productId;
}

function Parcels({ order: { shipments, items, storeName } }: { readonly order: Order }) {
  if (shipments.length === 0) return null;
  return (
    <div className="flex flex-col gap-6">
      {shipments.map((parcel, index) => (
        <ParcelCard
          key={parcel.trackingNumber}
          parcel={parcel}
          number={index + 1}
          count={shipments.length}
          storeName={storeName}
          titles={
            parcel.lineNos === null || parcel.lineNos.length === items.length
              ? []
              : items.filter(({ lineNo }) => parcel.lineNos?.includes(lineNo)).map(({ title }) => title)
          }
        />
      ))}
    </div>
  );
}
