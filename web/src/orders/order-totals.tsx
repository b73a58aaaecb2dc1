"use client";

import type { Order } from "@muse/contracts/order";
import { useTranslations } from "next-intl";
import { cn } from "#web/ui/class-names.ts";
import { useWriteMoment } from "./moment.tsx";

/** What was charged, or will be, line by line as the receipt has it, and what of it went back. */
export function OrderTotals({ order }: { readonly order: Order }) {
  const t = useTranslations("orders.detail");
  const { discountCents, shippingCents, taxCents, shippingOptionName, kind } = order;
  const shippingLabel = shippingOptionName === null ? t("shipping") : t("shippingBy", { option: shippingOptionName });
  return (
    <section aria-labelledby="totals" className="flex flex-col gap-4">
      <h2 id="totals" className="font-medium">
        {t(order.paymentStatus === "unpaid" ? "totalsUnpaid" : "totals")}
      </h2>
      <dl className="flex flex-col gap-2 text-sm">
        <Row label={t("subtotal")} amount={order.subtotalDisplay} />
        {discountCents > 0 && <Row label={t("discount")} amount={`−${order.discountDisplay}`} />}
        {kind === "physical" && (
          <Row label={shippingLabel} amount={shippingCents === 0 ? t("free") : order.shippingDisplay} />
        )}
        {taxCents > 0 && <Row label={t("tax")} amount={order.taxDisplay} />}
        <Row label={t("total")} amount={order.totalDisplay} isTotal />
      </dl>
    </section>
  );
}

type RowProps = { readonly label: string; readonly amount: string; readonly isTotal?: boolean };

function Row({ label, amount, isTotal = false }: RowProps) {
  return (
    <div
      className={cn(
        "flex items-baseline justify-between gap-6",
        isTotal && "mt-1 border-t border-line pt-3 text-base font-medium",
      )}
    >
      <dt className={cn(!isTotal && "text-muted")}>{label}</dt>
      <dd className="figures whitespace-nowrap" data-testid={isTotal ? "order-total" : undefined}>
        {amount}
      </dd>
    </div>
  );
}

type Refund = Order["refunds"][number];

/** Each refund: how much, since when, whether it has gone, by which way and why. */
export function OrderRefunds({ refunds }: { readonly refunds: Order["refunds"] }) {
  const t = useTranslations("orders.detail");
  if (refunds.length === 0) return null;
  return (
    <section aria-labelledby="refunds" className="flex flex-col gap-3 border-t border-line pt-5">
      <h2 id="refunds" className="font-medium">
        {t("refunds")}
      </h2>
      <ul className="flex flex-col gap-4">
        {refunds.map((refund) => (
          <RefundLine key={refund.refundId} refund={refund} />
        ))}
      </ul>
      <p className="text-xs text-muted">{t("refund.method")}</p>
    </section>
  );
}

function RefundLine({ refund }: { readonly refund: Refund }) {
  const t = useTranslations("orders.detail.refund");
  const write = useWriteMoment();
  const { amountDisplay, status, message, createdAt, succeededAt } = refund;
  const state =
    status === "succeeded" && succeededAt !== null
      ? t("succeeded", { date: write(succeededAt, "day") })
      : t(status === "failed" || status === "account_needed" ? status : "running");
  return (
    <li className="flex flex-col gap-0.5 text-sm" data-refund={status}>
      <span className="flex items-baseline justify-between gap-6">
        <span className={cn(status === "succeeded" && "text-good", status === "failed" && "text-bad")}>{state}</span>
        <span className="figures shrink-0 font-medium">{amountDisplay}</span>
      </span>
      <span className="text-muted">
        {message !== null && `${message} `}
        {status !== "succeeded" && t("begun", { date: write(createdAt, "day") })}
      </span>
    </li>
  );
}
