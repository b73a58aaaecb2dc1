"use client";

import { useQuery } from "@tanstack/react-query";
import { useLocale, useTranslations } from "next-intl";
import { DataTable, type Column } from "#web/ui/data-table.tsx";
import { EmptyState } from "#web/ui/empty-state.tsx";
import { useAskAgainMs } from "../frame/live.tsx";
import { Loaded } from "../parts/loaded.tsx";
import { useCode } from "../parts/use-code.ts";
import { At } from "../parts/when.tsx";
import { stuckQuery, type StuckRefund } from "./refunds-query.ts";

/** Refunds that the provider refused, or has not answered for too long. */
export function StuckList() {
  const t = useTranslations("ops.refunds");
  const refetchInterval = useAskAgainMs();
  const query = useQuery({ ...stuckQuery(useLocale()), refetchInterval });
  return <Loaded query={query}>{({ refunds }) => <Stuck refunds={refunds} title={t("list.stuck")} />}</Loaded>;
}

type StuckProps = { readonly refunds: readonly StuckRefund[]; readonly title: string };

function Stuck({ refunds, title }: StuckProps) {
  const t = useTranslations("ops.refunds");
  const status = useCode("refund");
  const why = useCode("why");
  if (refunds.length === 0) return <EmptyState title={t("empty.stuck")} />;
  const columns: readonly Column<StuckRefund>[] = [
    {
      key: "order",
      title: t("column.order"),
      cell: ({ museOrderNumber, refundId }) => <span className="figures">{museOrderNumber ?? refundId}</span>,
    },
    { key: "amount", title: t("column.amount"), align: "end", cell: ({ amountDisplay }) => amountDisplay },
    {
      key: "status",
      title: t("column.status"),
      cell: ({ status: code, failureCode }) =>
        failureCode === null ? status(code) : `${status(code)} · ${failureCode}`,
    },
    { key: "reason", title: t("column.reason"), from: "md", cell: ({ reason }) => why(reason) },
    { key: "tries", title: t("column.tries"), align: "end", from: "lg", cell: ({ tries }) => tries },
    {
      key: "since",
      title: t("column.since"),
      align: "end",
      from: "sm",
      cell: ({ createdAt }) => <At at={createdAt} />,
    },
  ];
  return (
    <>
      <p className="text-sm text-muted">{t("stuckBody")}</p>
      <DataTable
        caption={title}
        columns={columns}
        rows={refunds}
        keyOf={({ refundId }) => refundId}
        hrefOf={({ museOrderNumber }) => (museOrderNumber === null ? "/ops/orders" : `/ops/orders/${museOrderNumber}`)}
      />
    </>
  );
}
