"use client";

import { useQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { DataTable, type Column } from "#web/ui/data-table.tsx";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { Pagination } from "#web/ui/pagination.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { useWho } from "../parts/use-who.ts";
import { At } from "../parts/when.tsx";
import { askAgainMs, moneyPageSize, runsQuery, type Run } from "./money-query.ts";
import { moneyHref } from "./money-view.ts";
import { RunState } from "./run-state.tsx";

/** Every comparison of our books with the provider's, the last first. */
export function RunsList({ page }: { readonly page: number }) {
  const t = useTranslations("money");
  const query = useQuery({ ...runsQuery(page), refetchInterval: askAgainMs });
  return (
    <Loaded query={query}>
      {({ reconciliations, total }) => (
        <>
          <p className="text-sm text-muted">{t("runsBody")}</p>
          {reconciliations.length === 0 ? <EmptyState title={t("empty.runs")} /> : <Runs runs={reconciliations} />}
          <Pagination
            current={page}
            last={Math.ceil(total / moneyPageSize)}
            hrefOf={(to) => moneyHref({ list: "runs", page: to })}
          />
        </>
      )}
    </Loaded>
  );
}

function Runs({ runs }: { readonly runs: readonly Run[] }) {
  const t = useTranslations("money");
  const who = useWho();
  const columns: readonly Column<Run>[] = [
    {
      key: "to",
      title: t("column.upTo"),
      cell: ({ to, provider }) => (
        <span className="flex flex-wrap gap-x-3">
          <At at={to} className="font-medium" />
          <span className="text-muted">{provider}</span>
        </span>
      ),
    },
    { key: "state", title: t("column.found"), cell: (run) => <RunState run={run} /> },
    {
      key: "records",
      title: t("column.records"),
      align: "end",
      from: "sm",
      cell: ({ recordCount }) => recordCount,
    },
    { key: "from", title: t("column.since"), align: "end", from: "lg", cell: ({ from }) => <At at={from} /> },
    {
      key: "by",
      title: t("column.by"),
      from: "md",
      cell: ({ requestedBy }) => (requestedBy === null ? t("nightly") : who(requestedBy)),
    },
    { key: "at", title: t("column.at"), align: "end", from: "md", cell: ({ startedAt }) => <At at={startedAt} /> },
  ];
  return (
    <DataTable
      caption={t("list.runs")}
      columns={columns}
      rows={runs}
      keyOf={({ reconciliationId }) => reconciliationId}
      hrefOf={({ reconciliationId }) => `/ops/money/runs/${reconciliationId}`}
    />
  );
}
