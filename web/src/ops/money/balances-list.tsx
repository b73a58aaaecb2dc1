"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { DataTable, type Column } from "#web/ui/data-table.tsx";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { Link } from "#web/ui/link.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { useNow } from "../parts/when.tsx";
import { askAgainMs, balancesQuery, type Balance } from "./money-query.ts";

/** What is held, and what is owed to whom. */
export function BalancesList() {
  const t = useTranslations("money");
  const query = useQuery({ ...balancesQuery(useLocale()), refetchInterval: askAgainMs });
  return (
    <Loaded query={query}>
      {({ balances }) => (
        <>
          <p className="text-sm text-muted">{t("balancesBody")}</p>
          {balances.length === 0 ? <EmptyState title={t("empty.balances")} /> : <Balances balances={balances} />}
        </>
      )}
    </Loaded>
  );
}

function Balances({ balances }: { readonly balances: readonly Balance[] }) {
  const t = useTranslations("money");
  const columns: readonly Column<Balance>[] = [
    {
      key: "account",
      title: t("column.account"),
      cell: ({ account, ownerId, ownerName }) => (
        <span className="flex flex-wrap gap-x-3">
          <span className="font-medium">{t(`account.${account}`)}</span>
          {ownerId !== null && <span className="text-muted">{ownerName ?? ownerId}</span>}
        </span>
      ),
    },
    { key: "balance", title: t("column.balance"), align: "end", cell: ({ balanceDisplay }) => balanceDisplay },
    { key: "postings", title: t("column.postings"), align: "end", from: "sm", cell: ({ postings }) => postings },
    { key: "statement", title: t("column.statement"), cell: (balance) => <Statement balance={balance} /> },
  ];
  return (
    <DataTable
      caption={t("list.balances")}
      columns={columns}
      rows={balances}
      keyOf={({ account, ownerId, currency }) => `${account} ${ownerId ?? ""} ${currency}`}
    />
  );
}

/** This month's statement of whom something is owed to; delivery stands on its store's. */
function Statement({ balance: { account, ownerId, ownerName } }: { readonly balance: Balance }) {
  const t = useTranslations("money");
  const now = useNow();
  if (ownerId === null || now === null || (account !== "store_payable" && account !== "seller_payable")) return null;
  const month = new Date(now).toISOString().slice(0, 7);
  const owners = account === "store_payable" ? "stores" : "sellers";
  return (
    <Link
      href={`/api/v1/admin/ledger/${owners}/${encodeURIComponent(ownerId)}/statement?month=${month}`}
      prefetch={false}
      download
      aria-label={t("statementOf", { owner: ownerName ?? ownerId, month })}
    >
      {t("csv", { month })}
    </Link>
  );
}
