"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { isApiError } from "#web/api/error.ts";
import { Breadcrumbs } from "#web/ui/breadcrumbs.tsx";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { ButtonLink } from "#web/ui/link.tsx";
import { SplitView } from "#web/ui/split-view.tsx";
import { useAskAgainMs } from "../frame/live.tsx";
import { AuditList } from "../audit/audit-list.tsx";
import { Attempts } from "../parts/attempts.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { DeskPage, Section } from "../parts/page.tsx";
import { OrderFacts } from "./order-facts.tsx";
import { OrderHistory } from "./order-history.tsx";
import { OrderLines } from "./order-lines.tsx";
import { OrderMoney } from "./order-money.tsx";
import { OrderTasks } from "./order-tasks.tsx";
import { wholeOrderQuery, type WholeOrder } from "./orders-query.ts";
import { RefundForm } from "./refund-form.tsx";

/** All that is known of one order: what the shopper sees, and what is behind it. */
export function OrderPage({ orderNumber }: { readonly orderNumber: string }) {
  const t = useTranslations("ops");
  const refetchInterval = useAskAgainMs();
  const query = useQuery({ ...wholeOrderQuery(orderNumber, useLocale()), refetchInterval });
  const isMissing = isApiError(query.error, "order_not_found") && query.data === undefined;
  const hasTask = query.data?.manualTasks.some(({ status }) => status === "open" || status === "claimed") ?? false;
  return (
    <DeskPage
      title={
        <span className="flex flex-col gap-1">
          <span className="text-base font-normal">
            <Breadcrumbs crumbs={[{ label: t("places.orders"), href: "/ops/orders" }, { label: orderNumber }]} />
          </span>
          <span>
            {query.data === undefined ? orderNumber : t("order.title", { store: query.data.order.storeName })}
          </span>
        </span>
      }
      tools={
        hasTask && (
          <ButtonLink href={`/ops/queue/${orderNumber}`} variant="secondary" size="sm">
            {t("order.toWork")}
          </ButtonLink>
        )
      }
    >
      {isMissing ? (
        <EmptyState title={t("order.missingTitle")}>
          <p>{t("order.missingBody")}</p>
        </EmptyState>
      ) : (
        <Loaded query={query}>{(whole) => <Whole whole={whole} />}</Loaded>
      )}
    </DeskPage>
  );
}

function Whole({ whole }: { readonly whole: WholeOrder }) {
  const t = useTranslations("ops");
  const { order, placement } = whole;
  return (
    <SplitView
      asideLabel={t("order.money")}
      aside={
        <>
          <OrderMoney whole={whole} />
          <RefundForm key={order.museOrderNumber} order={order} />
        </>
      }
    >
      <OrderFacts whole={whole} />
      <OrderLines items={order.items} />
      <OrderTasks tasks={whole.manualTasks} />
      {placement !== null && <Attempts orderNumber={order.museOrderNumber} attempts={placement.attempts} />}
      <OrderHistory order={order} />
      <Section title={t("audit.title")}>
        <AuditList entries={whole.audit} isOfOne />
      </Section>
    </SplitView>
  );
}
