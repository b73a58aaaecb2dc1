"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { DataTable, type Column } from "#web/ui/data-table.tsx";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { Pagination } from "#web/ui/pagination.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { At, Countdown } from "../parts/when.tsx";
import { DisputeState } from "./dispute-state.tsx";
import { askAgainMs, disputesQuery, moneyPageSize, type Dispute } from "./money-query.ts";
import { moneyHref } from "./money-view.ts";
import { useMoneyCode } from "./use-money-code.ts";

/** What shoppers' banks ask back: first those whose evidence is due. */
export function DisputesList({ page }: { readonly page: number }) {
  const t = useTranslations("money");
  const query = useQuery({ ...disputesQuery(page, useLocale()), refetchInterval: askAgainMs });
  return (
    <Loaded query={query}>
      {({ disputes, total }) => (
        <>
          {disputes.length === 0 ? <EmptyState title={t("empty.disputes")} /> : <List disputes={disputes} />}
          <Pagination
            current={page}
            last={Math.ceil(total / moneyPageSize)}
            hrefOf={(to) => moneyHref({ list: "disputes", page: to })}
          />
        </>
      )}
    </Loaded>
  );
}

function List({ disputes }: { readonly disputes: readonly Dispute[] }) {
  const t = useTranslations("money");
  const reason = useMoneyCode("reason");
  const columns: readonly Column<Dispute>[] = [
    {
      key: "dispute",
      title: t("column.reason"),
      cell: (dispute) => (
        <span className="flex flex-col gap-0.5">
          <span className="font-medium">{reason(dispute.reason)}</span>
          <span className="text-xs break-all text-muted">{dispute.disputeId}</span>
        </span>
      ),
    },
    { key: "amount", title: t("column.amount"), align: "end", cell: ({ amountDisplay }) => amountDisplay },
    { key: "state", title: t("column.state"), cell: (dispute) => <DisputeState status={dispute.status} /> },
    {
      key: "due",
      title: t("column.due"),
      align: "end",
      from: "sm",
      cell: ({ closedAt, evidenceDueAt }) =>
        closedAt === null && evidenceDueAt !== null ? <Countdown to={evidenceDueAt} nearMinutes={2 * 1440} /> : "–",
    },
    {
      key: "opened",
      title: t("column.opened"),
      align: "end",
      from: "md",
      cell: ({ openedAt }) => <At at={openedAt} />,
    },
  ];
  return (
    <DataTable
      caption={t("list.disputes")}
      columns={columns}
      rows={disputes}
      keyOf={({ disputeId }) => disputeId}
      hrefOf={({ disputeId }) => `/ops/money/disputes/${disputeId}`}
    />
  );
}
