"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { DataTable, type Column } from "#web/ui/data-table.tsx";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { ButtonLink } from "#web/ui/link.tsx";
import { Pagination } from "#web/ui/pagination.tsx";
import { Status } from "#web/ui/status.tsx";
import { useAskAgainMs } from "../frame/live.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { DeskPage } from "../parts/page.tsx";
import { useCode } from "../parts/use-code.ts";
import { useRows } from "../parts/use-rows.ts";
import { At } from "../parts/when.tsx";
import { OrdersFilters } from "./orders-filters.tsx";
import { ordersPageSize, ordersQuery, type OrderSummary } from "./orders-query.ts";
import { ordersHref, type OrdersView } from "./orders-view.ts";
import { orderTones } from "./tones.ts";

/** Orders by a number that somebody gave, or by how they stand. */
export function OrdersPage({ view }: { readonly view: OrdersView }) {
  const t = useTranslations("ops.orders");
  const refetchInterval = useAskAgainMs();
  const query = useQuery({ ...ordersQuery(view, useLocale()), refetchInterval });
  return (
    <DeskPage
      title={view.q === null ? t("title") : t("found", { query: view.q })}
      tools={<OrdersFilters view={view} />}
    >
      <Loaded query={query}>
        {({ orders, total }) =>
          orders.length === 0 ? (
            <Nothing view={view} />
          ) : (
            <>
              <p className="figures text-sm text-muted">{t("count", { count: total })}</p>
              <Orders orders={orders} />
              <Pagination
                current={view.page}
                last={Math.ceil(total / ordersPageSize)}
                hrefOf={(page) => ordersHref({ ...view, page })}
              />
            </>
          )
        }
      </Loaded>
    </DeskPage>
  );
}

function Orders({ orders }: { readonly orders: readonly OrderSummary[] }) {
  const t = useTranslations("ops.orders");
  const code = { order: useCode("orderStatus"), payment: useCode("payment"), placement: useCode("placement") };
  const method = useCode("method");
  const rows = useRows(
    "orders",
    orders.map(({ museOrderNumber }) => museOrderNumber),
  );
  const columns: readonly Column<OrderSummary>[] = [
    {
      key: "order",
      title: t("column.order"),
      cell: ({ museOrderNumber, storeName, storeOrderNumber }) => (
        <span className="flex flex-col gap-0.5">
          <span className="figures font-medium whitespace-nowrap">{museOrderNumber}</span>
          <span className="text-muted">
            {storeName}
            {storeOrderNumber !== null && <span className="figures"> · {storeOrderNumber}</span>}
          </span>
        </span>
      ),
    },
    {
      key: "status",
      title: t("column.status"),
      // On a telephone the amount beside it must stay in sight.
      cell: ({ status }) => (
        <Status tone={orderTones[status]} className="max-sm:whitespace-normal max-sm:wrap-normal">
          {code.order(status)}
        </Status>
      ),
    },
    {
      key: "payment",
      title: t("column.payment"),
      from: "md",
      cell: ({ paymentStatus }) => code.payment(paymentStatus),
    },
    {
      key: "placement",
      title: t("column.placement"),
      from: "lg",
      cell: ({ placement, placementMethod }) =>
        [
          placement === null ? null : code.placement(placement),
          placementMethod === null ? null : method(placementMethod),
        ]
          .filter((part) => part !== null)
          .join(" · "),
    },
    { key: "total", title: t("column.total"), align: "end", cell: ({ totalDisplay }) => totalDisplay },
    { key: "made", title: t("column.made"), align: "end", from: "sm", cell: ({ createdAt }) => <At at={createdAt} /> },
  ];
  return (
    <DataTable
      caption={t("title")}
      columns={columns}
      rows={orders}
      keyOf={({ museOrderNumber }) => museOrderNumber}
      hrefOf={({ museOrderNumber }) => `/ops/orders/${museOrderNumber}`}
      current={rows.current}
      onCurrent={rows.choose}
    />
  );
}

function Nothing({ view }: { readonly view: OrdersView }) {
  const t = useTranslations("ops.orders");
  const isFiltered = view.q !== null || view.status !== null || view.store !== null || view.page > 1;
  return (
    <EmptyState
      title={t(isFiltered ? "noneTitle" : "emptyTitle")}
      {...(isFiltered
        ? {
            action: (
              <ButtonLink href="/ops/orders" variant="secondary" size="sm">
                {t("showAll")}
              </ButtonLink>
            ),
          }
        : {})}
    >
      <p>{t(isFiltered ? "noneBody" : "emptyBody")}</p>
    </EmptyState>
  );
}
