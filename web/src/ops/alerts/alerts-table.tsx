"use client";

import { useTranslations } from "next-intl";
import { DataTable, type Column } from "#web/ui/data-table.tsx";
import { Status, type StatusTone } from "#web/ui/status.tsx";
import { useMoneyCode } from "../money/use-money-code.ts";
import { useCode } from "../parts/use-code.ts";
import { useRows } from "../parts/use-rows.ts";
import { At, useWriteAt } from "../parts/when.tsx";
import type { Alert } from "./alerts-query.ts";

const tones: Readonly<Record<Alert["kind"], StatusTone>> = {
  tier_sick: "bad",
  tier_well: "good",
  page_changed: "bad",
  task_late: "warn",
  find_out: "warn",
  books_differ: "bad",
  dispute_opened: "bad",
  evidence_due: "warn",
  payment_unmatched: "bad",
};

export function AlertsTable({ alerts }: { readonly alerts: readonly Alert[] }) {
  const t = useTranslations("alerts");
  const rows = useRows(
    "alerts",
    alerts.map(({ alertId }) => alertId),
  );
  const columns: readonly Column<Alert>[] = [
    {
      key: "what",
      title: t("what"),
      cell: (alert) => (
        <span className="flex min-w-0 flex-col gap-0.5">
          <Status tone={tones[alert.kind]}>{t(`kind.${alert.kind}`)}</Status>
          <AlertDetail alert={alert} />
        </span>
      ),
    },
    { key: "at", title: t("at"), align: "end", cell: ({ at }) => <At at={at} /> },
  ];
  return (
    <DataTable
      caption={t("title")}
      columns={columns}
      rows={alerts}
      keyOf={({ alertId }) => alertId}
      hrefOf={hrefOf}
      current={rows.current}
      onCurrent={rows.choose}
    />
  );
}

/** Where, why and until when, as far as it is known. */
function AlertDetail({ alert }: { readonly alert: Alert }) {
  const t = useTranslations("alerts");
  const method = useCode("method");
  const providerName = useMoneyCode("providerName");
  const writeAt = useWriteAt();
  const why = useWhy(alert.kind);
  const { kind, step, reason, dueAt, storeName, museOrderNumber, provider, amountDisplay } = alert;
  const isTier = kind === "tier_sick" || kind === "tier_well";
  const parts = [
    storeName,
    isTier && alert.method !== null ? method(alert.method) : null,
    museOrderNumber,
    provider && providerName(provider),
    amountDisplay,
    useCounted(alert),
    step && t("step", { step }),
    kind === "page_changed" ? alert.detail : reason && why(reason),
    dueAt && t(kind === "tier_sick" ? "rests" : "until", { at: writeAt(dueAt) }),
  ];
  return <span className="text-xs break-words text-muted">{parts.filter(Boolean).join(" · ")}</span>;
}

function useCounted({ kind, bad, total }: Alert): string | null {
  const t = useTranslations("alerts");
  if (bad === null) return null;
  if (kind === "books_differ") return t("differences", { count: bad });
  return kind === "tier_sick" && total !== null ? t("counted", { bad, total }) : null;
}

/** A reason's words are those of the place that it comes from. */
function useWhy(kind: Alert["kind"]): (code: string) => string {
  const t = useTranslations("alerts.unmatched");
  const why = useCode("why");
  const complaint = useMoneyCode("reason");
  if (kind === "dispute_opened" || kind === "evidence_due") return complaint;
  if (kind !== "payment_unmatched") return why;
  return (code) => (t.has(code as never) ? t(code as never) : code);
}

/** The page where something can be done about it. */
function hrefOf(alert: Alert): string {
  const { storeId, museOrderNumber, disputeId, reconciliationId, paymentId } = alert;
  if (disputeId !== null) return `/ops/money/disputes/${disputeId}`;
  if (reconciliationId !== null) return `/ops/money/runs/${reconciliationId}`;
  if (paymentId !== null) return `/ops/orders?q=${alert.checkoutSessionId ?? paymentId}`;
  if (museOrderNumber !== null && alert.kind !== "page_changed") return `/ops/queue/${museOrderNumber}`;
  return storeId === null ? "/ops/alerts" : `/ops/stores/${storeId}`;
}
