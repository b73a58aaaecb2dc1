"use client";

import type { OrderList } from "@muse/contracts/order";
import { ChevronRight } from "lucide-react";
import NextLink from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { dateRange } from "#web/i18n/date-range.ts";
import { Picture } from "#web/ui/picture.tsx";
import { Status } from "#web/ui/status.tsx";
import { useWriteMoment } from "./moment.tsx";
import { refundWord } from "./refund-words.ts";
import { isUnpaid, statusTones, statusWord } from "./status-tones.ts";

type Checkout = OrderList["checkoutSessions"][number];
type Summary = Checkout["orders"][number];

type CheckoutGroupProps = {
  readonly checkout: Checkout;
  /** Whether the list shows some of its orders only. */
  readonly isFiltered: boolean;
};

/** What was paid for at once: its date, its total, and its orders. The total is of them all, so a part goes without. */
export function CheckoutGroup({ checkout, isFiltered }: CheckoutGroupProps) {
  const t = useTranslations("orders");
  const write = useWriteMoment();
  const { checkoutSessionId, checkoutDate, totalDisplay, orders } = checkout;
  return (
    <article
      id={checkoutSessionId}
      aria-labelledby={`${checkoutSessionId}-head`}
      className="scroll-mt-6 overflow-hidden rounded-lg border border-line bg-surface target:border-accent"
    >
      <header className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 border-b border-line px-5 py-4 sm:px-7">
        <h2 id={`${checkoutSessionId}-head`} className="text-base font-medium">
          <time dateTime={checkoutDate}>
            {t(orders.every(isUnpaid) ? "detail.ordered" : "checkoutOf", { date: write(checkoutDate, "day") })}
          </time>
        </h2>
        <p className="figures text-sm text-muted">
          {t("orderCount", { count: orders.length })}
          {!isFiltered && (
            <>
              {" · "}
              <span className="text-ink">{totalDisplay}</span>
            </>
          )}
        </p>
      </header>
      <ul className="divide-y divide-line">
        {orders.map((order) => (
          <OrderLine key={order.museOrderNumber} order={order} />
        ))}
      </ul>
    </article>
  );
}

function OrderLine({ order }: { readonly order: Summary }) {
  const t = useTranslations("orders");
  const { museOrderNumber: number, storeName, status, itemCount, totalDisplay } = order;
  return (
    <li data-order={number} className="relative transition-colors hover:bg-sunken">
      <div className="grid gap-x-8 gap-y-4 px-5 py-5 grid-cols-1 sm:grid-cols-[minmax(0,1fr)_auto] sm:px-7">
        <div className="flex min-w-0 flex-col gap-1">
          <div className="flex flex-wrap items-baseline gap-x-4 gap-y-1">
            <h3 className="font-medium">
              <NextLink
                href={`/orders/${number}`}
                className="after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:-outline-offset-2 focus-visible:after:outline-focus"
              >
                {storeName}
                <span className="sr-only">, {t("open", { number, store: storeName })}</span>
              </NextLink>
            </h3>
            <Status tone={statusTones[status]}>{t(statusWord(order))}</Status>
          </div>
          <p className="figures text-sm text-muted">
            {number} · {t("pieces", { count: itemCount })} · {totalDisplay}
          </p>
          <Expectation order={order} />
        </div>
        <div className="flex items-center justify-between gap-4">
          <Pictures items={order.items} />
          <ChevronRight aria-hidden="true" className="size-5 shrink-0 text-muted" />
        </div>
      </div>
    </li>
  );
}

const coming: ReadonlySet<Summary["status"]> = new Set(["pending", "placed", "confirmed", "shipped"]);

/** When it comes, under which number, and what of the money goes back. */
function Expectation({ order }: { readonly order: Summary }) {
  const t = useTranslations("orders");
  const locale = useLocale();
  const { status, kind, deliveryFrom, deliveryTo, trackingNumber } = order;
  const { paymentStatus, refundedCents, refundedDisplay } = order;
  const isComing = coming.has(status);
  const parts = [
    isComing && kind === "digital" && t("instant"),
    isComing &&
      // The days count from the payment.
      !isUnpaid(order) &&
      deliveryFrom !== null &&
      deliveryTo !== null &&
      t("arrives", { dates: dateRange(deliveryFrom, deliveryTo, locale) }),
    status === "shipped" && trackingNumber !== null && t("tracking", { number: trackingNumber }),
    refundedCents > 0 && t(refundWord(paymentStatus), { amount: refundedDisplay }),
  ].filter((part) => part !== false);
  if (parts.length === 0) return null;
  return (
    <p className="flex flex-wrap gap-x-4 text-sm">
      {parts.map((part) => (
        <span key={part}>{part}</span>
      ))}
    </p>
  );
}

function Pictures({ items }: { readonly items: Summary["items"] }) {
  return (
    <ul aria-hidden="true" className="flex gap-2">
      {items.map(({ title, imageUrl }, index) => (
        <li key={`${index} ${title}`} className="w-14">
          <Picture src={imageUrl} alt="" sizes="3.5rem" className="rounded-sm" />
        </li>
      ))}
    </ul>
  );
}
