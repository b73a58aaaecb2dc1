"use client";

import { sellerCurrencies, type Sale, type SellerView } from "@muse/contracts/seller";
import { useQuery } from "@tanstack/react-query";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { useState } from "react";
import { buttonLook } from "#web/ui/button-look.ts";
import { DataTable, type Column } from "#web/ui/data-table.tsx";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { Pagination } from "#web/ui/pagination.tsx";
import { BareSelect } from "#web/ui/select.tsx";
import { Loaded } from "./loaded.tsx";
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
      <Statement />
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

/** As many months back as are offered; older ones are asked of the API. */
const monthsShown = 24;

function Statement() {
  const t = useTranslations("sell.sales");
  const format = useFormatter();
  const [months] = useState(() => monthsBack(new Date(), monthsShown));
  const [month, setMonth] = useState(months[0] ?? "");
  const [currency, setCurrency] = useState<string>(sellerCurrencies[0]);
  const nameOf = (of: string): string =>
    format.dateTime(new Date(`${of}-15T00:00:00Z`), { year: "numeric", month: "long", timeZone: "UTC" });
  return (
    <section aria-label={t("statement")} className="flex flex-wrap items-center gap-3">
      <BareSelect
        aria-label={t("month")}
        value={month}
        onChange={({ currentTarget: { value } }) => setMonth(value)}
        options={months.map((value) => ({ value, label: nameOf(value) }))}
      />
      <BareSelect
        aria-label={t("currency")}
        value={currency}
        onChange={({ currentTarget: { value } }) => setCurrency(value)}
        options={sellerCurrencies.map((value) => ({ value, label: value }))}
      />
      <a
        href={`/api/v1/seller/statement.csv?${new URLSearchParams({ month, currency }).toString()}`}
        download
        className={buttonLook({ variant: "secondary" })}
      >
        {t("get")}
      </a>
    </section>
  );
}

/** The months of UTC up to this one, newest first: "2026-11". */
function monthsBack(now: Date, count: number): string[] {
  return Array.from({ length: count }, (_, back) =>
    new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 1)).toISOString().slice(0, 7),
  );
}
