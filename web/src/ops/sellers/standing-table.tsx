"use client";

import { useTranslations } from "next-intl";
import { DataTable, type Column } from "#web/ui/data-table.tsx";
import type { Standing } from "./sellers-query.ts";

/** Where a seller stands, a line for each currency. */
export function StandingTable({ standing }: { readonly standing: readonly Standing[] }) {
  const t = useTranslations("sellers.standing");
  if (standing.length === 0) return <p className="text-sm text-muted">{t("none")}</p>;
  const columns: readonly Column<Standing>[] = [
    { key: "available", title: t("available"), cell: ({ availableDisplay }) => availableDisplay },
    { key: "held", title: t("held"), align: "end", cell: ({ heldDisplay }) => heldDisplay },
    { key: "way", title: t("onItsWay"), align: "end", from: "sm", cell: ({ onItsWayDisplay }) => onItsWayDisplay },
    { key: "balance", title: t("balance"), align: "end", cell: ({ balanceDisplay }) => balanceDisplay },
  ];
  return <DataTable caption={t("title")} columns={columns} rows={standing} keyOf={({ currency }) => currency} />;
}
