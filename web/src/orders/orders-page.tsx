"use client";

import type { OrderList } from "@muse/contracts/order";
import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { ButtonLink } from "#web/ui/link.tsx";
import { Pagination } from "#web/ui/pagination.tsx";
import { CheckoutGroup } from "./checkout-group.tsx";
import { LookUpForm } from "./look-up-form.tsx";
import { ordersQuery, pageSize } from "./orders-query.ts";
import { hrefOf, type OrdersView } from "./orders-view.ts";
import { StatusFilter, type StatusCounts } from "./status-filter.tsx";

type OrdersPageProps = {
  readonly view: OrdersView;
  readonly initial: OrderList;
  readonly counts: StatusCounts;
  /** Whether the reader has an account of their own; who has none may have bought on another device. */
  readonly isPerson: boolean;
};

/** All orders, by the checkout they were bought in, newest first. Stays right while it is open. */
export function OrdersPage({ view, initial, counts, isPerson }: OrdersPageProps) {
  const t = useTranslations("orders");
  const { data } = useQuery(ordersQuery(view, useLocale(), initial));
  const last = Math.max(1, Math.ceil(data.totalCheckoutSessions / pageSize));
  const hasAny = Object.values(counts).some((count) => count > 0);
  return (
    <div className="flex flex-col gap-10">
      {hasAny && <StatusFilter current={view.status} counts={counts} />}
      {data.checkoutSessions.length === 0 ? (
        <Nothing isFiltered={hasAny} />
      ) : (
        <div className="flex flex-col gap-8">
          {data.checkoutSessions.map((checkout) => (
            <CheckoutGroup key={checkout.checkoutSessionId} checkout={checkout} isFiltered={view.status !== null} />
          ))}
        </div>
      )}
      <Pagination current={view.page} last={last} hrefOf={(page) => hrefOf({ ...view, page })} />
      {!isPerson && (
        <section className="max-w-xl border-t border-line pt-8">
          <h2 className="pb-4 text-lg font-medium">{t("lookUp.elsewhere")}</h2>
          <LookUpForm />
        </section>
      )}
    </div>
  );
}

function Nothing({ isFiltered }: { readonly isFiltered: boolean }) {
  const t = useTranslations("orders");
  if (isFiltered) {
    return (
      <EmptyState
        title={t("emptyFilterTitle")}
        action={
          <ButtonLink href="/orders" variant="secondary">
            {t("showAll")}
          </ButtonLink>
        }
      >
        <p>{t("emptyFilterBody")}</p>
      </EmptyState>
    );
  }
  return (
    <EmptyState title={t("emptyTitle")} action={<ButtonLink href="/browse">{t("toShop")}</ButtonLink>}>
      <p>{t("emptyBody")}</p>
    </EmptyState>
  );
}
