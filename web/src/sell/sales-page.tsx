"use client";

import type { Sale, SellerView } from "@muse/contracts/seller";
import { useQuery } from "@tanstack/react-query";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { DataTable, type Column } from "#web/ui/data-table.tsx";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { Pagination } from "#web/ui/pagination.tsx";
import { Loaded } from "./loaded.tsx";
import { MonthStatement } from "./month-statement.tsx";
import { salesPerPage, salesQuery } from "./sell-queries.ts";

type SalesPageProps = { readonly page: number; readonly seller: SellerView };

/** Every sale with what Muse keeps of it, and statements to take along. */
export function SalesPage({ page, seller }: SalesPageProps) {
  const t = useTranslations("sell.sales");
  const format = useFormatter();
  const query = useQuery(salesQuery(page, useLocale()));
  const percent = format.number(seller.feeBasisPoints / 10_000, { style: "percent", maximumFractionDigits: 2 });
  return (
    <div className="flex flex-col gap-6">
      <h1 className="text-2xl font-medium">{t("title")}</h1>
      <p className="text-sm text-muted">{t("feeIs", { percent })}</p>
      <MonthStatement path="/api/v1/seller/statement.csv" />
      <Loaded query={query}>
        {({ sales, totalSales }) =>
          sales.length === 0 ? (
            <EmptyState title={t("none")} />
          ) : (
            <>
              <SalesTable sales={sales} />
              <Pagination
                current={page}
                last={Math.max(1, Math.ceil(totalSales / salesPerPage))}
                hrefOf={(to) => (to === 1 ? "/sell/sales" : `/sell/sales?page=${to}`)}
              />
            </>
          )
        }
      </Loaded>
    </div>
  );
}

function SalesTable({ sales }: { readonly sales: readonly Sale[] }) {
  const t = useTranslations("sell.sales");
  const format = useFormatter();
  const columns: readonly Column<Sale>[] = [
    {
      key: "product",
      title: t("product"),
      cell: ({ title, museOrderNumber }) => (
        <>
          <span className="block font-medium">{title}</span>
          <span className="figures text-xs text-muted">{museOrderNumber}</span>
        </>
      ),
    },
    {
      key: "when",
      title: t("when"),
      from: "sm",
      cell: ({ soldAt }) => (
        <time dateTime={soldAt} className="figures" suppressHydrationWarning>
          {format.dateTime(new Date(soldAt), { dateStyle: "medium" })}
        </time>
      ),
    },
    { key: "gross", title: t("gross"), align: "end", from: "md", cell: ({ grossDisplay }) => grossDisplay },
    { key: "fee", title: t("fee"), align: "end", from: "md", cell: ({ feeDisplay }) => feeDisplay },
    { key: "net", title: t("net"), align: "end", cell: ({ netDisplay }) => netDisplay },
    { key: "state", title: t("state"), from: "sm", cell: ({ paymentStatus }) => t(`states.${paymentStatus}`) },
  ];
  return (
    <DataTable caption={t("title")} columns={columns} rows={sales} keyOf={({ museOrderNumber }) => museOrderNumber} />
  );
}
