"use client";

import { useTranslations } from "next-intl";
import { DataTable, type Column } from "#web/ui/data-table.tsx";
import { Section } from "../parts/page.tsx";
import { useCode } from "../parts/use-code.ts";
import type { WholeOrder } from "./orders-query.ts";

type Line = WholeOrder["order"]["items"][number];

/** What was bought. */
export function OrderLines({ items }: { readonly items: readonly Line[] }) {
  const t = useTranslations("ops.order");
  const status = useCode("orderStatus");
  const columns: readonly Column<Line>[] = [
    {
      key: "title",
      title: t("line.title"),
      cell: ({ title, size, color, variantId }) => (
        <span className="flex flex-col gap-0.5">
          <span className="break-words">{title}</span>
          <span className="text-xs text-muted">
            {[size, color, variantId].filter((part) => part !== null && part !== "").join(" · ")}
          </span>
        </span>
      ),
    },
    { key: "status", title: t("line.status"), from: "sm", cell: ({ itemStatus }) => status(itemStatus) },
    { key: "quantity", title: t("line.quantity"), align: "end", cell: ({ quantity }) => quantity },
    { key: "total", title: t("line.total"), align: "end", cell: ({ lineTotalDisplay }) => lineTotalDisplay },
    {
      key: "refunded",
      title: t("line.refunded"),
      align: "end",
      from: "md",
      cell: ({ refundedQuantity, refundedDisplay }) => (refundedQuantity === 0 ? "–" : refundedDisplay),
    },
  ];
  return (
    <Section title={t("lines")}>
      <DataTable caption={t("lines")} columns={columns} rows={items} keyOf={({ lineNo }) => String(lineNo)} />
    </Section>
  );
}
