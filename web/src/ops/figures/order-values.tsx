"use client";

import { useTranslations } from "next-intl";
import { DataTable, type Column } from "#web/ui/data-table.tsx";
import type { Overview } from "./figures-query.ts";

type Value = Overview["orderValues"][number];

/** What a checkout and an order come to, and what was sold and given back. */
export function OrderValues({ values }: { readonly values: readonly Value[] }) {
  const t = useTranslations("ops.figures.value");
  if (values.length === 0) return <p className="text-sm text-muted">{t("none")}</p>;
  const columns: readonly Column<Value>[] = [
    { key: "currency", title: t("currency"), cell: ({ currency }) => currency },
    { key: "checkout", title: t("checkout"), align: "end", cell: (value) => value.averageCheckoutDisplay },
    { key: "order", title: t("order"), align: "end", cell: (value) => value.averageOrderDisplay },
    { key: "sold", title: t("sold"), align: "end", cell: (value) => value.soldDisplay },
    { key: "refunded", title: t("refunded"), align: "end", from: "sm", cell: (value) => value.refundedDisplay },
  ];
  return <DataTable caption={t("title")} columns={columns} rows={values} keyOf={({ currency }) => currency} />;
}
