"use client";

import { useTranslations } from "next-intl";
import { useWriteMoment } from "#web/orders/index.ts";
import { QuietLink } from "#web/ui/link.tsx";
import { Status, type StatusTone } from "#web/ui/status.tsx";
import type { LiveOrder, LiveStep } from "./live-order.ts";

type StoreStepsProps = {
  readonly orders: readonly LiveOrder[];
  /** Where a store's name leads, once there is an order to look at. */
  readonly linksTo?: (order: LiveOrder) => string;
};

/** Each store's order, one under the other, each with what is happening to it now. */
export function StoreSteps({ orders, linksTo }: StoreStepsProps) {
  return (
    <ul className="divide-y divide-line overflow-hidden rounded-lg border border-line bg-surface">
      {orders.map((order) => (
        <StoreStep key={order.orderId} order={order} href={linksTo?.(order)} />
      ))}
    </ul>
  );
}

function StoreStep({ order, href }: { readonly order: LiveOrder; readonly href: string | undefined }) {
  const t = useTranslations("checkout");
  const { step, storeName, storeOrderNumber, message } = order;
  return (
    <li className="flex min-h-22 flex-col justify-center gap-1 px-6 py-4" data-step={step}>
      <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
        <span className="font-medium">
          {href === undefined ? storeName : <QuietLink href={href}>{storeName}</QuietLink>}
        </span>
        <Status tone={tones[step]}>{t(`step.${step}`)}</Status>
      </div>
      {href !== undefined && <p className="figures text-sm">{t("orderNumber", { number: order.orderId })}</p>}
      <p className="text-sm text-muted">
        {message ??
          (storeOrderNumber === null ? t(`stepHint.${step}`) : t("storeNumber", { number: storeOrderNumber }))}
      </p>
      {order.refund !== null && <RefundWords refund={order.refund} />}
    </li>
  );
}

/** How much goes back, since when, and to where. */
function RefundWords({ refund }: { readonly refund: NonNullable<LiveOrder["refund"]> }) {
  const t = useTranslations("checkout.refund");
  const write = useWriteMoment();
  const { status, amountDisplay: amount, requestedAt, succeededAt } = refund;
  if (status === "failed") return <p className="text-sm">{t("failed", { amount })}</p>;
  const isDone = status === "succeeded" && succeededAt !== null;
  return (
    <p className="text-sm">
      {isDone ? t("sent", { date: write(succeededAt, "day") }) : t("asked", { date: write(requestedAt, "day") })}
    </p>
  );
}

const tones = {
  waiting_for_payment: "neutral",
  waiting: "busy",
  placing: "busy",
  checking: "busy",
  by_hand: "busy",
  placed: "good",
  confirmed: "good",
  shipped: "good",
  delivered: "good",
  failed: "bad",
  cancelled: "neutral",
} as const satisfies Record<LiveStep, StatusTone>;
