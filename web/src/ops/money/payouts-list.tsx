"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { DataTable, type Column } from "#web/ui/data-table.tsx";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { Pagination } from "#web/ui/pagination.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { Section } from "../parts/page.tsx";
import { LevelBadge } from "../sellers/level-badge.tsx";
import { PayoutsTable } from "../sellers/payouts-table.tsx";
import { payoutsQuery, sellersPageSize, type Payouts } from "../sellers/sellers-query.ts";
import { askAgainMs } from "./money-query.ts";
import { moneyHref } from "./money-view.ts";

/** What is on its way to sellers and has gone, and to whom something is owed. */
export function PayoutsList({ page }: { readonly page: number }) {
  const t = useTranslations("sellers.payout");
  const query = useQuery({ ...payoutsQuery(page, useLocale()), refetchInterval: askAgainMs });
  return (
    <Loaded query={query}>
      {({ payouts, total, owed }) => (
        <>
          <p className="max-w-3xl text-sm text-muted">{t("lead")}</p>
          <Section title={t("owed")}>
            {owed.length === 0 ? <EmptyState title={t("nothingOwed")} /> : <Owed owed={owed} />}
          </Section>
          <Section title={t("title")}>
            {payouts.length === 0 ? <EmptyState title={t("none")} /> : <PayoutsTable payouts={payouts} />}
            <Pagination
              current={page}
              last={Math.ceil(total / sellersPageSize)}
              hrefOf={(to) => moneyHref({ list: "payouts", page: to })}
            />
          </Section>
        </>
      )}
    </Loaded>
  );
}

type OwedLine = Payouts["owed"][number];

function Owed({ owed }: Pick<Payouts, "owed">) {
  const t = useTranslations("sellers");
  const columns: readonly Column<OwedLine>[] = [
    {
      key: "seller",
      title: t("column.seller"),
      cell: ({ sellerName, verificationLevel, isSuspended }) => (
        <span className="flex flex-wrap gap-x-3 gap-y-1">
          <span className="font-medium">{sellerName}</span>
          <LevelBadge level={verificationLevel} isSuspended={isSuspended} />
        </span>
      ),
    },
    {
      key: "available",
      title: t("standing.available"),
      align: "end",
      cell: ({ availableDisplay }) => availableDisplay,
    },
    { key: "held", title: t("standing.held"), align: "end", from: "sm", cell: ({ heldDisplay }) => heldDisplay },
    {
      key: "way",
      title: t("standing.onItsWay"),
      align: "end",
      from: "md",
      cell: ({ onItsWayDisplay }) => onItsWayDisplay,
    },
    {
      key: "balance",
      title: t("standing.balance"),
      align: "end",
      from: "sm",
      cell: ({ balanceDisplay }) => balanceDisplay,
    },
  ];
  return (
    <DataTable
      caption={t("payout.owed")}
      columns={columns}
      rows={owed}
      keyOf={({ sellerId, currency }) => `${sellerId} ${currency}`}
      hrefOf={({ sellerId }) => `/ops/sellers/${sellerId}`}
    />
  );
}
