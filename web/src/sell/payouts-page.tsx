"use client";

import type { SellerPayout, SellerPayouts, SellerStanding } from "@muse/contracts/payout";
import type { SellerView } from "@muse/contracts/seller";
import { useQuery } from "@tanstack/react-query";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { DataTable, type Column } from "#web/ui/data-table.tsx";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { Pagination } from "#web/ui/pagination.tsx";
import { Notice } from "#web/ui/panel.tsx";
import { Status, type StatusTone } from "#web/ui/status.tsx";
import { Loaded } from "./loaded.tsx";
import { MonthStatement } from "./month-statement.tsx";
import { payoutsPerPage, payoutsQuery } from "./sell-queries.ts";

type PayoutsPageProps = { readonly page: number; readonly seller: SellerView };

/** What is owed to a seller, what was paid out, and the books' own lines of both to take along. */
export function PayoutsPage({ page, seller }: PayoutsPageProps) {
  const t = useTranslations("sell.payouts");
  const query = useQuery(payoutsQuery(page, useLocale()));
  return (
    <div className="flex flex-col gap-8">
      <h1 className="text-2xl font-medium">{t("title")}</h1>
      {seller.verificationLevel !== "identity" && <Notice tone="warn">{t("identity")}</Notice>}
      <Loaded query={query}>
        {({ standing, payouts, total, holding }) => (
          <>
            <p className="max-w-2xl text-sm text-muted">{t("lead", { days: longest(holding) })}</p>
            {standing.length === 0 ? (
              <p className="text-sm text-muted">{t("noStanding")}</p>
            ) : (
              standing.map((each) => <Standing key={each.currency} standing={each} />)
            )}
            <section className="flex flex-col gap-4">
              <h2 className="text-lg font-medium">{t("list")}</h2>
              {payouts.length === 0 ? <EmptyState title={t("none")} /> : <PayoutsTable payouts={payouts} />}
              <Pagination
                current={page}
                last={Math.max(1, Math.ceil(total / payoutsPerPage))}
                hrefOf={(to) => (to === 1 ? "/sell/payouts" : `/sell/payouts?page=${to}`)}
              />
            </section>
          </>
        )}
      </Loaded>
      <section className="flex flex-col gap-3">
        <h2 className="text-lg font-medium">{t("statementTitle")}</h2>
        <p className="text-sm text-muted">{t("statementHint")}</p>
        <MonthStatement path="/api/v1/seller/payouts/statement.csv" />
      </section>
    </div>
  );
}

function longest(holding: SellerPayouts["holding"]): number {
  return Math.max(0, ...holding.map(({ days }) => days));
}

function Standing({ standing }: { readonly standing: SellerStanding }) {
  const t = useTranslations("sell.payouts");
  const format = useFormatter();
  const { currency, nextAt } = standing;
  const next = nextAt === null ? null : format.dateTime(new Date(nextAt), { dateStyle: "medium", timeZone: "UTC" });
  const facts = [
    [t("available"), standing.availableDisplay, null],
    [t("held"), standing.heldDisplay, next === null ? null : t("next", { date: next })],
    [t("onItsWay"), standing.onItsWayDisplay, null],
    [t("balance"), standing.balanceDisplay, null],
  ] as const;
  return (
    <section aria-label={currency}>
      <dl className="grid grid-cols-2 gap-px overflow-hidden rounded border border-line bg-line lg:grid-cols-4">
        {facts.map(([name, value, note]) => (
          <div key={name} className="flex flex-col gap-1 bg-surface px-4 py-3.5">
            <dt className="text-xs text-muted">{name}</dt>
            <dd className="figures text-xl font-medium">{value}</dd>
            {note !== null && <dd className="text-xs text-muted">{note}</dd>}
          </div>
        ))}
      </dl>
    </section>
  );
}

const tones: Readonly<Record<SellerPayout["status"], StatusTone>> = { prepared: "busy", paid: "good", failed: "bad" };

function PayoutsTable({ payouts }: { readonly payouts: readonly SellerPayout[] }) {
  const t = useTranslations("sell.payouts");
  const format = useFormatter();
  const columns: readonly Column<SellerPayout>[] = [
    {
      key: "amount",
      title: t("amount"),
      cell: ({ amountDisplay, reference }) => (
        <>
          <span className="figures block font-medium">{amountDisplay}</span>
          <span className="figures text-xs break-all text-muted sm:hidden">{reference}</span>
        </>
      ),
    },
    {
      key: "state",
      title: t("state"),
      cell: ({ status, failure }) => (
        <>
          <Status tone={tones[status]}>{t(`states.${status}`)}</Status>
          {failure !== null && <span className="block text-xs text-muted">{t(`failures.${failure}`)}</span>}
        </>
      ),
    },
    { key: "reference", title: t("reference"), from: "sm", cell: ({ reference }) => reference ?? "–" },
    {
      key: "when",
      title: t("when"),
      align: "end",
      cell: ({ preparedAt, paidAt, failedAt }) => {
        const at = failedAt ?? paidAt ?? preparedAt;
        return (
          <time dateTime={at} className="figures" suppressHydrationWarning>
            {format.dateTime(new Date(at), { dateStyle: "medium" })}
          </time>
        );
      },
    },
  ];
  return <DataTable caption={t("list")} columns={columns} rows={payouts} keyOf={({ payoutId }) => payoutId} />;
}
