"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { isApiError } from "#web/api/error.ts";
import { Breadcrumbs } from "#web/ui/breadcrumbs.tsx";
import { DataTable, type Column } from "#web/ui/data-table.tsx";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { Link } from "#web/ui/link.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { DeskPage, Facts, Section } from "../parts/page.tsx";
import { useWho } from "../parts/use-who.ts";
import { At } from "../parts/when.tsx";
import { askAgainMs, reportQuery, type Report } from "./money-query.ts";
import { RunState } from "./run-state.tsx";
import { useMoneyCode } from "./use-money-code.ts";

/** One comparison: what was compared, its sums, and every difference by name. */
export function RunPage({ reconciliationId }: { readonly reconciliationId: string }) {
  const t = useTranslations("money");
  const query = useQuery({ ...reportQuery(reconciliationId, useLocale()), refetchInterval: askAgainMs });
  const isMissing = isApiError(query.error, "reconciliation_not_found") && query.data === undefined;
  return (
    <DeskPage
      title={
        <span className="flex flex-col gap-1">
          <span className="text-base font-normal">
            <Breadcrumbs crumbs={[{ label: t("title"), href: "/ops/money" }, { label: reconciliationId }]} />
          </span>
          <span>{t("runTitle")}</span>
        </span>
      }
    >
      {isMissing ? (
        <EmptyState title={t("empty.run")} />
      ) : (
        <Loaded query={query}>{(report) => <Whole report={report} />}</Loaded>
      )}
    </DeskPage>
  );
}

function Whole({ report }: { readonly report: Report }) {
  const t = useTranslations("money");
  const who = useWho();
  return (
    <>
      <Facts
        facts={[
          [t("column.found"), <RunState key="state" run={report} />],
          [t("provider"), report.provider],
          [t("column.since"), <At key="from" at={report.from} />],
          [t("column.upTo"), <At key="to" at={report.to} />],
          [t("column.records"), report.recordCount],
          [t("column.by"), report.requestedBy === null ? t("nightly") : who(report.requestedBy)],
        ]}
      />
      <Section title={t("differencesTitle")}>
        {report.differences.length === 0 ? (
          <p className="text-sm text-muted">{report.status === "finished" ? t("agree") : t("notKnown")}</p>
        ) : (
          <Differences differences={report.differences} />
        )}
      </Section>
      <Section title={t("sums")}>
        {report.sums.length === 0 ? <p className="text-sm text-muted">{t("noSums")}</p> : <Sums sums={report.sums} />}
      </Section>
    </>
  );
}

type Difference = Report["differences"][number];

function Differences({ differences }: { readonly differences: readonly Difference[] }) {
  const t = useTranslations("money");
  const named = useMoneyCode("difference");
  const columns: readonly Column<Difference>[] = [
    {
      key: "what",
      title: t("column.what"),
      cell: ({ kind, subject }) => (
        <span className="flex flex-col gap-0.5">
          <span className="font-medium">{named(kind)}</span>
          <span className="text-xs break-all text-muted">{subject}</span>
        </span>
      ),
    },
    { key: "ours", title: t("column.ours"), align: "end", cell: ({ oursDisplay }) => oursDisplay ?? "–" },
    { key: "theirs", title: t("column.theirs"), align: "end", cell: ({ theirsDisplay }) => theirsDisplay ?? "–" },
    {
      key: "orders",
      title: t("column.orders"),
      cell: ({ museOrderNumbers }) => (
        <span className="flex flex-col gap-0.5">
          {museOrderNumbers.map((number) => (
            <Link key={number} href={`/ops/orders/${number}`} className="figures">
              {number}
            </Link>
          ))}
        </span>
      ),
    },
    {
      key: "ref",
      title: t("column.ref"),
      from: "lg",
      cell: ({ providerRef }) => <span className="break-all">{providerRef ?? "–"}</span>,
    },
  ];
  return (
    <DataTable
      caption={t("differencesTitle")}
      columns={columns}
      rows={differences}
      keyOf={({ number }) => String(number)}
    />
  );
}

type Sum = Report["sums"][number];

function Sums({ sums }: { readonly sums: readonly Sum[] }) {
  const t = useTranslations("money");
  const columns: readonly Column<Sum>[] = [
    { key: "kind", title: t("column.kind"), cell: ({ kind }) => t(`record.${kind}`) },
    { key: "count", title: t("column.records"), align: "end", cell: ({ count }) => count },
    { key: "amount", title: t("column.amount"), align: "end", cell: ({ amountDisplay }) => amountDisplay },
    { key: "fee", title: t("column.fee"), align: "end", cell: ({ feeDisplay }) => feeDisplay },
  ];
  return (
    <DataTable
      caption={t("sums")}
      columns={columns}
      rows={sums}
      keyOf={({ currency, kind }) => `${currency} ${kind}`}
    />
  );
}
