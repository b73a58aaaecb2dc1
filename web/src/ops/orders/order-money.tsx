"use client";

import { useQueryClient } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { RefundAccount } from "#web/refund-account/refund-account.tsx";
import { Panel } from "#web/ui/panel.tsx";
import { Status, type StatusTone } from "#web/ui/status.tsx";
import { deskKey } from "../queries.ts";
import { Facts } from "../parts/page.tsx";
import { useCode } from "../parts/use-code.ts";
import { useWho } from "../parts/use-who.ts";
import { At } from "../parts/when.tsx";
import type { WholeOrder } from "./orders-query.ts";

const tones: Readonly<Record<string, StatusTone>> = {
  succeeded: "good",
  failed: "bad",
  unknown: "warn",
  account_needed: "warn",
};

/** What it cost, how it was paid, and what went back. */
export function OrderMoney({ whole }: { readonly whole: WholeOrder }) {
  const t = useTranslations("ops.order");
  const payment = useCode("payment");
  const { order, payment: paid } = whole;
  return (
    <Panel aria-label={t("money")} className="flex flex-col gap-4 p-4 sm:p-5">
      <h2 className="text-sm font-medium">{t("money")}</h2>
      <Facts
        facts={[
          [t("subtotal"), order.subtotalDisplay],
          [t("discount"), order.discountCents === 0 ? null : `−${order.discountDisplay}`],
          [t("shipping"), order.shippingDisplay],
          [t("tax"), order.taxDisplay],
          [t("total"), <strong key="total">{order.totalDisplay}</strong>],
          [t("refunded"), order.refundedCents === 0 ? null : order.refundedDisplay],
        ]}
      />
      <Facts
        className="border-t border-line pt-4"
        facts={[
          [t("payment"), payment(paid === null || paid.status === "succeeded" ? order.paymentStatus : paid.status)],
          [t("provider"), paid?.provider],
          [
            t("providerRef"),
            <span key="ref" className="break-all">
              {paid?.providerRef}
            </span>,
          ],
          [t("tries"), paid?.attempts.map(({ failureCode, status }) => failureCode ?? payment(status)).join(", ")],
        ]}
      />
      {order.refunds.length > 0 && <Refunds whole={whole} />}
      <Account order={order} />
    </Panel>
  );
}

function Account({ order: { refundAccount, checkoutSessionId } }: { readonly order: WholeOrder["order"] }) {
  const client = useQueryClient();
  if (refundAccount === null) return null;
  return (
    <RefundAccount
      by="desk"
      sessionId={checkoutSessionId}
      wanted={refundAccount}
      onNamed={() => client.invalidateQueries({ queryKey: deskKey })}
    />
  );
}

function Refunds({ whole }: { readonly whole: WholeOrder }) {
  const t = useTranslations("ops.order");
  const code = useCode("refund");
  const why = useCode("why");
  const who = useWho();
  return (
    <div className="flex flex-col gap-2 border-t border-line pt-4">
      <h3 className="text-sm font-medium">{t("refunds")}</h3>
      <ul className="flex flex-col gap-3 text-sm">
        {whole.order.refunds.map(({ refundId, amountDisplay, status, reason, createdAt }) => {
          const behind = whole.refunds.find((refund) => refund.refundId === refundId);
          return (
            <li key={refundId} className="flex flex-col gap-0.5">
              <span className="flex flex-wrap items-baseline justify-between gap-2">
                <span className="figures font-medium">{amountDisplay}</span>
                <Status tone={tones[status] ?? "busy"}>{code(status)}</Status>
              </span>
              <span className="break-words text-muted">{why(reason)}</span>
              <span className="text-xs text-muted">
                <At at={createdAt} />
                {behind?.source === "provider" && ` · ${t("atProvider")}`}
                {behind?.requestedBy !== null && behind !== undefined && ` · ${who(behind.requestedBy)}`}
                {behind?.failureCode !== null && behind !== undefined && ` · ${behind.failureCode}`}
              </span>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
